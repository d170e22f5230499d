"""The days that a hall keeps: years taken in, and its own orders over the country's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop.domain.calendar import LocalDay, WorkingCalendar, Year
from desktop.domain.identifiers import HallId, UserId


@dataclass(frozen=True, slots=True)
class HallCalendar:
    """What a hall has taken in, whole; it never changes, a later one takes its place.

    Attributes:
        years: beside those that the program brings, or in place of them.
        reason: the notice or the order that made it.
    """

    ENTITY: ClassVar = "hall_calendar"

    id: str
    hall_id: HallId
    reason: str
    set_by: UserId
    set_at: datetime
    years: tuple[Year, ...] = ()
    local: tuple[LocalDay, ...] = ()

    def over(self, calendar: WorkingCalendar) -> WorkingCalendar:
        """Give the working days of this hall: its years and orders over the country's."""
        return WorkingCalendar((*calendar.years, *self.years), self.local, calendar.zone)


def calendar_in_force(kept: Iterable[HallCalendar]) -> HallCalendar | None:
    """Give the newest of a hall's calendars, None where it goes by the country's."""
    return max(kept, key=lambda each: (each.set_at, each.id), default=None)
