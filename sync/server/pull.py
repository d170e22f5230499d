"""Gives out what happened, scope by scope, in the order of its log."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, literal, or_, select, tuple_

from sync.protocol.answers import Page, PulledRow, Snapshot
from sync.protocol.buckets import Buckets, bucket_of, digests
from sync.server.accounts import Caller
from sync.server.facts import fact, server_time
from sync.server.journal import heads
from sync.server.problems import Problem
from sync.server.tables import changes, records

LARGEST_PAGE = 1000


def page(connection: Connection, caller: Caller, cursor: str, limit: int) -> Page:
    """Answer what follows a cursor.

    Raises:
        Problem: 400 bad_cursor, 409 other_epoch.
    """
    epoch = fact(connection, "epoch")
    seen = {s: n for s, n in heads(connection).items() if caller.may_see(s)}
    # A scope that comes back to a user is read from its start: the device let go of it.
    read = {s: n for s, n in _open(connection, cursor, epoch).items() if s in seen}
    behind = [
        (changes.c.scope == scope) & (changes.c.seq > read.get(scope, 0))
        for scope, last in seen.items()
        if last > read.get(scope, 0)
    ]
    size = max(1, min(limit, LARGEST_PAGE))
    rows = _rows(connection, behind, size + 1)
    kept = rows[:size]
    for row in kept:
        read[row.scope] = row.seq
    return Page(
        epoch=epoch,
        rows=tuple(kept),
        next_cursor=_seal(connection, epoch, read),
        has_more=len(rows) > size,
        heads=seen,
        server_time=server_time(),
    )


def differing(connection: Connection, caller: Caller, scope: str, theirs: Buckets) -> list[str]:
    """Name the months in which a client's copy of a scope differs from ours."""
    must_see(caller, scope)
    ours = digests(_all(connection, scope))
    named = ours.keys() | theirs.keys()
    return sorted(b for b in named if ours.get(b) != _pair(theirs.get(b)))


def bucket(connection: Connection, caller: Caller, scope: str, month: str) -> list[PulledRow]:
    """Give a month of a scope whole, as it stands."""
    must_see(caller, scope)
    return [
        PulledRow(scope, 0, entity, record_id, ver, body)
        for entity, record_id, ver, body in _all(connection, scope)
        if bucket_of(record_id) == month
    ]


def snapshot(connection: Connection, caller: Caller, after: str, limit: int) -> Snapshot:
    """Give the next records of all scopes, each as it stands when it is read.

    The places in the logs were taken before the first record: what changes meanwhile comes again
    with the pull, and a newer version is never replaced by an older one.

    Raises:
        Problem: 400 bad_cursor, 409 other_epoch.
    """
    epoch = fact(connection, "epoch")
    if after:
        said = _opened(connection, after, epoch)
        places, last = said["heads"], tuple(said["last"])
    else:
        places, last = heads(connection), ("", "", "")
    seen = {scope: int(n) for scope, n in places.items() if caller.may_see(scope)}
    size = max(1, min(limit, LARGEST_PAGE))
    rows = _records_after(connection, list(seen), last, size)
    has_more = len(rows) == size
    token = {"heads": seen, "last": [rows[-1].scope, rows[-1].entity, rows[-1].id]} if rows else {}
    return Snapshot(
        epoch=epoch,
        rows=tuple(rows),
        after=_sealed(connection, epoch, token) if has_more else "",
        next_cursor="" if has_more else _seal(connection, epoch, seen),
        heads=seen,
    )


def _records_after(
    connection: Connection, scopes: list[str], last: tuple[str, ...], limit: int
) -> list[PulledRow]:
    key = tuple_(records.c.scope, records.c.entity, records.c.id)
    wanted = (
        select(records)
        .where(records.c.scope.in_(scopes), key > tuple_(*(literal(part) for part in last)))
        .order_by(records.c.scope, records.c.entity, records.c.id)
        .limit(limit)
    )
    return [
        PulledRow(row.scope, 0, row.entity, row.id, row.ver, row.body)
        for row in connection.execute(wanted)
    ]


def _rows(connection: Connection, behind: list[Any], limit: int) -> list[PulledRow]:
    if not behind:
        return []
    wanted = (
        select(changes).where(or_(*behind)).order_by(changes.c.scope, changes.c.seq).limit(limit)
    )
    return [
        PulledRow(row.scope, row.seq, row.entity, row.id, row.ver, row.body)
        for row in connection.execute(wanted)
    ]


def _all(connection: Connection, scope: str) -> list[tuple[str, str, int, dict[str, Any]]]:
    rows = connection.execute(select(records).where(records.c.scope == scope))
    return [(row.entity, row.id, row.ver, row.body) for row in rows]


def _pair(found: object) -> tuple[int, str] | None:
    match found:
        case [int(count), str(digest)]:
            return count, digest
    return None


def must_see(caller: Caller, scope: str) -> None:
    """Let through who may see a scope.

    Raises:
        Problem: 403 not_allowed.
    """
    if not caller.may_see(scope):
        raise Problem(403, "not_allowed", scope=scope)


def _seal(connection: Connection, epoch: str, read: Mapping[str, int]) -> str:
    return _sealed(connection, epoch, {"read": dict(read)})


def _sealed(connection: Connection, epoch: str, more: Mapping[str, Any]) -> str:
    said = json.dumps({"epoch": epoch, **more}, sort_keys=True).encode()
    return base64.urlsafe_b64encode(_mac(connection, said) + said).decode()


def _open(connection: Connection, cursor: str, epoch: str) -> dict[str, int]:
    if not cursor:
        return {}
    said = _opened(connection, cursor, epoch).get("read", {})
    return {str(scope): int(seq) for scope, seq in said.items()}


def _opened(connection: Connection, cursor: str, epoch: str) -> dict[str, Any]:
    try:
        raw = base64.urlsafe_b64decode(cursor.encode())
    except (ValueError, binascii.Error) as error:
        raise Problem(400, "bad_cursor") from error
    if not hmac.compare_digest(raw[:32], _mac(connection, raw[32:])):
        raise Problem(400, "bad_cursor")
    said: dict[str, Any] = json.loads(raw[32:])
    if said["epoch"] != epoch:
        raise Problem(409, "other_epoch", epoch=epoch)
    return said


def _mac(connection: Connection, said: bytes) -> bytes:
    key = bytes.fromhex(fact(connection, "cursor_key"))
    return hmac.new(key, said, hashlib.sha256).digest()
