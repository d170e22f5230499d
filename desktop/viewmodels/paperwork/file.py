"""What a card and an official paper have in common while they lie open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.cards import Card, CardState
from desktop.domain.evidence import Paper, ServiceReceipt
from desktop.domain.identifiers import UserId
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.replies import UnitReply
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.times import stamp

Subject = Card | OfficialDocument
_DRAFTS = {CardState.DRAFT, DocumentState.DRAFT}
_WITH_THE_SIGNER = {
    CardState.UNDER_APPROVAL,
    DocumentState.UNDER_COUNTERSIGN,
    DocumentState.UNDER_APPROVAL,
}


class OpenFile(Protocol):
    """A card or an official paper with all that its screen shows."""

    @property
    def subject(self) -> Subject:
        """The record itself."""

    @property
    def title(self) -> str:
        """What its paper is called."""

    @property
    def recipient(self) -> str:
        """Whom it is addressed to."""

    @property
    def liaison(self) -> str:
        """Who signs for it there; "" where nobody is known."""

    @property
    def is_answered(self) -> bool:
        """Whether an answer to it is due, and it has gone out or can go."""

    @property
    def temporary_no(self) -> str:
        """What it goes by while no number can be had; "" where it never wanted that."""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """What was printed of it, and about it."""

    @property
    def receipts(self) -> tuple[ServiceReceipt, ...]:
        """How it was served."""

    @property
    def replies(self) -> tuple[UnitReply, ...]:
        """What came back."""

    def name(self, user_id: UserId | None) -> str:
        """Name a person; one who is not in the register by the start of his id."""


@dataclass(frozen=True, slots=True)
class Print:
    """One thing to look at beside the text: a paper, or the photograph of a receipt."""

    title: str
    paper: Paper | None = None
    photo: str = ""

    @property
    def file_name(self) -> str:
        """What a copy would usually be called."""
        return f"{self.label}.pdf"

    @property
    def label(self) -> str:
        """Its title with its number."""
        return f"{self.title} {self.paper.doc_no if self.paper else ''}".strip()


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said to the open paper last; nothing where nothing was."""

    text: str = ""
    tone: Tone = Tone.SOFT


def prints_of(file: OpenFile) -> tuple[Print, ...]:
    """Give what there is to look at, in the order of its making; photographs last."""
    papers = (Print(kind_name(paper.template), paper) for paper in file.papers)
    photos = (Print(said("回证照片"), photo=each.photo) for each in file.receipts if each.photo)
    return (*papers, *photos)


def main_print(file: OpenFile) -> Paper | None:
    """Give the last paper that was printed, apart from proofs of service."""
    printed = [paper for paper in file.papers if paper.template != "T11"]
    return printed[-1] if printed else None


def remark_on(file: OpenFile) -> Remark:
    """Say why it came back to the drafter, or what the checker said of it to the signer."""
    subject = file.subject
    if is_draft(subject) and subject.return_reason:
        words = said("{0}退回：{1}")
        return Remark(
            words.format(file.name(subject.returned_by), subject.return_reason), Tone.NEAR
        )
    if subject.check_opinion and subject.state in _WITH_THE_SIGNER:
        words = said("{0}核稿：{1}")
        said_by = file.name(subject.checked_by)
        return Remark(words.format(said_by, subject.check_opinion), Tone.ACCENT)
    return Remark()


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of the way; `person` did it, or has it."""

    title: str
    person: str = ""


def walked(ways: Iterator[tuple[str, str]], now: int, waiting: str) -> tuple[WayStep, ...]:
    """Tell the steps: who did those before, whom the one now waits for."""
    return tuple(
        WayStep(title, done if n < now else waiting if n == now else "")
        for n, (title, done) in enumerate(ways)
    )


def done_by(file: OpenFile, by: UserId | None, at: datetime | None) -> str:
    """Say who did a step and when; "" before."""
    return f"{file.name(by)} {stamp(at)[5:16]}" if by and at else ""


def is_draft(subject: Subject) -> bool:
    """Tell whether its text is still being written."""
    return subject.state in _DRAFTS


def named(subject: Subject) -> str:
    """Name it as the chain of custody does."""
    kind = "card" if isinstance(subject, Card) else "document"
    return f"{kind}/{subject.id}"
