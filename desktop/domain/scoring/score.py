"""A unit's score of one month: dimensions, bonus, data, coefficient, grade and rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.errors import CoefficientOutOfBounds
from desktop.domain.identifiers import UnitId
from desktop.domain.periods import Month
from desktop.domain.scoring.entries import ScoreEntry, standing
from desktop.domain.scoring.profile import Grade, Profile, Steps

RANKED_FROM = 30  # completed cases; fewer are shown as 样本少 and not ranked (8.3)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What a unit did in a month.

    Attributes:
        completed, early, incomplete: completed cases; of them before the promised day; of them
            with missing data.
        least_cut, mean_cut: by how many percent the promises are shorter than the law, the least
            of all items and their mean; None when nothing is promised.
        coefficient: 折合系数 of the unit.
    """

    unit_id: UnitId
    month: Month
    completed: int
    early: int = 0
    incomplete: int = 0
    least_cut: Decimal | None = None
    mean_cut: Decimal | None = None
    coefficient: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: full points, what was deducted (net of what was given back), what is left."""

    code: str
    full: Decimal
    deducted: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A month's score with all its parts; `entries` are what the deductions rest on."""

    unit_id: UnitId
    month: Month
    profile_id: str
    profile_version: str
    completed: int
    dimensions: tuple[DimensionScore, ...]
    early_bonus: Decimal
    promise_bonus: Decimal
    bonus: Decimal
    data_deduction: Decimal
    coefficient: Decimal
    total: Decimal
    grade: str
    entries: tuple[ScoreEntry, ...]

    @property
    def base(self) -> Decimal:
        """Sum of the dimensions."""
        return sum((d.score for d in self.dimensions), _ZERO)

    @property
    def ranked(self) -> bool:
        """Whether there were cases enough to compare it with others."""
        return self.completed >= RANKED_FROM


def score_month(profile: Profile, figures: MonthFigures, ledger: Sequence[ScoreEntry]) -> UnitScore:
    """Score one unit's month.

    Args:
        ledger: entries of any unit and month; those of this one count.

    Raises:
        CoefficientOutOfBounds: unit, coefficient.
    """
    least, most = profile.coefficient
    if not least <= figures.coefficient <= most:
        raise CoefficientOutOfBounds(figures.unit_id, figures.coefficient)
    entries = tuple(e for e in ledger if e.unit_id == figures.unit_id and e.month == figures.month)
    dimensions = tuple(_dimension(profile, d.code, d.points, entries) for d in profile.dimensions)
    early, promise = _bonuses(profile, figures)
    bonus = early + promise
    if profile.bonus_cap is not None:
        bonus = min(bonus, profile.bonus_cap)
    data = _data_deduction(profile, figures)
    base = sum((d.score for d in dimensions), _ZERO)
    total = (base + bonus - data) * figures.coefficient
    return UnitScore(
        unit_id=figures.unit_id,
        month=figures.month,
        profile_id=profile.id,
        profile_version=profile.version,
        completed=figures.completed,
        dimensions=dimensions,
        early_bonus=early,
        promise_bonus=promise,
        bonus=bonus,
        data_deduction=data,
        coefficient=figures.coefficient,
        total=total,
        grade=grade_of(profile, total, entries).name,
        entries=entries,
    )


def grade_of(profile: Profile, total: Decimal, entries: Sequence[ScoreEntry]) -> Grade:
    """Give the grade of a total: a red card bars the best, a veto leaves the last."""
    counted = standing(entries)
    if any(entry.dimension in profile.veto for entry in counted):
        return profile.grades[-1]
    red = any(entry.level >= 3 for entry in counted)
    for grade in profile.grades:
        if grade.red_card_bars and red:
            continue
        if grade.floor is None or total >= grade.floor:
            return grade
    return profile.grades[-1]


def ranking(totals: Mapping[UnitId, tuple[Decimal, int]]) -> dict[UnitId, int | None]:
    """Rank units by total, equal totals alike; those with too few completed cases get None.

    Args:
        totals: total and completed cases by unit.
    """
    ranked = sorted(
        (t for t, completed in totals.values() if completed >= RANKED_FROM), reverse=True
    )
    return {
        unit: ranked.index(total) + 1 if completed >= RANKED_FROM else None
        for unit, (total, completed) in totals.items()
    }


def _dimension(
    profile: Profile, code: str, full: Decimal, entries: Sequence[ScoreEntry]
) -> DimensionScore:
    deducted = sum((e.points for e in entries if e.dimension == code), _ZERO)
    left = full - deducted
    return DimensionScore(code, full, deducted, max(left, _ZERO) if profile.floors else left)


def _bonuses(profile: Profile, figures: MonthFigures) -> tuple[Decimal, Decimal]:
    early = promise = _ZERO
    if profile.early and figures.completed:
        early = profile.early.points(percent(figures.early, figures.completed))
    if profile.promise and figures.least_cut is not None:
        promise = _promise(profile.promise, figures.least_cut, figures.mean_cut)
    return early, promise


def _promise(steps: Steps, least: Decimal, mean: Decimal | None) -> Decimal:
    """Every item must reach the share; the mean climbs the steps."""
    return steps.points(least, mean)


def _data_deduction(profile: Profile, figures: MonthFigures) -> Decimal:
    rule = profile.data
    if rule is None or not figures.completed:
        return _ZERO
    share = percent(figures.incomplete, figures.completed)
    return min(share // rule.step * rule.points, rule.most)


def percent(part: int, whole: int) -> Decimal:
    """Give a share in percent; `whole` is not 0."""
    return Decimal(part) * 100 / Decimal(whole)
