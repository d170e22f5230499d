"""Putting things right: plan, report, recheck, closure (销号), or a higher card."""

from datetime import date

from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.errors import SuccessorUnfit, WrongState
from desktop.domain.evidence import ServiceReceipt
from desktop.domain.identifiers import CardId, Digest, RectificationId, new_id
from desktop.domain.rectification import (
    ESCALATES_AFTER_WD,
    Extension,
    Recheck,
    Rectification,
    must_be_extendable,
)
from desktop.domain.scoring.profile import Profile
from desktop.usecases.cards import Press, serve_card
from desktop.usecases.effect import let_take_effect
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.usecases.recusal import must_not_stand_aside
from desktop.usecases.service import Service
from desktop.usecases.signing_clock import signing_time


def open_rectification(work: UnitOfWork, card_id: CardId, *, clock: Clock) -> Rectification:
    """Begin the ledger entry of a served card: its notice orders the rectification already."""
    order = _ordered(work, work.get(Card, card_id), clock)
    receipts = work.find(ServiceReceipt, card_id=card_id)
    received = receipts[0].received_at if receipts else clock.now()
    order = order.served(work.actor.user_id, received)
    work.replace(order)
    work.note("rectification.open", f"rectification/{order.id}")
    return order


def put_right_at_once(
    work: UnitOfWork, card_id: CardId, report: str, *, clock: Clock
) -> Rectification:
    """Take the unit's word, before the paper is served, that it has done it (立行立改).

    Raises:
        WrongState: the card has no number yet, or was served: then it goes by plan and report.
    """
    card = work.get(Card, card_id)
    if card.state is not CardState.ISSUED or work.find(Rectification, card_id=card_id):
        raise WrongState(Card.ENTITY, "put_right_at_once", card.state.value)
    order = _ordered(work, card, clock).reported(work.actor.user_id, clock.now(), report)
    return _kept(work, order, "at_once")


def serve_with_order(
    work: UnitOfWork, card_id: CardId, service: Service, *, press: Press, clock: Clock
) -> Card:
    """Serve a card and begin its ledger entry with it, so that none is forgotten."""
    card = serve_card(work, card_id, service, press=press, clock=clock)
    if not work.find(Rectification, card_id=card_id):  # put right at once, it has one
        open_rectification(work, card_id, clock=clock)
    work.note("card.serve", f"card/{card_id}")  # the act is the service; the entry comes with it
    return card


def let_stand(
    work: UnitOfWork,
    order_id: RectificationId,
    *,
    profile: Profile,
    calendar: WorkingCalendar,
    clock: Clock,
) -> Card:
    """Let a card take effect, and bring it at once to where its rectification stands.

    Raises:
        AppealTimeRuns, CalendarUnknown: as `let_take_effect`.
    """
    card_id = work.get(Rectification, order_id).card_id
    let_take_effect(work, card_id, profile=profile, calendar=calendar, clock=clock)
    card = follow_card(work, order_id)
    work.note("card.take_effect", f"card/{card_id}")
    return card


def follow_card(work: UnitOfWork, rectification_id: RectificationId) -> Card:
    """Bring an effective card to where its rectification stands; an appeal did not stop that."""
    order = work.get(Rectification, rectification_id)
    card = work.get(Card, order.card_id).rectifying(order.id)
    work.replace(card)
    if order.reported_at and not order.state.waits_for_unit:
        card = card.reported()
        work.replace(card)
    work.note("card.rectify", f"card/{card.id}")
    return card


def file_plan(
    work: UnitOfWork, rectification_id: RectificationId, plan: str, *, clock: Clock
) -> Rectification:
    """Take the unit's plan."""
    order = work.get(Rectification, rectification_id)
    return _kept(work, order.planned(work.actor.user_id, clock.now(), plan), "plan")


def begin_work(work: UnitOfWork, rectification_id: RectificationId) -> Rectification:
    """Note that the unit is at work, for the first time or after it was sent back."""
    order = work.get(Rectification, rectification_id).begun(work.actor.user_id)
    card = work.get(Card, order.card_id)
    if card.state is CardState.RETURNED:
        work.replace(card.rectifying(order.id))
    return _kept(work, order, "begin")


def report_done(
    work: UnitOfWork,
    rectification_id: RectificationId,
    report: str,
    files: tuple[Digest, ...] = (),
    *,
    clock: Clock,
) -> Rectification:
    """Take the unit's report, as its reply form says it."""
    order = work.get(Rectification, rectification_id).reported(
        work.actor.user_id, clock.now(), report, files
    )
    card = work.get(Card, order.card_id)
    if card.state is CardState.RECTIFYING:
        work.replace(card.reported())
    return _kept(work, order, "report")


def recheck(
    work: UnitOfWork, rectification_id: RectificationId, found: Recheck, *, clock: Clock
) -> Rectification:
    """Record what was found on looking again."""
    must_not_stand_aside(work, work.get(Rectification, rectification_id).unit_id)
    order = work.get(Rectification, rectification_id).rechecked(
        work.actor.user_id, clock.now(), found
    )
    return _kept(work, order, "recheck")


def close(work: UnitOfWork, rectification_id: RectificationId, *, clock: Clock) -> Rectification:
    """Strike it off, and the card with it; not by who did the recheck."""
    now, by = signing_time(work, clock), work.actor.user_id
    must_not_stand_aside(work, work.get(Rectification, rectification_id).unit_id)
    order = work.get(Rectification, rectification_id).closed(by, now)
    work.replace(work.get(Card, order.card_id).closed(by, now))
    return _kept(work, order, "close")


def send_back(work: UnitOfWork, rectification_id: RectificationId) -> Rectification:
    """Send the unit back to work after a failed recheck; once."""
    by = work.actor.user_id
    order = work.get(Rectification, rectification_id).sent_back(by)
    work.replace(work.get(Card, order.card_id).sent_back_by_recheck(by))
    return _kept(work, order, "send_back")


def escalate(
    work: UnitOfWork,
    rectification_id: RectificationId,
    reason: str,
    successor_id: CardId,
    *,
    calendar: WorkingCalendar,
    clock: Clock,
    after_wd: int = ESCALATES_AFTER_WD,
) -> Rectification:
    """Let a higher card follow what stayed undone (AG-7) or was falsely reported (R-RCT-02).

    Raises:
        EscalationUnfounded, RecheckSaysOtherwise: there is no ground for it, or not yet.
        SuccessorUnfit: the successor is no higher than a yellow card, void, served already, or
            about something else.
    """
    now, by = signing_time(work, clock), work.actor.user_id
    order = work.get(Rectification, rectification_id)
    given = work.find(Extension, rectification_id=order.id)
    late = order.overdue_wd(calendar.day(now), calendar, given[-1] if given else None)
    order.must_be_grave(late, after_wd=after_wd)
    card = work.get(Card, order.card_id)
    successor = _higher(work, card, successor_id)
    work.replace(card.escalated(by, now, successor.id))
    return _kept(work, order.escalated(by, now, reason), "escalate", reason)


def extend(
    work: UnitOfWork, rectification_id: RectificationId, until: date, reason: str, *, clock: Clock
) -> Extension:
    """Give more time; once, and before the due day has passed.

    Raises:
        ExtensionRefused: it was extended before, is late, or the day is not later.
    """
    order = work.get(Rectification, rectification_id)
    now = signing_time(work, clock)
    earlier = work.find(Extension, rectification_id=rectification_id)
    must_be_extendable(order, until, now.astimezone(HALL_TIME).date(), earlier)
    extension = Extension(
        id=new_id(),
        hall_id=order.hall_id,
        rectification_id=order.id,
        until=until,
        reason=reason,
        granted_by=work.actor.user_id,
        granted_at=now,
    )
    work.add(extension)
    work.note("rectification.extend", f"rectification/{order.id}", reason=reason)
    return extension


def _ordered(work: UnitOfWork, card: Card, clock: Clock) -> Rectification:
    order = Rectification(
        id=RectificationId(new_id()),
        hall_id=card.hall_id,
        card_id=card.id,
        unit_id=card.unit_id,
        doc_no=card.doc_no,
        problems=card.requirements,
        due=card.rectify_due,
        issued_by=work.actor.user_id,
        issued_at=clock.now(),
    )
    work.add(order)
    return order


def _higher(work: UnitOfWork, card: Card, successor_id: CardId) -> Card:
    successor = work.get(Card, successor_id)
    same = {*card.finding_ids} <= {*successor.finding_ids} and successor.id != card.id
    rises = successor.kind.level > card.kind.level or successor.kind is CardKind.RED
    waits = successor.served_at is None and not successor.state.is_void
    if not (same and rises and waits):
        raise SuccessorUnfit(card.id, successor_id)
    return successor


def _kept(work: UnitOfWork, order: Rectification, act: str, reason: str = "") -> Rectification:
    work.replace(order)
    work.note(f"rectification.{act}", f"rectification/{order.id}", reason=reason)
    return order
