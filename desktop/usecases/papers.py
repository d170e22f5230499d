"""A printed paper is kept: its record in the case file, its bytes on their way to the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.calendar import HALL_TIME
from desktop.domain.errors import BasisNotInForce
from desktop.domain.evidence import Paper
from desktop.domain.identifiers import CardId, Digest, DocumentId, HallId, PaperId, new_id
from desktop.domain.organisation import LegalBasis
from desktop.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that lies in the vault."""

    template: str
    content: Mapping[str, object]
    content_digest: Digest
    pdf_sha256: Digest
    pdf_size: int


def keep_paper(
    work: UnitOfWork,
    printed: Printed,
    now: datetime,
    *,
    hall_id: HallId,
    doc_no: str,
    card_id: CardId | None = None,
    document_id: DocumentId | None = None,
) -> None:
    """Keep a printed paper of a card or a document."""
    work.add(
        Paper(
            id=PaperId(new_id()),
            hall_id=hall_id,
            template=printed.template,
            doc_no=doc_no,
            content=printed.content,
            content_digest=printed.content_digest,
            pdf_sha256=printed.pdf_sha256,
            pdf_size=printed.pdf_size,
            issued_by=work.actor.user_id,
            issued_at=now,
            card_id=card_id,
            document_id=document_id,
        )
    )
    work.keep_blob(printed.pdf_sha256, printed.pdf_size, "application/pdf")


def must_cite_what_is_in_force(work: UnitOfWork, text: str, now: datetime) -> None:
    """Refuse a text that cites an article of the library out of its time.

    Raises:
        BasisNotInForce.
    """
    today = now.astimezone(HALL_TIME).date()
    bases = work.find(LegalBasis)
    fine = {basis.citation for basis in bases if basis.in_force(today)}
    for basis in bases:
        if basis.citation in text and basis.citation not in fine:
            raise BasisNotInForce(basis.id, today)
