"""Shows a day in the queue, takes in files of tickets, and takes imports back."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop import assets
from desktop.assembly.queue import QueueOffice, QueueTaken, take_queue_file, withdraw_queue_file
from desktop.domain.entities import Book
from desktop.domain.identifiers import HallId
from desktop.domain.imports import Complaint
from desktop.domain.queue import ImportState, QueueImport
from desktop.domain.roles import Actor, Role
from desktop.exchange.csv_table import csv_bytes
from desktop.exchange.queue_tickets import QueueFile, look_at_queue_file, read_aliases
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.complaints import complaint_table
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.lines import Cells, Lines, Row, headings
from desktop.viewmodels.queue.day import (
    QueueSheet,
    import_row,
    import_titles,
    queue_titles,
    read_sheet,
    window_titles,
)
from desktop.viewmodels.times import day_of
from desktop.workers.errands import Errand, Errands

SHOWN = 2000  # rows of complaints; the export holds all


class Gate(Protocol):
    """Who acts now."""

    actor: Actor | None


class Hall(QueueOffice, Protocol):
    """The open program, as far as the queue needs it."""

    @property
    def door(self) -> Gate:
        """Who acts."""

    @property
    def book(self) -> Book:
        """The rules of all records."""


class QueueDesk(QObject):
    """What the page of the queue works with; an import goes on while another page is looked at.

    Attributes:
        day: the day that is shown.
        sheet: what is known of it.
        file: the file that was chosen and is not taken in yet.
        taken: what came of the last file.
    """

    changed = Signal()
    refused = Signal(object)
    withdrawn = Signal(str)  # the file's name
    exported = Signal(str)

    def __init__(self, office: Hall, errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._errands = office, errands
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self.refresh)
        self.day = day_of(office.clock.now())
        self.sheet = QueueSheet()
        self.is_read = self.is_busy = False
        self.file: QueueFile | None = None
        self.taken: QueueTaken | None = None
        self.windows = Lines(window_titles, self)
        self.queues = Lines(queue_titles, self)
        self.imports = Lines(import_titles, self)
        self.complaints = Lines(_complaint_titles, self)

    @property
    def roles(self) -> tuple[str, ...]:
        """Who may import."""
        return self._office.book.rule(QueueImport.ENTITY).create_roles

    @property
    def may_import(self) -> bool:
        """Whether this person may."""
        actor = self._office.door.actor
        return actor is not None and any(Role(role) in actor.roles for role in self.roles)

    @property
    def can_begin(self) -> bool:
        """Whether the chosen file can be taken in as it is read now."""
        ready = self.file is not None and not self.file.missing
        return ready and self.may_import and not self.is_busy

    def today(self) -> date:
        """The day in the hall."""
        return day_of(self._office.clock.now())

    def stop(self) -> None:
        """Follow nothing any more."""
        self._changes.close()
        self._answers.close()

    def show_day(self, day: date) -> None:
        """Turn to a day."""
        self.day = min(day, self.today())
        self.refresh()

    def refresh(self) -> None:
        """Fetch the day anew."""
        ask = partial(read_sheet, day=self.day)
        self._answers.ask(self._office.desk.look(ask), self._show, self._refuse, "sheet")

    def choose(self, path: Path) -> None:
        """Look at a file."""
        self._be_busy()
        look = partial(look_at_queue_file, path, read_aliases(assets.queue_columns()))
        self._answers.ask(self._office.desk.run(look), self._see, self._refuse, "file")

    def remap(self, field: str, column: str) -> None:
        """Read a field from another column, or from none."""
        if self.file is not None:
            self.file = self.file.remapped(field, column)
            self.changed.emit()

    def begin(self) -> None:
        """Take the chosen file in."""
        actor, file, hall = self._office.door.actor, self.file, self.sheet.hall
        if actor is None or file is None or hall is None or not self.can_begin:
            return
        self._be_busy()
        job = partial(self._take_in, file, hall.id, actor)
        _, done = self._errands.send(job)
        self._answers.ask(done, self._arrive, self._refuse, "import")

    def forget(self) -> None:
        """Go back to the day; a file that was only looked at leaves no trace."""
        if not self.is_busy:
            self.file = self.taken = None
            self.changed.emit()

    def can_withdraw(self, batch_id: str) -> bool:
        """Whether this import still counts and this person may take it back."""
        found = next((each for each in self.sheet.imports if each.id == batch_id), None)
        return found is not None and found.state is ImportState.STANDING and self.may_import

    def withdraw(self, batch_id: str) -> None:
        """Let the tickets of an import count no more."""
        actor = self._office.door.actor
        if actor is not None:
            job = partial(self._take_back, batch_id, actor)
            _, done = self._errands.send(job)
            self._answers.ask(done, self._tell_withdrawn, self._refuse)

    def export(self, target: Path, reason: str) -> None:
        """Write all complaints of the last file as CSV, and a note of it."""
        actor, hall = self._office.door.actor, self.sheet.hall
        if actor is None or hall is None or self.taken is None:
            return
        titles, rows = _complaint_table(self.taken.complaints)
        take = partial(
            take_out,
            data=csv_bytes(titles, rows),
            target=target,
            hall_id=hall.id,
            subject=f"queue/{self.taken.file_name}",
            reason=reason,
            clock=self._office.clock,
        )
        self._answers.ask(self._office.desk.act(actor, take), self._tell_exported, self._refuse)

    def _take_in(
        self, file: QueueFile, hall_id: HallId, actor: Actor, _errand: Errand
    ) -> QueueTaken:
        """On the errand's thread."""
        return take_queue_file(self._office, file, hall_id=hall_id, actor=actor)

    def _take_back(self, batch_id: str, actor: Actor, _errand: Errand) -> QueueImport:
        """On the errand's thread."""
        return withdraw_queue_file(self._office, batch_id, actor)

    def _show(self, sheet: QueueSheet) -> None:
        self.sheet, self.is_read = sheet, True
        self.windows.replace(sheet.windows)
        self.queues.replace(sheet.queues)
        self.imports.replace(list(map(import_row, sheet.imports)))
        self.changed.emit()

    def _see(self, file: QueueFile) -> None:
        self.is_busy, self.file, self.taken = False, file, None
        self.changed.emit()

    def _arrive(self, taken: QueueTaken) -> None:
        self.is_busy, self.taken = False, taken
        _, rows = _complaint_table(taken.complaints[:SHOWN])
        self.complaints.replace([Row(str(n), cells) for n, cells in enumerate(rows)])
        if taken.batch:
            self.day = min(taken.batch.last_day, self.today())
        self.changed.emit()
        self.refresh()

    def _be_busy(self) -> None:
        self.is_busy = True
        self.changed.emit()

    def _tell_withdrawn(self, batch: QueueImport) -> None:
        self.withdrawn.emit(batch.file_name)

    def _tell_exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.is_busy = False
        self.changed.emit()
        self.refused.emit(error)


def _complaint_titles() -> Cells:
    return headings(*_complaint_table(())[0])


def _complaint_table(complaints: "tuple[Complaint, ...]") -> tuple[Cells, list[Cells]]:
    """Leave out what only cases have: their number and their steps."""
    titles, rows = complaint_table(complaints)
    shown = (0, 1, 4, 5, 6)
    return tuple(titles[n] for n in shown), [tuple(row[n] for n in shown) for row in rows]
