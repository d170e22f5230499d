"""Opening hours of a hall, and the minutes that are worked within them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from desktop.domain.calendar import LocalKind, WorkingCalendar
from desktop.domain.errors import BadField
from desktop.domain.organisation import Hall, Session, SessionPlan

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_LAST_SECOND = time(23, 59, 59)  # stands for midnight, which no time of the day can name
_LONGEST_SEARCH = 3660  # days; a limit in minutes never reaches over ten years


class OpeningHours:
    """When a hall works: the last plan that holds on a day wins, a half day's order before it."""

    def __init__(
        self, calendar: WorkingCalendar, plans: Sequence[SessionPlan], *, daily: bool = False
    ) -> None:
        """Take the plans; `daily` works whatever the calendar says."""
        self.calendar = calendar
        self._daily = daily
        self._plans = tuple(reversed(plans))

    def sessions(self, day: date) -> tuple[Session, ...]:
        """Give the sessions of a day, none when nobody works."""
        if not self._daily and not self.calendar.counts(day):
            return ()
        order = self.calendar.local(day)
        if order and order.kind is LocalKind.HALF:
            return order.sessions
        return next((plan.sessions for plan in self._plans if plan.holds(day)), ())

    def minutes(self, start: datetime, end: datetime) -> int:
        """Count whole working minutes; before opening counts as opening, lunch counts nothing."""
        first, last = start.astimezone(self.calendar.zone), end.astimezone(self.calendar.zone)
        worked = timedelta()
        day = first.date()
        while day <= last.date():
            for opens, closes in self.spans(day):
                worked += max(min(closes, last) - max(opens, first), timedelta())
            day += _DAY
        return worked // _MINUTE

    def after(self, start: datetime, minutes: int) -> datetime:
        """Give the moment at which so many working minutes have passed.

        Raises:
            BadField: the plans hold no working time.
        """
        left, first = timedelta(minutes=minutes), start.astimezone(self.calendar.zone)
        for days in range(_LONGEST_SEARCH):
            for opens, closes in self.spans(first.date() + days * _DAY):
                begins = max(opens, first)
                if closes - begins >= left and closes > begins:
                    return begins + left
                left -= max(closes - begins, timedelta())
        raise BadField("hall", "sessions", ())

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the hall works at a moment."""
        spans = self.spans(self.calendar.day(moment))
        return any(opens <= moment < closes for opens, closes in spans)

    def closed(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Give the stretches of a day in which nobody works: lunch, night, or all of it."""
        begins, midnight = self._midnight(day), self._midnight(day + _DAY)
        for opens, closes in self.spans(day):
            if opens > begins:
                yield begins, opens
            begins = closes
        if begins < midnight:
            yield begins, midnight

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Give the stretches of a day in which the hall works."""
        for session in self.sessions(day):
            opens = datetime.combine(day, session.start, self.calendar.zone)
            if session.end >= _LAST_SECOND:
                yield opens, self._midnight(day + _DAY)
            else:
                yield opens, datetime.combine(day, session.end, self.calendar.zone)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.calendar.zone)


def hours_of(hall: Hall, calendar: WorkingCalendar) -> OpeningHours:
    """Give a hall's hours; the demonstration plays on holidays too."""
    plans = [SessionPlan(hall.sessions), *hall.plans]
    return OpeningHours(calendar, plans, daily=hall.demonstration)
