"""Rules over many cases at once: handed in twice, split, shifted, out of line with the peers."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import attrgetter, itemgetter
from statistics import fmean, median, pstdev
from typing import NamedTuple, TypeVar

from desktop.domain.approvals import Decision, Fee
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import CaseFile, Facts, Hit, Subject, Values

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class CaseLine(NamedTuple):
    """What the rules over many cases keep of one, so that the cases themselves can go."""

    case_no: str
    unit_id: str
    item_code: str
    applicant: str
    project: str
    agency: str
    previous: str
    received_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None
    decision: Decision | None
    used_wd: int | None
    stopped: bool
    fees: tuple[Fee, ...]


class Found(NamedTuple):
    """A hit on a subject that only the crowd shows."""

    subject: Subject
    subject_id: str
    hit: Hit


Crowd = Sequence[CaseLine]


class CrowdRule(NamedTuple):
    """A rule over many cases, and the inputs without which it says nothing."""

    rule_id: str
    judge: Callable[[Crowd, Values, WorkingCalendar], Iterable[Found]]
    needs: frozenset[Input]


def line_of(file: CaseFile) -> CaseLine:
    """Keep of a case what the crowd needs."""
    case, clock = file.case, file.clocks.promised or file.clocks.statutory
    return CaseLine(
        case.case_no, case.unit_id, case.item_code, case.applicant_hash, case.project_code,
        case.agency, case.previous_case_no, case.received_at, case.accepted_at, case.closed_at,
        case.decision, clock.used if clock else None, bool(file.stops), tuple(file.fees),
    )  # fmt: skip


def accepted_twice(crowd: Crowd, values: Values, calendar: WorkingCalendar) -> Iterator[Found]:
    """R-CASE-05: the same matter accepted twice while the first was open or had been granted."""
    for lines in _by(crowd, lambda line: (line.applicant, line.item_code, line.project)).values():
        taken = sorted(
            (line for line in lines if line.applicant and line.accepted_at), key=_accepted
        )
        for first, second in pairwise(taken):
            days = (calendar.day(_accepted(second)) - calendar.day(_accepted(first))).days
            closed = first.closed_at is not None and first.closed_at < _accepted(second)
            lapsed = closed and first.decision is not Decision.GRANT
            if days <= values["dup_days"] and not lapsed:
                facts = {"first": first.case_no, "days": days}
                yield _on_case(second, facts, 1 if not closed else 0)


def split(crowd: Crowd, values: Values, calendar: WorkingCalendar) -> Iterator[Found]:
    """R-CASE-06: one applicant, one item, one day, many cases."""
    taken = [line for line in crowd if line.applicant and line.accepted_at]
    groups = _by(taken, lambda x: (x.applicant, x.item_code, calendar.day(_accepted(x))))
    for lines in groups.values():
        if len(lines) >= values["cases"]:
            facts = {"cases": len(lines), "day": calendar.day(_accepted(lines[0]))}
            yield _on_case(lines[0], {**facts, "numbers": [line.case_no for line in lines]})


def returned_often(crowd: Crowd, values: Values, _: WorkingCalendar) -> Iterator[Found]:
    """R-CASE-07: a unit returns far more of its cases than its peers do."""
    counts = {
        unit: (sum(line.decision is Decision.RETURN for line in lines), len(lines))
        for unit, lines in _by(crowd, lambda line: line.unit_id).items()
    }
    yield from outliers(counts, values)


def returned_then_granted(
    crowd: Crowd, values: Values, calendar: WorkingCalendar
) -> Iterator[Found]:
    """R-CASE-08: returned, handed in anew and granted at once: a trick to reset the clock."""
    returned = [line for line in crowd if line.decision is Decision.RETURN and line.closed_at]
    by_number = {line.case_no: line for line in returned}
    by_matter = _by(returned, lambda line: (line.applicant, line.item_code))
    for line in crowd:
        if line.decision is not Decision.GRANT or not line.closed_at or not line.accepted_at:
            continue
        linked = by_number.get(line.previous)
        same = by_matter.get((line.applicant, line.item_code), []) if line.applicant else []
        before = [
            each for each in ([linked] if linked else same) if _closed(each) <= line.accepted_at
        ]
        days = calendar.count(calendar.day(line.accepted_at), calendar.day(line.closed_at))
        if before and days <= values["within_wd"]:
            first = max(before, key=_closed)
            facts = {"first": first.case_no, "returned": first.closed_at, "days": days}
            yield _on_case(line, facts)


def suspiciously_fast_for_one(crowd: Crowd, values: Values, _: WorkingCalendar) -> Iterator[Found]:
    """R-CASE-13: one applicant is served far faster than the item's cases are, again and again."""
    timed = [line for line in crowd if line.used_wd is not None and line.closed_at]
    for item, lines in _by(timed, lambda line: line.item_code).items():
        used = [line.used_wd or 0 for line in lines]
        middle, spread = median(used), pstdev(used)
        fast = [
            line
            for line in lines
            if line.applicant and (line.used_wd or 0) - middle < -values["sigmas"] * spread
        ]
        for applicant, own in _by(fast, lambda line: line.applicant).items():
            if spread and len(own) >= values["times"]:
                facts = {"item": item, "times": len(own), "median": middle}
                hit = Hit(facts, part=f"{item}/{applicant}", unit=own[-1].unit_id)
                yield Found(Subject.CASE, own[-1].case_no, hit)


def one_agency(crowd: Crowd, values: Values, _: WorkingCalendar) -> Iterator[Found]:
    """R-CASE-16: nearly all cases of an item come by the same intermediary (指定中介)."""
    aided = [line for line in crowd if line.agency]
    for item, lines in _by(aided, lambda line: line.item_code).items():
        agency, own = max(_by(lines, lambda x: x.agency).items(), key=lambda pair: len(pair[1]))
        share = len(own) / len(lines)
        if len(lines) >= values["least_cases"] and share * 100 > values["percent"]:
            facts = {"item": item, "agency": agency, "share": share, "cases": len(lines)}
            yield Found(Subject.ITEM, item, Hit(facts, unit=own[0].unit_id))


def stopped_often(crowd: Crowd, values: Values, _: WorkingCalendar) -> Iterator[Found]:
    """R-STP-07: a unit stops far more of its cases than its peers do."""
    counts = {
        unit: (sum(line.stopped for line in lines), len(lines))
        for unit, lines in _by(crowd, lambda line: line.unit_id).items()
    }
    yield from outliers(counts, values)


def outliers(counts: Mapping[str, tuple[int, int]], values: Values) -> Iterator[Found]:
    """Give the units whose share lies over mean + n sigma of their peers' shares.

    A unit is no peer of itself, or a large one would hide behind its own weight.

    Args:
        counts: by unit, how many of how many; units with few cases are left out.
    """
    shares = {
        unit: part / whole
        for unit, (part, whole) in counts.items()
        if whole >= values["least_cases"]
    }
    for unit, share in shares.items():
        peers = [other for name, other in shares.items() if name != unit]
        if len(peers) < values["least_peers"]:
            continue
        mean, bound = fmean(peers), fmean(peers) + values["sigmas"] * pstdev(peers)
        if share > bound:
            facts = {"share": share, "mean": mean, "bound": bound, "cases": counts[unit][1]}
            yield Found(Subject.UNIT, unit, Hit(facts, unit=unit))


def far_from_the_tier(crowd: Crowd, values: Values, _: WorkingCalendar) -> Iterator[Found]:
    """R-FEE-04: a fee far from the median of its tier (收费自由裁量)."""
    for (item, tier, _quantity), charges in _charges(crowd).items():
        middle = median(fee.charged for _line, fee in charges)
        if len(charges) < values["least_cases"] or not middle:
            continue
        for line, fee in charges:
            share = abs(fee.charged - middle) / middle
            if share * 100 > values["percent"]:
                facts = {"item": item, "charged": fee.charged, "median": middle, "share": share}
                yield _on_case(line, facts, part=tier)


def unequal_fees(crowd: Crowd, values: Values, _: WorkingCalendar) -> Iterator[Found]:
    """R-FEE-05: the same thing cost two applicants different fees within days (同案不同费)."""
    for (item, tier, _quantity), charges in _charges(crowd).items():
        dated = sorted(((_accepted(x), x, fee) for x, fee in charges if x.accepted_at), key=_first)
        for (before, first, one), (after, second, two) in pairwise(dated):
            near = after - before <= timedelta(days=values["days"])
            low, high = sorted((one.charged, two.charged))
            if near and high and (high - low) * 100 > values["percent"] * high:
                facts = {"item": item, "first": first.case_no, "charged": two.charged}
                yield _on_case(second, {**facts, "other": one.charged}, part=tier)


class Warned(NamedTuple):
    """A warning (预警) that went to a unit, and whether it answered."""

    unit_id: str
    case_no: str
    at: datetime
    answered: bool


def warned_in_a_row(warnings: Iterable[Warned], values: Values) -> Iterator[Found]:
    """R-TIM-17: so many warnings one after the other that a unit let pass unanswered."""
    for unit, own in _by(sorted(warnings, key=_time_of), lambda each: each.unit_id).items():
        row: list[Warned] = []
        for warning in own:
            row = [] if warning.answered else [*row, warning]
            if len(row) == values["row"]:
                facts = {"row": len(row), "numbers": [each.case_no for each in row]}
                yield Found(Subject.UNIT, unit, Hit(facts, part=row[-1].case_no, unit=unit))
                row = []


def _by(lines: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return dict(groups)


def _charges(crowd: Crowd) -> dict[tuple[str, str, int], list[tuple[CaseLine, Fee]]]:
    charged = [(line, fee) for line in crowd for fee in line.fees if fee.charged]
    return _by(charged, lambda pair: (pair[0].item_code, pair[1].tier, pair[1].quantity))


def _on_case(line: CaseLine, facts: Facts, level: int | None = None, part: str = "") -> Found:
    return Found(Subject.CASE, line.case_no, Hit(facts, level, part, line.unit_id))


def _accepted(line: CaseLine) -> datetime:
    return line.accepted_at or _NEVER


def _closed(line: CaseLine) -> datetime:
    return line.closed_at or _NEVER


_NEVER = datetime.max.replace(tzinfo=UTC)
_first = itemgetter(0)
_time_of = attrgetter("at")

_APPLIED = frozenset({Input.APPLICANT, Input.ITEM_CODE, Input.ACCEPTED})

CROWD_RULES = (
    CrowdRule("R-CASE-05", accepted_twice, _APPLIED),
    CrowdRule("R-CASE-06", split, _APPLIED),
    CrowdRule("R-CASE-07", returned_often, frozenset({Input.UNIT, Input.DECISION})),
    CrowdRule("R-CASE-08", returned_then_granted, frozenset({Input.DECISION, Input.ACCEPTED})),
    CrowdRule("R-CASE-13", suspiciously_fast_for_one, _APPLIED | {Input.PROMISED}),
    CrowdRule("R-CASE-16", one_agency, frozenset({Input.AGENCY, Input.ITEM_CODE})),
    CrowdRule("R-STP-07", stopped_often, frozenset({Input.UNIT, Input.STOPS})),
    CrowdRule("R-FEE-04", far_from_the_tier, frozenset({Input.FEES, Input.ITEM_CODE})),
    CrowdRule("R-FEE-05", unequal_fees, frozenset({Input.FEES, Input.ITEM_CODE, Input.ACCEPTED})),
)
