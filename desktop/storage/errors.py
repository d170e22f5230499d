"""What the disk can refuse the case file: a name and fields; wording belongs to the caller."""

from enum import Enum


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
