"""An appeal from the unit's letter to the decision, and what the decision does to the card."""

from desktop.domain.appeals import (
    DECIDED_WITHIN_WD,
    Appeal,
    Decision,
    must_be_in_time,
)
from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import Card, CardState
from desktop.domain.errors import SuccessorUnfit, WrongState
from desktop.domain.identifiers import AppealId, CardId, Digest, new_id
from desktop.domain.scoring.profile import Profile
from desktop.usecases.effect import (
    charge_again,
    enter_points,
    restore_points,
    take_the_place,
)
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.usecases.recusal import must_not_stand_aside
from desktop.usecases.signing_clock import signing_time


def file_appeal(
    work: UnitOfWork,
    card_id: CardId,
    reason: str,
    *,
    calendar: WorkingCalendar,
    clock: Clock,
    evidence: tuple[Digest, ...] = (),
) -> Appeal:
    """Record a unit's appeal against a served card.

    Raises:
        AppealTooLate: the days of appeal are over.
        WrongState: the card was not served, or something followed already.
    """
    card = work.get(Card, card_id)
    if card.state is not CardState.SERVED or card.signed_by is None:
        raise WrongState(Card.ENTITY, "appeal", card.state.value)
    must_be_in_time(card, clock.now(), calendar)
    appeal = Appeal(
        id=AppealId(new_id()),
        hall_id=card.hall_id,
        card_id=card.id,
        unit_id=card.unit_id,
        card_signer=card.signed_by,
        reason=reason,
        received_at=clock.now(),
        recorded_by=work.actor.user_id,
        evidence=evidence,
    )
    work.add(appeal)
    work.note("appeal.file", f"appeal/{appeal.id}")
    return appeal


def accept_appeal(
    work: UnitOfWork,
    appeal_id: AppealId,
    *,
    calendar: WorkingCalendar,
    clock: Clock,
    suspends: bool = False,
    within_wd: int = DECIDED_WITHIN_WD,
) -> Appeal:
    """Take an appeal up; the card waits, the rectification does not unless the reviewer says so."""
    now = clock.now()
    due = calendar.after(now.astimezone(HALL_TIME).date(), within_wd).day
    appeal = work.get(Appeal, appeal_id).accepted(work.actor.user_id, now, due, suspends=suspends)
    work.replace(appeal)
    work.replace(work.get(Card, appeal.card_id).appealed(appeal.id))
    work.note("appeal.accept", f"appeal/{appeal.id}")
    return appeal


def decline_appeal(work: UnitOfWork, appeal_id: AppealId, reason: str) -> Appeal:
    """Not take an appeal up; the card takes effect when its days have passed."""
    appeal = work.get(Appeal, appeal_id).declined(work.actor.user_id, reason)
    work.replace(appeal)
    work.note("appeal.decline", f"appeal/{appeal.id}", reason=reason)
    return appeal


def withdraw_appeal(work: UnitOfWork, appeal_id: AppealId) -> Appeal:
    """Record that the unit takes its appeal back before it is taken up."""
    appeal = work.get(Appeal, appeal_id).withdrawn(work.actor.user_id)
    work.replace(appeal)
    work.note("appeal.withdraw", f"appeal/{appeal.id}")
    return appeal


def review_appeal(
    work: UnitOfWork, appeal_id: AppealId, facts: str, proposal: Decision, *, clock: Clock
) -> Appeal:
    """Record what the reviewer found and proposes."""
    must_not_stand_aside(work, work.get(Appeal, appeal_id).unit_id)
    appeal = work.get(Appeal, appeal_id).reviewed(work.actor.user_id, clock.now(), facts, proposal)
    work.replace(appeal)
    work.note("appeal.review", f"appeal/{appeal.id}")
    return appeal


def decide_appeal(
    work: UnitOfWork,
    appeal_id: AppealId,
    decision: Decision,
    reason: str,
    *,
    profile: Profile,
    clock: Clock,
    successor_id: CardId | None = None,
) -> Appeal:
    """Decide: the card stands, is taken back, or gives way to a lower one (edge case 64).

    Raises:
        SuccessorUnfit: a downgrade needs the draft of a lower card on the same findings.
        ClockWentBack: the clock stands well before the last signed act.
    """
    must_not_stand_aside(work, work.get(Appeal, appeal_id).unit_id)
    now, by = signing_time(work, clock), work.actor.user_id
    appeal = work.get(Appeal, appeal_id).decided(by, now, decision, reason)
    work.replace(appeal)
    card = work.get(Card, appeal.card_id)
    match decision:
        case Decision.UPHOLD:
            card = card.upheld(by, now)
        case Decision.DOWNGRADE:
            card = card.replaced(by, _lower(work, card, successor_id).id)
        case Decision.REVOKE | Decision.REDO:
            card = card.revoked(by, now, reason)
    work.replace(card)
    if decision is Decision.UPHOLD:
        enter_points(work, card, profile=profile)
        take_the_place(work, card)
    else:
        restore_points(work, card, reason)
        charge_again(work, card)
    work.note("appeal.decide", f"appeal/{appeal.id}", reason=reason)
    return appeal


def _lower(work: UnitOfWork, card: Card, successor_id: CardId | None) -> Card:
    if successor_id is None:
        raise SuccessorUnfit(card.id, "")
    successor = work.get(Card, successor_id)
    same = successor.finding_ids == card.finding_ids
    lower = successor.kind.level < card.kind.level
    if not same or not lower or successor.state is not CardState.DRAFT:
        raise SuccessorUnfit(card.id, successor_id)
    return successor
