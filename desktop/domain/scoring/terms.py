"""Half-years and years: means of months, locked results, and how a new version differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.errors import PeriodLocked
from desktop.domain.identifiers import UnitId, UserId
from desktop.domain.periods import Month, Period, Span
from desktop.domain.scoring.profile import Profile
from desktop.domain.scoring.score import UnitScore, grade_of

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class TermScore:
    """A unit's score of several months; None when no month had a completed case."""

    unit_id: UnitId
    period: Period
    months: tuple[UnitScore, ...]
    completed: int
    discipline: Decimal
    total: Decimal | None
    grade: str


def score_term(
    profile: Profile,
    period: Period,
    unit_id: UnitId,
    scores: Sequence[UnitScore],
    *,
    disciplined: Sequence[str] = (),
) -> TermScore:
    """Take the mean of the months; months without a completed case do not count (edge case 73).

    Args:
        disciplined: kinds of discipline of the unit's people, deducted from a year once each.
    """  # fmt: skip
    months = tuple(
        s for s in scores if s.unit_id == unit_id and s.month in period.months and s.completed
    )
    cost = Decimal(0)
    if period.span is Span.YEAR:
        cost = sum((profile.discipline.get(kind, Decimal(0)) for kind in disciplined), cost)
    if not months:
        return TermScore(unit_id, period, (), 0, cost, None, "")
    mean = sum((s.total for s in months), Decimal(0)) / len(months)
    total = mean.quantize(_CENT, ROUND_HALF_UP) - cost
    entries = [entry for score in months for entry in score.entries]
    grade = grade_of(profile, total, entries).name
    return TermScore(unit_id, period, months, sum(s.completed for s in months), cost, total, grade)


@dataclass(frozen=True, slots=True)
class LockedMonth:
    """A month's scores as they were signed; a new version stands beside it, never in its place."""

    month: Month
    version: int
    scores: tuple[UnitScore, ...]
    locked_by: UserId
    locked_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that a new version changes; None where a unit was or is not there."""

    unit_id: UnitId
    figure: str
    before: Decimal | None
    after: Decimal | None


def lock(
    month: Month,
    scores: Sequence[UnitScore],
    by: UserId,
    at: datetime,
    earlier: Sequence[LockedMonth] = (),
) -> LockedMonth:
    """Lock a month's scores as the next version.

    Raises:
        PeriodLocked: nothing differs from the version that stands.
    """  # fmt: skip
    versions = [old for old in earlier if old.month == month]
    if versions and not differences(versions[-1].scores, scores):
        raise PeriodLocked(str(month), versions[-1].version)
    return LockedMonth(month, len(versions) + 1, tuple(scores), by, at)


def differences(before: Sequence[UnitScore], after: Sequence[UnitScore]) -> tuple[Difference, ...]:
    """List the figures that differ, by unit."""
    old = {score.unit_id: _figures(score) for score in before}
    new = {score.unit_id: _figures(score) for score in after}
    return tuple(
        Difference(unit, figure, was, now)
        for unit in dict.fromkeys((*old, *new))
        for figure in dict.fromkeys((*old.get(unit, {}), *new.get(unit, {})))
        if (was := old.get(unit, {}).get(figure)) != (now := new.get(unit, {}).get(figure))
    )


def _figures(score: UnitScore) -> dict[str, Decimal]:
    figures = {d.code: d.score for d in score.dimensions}
    return figures | {
        "bonus": score.bonus,
        "data": -score.data_deduction,
        "coefficient": score.coefficient,
        "total": score.total,
    }
