"""What the server last said of each record; a local record is that and what waits on top."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from sync.outbox.statements import text
from sync.protocol.answers import PulledRow
from sync.protocol.buckets import bucket_of
from sync.protocol.change import Body, ChangeKind, patched

# Puts a record in its place in the caller's tables: entity, id, body (None: gone) and version.
Project = Callable[[Connection, str, str, Body | None, int], None]


def take_row(connection: Connection, row: PulledRow, project: Project) -> bool:
    """Take what the server says of a record unless we know newer; tell whether it was news."""
    known = connection.execute(
        text("SELECT ver, stale FROM sync_shadow WHERE entity = :entity AND id = :id"),
        {"entity": row.entity, "id": row.id},
    ).one_or_none()
    if known is not None and not known.stale and known.ver >= row.ver:
        return False
    _keep(connection, row)
    recompute(connection, row.entity, row.id, project)
    return True


def replace_bucket(
    connection: Connection, scope: str, month: str, rows: Sequence[PulledRow], project: Project
) -> None:
    """Take a month of a scope as the server has it, whole; what it no longer has goes."""
    for row in rows:
        _keep(connection, row)
        recompute(connection, row.entity, row.id, project)
    named = {(row.entity, row.id) for row in rows}
    held = connection.execute(
        text("SELECT entity, id FROM sync_shadow WHERE scope = :scope AND stale = 0"),
        {"scope": scope},
    ).all()
    gone = [key for key in held if bucket_of(key.id) == month and tuple(key) not in named]
    for entity, record_id in gone:
        _forget(connection, entity, record_id, project)


def drop_scope(connection: Connection, scope: str, project: Project) -> None:
    """Let go of all records of a scope that this user may no longer see."""
    held = connection.execute(
        text("SELECT entity, id FROM sync_shadow WHERE scope = :scope"), {"scope": scope}
    ).all()
    for entity, record_id in held:
        _forget(connection, entity, record_id, project)


def scopes(connection: Connection) -> set[str]:
    """Name the scopes of which the server said something in its present state."""
    found = connection.scalars(text("SELECT DISTINCT scope FROM sync_shadow WHERE stale = 0"))
    return set(found)


def recompute(connection: Connection, entity: str, record_id: str, project: Project) -> None:
    """Lay what waits over the shadow, always from the start, and put it in place."""
    key = {"entity": entity, "id": record_id}
    shadow = connection.execute(
        text("SELECT ver, body FROM sync_shadow WHERE entity = :entity AND id = :id"), key
    ).one_or_none()
    ver, body = (0, None) if shadow is None else (shadow.ver, json.loads(shadow.body))
    waiting = connection.scalars(
        text(
            "SELECT envelope FROM sync_outbox WHERE entity = :entity AND id = :id"
            " AND state = 'pending' ORDER BY n"
        ),
        key,
    )
    for change in map(json.loads, waiting):
        if body is None and change["kind"] != ChangeKind.CREATE.value:
            continue  # a record that left this device is not made anew out of a part of it
        body, ver = patched(body, change["patch"]), ver + 1
    project(connection, entity, record_id, body, ver)


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


def _keep(connection: Connection, row: PulledRow) -> None:
    connection.execute(
        text(
            "INSERT INTO sync_shadow (entity, id, scope, ver, body)"
            " VALUES (:entity, :id, :scope, :ver, :body)"
            " ON CONFLICT (entity, id) DO UPDATE SET stale = 0,"
            " scope = excluded.scope, ver = excluded.ver, body = excluded.body"
        ),
        {
            "entity": row.entity,
            "id": row.id,
            "scope": row.scope,
            "ver": row.ver,
            "body": json.dumps(dict(row.body), ensure_ascii=False),
        },
    )


def _forget(connection: Connection, entity: str, record_id: str, project: Project) -> None:
    connection.execute(
        text("DELETE FROM sync_shadow WHERE entity = :entity AND id = :id"),
        {"entity": entity, "id": record_id},
    )
    recompute(connection, entity, record_id, project)
