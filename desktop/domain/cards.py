"""Yellow and red cards (黄牌, 红牌): drafted, checked, signed, numbered, served."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.errors import ContentChanged, OrganMayNotIssue
from desktop.domain.identifiers import (
    BasisId,
    CardId,
    Digest,
    FindingId,
    HallId,
    OrganId,
    UnitId,
    UserId,
    WindowId,
)
from desktop.domain.organisation import Organ


class CardKind(Enum):
    """Level 2 and level 3."""

    YELLOW = "YELLOW"
    RED = "RED"

    @property
    def series_letter(self) -> str:
        """The character of the number series (section 11.2)."""
        return {CardKind.YELLOW: "黄", CardKind.RED: "红"}[self]


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


@dataclass(frozen=True, slots=True)
class Card:
    """A card on its way from draft to service.

    Attributes:
        violated: articles that forbid the conduct.
        basis: articles that empower the card; never empty once submitted.
        requirements: what the unit is asked to do, one sentence each.
        evidence: digests of the evidence that the paper lists, as it stood when drafted.
        measures: what a red card proposes besides (处理建议); copy_to: who else gets it (抄送).
        content_digest: SHA-256 of the canonical content, set by the signature.
    """

    ENTITY: ClassVar = "card"

    id: CardId
    hall_id: HallId
    kind: CardKind
    unit_id: UnitId
    window_id: WindowId
    finding_ids: tuple[FindingId, ...]
    organ_id: OrganId
    rectify_due: date
    drafted_by: UserId
    drafted_at: datetime
    facts_text: str = ""
    violated: tuple[BasisId, ...] = ()
    basis: tuple[BasisId, ...] = ()
    requirements: tuple[str, ...] = ()
    evidence: tuple[Digest, ...] = ()
    appeal_days: int = 5
    measures: str = ""
    copy_to: str = ""
    state: CardState = CardState.DRAFT
    submitted_by: UserId | None = None
    checked_by: UserId | None = None
    checked_at: datetime | None = None
    check_opinion: str = ""
    returned_by: UserId | None = None
    return_reason: str = ""
    signed_by: UserId | None = None
    signed_at: datetime | None = None
    content_digest: Digest | None = None
    sealed_by: UserId | None = None
    issued_at: datetime | None = None
    series: str = ""
    year: int | None = None
    number: int | None = None
    doc_no: str = ""
    served_by: UserId | None = None
    served_at: datetime | None = None
    cancelled_by: UserId | None = None
    cancel_reason: str = ""

    def submitted(self, by: UserId) -> "Card":
        """Hand the draft to the checker."""
        return replace(self, state=CardState.UNDER_CHECK, submitted_by=by)

    def checked(self, by: UserId, at: datetime, opinion: str) -> "Card":
        """Let it pass to the signer (核稿)."""
        return replace(
            self,
            state=CardState.UNDER_APPROVAL,
            checked_by=by,
            checked_at=at,
            check_opinion=opinion,
        )

    def returned(self, by: UserId, reason: str) -> "Card":
        """Send it back to the drafter (退回)."""
        return replace(self, state=CardState.DRAFT, returned_by=by, return_reason=reason)

    def signed(self, by: UserId, at: datetime, digest: Digest) -> "Card":
        """Sign the content (签发); the number and the seal are a second act."""
        return replace(
            self, state=CardState.SIGNED, signed_by=by, signed_at=at, content_digest=digest
        )

    def issued(self, by: UserId, at: datetime, *, series: str, year: int, number: int) -> "Card":
        """Give the number and the seal (编号用印)."""
        return replace(
            self,
            state=CardState.ISSUED,
            sealed_by=by,
            issued_at=at,
            series=series,
            year=year,
            number=number,
            doc_no=document_number(series, year, number),
        )

    def served(self, by: UserId, at: datetime) -> "Card":
        """Note that it reached its recipient (送达)."""
        return replace(self, state=CardState.SERVED, served_by=by, served_at=at)

    def cancelled(self, by: UserId, reason: str) -> "Card":
        """Void it before service; its number stays in the register as void (作废)."""
        return replace(self, state=CardState.CANCELLED, cancelled_by=by, cancel_reason=reason)

    def must_still_be(self, digest: Digest) -> None:
        """Hold the text to its signature.

        Raises:
            ContentChanged: the content is not the one that was signed.
        """
        if self.content_digest != digest:
            raise ContentChanged(self.content_digest, digest)


TEMPLATES = {CardKind.YELLOW: "T02", CardKind.RED: "T03"}


def series_of(organ: Organ, kind: CardKind) -> str:
    """Give the number series of a card, as 某效监黄.

    Raises:
        OrganMayNotIssue: the organ's profile lacks this paper; it may only transfer.
    """
    if not organ.may_issue(TEMPLATES[kind]):
        raise OrganMayNotIssue(organ.id, TEMPLATES[kind])
    return f"{organ.doc_code}{kind.series_letter}"


def document_number(series: str, year: int, number: int) -> str:
    """Write a document number (发文字号): brackets U+3014/U+3015, no leading zero."""
    return f"{series}〔{year}〕{number}号"
