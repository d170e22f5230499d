"""Chapters 一 and 二: how many cases ran, and how they kept their time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desktop.domain.approvals import CaseBundle, Channel, Decision
from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.clocks import Reading, Scene, read_clocks
from desktop.domain.identifiers import UnitId
from desktop.domain.items import ServiceItem
from desktop.domain.periods import Month, Period, Span, month_of
from desktop.domain.report.facts import Facts, MonthTotals
from desktop.domain.report.values import mean

SLOWEST = 10
BINS = 10  # of used/promised up to 100 %; what is over stands apart


@dataclass(frozen=True, slots=True)
class TimedCase:
    """A case completed in the period, with its promise as it was kept.

    Attributes:
        used: working days without valid stops; promised: the limit; both None without a promise.
        overdue: working days over the promise.
    """

    bundle: CaseBundle
    completed_on: date
    used: int | None
    promised: int | None
    overdue: int
    excluded: int

    @property
    def early(self) -> bool:
        """Whether it was done in less than was promised."""
        return self.used is not None and self.promised is not None and self.used < self.promised


@dataclass(frozen=True, slots=True)
class Totals:
    """The period's totals, and those of the periods compared with; None where unknown."""

    received: int
    accepted: int
    completed: int
    in_progress: int
    returned: int
    withdrawn: int
    before: MonthTotals | None
    year_ago: MonthTotals | None
    channels: Mapping[Channel, int]
    no_channel: int
    months: tuple[tuple[Month, MonthTotals | None], ...]


@dataclass(frozen=True, slots=True)
class UnitTimes:
    """One unit's times; `used` is the mean of working days."""

    unit_id: UnitId
    accepted: int
    completed: int
    on_time: int
    early: int
    overdue: int
    stopped: int
    extended: int
    used: Decimal | None


@dataclass(frozen=True, slots=True)
class SlowItem:
    """An item by how much of its promise it used."""

    item: ServiceItem
    completed: int
    used: Decimal
    promised: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Times:
    """How cases kept their time: by unit, the slowest items, and the share of the promise used.

    Attributes:
        bins: completed cases by tenth of the promise used; the last is over it.
    """

    units: tuple[UnitTimes, ...]
    slowest: tuple[SlowItem, ...]
    bins: tuple[int, ...]


def day_of(moment: datetime) -> date:
    """Give the hall's day of a moment."""
    return moment.astimezone(HALL_TIME).date()


def month_of_case(case: TimedCase) -> Month:
    """Give the month in which a case was completed."""
    return month_of(case.completed_on)


def reported_bundles(facts: Facts) -> tuple[CaseBundle, ...]:
    """Give the cases that count: those not excluded."""
    return tuple(b for b in facts.bundles if b.case.case_no not in facts.excluded)


def timed_cases(facts: Facts, period: Period, calendar: WorkingCalendar) -> tuple[TimedCase, ...]:
    """Time every case completed in the period."""
    scene = Scene(facts.cut_off, calendar)
    items = {item.code: item for item in facts.items}
    return tuple(
        _timed(bundle, items.get(bundle.case.item_code), scene, day_of(closed))
        for bundle in reported_bundles(facts)
        if (closed := bundle.case.completed_at) and period.has(day_of(closed))
    )


def totals(facts: Facts, period: Period) -> Totals:
    """Count the period's cases."""
    bundles = reported_bundles(facts)
    received = [b for b in bundles if _within(b.case.received_at, period)]
    closed = [b for b in bundles if _within(b.case.closed_at, period)]
    return Totals(
        received=len(received),
        accepted=sum(_within(b.case.accepted_at, period) for b in bundles),
        completed=sum(_within(b.case.completed_at, period) for b in bundles),
        in_progress=sum(_in_progress(b, period.last) for b in bundles),
        returned=sum(b.case.decision is Decision.RETURN for b in closed),
        withdrawn=sum(b.case.decision is Decision.WITHDRAW for b in closed),
        before=_of_period(facts, period.before),
        year_ago=_of_period(facts, period.year_ago),
        channels=Counter(b.case.channel for b in received if b.case.channel),
        no_channel=sum(b.case.channel is None for b in received),
        months=tuple(_last_months(facts, period, bundles)),
    )


def times(facts: Facts, period: Period, cases: Sequence[TimedCase]) -> Times:
    """Tell how units and items kept their time."""
    return Times(
        units=tuple(_unit_times(facts, period, unit.id, cases) for unit in facts.units),
        slowest=_slowest(facts.items, cases),
        bins=_bins(cases),
    )


def _timed(
    bundle: CaseBundle, item: ServiceItem | None, scene: Scene, completed_on: date
) -> TimedCase:
    reading: Reading | None = read_clocks(bundle, item, scene).promised
    if reading is None or reading.limit is None:
        return TimedCase(bundle, completed_on, None, None, reading.overdue if reading else 0, 0)
    promised = reading.limit.amount + reading.extended
    return TimedCase(
        bundle, completed_on, reading.used, promised, reading.overdue, reading.excluded
    )


def _within(moment: datetime | None, period: Period) -> bool:
    return moment is not None and period.has(day_of(moment))


def _in_progress(bundle: CaseBundle, on: date) -> bool:
    case = bundle.case
    begun = case.accepted_at is not None and day_of(case.accepted_at) <= on
    return begun and (case.closed_at is None or day_of(case.closed_at) > on)


def _of_period(facts: Facts, period: Period) -> MonthTotals | None:
    known = [facts.history.get(month) for month in period.months]
    if not known or any(totals is None for totals in known):
        return None
    sums = [t for t in known if t is not None]
    return MonthTotals(
        sum(t.received for t in sums),
        sum(t.accepted for t in sums),
        sum(t.completed for t in sums),
    )


def _last_months(
    facts: Facts, period: Period, bundles: Sequence[CaseBundle]
) -> Iterator[tuple[Month, MonthTotals | None]]:
    """Give twelve months that end with the period; those in it are counted."""
    last = period.months[-1]
    for back in range(11, -1, -1):
        month = last.later(-back)
        if month not in period.months:
            yield month, facts.history.get(month)
            continue
        inside = Period(Span.MONTH, month)
        yield (
            month,
            MonthTotals(
                sum(_within(b.case.received_at, inside) for b in bundles),
                sum(_within(b.case.accepted_at, inside) for b in bundles),
                sum(_within(b.case.completed_at, inside) for b in bundles),
            ),
        )


def _unit_times(
    facts: Facts, period: Period, unit_id: UnitId, cases: Sequence[TimedCase]
) -> UnitTimes:
    own = [case for case in cases if case.bundle.case.unit_id == unit_id]
    accepted = [
        b
        for b in reported_bundles(facts)
        if b.case.unit_id == unit_id and _within(b.case.accepted_at, period)
    ]
    overdue = sum(case.overdue > 0 for case in own)
    return UnitTimes(
        unit_id=unit_id,
        accepted=len(accepted),
        completed=len(own),
        on_time=len(own) - overdue,
        early=sum(case.early for case in own),
        overdue=overdue,
        stopped=sum(bool(b.stops) for b in accepted),
        extended=sum(bool(b.extensions) for b in accepted),
        used=mean([case.used for case in own if case.used is not None]),
    )


def _slowest(items: Sequence[ServiceItem], cases: Sequence[TimedCase]) -> tuple[SlowItem, ...]:
    rows = []
    for item in items:
        own = [c for c in cases if c.bundle.case.item_code == item.code and c.promised]
        used = mean([c.used for c in own if c.used is not None])
        if own and used is not None and own[0].promised:
            late = sum(c.overdue > 0 for c in own)
            rows.append(SlowItem(item, len(own), used, own[0].promised, late))
    rows.sort(key=lambda row: (-row.used / row.promised, row.item.code))
    return tuple(rows[:SLOWEST])


def _bins(cases: Sequence[TimedCase]) -> tuple[int, ...]:
    counts = [0] * (BINS + 1)
    for case in cases:
        if case.used is not None and case.promised:
            tenth = -(-case.used * BINS // case.promised)  # the bin that ends at or above
            counts[BINS if case.overdue else min(max(tenth - 1, 0), BINS - 1)] += 1
    return tuple(counts)
