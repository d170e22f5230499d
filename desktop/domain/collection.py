"""Who must send what by when, what came, and what is still owed (F08)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import takewhile
from typing import ClassVar

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.identifiers import HallId, UnitId, UserId
from desktop.domain.periods import Month, Period, Span, period_of
from desktop.domain.rules.data import Batch


class Every(Enum):
    """How often something is sent."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"


_SPANS = {Every.MONTH: Span.MONTH, Every.QUARTER: Span.QUARTER}


@dataclass(frozen=True, slots=True)
class CollectionDuty:
    """What one unit sends for every period.

    Attributes:
        name: what it sends.
        due_wd: working days after the period's end by which it must be here.
        since: the first period is the one in which this day lies.
    """

    ENTITY: ClassVar = "collection_duty"

    id: str
    hall_id: HallId
    unit_id: UnitId
    name: str
    since: date
    every: Every = Every.MONTH
    due_wd: int = 5
    active: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came for one period.

    Attributes:
        starts_on: first day of the period.
        reported: cases in what was sent.
        counted: cases by queue tickets or receipts; None where nobody counted.
    """

    ENTITY: ClassVar = "collection_delivery"

    id: str
    hall_id: HallId
    duty_id: str
    starts_on: date
    received_on: date
    reported: int
    recorded_by: UserId
    recorded_at: datetime
    counted: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One duty for one period that is over, as it stands today.

    Attributes:
        provisional: the due day may still move.
        late_wd: working days over the due day, until it came or until today.
    """

    duty: CollectionDuty
    period: Period
    due: date
    provisional: bool
    delivery: Delivery | None
    late_wd: int

    @property
    def key(self) -> str:
        """What it is known by."""
        return f"{self.duty.id}/{self.period.first.isoformat()}"

    @property
    def lacking(self) -> int:
        """How many cases were counted elsewhere and not sent."""
        delivery = self.delivery
        if delivery is None or delivery.counted is None:
            return 0
        return max(delivery.counted - delivery.reported, 0)

    @property
    def wants_reminder(self) -> bool:
        """Whether something is owed: it did not come in time, or not whole."""
        return (self.delivery is None and self.late_wd > 0) or self.lacking > 0

    def batch(self, today: date) -> Batch:
        """Give it as the rules of data quality judge it."""
        delivery = self.delivery
        return Batch(
            batch_id=self.key,
            name=f"{self.duty.name} {self.period.first:%Y-%m}",
            unit_id=self.duty.unit_id,
            received=delivery.received_on if delivery else None,
            today=today,
            due=None if self.provisional else self.due,
            reported=delivery.reported if delivery else 0,
            elsewhere=delivery.counted if delivery else None,
        )


def standings(
    duties: Iterable[CollectionDuty],
    deliveries: Iterable[Delivery],
    today: date,
    calendar: WorkingCalendar,
) -> tuple[Standing, ...]:
    """Give every period of every active duty that is over, the newest first."""
    came = {
        (each.duty_id, each.starts_on): each
        for each in sorted(deliveries, key=lambda one: one.recorded_at)
    }
    found = [
        _standing(duty, period, came.get((duty.id, period.first)), today, calendar)
        for duty in duties
        if duty.active
        for period in _periods(duty, today)
    ]
    return tuple(sorted(found, key=lambda each: (each.period.first, each.key), reverse=True))


def silent_periods(newest_first: Iterable[Standing]) -> int:
    """Count the periods of one duty in a row, up to the newest, for which nothing has come."""
    came = (each.delivery is not None and each.delivery.reported > 0 for each in newest_first)
    return sum(1 for _ in takewhile(lambda some: not some, came))


def lacking_by_month(found: Iterable[Standing]) -> Mapping[tuple[UnitId, Month], int]:
    """Sum what units kept back, in the month in which each period ended."""
    sums: dict[tuple[UnitId, Month], int] = {}
    for each in found:
        key = each.duty.unit_id, each.period.months[-1]
        if each.lacking:
            sums[key] = sums.get(key, 0) + each.lacking
    return sums


def _periods(duty: CollectionDuty, today: date) -> Iterator[Period]:
    span = _SPANS[duty.every]
    period = period_of(span, duty.since)
    while period.last < today:
        yield period
        period = Period(span, period.start.later(span.value))


def _standing(
    duty: CollectionDuty,
    period: Period,
    delivery: Delivery | None,
    today: date,
    calendar: WorkingCalendar,
) -> Standing:
    due = calendar.after(period.last, duty.due_wd)
    end = delivery.received_on if delivery else today
    late = calendar.count(due.day, end) if end > due.day else 0
    return Standing(duty, period, due.day, due.provisional, delivery, late)
