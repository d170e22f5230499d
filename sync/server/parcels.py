"""Takes what a device sends on a stick, as if it had come over the line, and writes the receipt."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, insert, select

from sync.protocol import NEWEST_SCHEMA, OLDEST_SCHEMA
from sync.protocol.change import Change
from sync.protocol.identity import public_key_of
from sync.protocol.parcel import (
    Head,
    Kind,
    ParcelError,
    ParcelFault,
    exchange_key,
    must_be_signed_by,
    parcel_key,
    read_parcel,
    seal,
    unseal,
)
from sync.server import accounts, journal, pull
from sync.server.accounts import Caller
from sync.server.blobs import BlobRoom
from sync.server.database import Database
from sync.server.facts import fact, server_time
from sync.server.problems import Problem
from sync.server.push import Batch, take_changes
from sync.server.rules import Rules
from sync.server.tables import devices, parcels

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a parcel.

    Attributes:
        skew_s: how far the sender's clock stood before the server's when it was written, at most:
            the way of the stick lies between.
        receipt: the file that goes back.
    """

    device_id: str
    seq: int
    changes: int
    refused: int
    files: int
    skew_s: float
    receipt: bytes

    def to_json(self) -> dict[str, object]:
        """Write all but the receipt as JSON values."""
        names = ("device_id", "seq", "changes", "refused", "files", "skew_s")
        return {name: getattr(self, name) for name in names}


def take_parcel(database: Database, rules: Rules, room: BlobRoom, raw: bytes) -> Taken:
    """Take a parcel and write its receipt.

    A parcel that broke off half-way is taken again whole: every change is known by its name.

    Raises:
        Problem: 409 with a code of ParcelFault and, for a gap or a replay, `expected`;
            403 device_revoked, 403 not_allowed, and what `take_changes` refuses.
    """
    try:
        return _take(database, rules, room, raw)
    except ParcelError as error:
        expected = {"expected": error.expected} if error.expected else {}
        raise Problem(409, error.fault.value, **expected) from error


def _take(database: Database, rules: Rules, room: BlobRoom, raw: bytes) -> Taken:
    parcel = read_parcel(raw)
    head = parcel.head
    with database.read() as connection:
        caller, log_key = _sender(connection, head), journal.log_key(connection)
        _must_follow(connection, head)
        epoch = fact(connection, "epoch")
    own = exchange_key(log_key)
    said, files = unseal(parcel, parcel_key(own, head.ephemeral, Kind.CHANGES))
    changes = tuple(Change.from_json(plain) for plain in said["changes"])
    batch = Batch(changes, str(said["epoch"]))
    answers = take_changes(database, rules, caller, batch).answers if changes else ()
    kept = _keep_files(database, room, caller, said["files"], files)
    pages = _pages(database, caller, str(said["cursor"]))
    with database.write() as connection:
        _note(connection, head)
    answer = {
        "results": [each.to_json() for each in answers],
        "files": kept,
        "pages": pages,
    }
    receipt = Head(
        Kind.RECEIPT,
        epoch,
        head.sender,
        head.user_id,
        head.seq,
        server_time(),
        NEWEST_SCHEMA,
        "",
        len(answers),
        ephemeral=head.ephemeral,
    )
    key = parcel_key(own, head.ephemeral, Kind.RECEIPT)
    return Taken(
        head.sender,
        head.seq,
        len(answers),
        sum(not each.outcome.is_in for each in answers),
        len(kept),
        round((datetime.fromisoformat(head.created) - datetime.now(UTC)).total_seconds(), 1),
        _sealed(receipt, answer, key, log_key),
    )


def _sealed(head: Head, said: Mapping[str, Any], key: bytes, signer: Ed25519PrivateKey) -> bytes:
    return seal(head, [json.dumps(said, ensure_ascii=False).encode()], key, signer)


def _sender(connection: Connection, head: Head) -> Caller:
    """Tell who sends, and that it is he: the device's signature, and a user who signed in on it."""
    if head.kind is not Kind.CHANGES or head.receiver != fact(connection, "epoch"):
        raise ParcelError(ParcelFault.NOT_FOR_US)
    if not OLDEST_SCHEMA <= head.schema_ver <= NEWEST_SCHEMA:
        raise Problem(426, "other_schema", oldest=OLDEST_SCHEMA, newest=NEWEST_SCHEMA)
    row = connection.execute(select(devices).where(devices.c.id == head.sender)).one_or_none()
    if row is None:
        raise ParcelError(ParcelFault.NOT_FOR_US)
    must_be_signed_by(head, public_key_of(row.public_key))
    if row.revoked:
        raise Problem(403, "device_revoked")
    account = accounts.account_of(connection, head.user_id)
    if account is None or not accounts.has_signed_in_on(connection, head.user_id, head.sender):
        raise Problem(403, "not_allowed")
    return Caller(account, head.sender)


def _must_follow(connection: Connection, head: Head) -> None:
    last = connection.scalar(select(parcels.c.seq).where(parcels.c.device_id == head.sender)) or 0
    if head.seq <= last:
        raise ParcelError(ParcelFault.REPLAYED, last + 1)
    if head.seq > last + 1:
        raise ParcelError(ParcelFault.GAP, last + 1)


def _note(connection: Connection, head: Head) -> None:
    connection.execute(delete(parcels).where(parcels.c.device_id == head.sender))
    row = {"device_id": head.sender, "seq": head.seq, "at": server_time()}
    connection.execute(insert(parcels).values(row))


def _keep_files(
    database: Database,
    room: BlobRoom,
    caller: Caller,
    listed: Sequence[tuple[str, int, str]],
    files: Sequence[bytes],
) -> list[str]:
    """Keep bytes that a record names; what none names waits on at its sender."""
    kept = []
    for (sha256, size, _), data in zip(listed, files, strict=True):
        with database.write() as connection:
            try:
                upload = room.begin(connection, caller, size, {"sha256": sha256})
            except Problem:
                continue
            room.part(upload.name).write_bytes(data)
            if room.is_right(upload):
                room.keep(connection, upload)
                kept.append(sha256)
            room.end(connection, caller, upload.name)
    return kept


def _pages(database: Database, caller: Caller, cursor: str) -> list[dict[str, Any]]:
    """Give all that happened behind a cursor; nothing to a device that never loaded first."""
    pages: list[dict[str, Any]] = []
    while cursor:
        with database.read() as connection:
            page = pull.page(connection, caller, cursor, _PAGE)
        pages.append(page.to_json())
        cursor = page.next_cursor if page.has_more else ""
    return pages
