"""The forms of the registers: service items, units and windows, by their data files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

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
    ListPlace,
    OnlineDepth,
    ServiceItem,
    SpecialKind,
    SpecialProcedure,
    Subsystem,
)
from desktop.domain.organisation import Unit, Window, WindowKind
from desktop.exchange.register_columns import (
    DAYS,
    NO_LIMITS,
    Codes,
    ColumnMaker,
    Content,
    plainly,
)
from desktop.exchange.registers import Column, Form, Values
from desktop.exchange.values import Unreadable, fen, time_by, whole_number

_REQUIRED, _OPTIONAL = "必要", "非必要"


def unit_form(content: Content, region_id: RegionId, units: Iterable[Unit] = ()) -> Form[Unit]:
    """Make the form of supervised units."""

    def make(values: Values, before: Unit | None) -> Unit:
        if before:
            return replace(before, **cast(dict[str, Any], values))
        given = {"short_name": values.get("short_name") or values["name"], **values}
        return Unit(id=UnitId(new_id()), region_id=region_id, **cast(dict[str, Any], given))

    make_column = ColumnMaker(content, units)
    columns = (
        make_column.text("name", required=True),
        make_column.text("short_name"),
        make_column.text("liaison"),
        make_column.unit("merged_into"),
        make_column.flag("active", nothing=True),
    )
    return Form("unit", columns, make, lambda unit: unit.name)


def window_form(content: Content, hall_id: HallId, units: Iterable[Unit]) -> Form[Window]:
    """Make the form of a hall's windows."""

    def make(values: Values, before: Window | None) -> Window:
        if before:
            return replace(before, **cast(dict[str, Any], values))
        return Window(id=WindowId(new_id()), hall_id=hall_id, **cast(dict[str, Any], values))

    make_column = ColumnMaker(content, units)
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

    make_column = ColumnMaker(content, units)
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
    content: Content,
    region_id: RegionId,
    place: ListPlace,
    units: Iterable[Unit],
    legal: Mapping[str, Limit] = NO_LIMITS,
) -> Form[ServiceItem]:
    """Make the form of one of the lists of service items.

    Args:
        legal: the law's limits by code, which a cell may name.
    """

    def make(values: Values, before: ServiceItem | None) -> ServiceItem:
        if before:
            return replace(before, listed=True, **cast(dict[str, Any], values))
        return ServiceItem(
            id=ItemId(new_id()), region_id=region_id, place=place, **cast(dict[str, Any], values)
        )

    return Form("service_item", _item_columns(content, units, legal), make, lambda item: item.code)


def _item_columns(
    content: Content, units: Iterable[Unit], legal: Mapping[str, Limit]
) -> tuple[Column, ...]:
    make = ColumnMaker(content, units)
    special, guide, focus = (Codes(content, name) for name in ("special", "guide", "focus"))
    return (
        make.text("code", required=True),
        make.text("name", required=True),
        make.unit("unit_id", required=True),
        make.code("type", ItemType, ItemType.PERMIT),
        make.limit("statutory_limit", legal),
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


def _part(entry: Sequence[str], place: int) -> str:
    return entry[place] if place < len(entry) else ""


def _basis(entry: Sequence[str]) -> Basis:
    until = _part(entry, 1)
    return Basis(entry[0], cast(date, time_by(DAYS.day)(until)) if until else None)


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
        parts = (codes.word(special.kind.value), plainly(special.max_wd), special.basis)
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
