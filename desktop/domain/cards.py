"""Yellow and red cards (黄牌, 红牌): drafted, checked, signed, numbered, served."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.calendar import HALL_TIME
from desktop.domain.errors import (
    AppealTimeRuns,
    OrganMayNotIssue,
    ReturnedBefore,
)
from desktop.domain.findings import Finding
from desktop.domain.identifiers import (
    AppealId,
    BasisId,
    CardId,
    Digest,
    FindingId,
    HallId,
    OrganId,
    RectificationId,
    UnitId,
    UserId,
    WindowId,
)
from desktop.domain.organisation import Organ
from desktop.domain.signed_papers import SignedPaper


class CardKind(Enum):
    """Level 2 and level 3."""

    YELLOW = "YELLOW"
    RED = "RED"

    @property
    def series_letter(self) -> str:
        """The character of the number series (section 11.2)."""
        return {CardKind.YELLOW: "黄", CardKind.RED: "红"}[self]

    @property
    def level(self) -> int:
        """The level of section 7.1 that it stands for."""
        return {CardKind.YELLOW: 2, CardKind.RED: 3}[self]


class CardState(Enum):
    """States of section 7.3."""

    DRAFT = "DRAFT"
    UNDER_CHECK = "UNDER_CHECK"
    UNDER_APPROVAL = "UNDER_APPROVAL"
    SIGNED = "SIGNED"
    ISSUED = "ISSUED"
    SERVED = "SERVED"
    APPEALED = "APPEALED"
    EFFECTIVE = "EFFECTIVE"
    RECTIFYING = "RECTIFYING"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    CLOSED = "CLOSED"
    REVOKED = "REVOKED"
    REPLACED = "REPLACED"
    ESCALATED = "ESCALATED"
    CANCELLED = "CANCELLED"
    SUPERSEDED = "SUPERSEDED"

    @property
    def is_void(self) -> bool:
        """Whether the card counts no more; its number, where it had one, is never given again."""
        return self in _VOID

    @property
    def may_be_superseded(self) -> bool:
        """Whether a higher card of the same matter may still take its place (7.4)."""
        return not self.is_void and self not in _SETTLED


_VOID = {CardState.CANCELLED, CardState.REVOKED, CardState.REPLACED, CardState.SUPERSEDED}
# What waits for a decision, was put right or gave way already keeps its state.
_SETTLED = {CardState.APPEALED, CardState.CLOSED, CardState.ESCALATED}


def card_kind(finding: Finding) -> CardKind:
    """Give the highest card that a confirmed finding leads to (7.1)."""
    return CardKind.RED if finding.level >= CardKind.RED.level else CardKind.YELLOW


@dataclass(frozen=True, slots=True)
class Card(SignedPaper):
    """A card on its way from draft to service.

    Attributes:
        violated: articles that forbid the conduct.
        basis: articles that empower the card; never empty once submitted.
        requirements: what the unit is asked to do, one sentence each.
        evidence: digests of the evidence that the paper lists, as it stood when drafted.
        measures: what a red card proposes besides (处理建议); copy_to: who else gets it (抄送).
        person: who answers for it in the unit, by name, as of the day (责任人); he may move on.
        bad_intent: whether the facts show intent (故意); of a red card it weighs for AG-5.
        rests_on: the cards that were added up for it (7.2); its points replace theirs.
    """

    ENTITY: ClassVar = "card"
    STATES: ClassVar = CardState

    id: CardId
    hall_id: HallId
    kind: CardKind
    unit_id: UnitId
    finding_ids: tuple[FindingId, ...]
    organ_id: OrganId
    rectify_due: date
    drafted_by: UserId
    drafted_at: datetime
    window_id: WindowId | None = None
    facts_text: str = ""
    violated: tuple[BasisId, ...] = ()
    basis: tuple[BasisId, ...] = ()
    requirements: tuple[str, ...] = ()
    evidence: tuple[Digest, ...] = ()
    appeal_days: int = 5
    measures: str = ""
    copy_to: str = ""
    person: str = ""
    bad_intent: bool = False
    rests_on: tuple[CardId, ...] = ()
    state: CardState = CardState.DRAFT
    effective_at: datetime | None = None
    appeal_id: AppealId | None = None
    upheld_by: UserId | None = None
    revoked_by: UserId | None = None
    revoked_at: datetime | None = None
    revoke_reason: str = ""
    successor_id: CardId | None = None
    replaced_by: UserId | None = None
    rectification_id: RectificationId | None = None
    sent_back: int = 0
    sent_back_by: UserId | None = None
    closed_by: UserId | None = None
    closed_at: datetime | None = None
    escalated_by: UserId | None = None
    escalated_at: datetime | None = None
    superseded_by: UserId | None = None

    def submitted(self, by: UserId) -> "Card":
        """Hand the draft to the checker."""
        return replace(self, state=CardState.UNDER_CHECK, submitted_by=by)

    def takes_effect(self, at: datetime, last_day: date) -> "Card":
        """Let it take effect when nobody appealed in time (7.3); from then on its points count.

        Raises:
            AppealTimeRuns: it may still be appealed on the day of `at`, hall time.
        """
        if at.astimezone(HALL_TIME).date() <= last_day:
            raise AppealTimeRuns(self.id, last_day)
        return replace(self, state=CardState.EFFECTIVE, effective_at=at)

    def appealed(self, appeal_id: AppealId) -> "Card":
        """Note that the unit appealed against it (申诉)."""
        return replace(self, state=CardState.APPEALED, appeal_id=appeal_id)

    def upheld(self, by: UserId, at: datetime) -> "Card":
        """Let it stand after review (维持)."""
        return replace(self, state=CardState.EFFECTIVE, upheld_by=by, effective_at=at)

    def revoked(self, by: UserId, at: datetime, reason: str) -> "Card":
        """Take it back (撤销); its number stays in the register, its points are restored."""
        return replace(
            self, state=CardState.REVOKED, revoked_by=by, revoked_at=at, revoke_reason=reason
        )

    def replaced(self, by: UserId, successor_id: CardId) -> "Card":
        """Put a lower card in its place (变更)."""
        return replace(self, state=CardState.REPLACED, replaced_by=by, successor_id=successor_id)

    def superseded(self, by: UserId, successor_id: CardId) -> "Card":
        """Give way to a higher card of the same matter (7.4); its number stays as void."""
        return replace(
            self, state=CardState.SUPERSEDED, superseded_by=by, successor_id=successor_id
        )

    def rectifying(self, rectification_id: RectificationId) -> "Card":
        """Let the unit put things right."""
        return replace(self, state=CardState.RECTIFYING, rectification_id=rectification_id)

    def reported(self) -> "Card":
        """Note that the unit says it is done."""
        return replace(self, state=CardState.SUBMITTED)

    def sent_back_by_recheck(self, by: UserId) -> "Card":
        """Send the unit back to work after a failed recheck; once.

        Raises:
            ReturnedBefore: it was sent back before and escalates now.
        """
        if self.sent_back:
            raise ReturnedBefore(self.id)
        return replace(self, state=CardState.RETURNED, sent_back=1, sent_back_by=by)

    def closed(self, by: UserId, at: datetime) -> "Card":
        """Strike it off the ledger (销号)."""
        return replace(self, state=CardState.CLOSED, closed_by=by, closed_at=at)

    def escalated(self, by: UserId, at: datetime, successor_id: CardId) -> "Card":
        """Let a higher card follow an overdue or false rectification."""
        return replace(
            self,
            state=CardState.ESCALATED,
            escalated_by=by,
            escalated_at=at,
            successor_id=successor_id,
        )


def carded(cards: Iterable[Card]) -> Mapping[FindingId, Card]:
    """Give the card that each finding led to.

    A cancelled card leaves its findings free, and so does one that gave way to a cancelled one. A
    card that was taken back does not: what was decided is not decided again.
    """
    known = {card.id: card for card in cards}
    return {
        finding_id: card
        for card in known.values()
        if not _leaves_free(card, known.get(card.successor_id) if card.successor_id else None)
        for finding_id in card.finding_ids
    }


def _leaves_free(card: Card, successor: Card | None) -> bool:
    if card.state is CardState.CANCELLED:
        return True
    if successor is None:
        return False
    ended = card.state is CardState.SUPERSEDED and successor.state.is_void
    return ended or successor.state is CardState.CANCELLED


TEMPLATES = {CardKind.YELLOW: "T02", CardKind.RED: "T03"}


def series_of(organ: Organ, kind: CardKind) -> str:
    """Give the number series of a card, as 某效监黄.

    Raises:
        OrganMayNotIssue: the organ's profile lacks this paper; it may only transfer.
    """
    if not organ.may_issue(TEMPLATES[kind]):
        raise OrganMayNotIssue(organ.id, TEMPLATES[kind])
    return f"{organ.doc_code}{kind.series_letter}"
