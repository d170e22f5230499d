"""Bytes leave the program for a file, together with the note of who took them and why."""

from pathlib import Path

from desktop.domain.identifiers import HallId
from desktop.storage.durable import write_durably
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.usecases.evidence import note_export
from desktop.usecases.ports import Clock, UnitOfWork


def take_out(
    work: UnitOfWork,
    data: bytes,
    target: Path,
    *,
    hall_id: HallId,
    subject: str,
    reason: str,
    clock: Clock,
) -> str:
    """Write a file and its note, both or neither; answer the file's name.

    Raises:
        MissingField: no reason.
        StorageError: NOT_WRITABLE.
    """
    note_export(work, hall_id, subject, reason, clock=clock)
    return written(target, data)


def written(target: Path, data: bytes) -> str:
    """Write a file of which the note is made already; answer its name.

    Raises:
        StorageError: NOT_WRITABLE.
    """
    try:
        write_durably(target, [data])
    except OSError as error:
        raise StorageError(StorageTrouble.NOT_WRITABLE, target.name) from error
    return target.name
