"""A paper on its way to a printer: page by page off the GUI thread, and noted before the first."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.documents.preview import page_count, page_for_print
from desktop.domain.evidence import Paper
from desktop.usecases.evidence import note_export
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.paperwork.preview import image_of

FINEST, COARSEST = 600, 150  # dots an inch: a page of 600 takes 140 MB while it is drawn
_SHOWN = 110


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper laid out for its preview; pages as they lie on the sheet."""

    paper: Paper
    pages: tuple[QImage, ...]
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """What goes to the printer: page numbers from 0, in order, each so often."""

    numbers: tuple[int, ...]
    dots_per_inch: int
    reason: str


class Printing(QObject):
    """Fetches a paper, notes that it leaves, and draws its pages as fine as the printer is.

    Attributes:
        done: how many of `total` pages are drawn.
    """

    ready = Signal(object)  # a PrintJob
    drawn = Signal(object)  # a QImage, in the order of the wish
    finished = Signal()
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._left: list[int] = []
        self.done = self.total = 0
        self._job: PrintJob | None = None
        self._dots = COARSEST

    @property
    def is_running(self) -> bool:
        """Whether pages are on their way."""
        return self._job is not None

    def stop(self) -> None:
        """Draw no more, and hear no more."""
        self._left.clear()
        self._answers.close()

    def prepare(self, paper: Paper) -> None:
        """Fetch a paper and lay it out for its preview."""
        ask = partial(_laid_out, self._casework, paper)
        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "layout")

    def begin(self, job: PrintJob, wish: Wish) -> None:
        """Note who prints it and why, then draw; without the note no page is drawn."""
        actor, clock = self._casework.door.actor, self._casework.clock
        if actor is None or self.is_running:
            return
        self._job, self._left = job, list(wish.numbers)
        self._dots = min(max(wish.dots_per_inch, COARSEST), FINEST)
        self.done, self.total = 0, len(self._left)
        paper = job.paper

        def note(work: UnitOfWork) -> None:
            note_export(work, paper.hall_id, paper.id, wish.reason, clock=clock)

        self._answers.ask(self._casework.desk.act(actor, note), self._next, self._give_up)

    def cancel(self) -> None:
        """Draw no page after the one at hand."""
        self._left.clear()

    def _next(self, _: object = None) -> None:
        if self._job is None or not self._left:
            self._job = None
            self.finished.emit()
            return
        number = self._left.pop(0)
        draw = partial(_drawn, self._job.pdf, number, self._dots)
        self._answers.ask(self._casework.desk.run(draw), self._take, self._give_up)

    def _take(self, page: QImage) -> None:
        self.done += 1
        self.drawn.emit(page)
        self._next()

    def _give_up(self, error: Exception) -> None:
        self._job = None
        self._left.clear()
        self.refused.emit(error)
        self.finished.emit()

    def _show(self, job: PrintJob) -> None:
        self.ready.emit(job)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _laid_out(casework: Casework, paper: Paper, _reading: Reading) -> PrintJob:
    pdf = casework.vault.get(paper.pdf_sha256)
    pages = tuple(_drawn(pdf, number, _SHOWN) for number in range(page_count(pdf)))
    return PrintJob(paper, pages, pdf)


def _drawn(pdf: bytes, number: int, dots_per_inch: int) -> QImage:
    return image_of(page_for_print(pdf, number, dots_per_inch=dots_per_inch))
