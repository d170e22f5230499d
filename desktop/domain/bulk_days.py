"""Working days for whole columns of dates at once."""

import numpy as np
from numpy.typing import NDArray

from desktop.domain.calendar import WorkingCalendar

Days = NDArray[np.datetime64]
Counts = NDArray[np.int32]


class DayTable:
    """A calendar's running sums between two dates, laid out for arrays."""

    def __init__(
        self, calendar: WorkingCalendar, first: np.datetime64, last: np.datetime64
    ) -> None:
        self._first = first.astype("datetime64[D]")
        days = np.arange(self._first, last.astype("datetime64[D]") + 1)
        start = self._first.astype(object)
        self._sums = np.fromiter(
            (calendar.count(start, day) for day in days.astype(object)), np.int32, len(days)
        )

    def count(self, after: Days, upto: Days) -> Counts:
        """Count working days in (after, upto], 0 where the end is not later.

        Args:
            after: datetime64[D], shape (n,), each inside the table.
            upto: the same.
        """
        worked: Counts = np.maximum(self._upto(upto) - self._upto(after), 0)
        return worked

    def _upto(self, days: Days) -> Counts:
        sums: Counts = self._sums[(days - self._first).astype(np.intp)]
        return sums
