"""A finding (疑似问题): what a machine or a person noticed, until people have decided on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar, cast

from desktop.domain.errors import Inconclusive
from desktop.domain.identifiers import (
    AnswerId,
    CameraId,
    CardId,
    CaseId,
    FindingId,
    HallId,
    InspectionId,
    UnitId,
    UserId,
    WindowId,
)
from desktop.domain.items import Limit

CARD_LEVEL = 2  # a reminder or a warning leads to no card (section 7.1)
END_SEEN = "end_seen"  # among the facts
_ESCALATING = {"AG-7", "R-RCT-02"}


class FindingState(Enum):
    """States of section 7.3."""

    DETECTED = "DETECTED"
    ASSIGNED = "ASSIGNED"
    VERIFYING = "VERIFYING"
    CONFIRMED = "CONFIRMED"
    DISMISSED = "DISMISSED"
    MERGED = "MERGED"
    EXPIRED = "EXPIRED"

    @property
    def is_open(self) -> bool:
        """Whether people still have to decide."""
        return self in {FindingState.DETECTED, FindingState.ASSIGNED, FindingState.VERIFYING}


class Dismissal(Enum):
    """Why a finding was dismissed."""

    FALSE_ALARM = "FALSE_ALARM"
    DATA_ERROR = "DATA_ERROR"
    JUSTIFIED = "JUSTIFIED"
    UNDECIDABLE = "UNDECIDABLE"


@dataclass(frozen=True, slots=True)
class CaseMatter:
    """The approval case that a finding is about, as it stood when it was found.

    A later import may change the case, and other machines may not hold it: what people decided
    on stays readable.

    Attributes:
        matter: of findings of one matter only the gravest stands (section 7.4).
        rule_set, calendar: versions of the parameters and of the days it was judged by.
        why: the rule's sentence with the facts of this case, in Chinese, as papers say it.
        promised, statutory: its limits as they stood, None where it has none.
        provisional: rests on a date that may still move; no card may follow.
    """

    case_no: str
    title: str
    item_code: str
    matter: str
    rule_set: str
    calendar: str
    why: str
    promised: Limit | None = None
    statutory: Limit | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What was noticed about a window or an approval case, with the inputs that were used.

    Attributes:
        level: 0 reminder, 1 warning, 2 yellow, 3 red: what it could lead to, never more.
        unit_id: who answers for it: the unit whose step it was.
        dedupe_key: the same thing found again has the same key.
        facts: the inputs the rule used, by name, as JSON values.
        conclusive: False when the camera could not judge enough of the time.
        window_id: None where a case names no window of ours.
        camera_id: what saw it; None for what no camera sees.
        case_id: the approval case it is about, with what is told of it in `case`.
        inspection_id, answer_id: where people found it; no item where it is about the whole.
        raised_by: who put it before the reviewers; None for the machine. He verifies it not.
        redo_of: the finding that an appeal sent back to be looked into anew.
    """

    ENTITY: ClassVar = "finding"

    id: FindingId
    hall_id: HallId
    rule_id: str
    rule_version: str
    level: int
    unit_id: UnitId
    event_id: str
    dedupe_key: str
    started_at: datetime
    detected_at: datetime
    window_id: WindowId | None = None
    camera_id: CameraId | None = None
    case_id: CaseId | None = None
    case: CaseMatter | None = None
    threshold_s: float = 0.0
    unknown_share: float = 0.0
    conclusive: bool = True
    customer_waited: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    state: FindingState = FindingState.DETECTED
    ended_at: datetime | None = None
    assigned_by: UserId | None = None
    assigned_to: UserId | None = None
    first_review_by: UserId | None = None
    first_review_at: datetime | None = None
    first_review_note: str = ""
    confirmed_by: UserId | None = None
    confirmed_at: datetime | None = None
    confirm_note: str = ""
    dismissed_by: UserId | None = None
    dismissed_at: datetime | None = None
    dismissal: Dismissal | None = None
    dismissal_note: str = ""
    merged_into: FindingId | None = None
    inspection_id: InspectionId | None = None
    answer_id: AnswerId | None = None
    raised_by: UserId | None = None
    redo_of: FindingId | None = None

    def lasted_s(self, now: datetime) -> float:
        """Seconds from the first empty moment to the return, or to now while it goes on."""
        return ((self.ended_at or now) - self.started_at).total_seconds()

    def graver(self, rule_id: str, rule_version: str, level: int) -> "Finding":
        """Let a graver rule stand for the same absence; what a person has reviewed stays."""
        untouched = self.state in {FindingState.DETECTED, FindingState.ASSIGNED}
        if level < self.level or not untouched:
            return self
        return replace(self, rule_id=rule_id, rule_version=rule_version, level=level)

    def unwatched(self, since: datetime) -> "Finding":
        """Note that nobody watched any more while it went on: it lasted at least until then."""
        facts = {**self.facts, END_SEEN: False}
        return replace(self, ended_at=max(since, self.started_at), facts=facts)

    @property
    def end_seen(self) -> bool:
        """Whether the return was seen; otherwise its end is only when watching ended."""
        return self.facts.get(END_SEEN) is not False

    def empty_s(self, now: datetime) -> float:
        """Seconds seen to be empty: of several absences their sum, of one its whole length."""
        told = self.facts.get("empty_s")
        return float(str(told)) if told is not None else self.lasted_s(now)

    @property
    def is_sum(self) -> bool:
        """Whether it is about several short absences together, none of them long enough alone."""
        return self.facts.get("which") == "hourly"

    @property
    def is_provisional(self) -> bool:
        """Whether a date it rests on may still move."""
        return self.case is not None and self.case.provisional

    def merged(self, into: FindingId) -> "Finding":
        """Let a graver finding of the same matter stand for it."""
        return replace(self, state=FindingState.MERGED, merged_into=into)

    @property
    def is_record(self) -> bool:
        """Whether it is about what the office keeps on record, and no case and no camera."""
        return self.case is not None and self.case_id is None

    @property
    def escalates(self) -> CardId | None:
        """The card that a higher one follows once this is confirmed (AG-7, R-RCT-02)."""
        return CardId(str(self.facts["card_id"])) if self.rule_id in _ESCALATING else None

    @property
    def rests_on(self) -> tuple[CardId, ...]:
        """The cards that were added up for it (AG-2)."""
        return tuple(map(CardId, cast(Sequence[str], self.facts.get("rests_on", ()))))

    @property
    def matter(self) -> str:
        """What findings about the same thing share: of one matter one card a level (7.4)."""
        return f"{self.case_id}/{self.case.matter}" if self.case and self.case_id else self.event_id

    def told(self, by: CaseMatter, facts: Mapping[str, object], dedupe_key: str) -> "Finding":
        """Take what its rule says of a case, or of what the office itself keeps on record."""
        return replace(self, case=by, facts=facts, dedupe_key=dedupe_key)

    def anew(self, finding_id: FindingId, by: UserId, at: datetime) -> "Finding":
        """Give the same thing as nobody has decided on it yet, to be looked into again."""
        return replace(
            self,
            id=finding_id,
            state=FindingState.DETECTED,
            event_id=f"{self.event_id}/{finding_id}",
            dedupe_key=f"{self.dedupe_key}/{finding_id}",
            detected_at=at,
            assigned_by=None,
            assigned_to=None,
            first_review_by=None,
            first_review_at=None,
            first_review_note="",
            confirmed_by=None,
            confirmed_at=None,
            confirm_note="",
            raised_by=by,
            redo_of=self.id,
        )

    def assigned(self, by: UserId, to: UserId) -> "Finding":
        """Give it to somebody to verify (指派)."""
        return replace(self, state=FindingState.ASSIGNED, assigned_by=by, assigned_to=to)

    def expired(self) -> "Finding":
        """Let a notice that nobody needed go."""
        return replace(self, state=FindingState.EXPIRED)

    def ended(self, at: datetime, *, facts: Mapping[str, object], conclusive: bool) -> "Finding":
        """Note the return; what people already reviewed is not touched."""
        return replace(self, ended_at=at, facts=facts, conclusive=conclusive)

    def first_reviewed(self, by: UserId, at: datetime, note: str) -> "Finding":
        """Take the first reviewer's word that it is true (9.3, step 4).

        Raises:
            Inconclusive: too much of the time could not be judged; it can only be dismissed.
        """
        if not self.conclusive:
            raise Inconclusive(self.id)
        return replace(
            self,
            state=FindingState.VERIFYING,
            first_review_by=by,
            first_review_at=at,
            first_review_note=note,
        )

    def confirmed(self, by: UserId, at: datetime, note: str) -> "Finding":
        """Take the second reviewer's word (9.3, step 5)."""
        if not self.conclusive:
            raise Inconclusive(self.id)
        return replace(
            self,
            state=FindingState.CONFIRMED,
            confirmed_by=by,
            confirmed_at=at,
            confirm_note=note,
        )

    def dismissed(self, why: Dismissal, by: UserId, at: datetime, note: str) -> "Finding":
        """Close it with a reason; nothing follows."""
        return replace(
            self,
            state=FindingState.DISMISSED,
            dismissal=why,
            dismissed_by=by,
            dismissed_at=at,
            dismissal_note=note,
        )


class ReviewResult(Enum):
    """What one reviewer found."""

    TRUE = "TRUE"
    FALSE_ALARM = "FALSE_ALARM"
    DATA_ERROR = "DATA_ERROR"
    JUSTIFIED = "JUSTIFIED"
    UNDECIDABLE = "UNDECIDABLE"


@dataclass(frozen=True, slots=True)
class Verification:
    """One reviewer's act (核实); append only."""

    ENTITY: ClassVar = "verification"

    id: str
    hall_id: HallId
    finding_id: FindingId
    verified_by: UserId
    at: datetime
    turn: int
    result: ReviewResult
    note: str = ""
    evidence_seen: tuple[str, ...] = ()
