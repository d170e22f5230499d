"""Approval cases (办件) and what happened to them, light enough to stream by the hundred thousand.

Cases and events are named tuples: a public log has half a million of them, and a tuple is made in
a fifth of the time of a frozen dataclass. What is rare is a frozen dataclass as elsewhere.

Times are aware datetimes. A due date is a `date` and ends at 24:00 of its day, hall time; an
imported deadline is an instant (`..._at`) and is compared as one: late means after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import ClassVar, NamedTuple

from desktop.domain.identifiers import CaseId, HallId, UnitId, WindowId
from desktop.domain.items import Limit, SpecialKind


class Channel(Enum):
    """How an application came in."""

    WINDOW = "WINDOW"
    ONLINE = "ONLINE"
    SELF = "SELF"
    MAIL = "MAIL"
    PROXY = "PROXY"


class Decision(Enum):
    """What was decided on a case."""

    GRANT = "GRANT"
    REFUSE = "REFUSE"
    RETURN = "RETURN"
    WITHDRAW = "WITHDRAW"
    TERMINATE = "TERMINATE"


class CaseState(Enum):
    """How far a case has come."""

    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    STOPPED = "STOPPED"
    DECIDED = "DECIDED"
    CLOSED = "CLOSED"


class EventKind(StrEnum):
    """What may happen to a case (section 5.3)."""

    APPLY = "APPLY"
    PRE_ACCEPT = "PRE_ACCEPT"
    ACCEPT = "ACCEPT"
    NOT_ACCEPT = "NOT_ACCEPT"
    CORRECTION_NOTICE = "CORRECTION_NOTICE"
    CORRECTION_RECEIVED = "CORRECTION_RECEIVED"
    STEP = "STEP"
    SPECIAL_START = "SPECIAL_START"
    SPECIAL_END = "SPECIAL_END"
    EXTEND = "EXTEND"
    DECIDE = "DECIDE"
    COMPLETE = "COMPLETE"
    DELIVER = "DELIVER"
    RATE = "RATE"
    TRANSFER = "TRANSFER"
    REOPEN = "REOPEN"
    RECORDED = "RECORDED"


NO_DETAIL: Mapping[str, object] = {}


class CaseEvent(NamedTuple):
    """One thing that happened to a case (环节).

    Attributes:
        step: the node of the procedure, or the activity as the log names it.
        by: who did it.
        recorded_at: when it was keyed in; the gap to `at` shows work done outside the system.
        due_at: the step's own deadline, where the log gives one.
        done_at: when the step was finished, where the log tells it apart from `at`.
        opinion: the text that was written, as the reason of a refusal.
        attachments: how many files prove it; None where the source does not tell.
        role: the post in which `by` acted.
        detail: other values by name: `material` that was asked for, `presence` when the applicant
            had to come, `persons` who checked on site, `unit` that took a transferred case over,
            `third_party` when others concerned were told.
    """

    kind: EventKind
    at: datetime
    step: str = ""
    by: str = ""
    recorded_at: datetime | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    opinion: str = ""
    doc_no: str = ""
    attachments: int | None = None
    detail: Mapping[str, object] = NO_DETAIL
    role: str = ""

    @property
    def ended_at(self) -> datetime:
        """When it was over: for most events the moment itself."""
        return self.done_at or self.at


class _CaseFields(NamedTuple):
    case_no: str
    id: CaseId = CaseId("")
    hall_id: HallId = HallId("")
    item_code: str = ""
    unit_id: UnitId = UnitId("")
    window_id: WindowId = WindowId("")
    channel: Channel | None = None
    title: str = ""
    applicant_name: str = ""
    applicant_type: str = ""
    applicant_hash: str = ""
    project_code: str = ""
    received_at: datetime | None = None
    pre_accepted_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by: str = ""
    acceptance_doc_no: str = ""
    deemed: bool = False
    promised_limit: Limit | None = None
    statutory_limit: Limit | None = None
    due_promised: date | None = None
    due_promised_at: datetime | None = None
    due_statutory: date | None = None
    due_statutory_at: datetime | None = None
    reported_up_at: datetime | None = None
    decided_at: datetime | None = None
    decision: Decision | None = None
    decision_doc_no: str = ""
    refuse_reason: str = ""
    remedy_told: bool | None = None
    completed_at: datetime | None = None
    certificate_at: datetime | None = None
    delivered_at: datetime | None = None
    delivery_way: str = ""
    delivery_notice_at: datetime | None = None
    published_at: datetime | None = None
    expires_on: date | None = None
    third_party: bool | None = None
    agency: str = ""
    fee_total: int | None = None
    state: CaseState | None = None
    last_level: int = 0
    previous_case_no: str = ""
    disputed: bool = False
    source_batch: str = ""


class ApprovalCase(_CaseFields):
    """One application being handled (办件), with the limits as they stood when it was accepted.

    Attributes:
        applicant_name: masked.
        applicant_hash: tells one applicant from another and names none.
        deemed: accepted by law because the notice was late (视为受理).
        promised_limit: a snapshot: a later change of the item does not reach it.
        due_promised_at: an imported deadline, an instant; it stands instead of `due_promised`.
        reported_up_at: when a lower agency's first review went up (初审上报).
        delivery_notice_at: when the applicant was told to fetch the result.
        expires_on: last day of the permit that the applicant asks to renew (延续).
        third_party: whether it touches the interests of others; None where not told.
        agency: the intermediary whose report was used (中介).
        fee_total: fen (分).
        last_level: the highest level that a card was raised at, 0 to 3.
        previous_case_no: the case that was returned and is handed in anew by this one.
        disputed: an appeal or a lawsuit runs on it; its score is frozen meanwhile.
    """

    __slots__ = ()

    ENTITY: ClassVar = "approval_case"

    @property
    def closed_at(self) -> datetime | None:
        """When work on it ended: completed, or else decided."""
        return self.completed_at or self.decided_at

    @property
    def start_at(self) -> datetime | None:
        """When its clocks start: on acceptance, on receipt when acceptance is deemed."""
        return self.received_at if self.deemed else self.accepted_at


@dataclass(frozen=True, slots=True)
class ClockStop:
    """A stretch for which the clock is said to stand still (暂停计时).

    Attributes:
        ended_at: None while it lasts.
        notice_at: when the applicant was told in writing how long it takes.
        result_at: when the special procedure gave its result.
        recorded_at: when the stop was keyed in.
        persons: how many were sent to inspect, test or quarantine.
        requested_at: when the party asked for the hearing.
        held_at: when the hearing took place.
    """

    kind: SpecialKind
    started_at: datetime
    ended_at: datetime | None = None
    reason: str = ""
    notice_no: str = ""
    notice_at: datetime | None = None
    planned_wd: int | None = None
    result_at: datetime | None = None
    recorded_at: datetime | None = None
    persons: int | None = None
    requested_at: datetime | None = None
    held_at: datetime | None = None


class ApproverLevel(Enum):
    """Who may grant an extension (行政许可法 42)."""

    OTHER = "OTHER"
    AGENCY_HEAD = "AGENCY_HEAD"
    GOVERNMENT_LEADER = "GOVERNMENT_LEADER"


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for a case (延期), in the unit of its limit.

    Attributes:
        promised_only: prolongs the promise inside the legal limit; a local rule must allow it.
    """

    amount: int
    approver_level: ApproverLevel
    approved_at: datetime
    told_applicant_at: datetime | None = None
    approved_by: str = ""
    reason: str = ""
    promised_only: bool = False


@dataclass(frozen=True, slots=True)
class Fee:
    """Money asked for a case, in fen (分).

    Attributes:
        standard: name of the fee standard it was asked under.
        should: what the standard gives for this case, where the source tells it.
        approver: who approved the waiver.
    """

    charged: int
    standard: str = ""
    tier: str = ""
    quantity: int = 1
    should: int | None = None
    waived: int = 0
    approver: str = ""
    receipt_no: str = ""
    paid_at: datetime | None = None
    refunded_at: datetime | None = None


class SubOpinion(Enum):
    """What a department said on its part of a joint case."""

    AGREE = "AGREE"
    DISAGREE = "DISAGREE"
    CORRECT = "CORRECT"


@dataclass(frozen=True, slots=True)
class SubCase:
    """One department's part of a joint case.

    Attributes:
        may_run_parallel: it waits for no other part.
        materials: what this department asked the applicant for.
    """

    unit_id: UnitId
    sent_at: datetime
    limit: Limit
    opinion: SubOpinion | None = None
    opinion_at: datetime | None = None
    returned_times: int = 0
    may_run_parallel: bool = True
    materials: tuple[str, ...] = ()
    stops: tuple[ClockStop, ...] = ()
    item_code: str = ""
    blocks: tuple[UnitId, ...] = ()


@dataclass(frozen=True, slots=True)
class JointCase:
    """Several departments on one matter (并联审批), led by one.

    Attributes:
        stages: when each of the seven stages was recorded, by node of the procedure.
        engineering: an engineering project, held to the whole limit of LL-29.
    """

    case_no: str
    lead_unit_id: UnitId
    accepted_at: datetime
    limit: Limit
    parts: tuple[SubCase, ...]
    stages: tuple[tuple[str, datetime], ...] = ()
    completed_at: datetime | None = None
    extension: Extension | None = None
    engineering: bool = False


class RatingCheck(Enum):
    """What came of checking a rating."""

    CONFIRMED = "CONFIRMED"
    WRONG = "WRONG"
    MALICIOUS = "MALICIOUS"


@dataclass(frozen=True, slots=True)
class Rating:
    """What an applicant thought of the service (好差评), 1 bad to 5 good."""

    level: int
    at: datetime
    items: tuple[str, ...] = ()
    text: str = ""
    real_name: bool = False
    verified: RatingCheck | None = None
    rectified_at: datetime | None = None
    callback_at: datetime | None = None
    callback_result: str = ""


class CaseBundle(NamedTuple):
    """A case with all that belongs to it: what an importer yields and the checks read."""

    case: ApprovalCase
    events: tuple[CaseEvent, ...] = ()
    stops: tuple[ClockStop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    fees: tuple[Fee, ...] = ()
    ratings: tuple[Rating, ...] = ()
