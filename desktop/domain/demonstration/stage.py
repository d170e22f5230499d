"""The hall of the demonstration: organ, units, windows, items and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from random import Random
from typing import cast

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.identifiers import (
    HallId,
    ItemId,
    OrganId,
    RegionId,
    UnitId,
    UserId,
    WindowId,
)
from desktop.domain.items import (
    FeeStandard,
    ItemType,
    Limit,
    ServiceItem,
    SpecialKind,
    SpecialProcedure,
)
from desktop.domain.organisation import Hall, Organ, OrganType, Session, Unit, Window

Content = Mapping[str, object]
_SESSIONS = (Session(time(9), time(12)), Session(time(13, 30), time(17)))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a window."""

    id: UserId
    name: str
    unit_id: UnitId
    window_id: WindowId


@dataclass(frozen=True, slots=True)
class Stage:
    """The hall, who works there, and the days on which it is open."""

    organ: Organ
    hall: Hall
    units: tuple[Unit, ...]
    windows: tuple[Window, ...]
    items: tuple[ServiceItem, ...]
    people: tuple[Person, ...]
    prefixes: Mapping[UnitId, str]
    shares: Mapping[UnitId, int]
    days: tuple[date, ...]
    calendar: WorkingCalendar

    def unit(self, key: str) -> Unit:
        """Give a unit by its key."""
        return next(unit for unit in self.units if unit.id == f"unit-{key}")

    def windows_of(self, unit_id: UnitId) -> list[Window]:
        """Give a unit's windows."""
        return [window for window in self.windows if window.unit_id == unit_id]

    def items_of(self, unit_id: UnitId) -> list[ServiceItem]:
        """Give a unit's items."""
        return [item for item in self.items if item.unit_id == unit_id]

    def clerk(self, window_id: WindowId) -> Person:
        """Give the first clerk of a window."""
        return next(person for person in self.people if person.window_id == window_id)


def read_stage(content: Content, calendar: WorkingCalendar) -> Stage:
    """Set the stage."""
    region = RegionId("region-demo")
    organ = _organ(cast(Mapping[str, str], content["organ"]), region)
    hall = Hall(
        HallId("hall-demo"),
        region,
        cast(Mapping[str, str], content["hall"])["name"],
        organ.id,
        _SESSIONS,
        demonstration=True,
    )
    rows = cast(Sequence[Mapping[str, object]], content["unit"])
    units = tuple(
        Unit(UnitId(f"unit-{r['key']}"), region, str(r["name"]), str(r["short_name"])) for r in rows
    )
    windows = _windows(rows, hall.id)
    return Stage(
        organ=organ,
        hall=hall,
        units=units,
        windows=windows,
        items=tuple(_item(r, region) for r in cast(Sequence[Content], content["item"])),
        people=_people(cast(Content, content["people"]), windows),
        prefixes={UnitId(f"unit-{r['key']}"): str(r["prefix"]) for r in rows},
        shares={UnitId(f"unit-{r['key']}"): cast(int, r["share"]) for r in rows},
        days=_open_days(cast(date, content["first"]), cast(date, content["last"]), calendar),
        calendar=calendar,
    )


def _organ(row: Mapping[str, str], region: RegionId) -> Organ:
    return Organ(
        id=OrganId("organ-demo"),
        region_id=region,
        name=row["name"],
        short_name=row["short_name"],
        organ_type=OrganType(row["organ_type"]),
        doc_code=row["doc_code"],
        contact=row["contact"],
        phone=row["phone"],
        appeal_office=row["appeal_office"],
    )


def _windows(rows: Sequence[Mapping[str, object]], hall_id: HallId) -> tuple[Window, ...]:
    owners = [r["key"] for r in rows for _ in range(cast(int, r["windows"]))]
    return tuple(
        Window(
            WindowId(f"window-{n:02}"), hall_id, f"{n:02}", f"{n:02}号窗口", UnitId(f"unit-{key}")
        )
        for n, key in enumerate(owners, 1)
    )


def _item(row: Content, region: RegionId) -> ServiceItem:
    instant = bool(row.get("instant", False))
    fee = cast("int | None", row.get("fee"))
    return ServiceItem(
        id=ItemId(f"item-{row['code']}"),
        region_id=region,
        code=str(row["code"]),
        name=str(row["name"]),
        unit_id=UnitId(f"unit-{row['unit']}"),
        type=ItemType.PUBLIC_SERVICE if instant else ItemType.PERMIT,
        statutory_limit=_limit(row.get("statutory")),
        promised_limit=Limit(0) if instant else _limit(row["promised"]),
        instant=instant,
        charges_fee=fee is not None,
        fees=(FeeStandard("收费目录清单所列标准", "", fee, fee),) if fee is not None else (),
        specials=tuple(
            SpecialProcedure(SpecialKind[kind], "特殊环节清单", most)
            for kind, most in cast(Sequence[tuple[str, int]], row.get("specials", ()))
        ),
    )


def _limit(amount: object) -> Limit | None:
    return Limit(cast(int, amount)) if amount is not None else None


def _people(row: Content, windows: Sequence[Window]) -> tuple[Person, ...]:
    random = Random(7)
    surnames, given = str(row["surnames"]), str(row["given"])
    people = []
    for number in range(cast(int, row["count"])):
        window = windows[number % len(windows)]
        name = random.choice(surnames) + random.choice(given)
        people.append(Person(UserId(f"person-{number:02}"), name, window.unit_id, window.id))
    return tuple(people)


def _open_days(first: date, last: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    days = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    return tuple(day for day in days if calendar.is_working(day))
