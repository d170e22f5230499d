"""Reads the times that foreign files write, in the zone of their profile; never guesses a day."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

_MOST_KNOWN = 200_000  # texts; a log of days repeats a few thousand
_PARTS = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[\sT]*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*(?:[:分]\s*(\d{1,2})?\s*秒?(?:\.(\d{1,6})\d*)?)?)?"
)
_SHORTEST_WITH_TIME = 12  # 202603051200


class Moment(NamedTuple):
    """A time as it was written; `whole_day` when only the day was."""

    at: datetime
    whole_day: bool


class TimeReader:
    """Reads texts into aware times, and remembers them: logs repeat theirs.

    Attributes:
        known: instants by text, for whoever reads half a million of them.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self.known: dict[str, datetime] = {}

    def instant(self, text: str) -> datetime:
        """Give the moment; a day alone is its beginning.

        Raises:
            ValueError: no time, or a day that does not exist.
        """
        known = self.known.get(text)
        if known is None:
            # In one zone times are compared twice as fast as with an offset each.
            known = self.moment(text).at.astimezone(UTC)
            if len(self.known) < _MOST_KNOWN:
                self.known[text] = known
        return known

    def end(self, text: str) -> datetime:
        """Give the moment after which it is late; of a day alone that is 24:00.

        Raises:
            ValueError: as for `instant`.
        """
        moment = self.moment(text)
        return moment.at + timedelta(days=1) if moment.whole_day else moment.at

    def day(self, text: str) -> date:
        """Give the day where the profile holds.

        Raises:
            ValueError: as for `instant`.
        """
        return self.instant(text).astimezone(self._zone).date()

    def moment(self, text: str) -> Moment:
        """Give the moment, and whether only a day was written.

        Raises:
            ValueError: as for `instant`.
        """
        text = text.strip()
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return self._by_parts(text)
        whole_day = len(text) < _SHORTEST_WITH_TIME
        return Moment(at if at.tzinfo else at.replace(tzinfo=self._zone), whole_day)

    def _by_parts(self, text: str) -> Moment:
        found = _PARTS.fullmatch(text)
        if found is None:
            raise ValueError(text)
        year, month, day, hour, minute, second, fraction = found.groups()
        clock = time(
            int(hour or 0), int(minute or 0), int(second or 0), int((fraction or "").ljust(6, "0"))
        )
        at = datetime.combine(date(int(year), int(month), int(day)), clock, self._zone)
        return Moment(at, whole_day=hour is None)
