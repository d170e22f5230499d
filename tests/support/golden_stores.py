"""Writes a case file as it stood under each schema that was ever released, as SQL.

    python -m tests.support.golden_stores

A schema's file is written once, when it is new, and never again: it stands for what offices have.
The newest schema's rows are put into the older tables as far as those have the columns.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from desktop.storage.connection import APPLICATION_ID, connect
from desktop.storage.migrations import STEPS
from desktop.storage.store import FILE_NAME
from tests.support.inspections import InspectedHall
from tests.support.profiles import KEY

FOLDER = Path(__file__).parents[1] / "golden" / "stores"


def main() -> None:
    """Write the files that are missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        hall = InspectedHall(Path(folder))
        hall.started()
        hall.store.close()
        rows = connect(Path(folder) / "store" / FILE_NAME, KEY)
        for step in STEPS:
            path = golden(step.version)
            if not path.exists():
                path.write_text("\n".join(_told(rows, step.version)) + "\n", "utf-8")
                print(f"wrote {path.name}")
        rows.close()


def golden(version: int) -> Path:
    """Name the file of a schema."""
    return FOLDER / f"v{version:03}.sql"


def lay_down(version: int, path: Path) -> None:
    """Make the case file of a schema, under the tests' key."""
    path.parent.mkdir(parents=True)
    raw = connect(path, KEY)
    raw.executescript(golden(version).read_text("utf-8"))
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()


def _told(source: sqlcipher.Connection, version: int) -> Iterator[str]:
    old = sqlcipher.connect(":memory:")
    for step in STEPS[:version]:
        for statement in step.statements:
            old.execute(statement)
    made = old.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    virtual = tuple(f"{name}_" for _, name, sql in made if sql.startswith("CREATE VIRTUAL"))
    yield "BEGIN;"
    for kind in ("table", "index", "trigger"):
        for each, name, sql in made:
            if each == kind and not name.startswith(("sqlite_", *virtual)):
                yield f"{sql};"
    for kind, name, sql in made:
        if kind == "table" and not name.startswith(virtual) and "VIRTUAL" not in sql:
            yield from _rows(source, old, name)
    yield "COMMIT;"
    yield f"PRAGMA application_id = {APPLICATION_ID};"
    yield f"PRAGMA user_version = {version};"
    old.close()


def _rows(source: sqlcipher.Connection, old: sqlcipher.Connection, table: str) -> Iterator[str]:
    there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    both = [row[1] for row in old.execute(f"PRAGMA table_info({table})") if row[1] in there]
    told = ", ".join(f"quote({name})" for name in both)
    for row in source.execute(f"SELECT {told} FROM {table}" if both else "SELECT 1 WHERE 0"):
        yield f"INSERT OR IGNORE INTO {table} ({', '.join(both)}) VALUES ({', '.join(row)});"


if __name__ == "__main__":
    main()
