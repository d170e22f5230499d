"""Turns the texts of a foreign file into values, or says what is wrong with one."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from desktop.domain.imports import Reason
from desktop.domain.items import Limit, LimitUnit
from desktop.exchange.times import TimeReader

E = TypeVar("E", bound=Enum)
Reader = Callable[[str], object]


class Unreadable(Exception):
    """A text is not what its field holds."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def time_by(read: Callable[[str], object]) -> Reader:
    """Make a reader of times or days of one that raises ValueError."""

    def value(text: str) -> object:
        try:
            return read(text)
        except (ValueError, OverflowError) as error:
            raise Unreadable(Reason.BAD_TIME) from error

    return value


def due_by(times: TimeReader) -> Reader:
    """Make a reader of due dates: a day stays a day, a moment is an instant."""

    def value(text: str) -> object:
        moment = times.moment(text)
        return moment.at.date() if moment.whole_day else moment.at

    return time_by(value)


def code_of(kind: type[E], codes: Mapping[str, str]) -> Callable[[str], E]:
    """Make a reader of one field's codes; our own need no entry."""
    known = {each.value: each for each in kind} | {
        code: kind(meaning) for code, meaning in codes.items()
    }

    def value(text: str) -> E:
        try:
            return known[text]
        except KeyError as error:
            raise Unreadable(Reason.UNKNOWN_CODE) from error

    return value


def flag(text: str) -> object:
    """Read yes or no."""
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise Unreadable(Reason.UNKNOWN_CODE)


_YES = frozenset({"是", "有", "y", "yes", "true", "1"})
_NO = frozenset({"否", "无", "n", "no", "false", "0"})


def whole_number(text: str) -> object:
    """Read a number of things."""
    if not re.fullmatch(r"\d{1,9}", text):
        raise Unreadable(Reason.BAD_NUMBER)
    return int(text)


def fen(text: str) -> object:
    """Read yuan with at most two decimals into fen (分)."""
    try:
        amount = Decimal(text.replace(",", "").removesuffix("元")) * 100
    except InvalidOperation as error:
        raise Unreadable(Reason.BAD_NUMBER) from error
    if not amount.is_finite() or amount != int(amount):
        raise Unreadable(Reason.BAD_NUMBER)
    return int(amount)


def limit_in(unit: LimitUnit | None) -> Callable[[str], Limit]:
    """Make a reader of limits; a bare number or a bare 日 has the unit given, if any is.

    Which days are meant belongs to the law, not to the number (section 4.2); so none is assumed.
    """

    def value(text: str) -> Limit:
        if text in _ON_THE_SPOT:
            return Limit(0)
        found = re.fullmatch(r"(\d{1,4})\s*个?\s*(\D*)", text)
        if found is None:
            raise Unreadable(Reason.BAD_NUMBER)
        word = found[2].strip()
        meant = unit if word in _BARE else _UNITS.get(word)
        if meant is None:
            raise Unreadable(Reason.LIMIT_WITHOUT_UNIT if word in _BARE else Reason.BAD_NUMBER)
        return Limit(int(found[1]), meant)

    return value


_ON_THE_SPOT = frozenset({"当场", "即时", "即办", "当场办结", "即时办结"})
_BARE = frozenset({"", "日", "天", "days"})
_UNITS = {
    "工作日": LimitUnit.WORKING_DAY, "WD": LimitUnit.WORKING_DAY,
    "working days": LimitUnit.WORKING_DAY, "自然日": LimitUnit.CALENDAR_DAY,
    "日历日": LimitUnit.CALENDAR_DAY, "calendar days": LimitUnit.CALENDAR_DAY,
    "月": LimitUnit.MONTH, "小时": LimitUnit.HOUR, "hours": LimitUnit.HOUR,
    "分钟": LimitUnit.WORKING_MINUTE, "工作分钟": LimitUnit.WORKING_MINUTE,
}  # fmt: skip
