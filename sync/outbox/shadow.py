"""What the server last said of each record; a local record is that and what waits on top."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, text

from sync.protocol.answers import PulledRow
from sync.protocol.change import Body, patched

# Puts a record in its place in the caller's tables: entity, id, body (None: gone) and version.
Project = Callable[[Connection, str, str, Body | None, int], None]


def take_row(connection: Connection, row: PulledRow, project: Project) -> bool:
    """Take what the server says of a record unless we know newer; tell whether it was news."""
    known = connection.scalar(
        text("SELECT ver FROM sync_shadow WHERE entity = :entity AND id = :id"),
        {"entity": row.entity, "id": row.id},
    )
    if known is not None and known >= row.ver:
        return False
    connection.execute(
        text(
            "INSERT INTO sync_shadow (entity, id, scope, ver, body)"
            " VALUES (:entity, :id, :scope, :ver, :body)"
            " ON CONFLICT (entity, id) DO UPDATE SET"
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
    recompute(connection, row.entity, row.id, project)
    return True


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
    for envelope in waiting:
        body, ver = patched(body, json.loads(envelope)["patch"]), ver + 1
    project(connection, entity, record_id, body, ver)


def shadows(connection: Connection, scope: str) -> Iterable[tuple[str, str, int, dict[str, Any]]]:
    """Yield (entity, id, ver, body) of all that the server said of a scope."""
    rows = connection.execute(
        text("SELECT entity, id, ver, body FROM sync_shadow WHERE scope = :scope"),
        {"scope": scope},
    )
    for row in rows:
        yield row.entity, row.id, row.ver, json.loads(row.body)
