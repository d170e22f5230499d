"""What the columns of registers are made of: codes, units, days, limits, and how each is told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from desktop.domain.calendar import HALL_TIME
from desktop.domain.identifiers import UnitId, WindowId
from desktop.domain.imports import Reason
from desktop.domain.items import Limit, LimitUnit
from desktop.domain.organisation import Unit, Window
from desktop.exchange.registers import Column, aliases_of, entries
from desktop.exchange.times import TimeReader
from desktop.exchange.values import Unreadable, flag, limit_in, time_by, whole_number

E = TypeVar("E", bound=Enum)
Content = Mapping[str, object]
DAYS = TimeReader(ZoneInfo("Asia/Shanghai"))
NO_LIMITS: Mapping[str, Limit] = {}
_UNITS = {
    LimitUnit.WORKING_DAY: "个工作日",
    LimitUnit.CALENDAR_DAY: "个自然日",
    LimitUnit.MONTH: "个月",
    LimitUnit.HOUR: "个小时",
    LimitUnit.WORKING_MINUTE: "分钟",
}
_ON_THE_SPOT, _YES, _NO = "当场办结", "是", "否"


class Codes:
    """The words of one field's codes: each may be read by any, and is written by the first."""

    def __init__(self, content: Content, field: str) -> None:
        codes = cast(Mapping[str, Mapping[str, Sequence[str]]], content.get("codes", {}))
        self._words = codes[field]
        self._known = {word: code for code, words in self._words.items() for word in words}

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that are written."""
        return tuple(words[0] for words in self._words.values())

    def word(self, code: str) -> str:
        """Write a code."""
        return self._words[code][0] if code in self._words else code

    def code(self, word: str) -> str:
        """Read a word, or the code itself. Raises Unreadable."""
        code = self._known.get(word, word)
        if code not in self._words:
            raise Unreadable(Reason.UNKNOWN_CODE)
        return code


class ColumnMaker:
    """Makes columns by the names that the data file gives them."""

    def __init__(self, content: Content, units: Iterable[Unit] = ()) -> None:
        self._content, self._titles = content, aliases_of(content)
        units = tuple(units)
        self._names = {unit.id: unit.name for unit in units}
        self._called = {
            name: unit.id for unit in units for name in (unit.id, unit.short_name, unit.name)
        }

    def text(self, field: str, *, required: bool = False) -> Column:
        """Words."""
        return Column(field, self._titles[field], str, str, required)

    def unit(self, field: str, *, required: bool = False) -> Column:
        """A unit of the register, by any of its names."""

        def read(text: str) -> object:
            if not text:
                return None
            if text not in self._called:
                raise Unreadable(Reason.UNKNOWN_UNIT)
            return self._called[text]

        def write(value: object) -> str:
            return self._names.get(UnitId(str(value)), str(value)) if value else ""

        choices = tuple(self._names.values())
        return Column(field, self._titles[field], read, write, required, choices)

    def window(self, field: str, windows: Iterable[Window]) -> Column:
        """A window of the hall, by its number."""
        numbers = {window.id: window.number for window in windows}
        known = {number: window_id for window_id, number in numbers.items()}

        def read(text: str) -> object:
            if text not in known:
                raise Unreadable(Reason.NO_SUCH_WINDOW)
            return known[text]

        def write(value: object) -> str:
            return numbers.get(WindowId(str(value)), str(value))

        return Column(field, self._titles[field], read, write, required=True, choices=tuple(known))

    def moment(self, field: str) -> Column:
        """A moment of hall time, to the minute."""
        return Column(field, self._titles[field], time_by(DAYS.instant), _moment_told, True)

    def code(self, field: str, kind: type[E], nothing: E) -> Column:
        """One of our codes, by its words."""
        codes = Codes(self._content, field)

        def read(text: str) -> object:
            return kind(codes.code(text)) if text else nothing

        def write(value: object) -> str:
            return codes.word(cast(Enum, value).value)

        return Column(field, self._titles[field], read, write, choices=codes.choices)

    def word(self, field: str) -> Column:
        """One of a few words that are kept as they are."""
        codes = Codes(self._content, field)

        def read(text: str) -> object:
            return codes.code(text) if text else ""

        def write(value: object) -> str:
            return codes.word(str(value)) if value else ""

        return Column(field, self._titles[field], read, write, choices=codes.choices)

    def flag(self, field: str, *, nothing: bool = False) -> Column:
        """Yes or no."""

        def read(text: str) -> object:
            return flag(text) if text else nothing

        def write(value: object) -> str:
            return _YES if value else _NO

        return Column(field, self._titles[field], read, write, choices=(_YES, _NO))

    def limit(self, field: str, legal: Mapping[str, Limit] = NO_LIMITS) -> Column:
        """A length of time, or the code of a legal limit, as LL-01."""
        length = limit_in(None)

        def read(text: str) -> object:
            return legal.get(text.upper()) or length(text)

        return Column(
            field, self._titles[field], lambda text: read(text) if text else None, _limit_told
        )

    def day(self, field: str, *, required: bool = False) -> Column:
        """A day."""
        read = time_by(DAYS.day)
        return Column(
            field,
            self._titles[field],
            lambda text: read(text) if text else None,
            _day_told,
            required,
        )

    def number(self, field: str) -> Column:
        """A whole number."""

        def read(text: str) -> object:
            return whole_number(text) if text else None

        return Column(field, self._titles[field], read, plainly)

    def share(self, field: str) -> Column:
        """A part, 0 to 1, also in percent."""

        def write(value: object) -> str:
            return f"{float(cast(float, value)):.0%}" if value else ""

        return Column(field, self._titles[field], _share, write)

    def several(
        self, field: str, read: Callable[[list[str]], object], write: Callable[[Any], str]
    ) -> Column:
        """Entries, one a line."""

        def read_all(text: str) -> object:
            return tuple(read(entry) for entry in entries(text))

        def write_all(value: object) -> str:
            return "\n".join(write(each) for each in cast(Sequence[object], value))

        return Column(field, self._titles[field], read_all, write_all, several=True)


def plainly(value: object) -> str:
    """Write a value, nothing for None."""
    return "" if value is None else str(value)


def _day_told(value: object) -> str:
    return cast(date, value).isoformat() if value else ""


def _moment_told(value: object) -> str:
    return f"{cast(datetime, value).astimezone(HALL_TIME):%Y-%m-%d %H:%M}" if value else ""


def _limit_told(value: object) -> str:
    if value is None:
        return ""
    limit = cast(Limit, value)
    return f"{limit.amount}{_UNITS[limit.unit]}" if limit.amount else _ON_THE_SPOT


def _share(text: str) -> object:
    if not text:
        return 0.0
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as error:
        raise Unreadable(Reason.BAD_NUMBER) from error
    if not 0 <= share <= 1:
        raise Unreadable(Reason.BAD_NUMBER)
    return share
