"""Chapters 三, 四 and 十一: findings, cards, rectification, and why it happened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import CardKind, CardState
from desktop.domain.identifiers import UnitId
from desktop.domain.periods import Period
from desktop.domain.report.facts import Board, CardLine, Cause, Facts, FindingLine, Outcome
from desktop.domain.report.running import day_of
from desktop.domain.report.values import mean

AGES = (5, 10, 20)  # working days; the upper ends of the ages of open rectifications


@dataclass(frozen=True, slots=True)
class Findings:
    """The period's findings by rule, unit, board, outcome and cause."""

    lines: tuple[FindingLine, ...]
    outcomes: Mapping[Outcome, int]
    matrix: Mapping[tuple[str, UnitId], int]
    boards: Mapping[tuple[Board, UnitId], int]
    causes: Mapping[Cause, int]
    warnings: int

    @property
    def rules(self) -> tuple[str, ...]:
        """Rules with a confirmed finding."""
        return tuple(sorted({rule for rule, _ in self.matrix}))


@dataclass(frozen=True, slots=True)
class Cards:
    """The period's cards, how far they came, and the days they took to close."""

    lines: tuple[CardLine, ...]
    issued: Mapping[CardKind, int]
    served: int
    appealed: int
    revoked: int
    effective: int
    closed: int
    days_to_close: Decimal | None


@dataclass(frozen=True, slots=True)
class OpenRectifications:
    """One unit's open rectifications by age in working days; `overdue` are over their day."""

    unit_id: UnitId
    ages: tuple[int, ...]
    overdue: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.ages)


def findings(facts: Facts, period: Period) -> Findings:
    """Count findings."""
    lines = tuple(line for line in facts.findings if period.has(line.on))
    confirmed = [line for line in lines if line.outcome is Outcome.CONFIRMED]
    return Findings(
        lines=lines,
        outcomes=Counter(line.outcome for line in lines),
        matrix=Counter((line.rule_id, line.unit_id) for line in confirmed),
        boards=Counter((line.board, line.unit_id) for line in confirmed),
        causes=Counter(line.cause for line in confirmed if line.cause),
        warnings=sum(line.level == 1 for line in confirmed),
    )


def cards(facts: Facts, period: Period) -> Cards:
    """Count cards by when they were issued."""
    lines = tuple(
        line
        for line in facts.cards
        if line.card.issued_at and period.has(day_of(line.card.issued_at))
    )
    return Cards(
        lines=lines,
        issued=Counter(line.card.kind for line in lines),
        served=sum(line.card.served_at is not None for line in lines),
        appealed=sum(line.appeal is not None for line in lines),
        revoked=sum(line.card.state is CardState.REVOKED for line in lines),
        effective=sum(line.card.effective_at is not None for line in lines),
        closed=sum(line.card.state is CardState.CLOSED for line in lines),
        days_to_close=mean(_days_to_close(lines)),
    )


def open_rectifications(
    facts: Facts, on: date, calendar: WorkingCalendar
) -> tuple[OpenRectifications, ...]:
    """Sort open rectifications by unit and age on a day."""
    return tuple(
        row for unit in facts.units if (row := _open_of(facts.cards, unit.id, on, calendar)).total
    )


def _open_of(
    lines: Sequence[CardLine], unit_id: UnitId, on: date, calendar: WorkingCalendar
) -> OpenRectifications:
    ages, overdue = [0] * (len(AGES) + 1), 0
    for line in lines:
        order = line.rectification
        if order is None or order.unit_id != unit_id or not order.state.is_open:
            continue
        age = calendar.count(day_of(order.served_at or order.issued_at), on)
        ages[sum(age > upper for upper in AGES)] += 1
        overdue += order.overdue_wd(on, calendar) > 0
    return OpenRectifications(unit_id, tuple(ages), overdue)


def _days_to_close(lines: Sequence[CardLine]) -> list[int]:
    return [
        (day_of(line.card.closed_at) - day_of(line.card.issued_at)).days
        for line in lines
        if line.card.closed_at and line.card.issued_at
    ]
