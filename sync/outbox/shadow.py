"""What the server last said of each record; a local record is that and what waits on top."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from sync.outbox.statements import text
from sync.protocol.answers import PulledRow
from sync.protocol.buckets import bucket_of
from sync.protocol.change import Body, ChangeKind, patched

Key = tuple[str, str]  # entity and id


# Puts records in their places in the caller's tables: entity, id, body (None: gone) and version.
Placed = tuple[str, str, Body | None, int]
Project = Callable[[Connection, Sequence[Placed]], None]

# All that a table holds of records that are named as a JSON list of [entity, id].
_NAMED = (
    " FROM json_each(:keys) k JOIN {table} t"
    " ON t.entity = json_extract(k.value, '$[0]') AND t.id = json_extract(k.value, '$[1]')"
)
_VERSIONS = "SELECT t.entity, t.id, t.ver, t.stale" + _NAMED.format(table="sync_shadow")
_SAID = "SELECT t.entity, t.id, t.ver, t.body" + _NAMED.format(table="sync_shadow")
_WAITING = (
    "SELECT t.entity, t.id, t.envelope"
    + _NAMED.format(table="sync_outbox")
    + " WHERE t.state = 'pending' ORDER BY t.n"
)


def take_rows(connection: Connection, rows: Iterable[PulledRow], project: Project) -> None:
    """Take what the server says of records, except where we know newer."""
    latest: dict[Key, PulledRow] = {}
    for row in rows:
        before = latest.get((row.entity, row.id))
        if before is None or before.ver <= row.ver:
            latest[row.entity, row.id] = row
    known = {
        (row.entity, row.id): row.ver
        for row in connection.execute(text(_VERSIONS), {"keys": _json(latest)})
        if not row.stale
    }
    news = [row for key, row in latest.items() if known.get(key, 0) < row.ver]
    _take(connection, news, project)


def replace_bucket(
    connection: Connection, scope: str, month: str, rows: Sequence[PulledRow], project: Project
) -> None:
    """Take a month of a scope as the server has it, whole; what it no longer has goes."""
    _take(connection, rows, project)
    named = {(row.entity, row.id) for row in rows}
    held = connection.execute(
        text("SELECT entity, id FROM sync_shadow WHERE scope = :scope AND stale = 0"),
        {"scope": scope},
    ).all()
    gone = [(e, i) for e, i in held if bucket_of(i) == month and (e, i) not in named]
    _forget(connection, gone, project)


def drop_scope(connection: Connection, scope: str, project: Project) -> None:
    """Let go of all records of a scope that this user may no longer see."""
    held = connection.execute(
        text("SELECT entity, id FROM sync_shadow WHERE scope = :scope"), {"scope": scope}
    ).all()
    _forget(connection, [(entity, record_id) for entity, record_id in held], project)


def scopes(connection: Connection) -> set[str]:
    """Name the scopes of which the server said something in its present state."""
    found = connection.scalars(text("SELECT DISTINCT scope FROM sync_shadow WHERE stale = 0"))
    return set(found)


def recompute(connection: Connection, keys: Iterable[Key], project: Project) -> None:
    """Lay what waits over the shadow, always from the start, and put it in place."""
    said: dict[Key, tuple[Body | None, int]] = dict.fromkeys(keys, (None, 0))
    for row in connection.execute(text(_SAID), {"keys": _json(said)}):
        said[row.entity, row.id] = (json.loads(row.body), row.ver)
    _place(connection, said, project)


def shadows(connection: Connection, scope: str) -> Iterable[tuple[str, str, int, dict[str, Any]]]:
    """Yield (entity, id, ver, body) of all that the server said of a scope."""
    rows = connection.execute(
        text("SELECT entity, id, ver, body FROM sync_shadow WHERE scope = :scope AND stale = 0"),
        {"scope": scope},
    )
    for row in rows:
        yield row.entity, row.id, row.ver, json.loads(row.body)


def body_of(connection: Connection, entity: str, record_id: str) -> tuple[Body | None, int]:
    """Answer a record as the server last said it, and its version."""
    row = connection.execute(
        text("SELECT body, ver FROM sync_shadow WHERE entity = :entity AND id = :id AND stale = 0"),
        {"entity": entity, "id": record_id},
    ).one_or_none()
    return (None, 0) if row is None else (json.loads(row.body), row.ver)


def _take(connection: Connection, rows: Sequence[PulledRow], project: Project) -> None:
    if not rows:
        return
    connection.execute(
        text(
            "INSERT INTO sync_shadow (entity, id, scope, ver, body)"
            " VALUES (:entity, :id, :scope, :ver, :body)"
            " ON CONFLICT (entity, id) DO UPDATE SET stale = 0,"
            " scope = excluded.scope, ver = excluded.ver, body = excluded.body"
        ),
        [
            {
                "entity": row.entity,
                "id": row.id,
                "scope": row.scope,
                "ver": row.ver,
                "body": json.dumps(dict(row.body), ensure_ascii=False),
            }
            for row in rows
        ],
    )
    said = {(row.entity, row.id): (row.body, row.ver) for row in rows}
    _place(connection, said, project)


def _place(
    connection: Connection, said: Mapping[Key, tuple[Body | None, int]], project: Project
) -> None:
    if not said:
        return
    waiting = defaultdict[Key, list[dict[str, Any]]](list)
    for row in connection.execute(text(_WAITING), {"keys": _json(said)}):
        waiting[row.entity, row.id].append(json.loads(row.envelope))
    placed = [(*key, *_with(said[key], waiting.get(key, ()))) for key in said]
    project(connection, placed)


def _with(
    said: tuple[Body | None, int], waiting: Iterable[Mapping[str, Any]]
) -> tuple[Body | None, int]:
    body, ver = said
    for change in waiting:
        if body is None and change["kind"] != ChangeKind.CREATE.value:
            continue  # a record that left this device is not made anew out of a part of it
        body, ver = patched(body, change["patch"]), ver + 1
    return body, ver


def _forget(connection: Connection, keys: Sequence[Key], project: Project) -> None:
    if not keys:
        return
    connection.execute(
        text("DELETE FROM sync_shadow WHERE entity = :entity AND id = :id"),
        [{"entity": entity, "id": record_id} for entity, record_id in keys],
    )
    recompute(connection, keys, project)


def _json(keys: Iterable[Key]) -> str:
    return json.dumps([list(key) for key in keys])
