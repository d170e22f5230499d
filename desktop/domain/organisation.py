"""Halls, windows, units, cameras and the organ that issues papers."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from typing import ClassVar

from desktop.domain.identifiers import (
    BasisId,
    CameraId,
    Digest,
    HallId,
    OrganId,
    RegionId,
    UnitId,
    UserId,
    WindowId,
)
from desktop.domain.roles import Role

REGION = RegionId("region")  # of an office that supervises one; its server knows it by this name


@dataclass(frozen=True, slots=True)
class Unit:
    """A supervised unit (被监察单位): a department with windows.

    Attributes:
        merged_into: the unit that took it over: what was its own is the heir's to answer for.
    """

    ENTITY: ClassVar = "unit"

    id: UnitId
    region_id: RegionId
    name: str
    short_name: str
    liaison: str = ""
    active: bool = True
    merged_into: UnitId | None = None


class OrganType(Enum):
    """What kind of organ issues (section 1): it bounds what it may issue."""

    GOV_SERVICE_BUREAU = "GOV_SERVICE_BUREAU"
    EFFICIENCY_OFFICE = "EFFICIENCY_OFFICE"
    DISCIPLINE_SUPERVISION = "DISCIPLINE_SUPERVISION"


# Section 1: the papers (templates of 11.5) that each kind of organ may issue; the rest it may
# only transfer by T10.
_EVERYBODY = frozenset({"T01", "T02", "T03", "T04", "T05", "T08", "T10", "T11", "T13", "T15"})
_BARRED = ("T06", "T07", "T09")  # what not every kind of organ may issue
MAY_ISSUE = {
    OrganType.GOV_SERVICE_BUREAU: _EVERYBODY,
    OrganType.EFFICIENCY_OFFICE: _EVERYBODY | {"T07"},
    OrganType.DISCIPLINE_SUPERVISION: _EVERYBODY | {"T06", "T07", "T09"},
}


@dataclass(frozen=True, slots=True)
class Organ:
    """The issuing organ (发文机关): names and code as papers print them.

    Attributes:
        seal: digest of the picture of its seal (PNG); None where seals are pressed by hand.
        seal_size: bytes of that picture.
        papers_off: papers that its kind may issue, and which this organ leaves to another.
    """

    ENTITY: ClassVar = "organ"

    id: OrganId
    region_id: RegionId
    name: str
    short_name: str
    organ_type: OrganType
    doc_code: str
    contact: str
    phone: str
    appeal_office: str
    seal: Digest | None = None
    seal_size: int = 0
    papers_off: tuple[str, ...] = ()

    def may_issue(self, template: str) -> bool:
        """Tell whether this organ issues papers of this template."""
        return template in MAY_ISSUE[self.organ_type] and template not in self.papers_off

    @property
    def only_transfers(self) -> tuple[str, ...]:
        """Papers of matters that it may only hand over, by T10."""
        everything = sorted({*_EVERYBODY, *_BARRED})
        return tuple(paper for paper in everything if not self.may_issue(paper))


class BasisPurpose(Enum):
    """Whether an article forbids a conduct or empowers a card."""

    CONDUCT = "CONDUCT"
    CARD = "CARD"


class BasisRank(Enum):
    """Who made a rule; a card of an organ that is no superior rests on a local one (section 1)."""

    LAW = "LAW"
    REGULATION = "REGULATION"
    LOCAL_RULE = "LOCAL_RULE"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An article of a rule, with the days on which it is in force.

    Attributes:
        document: the number under which the rule was published (发文字号), where it has one.
    """

    ENTITY: ClassVar = "legal_basis"

    id: BasisId
    region_id: RegionId
    purpose: BasisPurpose
    title: str
    article: str
    valid_from: date
    valid_to: date | None = None
    rank: BasisRank = BasisRank.LOCAL_RULE
    document: str = ""

    @property
    def citation(self) -> str:
        """The article as papers cite it."""
        return f"《{self.title}》{self.article}"

    def in_force(self, on: date) -> bool:
        """Tell whether it can be cited on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class UserCard:
    """The public face of an account: who somebody is, never how he signs in."""

    ENTITY: ClassVar = "user_card"

    id: UserId
    region_id: RegionId
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of opening time on a working day, hall time."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """Sessions that hold on some days: a season, or one weekday as a Friday afternoon of study.

    Attributes:
        weekdays: 0 Monday to 6 Sunday; empty means every working day, made-up ones too.
        order_no: the document that ordered it.
    """

    sessions: tuple[Session, ...]
    weekdays: frozenset[int] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    order_no: str = ""

    def holds(self, day: date) -> bool:
        """Tell whether the plan holds on a day."""
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class HallRules:
    """Parameters of the video rules of one hall; defaults of section 6.7.

    Attributes:
        reminder_s: R-VID-01, seconds.
        absence_s: R-VID-02, seconds.
        waiting_s: R-VID-03, an empty window while somebody waits, seconds.
        long_s: R-VID-04, a long absence, seconds.
        hourly_s: R-VID-02, short absences within one hour together, seconds (edge case 59).
        phone_s: R-VID-06, on a phone without a customer, seconds.
        phone_times: R-VID-06, so often within an hour.
        late_s: R-VID-09, opened so late or closed so early, seconds.
        trouble_s: R-VID-11, a camera that cannot be judged, seconds.
        idle_s: R-VID-13, ready without a customer, seconds.
        demand_s: R-VID-13, ready while people queue, seconds.
        demand_waiting: R-VID-13, so many in the queue are a demand.
        pause_s: R-WIN-02, the longest pause, seconds.
        stand_in_s: R-WIN-03, within which somebody stands in for a clerk on leave, seconds.
        queued_s: R-WIN-04, longest wait in the queue of nine tickets in ten, seconds.
        queued_least: R-WIN-04, tickets a day below which nothing is said.
    """

    reminder_s: float = 300.0
    absence_s: float = 900.0
    waiting_s: float = 300.0
    long_s: float = 1800.0
    hourly_s: float = 1200.0
    phone_s: float = 180.0
    phone_times: float = 3.0
    late_s: float = 600.0
    trouble_s: float = 120.0
    idle_s: float = 1200.0
    demand_s: float = 300.0
    demand_waiting: float = 3.0
    pause_s: float = 1800.0
    stand_in_s: float = 300.0
    queued_s: float = 1800.0
    queued_least: float = 10.0


@dataclass(frozen=True, slots=True)
class Hall:
    """A service hall (政务服务大厅).

    Attributes:
        plans: sessions that hold instead on some days; of two that hold, the later one.
    """

    ENTITY: ClassVar = "hall"

    id: HallId
    region_id: RegionId
    name: str
    organ_id: OrganId
    sessions: tuple[Session, ...]
    rules: HallRules = field(default_factory=HallRules)
    address: str = ""
    demonstration: bool = False
    plans: tuple[SessionPlan, ...] = ()


class WindowKind(Enum):
    """What a counter is for: one unit's matters, any unit's (综合窗口), advice, or a machine."""

    UNIT = "UNIT"
    GENERAL = "GENERAL"
    ADVICE = "ADVICE"
    SELF_SERVICE = "SELF_SERVICE"


@dataclass(frozen=True, slots=True)
class Window:
    """A counter (窗口) of a hall."""

    ENTITY: ClassVar = "window"

    id: WindowId
    hall_id: HallId
    number: str
    name: str
    unit_id: UnitId
    clerk: str = ""
    kind: WindowKind = WindowKind.UNIT


Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """The areas of one window on a camera's picture; corners as fractions of it."""

    window_id: WindowId
    seat: Corners
    customer: Corners = ()


class CameraKind(Enum):
    """Where a camera's pictures come from."""

    DRAWN = "DRAWN"
    FILE = "FILE"
    RTSP = "RTSP"
    STILLS = "STILLS"
    USB = "USB"


class Transport(Enum):
    """How a network camera's packets travel: TCP loses none, UDP waits for none."""

    TCP = "TCP"
    UDP = "UDP"


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera over windows. `address` holds no password: that is in the keyring.

    Attributes:
        address: where what is analysed comes from; the sub-stream, where there are two.
        main_address: the main stream, kept for evidence alone; empty where `address` is for both.
        windows: those that it is to watch; one without a zone is not judged yet.
        retired: nobody watches it any more; what it saw stays.
    """

    ENTITY: ClassVar = "camera"

    id: CameraId
    hall_id: HallId
    name: str
    kind: CameraKind
    address: str
    zones: tuple[Zone, ...]
    username: str = ""
    transport: Transport = Transport.TCP
    windows: tuple[WindowId, ...] = ()
    retired: bool = False
    main_address: str = ""

    @property
    def watches(self) -> frozenset[WindowId]:
        """Every window that is this camera's, with a zone or still without."""
        return frozenset((*self.windows, *(zone.window_id for zone in self.zones)))
