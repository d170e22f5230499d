"""Taking in what a unit sent back: each part of the form becomes the act that it is."""

from dataclasses import dataclass

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.errors import MissingField, ReplyTakenBefore
from desktop.domain.identifiers import CardId, Digest, new_id
from desktop.domain.rectification import Rectification, RectificationState
from desktop.domain.replies import Reply, ReplyPart, UnitReply
from desktop.usecases.appeals import file_appeal
from desktop.usecases.cards import Press
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
    work.add(_kept(work, card, reply, file, clock))
    work.keep_blob(file.sha256, file.size, file.media_type)
    work.note("reply.take", f"card/{card_id}")
    return work.get(Card, card_id)


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


def _kept(work: UnitOfWork, card: Card, reply: Reply, file: TakenFile, clock: Clock) -> UnitReply:
    return UnitReply(
        id=new_id(),
        hall_id=card.hall_id,
        card_id=card.id,
        said=dict(reply.said),
        file_sha256=file.sha256,
        file_size=file.size,
        recorded_by=work.actor.user_id,
        recorded_at=clock.now(),
    )
