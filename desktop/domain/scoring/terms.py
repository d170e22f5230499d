"""Half-years and years: means of months."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.identifiers import UnitId
from desktop.domain.periods import Period, Span
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
