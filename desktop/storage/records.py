"""The record table: one row for each thing of supervision, its body as JSON."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Row, text

from desktop.storage.shapes import Body, Json, dump

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A row as it stands; `ver` is the server's version that it rests on."""

    entity: str
    id: str
    scope: str
    body: Body
    ver: int
    updated_at: str


def load(connection: Connection, entity: str, record_id: str) -> RecordRow | None:
    """Answer one live record, or None."""
    row = connection.execute(
        text(
            "SELECT entity, id, scope, body, ver, updated_at FROM record"
            " WHERE entity = :entity AND id = :id AND deleted = 0"
        ),
        {"entity": entity, "id": record_id},
    ).one_or_none()
    return None if row is None else _row(row)


def select(connection: Connection, entity: str, equals: Mapping[str, Json]) -> list[RecordRow]:
    """Answer the live records whose fields equal these values, oldest id first.

    The names of entity and fields stand in the text, so that SQLite sees the index made for them.
    """
    where = [f"entity = '{checked(entity)}'", "deleted = 0"]
    values: dict[str, Json] = {}
    for number, (field, value) in enumerate(equals.items()):
        where.append(f"{field_sql(field)} IS :v{number}")
        values[f"v{number}"] = value if not isinstance(value, list | dict) else dump(value)
    rows = connection.execute(
        text(
            "SELECT entity, id, scope, body, ver, updated_at FROM record"  # noqa: S608  # checked names
            f" WHERE {' AND '.join(where)} ORDER BY id"
        ),
        values,
    )
    return [_row(row) for row in rows]


def newest(connection: Connection, entity: str, count: int) -> list[RecordRow]:
    """Answer the live records with the greatest ids, which were made last."""
    rows = connection.execute(
        text(
            "SELECT entity, id, scope, body, ver, updated_at FROM record"
            " WHERE entity = :entity AND deleted = 0 ORDER BY id DESC LIMIT :count"
        ),
        {"entity": entity, "count": count},
    )
    return [_row(row) for row in rows]


def select_lasting(connection: Connection, entity: str, start: str, end: str) -> list[RecordRow]:
    """Answer the live records that began before `end` and ended after `start`, as they began.

    Moments are kept as ISO 8601 in UTC, which sorts as text. The entity asks for an index on its
    `ended_at`, which makes the near past cheap however many years lie before it; left alone,
    SQLite would rather read the whole entity.
    """
    rows = connection.execute(
        text(
            "SELECT entity, id, scope, body, ver, updated_at FROM record"  # noqa: S608  # checked
            f" INDEXED BY {index_name(entity, 'ended_at')}"
            f" WHERE entity = '{checked(entity)}' AND deleted = 0"
            f" AND {field_sql('ended_at')} > :start AND {field_sql('started_at')} < :end"
            f" ORDER BY {field_sql('started_at')}, id"
        ),
        {"start": start, "end": end},
    )
    return [_row(row) for row in rows]


def latest(connection: Connection, entity: str, field: str) -> str | None:
    """Answer the greatest value that a field of live records holds, from its index alone."""
    found = connection.execute(
        text(
            f"SELECT max({field_sql(field)}) FROM record"  # noqa: S608  # checked names
            f" INDEXED BY {index_name(entity, field)}"
            f" WHERE entity = '{checked(entity)}' AND deleted = 0"
        )
    ).scalar_one()
    return None if found is None else str(found)


def write(connection: Connection, *rows: RecordRow) -> None:
    """Insert records, or put these in their place."""
    if not rows:
        return
    connection.execute(
        text(
            "INSERT INTO record (entity, id, scope, body, ver, updated_at)"
            " VALUES (:entity, :id, :scope, :body, :ver, :updated_at)"
            " ON CONFLICT (entity, id) DO UPDATE SET scope = excluded.scope, body = excluded.body,"
            " ver = excluded.ver, updated_at = excluded.updated_at, deleted = 0"
        ),
        [
            {
                "entity": row.entity,
                "id": row.id,
                "scope": row.scope,
                "body": dump(row.body),
                "ver": row.ver,
                "updated_at": row.updated_at,
            }
            for row in rows
        ],
    )


def erase(connection: Connection, *keys: tuple[str, str]) -> None:
    """Remove records that left this user's sight, or that the server never took."""
    if not keys:
        return
    connection.execute(
        text("DELETE FROM record WHERE entity = :entity AND id = :id"),
        [{"entity": entity, "id": record_id} for entity, record_id in keys],
    )


def keep_indexes(connection: Connection, wanted: Iterable[tuple[str, str]]) -> None:
    """Make the indexes that entities ask for, as (entity, field), and drop those of yesterday."""
    names = {index_name(e, f): (e, f) for e, f in wanted}
    present = set(
        connection.scalars(
            text(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ask\\_%'"
                " ESCAPE '\\'"
            )
        )
    )
    for name in sorted(present - names.keys()):
        connection.exec_driver_sql(f"DROP INDEX {name}")
    for name in sorted(names.keys() - present):
        entity, field = names[name]
        connection.exec_driver_sql(
            f"CREATE INDEX {name} ON record ({field_sql(field)})"
            f" WHERE entity = '{entity}' AND deleted = 0"
        )


def index_name(entity: str, field: str) -> str:
    """Name the index of an entity's field."""
    return f"ask_{checked(entity)}__{checked(field)}"


def field_sql(field: str) -> str:
    """Write a body's field the one way in which its index knows it."""
    return f"json_extract(body, '$.{checked(field)}')"


def checked(name: str) -> str:
    """Let only our own names into the text of a statement."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name of an entity or field: {name!r}")
    return name


def _row(row: Row[str, str, str, str, int, str]) -> RecordRow:
    return RecordRow(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5])
