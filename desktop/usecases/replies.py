"""Taking in what a unit sent back: each part of the form becomes the act that it is."""

from dataclasses import dataclass, replace

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.errors import MissingField, ReplyTakenBefore
from desktop.domain.identifiers import CardId, Digest, DocumentId, HallId, new_id
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.rectification import Rectification, RectificationState
from desktop.domain.replies import Reply, ReplyPart, UnitReply
from desktop.usecases.appeals import file_appeal
from desktop.usecases.cards import Press
from desktop.usecases.official_documents import DocumentPress, serve_document
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.usecases.rectification import begin_work, file_plan, report_done, serve_with_order
from desktop.usecases.service import Service


@dataclass(frozen=True, slots=True)
class TakenFile:
    """The file that came back, as it lies in the vault."""

    sha256: Digest
    size: int
    media_type: str


def take_reply(
    work: UnitOfWork,
    card_id: CardId,
    reply: Reply,
    file: TakenFile,
    *,
    service: Service | None,
    press: Press,
    calendar: WorkingCalendar,
    clock: Clock,
) -> Card:
    """Take a reply in, all of it or nothing; an explanation is kept and changes nothing by itself.

    Args:
        service: how the paper reached the unit, wanted where the reply holds a receipt.

    Raises:
        ReplyUnmatched, ReplyTakenBefore, MissingField, BadField: the form itself.
        DomainError: an act that the form asks for is not possible now, as an appeal too late.
    """
    card = work.get(Card, card_id)
    reply.must_answer(card)
    if any(each.card_id == card_id for each in work.find(UnitReply, file_sha256=file.sha256)):
        raise ReplyTakenBefore(card.doc_no)
    if ReplyPart.RECEIPT in reply.parts:
        _serve(work, card_id, service, press, clock)
    if ReplyPart.REPORT in reply.parts:
        _report(work, card_id, reply, file, clock)
    if ReplyPart.APPEAL in reply.parts:
        file_appeal(work, card_id, reply.said["reason"], calendar=calendar, clock=clock)
    _keep(work, replace(_kept(work, card.hall_id, reply, file, clock), card_id=card_id), file)
    work.note("reply.take", f"card/{card_id}")
    return work.get(Card, card_id)


def take_document_reply(
    work: UnitOfWork,
    document_id: DocumentId,
    reply: Reply,
    file: TakenFile,
    *,
    service: Service | None,
    press: DocumentPress,
    clock: Clock,
) -> OfficialDocument:
    """Take in the answer to an official paper; a receipt serves it, the rest is kept as it is.

    Raises:
        ReplyUnmatched, ReplyTakenBefore, MissingField, BadField: the form itself.
        DomainError: the paper cannot be served now.
    """
    document = work.get(OfficialDocument, document_id)
    reply.must_answer(document)
    before = work.find(UnitReply, file_sha256=file.sha256)
    if any(each.document_id == document_id for each in before):
        raise ReplyTakenBefore(document.doc_no)
    if ReplyPart.RECEIPT in reply.parts:
        if service is None:
            raise MissingField(UnitReply.ENTITY, "take", "received_at")
        serve_document(work, document_id, service, press=press, clock=clock)
    kept = _kept(work, document.hall_id, reply, file, clock)
    _keep(work, replace(kept, document_id=document_id), file)
    work.note("reply.take", f"document/{document_id}")
    return work.get(OfficialDocument, document_id)


def _keep(work: UnitOfWork, reply: UnitReply, file: TakenFile) -> None:
    work.add(reply)
    work.keep_blob(file.sha256, file.size, file.media_type)


def _serve(
    work: UnitOfWork, card_id: CardId, service: Service | None, press: Press, clock: Clock
) -> None:
    if service is None:
        raise MissingField(UnitReply.ENTITY, "take", "received_at")
    serve_with_order(work, card_id, service, press=press, clock=clock)


def _report(work: UnitOfWork, card_id: CardId, reply: Reply, file: TakenFile, clock: Clock) -> None:
    """Report what was done; the form's measures are the plan where none was handed in."""
    order = work.find(Rectification, card_id=card_id)[-1]
    if order.state is RectificationState.SERVED:
        order = file_plan(work, order.id, reply.said["remedy"], clock=clock)
    if order.state in {RectificationState.PLAN_FILED, RectificationState.REOPENED}:
        begin_work(work, order.id)
    told = f"{reply.said['remedy']}\n{reply.said['results']}"
    report_done(work, order.id, told, (file.sha256,), clock=clock)


def _kept(
    work: UnitOfWork, hall_id: HallId, reply: Reply, file: TakenFile, clock: Clock
) -> UnitReply:
    return UnitReply(
        id=new_id(),
        hall_id=hall_id,
        said=dict(reply.said),
        file_sha256=file.sha256,
        file_size=file.size,
        recorded_by=work.actor.user_id,
        recorded_at=clock.now(),
    )
