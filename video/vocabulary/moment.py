"""A point of stream time."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """Stream seconds with their wall-clock time, which is for display only."""

    at_s: float
    at_wall: datetime

    def moved(self, by_s: float) -> "Moment":
        """The moment so many seconds later, or earlier."""
        return Moment(self.at_s + by_s, self.at_wall + timedelta(seconds=by_s))
