"""What a unit sends back to a paper: receipt, explanation, report and appeal on one form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card
from desktop.domain.errors import BadField, MissingField, ReplyUnmatched
from desktop.domain.identifiers import CardId, Digest, DocumentId, HallId, UserId
from desktop.domain.official_documents import OfficialDocument


class ReplyPart(Enum):
    """The parts of the form; each is an act of its own."""

    RECEIPT = "receipt"
    EXPLANATION = "explanation"
    REPORT = "report"
    APPEAL = "appeal"


FIELDS: Mapping[ReplyPart, tuple[str, ...]] = {
    ReplyPart.RECEIPT: ("receiver", "received_at", "place"),
    ReplyPart.EXPLANATION: ("explanation",),
    ReplyPart.REPORT: ("remedy", "results"),
    ReplyPart.APPEAL: ("reason",),
}
FILLED_BY = "filled_by"
ALL_FIELDS = (*(name for names in FIELDS.values() for name in names), FILLED_BY)
_TIME = "%Y-%m-%d %H:%M"


def read_time(written: str) -> datetime:
    """Read the time of receipt as the form asks for it.

    Raises:
        BadField: it is not written so.
    """
    try:
        return datetime.strptime(written, _TIME).replace(tzinfo=HALL_TIME)
    except ValueError as error:
        raise BadField(UnitReply.ENTITY, "received_at", written) from error


@dataclass(frozen=True, slots=True)
class Reply:
    """A form that came back.

    Attributes:
        subject_id: id of the card or document whose paper it answers.
        content_digest: of the paper with which it went out.
        said: what was filled in, by field.
    """

    subject_id: str
    content_digest: Digest
    said: Mapping[str, str]

    @property
    def parts(self) -> tuple[ReplyPart, ...]:
        """The parts in which anything was filled in."""
        return tuple(p for p in ReplyPart if any(self.said.get(name) for name in FIELDS[p]))

    def must_answer(self, paper: Card | OfficialDocument) -> None:
        """Hold it to its paper, and to saying each part whole.

        Raises:
            ReplyUnmatched: it went out with another paper, or with another text of this one.
            MissingField: nothing is filled in, or a part is filled in by half.
            BadField: the time of receipt is no time.
        """
        if paper.id != self.subject_id or paper.content_digest != self.content_digest:
            raise ReplyUnmatched(paper.doc_no)
        if not self.parts:
            raise MissingField(UnitReply.ENTITY, "take", "said")
        wanted = [name for part in self.parts for name in FIELDS[part]]
        for name in (*wanted, FILLED_BY):
            if not self.said.get(name):
                raise MissingField(UnitReply.ENTITY, "take", name)
        if ReplyPart.RECEIPT in self.parts:
            read_time(self.said["received_at"])


@dataclass(frozen=True, slots=True)
class UnitReply:
    """A reply that was taken in; the file itself lies in the vault."""

    ENTITY: ClassVar = "unit_reply"

    id: str
    hall_id: HallId
    said: Mapping[str, str]
    file_sha256: Digest
    file_size: int
    recorded_by: UserId
    recorded_at: datetime
    card_id: CardId | None = None
    document_id: DocumentId | None = None

    @property
    def answers(self) -> bool:
        """Whether it says more than that the paper was received."""
        parts = (ReplyPart.EXPLANATION, ReplyPart.REPORT)
        return any(self.said.get(name) for part in parts for name in FIELDS[part])
