"""The paper desk: the list, the paper that lies open, and what is done with it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop import assets
from desktop.documents.press import CIRCULAR
from desktop.documents.slots import recipient_in
from desktop.domain.calendar import HALL_TIME
from desktop.domain.entities import Book
from desktop.domain.evidence import Evidence, Paper
from desktop.domain.identifiers import DocumentId
from desktop.domain.official_documents import OfficialDocument, series_of
from desktop.domain.report.sentences import period_name
from desktop.domain.roles import Actor
from desktop.usecases import official_documents as acts
from desktop.usecases.official_documents import DocumentText, Matter
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.service import Service
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.preview import PaperPreview
from desktop.viewmodels.cards.service import with_photo
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.evidence.marking import Marking
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.papers.acts import PaperAct, acts_for
from desktop.viewmodels.papers.batch import Batch, BatchAct, may_do_many
from desktop.viewmodels.papers.beginning import CircularWish, NewPaper, Offer, may_begin, read_offer
from desktop.viewmodels.papers.editor import PaperEditor
from desktop.viewmodels.papers.file import PaperFile, read_paper
from desktop.viewmodels.papers.replies import PaperReplies
from desktop.viewmodels.papers.rows import (
    PaperPile,
    PaperRow,
    PapersModel,
    PapersSearch,
    count_piles,
    paper_rows,
)
from desktop.viewmodels.printing import Printing
from desktop.viewmodels.signing import Signing
from desktop.viewmodels.waiting import Waiting

Deed = Callable[[UnitOfWork], OfficialDocument]


class PapersDesk(QObject):
    """Everything the page of papers shows; lives as long as the program is open.

    Attributes:
        waiting: how many wait for this person.
        counts: how many rows lie on each pile.
        file: the paper that lies open, None while none does.
        is_busy: whether something is being done with it.
    """

    listed = Signal()
    opened = Signal()
    refreshed = Signal()
    closed = Signal()
    busy_changed = Signal()
    offered = Signal(object, object)  # an Offer, the NewPaper that was wished for
    done = Signal(object, object)  # the PaperAct, the OfficialDocument as it now is
    exported = Signal(str)  # the file's name
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)
        self.preview = PaperPreview(casework, self)
        self.printing = Printing(casework, self)
        self.printing.refused.connect(self.refused)
        self.signing = Signing(casework, self)
        self.signing.exported.connect(self.exported)
        self.signing.refused.connect(self.refused)
        self.editor = PaperEditor(casework, self.preview, self)
        self.editor.refused.connect(self.refused)
        self.batch = Batch(casework, self)
        self.marking = Marking(casework, self)
        self.marking.kept.connect(self._annex)
        self.replies = PaperReplies(casework, self)
        self.replies.exported.connect(self.exported)
        self.replies.refused.connect(self.refused)
        self.model = PapersModel(self)
        self.search = PapersSearch(self.model)
        self.waiting = Waiting(self)
        self.counts: Mapping[PaperPile, int] = dict.fromkeys(PaperPile, 0)
        self.is_listed = False
        self.file: PaperFile | None = None
        self.is_busy = False
        self._act = PaperAct.SUBMIT
        self._wish = NewPaper()

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._casework.door.actor

    @property
    def book(self) -> Book:
        """The rules of all records."""
        return self._casework.book

    @property
    def may_begin(self) -> bool:
        """Whether this person drafts papers."""
        return may_begin(self.book, self.actor)

    @property
    def acts(self) -> tuple[PaperAct, ...]:
        """What this person can do with the open paper."""
        return acts_for(self.file.document, self.book, self.actor) if self.file else ()

    def can_do_many(self, act: BatchAct) -> bool:
        """Whether this person signs, or issues, papers or cards at all."""
        return self.actor is not None and may_do_many(self.book, self.actor, act)

    def now(self) -> datetime:
        """The time."""
        return self._casework.clock.now()

    def stop(self) -> None:
        """Keep what was written and listen no more."""
        self._changes.close()
        self.editor.stop()
        self.preview.stop()
        self.printing.stop()
        self.signing.stop()
        self.batch.stop_listening()
        self.marking.stop()
        self.replies.stop()
        self._answers.close()

    def refresh(self) -> None:
        """Fetch the list, and the open paper, as they now are."""
        ask = partial(paper_rows, book=self.book, actor=self.actor)
        self._answers.ask(self._casework.desk.look(ask), self._list, self._refuse, "list")
        if self.file is not None:
            self._fetch(self.file.document.id)

    def open(self, key: str) -> None:
        """Open a paper."""
        self._fetch(DocumentId(key))

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

        self._do(draft, self._drafted)

    def begin_circular(self, wish: CircularWish) -> None:
        """Begin a circular with the figures of a report."""
        template, clock = self._casework.press.template(CIRCULAR), self._casework.clock
        wording = assets.report_wording("efficiency")
        period = period_name(wish.figures.period, wording)
        said = wish.said(template, period)
        matter = Matter(wish.hall_id, CIRCULAR, period=period)
        text = DocumentText(said, recipient_in(template, said))
        self._do(partial(acts.draft_document, matter=matter, text=text, clock=clock), self._drafted)

    def close_paper(self) -> None:
        """Go back to the list; what was written is kept."""
        self.editor.close()
        self.preview.clear()
        self.file = None
        self.closed.emit()

    def submit(self) -> None:
        """Hand the draft on, after its last change was kept."""
        self.editor.keep()
        self._printed(PaperAct.SUBMIT, acts.submit_document)

    def check(self, opinion: str) -> None:
        """Let it pass."""
        clock = self._casework.clock
        self._carry_out(PaperAct.CHECK, partial(acts.check_document, opinion=opinion, clock=clock))

    def countersign(self, opinion: str) -> None:
        """Add one's word."""
        self._printed(PaperAct.COUNTERSIGN, partial(acts.countersign_document, opinion=opinion))

    def send_back(self, reason: str) -> None:
        """Send it back to the drafter."""
        self._carry_out(PaperAct.RETURN, partial(acts.return_document, reason=reason))

    def sign(self) -> None:
        """Sign the content as it stands."""
        self._printed(PaperAct.SIGN, acts.sign_document)

    def revise(self) -> None:
        """Take the signature back to change the text."""
        if self.file is not None:
            said = self.file.document.said
            self._carry_out(PaperAct.REVISE, partial(acts.revise_document, said=said))

    def issue(self) -> None:
        """Give number and seal; numbers are leased from the server where none is left."""
        file = self.file
        if file is None or self.is_busy:
            return
        if not file.document.is_numbered:
            self._issue(0)
            return
        self._busy(busy=True)
        series = series_of(file.organ, file.document.template)
        year = self.now().astimezone(HALL_TIME).year
        leased = self._casework.door.have_numbers(series, year)
        self._answers.ask(leased, self._issue, self._refuse)

    def register(self, copies: int) -> None:
        """Enter it in the register."""
        clock = self._casework.clock
        self._carry_out(
            PaperAct.REGISTER, partial(acts.register_document, copies=copies, clock=clock)
        )

    def serve(self, service: Service, photo: Path | None = None) -> None:
        """Record the service and print its proof."""
        press, clock = self._casework.press, self._casework.clock

        def serve(work: UnitOfWork, document_id: DocumentId) -> OfficialDocument:
            told = with_photo(press, service, photo)
            return acts.serve_document(work, document_id, told, press=press, clock=clock)

        self._carry_out(PaperAct.SERVE, serve)

    def put_on_file(self) -> None:
        """Put it into the file."""
        self.editor.keep()
        self._printed(PaperAct.FILE, acts.file_document)

    def cancel(self, reason: str) -> None:
        """Void it."""
        self._carry_out(PaperAct.CANCEL, partial(acts.cancel_document, reason=reason))

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
        """Show a paper that was printed, or the text as it stands."""
        if paper is not None:
            self.preview.show_paper(paper.pdf_sha256)
        elif self.file is not None:
            self.preview.show_document(self.file.document)

    def _printed(self, act: PaperAct, deed: Callable[..., OfficialDocument]) -> None:
        casework = self._casework
        self._carry_out(act, partial(deed, press=casework.press, clock=casework.clock))

    def _carry_out(self, act: PaperAct, deed: Callable[..., OfficialDocument]) -> None:
        if self.file is None or self.is_busy:
            return
        self._act = act
        self._do(partial(deed, document_id=self.file.document.id), self._done)

    def _do(self, deed: Deed, then: Callable[[OfficialDocument], None]) -> None:
        if self.actor is None:
            return
        self._busy(busy=True)
        self._answers.ask(self._casework.desk.act(self.actor, deed), then, self._refuse)

    def _issue(self, _left: int) -> None:
        self._busy(busy=False)
        self._printed(PaperAct.ISSUE, acts.issue_document)

    def _list(self, rows: tuple[PaperRow, ...]) -> None:
        self.counts = count_piles(rows)
        self.model.replace(rows)
        self.is_listed = True
        self.waiting.count(self.counts[PaperPile.MINE])
        self.listed.emit()

    def _fetch(self, document_id: DocumentId) -> None:
        templates = self._casework.press.templates
        ask = partial(read_paper, document_id=document_id, templates=templates)
        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "file")

    def _show(self, file: PaperFile) -> None:
        before, self.file = self.file, file
        same = before is not None and before.document.id == file.document.id
        if same and before == file:
            return
        if not same:
            self.editor.close()
            self.preview.clear()
        self.editor.open(file)
        if not self.editor.is_dirty:
            printed = [paper for paper in file.papers if paper.template != "T11"]
            self.show_paper(printed[-1] if printed else None)
        (self.refreshed if same else self.opened).emit()

    def _annex(self, copy: Evidence) -> None:
        """Let the annex print what was just drawn on."""
        text = self.editor.text
        if text is not None and self.editor.may_edit:
            self.editor.attach(text.evidence, (*text.pictures, copy.sha256))

    def _offer(self, offer: Offer) -> None:
        self.offered.emit(offer, self._wish)

    def _drafted(self, document: OfficialDocument) -> None:
        self._busy(busy=False)
        self._fetch(document.id)

    def _done(self, document: OfficialDocument) -> None:
        self._busy(busy=False)
        self.done.emit(self._act, document)

    def _exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self._busy(busy=False)
        self.refused.emit(error)

    def _busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.busy_changed.emit()
