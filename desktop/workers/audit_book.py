"""The audit chain of this machine, for the auditor: read, checked, and taken out."""

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.errors import NotAllowed
from desktop.domain.evidence import AuditRow
from desktop.domain.roles import Actor, Role
from desktop.exchange.audit_file import audit_lines
from desktop.storage import audit
from desktop.storage.audit import ChainFault
from desktop.storage.durable import write_durably
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.store import Store
from desktop.usecases.auditing import note_audit_export
from desktop.workers.case_desk import CaseDesk
from sync.protocol.identity import DeviceIdentity

PAGE = 200  # rows that are fetched at a time


class ChainRow(NamedTuple):
    """A row of the chain: its number, its digest, what it says."""

    n: int
    hash: str
    body: dict[str, Any]  # Any: JSON


class AuditBook:
    """Answers with futures, and only the auditor (section 13)."""

    def __init__(self, desk: CaseDesk, device: DeviceIdentity) -> None:
        self._desk, self._device = desk, device

    def page(
        self, actor: Actor, words: str = "", before: int | None = None
    ) -> "Future[tuple[ChainRow, ...]]":
        """Give the latest rows that hold all of some words, or those before a number.

        Raises:
            NotAllowed: somebody else than the auditor.
        """
        _must_audit(actor, "read")

        def look() -> tuple[ChainRow, ...]:
            with self._desk.store.read() as connection:
                return tuple(
                    ChainRow(*row) for row in audit.page_of(connection, words, before, PAGE)
                )

        return self._desk.run(look)

    def check(self, actor: Actor) -> "Future[tuple[ChainFault, ...]]":
        """Walk the whole chain and name every row that is not as it was written.

        Raises:
            NotAllowed: somebody else than the auditor.
        """
        _must_audit(actor, "read")
        return self._desk.run(self._desk.store.chain_faults)

    def write_out(self, actor: Actor, out: Path, reason: str) -> "Future[int]":
        """Write the whole chain to a file, after its own row about this; answer its length."""
        noted = self._desk.act(actor, partial(note_audit_export, reason=reason))

        def write() -> int:
            noted.result()  # refused: nothing is written
            return write_rows(self._desk.store, self._device, out)

        return self._desk.run(write)


def write_rows(store: Store, device: DeviceIdentity, out: Path) -> int:
    """Write the whole chain to a file that proves itself; answer its length.

    Raises:
        StorageError: NOT_WRITABLE.
    """
    with store.read() as connection:
        try:
            write_durably(out, audit_lines(audit.rows_of(connection), device))
        except OSError as error:
            raise StorageError(StorageTrouble.NOT_WRITABLE, out.name) from error
        return audit.head_of(connection).n


def _must_audit(actor: Actor, act: str) -> None:
    if not actor.has(Role.SEC_AUDITOR):
        raise NotAllowed(AuditRow.ENTITY, act, (Role.SEC_AUDITOR.value,))
