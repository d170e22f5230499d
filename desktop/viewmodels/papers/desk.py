"""The paper desk: the list, the paper that lies open, and what is done with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop import assets
from desktop.documents.press import CIRCULAR
from desktop.documents.slots import recipient_in
from desktop.domain.evidence import Evidence
from desktop.domain.identifiers import DocumentId
from desktop.domain.official_documents import OfficialDocument, series_of
from desktop.domain.report.sentences import period_name
from desktop.usecases import official_documents as acts
from desktop.usecases.official_documents import DocumentText, Matter
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.evidence.marking import Marking
from desktop.viewmodels.papers.acts import PaperAct, acts_for
from desktop.viewmodels.papers.batch import Batch, BatchAct, may_do_many
from desktop.viewmodels.papers.beginning import CircularWish, NewPaper, Offer, may_begin, read_offer
from desktop.viewmodels.papers.deeds import PaperDeeds
from desktop.viewmodels.papers.editor import PaperEditor
from desktop.viewmodels.papers.file import PaperFile, read_paper
from desktop.viewmodels.papers.rows import (
    PaperPile,
    PaperRow,
    PapersModel,
    PapersSearch,
    columns,
    paper_rows,
)
from desktop.viewmodels.paperwork.desk import Deed, PaperworkDesk


class PapersDesk(PaperworkDesk[PaperRow, PaperPile, PaperFile, PaperAct]):
    """Everything the page of papers shows."""

    offered = Signal(object, object)  # an Offer, the NewPaper that was wished for

    editor: PaperEditor

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(casework, parent)
        self._deeds = PaperDeeds(casework)
        self.editor = PaperEditor(casework, self.preview, self)
        self.editor.refused.connect(self.refused)
        self.batch = Batch(casework, self)
        self.marking = Marking(casework, self)
        self.marking.kept.connect(self._annex)
        self.model = PapersModel(columns, self)
        self.search = PapersSearch(self.model, PaperPile.MINE)
        self._wish = NewPaper()

    @property
    def may_begin(self) -> bool:
        """Whether this person drafts papers."""
        return may_begin(self.book, self.actor)

    def can_do_many(self, act: BatchAct) -> bool:
        """Whether this person signs, or issues, papers or cards at all."""
        return self.actor is not None and may_do_many(self.book, self.actor, act)

    def stop(self) -> None:
        """Keep what was written and listen no more."""
        super().stop()
        self.batch.stop_listening()
        self.marking.stop()

    def offer(self, wish: NewPaper) -> None:
        """Ask what a new paper can be and be about."""
        self._wish = wish
        templates, now = self._casework.press.templates, self.now()

        def ask(reading: Reading) -> Offer:
            return read_offer(reading, templates, now)

        self._answers.ask(self._casework.desk.look(ask), self._offer, self._refuse, "offer")

    def begin(self, matter: Matter) -> None:
        """Begin a paper with what can be written by itself."""
        casework = self._casework
        press, clock, calendar = casework.press, casework.clock, casework.calendar

        def draft(work: UnitOfWork) -> OfficialDocument:
            said = press.first_said(work, matter, calendar=calendar, now=clock.now())
            recipient = recipient_in(press.template(matter.template), said)
            return acts.draft_document(work, matter, DocumentText(said, recipient), clock=clock)

        self.carry_out(draft, self.drafted)

    def begin_circular(self, wish: CircularWish) -> None:
        """Begin a circular with the figures of a report."""
        template, clock = self._casework.press.template(CIRCULAR), self._casework.clock
        wording = assets.report_wording("efficiency")
        period = period_name(wish.figures.period, wording)
        said = wish.said(template, period)
        matter = Matter(wish.hall_id, CIRCULAR, period=period)
        text = DocumentText(said, recipient_in(template, said))
        draft = partial(acts.draft_document, matter=matter, text=text, clock=clock)
        self.carry_out(draft, self.drafted)

    def rows_now(self) -> Callable[[Reading], tuple[PaperRow, ...]]:
        """Give the reading of the list."""
        return partial(paper_rows, book=self.book, actor=self.actor)

    def file_now(self, key: str) -> Callable[[Reading], PaperFile]:
        """Give the reading of one paper."""
        templates = self._casework.press.templates
        return partial(read_paper, document_id=DocumentId(key), templates=templates)

    def acts_on(self, file: PaperFile) -> tuple[PaperAct, ...]:
        """Give what this person can do with a paper, the way on first."""
        return acts_for(file.document, self.book, self.actor)

    def deed(self, act: PaperAct, file: PaperFile, told: Any) -> Deed:
        """Give an act to be done in one transaction."""
        return self._deeds.deed(act, file.document, told)

    def series_for(self, file: PaperFile) -> str:
        """Give the series of the paper's number; "" where it bears none."""
        document = file.document
        return series_of(file.organ, document.template) if document.is_numbered else ""

    def _annex(self, copy: Evidence) -> None:
        """Let the annex print what was just drawn on."""
        text = self.editor.text
        if text is not None and self.editor.may_edit:
            self.editor.attach(text.evidence, (*text.pictures, copy.sha256))

    def _offer(self, offer: Offer) -> None:
        self.offered.emit(offer, self._wish)
