"""How a connection to the case file is made: keyed, durable, and begun by hand."""

from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from desktop.storage.frames import KEY_SIZE

APPLICATION_ID = 0x48414C4C  # "HALL", in the header of every case file
BUSY_MS = 5000
READER_CACHE_KB = 24 * 1024  # the index that a list of 100,000 cases is searched by, deciphered


def connect(path: Path, key: bytes, *, writable: bool = True) -> sqlcipher.Connection:
    """Open a keyed raw connection that leaves transactions to us.

    A wrong key shows at the first read, not here.
    """
    if len(key) != KEY_SIZE:
        raise ValueError("a store key has 32 bytes")
    mode = "rwc" if writable else "ro"
    raw = sqlcipher.connect(
        f"file:{quote(path.absolute().as_posix())}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return raw


def writer_engine(path: Path, key: bytes) -> Engine:
    """Make the engine of the one writing connection; each transaction begins IMMEDIATE."""
    engine = _engine(path, key, writable=True, connections=1)
    event.listen(engine, "connect", _make_durable)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(path: Path, key: bytes, *, connections: int = 2) -> Engine:
    """Make the engine of connections that can only read; each transaction is one snapshot."""
    engine = _engine(path, key, writable=False, connections=connections)
    event.listen(engine, "connect", _make_reader)
    event.listen(engine, "begin", _begin_snapshot)
    return engine


def rewrite(engine: Engine) -> None:
    """Write the file anew without its free pages."""
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute("VACUUM")
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def changes_of(connection: Connection) -> int:
    """Count the rows that a connection has changed since it was opened."""
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def _engine(path: Path, key: bytes, *, writable: bool, connections: int) -> Engine:
    return create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, writable=writable),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
    )


def _make_durable(raw: sqlcipher.Connection, _record: object) -> None:
    # WAL with synchronous=NORMAL lost acknowledged rows in simulated power cuts; FULL lost none.
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")


def _make_reader(raw: sqlcipher.Connection, _record: object) -> None:
    raw.execute("PRAGMA query_only = ON")
    raw.execute(f"PRAGMA cache_size = -{READER_CACHE_KB}")
    raw.execute("PRAGMA foreign_keys = ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_snapshot(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
