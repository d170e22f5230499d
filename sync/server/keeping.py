"""Backups of a server: database and bytes together; what comes back is another state."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copyfile

from sqlalchemy import select

from sync.server.database import FILE_NAME, Database
from sync.server.facts import renew_epoch
from sync.server.numbers import leave_gap
from sync.server.tables import blobs

_BLOBS = "blobs"


class NotEmpty(OSError):
    """The folder holds something already; nothing was touched."""


def back_up(data: Path, target: Path) -> int:
    """Copy a server that may be running into a new folder; answer the number of files of bytes.

    The database is copied first: bytes are only ever added, so all that it names are there.

    Raises:
        NotEmpty, OSError.
    """
    _must_be_empty(target)
    target.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(data / FILE_NAME)) as source,
        closing(sqlite3.connect(target / FILE_NAME)) as copy,
    ):
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise OSError("the copy is damaged")
    return _copy_blobs(data, target)


def restore(backup: Path, data: Path) -> str:
    """Bring a backup back into an empty folder as another state of the server; answer its epoch.

    Raises:
        NotEmpty, OSError.
    """
    if not (backup / FILE_NAME).is_file():
        raise FileNotFoundError(2, "no backup of a server", str(backup))
    back_up(backup, data)
    database = Database.in_folder(data)
    try:
        return begin_anew(database)
    finally:
        database.close()


def begin_anew(database: Database) -> str:
    """Make a database that came back from a backup another state: a new epoch, a gap of numbers."""
    with database.write() as connection:
        leave_gap(connection)
        return renew_epoch(connection)


def _copy_blobs(data: Path, target: Path) -> int:
    database = Database.in_folder(target)
    with database.read() as connection:
        named = connection.scalars(select(blobs.c.sha256)).all()
    database.close()
    for sha256 in named:
        place = Path(_BLOBS) / sha256[:2] / sha256
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        copyfile(data / place, target / place)
    return len(named)


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(17, "the folder is not empty", str(folder))
