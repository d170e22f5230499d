"""Working days: weekends, official days off, make-up days (调休上班) and a hall's own closures."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from hashlib import sha256
from itertools import accumulate
from typing import cast

from desktop.domain.errors import BadField, CalendarUnknown, MissingField
from desktop.domain.organisation import Session

HALL_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991

_DAY = timedelta(days=1)
_MOST_DAYS = 50_000  # moments
_MARGIN = timedelta(days=31)  # 元旦 may begin in the old year, as 2018-12-30 did


@dataclass(frozen=True, slots=True)
class Year:
    """One year as the State Council's notice orders it."""

    year: int
    notice: str
    off: frozenset[date]
    worked: frozenset[date]


class LocalKind(Enum):
    """What a local order does to a day of one hall."""

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    HALF = "HALF"


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day that a hall keeps otherwise than the country: regional holiday, typhoon, half day.

    Attributes:
        order_no: the document that ordered it.
        sessions: of a half day; it stays a working day and only its minutes change.
    """

    day: date
    kind: LocalKind
    order_no: str
    sessions: tuple[Session, ...] = ()

    def __post_init__(self) -> None:
        if not self.order_no:
            raise MissingField("local_day", "create", "order_no")
        if self.sessions and self.kind is not LocalKind.HALF:
            raise BadField("local_day", "sessions", self.kind.value)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day counted from another; provisional (暂定) when it touches a year without a notice."""

    day: date
    provisional: bool


class WorkingCalendar:
    """The years that are known; days of another year are counted by weekends and marked.

    Immutable: a new notice or a hall's order gives a new calendar with another `version`.
    Counting is two look-ups in a table of running sums, whatever the distance.
    """

    def __init__(
        self, years: Iterable[Year], local: Iterable[LocalDay] = (), zone: tzinfo = HALL_TIME
    ) -> None:
        self.zone = zone
        self._days: dict[datetime, date] = {}  # logs of days ask for the same ones
        self._years = {year.year: year for year in years}
        self._local = {day.day: day for day in local}
        self._special = self._special_days()
        self.version = _digest(self._years, self._local)
        spans = [
            date(year, month, day) for year in self._years for month, day in ((1, 1), (12, 31))
        ]
        days = [day.toordinal() for day in (*spans, *self._special)]
        self._base = min(days, default=1) - 1
        self._sums = list(self._running_sums(max(days, default=0)))

    def with_local(self, days: Iterable[LocalDay]) -> "WorkingCalendar":
        """Give the calendar of one hall: its own orders over the country's."""
        return WorkingCalendar(self._years.values(), (*self._local.values(), *days), self.zone)

    def with_year(self, year: Year) -> "WorkingCalendar":
        """Take a year's notice in, or its correction; deadlines of open cases may move."""
        return WorkingCalendar((*self._years.values(), year), self._local.values(), self.zone)

    def day(self, moment: datetime) -> date:
        """Give the day of a moment where the calendar holds."""
        if moment.tzinfo is self.zone:
            return moment.date()
        day = self._days.get(moment)
        if day is None:
            day = moment.astimezone(self.zone).date()
            if len(self._days) < _MOST_DAYS:
                self._days[moment] = day
        return day

    def knows(self, day: date) -> bool:
        """Tell whether the day's year has a notice."""
        return day.year in self._years

    @property
    def years(self) -> tuple[Year, ...]:
        """The years that have a notice, in order."""
        return tuple(year for _, year in sorted(self._years.items()))

    def year(self, number: int) -> Year | None:
        """Give what the notice of a year orders, None where there is none."""
        return self._years.get(number)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day.

        Raises:
            CalendarUnknown: its year has no notice.
        """
        if not self.knows(day):
            raise CalendarUnknown(day.year)
        return self.counts(day)

    def counts(self, day: date) -> bool:
        """Tell whether a day counts as worked; by weekends where the year has no notice."""
        worked = self._special.get(day)
        return day.weekday() < 5 if worked is None else worked

    def local(self, day: date) -> LocalDay | None:
        """Give the hall's own order for a day."""
        return self._local.get(day)

    def count(self, after: date, upto: date) -> int:
        """Count working days in (after, upto]; 0 when the end is not later (cnt of 4.4)."""
        start, end = after.toordinal(), upto.toordinal()
        if self._base <= start <= end < self._base + len(self._sums):
            return self._sums[end - self._base] - self._sums[start - self._base]
        return self._sum(end) - self._sum(start) if end > start else 0

    def after(self, start: date, working_days: int) -> Deadline:
        """Give the first day with so many working days after the start (add of 4.4).

        The day of the start is not counted (民法典 201).
        """
        day = start
        if working_days > 0:
            day = date.fromordinal(self._find(self._sum(start.toordinal()) + working_days))
        return Deadline(day, self.is_provisional(start, day))

    def before(self, end: date, working_days: int) -> date:
        """Give the last day from which so many working days pass up to the end."""
        if working_days <= 0:
            return end
        return date.fromordinal(self._find(self._sum(end.toordinal()) - working_days + 1) - 1)

    def next_working(self, day: date) -> date:
        """Give the day itself, or the next working day (民法典 203)."""
        return day if self.counts(day) else self.after(day, 1).day

    def is_provisional(self, after: date, upto: date) -> bool:
        """Tell whether a day of (after, upto] lies in a year without a notice."""
        first = (after + _DAY).year if upto > after else upto.year
        return any(year not in self._years for year in range(first, upto.year + 1))

    def _special_days(self) -> dict[date, bool]:
        special: dict[date, bool] = {}
        for year in self._years.values():
            special.update(dict.fromkeys(year.off, False))
        for year in self._years.values():
            special.update(dict.fromkeys(year.worked, True))
        for day, order in self._local.items():
            if order.kind is not LocalKind.HALF:
                special[day] = order.kind is LocalKind.OPEN
        return special

    def _running_sums(self, last: int) -> Iterator[int]:
        days = map(date.fromordinal, range(self._base + 1, last + 1))
        return accumulate(map(self.counts, days), initial=_weekdays(self._base))

    # `_sums[i]` is the number of working days from the year 1 up to the ordinal `_base + i`.

    def _sum(self, ordinal: int) -> int:
        index = ordinal - self._base
        if 0 <= index < len(self._sums):
            return self._sums[index]
        if index < 0:
            return _weekdays(ordinal)
        return self._sums[-1] + _weekdays(ordinal) - _weekdays(self._last)

    def _find(self, total: int) -> int:
        if total <= self._sums[0]:
            return _weekday_number(total)
        if total <= self._sums[-1]:
            return self._base + bisect_left(self._sums, total)
        return _weekday_number(total - self._sums[-1] + _weekdays(self._last))

    @property
    def _last(self) -> int:
        return self._base + len(self._sums) - 1


def read_calendar(files: Mapping[str, Mapping[str, object]]) -> WorkingCalendar:
    """Make the calendar of the parsed year files."""
    return WorkingCalendar(read_year(content) for content in files.values())


def read_year(content: Mapping[str, object]) -> Year:
    """Read one year file, as the office imports it when the notice is out.

    Raises:
        MissingField: no year, notice or days off.
        BadField: a date that is none, a span that ends before it begins, a day of another year,
            a make-up day that is no weekend day or is also off.
    """
    year, notice = content.get("year"), content.get("notice")
    if not isinstance(year, int):
        raise BadField("calendar", "year", year)
    if not isinstance(notice, str) or not notice:
        raise MissingField("calendar", "import", "notice")
    spans = content.get("off")
    if not isinstance(spans, list) or not spans:
        raise MissingField("calendar", "import", "off")
    off = frozenset(day for span in spans for day in _days(span))
    worked = frozenset(day for span in spans for day in _dates(span.get("work", ()), "work"))
    for day in sorted(off | worked):
        if not date(year, 1, 1) - _MARGIN <= day <= date(year, 12, 31) + _MARGIN:
            raise BadField("calendar", "off", day)
    for day in sorted(worked):
        if day.weekday() < 5 or day in off:
            raise BadField("calendar", "work", day)
    return Year(year, notice, off, worked)


def _days(span: object) -> Iterator[date]:
    if not isinstance(span, Mapping):
        raise BadField("calendar", "off", span)
    day, last = _dates((span.get("from"), span.get("to")), "off")
    if last < day:
        raise BadField("calendar", "off", last)
    while day <= last:
        yield day
        day += _DAY


def _dates(values: object, field: str) -> tuple[date, ...]:
    listed = cast(Sequence[object], values if isinstance(values, list | tuple) else (values,))
    for value in listed:
        if type(value) is not date:
            raise BadField("calendar", field, value)
    return cast(tuple[date, ...], tuple(listed))


def _digest(years: Mapping[int, Year], local: Mapping[date, LocalDay]) -> str:
    """Name the content, so that a paper can say which calendar it was counted by."""
    known = [(y.year, y.notice, sorted(y.off), sorted(y.worked)) for _, y in sorted(years.items())]
    orders = [(d.day, d.kind.value, d.order_no, d.sessions) for _, d in sorted(local.items())]
    return sha256(repr((known, orders)).encode()).hexdigest()[:16]


def _weekdays(ordinal: int) -> int:
    """Mondays to Fridays of the days 1 to ordinal; day 1 was a Monday."""
    weeks, rest = divmod(ordinal, 7)
    return 5 * weeks + min(rest, 5)


def _weekday_number(total: int) -> int:
    """The ordinal of the n-th Monday-to-Friday day."""
    weeks, rest = divmod(total - 1, 5)
    return 7 * weeks + rest + 1
