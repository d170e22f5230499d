"""The forms of the registers: service items, units and windows, by their data files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from desktop.domain.collection import CollectionDuty, Every
from desktop.domain.identifiers import HallId, ItemId, RegionId, UnitId, WindowId, new_id
from desktop.domain.imports import Reason
from desktop.domain.items import (
    Basis,
    FeeStandard,
    FocusArea,
    ItemMaterial,
    ItemStatus,
    ItemType,
    Limit,
    LimitUnit,
    ListPlace,
    OnlineDepth,
    ServiceItem,
    SpecialKind,
    SpecialProcedure,
    Subsystem,
)
from desktop.domain.organisation import Unit, Window, WindowKind
from desktop.exchange.registers import Column, Form, Values, aliases_of, entries
from desktop.exchange.times import TimeReader
from desktop.exchange.values import Unreadable, fen, flag, limit_in, time_by, whole_number

E = TypeVar("E", bound=Enum)
Content = Mapping[str, object]
_DAYS = TimeReader(ZoneInfo("Asia/Shanghai"))
_UNITS = {
    LimitUnit.WORKING_DAY: "个工作日",
    LimitUnit.CALENDAR_DAY: "个自然日",
    LimitUnit.MONTH: "个月",
    LimitUnit.HOUR: "个小时",
    LimitUnit.WORKING_MINUTE: "分钟",
}
_ON_THE_SPOT, _YES, _NO = "当场办结", "是", "否"
_REQUIRED, _OPTIONAL = "必要", "非必要"


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


def unit_form(content: Content, region_id: RegionId) -> Form[Unit]:
    """Make the form of supervised units."""

    def make(values: Values, before: Unit | None) -> Unit:
        if before:
            return replace(before, **cast(dict[str, Any], values))
        given = {"short_name": values.get("short_name") or values["name"], **values}
        return Unit(id=UnitId(new_id()), region_id=region_id, **cast(dict[str, Any], given))

    make_column = _ColumnMaker(content)
    columns = (
        make_column.text("name", required=True),
        make_column.text("short_name"),
        make_column.text("liaison"),
        make_column.flag("active", nothing=True),
    )
    return Form("unit", columns, make, lambda unit: unit.name)


def window_form(content: Content, hall_id: HallId, units: Iterable[Unit]) -> Form[Window]:
    """Make the form of a hall's windows."""

    def make(values: Values, before: Window | None) -> Window:
        if before:
            return replace(before, **cast(dict[str, Any], values))
        return Window(id=WindowId(new_id()), hall_id=hall_id, **cast(dict[str, Any], values))

    make_column = _ColumnMaker(content, units)
    columns = (
        make_column.text("number", required=True),
        make_column.text("name", required=True),
        make_column.unit("unit_id", required=True),
        make_column.text("clerk"),
        make_column.code("kind", WindowKind, WindowKind.UNIT),
    )
    return Form("window", columns, make, lambda window: window.number)


def duty_form(content: Content, hall_id: HallId, units: Iterable[Unit]) -> Form[CollectionDuty]:
    """Make the form of collection duties."""

    def make(values: Values, before: CollectionDuty | None) -> CollectionDuty:
        given = {name: value for name, value in values.items() if value is not None}
        if before:
            return replace(before, **cast(dict[str, Any], given))
        return CollectionDuty(id=new_id(), hall_id=hall_id, **cast(dict[str, Any], given))

    make_column = _ColumnMaker(content, units)
    columns = (
        make_column.unit("unit_id", required=True),
        make_column.text("name", required=True),
        make_column.code("every", Every, Every.MONTH),
        make_column.number("due_wd"),
        make_column.day("since", required=True),
        make_column.flag("active", nothing=True),
    )
    return Form("collection_duty", columns, make, lambda duty: f"{duty.unit_id}/{duty.name}")


def item_form(
    content: Content, region_id: RegionId, place: ListPlace, units: Iterable[Unit]
) -> Form[ServiceItem]:
    """Make the form of one of the lists of service items."""

    def make(values: Values, before: ServiceItem | None) -> ServiceItem:
        if before:
            return replace(before, listed=True, **cast(dict[str, Any], values))
        return ServiceItem(
            id=ItemId(new_id()), region_id=region_id, place=place, **cast(dict[str, Any], values)
        )

    return Form("service_item", _item_columns(content, units), make, lambda item: item.code)


def _item_columns(content: Content, units: Iterable[Unit]) -> tuple[Column, ...]:
    make = _ColumnMaker(content, units)
    special, guide, focus = (Codes(content, name) for name in ("special", "guide", "focus"))
    return (
        make.text("code", required=True),
        make.text("name", required=True),
        make.unit("unit_id", required=True),
        make.code("type", ItemType, ItemType.PERMIT),
        make.limit("statutory_limit"),
        make.limit("promised_limit"),
        make.flag("instant"),
        make.several("basis", _basis, _basis_told),
        make.text("approved_doc"),
        make.day("approved_on"),
        make.day("published_on"),
        make.day("cancelled_on"),
        make.code("status", ItemStatus, ItemStatus.ACTIVE),
        make.flag("charges_fee"),
        make.several("fees", _fee, _fee_told),
        make.several("materials", _material, _material_told),
        make.several("specials", _special_by(special), _special_told_by(special)),
        make.several("guide", _guide_by(guide), _guide_told_by(guide)),
        make.code("online_depth", OnlineDepth, OnlineDepth.INFORMATION),
        make.number("visits_max"),
        make.flag("resident"),
        make.flag("hearing_required"),
        make.unit("joint_lead"),
        make.share("sample_share"),
        make.code("subsystem", Subsystem, Subsystem.APPROVAL),
        make.several("focus", _focus_by(focus), _focus_told_by(focus)),
        make.word("procedure"),
    )


class _ColumnMaker:
    """Makes columns by the names that the data file gives them."""

    def __init__(self, content: Content, units: Iterable[Unit] = ()) -> None:
        self._content, self._titles = content, aliases_of(content)
        units = tuple(units)
        self._names = {unit.id: unit.name for unit in units}
        self._called = {
            name: unit.id for unit in units for name in (unit.id, unit.short_name, unit.name)
        }

    def text(self, field: str, *, required: bool = False) -> Column:
        return Column(field, self._titles[field], str, str, required)

    def unit(self, field: str, *, required: bool = False) -> Column:
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

    def code(self, field: str, kind: type[E], nothing: E) -> Column:
        codes = Codes(self._content, field)

        def read(text: str) -> object:
            return kind(codes.code(text)) if text else nothing

        def write(value: object) -> str:
            return codes.word(cast(Enum, value).value)

        return Column(field, self._titles[field], read, write, choices=codes.choices)

    def word(self, field: str) -> Column:
        codes = Codes(self._content, field)

        def read(text: str) -> object:
            return codes.code(text) if text else ""

        def write(value: object) -> str:
            return codes.word(str(value)) if value else ""

        return Column(field, self._titles[field], read, write, choices=codes.choices)

    def flag(self, field: str, *, nothing: bool = False) -> Column:
        def read(text: str) -> object:
            return flag(text) if text else nothing

        def write(value: object) -> str:
            return _YES if value else _NO

        return Column(field, self._titles[field], read, write, choices=(_YES, _NO))

    def limit(self, field: str) -> Column:
        read = limit_in(None)
        return Column(
            field, self._titles[field], lambda text: read(text) if text else None, _limit_told
        )

    def day(self, field: str, *, required: bool = False) -> Column:
        read = time_by(_DAYS.day)
        return Column(
            field,
            self._titles[field],
            lambda text: read(text) if text else None,
            _day_told,
            required,
        )

    def number(self, field: str) -> Column:
        def read(text: str) -> object:
            return whole_number(text) if text else None

        return Column(field, self._titles[field], read, _told)

    def share(self, field: str) -> Column:
        def write(value: object) -> str:
            return f"{float(cast(float, value)):.0%}" if value else ""

        return Column(field, self._titles[field], _share, write)

    def several(
        self, field: str, read: Callable[[list[str]], object], write: Callable[[Any], str]
    ) -> Column:
        def read_all(text: str) -> object:
            return tuple(read(entry) for entry in entries(text))

        def write_all(value: object) -> str:
            return "\n".join(write(each) for each in cast(Sequence[object], value))

        return Column(field, self._titles[field], read_all, write_all, several=True)


def _told(value: object) -> str:
    return "" if value is None else str(value)


def _day_told(value: object) -> str:
    return cast(date, value).isoformat() if value else ""


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


def _part(entry: Sequence[str], place: int) -> str:
    return entry[place] if place < len(entry) else ""


def _basis(entry: Sequence[str]) -> Basis:
    until = _part(entry, 1)
    return Basis(entry[0], cast(date, time_by(_DAYS.day)(until)) if until else None)


def _basis_told(basis: Basis) -> str:
    return f"{basis.text} | {basis.valid_to}" if basis.valid_to else basis.text


def _material(entry: Sequence[str]) -> ItemMaterial:
    word = _part(entry, 1)
    if word not in {"", _REQUIRED, _OPTIONAL}:
        raise Unreadable(Reason.UNKNOWN_CODE)
    return ItemMaterial(entry[0], word != _OPTIONAL, _part(entry, 2))


def _material_told(material: ItemMaterial) -> str:
    word = _REQUIRED if material.required else _OPTIONAL
    return " | ".join(filter(None, (material.name, word, material.share_source)))


def _fee(entry: Sequence[str]) -> FeeStandard:
    """Take 名称 | 依据 | 最低（元）| 最高（元）| 目录清单编号 | 档次."""
    least = cast(int, fen(_part(entry, 2)))
    most = cast(int, fen(_part(entry, 3) or _part(entry, 2)))
    if most < least:
        raise Unreadable(Reason.BAD_NUMBER)
    return FeeStandard(
        entry[0], _part(entry, 1), least, most, tier=_part(entry, 5), list_no=_part(entry, 4)
    )


def _fee_told(fee: FeeStandard) -> str:
    least, most = (f"{amount / 100:.2f}" for amount in (fee.range_min, fee.range_max))
    return " | ".join((fee.name, fee.basis, least, most, fee.list_no, fee.tier)).rstrip(" |")


def _special_by(codes: Codes) -> Callable[[Sequence[str]], SpecialProcedure]:
    """Take 种类 | 最长工作日 | 依据."""

    def read(entry: Sequence[str]) -> SpecialProcedure:
        most = _part(entry, 1)
        return SpecialProcedure(
            SpecialKind(codes.code(entry[0])),
            _part(entry, 2),
            cast(int, whole_number(most)) if most else None,
        )

    return read


def _special_told_by(codes: Codes) -> Callable[[SpecialProcedure], str]:
    def write(special: SpecialProcedure) -> str:
        parts = (codes.word(special.kind.value), _told(special.max_wd), special.basis)
        return " | ".join(parts).rstrip(" |")

    return write


def _guide_by(codes: Codes) -> Callable[[Sequence[str]], tuple[str, str]]:
    return lambda entry: (codes.code(entry[0]), _part(entry, 1))


def _guide_told_by(codes: Codes) -> Callable[[tuple[str, str]], str]:
    return lambda told: f"{codes.word(told[0])} | {told[1]}"


def _focus_by(codes: Codes) -> Callable[[Sequence[str]], FocusArea]:
    return lambda entry: FocusArea(codes.code(entry[0]))


def _focus_told_by(codes: Codes) -> Callable[[FocusArea], str]:
    return lambda area: codes.word(area.value)
