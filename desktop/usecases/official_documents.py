"""An official paper from draft to service; every step is another person's word (section 11.3)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.domain.calendar import HALL_TIME
from desktop.domain.errors import (
    AskedNobodySo,
    FindingNotConfirmed,
    MissingField,
    NotFound,
    SamePerson,
    WrongState,
)
from desktop.domain.evidence import Evidence, ServiceReceipt
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import (
    CardId,
    Digest,
    DocumentId,
    FindingId,
    HallId,
    UnitId,
    UserId,
    new_id,
)
from desktop.domain.official_documents import (
    UNCHECKED,
    Countersignature,
    DocumentState,
    OfficialDocument,
    Said,
    must_be_issuable,
    series_of,
)
from desktop.domain.organisation import Hall, Organ
from desktop.usecases.papers import (
    Printed,
    keep_paper,
    must_cite_what_is_in_force,
)
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.service import Service, keep_receipt
from desktop.usecases.signing_clock import signing_time


@dataclass(frozen=True, slots=True)
class Matter:
    """What a paper is about; all but the hall may be left out."""

    hall_id: HallId
    template: str
    unit_id: UnitId | None = None
    card_id: CardId | None = None
    finding_ids: tuple[FindingId, ...] = ()
    period: str = ""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a drafter writes, attaches, and whom he asks for a word."""

    said: Said
    recipient: str = ""
    evidence: tuple[Digest, ...] = ()
    pictures: tuple[Digest, ...] = ()
    countersigners: tuple[UserId, ...] = ()


class DocumentPress(Protocol):
    """Prints official papers into the vault."""

    def document_digest(self, document: OfficialDocument) -> Digest:
        """Digest of the content that a signature covers: everything but number and seal."""

    def document_gaps(self, document: OfficialDocument) -> tuple[str, ...]:
        """Name the fields that the paper cannot do without and that are empty."""

    def document(self, reading: Reading, document: OfficialDocument) -> Printed:
        """Print a paper that was issued or filed."""

    def document_receipt(
        self, reading: Reading, document: OfficialDocument, receipt: ServiceReceipt
    ) -> Printed:
        """Print the proof of service."""


def evidence_behind(reading: Reading, finding_ids: Sequence[FindingId]) -> list[Evidence]:
    """Give what shows some findings; one that was deleted elsewhere leaves its evidence here."""
    found: list[Evidence] = []
    for finding_id in finding_ids:
        found += reading.find(Evidence, finding_id=finding_id)
        with suppress(NotFound):
            answer = reading.get(Finding, finding_id).answer_id
            found += reading.find(Evidence, answer_id=answer) if answer else ()
    return found


def draft_document(
    work: UnitOfWork, matter: Matter, text: DocumentText, *, clock: Clock
) -> OfficialDocument:
    """Begin a paper on its matter.

    Raises:
        OrganMayNotIssue: the organ may only transfer.
        FindingNotConfirmed: it would rest on what is not verified.
    """
    organ = work.get(Organ, work.get(Hall, matter.hall_id).organ_id)
    must_be_issuable(organ, matter.template)
    for finding_id in matter.finding_ids:
        if work.get(Finding, finding_id).state is not FindingState.CONFIRMED:
            raise FindingNotConfirmed(finding_id)
    document = OfficialDocument(
        id=DocumentId(new_id()),
        hall_id=matter.hall_id,
        organ_id=organ.id,
        template=matter.template,
        drafted_by=work.actor.user_id,
        drafted_at=clock.now(),
        unit_id=matter.unit_id,
        card_id=matter.card_id,
        finding_ids=matter.finding_ids,
        period=matter.period,
    )
    document = with_text(document, text)
    work.add(document)
    work.note("document.draft", _name(document))
    return document


def edit_document(
    work: UnitOfWork, document_id: DocumentId, text: DocumentText
) -> OfficialDocument:
    """Change a draft."""
    return _kept(work, "edit", with_text(work.get(OfficialDocument, document_id), text))


def submit_document(
    work: UnitOfWork, document_id: DocumentId, *, press: DocumentPress, clock: Clock
) -> OfficialDocument:
    """Hand a draft to the checker, or to the signer where nobody checks such a paper.

    Raises:
        MissingField: the paper lacks something.
        SamePerson: the drafter is asked to countersign.
        BasisNotInForce: an article is not valid today.
    """
    document = work.get(OfficialDocument, document_id)
    for name in press.document_gaps(document):
        raise MissingField(OfficialDocument.ENTITY, "submit", name)
    if document.drafted_by in document.countersigners:
        raise SamePerson(OfficialDocument.ENTITY, "countersign", "drafted_by")
    _must_be_sound(work, document, clock)
    is_checked = document.template not in UNCHECKED
    return _kept(work, "submit", document.submitted(work.actor.user_id, is_checked=is_checked))


def check_document(
    work: UnitOfWork, document_id: DocumentId, opinion: str, *, clock: Clock
) -> OfficialDocument:
    """Let a draft pass (核稿); not by who drafted it."""
    document = work.get(OfficialDocument, document_id)
    checked = document.checked(work.actor.user_id, clock.now(), opinion)
    return _kept(work, "check", checked, opinion)


def countersign_document(
    work: UnitOfWork,
    document_id: DocumentId,
    opinion: str,
    *,
    press: DocumentPress,
    clock: Clock,
) -> OfficialDocument:
    """Add one's word (会签); the last of those who were asked lets the paper go on.

    Raises:
        AskedNobodySo: the person was not asked, or has said it already.
    """
    document = work.get(OfficialDocument, document_id)
    if document.state is not DocumentState.UNDER_COUNTERSIGN:
        raise WrongState(OfficialDocument.ENTITY, "countersign", document.state.value)
    digest, person = press.document_digest(document), work.actor.user_id
    agreed = agreed_by(work, document, digest)
    if person not in document.countersigners or person in agreed:
        raise AskedNobodySo(document.id)
    word = Countersignature(
        new_id(), document.hall_id, document.id, digest, person, clock.now(), opinion
    )
    work.add(word)
    if set(document.countersigners) <= agreed | {person}:
        document = document.countersigned(clock.now())
    return _kept(work, "countersign", document, opinion)


def agreed_by(reading: Reading, document: OfficialDocument, digest: Digest) -> set[UserId]:
    """Name who has countersigned this text; a word on an earlier text counts no more."""
    words = reading.find(Countersignature, document_id=document.id)
    return {word.person_by for word in words if word.content_digest == digest}


def return_document(work: UnitOfWork, document_id: DocumentId, reason: str) -> OfficialDocument:
    """Send it back to the drafter with a reason."""
    document = work.get(OfficialDocument, document_id)
    return _kept(work, "return", document.returned(work.actor.user_id, reason), reason)


def sign_document(
    work: UnitOfWork, document_id: DocumentId, *, press: DocumentPress, clock: Clock
) -> OfficialDocument:
    """Sign the content as it stands (签发); not by who drafted or checked it.

    Raises:
        WrongState: it waits for no signature, as when somebody else has just signed it.
        ClockWentBack: the clock stands well before the last signature of the hall.
        BasisNotInForce: an article is not valid today.
        OrganMayNotIssue: the organ may only transfer.
    """
    document = work.get(OfficialDocument, document_id)
    if document.state is not DocumentState.UNDER_APPROVAL:
        raise WrongState(OfficialDocument.ENTITY, "sign", document.state.value)
    must_be_issuable(work.get(Organ, document.organ_id), document.template)
    now = signing_time(work, clock)
    _must_be_sound(work, document, clock)
    digest = press.document_digest(document)
    return _kept(work, "sign", document.signed(work.actor.user_id, now, digest))


def revise_document(work: UnitOfWork, document_id: DocumentId, said: Said) -> OfficialDocument:
    """Take another text after the signature; the signature is lost with the old one."""
    return _kept(work, "revise", work.get(OfficialDocument, document_id).revised(said))


def issue_document(
    work: UnitOfWork, document_id: DocumentId, *, press: DocumentPress, clock: Clock
) -> OfficialDocument:
    """Give number and seal and print the paper (编号用印): one act, so no number is lost.

    Raises:
        ContentChanged: the text is no longer the one that was signed.
        NoNumberLeft: the leased block is used up.
        ClockWentBack: the clock stands well before the last signed act.
    """
    document, now = work.get(OfficialDocument, document_id), signing_time(work, clock)
    if document.state is DocumentState.SIGNED:
        document.must_still_be(press.document_digest(document))
    person = work.actor.user_id
    if document.is_numbered:
        year = now.astimezone(HALL_TIME).year
        series = series_of(work.get(Organ, document.organ_id), document.template)
        number = work.take_number(series, year)
        document = document.issued(person, now, series=series, year=year, number=number)
    else:
        document = document.issued(person, now)
    return _printed(work, "issue", document, press, clock)


def register_document(
    work: UnitOfWork, document_id: DocumentId, copies: int, *, clock: Clock
) -> OfficialDocument:
    """Enter it in the register with the number of its copies (登记)."""
    document = work.get(OfficialDocument, document_id)
    registered = document.registered(work.actor.user_id, clock.now(), copies)
    return _kept(work, "register", registered)


def serve_document(
    work: UnitOfWork,
    document_id: DocumentId,
    service: Service,
    *,
    press: DocumentPress,
    clock: Clock,
) -> OfficialDocument:
    """Record the service and print its proof (送达回证).

    Raises:
        MissingField, BadField: the service itself.
    """
    document = work.get(OfficialDocument, document_id)
    service.must_be_possible(document.issued_at, clock.now())
    document = document.served(work.actor.user_id, service.received_at)
    work.replace(document)
    receipt = keep_receipt(work, service, hall_id=document.hall_id, document_id=document.id)
    _keep(work, document, press.document_receipt(work, document, receipt), clock)
    work.note("document.serve", _name(document))
    return document


def file_document(
    work: UnitOfWork, document_id: DocumentId, *, press: DocumentPress, clock: Clock
) -> OfficialDocument:
    """Put a record, a unit's own paper or a signed sheet into the file (归档).

    Raises:
        MissingField: the paper lacks something.
        ContentChanged: the text is no longer the one that was signed.
    """
    document = work.get(OfficialDocument, document_id)
    for name in press.document_gaps(document):
        raise MissingField(OfficialDocument.ENTITY, "file", name)
    if document.state is DocumentState.SIGNED:
        document.must_still_be(press.document_digest(document))
    filed = document.filed(work.actor.user_id, clock.now())
    return _printed(work, "file", filed, press, clock)


def cancel_document(work: UnitOfWork, document_id: DocumentId, reason: str) -> OfficialDocument:
    """Void a paper before service; its number stays in the register."""
    document = work.get(OfficialDocument, document_id)
    return _kept(work, "cancel", document.cancelled(work.actor.user_id, reason), reason)


def with_text(document: OfficialDocument, text: DocumentText) -> OfficialDocument:
    """Give the paper as it would be with another text."""
    return replace(
        document,
        said=text.said,
        recipient=text.recipient,
        evidence=text.evidence,
        pictures=text.pictures,
        countersigners=text.countersigners,
    )


def _must_be_sound(work: UnitOfWork, document: OfficialDocument, clock: Clock) -> None:
    text = "\n".join(value for value in document.said.values() if isinstance(value, str))
    must_cite_what_is_in_force(work, text, clock.now())


def _kept(
    work: UnitOfWork, act: str, document: OfficialDocument, reason: str = ""
) -> OfficialDocument:
    work.replace(document)
    work.note(f"document.{act}", _name(document), reason=reason)
    return document


def _printed(
    work: UnitOfWork,
    act: str,
    document: OfficialDocument,
    press: DocumentPress,
    clock: Clock,
) -> OfficialDocument:
    work.replace(document)
    _keep(work, document, press.document(work, document), clock)
    work.note(f"document.{act}", _name(document))
    return document


def _keep(work: UnitOfWork, document: OfficialDocument, printed: Printed, clock: Clock) -> None:
    keep_paper(
        work,
        printed,
        clock.now(),
        hall_id=document.hall_id,
        doc_no=document.doc_no,
        document_id=document.id,
    )


def _name(document: OfficialDocument) -> str:
    return f"document/{document.id}"
