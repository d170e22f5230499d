"""Who works at the windows: persons (人员), and the roster (排班) that says who sits where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import ClassVar

from desktop.domain.identifiers import HallId, RegionId, UnitId, WindowId


class StaffType(Enum):
    """How somebody is employed (section 5.1)."""

    CIVIL_SERVANT = "CIVIL_SERVANT"
    INSTITUTION = "INSTITUTION"
    CONTRACT = "CONTRACT"
    SECONDED = "SECONDED"
    SUBSTITUTE = "SUBSTITUTE"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a unit employs.

    Attributes:
        certificate_no: of his authority to enforce (执法证).
        admin_authority: the organ that decides about him (干部管理权限机关).
    """

    ENTITY: ClassVar = "person"

    id: str
    region_id: RegionId
    name: str
    unit_id: UnitId
    employee_no: str = ""
    post: str = ""
    staff_type: StaffType = StaffType.CIVIL_SERVANT
    certificate_no: str = ""
    phone: str = ""
    party_member: bool = False
    admin_authority: str = ""
    active: bool = True


class Shift(Enum):
    """Which part of a day somebody sits at a window."""

    ALL_DAY = "ALL_DAY"
    MORNING = "MORNING"
    AFTERNOON = "AFTERNOON"


_NOON = time(12)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Who sits at a window on a day, by name; he may be of another unit (edge case 47)."""

    ENTITY: ClassVar = "roster_entry"

    id: str
    hall_id: HallId
    window_id: WindowId
    day: date
    name: str
    shift: Shift = Shift.ALL_DAY

    def covers(self, clock: time) -> bool:
        """Tell whether somebody is to sit there at a time of this day."""
        match self.shift:
            case Shift.MORNING:
                return clock < _NOON
            case Shift.AFTERNOON:
                return clock >= _NOON
        return True


def on_roster(entries: Iterable[RosterEntry], day: date, clock: time) -> tuple[str, ...]:
    """Name who is to sit at a window at a time."""
    return tuple(each.name for each in entries if each.day == day and each.covers(clock))
