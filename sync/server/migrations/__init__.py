"""Every schema that the server ever had, in order; each only goes forward."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sync.server.journal import rebuild
from sync.server.migrations import v001, v002, v003, v004, v005, v006


@dataclass(frozen=True, slots=True)
class Step:
    """What leads to schema `version` from the one before; `then` works on what the tables hold."""

    version: int
    statements: Sequence[str]
    then: Callable[[Connection], None] | None = None


STEPS = (
    Step(1, v001.STATEMENTS),
    Step(2, v002.STATEMENTS, rebuild),
    Step(3, v003.STATEMENTS),
    Step(4, v004.STATEMENTS),
    Step(5, v005.STATEMENTS),
    Step(6, v006.STATEMENTS),
)


class NewerSchema(OSError):
    """A later program wrote this database; nothing was touched."""


def migrate(connection: Connection, steps: Sequence[Step] = STEPS) -> tuple[int, int]:
    """Take every step that is missing, all in the caller's transaction; answer before and after.

    Raises:
        NewerSchema: the database is newer than this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(4815162342)"))
    connection.execute(text("CREATE TABLE IF NOT EXISTS schema_step (version INTEGER PRIMARY KEY)"))
    found = connection.execute(text("SELECT max(version) FROM schema_step")).scalar_one()
    before, newest = int(found or 0), steps[-1].version
    if before > newest:
        raise NewerSchema(f"schema {before}, and this program knows {newest}")
    for step in steps:
        if step.version > before:
            _take(connection, step)
    return before, newest


def _take(connection: Connection, step: Step) -> None:
    for statement in step.statements:
        connection.execute(text(statement))
    if step.then:
        step.then(connection)
    connection.execute(text("INSERT INTO schema_step VALUES (:v)"), {"v": step.version})
