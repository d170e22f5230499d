"""Names what SQLite refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from desktop.storage.errors import StorageError, StorageTrouble

# Primary result codes of SQLite; https://www.sqlite.org/rescode.html
_BY_CODE = {
    5: (StorageTrouble.IN_USE, True),  # BUSY
    6: (StorageTrouble.IN_USE, True),  # LOCKED
    8: (StorageTrouble.NOT_WRITABLE, False),  # READONLY
    10: (StorageTrouble.NOT_WRITABLE, True),  # IOERR
    11: (StorageTrouble.DAMAGED, False),  # CORRUPT
    13: (StorageTrouble.DISK_FULL, True),  # FULL
    14: (StorageTrouble.NOT_WRITABLE, False),  # CANTOPEN
    26: (StorageTrouble.WRONG_KEY, False),  # NOTADB: a page does not open with this key
}


@contextmanager
def storage_refusals(subject: str) -> Iterator[None]:
    """Turn what SQLite refuses into a `StorageError`; a mistake of ours stays as it is."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        raise refusal_of(error, subject) from error


def refusal_of(error: DBAPIError | sqlcipher.Error, subject: str) -> Exception:
    """Name a database error, or answer it unchanged when it is a mistake of ours."""
    raw = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(raw, "sqlite_errorcode", 0) or 0
    known = _BY_CODE.get(code & 0xFF)
    if known is None:
        return error
    trouble, retryable = known
    name = str(getattr(raw, "sqlite_errorname", ""))
    return StorageError(trouble, subject, name, retryable=retryable)
