"""What the disk can refuse the case file: a name and fields; wording belongs to the caller."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from sqlalchemy.exc import DBAPIError


class StorageTrouble(Enum):
    """Why the case file cannot be had or written."""

    WRONG_KEY = "wrong_key"
    IN_USE = "in_use"
    NEWER_VERSION = "newer_version"
    NOT_A_STORE = "not_a_store"
    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"
    DAMAGED = "damaged"
    BAD_BACKUP = "bad_backup"
    WITHOUT_NOTE = "without_note"
    CHANGED_MEANWHILE = "changed_meanwhile"
    CLOSED = "closed"


class StorageError(Exception):
    """The world says no: a key, a disk, another program.

    Attributes:
        trouble: the reason, a closed set.
        subject: what it concerns (a file name, a record id); never a key.
        detail: a technical remark for the log, without content of records.
        retryable: whether waiting may help.
    """

    def __init__(
        self,
        trouble: StorageTrouble,
        subject: str = "",
        detail: str = "",
        *,
        retryable: bool = False,
    ) -> None:
        super().__init__(trouble, subject, detail)
        self.trouble = trouble
        self.subject = subject
        self.detail = detail
        self.retryable = retryable


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
    except DBAPIError as error:
        raise refusal_of(error, subject) from error


def refusal_of(error: DBAPIError, subject: str) -> Exception:
    """Name a database error, or answer it unchanged when it is a mistake of ours."""
    code = getattr(error.orig, "sqlite_errorcode", 0) or 0
    known = _BY_CODE.get(code & 0xFF)
    if known is None:
        return error
    trouble, retryable = known
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    return StorageError(trouble, subject, name, retryable=retryable)
