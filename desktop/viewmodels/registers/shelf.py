"""What the registers hold, and the form of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from desktop import assets
from desktop.domain.collection import CollectionDuty
from desktop.domain.items import ListPlace, ServiceItem
from desktop.domain.organisation import REGION, Hall, Unit, Window
from desktop.exchange.register_forms import duty_form, item_form, unit_form, window_form
from desktop.exchange.registers import Form, Record
from desktop.system.language import said
from desktop.usecases.ports import Reading
from desktop.viewmodels.naming import field_name

T = TypeVar("T", bound=Record)
Thing = ServiceItem | Unit | Window | CollectionDuty


class Kind(Enum):
    """A register; the three lists of items are one each."""

    POWER = "POWER"
    ONLINE = "ONLINE"
    HALL = "HALL"
    UNITS = "UNITS"
    WINDOWS = "WINDOWS"
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
            Kind.DUTIES: said("数据报送责任"),
        }
        return words[self]

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
    Kind.DUTIES: ("name", "unit_id", "every", "due_wd", "since", "active"),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the registers hold."""

    hall: Hall | None = None
    units: tuple[Unit, ...] = ()
    windows: tuple[Window, ...] = ()
    items: tuple[ServiceItem, ...] = ()
    duties: tuple[CollectionDuty, ...] = ()

    def things(self, kind: Kind) -> Sequence[Thing]:
        """Give the records of a register in the order of their names."""
        match kind:
            case Kind.UNITS:
                return sorted(self.units, key=lambda each: each.name)
            case Kind.WINDOWS:
                return sorted(self.windows, key=lambda each: each.number)
            case Kind.DUTIES:
                return sorted(self.duties, key=lambda each: (each.name, each.unit_id))
        own = (item for item in self.items if item.place is kind.place and item.listed)
        return sorted(own, key=lambda each: each.code)

    def known(self, kind: Kind) -> Sequence[Thing]:
        """Give what an import may meet again, also what is listed no longer."""
        if kind.place is None:
            return self.things(kind)
        return [item for item in self.items if item.place is kind.place]

    def form(self, kind: Kind) -> Form[Any]:  # Any: one of the kinds of records
        """Give the form of a register."""
        region = self.hall.region_id if self.hall else REGION
        match kind:
            case Kind.UNITS:
                return unit_form(assets.register_file("unit"), region)
            case Kind.WINDOWS:
                assert self.hall is not None  # nothing is written before there is a hall
                return window_form(assets.register_file("window"), self.hall.id, self.units)
            case Kind.DUTIES:
                assert self.hall is not None
                content = assets.register_file("collection_duty")
                return duty_form(content, self.hall.id, self.units)
        assert kind.place is not None
        content = assets.register_file("service_item")
        return item_form(content, region, kind.place, self.units)


def label_of(field: str) -> str:
    """Name a field as a register has it; some mean something else on a card."""
    words = {
        "basis": said("设定依据"),
        "kind": said("窗口类型"),
        "unit_id": said("办理单位"),
    }
    return words.get(field) or field_name(field)


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
    )
