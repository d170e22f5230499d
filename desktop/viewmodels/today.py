"""What wants a person today: findings to review, cards and papers to bring forward, by role."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.entities import Book
from desktop.domain.roles import Actor
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.rows import CardRow, Lister
from desktop.viewmodels.cards.rows import Pile as CardPile
from desktop.viewmodels.casework import Gate
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.inspections.rows import Pile, is_mine
from desktop.viewmodels.inspections.rows import read_rows as inspections
from desktop.viewmodels.lines import count_piles
from desktop.viewmodels.live.watch import Watched
from desktop.viewmodels.papers.acts import way_on
from desktop.viewmodels.papers.rows import PaperRow, paper_rows
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.review.decision import may_review
from desktop.viewmodels.review.rows import FindingRow, Queue, read_rows
from desktop.viewmodels.times import day_of


class Office(Watched, Protocol):
    """The open program, as far as the morning's first page needs it."""

    @property
    def door(self) -> Gate:
        """Who is at the desk."""

    @property
    def book(self) -> Book:
        """The rules of all records."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days."""


class Destination(Enum):
    """Where something is dealt with."""

    REVIEW = "review"
    CARDS = "cards"
    INSPECTIONS = "inspections"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for this person."""

    destination: Destination
    subject: str
    title: str
    detail: str
    action: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Morning:
    """What there is to do, and how much of what there is."""

    waiting: tuple[Waiting, ...] = ()
    findings: Mapping[Queue, int] = field(default_factory=dict)
    cards: Mapping[CardPile, int] = field(default_factory=dict)
    overdue: int = 0  # cards whose step or rectification is over its limit


class TodayDesk(QObject):
    """Follows the case file for the person at the desk."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self.refresh)
        self.morning: Morning | None = None

    def refresh(self) -> None:
        """Look again, for whoever is at the desk now."""
        office = self._office
        question = Question(office.book, office.door.actor, office.clock.now(), office.calendar)
        self._answers.ask(office.desk.look(question), self._take, self._refuse, "morning")

    def close(self) -> None:
        """Follow no more."""
        self._changes.close()

    def _take(self, morning: Morning) -> None:
        self.morning = morning
        self.changed.emit()

    def _refuse(self, refusal: Exception) -> None:
        self.refused.emit(refusal)


@dataclass(frozen=True, slots=True)
class Question:
    """Asks the case file what waits for a person."""

    book: Book
    actor: Actor | None
    now: datetime
    calendar: WorkingCalendar

    def __call__(self, reading: Reading) -> Morning:
        """Answer it."""
        queues = read_rows(reading, (Queue.FIRST, Queue.SECOND), self.now)
        findings = [row for rows in queues.values() for row in rows]
        today = day_of(self.now)
        lister = Lister(reading, self.book, self.actor, today=today, calendar=self.calendar)
        cards = lister.rows()
        papers = paper_rows(reading, self.book, self.actor)
        mine = [r for r in findings if may_review(self.book, r.finding, self.actor)]
        return Morning(
            (
                *map(_of_finding, mine),
                *(_of_card(row) for row in cards if row.is_mine),
                *(_of_paper(row, self.book) for row in papers if row.is_mine),
                *_inspections(reading, self.actor, today),
            ),
            {queue: len(rows) for queue, rows in queues.items()},
            count_piles(cards, CardPile),
            sum(row.overdue_wd > 0 for row in cards),
        )


def _of_finding(row: FindingRow) -> Waiting:
    second = row.finding.first_review_by is not None
    return Waiting(
        Destination.REVIEW,
        row.finding.id,
        row.title,
        f"{said('待第二人核实')} · {row.detail}" if second else row.detail,
        said("复核") if second else said("核实"),
        Tone.BAD if row.finding.ended_at is None else Tone.NEAR,
    )


def _of_card(row: CardRow) -> Waiting:
    act = row.track.next_act if row.track else None
    return Waiting(
        Destination.CARDS,
        row.key,
        f"{row.unit.short_name} · {row.matter}",
        " · ".join(part for part in (row.state, row.number, row.since) if part),
        act.word if act else said("拟稿"),
        Tone.BAD if row.overdue_wd else Tone.ACCENT,
    )


def _of_paper(row: PaperRow, book: Book) -> Waiting:
    document, act = row.document, way_on(row.document, book)
    name = kind_name(document.template)
    return Waiting(
        Destination.PAPERS,
        row.key,
        " · ".join(part for part in (document.recipient, name) if part),
        " · ".join(part for part in (row.cells[0], document.doc_no, row.cells[-1]) if part),
        act.word if act else "",
        Tone.ACCENT,
    )


def _inspections(reading: Reading, actor: Actor | None, today: date) -> Iterator[Waiting]:
    """The windows that this person goes to: what he began first, then what is due or overdue."""
    piles = inspections(reading, actor, today)
    for row in (*piles[Pile.UNDER_WAY], *piles[Pile.DUE]):
        if is_mine(row, actor.user_id if actor else None):
            action = said("继续") if row.pile is Pile.UNDER_WAY else said("去巡查")
            tone = Tone.BAD if row.inspection.is_overdue(today) else Tone.ACCENT
            detail = f"{row.detail} · {row.remark}"
            yield Waiting(Destination.INSPECTIONS, row.key, row.title, detail, action, tone)
