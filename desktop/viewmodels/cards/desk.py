"""The card desk: the list, the card that lies open, and what is done with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import TEMPLATES, Card, CardKind, card_kind, series_of
from desktop.domain.errors import DomainError, NotFound
from desktop.domain.evidence import Paper
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CardId, FindingId
from desktop.domain.organisation import LegalBasis, Window
from desktop.usecases import cards
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.deeds import CardDeeds
from desktop.viewmodels.cards.draft import first_text
from desktop.viewmodels.cards.editor import DraftEditor
from desktop.viewmodels.cards.file import CardFile, read_file
from desktop.viewmodels.cards.gallery import Gallery
from desktop.viewmodels.cards.ledger_export import LedgerExport
from desktop.viewmodels.cards.rows import (
    CardRow,
    CardsModel,
    CardsSearch,
    Lister,
    Pile,
    columns,
)
from desktop.viewmodels.cards.steps import acts_for, why_not
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.links import PaperLink
from desktop.viewmodels.paperwork.desk import Deed, PaperworkDesk
from desktop.viewmodels.times import day_of


class CardDesk(PaperworkDesk[CardRow, Pile, CardFile, Act]):
    """Everything the card page shows."""

    elsewhere = Signal(str)  # the id of an official document that a link led to

    editor: DraftEditor

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(casework, parent)
        self._deeds = CardDeeds(casework)
        self.editor = DraftEditor(casework, self.preview, self)
        self.editor.refused.connect(self.refused)
        self.gallery = Gallery(casework, self)
        self.model = CardsModel(columns, self)
        self.search = CardsSearch(self.model, Pile.MINE)
        self.ledger = LedgerExport(casework, self.search, self)

    @property
    def bar(self) -> DomainError | None:
        """What keeps this person from bringing the open card forward."""
        return why_not(self.file.track, self.book, self.actor) if self.file else None

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days."""
        return self._casework.calendar

    def stop(self) -> None:
        """Keep what was written and listen no more."""
        super().stop()
        self.gallery.stop()
        self.ledger.stop()

    def open(self, key: str) -> None:
        """Open a card; begin one on a finding that wants one."""
        at = self.model.row_of(key)
        if at >= 0:
            self._open(key, wants_card=not self.model.rows[at].is_card)
        else:  # confirmed a moment ago, perhaps: the list does not know it yet
            asked = self._casework.desk.look(partial(_told_apart, key=key))
            self._answers.ask(asked, self._open_told, self._refuse, "opened")

    def _open_told(self, told: tuple[str, bool]) -> None:
        key, wants_card = told
        self._open(key, wants_card=wants_card)

    def _open(self, key: str, *, wants_card: bool) -> None:
        if wants_card:
            self.draft(FindingId(key))
        else:
            super().open(key)

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

        self.carry_out(begin, self.drafted)

    def choose_kind(self, kind: CardKind) -> None:
        """Make the open draft the lighter or the graver card, after its last change was kept."""
        file = self.file
        if file is None or self.is_busy or kind is file.card.kind:
            return
        self.editor.keep()
        self.carry_out(partial(cards.change_kind, card_id=file.card.id, kind=kind), self.drafted)

    def rows_now(self) -> Callable[[Reading], tuple[CardRow, ...]]:
        """Give the reading of the list."""
        book, actor, calendar = self.book, self.actor, self.calendar
        today = day_of(self.now())

        def read(reading: Reading) -> tuple[CardRow, ...]:
            return Lister(reading, book, actor, today=today, calendar=calendar).rows()

        return read

    def file_now(self, key: str) -> Callable[[Reading], CardFile]:
        """Give the reading of one card."""
        today = day_of(self.now())
        return partial(read_file, card_id=CardId(key), today=today, calendar=self.calendar)

    def laid_open(self, file: CardFile) -> None:
        """Fetch the pictures of the card."""
        self.gallery.show_items(file.pictures)

    def acts_on(self, file: CardFile) -> tuple[Act, ...]:
        """Give what this person can do with a card, the way on first."""
        return acts_for(file, self.book, self.actor)

    def deed(self, act: Act, file: CardFile, told: Any) -> Deed:
        """Give an act to be done in one transaction."""
        return self._deeds.deed(act, file, told)

    def series_for(self, file: CardFile) -> str:
        """Give the series of the card's number."""
        return series_of(file.organ, file.card.kind)

    def _found(self, paper: Paper) -> None:
        if paper.card_id is not None:
            super().open(paper.card_id)
        elif paper.document_id is not None:
            self.elsewhere.emit(paper.document_id)


def _told_apart(reading: Reading, key: str) -> tuple[str, bool]:
    """Give a key, and whether it is a finding's."""
    try:
        reading.get(Finding, FindingId(key))
    except NotFound:
        return key, False
    return key, True
