"""A plan of inspections that come again (巡查计划): which windows, by whom, on which days."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import count
from typing import ClassVar

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.identifiers import HallId, PlanId, UserId, WindowId

HORIZON = timedelta(days=35)  # tasks are made so far ahead: five weeks of the calendar


class Rhythm(Enum):
    """How often a plan comes again."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"


class PlanState(Enum):
    """Whether tasks are still made."""

    RUNNING = "RUNNING"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """A plan; tasks are made of it by whoever planned it, as their days come near.

    Attributes:
        checklist: key of the checklist; each task takes the version that holds as it is made.
        starts_on: the first day; the others are counted from it.
    """

    ENTITY: ClassVar = "inspection_plan"

    id: PlanId
    hall_id: HallId
    title: str
    rhythm: Rhythm
    windows: tuple[WindowId, ...]
    inspectors: tuple[UserId, ...]
    checklist: str
    starts_on: date
    planned_by: UserId
    planned_at: datetime
    state: PlanState = PlanState.RUNNING
    ended_by: UserId | None = None
    end_reason: str = ""

    def days(self, first: date, last: date, calendar: WorkingCalendar) -> tuple[date, ...]:
        """Give the days of the plan in [first, last]; one that is no working day waits for one."""
        met = (calendar.next_working(day) for day in self._counted(last))
        return tuple(dict.fromkeys(day for day in met if first <= day <= last))

    def ended(self, by: UserId, reason: str) -> "InspectionPlan":
        """Let no more tasks be made."""
        return replace(self, state=PlanState.ENDED, ended_by=by, end_reason=reason)

    def _counted(self, last: date) -> Iterator[date]:
        for number in count():
            day = self._nth(number)
            if day > last:
                return
            yield day

    def _nth(self, number: int) -> date:
        match self.rhythm:
            case Rhythm.DAILY:
                return self.starts_on + timedelta(days=number)
            case Rhythm.WEEKLY:
                return self.starts_on + timedelta(weeks=number)
            case Rhythm.MONTHLY:
                return _months_later(self.starts_on, number)
            case Rhythm.QUARTERLY:
                return _months_later(self.starts_on, 3 * number)


def _months_later(day: date, months: int) -> date:
    """Give the same day of a later month, or its last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
