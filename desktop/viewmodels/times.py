"""Moments, days and durations as the language of the screen writes them, in hall time."""

from datetime import date, datetime

from desktop.domain.calendar import HALL_TIME
from desktop.system.language import marked, said

WEEKDAYS = (
    marked("星期一"), marked("星期二"), marked("星期三"), marked("星期四"),
    marked("星期五"), marked("星期六"), marked("星期日"),
)  # fmt: skip


def clock(when: datetime) -> str:
    """A moment to the second: 09:26:08."""
    return f"{when.astimezone(HALL_TIME):%H:%M:%S}"


def clock_short(when: datetime) -> str:
    """A moment to the minute: 09:26."""
    return f"{when.astimezone(HALL_TIME):%H:%M}"


def stamp(when: datetime) -> str:
    """Day and moment for tables and captions: 2026-11-23 09:26:08."""
    return f"{when.astimezone(HALL_TIME):%Y-%m-%d %H:%M:%S}"


def stamp_short(when: datetime, now: datetime) -> str:
    """A moment, with its day where that is not today: 09:26, or 11-23 09:26."""
    there, here = when.astimezone(HALL_TIME), now.astimezone(HALL_TIME)
    return f"{there:%H:%M}" if there.date() == here.date() else f"{there:%m-%d %H:%M}"


def day_said(day: date) -> str:
    """A day in a sentence: 2026年12月1日 星期二."""
    weekday = said(WEEKDAYS[day.weekday()])
    return said("{0}年{1}月{2}日 {3}").format(day.year, day.month, day.day, weekday)


def day_of(when: datetime) -> date:
    """The day in the hall."""
    return when.astimezone(HALL_TIME).date()


def lasting(seconds: float) -> str:
    """A duration: 15分12秒."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return said("{0}小时{1}分").format(hours, minutes)
    if minutes and rest:
        return said("{0}分{1}秒").format(minutes, rest)
    if minutes:
        return said("{0}分钟").format(minutes)
    return said("{0}秒").format(rest)
