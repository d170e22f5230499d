"""A time axis: where a moment stands, and which moments are worth a mark."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

STEPS_S = (10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14400)
NARROWEST_S = 60.0  # the closest view: a minute over the whole width


@dataclass(frozen=True, slots=True)
class Axis:
    """Maps a span of time to pixels from `left` over `width`."""

    start: datetime
    end: datetime
    left: float
    width: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return max(1.0, (self.end - self.start).total_seconds())

    def x_of(self, moment: datetime) -> float:
        """Where a moment stands."""
        return self.left + (moment - self.start).total_seconds() / self.seconds * self.width

    def moment_at(self, x: float) -> datetime:
        """Which moment stands there."""
        share = (x - self.left) / self.width if self.width else 0.0
        return self.start + timedelta(seconds=share * self.seconds)

    def marks(self, apart_px: float = 76.0) -> Iterator[datetime]:
        """Round moments, far enough apart for their labels."""
        most = max(1.0, self.width / apart_px)
        step = next((s for s in STEPS_S if self.seconds / s <= most), STEPS_S[-1])
        midnight = self.start.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = (self.start - midnight).total_seconds()
        moment = midnight + timedelta(seconds=-(-passed // step) * step)
        while moment <= self.end:
            yield moment
            moment += timedelta(seconds=step)


def zoomed(
    span: tuple[datetime, datetime],
    whole: tuple[datetime, datetime],
    factor: float,
    around: datetime,
) -> tuple[datetime, datetime]:
    """Take a closer or wider look around a moment, never beyond the whole."""
    length = (span[1] - span[0]).total_seconds()
    limit = (whole[1] - whole[0]).total_seconds()
    wanted = min(limit, max(min(NARROWEST_S, limit), length * factor))
    share = (around - span[0]).total_seconds() / length if length else 0.5
    start = around - timedelta(seconds=wanted * share)
    return shifted((start, start + timedelta(seconds=wanted)), whole, 0.0)


def shifted(
    span: tuple[datetime, datetime], whole: tuple[datetime, datetime], seconds: float
) -> tuple[datetime, datetime]:
    """Move a look along, never beyond the whole."""
    length = span[1] - span[0]
    start = max(whole[0], min(span[0] + timedelta(seconds=seconds), whole[1] - length))
    return start, start + length
