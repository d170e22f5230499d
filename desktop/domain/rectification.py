"""Rectification (整改): an order with a day by which it is done, from its service to closure."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import CardKind
from desktop.domain.errors import (
    EscalationUnfounded,
    ExtensionRefused,
    RecheckSaysOtherwise,
    ReturnedBefore,
)
from desktop.domain.identifiers import (
    CardId,
    Digest,
    HallId,
    RectificationId,
    UnitId,
    UserId,
)

# Working days to put things right, by the card's kind; a hall may set others (7.3).
LIMIT_WD = {CardKind.YELLOW: 5, CardKind.RED: 10}
ESCALATES_AFTER_WD = 5  # AG-7: overdue by so many working days, the level rises


class RectificationState(Enum):
    """States of section 7.3."""

    ISSUED = "ISSUED"
    SERVED = "SERVED"
    PLAN_FILED = "PLAN_FILED"
    IN_PROGRESS = "IN_PROGRESS"
    REPORTED = "REPORTED"
    RECHECK = "RECHECK"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"
    ESCALATED = "ESCALATED"

    @property
    def waits_for_unit(self) -> bool:
        """Whether the unit has still to act."""
        return self in _WAITING

    @property
    def is_open(self) -> bool:
        """Whether it is neither closed nor escalated."""
        return self not in {RectificationState.CLOSED, RectificationState.ESCALATED}


_WAITING = {
    RectificationState.ISSUED,
    RectificationState.SERVED,
    RectificationState.PLAN_FILED,
    RectificationState.IN_PROGRESS,
    RectificationState.REOPENED,
}


class RecheckResult(Enum):
    """What a recheck found; a false report escalates (R-RCT-02)."""

    PASS = "PASS"  # noqa: S105  # not a password
    FAIL = "FAIL"
    FALSE_REPORT = "FALSE_REPORT"


@dataclass(frozen=True, slots=True)
class Recheck:
    """How a recheck was done and what it found (复查)."""

    way: str
    result: RecheckResult
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rectification:
    """An order to put things right; it runs on while the card is appealed against.

    Attributes:
        due: last day, hall time; extensions are records of their own.
        report_files: digests of what the unit handed in as proof.
        reopened: how often a recheck sent it back; once at most.
    """

    ENTITY: ClassVar = "rectification"

    id: RectificationId
    hall_id: HallId
    card_id: CardId
    unit_id: UnitId
    doc_no: str
    problems: tuple[str, ...]
    due: date
    issued_by: UserId
    issued_at: datetime
    state: RectificationState = RectificationState.ISSUED
    served_by: UserId | None = None
    served_at: datetime | None = None
    plan: str = ""
    plan_filed_by: UserId | None = None
    plan_filed_at: datetime | None = None
    begun_by: UserId | None = None
    report: str = ""
    report_files: tuple[Digest, ...] = ()
    reported_by: UserId | None = None
    reported_at: datetime | None = None
    recheck_way: str = ""
    recheck_result: RecheckResult | None = None
    recheck_note: str = ""
    rechecked_by: UserId | None = None
    rechecked_at: datetime | None = None
    reopened: int = 0
    reopened_by: UserId | None = None
    closed_by: UserId | None = None
    closed_at: datetime | None = None
    escalated_by: UserId | None = None
    escalated_at: datetime | None = None
    escalate_reason: str = ""

    def served(self, by: UserId, at: datetime) -> "Rectification":
        """Note that the order reached the unit."""
        return replace(self, state=RectificationState.SERVED, served_by=by, served_at=at)

    def planned(self, by: UserId, at: datetime, plan: str) -> "Rectification":
        """Take the unit's plan."""
        return replace(
            self,
            state=RectificationState.PLAN_FILED,
            plan=plan,
            plan_filed_by=by,
            plan_filed_at=at,
        )

    def begun(self, by: UserId) -> "Rectification":
        """Note that work goes on, for the first time or again."""
        return replace(self, state=RectificationState.IN_PROGRESS, begun_by=by)

    def reported(
        self, by: UserId, at: datetime, report: str, files: tuple[Digest, ...] = ()
    ) -> "Rectification":
        """Take the unit's word that it is done."""
        return replace(
            self,
            state=RectificationState.REPORTED,
            report=report,
            report_files=files,
            reported_by=by,
            reported_at=at,
        )

    def rechecked(self, by: UserId, at: datetime, recheck: Recheck) -> "Rectification":
        """Record what a recheck found."""
        return replace(
            self,
            state=RectificationState.RECHECK,
            recheck_way=recheck.way,
            recheck_result=recheck.result,
            recheck_note=recheck.note,
            rechecked_by=by,
            rechecked_at=at,
        )

    def closed(self, by: UserId, at: datetime) -> "Rectification":
        """Strike it off the ledger (销号).

        Raises:
            RecheckSaysOtherwise: the recheck did not pass.
        """
        if self.recheck_result is not RecheckResult.PASS:
            raise RecheckSaysOtherwise(self.id, self.recheck_result)
        return replace(self, state=RectificationState.CLOSED, closed_by=by, closed_at=at)

    def sent_back(self, by: UserId) -> "Rectification":
        """Send the unit back to work; once.

        Raises:
            RecheckSaysOtherwise: the recheck passed, or showed the report to be false.
            ReturnedBefore: it was sent back before and escalates now.
        """
        if self.recheck_result is not RecheckResult.FAIL:
            raise RecheckSaysOtherwise(self.id, self.recheck_result)
        if self.reopened:
            raise ReturnedBefore(self.id)
        return replace(self, state=RectificationState.REOPENED, reopened=1, reopened_by=by)

    def must_be_grave(self, overdue_wd: int, *, after_wd: int) -> None:
        """Hold an escalation to its grounds: long overdue (AG-7), failed again, or a false report.

        Args:
            overdue_wd: working days over the due day; `after_wd` of them are enough.

        Raises:
            RecheckSaysOtherwise: the recheck passed, or failed for the first time.
            EscalationUnfounded: it is not rechecked yet, and not so long overdue.
        """
        if self.state is RectificationState.RECHECK:
            again = self.recheck_result is RecheckResult.FAIL and self.reopened > 0
            if not (again or self.recheck_result is RecheckResult.FALSE_REPORT):
                raise RecheckSaysOtherwise(self.id, self.recheck_result)
        elif not (self.state.waits_for_unit and overdue_wd >= after_wd):
            raise EscalationUnfounded(self.id, overdue_wd, after_wd)

    def escalated(self, by: UserId, at: datetime, reason: str) -> "Rectification":
        """Hand it to a higher card."""
        return replace(
            self,
            state=RectificationState.ESCALATED,
            escalated_by=by,
            escalated_at=at,
            escalate_reason=reason,
        )

    def overdue_wd(
        self, today: date, calendar: WorkingCalendar, extension: "Extension | None" = None
    ) -> int:
        """Count the working days over the due day, until the report or until today."""
        due = extension.until if extension else self.due
        reported = self.reported_at.astimezone(HALL_TIME).date() if self.reported_at else None
        waits = self.state.waits_for_unit or reported is None
        return calendar.count(due, today if waits else min(today, reported or today))


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for a rectification."""

    ENTITY: ClassVar = "rectification_extension"

    id: str
    hall_id: HallId
    rectification_id: RectificationId
    until: date
    reason: str
    granted_by: UserId
    granted_at: datetime


def must_be_extendable(
    rectification: Rectification, until: date, today: date, earlier: tuple[Extension, ...]
) -> None:
    """Hold an extension to its rule: once, before the due day has passed, and to a later day.

    Raises:
        ExtensionRefused: rectification id, due day.
    """
    late = today > rectification.due or until <= rectification.due
    if earlier or late or not rectification.state.waits_for_unit:
        raise ExtensionRefused(rectification.id, rectification.due)
