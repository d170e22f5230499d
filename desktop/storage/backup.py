"""Copies of a case file that were opened and checked before anybody relies on them."""

import secrets
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from desktop.storage.connection import APPLICATION_ID, connect
from desktop.storage.durable import TEMP_SUFFIX, flush_folder, make_folder
from desktop.storage.errors import StorageError, StorageTrouble

_FULL = 13
_CACHE_KB = 256 * 1024  # an index and its table lie far apart


def back_up(store: Path, key: bytes, target: Path) -> None:
    """Copy a live case file through SQLite's backup interface, check the copy, then name it.

    The copy is one file under the same key; writers go on meanwhile.

    Raises:
        StorageError: DISK_FULL, NOT_WRITABLE or BAD_BACKUP; no file is left under `target`.
    """
    temp = target.with_name(f"{target.name}.{secrets.token_hex(4)}{TEMP_SUFFIX}")
    try:
        make_folder(target.parent)
        _copy(store, key, temp)
        check_backup(temp, key)
        temp.replace(target)
        flush_folder(target.parent)
    except sqlcipher.Error as error:
        raise _refusal(error, target) from error
    except OSError as error:
        raise StorageError(StorageTrouble.NOT_WRITABLE, target.name) from error
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def daily_copies(folder: Path) -> tuple[Path, ...]:
    """Give the copies that were made day by day, the latest first."""
    return tuple(sorted(folder.glob(_daily("*")), reverse=True))


def daily_copy(folder: Path, day: date) -> Path:
    """Name the copy of a day."""
    return folder / _daily(day.isoformat())


def drop_older(folder: Path, keep: int) -> None:
    """Delete daily copies beyond the latest `keep`; those before a new schema all stay.

    Raises:
        StorageError: NOT_WRITABLE.
    """
    for copy in daily_copies(folder)[keep:]:
        try:
            copy.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(StorageTrouble.NOT_WRITABLE, copy.name) from error


def _daily(day: str) -> str:
    return f"daily-{day}.db"


def check_backup(backup: Path, key: bytes) -> None:
    """Open a copy and check the seal of every page in use, every b-tree and every foreign key.

    A page's seal is checked as it is read, and the check of the b-trees reads them all; through
    the log, where there is one, so that a cut within a checkpoint is no damage.

    Raises:
        StorageError: BAD_BACKUP.
    """
    try:
        with closing(connect(backup, key, writable=False)) as raw:
            raw.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            sound = (
                raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
                and raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                and not raw.execute("PRAGMA foreign_key_check").fetchall()
            )
    except sqlcipher.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        raise StorageError(StorageTrouble.BAD_BACKUP, backup.name, name) from error
    if not sound:
        raise StorageError(StorageTrouble.BAD_BACKUP, backup.name)


def _copy(store: Path, key: bytes, temp: Path) -> None:
    with (
        closing(connect(store, key, writable=False)) as source,
        closing(connect(temp, key)) as copy,
    ):
        source.backup(copy)
        # One file that also opens on a read-only medium: no log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def _refusal(error: sqlcipher.Error, target: Path) -> StorageError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == _FULL:
        return StorageError(StorageTrouble.DISK_FULL, target.name, retryable=True)
    return StorageError(StorageTrouble.NOT_WRITABLE, target.name)
