"""The server's database: opened durable, every write in one immediate transaction."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine, create_engine, event, insert, select, update
from sqlalchemy.engine import URL

from sync.server.tables import METADATA, facts


class Database:
    """An engine with our rules on every connection."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _make_durable)
            event.listen(engine, "begin", _begin)
        METADATA.create_all(engine)
        with self.write() as connection:
            _first_facts(connection)

    @classmethod
    def in_folder(cls, folder: Path) -> "Database":
        """Open the SQLite database of a data folder, or create it."""
        folder.mkdir(parents=True, exist_ok=True)
        url = URL.create("sqlite", database=str(folder / "server.db"))
        return cls(create_engine(url, connect_args={"timeout": 30}))

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


def fact(connection: Connection, name: str) -> str:
    """Answer a fact about this server: its epoch, the secret of its cursors, its log key."""
    found = connection.execute(select(facts.c.value).where(facts.c.name == name))
    return str(found.scalar_one())


def renew_epoch(connection: Connection) -> str:
    """Name a new state of this server, as after it came back from a backup."""
    epoch = secrets.token_hex(8)
    connection.execute(update(facts).where(facts.c.name == "epoch").values(value=epoch))
    return epoch


def server_time() -> str:
    """Tell the time, UTC."""
    return datetime.now(UTC).isoformat()


def _first_facts(connection: Connection) -> None:
    if connection.execute(select(facts.c.name).limit(1)).first():
        return
    log_key = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    first = {"epoch": secrets.token_hex(8), "cursor_key": secrets.token_hex(32), "log_key": log_key}
    connection.execute(insert(facts), [{"name": n, "value": v} for n, v in first.items()])


def _make_durable(raw: Any, _record: object) -> None:  # Any: a driver's own connection
    raw.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A reader takes no write lock; a writer takes it at once, or two could wait for each other.
    looks_only = connection.get_execution_options().get("looks_only")
    connection.exec_driver_sql("BEGIN" if looks_only else "BEGIN IMMEDIATE")
