"""Official papers (文书) that no card carries: drafted, checked, signed, numbered, served."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.errors import OrganMayNotIssue
from desktop.domain.identifiers import (
    CardId,
    Digest,
    DocumentId,
    FindingId,
    HallId,
    OrganId,
    UnitId,
    UserId,
)
from desktop.domain.organisation import Organ
from desktop.domain.signed_papers import SignedPaper

Said = Mapping[str, object]  # by field of the template: a text, some texts, or rows of a table


class DocumentState(Enum):
    """The chain of section 11.3: 拟稿, 核稿, 会签, 签发, 用印, 登记, 送达."""

    DRAFT = "DRAFT"
    UNDER_CHECK = "UNDER_CHECK"
    UNDER_COUNTERSIGN = "UNDER_COUNTERSIGN"
    UNDER_APPROVAL = "UNDER_APPROVAL"
    SIGNED = "SIGNED"
    ISSUED = "ISSUED"
    REGISTERED = "REGISTERED"
    SERVED = "SERVED"
    ARCHIVED = "ARCHIVED"
    CANCELLED = "CANCELLED"

    @property
    def is_over(self) -> bool:
        """Whether nobody has anything to do with it any more."""
        return self in {DocumentState.SERVED, DocumentState.ARCHIVED, DocumentState.CANCELLED}


@dataclass(frozen=True, slots=True)
class OfficialDocument(SignedPaper):
    """A paper on its way from draft to service.

    Attributes:
        template: code of section 11.5, as T04.
        recipient: whom it is addressed to, as lists show it.
        period: what month or quarter it is about, as the drafter writes it.
        said: the fields of the template, without number and date of issue.
        evidence: digests of the evidence that the annex lists.
        pictures: digests of the copies that the annex prints.
        countersigners: who is asked for a word before the signature.
    """

    ENTITY: ClassVar = "official_document"
    STATES: ClassVar = DocumentState

    id: DocumentId
    hall_id: HallId
    organ_id: OrganId
    template: str
    drafted_by: UserId
    drafted_at: datetime
    recipient: str = ""
    unit_id: UnitId | None = None
    card_id: CardId | None = None
    finding_ids: tuple[FindingId, ...] = ()
    period: str = ""
    said: Said = field(default_factory=dict)
    evidence: tuple[Digest, ...] = ()
    pictures: tuple[Digest, ...] = ()
    countersigners: tuple[UserId, ...] = ()
    state: DocumentState = DocumentState.DRAFT
    countersigned_at: datetime | None = None
    registered_by: UserId | None = None
    registered_at: datetime | None = None
    copies: int = 0
    filed_by: UserId | None = None
    filed_at: datetime | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether it gets a number of its own."""
        return self.template in SERIES

    def submitted(self, by: UserId, *, is_checked: bool) -> "OfficialDocument":
        """Hand it to the checker, or to the signer where nobody checks it (11.3)."""
        state = DocumentState.UNDER_CHECK if is_checked else DocumentState.UNDER_APPROVAL
        return replace(self, state=state, submitted_by=by)

    def checked(self, by: UserId, at: datetime, opinion: str) -> "OfficialDocument":
        """Let it pass (核稿): to those who are asked for a word, or to the signer."""
        state = "UNDER_COUNTERSIGN" if self.countersigners else "UNDER_APPROVAL"
        return self.now(state, checked_by=by, checked_at=at, check_opinion=opinion)

    def countersigned(self, at: datetime) -> "OfficialDocument":
        """Let it go on to the signer: all who were asked have agreed (会签)."""
        return replace(self, state=DocumentState.UNDER_APPROVAL, countersigned_at=at)

    def revised(self, said: Said) -> "OfficialDocument":
        """Take another text after the signature: the signature is gone, the way begins anew."""
        return replace(
            self,
            state=DocumentState.DRAFT,
            said=said,
            submitted_by=None,
            checked_by=None,
            checked_at=None,
            check_opinion="",
            countersigned_at=None,
            signed_by=None,
            signed_at=None,
            content_digest=None,
        )

    def registered(self, by: UserId, at: datetime, copies: int) -> "OfficialDocument":
        """Enter it in the register with the number of its copies (登记)."""
        return replace(
            self,
            state=DocumentState.REGISTERED,
            registered_by=by,
            registered_at=at,
            copies=copies,
        )

    def filed(self, by: UserId, at: datetime) -> "OfficialDocument":
        """Put it into the file as it stands (归档)."""
        return replace(self, state=DocumentState.ARCHIVED, filed_by=by, filed_at=at)


@dataclass(frozen=True, slots=True)
class Countersignature:
    """The word of one who was asked (会签); `content_digest` is the text it was given on."""

    ENTITY: ClassVar = "countersignature"

    id: str
    hall_id: HallId
    document_id: DocumentId
    content_digest: Digest
    person_by: UserId
    at: datetime
    opinion: str = ""


# The characters of the number series (section 11.2); what is not here bears no number.
SERIES: Mapping[str, str] = {
    "T04": "改",
    "T05": "纠",
    "T06": "建",
    "T07": "",
    "T08": "约",
    "T09": "诫",
    "T09A": "诫",
    "T10": "移",
    "T14A": "复",
    "T14B": "复",
    "T15": "督",
}
# Slips and the notice of a check go from the drafter to the signer (11.3).
UNCHECKED = frozenset({"T01", "T07"})
# Papers that the unit writes itself; every office may take them in.
BY_UNIT = frozenset({"T12", "T14"})


def must_be_issuable(organ: Organ, template: str) -> None:
    """Hold an organ to its profile; a record or a decision goes with the paper that it follows.

    Raises:
        OrganMayNotIssue: it may only transfer.
    """
    if template not in BY_UNIT and not template.startswith("T14"):
        leading = template[:3]
        if not organ.may_issue(leading):
            raise OrganMayNotIssue(organ.id, leading)


def series_of(organ: Organ, template: str) -> str:
    """Give the number series of a paper, as 某效监改."""
    return f"{organ.doc_code}{SERIES[template]}"
