"""Chapters 六 to 九: fees, complaints and ratings, lists, joint cases and projects."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.approvals import Fee, Rating
from desktop.domain.identifiers import UnitId
from desktop.domain.periods import Period
from desktop.domain.report.facts import (
    Facts,
    GapLine,
    JointLine,
    MeasureLine,
    Outcome,
    ProjectLine,
)
from desktop.domain.report.running import day_of, reported_bundles
from desktop.domain.report.values import Share

SATISFIED_FROM = 4  # of five levels
BAD_UPTO = 2


@dataclass(frozen=True, slots=True)
class UnitFees:
    """One unit's fees in fen; without a standard, what was charged is what should be."""

    unit_id: UnitId
    cases: int
    should: int
    charged: int
    waived: int
    anomalies: int


@dataclass(frozen=True, slots=True)
class UnitVoice:
    """Complaints against one unit, and how it was rated; default ratings do not count."""

    unit_id: UnitId
    complaints: int
    in_time: int
    grades: tuple[int, int, int]
    ratings: int
    satisfied: int
    bad: int
    rectified: int
    real_name_bad: int
    called_back: int

    @property
    def satisfaction(self) -> Share:
        """满意率."""
        return Share(self.satisfied, self.ratings)


@dataclass(frozen=True, slots=True)
class Rest:
    """The lines that are printed as they are."""

    gaps: tuple[GapLine, ...]
    joints: tuple[JointLine, ...]
    projects: tuple[ProjectLine, ...]
    measures: tuple[MeasureLine, ...]


def fees(facts: Facts, period: Period) -> tuple[UnitFees, ...]:
    """Sum the fees of cases accepted in the period, for units that take any."""
    rows = []
    for unit in facts.units:
        own = [
            fee
            for bundle in reported_bundles(facts)
            if bundle.case.unit_id == unit.id
            and bundle.case.accepted_at
            and period.has(day_of(bundle.case.accepted_at))
            for fee in bundle.fees
        ]
        if own:
            rows.append(_unit_fees(facts, period, unit.id, own))
    return tuple(rows)


def voices(facts: Facts, period: Period) -> tuple[UnitVoice, ...]:
    """Count complaints and ratings by unit."""
    ratings: dict[UnitId, list[Rating]] = {unit.id: [] for unit in facts.units}
    for bundle in reported_bundles(facts):
        for rating in bundle.ratings:
            if period.has(day_of(rating.at)) and bundle.case.unit_id in ratings:
                ratings[bundle.case.unit_id].append(rating)
    return tuple(_unit_voice(facts, period, unit, rated) for unit, rated in ratings.items())


def rest(facts: Facts, period: Period) -> Rest:
    """Take the lines of the period."""
    return Rest(
        tuple(line for line in facts.gaps if period.has(line.on)),
        tuple(line for line in facts.joints if period.has(line.sent_on)),
        tuple(line for line in facts.projects if period.has(line.on)),
        tuple(line for line in facts.measures if period.has(line.on)),
    )


def _unit_fees(facts: Facts, period: Period, unit_id: UnitId, own: Sequence[Fee]) -> UnitFees:
    return UnitFees(
        unit_id=unit_id,
        cases=len(own),
        should=sum(fee.should if fee.should is not None else fee.charged for fee in own),
        charged=sum(fee.charged for fee in own),
        waived=sum(fee.waived for fee in own),
        anomalies=sum(
            line.rule_id.startswith("R-FEE-")
            and line.outcome is Outcome.CONFIRMED
            and line.unit_id == unit_id
            and period.has(line.on)
            for line in facts.findings
        ),
    )


def _unit_voice(
    facts: Facts, period: Period, unit_id: UnitId, rated: Sequence[Rating]
) -> UnitVoice:
    own = [c for c in facts.complaints if c.unit_id == unit_id and period.has(c.received_on)]
    bad = [rating for rating in rated if rating.level <= BAD_UPTO]
    named = [rating for rating in bad if rating.real_name]
    return UnitVoice(
        unit_id=unit_id,
        complaints=len(own),
        in_time=sum(c.grade == 0 for c in own),
        grades=(
            sum(c.grade == 1 for c in own),
            sum(c.grade == 2 for c in own),
            sum(c.grade == 3 for c in own),
        ),
        ratings=len(rated),
        satisfied=sum(rating.level >= SATISFIED_FROM for rating in rated),
        bad=len(bad),
        rectified=sum(rating.rectified_at is not None for rating in bad),
        real_name_bad=len(named),
        called_back=sum(rating.callback_at is not None for rating in named),
    )
