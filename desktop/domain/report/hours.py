"""What share of each hour a window was serving, ready, idle, empty, paused or unknown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from desktop.domain.calendar import HALL_TIME
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import WindowId
from desktop.domain.periods import Period
from desktop.domain.report.running import day_of
from desktop.domain.report.values import Share

HOUR = timedelta(hours=1)
PAUSED = "PAUSED"
KINDS = ("SERVING", "READY", "IDLE_WINDOW", "ABSENT", PAUSED, "UNKNOWN")
# Other states count to these: somebody still or on a phone is on post with nobody to serve.
_COUNTS_TO: Mapping[str, str] = {
    "IDLE_STILL": "READY",
    "PHONE": "READY",
    "UNATTENDED_CUSTOMER": "ABSENT",
    "STAFF_SHORT": "ABSENT",
}


@dataclass(frozen=True, slots=True)
class WindowHour:
    """One hour of the day at one window, over the whole period.

    Attributes:
        hour: 0 to 23, by the hall's clock.
        seconds: in which the window was watched and due or paused; what the shares are of.
    """

    window_id: WindowId
    hour: int
    seconds: int
    shares: tuple[Share, ...]


class Counted(Protocol):
    """What a report counted; its figures."""

    @property
    def hours(self) -> tuple[WindowHour, ...]:
        """The hours of all windows."""


class Telling(Protocol):
    """What rows are made with; a tables.Words."""

    @property
    def figures(self) -> Counted:
        """What was counted."""

    def window(self, window_id: str) -> str:
        """Name a window."""


def hour_rows(w: Telling) -> Iterator[tuple[str | Decimal | Share, ...]]:
    """Give the rows of the table, an hour each."""
    for row in w.figures.hours:
        times = f"{row.hour:02}:00–{row.hour + 1:02}:00"
        hours = (Decimal(row.seconds) / 3600).quantize(Decimal("0.1"))
        yield w.window(row.window_id), times, hours, *row.shares


def window_hours(spans: Iterable[StateSpan], period: Period) -> tuple[WindowHour, ...]:
    """Add up the hours of every window, in order."""
    sums: dict[tuple[WindowId, int], Counter[str]] = defaultdict(Counter)
    for span in spans:
        kind = _kind(span)
        if kind and period.has(day_of(span.started_at)):
            for hour, seconds in _by_hour(span.started_at, span.ended_at):
                sums[span.window_id, hour][kind] += round(seconds)
    return tuple(
        WindowHour(window, hour, found.total(), _shares(found))
        for (window, hour), found in sorted(sums.items())
        if found.total()
    )


def _shares(found: Counter[str]) -> tuple[Share, ...]:
    return tuple(Share(found[kind], found.total()) for kind in KINDS)


def _kind(span: StateSpan) -> str:
    """What a stretch counts to; "" where the window was closed or its clerk excused."""
    if span.overlay == "NONE":
        state = _COUNTS_TO.get(span.state, span.state)
        return state if state in KINDS else "UNKNOWN"
    return PAUSED if span.overlay == PAUSED else ""


def _by_hour(start: datetime, end: datetime) -> Iterator[tuple[int, float]]:
    at = start.astimezone(HALL_TIME)
    while at < end:
        next_hour = at.replace(minute=0, second=0, microsecond=0) + HOUR
        until = min(next_hour, end.astimezone(HALL_TIME))
        yield at.hour, (until - at).total_seconds()
        at = until
