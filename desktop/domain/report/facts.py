"""What a report is made from: the ledgers of a period, one line an event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from desktop.domain.appeals import Appeal
from desktop.domain.approvals import CaseBundle
from desktop.domain.cards import Card
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import UnitId, WindowId
from desktop.domain.items import ServiceItem
from desktop.domain.organisation import Hall, Organ, Unit, Window
from desktop.domain.periods import Month
from desktop.domain.rectification import Rectification
from desktop.domain.scoring.entries import ScoreEntry


class Board(Enum):
    """The six boards of supervision (六大板块)."""

    APPROVAL = "APPROVAL"
    WINDOW = "WINDOW"
    FEE = "FEE"
    POWER = "POWER"
    PROJECT = "PROJECT"
    VOICE = "VOICE"


class Outcome(Enum):
    """What people said of a finding."""

    CONFIRMED = "CONFIRMED"
    FALSE_ALARM = "FALSE_ALARM"
    JUSTIFIED = "JUSTIFIED"
    OPEN = "OPEN"


class Cause(Enum):
    """Why it happened (chapter 十一)."""

    PROCEDURE = "PROCEDURE"
    PERSON = "PERSON"
    SYSTEM = "SYSTEM"
    MATERIAL = "MATERIAL"
    COOPERATION = "COOPERATION"


class Ledger(Enum):
    """What a chapter is written from; without its ledger it says so and counts nothing."""

    CASES = "CASES"
    VOICES = "VOICES"
    COMPLAINTS = "COMPLAINTS"
    LISTS = "LISTS"
    PROJECTS = "PROJECTS"
    CAUSES = "CAUSES"
    WATCH = "WATCH"


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding; `level` is what it led to or could lead to, 0 to 3."""

    id: str
    rule_id: str
    board: Board
    unit_id: UnitId
    on: date
    level: int
    outcome: Outcome
    cause: Cause | None = None
    window_id: WindowId | None = None


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card with what the ledger says of it besides."""

    card: Card
    problem: str
    basis: str
    person: str = ""
    case_no: str = ""
    appeal: Appeal | None = None
    rectification: Rectification | None = None


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint against a unit; `grade` is how far its reply is overdue, 0 to 3."""

    unit_id: UnitId
    received_on: date
    reply_due: date
    replied_on: date | None
    grade: int = 0


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """An inspection of a window on the spot."""

    window_id: WindowId
    on: date
    score: Decimal
    faults: int


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap in a power list or ledger, or what a comparison showed (横竖比对)."""

    place: str
    rule_id: str
    item: str
    on: date
    explained: bool


@dataclass(frozen=True, slots=True)
class JointLine:
    """One unit's part of a joint case."""

    case_no: str
    lead_unit_id: UnitId
    unit_id: UnitId
    sent_on: date
    due: date
    opinion_on: date | None
    overdue_wd: int


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """What was noticed in a tender, a key project or a decision, and how many days it is late."""

    name: str
    rule_id: str
    on: date
    due: date | None = None
    done: date | None = None
    overdue_days: int = 0


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure that was taken or proposed; `template` names its paper (11.5).

    Attributes:
        unit_id: None for a paper to several, or to another organ: `recipient` names them.
        cause: the rule of the finding behind it; empty where there is none.
    """

    unit_id: UnitId | None
    template: str
    doc_no: str
    on: date
    cause: str
    done: bool
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """What is left of months before the ledgers begin."""

    received: int
    accepted: int
    completed: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The ledgers behind a report.

    Attributes:
        history: totals of earlier months, for comparison; a month that is not there is unknown.
        coefficients: 折合系数 by unit; 1 where none is set.
        rule_names: names of the rules that the findings name.
        excluded: cases that the report leaves out, with the reason (as frozen for a lawsuit).
        absent: ledgers that nobody keeps here; nothing is said from them.
        lacking: cases that units kept back from what they send, by unit and month.
        open_s: opening time of all windows up to the cut-off, in seconds; None where unknown.
    """

    organ: Organ
    hall: Hall
    units: tuple[Unit, ...]
    windows: tuple[Window, ...]
    items: tuple[ServiceItem, ...]
    bundles: tuple[CaseBundle, ...]
    cut_off: datetime
    findings: tuple[FindingLine, ...] = ()
    cards: tuple[CardLine, ...] = ()
    entries: tuple[ScoreEntry, ...] = ()
    spans: tuple[StateSpan, ...] = ()
    complaints: tuple[ComplaintLine, ...] = ()
    inspections: tuple[InspectionLine, ...] = ()
    gaps: tuple[GapLine, ...] = ()
    joints: tuple[JointLine, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    history: Mapping[Month, MonthTotals] = field(default_factory=dict)
    coefficients: Mapping[UnitId, Decimal] = field(default_factory=dict)
    rule_names: Mapping[str, str] = field(default_factory=dict)
    excluded: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[Ledger] = frozenset()
    open_s: int | None = None
    lacking: Mapping[tuple[UnitId, Month], int] = field(default_factory=dict)
