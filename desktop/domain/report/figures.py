"""All figures of a report, computed once from its facts."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.identifiers import UnitId
from desktop.domain.periods import Month, Period
from desktop.domain.report import presence as on_post
from desktop.domain.report import running, troubles
from desktop.domain.report import voices as heard
from desktop.domain.report.facts import Facts
from desktop.domain.report.hours import WindowHour, window_hours
from desktop.domain.report.running import TimedCase, Times, Totals
from desktop.domain.report.values import Share
from desktop.domain.scoring.profile import Profile
from desktop.domain.scoring.score import MonthFigures, UnitScore, ranking, score_month
from desktop.domain.scoring.terms import TermScore, score_term


@dataclass(frozen=True, slots=True)
class UnitRank:
    """A unit's score of the period, its months, and its rank; None where it is not ranked."""

    term: TermScore
    rank: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report says, before any word of it."""

    facts: Facts
    period: Period
    profile: Profile
    calendar: WorkingCalendar
    complete: Share
    totals: Totals
    times: Times
    findings: troubles.Findings
    cards: troubles.Cards
    open: tuple[troubles.OpenRectifications, ...]
    presence: on_post.Presence
    hours: tuple[WindowHour, ...]
    fees: tuple[heard.UnitFees, ...]
    voices: tuple[heard.UnitVoice, ...]
    rest: heard.Rest
    ranks: tuple[UnitRank, ...]


def figures_of(
    facts: Facts, period: Period, *, profile: Profile, calendar: WorkingCalendar
) -> Figures:
    """Compute everything that a report of a period says."""
    cases = running.timed_cases(facts, period, calendar)
    incomplete = sum(_is_incomplete(case) for case in cases)
    return Figures(
        facts=facts,
        period=period,
        profile=profile,
        calendar=calendar,
        complete=Share(len(cases) - incomplete, len(cases)),
        totals=running.totals(facts, period),
        times=running.times(facts, period, cases),
        findings=troubles.findings(facts, period),
        cards=troubles.cards(facts, period),
        open=troubles.open_rectifications(facts, running.day_of(facts.cut_off), calendar),
        presence=on_post.presence(facts, period),
        hours=window_hours(facts.spans, period),
        fees=heard.fees(facts, period),
        voices=heard.voices(facts, period),
        rest=heard.rest(facts, period),
        ranks=_ranks(facts, period, profile, cases),
    )


def _ranks(
    facts: Facts, period: Period, profile: Profile, cases: tuple[TimedCase, ...]
) -> tuple[UnitRank, ...]:
    scores = [
        _score(facts, profile, unit.id, month, cases)
        for unit in facts.units
        for month in period.months
    ]
    terms = [score_term(profile, period, unit.id, scores) for unit in facts.units]
    totals = {t.unit_id: (t.total, t.completed) for t in terms if t.total is not None}
    ranks = ranking(totals)
    ordered = sorted(
        terms,
        key=lambda t: (
            ranks.get(t.unit_id) is None,
            t.total is None,
            -(t.total or Decimal(0)),
            t.unit_id,
        ),
    )
    return tuple(UnitRank(term, ranks.get(term.unit_id)) for term in ordered)


def _score(
    facts: Facts, profile: Profile, unit_id: UnitId, month: Month, cases: tuple[TimedCase, ...]
) -> UnitScore:
    own = [
        case
        for case in cases
        if case.bundle.case.unit_id == unit_id and running.month_of_case(case) == month
    ]
    cuts = _promise_cuts(facts, unit_id)
    figures = MonthFigures(
        unit_id=unit_id,
        month=month,
        completed=len(own),
        early=sum(case.early for case in own),
        incomplete=sum(_is_incomplete(case) for case in own)
        + facts.lacking.get((unit_id, month), 0),
        least_cut=min(cuts, default=None),
        mean_cut=sum(cuts, Decimal(0)) / len(cuts) if cuts else None,
        coefficient=facts.coefficients.get(unit_id, Decimal(1)),
    )
    return score_month(profile, figures, facts.entries)


def _promise_cuts(facts: Facts, unit_id: UnitId) -> list[Decimal]:
    """Say by how many percent a unit's promises are shorter than the law."""
    return [
        Decimal(100) - Decimal(item.promised_limit.amount) * 100 / item.statutory_limit.amount
        for item in facts.items
        if item.unit_id == unit_id
        and item.promised_limit
        and item.statutory_limit
        and item.statutory_limit.amount
    ]


def _is_incomplete(case: TimedCase) -> bool:
    """Tell whether something that every completed case must have is missing (R-DAT-01)."""
    row = case.bundle.case
    musts = (row.item_code, row.unit_id, row.window_id, row.received_at, row.accepted_at)
    return not all((*musts, row.decision, row.decision_doc_no, row.acceptance_doc_no))
