"""Months, quarters, half-years and years: the stretches that reports and scores are made for."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.later(1).first - timedelta(days=1)

    def later(self, months: int) -> "Month":
        """Give the month some months later (earlier when negative)."""
        years, rest = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, rest + 1)


def month_of(day: date) -> Month:
    """Give the month of a day."""
    return Month(day.year, day.month)


class Span(Enum):
    """How many months a period has."""

    MONTH = 1
    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A period of whole months; `start` is the first of them."""

    span: Span
    start: Month

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months, first to last."""
        return tuple(self.start.later(n) for n in range(self.span.value))

    @property
    def first(self) -> date:
        """Its first day."""
        return self.start.first

    @property
    def last(self) -> date:
        """Its last day."""
        return self.months[-1].last

    @property
    def before(self) -> "Period":
        """The period just before it (环比)."""
        return Period(self.span, self.start.later(-self.span.value))

    @property
    def year_ago(self) -> "Period":
        """The same period a year ago (同比)."""
        return Period(self.span, self.start.later(-12))

    def has(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day <= self.last


def period_of(span: Span, day: date) -> Period:
    """Give the period of this span in which a day lies; spans begin with the year."""
    first = (day.month - 1) // span.value * span.value + 1
    return Period(span, Month(day.year, first))
