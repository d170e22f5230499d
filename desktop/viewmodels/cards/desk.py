"""The card desk: the list, the card that lies open, and what is done with it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import TEMPLATES, Card, CardKind, card_kind, series_of
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError, NotFound
from desktop.domain.evidence import Paper
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CardId, FindingId
from desktop.domain.organisation import LegalBasis, Window
from desktop.domain.roles import Actor
from desktop.usecases import cards, rectification
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.service import Service
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.afterwards import Afterwards, Answer, Deed
from desktop.viewmodels.cards.draft import first_text
from desktop.viewmodels.cards.editor import DraftEditor
from desktop.viewmodels.cards.file import CardFile, read_file
from desktop.viewmodels.cards.gallery import Gallery
from desktop.viewmodels.cards.ledger_export import LedgerExport
from desktop.viewmodels.cards.preview import PaperPreview
from desktop.viewmodels.cards.replies import Replies
from desktop.viewmodels.cards.rows import (
    CardRow,
    CardsModel,
    CardsSearch,
    Lister,
    Pile,
    columns,
)
from desktop.viewmodels.cards.service import with_photo
from desktop.viewmodels.cards.steps import acts_for, why_not
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.lines import count_piles
from desktop.viewmodels.links import PaperLink
from desktop.viewmodels.printing import Printing
from desktop.viewmodels.signing import Signing
from desktop.viewmodels.times import day_of
from desktop.viewmodels.waiting import Waiting


class CardDesk(QObject):
    """Everything the card page shows; lives as long as the program is open.

    Attributes:
        waiting: how many wait for this person.
        counts: how many rows lie on each pile.
        file: the card that lies open, None while none does.
        is_busy: whether something is being done with it.
    """

    listed = Signal()
    opened = Signal()
    refreshed = Signal()
    closed = Signal()
    busy_changed = Signal()
    done = Signal(object, object)  # the Act, the Card as it now is
    exported = Signal(str)  # the file's name
    elsewhere = Signal(str)  # the id of an official document that a link led to
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._afterwards = Afterwards(casework)
        self._answers = Answers(self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)
        self.preview = PaperPreview(casework, self)
        self.printing = Printing(casework, self)
        self.printing.refused.connect(self.refused)
        self.signing = Signing(casework, self)
        self.signing.exported.connect(self.exported)
        self.signing.refused.connect(self.refused)
        self.editor = DraftEditor(casework, self.preview, self)
        self.gallery = Gallery(casework, self)
        self.editor.refused.connect(self.refused)
        self.model = CardsModel(columns, self)
        self.search = CardsSearch(self.model, Pile.MINE)
        self.ledger = LedgerExport(casework, self.search, self)
        self.replies = Replies(casework, self)
        self.waiting = Waiting(self)
        self.counts: Mapping[Pile, int] = dict.fromkeys(Pile, 0)
        self.is_listed = False
        self.file: CardFile | None = None
        self._wanted: CardId | None = None  # what lies open, or was asked for last
        self.is_busy = False
        self._act = Act.SUBMIT
        self._next: Deed | None = None

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._casework.door.actor

    @property
    def acts(self) -> tuple[Act, ...]:
        """What this person can do with the open card."""
        return acts_for(self.file, self._casework.book, self.actor) if self.file else ()

    @property
    def bar(self) -> DomainError | None:
        """What keeps this person from bringing the open card forward."""
        return why_not(self.file.track, self._casework.book, self.actor) if self.file else None

    @property
    def book(self) -> Book:
        """The rules of all records."""
        return self._casework.book

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days."""
        return self._casework.calendar

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
        self.gallery.stop()
        self.ledger.stop()
        self.replies.stop()
        self._answers.close()

    def refresh(self) -> None:
        """Fetch the list, and the open card, as they now are."""
        book, actor, calendar = self._casework.book, self.actor, self._casework.calendar
        today = day_of(self.now())

        def ask(reading: Reading) -> tuple[CardRow, ...]:
            return Lister(reading, book, actor, today=today, calendar=calendar).rows()

        self._answers.ask(self._casework.desk.look(ask), self._list, self._refuse, "list")
        if self._wanted is not None:
            self._fetch(self._wanted)

    def open(self, key: str) -> None:
        """Open a card; begin one on a finding that wants one."""
        at = self.model.row_of(key)
        if at >= 0 and not self.model.rows[at].is_card:
            self.draft(FindingId(key))
            return
        self._fetch(CardId(key))

    def follow(self, link: PaperLink) -> None:
        """Open the card of a paper; one that is not here, or is another one, is refused.

        A paper that no card carries is told by `elsewhere`.
        """

        def ask(reading: Reading) -> Paper:
            for paper in reading.find(Paper, doc_no=link.doc_no):
                if paper.content_digest == link.sha256:
                    return paper
            raise NotFound(Paper.ENTITY, link.doc_no)

        self._answers.ask(self._casework.desk.look(ask), self._found, self._refuse, "link")

    def draft(self, finding_id: FindingId) -> None:
        """Begin a card on a confirmed finding, with what can be written by itself."""
        casework = self._casework

        def begin(work: UnitOfWork) -> Card:
            finding = work.get(Finding, finding_id)
            kind = card_kind(finding)
            template = casework.press.template(TEMPLATES[kind])
            text = first_text(
                template,
                finding,
                work.get(Window, finding.window_id) if finding.window_id else None,
                bases=work.find(LegalBasis),
                calendar=casework.calendar,
                now=casework.clock.now(),
            )
            return cards.draft_card(work, finding_id, kind, text, clock=casework.clock)

        self._do(begin, self._drafted)

    def close_card(self) -> None:
        """Go back to the list; what was written is kept."""
        self.editor.close()
        self.preview.clear()
        self.file = self._wanted = None
        self.closed.emit()

    def choose_kind(self, kind: CardKind) -> None:
        """Make the open draft the lighter or the graver card, after its last change was kept."""
        file = self.file
        if file is None or self.is_busy or kind is file.card.kind:
            return
        self.editor.keep()
        self._do(partial(cards.change_kind, card_id=file.card.id, kind=kind), self._drafted)

    def submit(self) -> None:
        """Hand the draft on, after its last change was kept."""
        self.editor.keep()
        self._carry_out(Act.SUBMIT, partial(cards.submit_card, clock=self._casework.clock))

    def check(self, opinion: str) -> None:
        """Let it pass to the signer."""
        check = partial(cards.check_card, opinion=opinion, clock=self._casework.clock)
        self._carry_out(Act.CHECK, check)

    def send_back(self, reason: str) -> None:
        """Send it back to the drafter."""
        self._carry_out(Act.RETURN, partial(cards.return_card, reason=reason))

    def sign(self) -> None:
        """Sign the content as it stands."""
        press, clock = self._casework.press, self._casework.clock
        self._carry_out(Act.SIGN, partial(cards.sign_card, press=press, clock=clock))

    def issue(self) -> None:
        """Give number and seal; numbers are leased from the server where none is left."""
        file = self.file
        if file is None or self.is_busy:
            return
        try:
            series = series_of(file.organ, file.card.kind)
        except DomainError as refusal:
            self._refuse(refusal)
            return
        self._busy(busy=True)
        year = self.now().astimezone(HALL_TIME).year
        leased = self._casework.door.have_numbers(series, year)
        self._answers.ask(leased, self._issue, self._refuse)

    def serve(self, service: Service, photo: Path | None = None) -> None:
        """Record the service, print its proof and begin the ledger entry."""
        press, clock = self._casework.press, self._casework.clock

        def serve(work: UnitOfWork, card_id: CardId) -> Card:
            told = with_photo(press, service, photo)
            return rectification.serve_with_order(work, card_id, told, press=press, clock=clock)

        self._carry_out(Act.SERVE, serve)

    def cancel(self, reason: str) -> None:
        """Void it."""
        self._carry_out(Act.CANCEL, partial(cards.cancel_card, reason=reason))

    def carry_on(self, act: Act, answer: Answer = None) -> None:
        """Do an act after service; a successor that is drafted is opened."""
        file = self.file
        if file is None or self.is_busy:
            return
        if act is Act.SUCCESSOR:
            if kind := file.wanted_successor:
                self._do(self._afterwards.draft_successor(file, kind), self._drafted)
            return
        self._act = act
        self._do(self._afterwards.deed(act, file, answer), self._done)

    def export(self, paper: Paper, target: Path, reason: str) -> None:
        """Write a copy of a paper to a file; without its note in the chain there is no copy."""
        actor, vault, clock = self.actor, self._casework.vault, self._casework.clock
        if actor is None:
            return

        def export(work: UnitOfWork) -> str:
            pdf = vault.get(paper.pdf_sha256)
            return take_out(
                work,
                pdf,
                target,
                hall_id=paper.hall_id,
                subject=paper.id,
                reason=reason,
                clock=clock,
            )

        desk = self._casework.desk
        self._answers.ask(desk.act(actor, export), self._exported, self._refuse)

    def show_paper(self, paper: Paper | None) -> None:
        """Show an issued paper, or the card as it stands."""
        if paper is not None:
            self.preview.show_paper(paper.pdf_sha256)
        elif self.file is not None:
            self.preview.show_card(self.file.card)

    def _carry_out(self, act: Act, deed: Callable[..., Card]) -> None:
        if self.file is None or self.is_busy:
            return
        self._act = act
        self._do(partial(deed, card_id=self.file.card.id), self._done)

    def _do(self, deed: Deed, then: Callable[[Card], None]) -> None:
        actor = self.actor
        if actor is None:
            return
        self._busy(busy=True)
        self._answers.ask(self._casework.desk.act(actor, deed), then, self._refuse)

    def _issue(self, _left: int) -> None:
        self._busy(busy=False)
        press, clock = self._casework.press, self._casework.clock
        self._carry_out(Act.ISSUE, partial(cards.issue_card, press=press, clock=clock))

    def _list(self, rows: tuple[CardRow, ...]) -> None:
        self.counts = count_piles(rows, Pile)
        self.model.replace(rows)
        self.is_listed = True
        self.waiting.count(self.counts[Pile.MINE])
        self.listed.emit()

    def _fetch(self, card_id: CardId) -> None:
        self._wanted = card_id
        today, calendar = day_of(self.now()), self._casework.calendar
        ask = partial(read_file, card_id=card_id, today=today, calendar=calendar)
        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "file")

    def _show(self, file: CardFile) -> None:
        before, self.file, self._wanted = self.file, file, file.card.id
        same = before is not None and before.card.id == file.card.id
        if same and before == file:
            return
        if not same:
            self.editor.close()
            self.preview.clear()
        self.editor.open(file)
        self.gallery.show_items(file.pictures)
        if not self.editor.is_dirty:
            issued = [paper for paper in file.papers if paper.template in TEMPLATES.values()]
            self.show_paper(issued[-1] if issued else None)
        (self.refreshed if same else self.opened).emit()

    def _found(self, paper: Paper) -> None:
        if paper.card_id is not None:
            self._fetch(paper.card_id)
        elif paper.document_id is not None:
            self.elsewhere.emit(paper.document_id)

    def _drafted(self, card: Card) -> None:
        self._busy(busy=False)
        self._fetch(card.id)

    def _done(self, card: Card) -> None:
        self._busy(busy=False)
        self.done.emit(self._act, card)

    def _exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self._wanted = self.file.card.id if self.file else None
        self._busy(busy=False)
        self.refused.emit(error)

    def _busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.busy_changed.emit()
