"""A desk of papers: the list, the one that lies open, and what is done with it."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import HALL_TIME
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError
from desktop.domain.evidence import Paper
from desktop.domain.numbers import TemporaryNumber
from desktop.domain.roles import Actor
from desktop.usecases.numbering import give_temporary
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.keyed_rows import KeyedRows
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.lines import Pile, Piled, PileSearch, count_piles
from desktop.viewmodels.paperwork.editor import TextEditor
from desktop.viewmodels.paperwork.file import OpenFile, Subject, main_print
from desktop.viewmodels.paperwork.preview import PaperPreview
from desktop.viewmodels.paperwork.replies import Replies
from desktop.viewmodels.printing import Printing
from desktop.viewmodels.signing import Signing
from desktop.viewmodels.waiting import Waiting
from sync.errors import SyncError, SyncTrouble

Deed = Callable[[UnitOfWork], Subject]


class Listed(Piled[Any], Protocol):
    """A row of the list."""

    @property
    def is_mine(self) -> bool:
        """Whether it waits for this person."""


class DeskAct(Protocol):
    """What can be done with a paper."""

    @property
    def word(self) -> str:
        """What its button says."""

    @property
    def ends(self) -> bool:
        """Whether it cannot be undone and takes something away."""

    @property
    def takes_text(self) -> bool:
        """Whether the text has to be whole, and is kept first."""

    @property
    def takes_number(self) -> bool:
        """Whether a number is taken from the series of the paper."""


Row = TypeVar("Row", bound=Listed)
File = TypeVar("File", bound=OpenFile)
Act = TypeVar("Act", bound=DeskAct)


class PaperworkDesk(QObject, Generic[Row, Pile, File, Act]):
    """Everything a page of papers shows; lives as long as the program is open.

    Attributes:
        waiting: how many wait for this person.
        counts: how many rows lie on each pile.
        file: what lies open, None while nothing does.
        is_busy: whether something is being done with it.
    """

    listed = Signal()
    opened = Signal()
    refreshed = Signal()
    closed = Signal()
    busy_changed = Signal()
    done = Signal(object, object)  # the Act, the Subject as it now is
    exported = Signal(str)  # the file's name
    named = Signal(str)  # a temporary number, where no number can be had
    refused = Signal(object)

    editor: TextEditor[File, Any, Any]
    model: KeyedRows[Row]
    search: PileSearch[Row, Pile]

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)
        self.preview = PaperPreview(casework, self)
        self.printing = Printing(casework, self)
        self.signing = Signing(casework, self)
        self.replies = Replies(casework, self)
        self.printing.refused.connect(self.refused)
        for leaves in (self.signing, self.replies):
            leaves.exported.connect(self.exported)
            leaves.refused.connect(self.refused)
        self.waiting = Waiting(self)
        self.counts: Mapping[Pile, int] = {}
        self.is_listed = False
        self.file: File | None = None
        self.is_busy = False
        self._wanted = ""  # the key of what lies open, or was asked for last
        self._act: Act | None = None

    @abstractmethod
    def rows_now(self) -> Callable[[Reading], tuple[Row, ...]]:
        """Give the reading of the list."""

    @abstractmethod
    def file_now(self, key: str) -> Callable[[Reading], File]:
        """Give the reading of one paper."""

    @abstractmethod
    def acts_on(self, file: File) -> tuple[Act, ...]:
        """Give what this person can do with a paper, the way on first."""

    @abstractmethod
    def deed(self, act: Act, file: File, told: Any) -> Deed:
        """Give an act to be done in one transaction; it answers what then lies open."""

    @abstractmethod
    def series_for(self, file: File) -> str:
        """Give the series of the paper's number; "" where it bears none.

        Raises:
            OrganMayNotIssue: the organ may only transfer.
        """

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._casework.door.actor

    @property
    def acts(self) -> tuple[Act, ...]:
        """What this person can do with what lies open."""
        return self.acts_on(self.file) if self.file else ()

    @property
    def book(self) -> Book:
        """The rules of all records."""
        return self._casework.book

    def now(self) -> datetime:
        """The time."""
        return self._casework.clock.now()

    def stop(self) -> None:
        """Keep what was written and listen no more."""
        self._changes.close()
        for part in (self.editor, self.preview, self.printing, self.signing, self.replies):
            part.stop()
        self._answers.close()

    def refresh(self) -> None:
        """Fetch the list, and what lies open, as they now are."""
        rows = self._casework.desk.look(self.rows_now())
        self._answers.ask(rows, self._list, self._refuse, "list")
        if self._wanted:
            self.open(self._wanted)

    def open(self, key: str) -> None:
        """Open a paper."""
        self._wanted = key
        file = self._casework.desk.look(self.file_now(key))
        self._answers.ask(file, self._show, self._refuse, "file")

    def close(self) -> None:
        """Go back to the list; what was written is kept."""
        self.editor.close()
        self.preview.clear()
        self.file, self._wanted = None, ""
        self.closed.emit()

    def do(self, act: Act, told: Any = None) -> None:
        """Do an act with what it has to be told; numbers are leased where none is left."""
        file = self.file
        if file is None or self.is_busy:
            return
        self._act = act
        if act.takes_text:
            self.editor.keep()
        if act.takes_number and (leased := self._lease(file)):
            self._busy(busy=True)
            self._answers.ask(leased, self._leased, self._unnumbered)
        else:
            self.carry_out(self.deed(act, file, told), self._done)

    def carry_out(self, deed: Callable[[UnitOfWork], object], then: Callable[[Any], None]) -> None:
        """Do something as who is at the desk."""
        if self.actor is None:
            return
        self._busy(busy=True)
        self._answers.ask(self._casework.desk.act(self.actor, deed), then, self._refuse)

    def export(self, paper: Paper, target: Path, reason: str) -> None:
        """Write a copy of a paper to a file; without its note in the chain there is no copy."""
        actor, vault, clock = self.actor, self._casework.vault, self._casework.clock
        if actor is None:
            return

        def export(work: UnitOfWork) -> str:
            return take_out(
                work,
                vault.get(paper.pdf_sha256),
                target,
                hall_id=paper.hall_id,
                subject=paper.id,
                reason=reason,
                clock=clock,
            )

        desk = self._casework.desk
        self._answers.ask(desk.act(actor, export), self._exported, self._refuse)

    def show_paper(self, paper: Paper | None) -> None:
        """Show what was printed, or the text as it stands."""
        if paper is not None:
            self.preview.show_paper(paper.pdf_sha256)
        elif self.file is not None:
            self.preview.show_draft(self.file.subject)

    def _lease(self, file: File) -> "Future[int] | None":
        try:
            series = self.series_for(file)
        except DomainError:
            return None  # the act itself refuses
        year = self.now().astimezone(HALL_TIME).year
        return self._casework.door.have_numbers(series, year) if series else None

    def _leased(self, _left: int) -> None:
        self._busy(busy=False)
        if self.file is not None and self._act is not None:
            self.carry_out(self.deed(self._act, self.file, None), self._done)

    def _unnumbered(self, error: Exception) -> None:
        """Where the server is out of reach, name the paper for now; it is not sealed."""
        self._busy(busy=False)
        if self.file is None or not (
            isinstance(error, SyncError) and error.trouble is SyncTrouble.UNREACHABLE
        ):
            self._refuse(error)
            return
        name = partial(give_temporary, subject=self.file.subject, clock=self._casework.clock)
        self.carry_out(name, self._named)

    def _named(self, temporary: TemporaryNumber) -> None:
        self._busy(busy=False)
        self.named.emit(temporary.number)

    def _list(self, rows: tuple[Row, ...]) -> None:
        self.counts = count_piles(rows, type(self.search.pile))
        self.model.replace(rows)
        self.is_listed = True
        self.waiting.count(sum(row.is_mine for row in rows))
        self.listed.emit()

    def _show(self, file: File) -> None:
        before, self.file, self._wanted = self.file, file, file.subject.id
        same = before is not None and before.subject.id == file.subject.id
        if same and before == file:
            return
        if not same:
            self.editor.close()
            self.preview.clear()
        self.editor.open(file)
        self.laid_open(file)
        if not self.editor.is_dirty:
            self.show_paper(main_print(file))
        (self.refreshed if same else self.opened).emit()

    def laid_open(self, file: File) -> None:
        """Show what a desk shows besides."""

    def drafted(self, subject: Subject) -> None:
        """Open what was begun."""
        self._busy(busy=False)
        self.open(subject.id)

    def _done(self, subject: Subject) -> None:
        if self.file is None or subject.id != self.file.subject.id:
            self.drafted(subject)
            return
        self._busy(busy=False)
        self.done.emit(self._act, subject)

    def _exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self._wanted = self.file.subject.id if self.file else ""
        self._busy(busy=False)
        self.refused.emit(error)

    def _busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.busy_changed.emit()
