"""Service items (事项): what may be applied for, how long it may take, what it may cost."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from desktop.domain.identifiers import ItemId, UnitId


class LimitUnit(Enum):
    """What a limit is counted in; it belongs to the law, not to the number (section 4.2)."""

    WORKING_DAY = "WORKING_DAY"
    CALENDAR_DAY = "CALENDAR_DAY"
    MONTH = "MONTH"
    HOUR = "HOUR"
    WORKING_MINUTE = "WORKING_MINUTE"


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time that may pass; 0 means on the spot (当场), which is not the same as none."""

    amount: int
    unit: LimitUnit = LimitUnit.WORKING_DAY


class ItemType(Enum):
    """Kinds of items (section 5.2)."""

    PERMIT = "PERMIT"
    CONFIRMATION = "CONFIRMATION"
    PAYMENT = "PAYMENT"
    RULING = "RULING"
    REWARD = "REWARD"
    PUBLIC_SERVICE = "PUBLIC_SERVICE"
    PENALTY = "PENALTY"
    COERCION = "COERCION"
    LEVY = "LEVY"
    OTHER = "OTHER"


class ItemStatus(Enum):
    """Whether an item may be handled."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    CANCELLED = "CANCELLED"


class Subsystem(Enum):
    """The subsystems of section 2.1, F13."""

    APPROVAL = "APPROVAL"
    RESOURCES = "RESOURCES"
    ENFORCEMENT = "ENFORCEMENT"
    DISCLOSURE = "DISCLOSURE"
    KEY_PROJECT = "KEY_PROJECT"


class FocusArea(Enum):
    """Where supervision looks harder (F15): approval, enforcement, funds and the four markets."""

    APPROVAL = "APPROVAL"
    ENFORCEMENT = "ENFORCEMENT"
    SPECIAL_FUND = "SPECIAL_FUND"
    CONSTRUCTION_TENDER = "CONSTRUCTION_TENDER"
    GOVERNMENT_PROCUREMENT = "GOVERNMENT_PROCUREMENT"
    LAND_TRANSFER = "LAND_TRANSFER"
    PROPERTY_EXCHANGE = "PROPERTY_EXCHANGE"


class ListPlace(Enum):
    """Where a list of items is public: the approved power list, the online hall, the hall."""

    POWER = "POWER"
    ONLINE = "ONLINE"
    HALL = "HALL"


class OnlineDepth(Enum):
    """How far an item goes without a visit (网办深度)."""

    INFORMATION = "INFORMATION"
    PRE_REVIEW = "PRE_REVIEW"
    ACCEPTANCE = "ACCEPTANCE"
    WHOLLY_ONLINE = "WHOLLY_ONLINE"


class SpecialKind(Enum):
    """Why a clock may stand still: the legal reasons (行政许可法 45), then what local lists add."""

    HEARING = "HEARING"
    TENDER = "TENDER"
    AUCTION = "AUCTION"
    INSPECTION = "INSPECTION"
    TESTING = "TESTING"
    QUARANTINE = "QUARANTINE"
    APPRAISAL = "APPRAISAL"
    EXPERT_REVIEW = "EXPERT_REVIEW"
    PUBLICITY = "PUBLICITY"
    SITE_SURVEY = "SITE_SURVEY"
    SUPERIOR_APPROVAL = "SUPERIOR_APPROVAL"
    SYSTEM_FAILURE = "SYSTEM_FAILURE"
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    ITEM_CANCELLED = "ITEM_CANCELLED"
    CORRECTION = "CORRECTION"
    OTHER = "OTHER"

    @property
    def is_legal(self) -> bool:
        """Whether the permit law names it; the others need a local rule."""
        return self in _LEGAL_REASONS


_LEGAL_REASONS = frozenset(
    {
        SpecialKind.HEARING,
        SpecialKind.TENDER,
        SpecialKind.AUCTION,
        SpecialKind.INSPECTION,
        SpecialKind.TESTING,
        SpecialKind.QUARANTINE,
        SpecialKind.APPRAISAL,
        SpecialKind.EXPERT_REVIEW,
    }
)


@dataclass(frozen=True, slots=True)
class SpecialProcedure:
    """An entry of the item's list of special procedures (特殊环节清单).

    Attributes:
        basis: the article that allows the stop; an entry without one allows none.
        max_wd: the longest stop that is taken off, working days; None is no maximum.
    """

    kind: SpecialKind
    basis: str
    max_wd: int | None = None
    notice_required: bool = True


@dataclass(frozen=True, slots=True)
class ItemMaterial:
    """A document that an applicant hands in.

    Attributes:
        share_source: where it can be got by data sharing; empty where it cannot.
    """

    name: str
    required: bool = True
    share_source: str = ""


@dataclass(frozen=True, slots=True)
class FeeStandard:
    """What an item may cost (收费标准), in fen (分).

    Attributes:
        tier: the class of cases it holds for; cases of one tier and quantity cost the same.
        list_no: its number in the published list of fees (目录清单); empty when it is in none.
    """

    name: str
    basis: str
    range_min: int
    range_max: int
    tier: str = ""
    waiver_rule: str = ""
    list_no: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """An article that an item rests on, with the last day on which it holds."""

    text: str
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """An item of the power list, as its owner and the public guide (办事指南) describe it.

    Attributes:
        statutory_limit: what the law gives; None where it gives no limit.
        promised_limit: what the unit promised in public; it may not be longer.
        instant: done on the spot (即办件).
        guide: the eight public fields of 行政许可法 30 by name.
        resident: whether it belongs in the hall (应进大厅).
        joint_lead: who leads where several departments handle it together.
        sample_share: part of its cases that is checked against the paper files, 0 to 1.
        procedure: name of the template that its cases are held to; empty holds them to none.
        place: which list has it so; by the power list cases are judged.
        listed: whether that list still has it.
    """

    ENTITY: ClassVar = "service_item"

    id: ItemId
    region_id: str
    code: str
    name: str
    unit_id: UnitId
    type: ItemType = ItemType.PERMIT
    statutory_limit: Limit | None = None
    promised_limit: Limit | None = None
    instant: bool = False
    basis: tuple[Basis, ...] = ()
    approved_doc: str = ""
    approved_on: date | None = None
    published_on: date | None = None
    cancelled_on: date | None = None
    status: ItemStatus = ItemStatus.ACTIVE
    charges_fee: bool = False
    online_depth: OnlineDepth = OnlineDepth.INFORMATION
    visits_max: int | None = None
    resident: bool = False
    hearing_required: bool = False
    joint_lead: UnitId | None = None
    sample_share: float = 0.0
    subsystem: Subsystem = Subsystem.APPROVAL
    focus: tuple[FocusArea, ...] = ()
    procedure: str = ""
    materials: tuple[ItemMaterial, ...] = ()
    fees: tuple[FeeStandard, ...] = ()
    specials: tuple[SpecialProcedure, ...] = ()
    guide: tuple[tuple[str, str], ...] = ()
    place: ListPlace = ListPlace.POWER
    listed: bool = True

    def special(self, kind: SpecialKind) -> SpecialProcedure | None:
        """Give the entry of the list for a kind, or None when the list has none."""
        return next((entry for entry in self.specials if entry.kind is kind), None)
