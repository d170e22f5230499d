"""How far the server's log was read."""

from collections.abc import Mapping

from sqlalchemy import Connection

from sync.outbox.statements import text


def recall(connection: Connection, name: str) -> str:
    """Answer a fact about the server (its epoch, the cursor), or nothing."""
    found = connection.scalar(
        text("SELECT value FROM sync_fact WHERE name = :name"), {"name": name}
    )
    return found or ""


def remember(connection: Connection, name: str, value: str) -> None:
    """Keep a fact about the server."""
    connection.execute(
        text(
            "INSERT INTO sync_fact (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ),
        {"name": name, "value": value},
    )


def forget(connection: Connection, name: str) -> None:
    """Let go of a fact about the server."""
    connection.execute(text("DELETE FROM sync_fact WHERE name = :name"), {"name": name})


def positions(connection: Connection) -> Mapping[str, int]:
    """Answer the last number read of each scope."""
    rows = connection.execute(text("SELECT scope, seq FROM sync_cursor"))
    return {row.scope: row.seq for row in rows}


def advance(connection: Connection, scope: str, seq: int) -> None:
    """Note that a scope was read up to a number."""
    connection.execute(
        text(
            "INSERT INTO sync_cursor (scope, seq) VALUES (:scope, :seq)"
            " ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq"
        ),
        {"scope": scope, "seq": seq},
    )


def retreat(connection: Connection, scope: str) -> None:
    """Forget how far a scope was read."""
    connection.execute(text("DELETE FROM sync_cursor WHERE scope = :scope"), {"scope": scope})


def start_over(connection: Connection) -> None:
    """Forget what was read, as when a number of a log is missing; what waits stays."""
    connection.execute(text("DELETE FROM sync_cursor"))
    connection.execute(text("DELETE FROM sync_fact WHERE name IN ('cursor', 'snapshot', 'agreed')"))
