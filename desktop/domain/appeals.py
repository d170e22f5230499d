"""Appeals (申诉): a unit says no, somebody who did not sign the card looks again."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.calendar import HALL_TIME, Deadline, WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.errors import AppealTooLate, WrongState
from desktop.domain.identifiers import AppealId, CardId, Digest, HallId, UnitId, UserId

DECIDED_WITHIN_WD = 5  # 10 for complex ones; a hall may set others (7.3)


class AppealState(Enum):
    """From the unit's letter to the decision."""

    FILED = "FILED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    REVIEWED = "REVIEWED"
    DECIDED = "DECIDED"

    @property
    def is_open(self) -> bool:
        """Whether it still has to be decided."""
        return self in {AppealState.FILED, AppealState.ACCEPTED, AppealState.REVIEWED}


class Decision(Enum):
    """维持, 撤销, 变更, and 撤销 with a new inquiry."""

    UPHOLD = "UPHOLD"
    REVOKE = "REVOKE"
    DOWNGRADE = "DOWNGRADE"
    REDO = "REDO"


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal against a card.

    Attributes:
        card_signer: who signed the card; he neither reviews nor decides.
        evidence: digests of what the unit handed in.
        suspends: the reviewer ordered that the rectification waits (it does not by itself).
    """

    ENTITY: ClassVar = "appeal"

    id: AppealId
    hall_id: HallId
    card_id: CardId
    unit_id: UnitId
    card_signer: UserId
    reason: str
    received_at: datetime
    recorded_by: UserId
    evidence: tuple[Digest, ...] = ()
    state: AppealState = AppealState.FILED
    accepted_by: UserId | None = None
    accepted_at: datetime | None = None
    decision_due: date | None = None
    suspends: bool = False
    declined_by: UserId | None = None
    decline_reason: str = ""
    withdrawn_by: UserId | None = None
    facts: str = ""
    proposal: Decision | None = None
    reviewed_by: UserId | None = None
    reviewed_at: datetime | None = None
    decision: Decision | None = None
    decision_reason: str = ""
    decided_by: UserId | None = None
    decided_at: datetime | None = None

    def accepted(
        self, by: UserId, at: datetime, decision_due: date, *, suspends: bool = False
    ) -> "Appeal":
        """Take it up (受理)."""
        return replace(
            self,
            state=AppealState.ACCEPTED,
            accepted_by=by,
            accepted_at=at,
            decision_due=decision_due,
            suspends=suspends,
        )

    def declined(self, by: UserId, reason: str) -> "Appeal":
        """Not take it up, with a reason (不予受理)."""
        return replace(self, state=AppealState.DECLINED, declined_by=by, decline_reason=reason)

    def withdrawn(self, by: UserId) -> "Appeal":
        """Let the unit take it back (撤回)."""
        return replace(self, state=AppealState.WITHDRAWN, withdrawn_by=by)

    def reviewed(self, by: UserId, at: datetime, facts: str, proposal: Decision) -> "Appeal":
        """Record what the reviewer found and proposes (复核)."""
        return replace(
            self,
            state=AppealState.REVIEWED,
            reviewed_by=by,
            reviewed_at=at,
            facts=facts,
            proposal=proposal,
        )

    def decided(self, by: UserId, at: datetime, decision: Decision, reason: str) -> "Appeal":
        """Decide; the reviewer only proposed."""
        return replace(
            self,
            state=AppealState.DECIDED,
            decision=decision,
            decision_reason=reason,
            decided_by=by,
            decided_at=at,
        )


def last_day(card: Card, calendar: WorkingCalendar) -> Deadline:
    """Give the last day on which a served card may be appealed against.

    The day of receipt is not counted (11.4).

    Raises:
        WrongState: it was not served.
    """
    if card.served_at is None:
        raise WrongState(card.ENTITY, "appeal", card.state.value)
    return calendar.after(card.served_at.astimezone(HALL_TIME).date(), card.appeal_days)


def must_be_in_time(card: Card, received_at: datetime, calendar: WorkingCalendar) -> None:
    """Hold an appeal to its days; days that touch a year without a notice are not held against it.

    Raises:
        AppealTooLate: card id, last day.
    """
    deadline = last_day(card, calendar)
    received = received_at.astimezone(HALL_TIME).date()
    if received > deadline.day and not deadline.provisional:
        raise AppealTooLate(card.id, deadline.day)
