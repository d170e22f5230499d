"""Exchanging with the server on a stick: a parcel of all that waits, and the receipt that answers.

What waits goes on waiting until its answer comes, by a receipt or by a round, so a stick that is
lost loses nothing: the next parcel carries it again, and the server knows every change by name.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection

from sync.client.freight import BlobShelf, Transact
from sync.client.taking import Taking
from sync.outbox import blobs, progress, queue
from sync.outbox.blobs import Blob
from sync.outbox.shadow import Project
from sync.protocol import NEWEST_SCHEMA
from sync.protocol.answers import ChangeResult, Page
from sync.protocol.change import Change
from sync.protocol.identity import DeviceIdentity, public_key_of
from sync.protocol.parcel import (
    Head,
    Kind,
    ParcelError,
    ParcelFault,
    must_be_signed_by,
    parcel_key,
    public_half,
    read_parcel,
    seal,
    unseal,
)

_WRITTEN, _ANSWERED = "parcel.written", "parcel.answered"


@dataclass(frozen=True, slots=True)
class Written:
    """A parcel that was made: its number, and how many changes and files are in it."""

    seq: int
    changes: int
    files: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """What a receipt brought: answers, how many of them refusals, and records of others."""

    seq: int
    changes: int
    refused: int
    files: int
    pulled: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The number of the last parcel that was written, and of the last that was answered."""

    written: int
    answered: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What a parcel is made of, from one moment."""

    seq: int
    epoch: str
    server_key: str
    cursor: str
    changes: tuple[Change, ...]
    files: tuple[Blob, ...]


class Parcels:
    """Parcels of one device for its one server. Any thread that may wait."""

    def __init__(
        self,
        device: DeviceIdentity,
        *,
        transact: Transact,
        project: Project,
        taking: Taking,
        shelf: BlobShelf,
    ) -> None:
        self._device, self._transact = device, transact
        self._project, self._taking, self._shelf = project, taking, shelf

    def standing(self) -> Standing:
        """Tell how far the exchange has come."""
        return self._transact(_standing)

    def write(
        self, user_id: str, *, now: datetime, calendar_ver: str = "", seq: int = 0
    ) -> Written:
        """Make a parcel of all that waits.

        Args:
            seq: number of an earlier parcel that the server still wants; 0 for the next.

        Raises:
            ParcelError: NEVER_MET when no round with the server was ever whole; GAP when `seq` is
                beyond the next.
        """
        secret = X25519PrivateKey.generate()
        waiting = self._transact(lambda c: _begin(c, secret, seq))
        files = [(each, self._shelf.read(each.sha256)) for each in self._here(waiting)]
        said = {
            "epoch": waiting.epoch,
            "cursor": waiting.cursor,
            "changes": [change.to_json() for change in waiting.changes],
            "files": [[each.sha256, each.size, each.media_type] for each, _ in files],
        }
        head = Head(
            Kind.CHANGES,
            self._device.device_id,
            waiting.epoch,
            user_id,
            waiting.seq,
            now.isoformat(),
            NEWEST_SCHEMA,
            calendar_ver,
            len(waiting.changes),
            ephemeral=public_half(secret),
        )
        parts = [json.dumps(said, ensure_ascii=False).encode(), *(data for _, data in files)]
        key = parcel_key(secret, waiting.server_key, Kind.CHANGES)
        raw = seal(head, parts, key, self._device.key())
        return Written(waiting.seq, len(waiting.changes), len(files), raw)

    def take(self, raw: bytes) -> Answered:
        """Take what the server answered, once.

        Raises:
            ParcelError: UNREADABLE, DAMAGED, FORGED, WRONG_KEY, NOT_FOR_US, REPLAYED.
        """
        parcel = read_parcel(raw)
        head = parcel.head
        if head.kind is not Kind.RECEIPT or head.receiver != self._device.device_id:
            raise ParcelError(ParcelFault.NOT_FOR_US)
        known = self._transact(lambda c: _known(c, head.seq))
        must_be_signed_by(head, public_key_of(known["log_key"]))
        secret = X25519PrivateKey.from_private_bytes(base64.b64decode(known["secret"]))
        said, _ = unseal(parcel, parcel_key(secret, known["exchange_key"], Kind.RECEIPT))
        return self._transact(lambda c: self._settle(c, head.seq, said, known["cursor"]))

    def _here(self, waiting: _Waiting) -> list[Blob]:
        return [each for each in waiting.files if self._shelf.has(each.sha256)]

    def _settle(
        self, connection: Connection, seq: int, said: Mapping[str, Any], cursor: str
    ) -> Answered:
        results = [ChangeResult.from_json(plain) for plain in said["results"]]
        queue.settle(connection, results, self._project)
        for sha256 in said["files"]:
            blobs.note_verified(connection, sha256)
        pulled = 0
        # A round that came in between has read on from there already.
        if progress.recall(connection, "cursor") == cursor:
            for plain in said["pages"]:
                page = Page.from_json(plain)
                self._taking.take_page(page, connection)
                pulled += len(page.rows)
        _end(connection, seq)
        refused = sum(not result.outcome.is_in for result in results)
        return Answered(seq, len(results), refused, len(said["files"]), pulled)


def _begin(connection: Connection, secret: X25519PrivateKey, wanted: int) -> _Waiting:
    """Take a number, and remember under it what the receipt will be opened with."""
    server_key = progress.recall(connection, "exchange_key")
    if not server_key:
        raise ParcelError(ParcelFault.NEVER_MET)
    standing, cursor = _standing(connection), progress.recall(connection, "cursor")
    seq = wanted or standing.written + 1
    if not standing.answered < seq <= standing.written + 1:
        raise ParcelError(ParcelFault.GAP, standing.written + 1)
    kept = {"secret": base64.b64encode(secret.private_bytes_raw()).decode(), "cursor": cursor}
    progress.remember(connection, f"parcel.{seq}", json.dumps(kept))
    progress.remember(connection, _WRITTEN, str(max(seq, standing.written)))
    return _Waiting(
        seq,
        progress.recall(connection, "epoch"),
        server_key,
        cursor,
        queue.all_waiting(connection),
        blobs.waiting(connection),
    )


def _known(connection: Connection, seq: int) -> Mapping[str, str]:
    kept = progress.recall(connection, f"parcel.{seq}")
    if not kept:
        answered = seq <= _standing(connection).answered
        raise ParcelError(ParcelFault.REPLAYED if answered else ParcelFault.NOT_FOR_US)
    known: dict[str, str] = json.loads(kept)
    for name in ("log_key", "exchange_key"):
        known[name] = progress.recall(connection, name)
    return known


def _end(connection: Connection, seq: int) -> None:
    """Let no receipt be taken twice; earlier ones told less than this."""
    for number in range(_standing(connection).answered + 1, seq + 1):
        progress.forget(connection, f"parcel.{number}")
    progress.remember(connection, _ANSWERED, str(seq))


def _standing(connection: Connection) -> Standing:
    numbers = (int(progress.recall(connection, name) or 0) for name in (_WRITTEN, _ANSWERED))
    return Standing(*numbers)
