"""The server's database: opened durable, every write in one transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL

from sync.server.facts import first_facts
from sync.server.migrations import migrate

FILE_NAME = "server.db"
POOL = 10  # connections of one worker


class Database:
    """An engine with our rules on every connection."""

    def __init__(self, engine: Engine) -> None:
        """Bring the database to this program's schema.

        Raises:
            NewerSchema: a later program wrote it.
        """
        self.engine = engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _make_durable)
            event.listen(engine, "begin", _begin)
        with self.write() as connection:
            migrate(connection)
            first_facts(connection)

    @classmethod
    def in_folder(cls, folder: Path) -> "Database":
        """Open the SQLite database of a data folder, or create it."""
        folder.mkdir(parents=True, exist_ok=True)
        url = URL.create("sqlite", database=str(folder / FILE_NAME))
        return cls(create_engine(url, connect_args={"timeout": 30}))

    @classmethod
    def at(cls, address: str) -> "Database":
        """Open a PostgreSQL database by its URL, which must name the driver psycopg or none.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it cannot be had.
        """
        url = make_url(address)
        if url.drivername in {"postgres", "postgresql"}:
            url = url.set(drivername="postgresql+psycopg")
        return cls(create_engine(url, pool_size=POOL, max_overflow=POOL, pool_pre_ping=True))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Do everything inside together, or nothing."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look at one consistent picture."""
        with self.engine.connect() as connection:
            yield connection.execution_options(looks_only=True)

    def close(self) -> None:
        """Let go of the files."""
        self.engine.dispose()


def _make_durable(raw: Any, _record: object) -> None:  # Any: a driver's own connection
    raw.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A reader takes no write lock; a writer takes it at once, or two could wait for each other.
    looks_only = connection.get_execution_options().get("looks_only")
    connection.exec_driver_sql("BEGIN" if looks_only else "BEGIN IMMEDIATE")
