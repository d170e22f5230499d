"""Bringing a case file to the schema of this program, never back and never half."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine

from desktop.storage.connection import APPLICATION_ID
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.migrations import STEPS
from desktop.storage.migrations.step import Step


def version_of(connection: Connection) -> int:
    """Answer the schema version of a case file; 0 for an empty one.

    Raises:
        StorageError: NOT_A_STORE when it is some other program's database.
    """
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    owner = int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if owner != APPLICATION_ID and (owner or version or tables):
        raise StorageError(StorageTrouble.NOT_A_STORE, detail=f"application {owner:#x}")
    return version


def migrate(
    engine: Engine, save_copy: Callable[[int], None], steps: Sequence[Step] = STEPS
) -> tuple[int, int]:
    """Take every step that is missing, each in a transaction; answer versions before and after.

    Args:
        save_copy: makes a verified backup; called with the old version before the first step
            that changes an existing case file.

    Raises:
        StorageError: NEWER_VERSION when a later program wrote it; nothing was touched.
    """
    with engine.connect() as connection:
        before = version_of(connection)
    newest = steps[-1].version
    if before > newest:
        raise StorageError(StorageTrouble.NEWER_VERSION, str(before), f"we know {newest}")
    missing = [step for step in steps if step.version > before]
    if missing and before:
        save_copy(before)
    for step in missing:
        _take(engine, step)
    return before, newest


def _take(engine: Engine, step: Step) -> None:
    with engine.begin() as connection:
        for statement in step.statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {step.version}")
