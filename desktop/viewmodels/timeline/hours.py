"""What share of each hour a window was serving, ready, idle, empty, paused, or not known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from PySide6.QtCore import QObject

from desktop.domain.calendar import HALL_TIME
from desktop.system.language import said
from desktop.viewmodels.lines import CellTable
from desktop.viewmodels.lines import Row as Line
from desktop.viewmodels.states import OVERLAYS, STATES, UNWATCHED, StateLook
from desktop.viewmodels.timeline.bands import Stretch
from desktop.viewmodels.timeline.day import Row
from desktop.viewmodels.times import clock_short
from video.vocabulary.state import Overlay, WindowState

HOUR = timedelta(hours=1)
# In the order of the columns; somebody still or on a phone is on post and has nobody to serve.
KINDS: Mapping[StateLook, frozenset[WindowState | None]] = {
    STATES[WindowState.SERVING]: frozenset({WindowState.SERVING}),
    STATES[WindowState.READY]: frozenset(
        {WindowState.READY, WindowState.IDLE_STILL, WindowState.PHONE}
    ),
    STATES[WindowState.IDLE_WINDOW]: frozenset({WindowState.IDLE_WINDOW}),
    STATES[WindowState.ABSENT]: frozenset(
        {WindowState.ABSENT, WindowState.UNATTENDED_CUSTOMER, WindowState.STAFF_SHORT}
    ),
    OVERLAYS[Overlay.PAUSED]: frozenset(),
    STATES[WindowState.UNKNOWN]: frozenset({WindowState.UNKNOWN}),
    UNWATCHED: frozenset({None}),
}


@dataclass(frozen=True, slots=True)
class HourShares:
    """One hour of a window, or what of it has passed.

    Attributes:
        seconds: in which the window was due, paused time with it; what the shares are of.
        shares: 0 to 1, by kind; they add up to one.
    """

    start: datetime
    seconds: float
    shares: Mapping[StateLook, float]


def hour_shares(stretches: Iterable[Stretch]) -> tuple[HourShares, ...]:
    """Give the hours in which a window was due, by the hall's clock."""
    pieces = (piece for each in stretches for piece in _by_hour(each))
    hours = (
        _shares(start, tuple(same)) for start, same in groupby(pieces, lambda p: _hour(p.start))
    )
    return tuple(hour for hour in hours if hour.seconds)


def hour_titles() -> tuple[str, ...]:
    """What an hour is told by."""
    return said("小时"), *(kind.word for kind in KINDS)


def hour_cells(hour: HourShares) -> tuple[str, ...]:
    """The texts of one hour."""
    shares = (hour.shares.get(kind, 0.0) for kind in KINDS)
    times = f"{clock_short(hour.start)}–{clock_short(hour.start + HOUR)}"
    return times, *(f"{share:.1%}" if share else "—" for share in shares)


class HourModel(CellTable[Line]):
    """The hours of one window, one below the other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(hour_titles, parent)

    def show_row(self, row: Row | None) -> None:
        """Show one window's hours."""
        hours = hour_shares(row.stretches) if row else ()
        self.replace([Line(hour.start.isoformat(), hour_cells(hour)) for hour in hours])


def _shares(start: datetime, pieces: Sequence[Stretch]) -> HourShares:
    sums = {kind: sum(p.seconds for p in pieces if _kind(p) is kind) for kind in KINDS}
    whole = sum(sums.values())
    told = {kind: seconds / whole for kind, seconds in sums.items() if seconds}
    return HourShares(start, whole, told)


def _kind(piece: Stretch) -> StateLook | None:
    """Which kind a stretch counts to; none where the window was closed or its clerk excused."""
    if piece.overlay is not Overlay.NONE:
        return OVERLAYS[Overlay.PAUSED] if piece.overlay is Overlay.PAUSED else None
    return next(kind for kind, states in KINDS.items() if piece.state in states)


def _by_hour(stretch: Stretch) -> Iterator[Stretch]:
    start = stretch.start
    while start < stretch.end:
        end = min(stretch.end, _hour(start) + HOUR)
        yield replace(stretch, start=start, end=end)
        start = end


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(HALL_TIME).replace(minute=0, second=0, microsecond=0)
