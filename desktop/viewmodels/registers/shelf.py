"""What the registers hold, and the form of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from desktop import assets
from desktop.domain.collection import CollectionDuty
from desktop.domain.duties import DutyState, Excuse
from desktop.domain.identifiers import UserId
from desktop.domain.items import ListPlace, ServiceItem
from desktop.domain.limits import named_limits, read_limits
from desktop.domain.organisation import Hall, Unit, Window
from desktop.domain.staff import Person, RosterEntry
from desktop.exchange.register_forms import duty_form, item_form, unit_form, window_form
from desktop.exchange.registers import Form, Record
from desktop.exchange.staff_forms import leave_form, person_form, roster_form
from desktop.system.language import said
from desktop.usecases.ports import Reading
from desktop.viewmodels.naming import field_name

T = TypeVar("T", bound=Record)
NOBODY = UserId("")
Thing = ServiceItem | Unit | Window | CollectionDuty | Person | RosterEntry | Excuse


class Kind(Enum):
    """A register; the three lists of items are one each."""

    POWER = "POWER"
    ONLINE = "ONLINE"
    HALL = "HALL"
    UNITS = "UNITS"
    WINDOWS = "WINDOWS"
    PERSONS = "PERSONS"
    ROSTER = "ROSTER"
    LEAVE = "LEAVE"
    DUTIES = "DUTIES"

    @property
    def word(self) -> str:
        """The register in the current language."""
        words = {
            Kind.POWER: said("权力清单"),
            Kind.ONLINE: said("网上大厅清单"),
            Kind.HALL: said("实体大厅清单"),
            Kind.UNITS: said("被监察单位"),
            Kind.WINDOWS: said("窗口"),
            Kind.PERSONS: said("人员"),
            Kind.ROSTER: said("排班"),
            Kind.LEAVE: said("请假与顶岗"),
            Kind.DUTIES: said("数据报送责任"),
        }
        return words[self]

    @property
    def entity(self) -> str:
        """The records that it holds."""
        return _ENTITIES.get(self, ServiceItem.ENTITY)

    @property
    def place(self) -> ListPlace | None:
        """The list that it is; None where it is no list of items."""
        return ListPlace(self.value) if self in _LISTS else None

    @property
    def shown(self) -> tuple[str, ...]:
        """The fields that the table shows."""
        return _SHOWN.get(self, _OF_ITEMS)


_LISTS = frozenset({Kind.POWER, Kind.ONLINE, Kind.HALL})
_OF_ITEMS = ("code", "name", "unit_id", "type", "statutory_limit", "promised_limit", "status")
_SHOWN = {
    Kind.UNITS: ("name", "short_name", "liaison", "active"),
    Kind.WINDOWS: ("number", "name", "unit_id", "clerk", "kind"),
    Kind.PERSONS: ("name", "unit_id", "employee_no", "post", "staff_type", "active"),
    Kind.ROSTER: ("day", "window_id", "shift", "name"),
    Kind.LEAVE: ("window_id", "kind", "started_at", "ended_at", "reason", "stand_in", "approver"),
    Kind.DUTIES: ("name", "unit_id", "every", "due_wd", "since", "active"),
}
_ENTITIES: Mapping[Kind, str] = {
    Kind.UNITS: Unit.ENTITY,
    Kind.WINDOWS: Window.ENTITY,
    Kind.PERSONS: Person.ENTITY,
    Kind.ROSTER: RosterEntry.ENTITY,
    Kind.LEAVE: Excuse.ENTITY,
    Kind.DUTIES: CollectionDuty.ENTITY,
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the registers hold."""

    hall: Hall | None = None
    units: tuple[Unit, ...] = ()
    windows: tuple[Window, ...] = ()
    items: tuple[ServiceItem, ...] = ()
    duties: tuple[CollectionDuty, ...] = ()
    persons: tuple[Person, ...] = ()
    roster: tuple[RosterEntry, ...] = ()
    leave: tuple[Excuse, ...] = ()

    def things(self, kind: Kind) -> Sequence[Thing]:
        """Give the records of a register in the order of their names."""
        match kind:
            case Kind.UNITS:
                return sorted(self.units, key=lambda each: each.name)
            case Kind.WINDOWS:
                return sorted(self.windows, key=lambda each: each.number)
            case Kind.DUTIES:
                return sorted(self.duties, key=lambda each: (each.name, each.unit_id))
            case Kind.PERSONS | Kind.ROSTER | Kind.LEAVE:
                return self._staff(kind)
        own = (item for item in self.items if item.place is kind.place and item.listed)
        return sorted(own, key=lambda each: each.code)

    def _staff(self, kind: Kind) -> Sequence[Thing]:
        match kind:
            case Kind.PERSONS:
                return sorted(self.persons, key=lambda each: (each.unit_id, each.name))
            case Kind.ROSTER:
                return sorted(self.roster, key=lambda each: (each.day, each.id), reverse=True)
        return sorted(self.leave, key=lambda each: each.started_at, reverse=True)

    def known(self, kind: Kind) -> Sequence[Thing]:
        """Give what an import may meet again, also what is listed no longer."""
        if kind.place is None:
            return self.things(kind)
        return [item for item in self.items if item.place is kind.place]

    def form(self, kind: Kind, by: UserId = NOBODY) -> Form[Any]:  # Any: one of the records
        """Give the form of a register.

        Args:
            by: who writes, for records that say so.
        """
        assert self.hall is not None  # nothing is read or written before there is a hall
        content = assets.register_file(kind.entity)
        region, hall_id = self.hall.region_id, self.hall.id
        made: Form[Any]
        match kind:
            case Kind.UNITS:
                made = unit_form(content, region, self.units)
            case Kind.WINDOWS:
                made = window_form(content, hall_id, self.units)
            case Kind.DUTIES:
                made = duty_form(content, hall_id, self.units)
            case Kind.PERSONS:
                made = person_form(content, region, self.units)
            case Kind.ROSTER:
                made = roster_form(content, hall_id, self.windows)
            case Kind.LEAVE:
                made = leave_form(content, hall_id, self.windows, by)
            case _:
                assert kind.place is not None  # the rest are lists
                legal = named_limits(read_limits(assets.limit_file()))
                made = item_form(content, region, kind.place, self.units, legal)
        return made


def label_of(field: str, kind: Kind) -> str:
    """Name a field as a register has it; some mean something else on a card."""
    words = {
        "basis": said("设定依据"),
        "unit_id": said("办理单位"),
        **_own_words(kind),
    }
    return words.get(field) or field_name(field)


def _own_words(kind: Kind) -> Mapping[str, str]:
    match kind:
        case Kind.WINDOWS:
            return {"kind": said("窗口类型")}
        case Kind.PERSONS:
            return {"name": said("姓名"), "unit_id": said("所属单位")}
        case Kind.ROSTER:
            return {"name": said("值班人员")}
    return {}


def read_shelf(reading: Reading) -> Shelf:
    """Read all registers."""
    halls = reading.find(Hall)
    hall = halls[0] if halls else None
    return Shelf(
        hall,
        reading.find(Unit),
        reading.find(Window, hall_id=hall.id) if hall else (),
        reading.find(ServiceItem),
        reading.find(CollectionDuty, hall_id=hall.id) if hall else (),
        reading.find(Person),
        reading.find(RosterEntry, hall_id=hall.id) if hall else (),
        reading.find(Excuse, hall_id=hall.id, state=DutyState.STANDING) if hall else (),
    )
