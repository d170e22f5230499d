"""What a limit means in days: the table of legal limits, due dates and what has passed."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import cast

from desktop.domain.calendar import Deadline, WorkingCalendar
from desktop.domain.items import Limit, LimitUnit
from desktop.domain.sessions import OpeningHours


class Measure(Enum):
    """What a legal number counts; not every limit of the table is a length of time."""

    WORKING_DAY = "WORKING_DAY"
    CALENDAR_DAY = "CALENDAR_DAY"
    MONTH = "MONTH"
    HOUR = "HOUR"
    PERCENT = "PERCENT"
    COUNT = "COUNT"
    RULE = "RULE"


@dataclass(frozen=True, slots=True)
class LegalLimit:
    """One number of the table of legal limits (section 4.3).

    Attributes:
        code: LL-01 to LL-32 with a letter where one row holds several numbers, as LL-06b.
        amount: None where the row states a rule without a number.
        at_least: the number is a minimum, as a time of publicity.
        extension: how much longer it may become, in the same measure.
        basis: article and mark, as "[S:XKF 42]".
    """

    code: str
    measure: Measure
    amount: int | None
    name: Mapping[str, str]
    basis: str
    at_least: bool = False
    extension: int = 0
    extension_by: str = ""

    def limit(self) -> Limit:
        """Give it as a length of time; a KeyError would be our own mistake."""
        return Limit(cast(int, self.amount), LimitUnit[self.measure.name])


def read_limits(content: Mapping[str, object]) -> Mapping[str, LegalLimit]:
    """Read the table of legal limits by code."""
    rows = cast(Sequence[Mapping[str, object]], content["limit"])
    return {row.code: row for row in map(_legal_limit, rows)}


_LENGTHS = frozenset({Measure.WORKING_DAY, Measure.CALENDAR_DAY, Measure.MONTH, Measure.HOUR})


def named_limits(table: Mapping[str, LegalLimit]) -> Mapping[str, Limit]:
    """Give the limits of the table that are a length of time, by code."""
    return {row.code: row.limit() for row in table.values() if row.measure in _LENGTHS}


def due_day(start: date, limit: Limit, calendar: WorkingCalendar) -> Deadline:
    """Give the due date of a limit in days or months; it ends at 24:00 of that day.

    The unit belongs to the law (section 4.2). The start is not counted (民法典 201); calendar
    days and months that end on a day off move to the next working day (民法典 203).
    """
    if limit.unit is LimitUnit.WORKING_DAY:
        return calendar.after(start, limit.amount)
    if limit.unit is LimitUnit.MONTH:
        moved = calendar.next_working(_add_months(start, limit.amount))
    else:
        moved = calendar.next_working(start + timedelta(days=limit.amount))
    return Deadline(moved, calendar.is_provisional(start, moved))


def due_moment(start: datetime, limit: Limit, opening: OpeningHours) -> datetime:
    """Give the moment at which a limit in hours or in working minutes runs out."""
    if limit.unit is LimitUnit.WORKING_MINUTE:
        return opening.after(start, limit.amount)
    return start + timedelta(hours=limit.amount)


def passed(unit: LimitUnit, after: date, upto: date, calendar: WorkingCalendar) -> int:
    """Count what passed in (after, upto]: working days, or days where the law counts days."""
    if unit is LimitUnit.WORKING_DAY:
        return calendar.count(after, upto)
    return max((upto - after).days, 0)


def _add_months(start: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _legal_limit(row: Mapping[str, object]) -> LegalLimit:
    amount = row.get("amount")
    return LegalLimit(
        code=str(row["code"]),
        measure=Measure(row["measure"]),
        amount=cast(int, amount) if amount is not None else None,
        name={language: str(row[language]) for language in ("zh", "en")},
        basis=str(row["basis"]),
        at_least=bool(row.get("at_least", False)),
        extension=cast(int, row.get("extension", 0)),
        extension_by=str(row.get("extension_by", "")),
    )
