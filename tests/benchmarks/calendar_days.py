"""Working-day differences a second: one by one, in columns, and by peers in the same run.

    python -m tests.benchmarks.calendar_days

The naive peer walks from day to day; chinese_calendar takes part where it is installed.
"""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from desktop import assets
from desktop.domain.bulk_days import DayTable
from desktop.domain.calendar import WorkingCalendar, read_calendar

FIRST, LAST = date(2018, 1, 2), date(2026, 12, 31)
PAIRS = 200_000
WALKED = 2_000  # the walkers are slow: they get the first pairs only


def pairs() -> list[tuple[date, date]]:
    """Draw pairs of days up to 60 days apart, as the ends of a permit lie."""
    chance = random.Random(4)
    span = (LAST - FIRST).days - 60
    starts = [FIRST + timedelta(days=chance.randrange(span)) for _ in range(PAIRS)]
    return [(start, start + timedelta(days=chance.randrange(61))) for start in starts]


def walk(calendar: WorkingCalendar, after: date, upto: date) -> int:
    """Count as one would without a table."""
    days = (after + timedelta(days=n) for n in range(1, (upto - after).days + 1))
    return sum(calendar.counts(day) for day in days)


def rate(count: int, work: Callable[[], object]) -> float:
    """Give how many a second, the best of five."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return count / best


def main() -> None:
    """Print one line a way of counting."""
    calendar, drawn = read_calendar(assets.calendar_files()), pairs()
    few = drawn[:WALKED]
    table = DayTable(calendar, np.datetime64(FIRST), np.datetime64(LAST))
    after, upto = (np.array(days, "datetime64[D]") for days in zip(*drawn, strict=True))
    assert table.count(after, upto).tolist() == [calendar.count(a, b) for a, b in drawn]
    assert [calendar.count(a, b) for a, b in few] == [walk(calendar, a, b) for a, b in few]
    rates = {
        "day by day": rate(WALKED, lambda: [walk(calendar, a, b) for a, b in few]),
        "WorkingCalendar.count": rate(PAIRS, lambda: [calendar.count(a, b) for a, b in drawn]),
        "DayTable.count": rate(PAIRS, lambda: table.count(after, upto)),
    }
    rates |= peer_rates(few)
    for name, each in rates.items():
        print(f"{name:24} {each / 1e6:9.2f} million/s  {each / rates['day by day']:8.1f} x")


def peer_rates(few: list[tuple[date, date]]) -> dict[str, float]:
    """Measure chinese_calendar where it is installed."""
    try:
        import chinese_calendar  # noqa: PLC0415  # an optional peer
    except ImportError:
        return {}
    return {
        "chinese_calendar": rate(
            WALKED,
            lambda: [len(chinese_calendar.get_workdays(a + timedelta(1), b)) for a, b in few],
        )
    }


if __name__ == "__main__":
    main()
