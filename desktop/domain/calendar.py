"""Working days: weekends, official days off and the weekend days worked instead (调休上班)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from desktop.domain.errors import CalendarUnknown

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """One year as the State Council's notice orders it."""

    year: int
    notice: str
    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day counted from another; provisional (暂定) when it touches a year without a notice."""

    day: date
    provisional: bool


class WorkingCalendar:
    """The years that are known; days of another year are counted by weekends and marked."""

    def __init__(self, years: Iterable[Year]) -> None:
        self._years = {year.year: year for year in years}

    def knows(self, day: date) -> bool:
        """Tell whether the day's year has a notice."""
        return day.year in self._years

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day.

        Raises:
            CalendarUnknown: its year has no notice.
        """
        if not self.knows(day):
            raise CalendarUnknown(day.year)
        return self._works(day)

    def after(self, start: date, working_days: int) -> Deadline:
        """Count working days; the day of the start is not counted (民法典 201)."""
        day, left, provisional = start, working_days, False
        while left > 0:
            day += _DAY
            provisional = provisional or not self.knows(day)
            left -= self._works(day)
        return Deadline(day, provisional)

    def _works(self, day: date) -> bool:
        year = self._years.get(day.year)
        if year and day in year.worked:
            return True
        return day.weekday() < 5 and not (year and day in year.off)


def read_calendar(files: Mapping[str, Mapping[str, object]]) -> WorkingCalendar:
    """Make the calendar of the parsed year files."""
    return WorkingCalendar(_year(content) for content in files.values())


def _year(content: Mapping[str, object]) -> Year:
    spans = cast(Sequence[Mapping[str, object]], content["off"])
    off = (day for span in spans for day in _days(span))
    worked = (day for span in spans for day in cast(Sequence[date], span.get("work", ())))
    return Year(
        cast(int, content["year"]), str(content["notice"]), frozenset(off), frozenset(worked)
    )


def _days(span: Mapping[str, object]) -> Iterator[date]:
    day, last = cast(date, span["from"]), cast(date, span["to"])
    while day <= last:
        yield day
        day += _DAY
