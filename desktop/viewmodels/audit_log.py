"""The audit chain of this machine as the auditor reads it; nobody else does (section 13)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.roles import Actor, Role
from desktop.storage.audit import ChainFault
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.lines import Cells, Lines, Row, headings
from desktop.viewmodels.times import stamp
from desktop.workers.audit_book import AuditBook, ChainRow


class Entrance(Protocol):
    """The door, as far as it knows who acts now."""

    actor: Actor | None


def titles() -> Cells:
    """The titles of the table of acts."""
    return headings(
        said("序号"), said("时间"), said("操作人"), said("操作"), said("对象"), said("理由"),
        said("摘要"),
    )  # fmt: skip


class AuditLog(QObject):
    """Rows page by page, the last first.

    Attributes:
        has_more: whether there are older rows than those that are shown.
    """

    changed = Signal()
    exported = Signal(int)
    refused = Signal(object)

    def __init__(self, book: AuditBook, door: Entrance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._door = book, door
        self._answers = Answers(self)
        self.model = Lines(titles, self)
        self._words = ""
        self._checked: tuple[str, Tone] = ("", Tone.SOFT)
        self.has_more = False

    @property
    def may_read(self) -> bool:
        """Whether the auditor is at the desk."""
        return self._door.actor is not None and self._door.actor.has(Role.SEC_AUDITOR)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def search(self, words: str = "") -> None:
        """Show the latest rows that hold all of some words."""
        self._words = words.strip()
        if actor := self._auditor():
            self._answers.ask(self._book.page(actor, self._words), self._begin, self._no, "page")

    def more(self) -> None:
        """Show older rows too."""
        actor = self._auditor()
        if actor and self.model.rows:
            page = self._book.page(actor, self._words, int(self.model.rows[-1].key))
            self._answers.ask(page, self._go_on, self._no, "page")

    def check(self) -> None:
        """Walk the whole chain."""
        if actor := self._auditor():
            self._checked = (said("正在逐条校验…"), Tone.SOFT)
            self._answers.ask(self._book.check(actor), self._found, self._no, "check")
            self.changed.emit()

    def health(self) -> tuple[str, Tone]:
        """Say what walking the chain found."""
        return self._checked

    def write_out(self, target: Path, reason: str) -> None:
        """Write the chain to a file that proves itself; this is a row of the chain too."""
        if actor := self._auditor():
            written = self._book.write_out(actor, target, reason)
            self._answers.ask(written, self._written, self._no)

    def _auditor(self) -> Actor | None:
        return self._door.actor if self.may_read else None

    def _begin(self, rows: Sequence[ChainRow]) -> None:
        self.model.replace(tuple(map(_line, rows)))
        self._take(rows)

    def _go_on(self, rows: Sequence[ChainRow]) -> None:
        self.model.replace((*self.model.rows, *map(_line, rows)))
        self._take(rows)

    def _take(self, rows: Sequence[ChainRow]) -> None:
        self.has_more = bool(rows) and rows[-1].n > 1
        self.changed.emit()

    def _found(self, faults: tuple[ChainFault, ...]) -> None:
        whole = (said("审计链逐条校验无误。"), Tone.GOOD)
        told = said("审计链有 {0} 条记录不符，第一条是第 {1} 条。")
        first = faults[0].n if faults else 0
        self._checked = (told.format(len(faults), first), Tone.BAD) if faults else whole
        self.changed.emit()

    def _written(self, rows: int) -> None:
        self.search(self._words)
        self.exported.emit(rows)

    def _no(self, error: Exception) -> None:
        self.refused.emit(error)


def _line(row: ChainRow) -> Row:
    body = row.body
    at = stamp(datetime.fromisoformat(str(body["at"])))
    cells = (at, body["actor_name"], body["action"], body["subject"], body.get("reason", ""))
    return Row(str(row.n), (str(row.n), *map(str, cells), row.hash[:16]))
