"""The time that cameras and recorders write into the names of their files."""

import re
from datetime import date, datetime, time, tzinfo
from pathlib import PurePath

OLDEST = 2000  # a clock that was never set says 1970
_GAP = r"[-_.:\sTt年月日时分秒点]*"
_DAY = rf"(?<!\d)((?:19|20)\d\d){_GAP}(0[1-9]|1[0-2]){_GAP}(0[1-9]|[12]\d|3[01])"
_CLOCK = rf"([01]\d|2[0-3]){_GAP}([0-5]\d){_GAP}([0-5]\d)"
_WHOLE = re.compile(rf"{_DAY}{_GAP}{_CLOCK}(?:[.,]?(\d{{3}}))?(?!\d)")
_DAY_ALONE = re.compile(rf"{_DAY}(?!\d)")
_CLOCK_ALONE = re.compile(rf"(?<!\d){_CLOCK}(?!\d)")


def named_time(path: PurePath, zone: tzinfo) -> datetime | None:
    """Read when a file begins; None where its name does not tell.

    It may be a time that cannot be true: before OLDEST a camera's clock was never set.

    The first time in the name counts: exports name the end after the beginning. Where the name has
    the time of day alone, the day is looked for in the folders above it, as recorders lay them out.
    """
    if found := _WHOLE.search(path.stem):
        year, month, day, hour, minute, second, thousandths = (int(p or 0) for p in found.groups())
        at = time(hour, minute, second, thousandths * 1000, zone)
        return _moment(year, month, day, at)
    clock = _CLOCK_ALONE.search(path.stem)
    day_above = next(filter(None, map(_DAY_ALONE.search, reversed(path.parts[:-1]))), None)
    if clock is None or day_above is None:
        return None
    hour, minute, second = (int(part) for part in clock.groups())
    year, month, day = (int(part) for part in day_above.groups())
    return _moment(year, month, day, time(hour, minute, second, tzinfo=zone))


def _moment(year: int, month: int, day: int, clock: time) -> datetime | None:
    try:
        return datetime.combine(date(year, month, day), clock)
    except ValueError:  # the 31st of February
        return None
