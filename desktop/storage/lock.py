"""One writer a store: whoever holds the lock database holds the case file."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from desktop.storage.errors import StorageError, StorageTrouble

_BUSY = 5


class StoreLock:
    """An exclusive transaction on a small database beside the case file.

    The operating system frees it when the process dies, on Linux as on Windows, so a crash never
    leaves a store that cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            StorageError: IN_USE when another program holds it; NOT_WRITABLE.
        """
        try:
            # A profile is opened on one thread and may be closed on another.
            self._raw = sqlcipher.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False
            )
        except sqlcipher.Error as error:
            raise StorageError(StorageTrouble.NOT_WRITABLE, path.name) from error
        try:
            self._raw.execute("BEGIN EXCLUSIVE")
        except sqlcipher.Error as error:
            self._raw.close()
            raise _refusal(error, path) from error

    def release(self) -> None:
        """Give the lock back; doing it twice is harmless."""
        self._raw.close()


def _refusal(error: sqlcipher.Error, path: Path) -> StorageError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == _BUSY:
        return StorageError(StorageTrouble.IN_USE, path.name, retryable=True)
    return StorageError(StorageTrouble.NOT_WRITABLE, path.name)
