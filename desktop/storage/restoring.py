"""A copy takes the place of the case file at the next start, before anybody opens it.

What was there is kept beside the copies. Numbers that this device had leased are given up: which
of them went out on paper since the copy was made, the copy does not know. Where the device stands
in its chain the next round learns from the server, and seals anew what waits.
"""

import secrets
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from desktop.storage.backup import back_up, check_backup
from desktop.storage.connection import connect
from desktop.storage.durable import TEMP_SUFFIX, flush_folder, write_durably
from desktop.storage.errors import StorageError, StorageTrouble

WISH = "restore.wish"


def wish(folder: Path, copy: Path) -> None:
    """Let a copy take the place of the folder's case file at the next start.

    Raises:
        StorageError: NOT_WRITABLE.
    """
    try:
        write_durably(folder / WISH, [copy.name.encode()])
    except OSError as error:
        raise StorageError(StorageTrouble.NOT_WRITABLE, WISH) from error


def wished(folder: Path) -> str:
    """Name the copy that is to take the place at the next start; empty for none."""
    try:
        return (folder / WISH).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def restore_wished(store: Path, key: bytes, copies: Path, now: datetime) -> str:
    """Put the wished copy in the place of a case file that nobody has open; answer its name.

    A copy that is not sound is wished no more and changes nothing.

    Raises:
        StorageError: BAD_BACKUP, NOT_WRITABLE, DISK_FULL.
    """
    name = wished(store.parent)
    if not name:
        return ""
    copy = copies / Path(name).name
    try:
        check_backup(copy, key)
    except StorageError:
        _forget(store.parent)
        raise
    _put_aside(store, key, copies / f"replaced-{now:%Y%m%dT%H%M%SZ}.db")
    _put_in_place(copy, key, store)
    _forget(store.parent)
    return copy.name


def _put_aside(store: Path, key: bytes, aside: Path) -> None:
    """Keep what is there: as a sound copy, or as it is where it is damaged."""
    if not store.exists():
        return
    try:
        back_up(store, key, aside)
    except StorageError as error:
        if error.trouble not in {StorageTrouble.BAD_BACKUP, StorageTrouble.NOT_WRITABLE}:
            raise
        store.replace(aside.with_suffix(".damaged"))


def _put_in_place(copy: Path, key: bytes, store: Path) -> None:
    temp = store.with_name(f"{store.name}.{secrets.token_hex(4)}{TEMP_SUFFIX}")
    try:
        back_up(copy, key, temp)
        with closing(connect(temp, key)) as raw:
            raw.execute("DELETE FROM number_block")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("PRAGMA journal_mode = DELETE")
        for log in ("-wal", "-shm"):
            store.with_name(store.name + log).unlink(missing_ok=True)
        temp.replace(store)
        flush_folder(store.parent)
    except (OSError, sqlcipher.Error) as error:
        raise StorageError(StorageTrouble.NOT_WRITABLE, store.name) from error
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def _forget(folder: Path) -> None:
    with suppress(OSError):
        (folder / WISH).unlink(missing_ok=True)
