"""The list of cards, and of confirmed findings that still want one."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial

from PySide6.QtCore import Qt

from desktop.domain.appeals import Appeal
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import TEMPLATES, Card, CardKind, carded
from desktop.domain.entities import Book
from desktop.domain.findings import CARD_LEVEL, Finding, FindingState
from desktop.domain.numbers import TemporaryNumber
from desktop.domain.organisation import Unit, Window
from desktop.domain.rectification import Extension, Rectification
from desktop.domain.roles import Actor
from desktop.system.language import headed, said
from desktop.system.theme import Tone
from desktop.usecases.inquiry import awaits_inquiry
from desktop.usecases.ports import Reading
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.steps import is_mine, roles_of
from desktop.viewmodels.cards.track import Track, track_of
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.keyed_rows import Index
from desktop.viewmodels.lines import CellTable, PileSearch, headings
from desktop.viewmodels.naming import role_names, state_name
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.review.rows import look_of_rule, place_of
from desktop.viewmodels.times import day_of

_TIME_LEFT = 6  # the column that is red where something is overdue


def paper_name(kind: CardKind) -> str:
    """Name the paper of a kind of card."""
    return kind_name(TEMPLATES[kind])


class Pile(Enum):
    """How the list is cut."""

    MINE = "mine"
    TO_DRAFT = "to_draft"
    UNDER_WAY = "under_way"
    SERVED = "served"
    LEDGER = "ledger"
    VOID = "void"

    @property
    def word(self) -> str:
        """The pile in the current language."""
        words = {
            Pile.MINE: said("待我处理", "pile"),
            Pile.TO_DRAFT: said("待拟稿"),
            Pile.UNDER_WAY: said("办理中", "pile"),
            Pile.SERVED: said("已送达", "pile"),
            Pile.LEDGER: said("整改台账", "pile"),
            Pile.VOID: said("已作废", "pile"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class CardRow:
    """One line: a card, or a finding that wants one.

    Attributes:
        place: the window, or the number of the case.
        finding: what it is about; None where that is not on this machine, or was erased on another.
        track: where the card stands; None for a finding.
        waits_for: whom it waits for.
        is_mine: whether this is the person.
    """

    subject: Card | Finding
    finding: Finding | None
    place: str
    unit: Unit
    waits_for: str
    is_mine: bool
    since: str
    track: Track | None = None
    temporary_no: str = ""

    @property
    def key(self) -> str:
        """The id of the card or the finding."""
        return self.subject.id

    @property
    def is_card(self) -> bool:
        """Whether there is a card already."""
        return isinstance(self.subject, Card)

    @property
    def pile(self) -> Pile:
        """Where it lies, apart from being somebody's."""
        if self.track is None:
            return Pile.TO_DRAFT
        if self.track.is_before_service:
            return Pile.UNDER_WAY
        return Pile.VOID if self.track.card.state.is_void else Pile.SERVED

    def lies_on(self, pile: Pile) -> bool:
        """Tell whether a pile holds it; what is mine, or still to rectify, lies on two."""
        if pile is Pile.MINE:
            return self.is_mine
        if pile is Pile.LEDGER:
            return self.track is not None and self.track.is_open
        return self.pile is pile

    @property
    def overdue_wd(self) -> int:
        """Working days over the day by which the unit has to put it right."""
        return self.track.overdue_wd if self.track else 0

    @property
    def urgency(self) -> tuple[int, int]:
        """What comes first on the ledger: the longest overdue, then the oldest."""
        return (self.overdue_wd, self.track.age_wd if self.track else 0)

    @property
    def state(self) -> str:
        """What it is in, in words."""
        if isinstance(self.subject, Card):
            return headed(state_name(self.subject.state.value))
        return said("待拟稿")

    @property
    def number(self) -> str:
        """The document number."""
        return self.subject.doc_no or self.temporary_no if isinstance(self.subject, Card) else ""

    @property
    def matter(self) -> str:
        """What it is about."""
        if self.finding is None:
            return said("问题记录不在本机")
        look = look_of_rule(self.finding.rule_id)
        return f"{self.place} {look.word}"

    @property
    def due(self) -> str:
        """Until when the unit has to rectify."""
        shown = self.track is not None and self.pile is not Pile.VOID
        return self.track.due.isoformat() if shown and self.track else ""

    @property
    def time_left(self) -> str:
        """How many working days are left or over, or what came after the unit's report."""
        track = self.track
        if track is None or track.order is None or not track.is_open:
            return ""
        if not track.order.state.waits_for_unit:
            return headed(state_name(track.order.state.value))
        if track.overdue_wd:
            return said("逾期 {0} 个工作日", n=track.overdue_wd).format(track.overdue_wd)
        return said("剩 {0} 个工作日", n=track.left_wd).format(track.left_wd)

    @property
    def age(self) -> str:
        """How many working days it has been on the ledger."""
        track = self.track
        if track is None or not track.is_open:
            return ""
        return said("{0} 个工作日", n=track.age_wd).format(track.age_wd)

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows, column by column."""
        number = self.number or "—"
        return (
            self.state, number, self.unit.name, self.matter, self.waits_for, self.due,
            self.time_left, self.age, self.since,
        )  # fmt: skip

    @property
    def searched(self) -> tuple[str, ...]:
        """What names it, and whom it is about."""
        return (self.number, self.state, self.matter, self.unit.name, self.unit.short_name)


def columns() -> tuple[str, ...]:
    """The titles of the table's columns."""
    return headings(
        said("状态"), said("文号"), said("被监察单位"), said("事由"), said("待谁办理"),
        said("整改期限", "column"), said("期限情况", "column"), said("历时", "column"),
        said("起草于"),
    )  # fmt: skip


class Lister:
    """Makes rows from one consistent picture of the case file."""

    def __init__(
        self,
        reading: Reading,
        book: Book,
        actor: Actor | None,
        *,
        today: date,
        calendar: WorkingCalendar,
    ) -> None:
        self._reading, self._book, self._actor = reading, book, actor
        self._track = partial(
            track_of,
            appeals=reading.find(Appeal),
            orders=reading.find(Rectification),
            extensions=reading.find(Extension),
            today=today,
            calendar=calendar,
        )
        self._windows = {window.id: window for window in reading.find(Window)}
        self._units = {unit.id: unit for unit in reading.find(Unit)}
        self._names = names_in(reading)
        self._temporary = {t.subject_id: t.number for t in reading.find(TemporaryNumber)}
        self._cards = reading.find(Card)
        confirmed = reading.find(Finding, state=FindingState.CONFIRMED)
        self._findings = {f.id: f for f in confirmed if f.level >= CARD_LEVEL}

    def rows(self) -> tuple[CardRow, ...]:
        """All of them, the latest first, what wants a draft before what has one."""
        taken = carded(self._cards)
        free = [finding for finding in self._findings.values() if finding.id not in taken]
        free.sort(key=lambda finding: finding.started_at, reverse=True)
        cards = sorted(self._cards, key=lambda card: card.drafted_at, reverse=True)
        return (*map(self._to_draft, free), *map(self._card, cards))

    def _to_draft(self, finding: Finding) -> CardRow:
        roles = self._book.rule(Card.ENTITY).create_roles
        mine = self._actor is not None and any(r.value in roles for r in self._actor.roles)
        return CardRow(
            finding,
            finding,
            place_of(finding, self._windows),
            self._units[finding.unit_id],
            role_names(roles),
            mine,
            day_of(finding.started_at).isoformat(),
        )

    def _card(self, card: Card) -> CardRow:
        track = self._track(card, awaits_inquiry=awaits_inquiry(self._reading, card))
        finding = self._findings.get(card.finding_ids[0])
        return CardRow(
            card,
            finding,
            place_of(finding, self._windows) if finding else "",
            self._units[card.unit_id],
            self._waits_for(track),
            is_mine(track, self._book, self._actor),
            day_of(card.drafted_at).isoformat(),
            track,
            self._temporary.get(card.id, ""),
        )

    def _waits_for(self, track: Track) -> str:
        act = track.next_act
        if act is None:
            return ""
        if act is Act.SUBMIT:
            return self._names.get(track.card.drafted_by, "")
        return role_names(roles_of(track, self._book, act))


class CardsModel(CellTable[CardRow]):
    """Cards as a table."""

    def tone_of(self, row: CardRow, column: int) -> Tone | None:
        """Write in red by how much something is overdue."""
        return Tone.BAD if column == _TIME_LEFT and row.overdue_wd else None


class CardsSearch(PileSearch[CardRow, Pile]):
    """The cards of one pile; on the ledger the most urgent first."""

    def show_pile(self, pile: Pile) -> None:
        """Show another pile."""
        super().show_pile(pile)
        if pile is Pile.LEDGER:
            self.sort(0, Qt.SortOrder.DescendingOrder)
        else:
            self.sort(-1, Qt.SortOrder.AscendingOrder)  # as listed

    def lessThan(self, left: Index, right: Index) -> bool:
        """Compare by urgency: the ledger alone is sorted."""
        rows = self.source.rows
        return rows[left.row()].urgency < rows[right.row()].urgency
