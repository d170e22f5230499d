"""Standing aside, and holding every decision about a unit to it."""

from desktop.domain.cards import Card
from desktop.domain.errors import Recused
from desktop.domain.identifiers import CardId, HallId, UnitId, new_id
from desktop.domain.recusals import Recusal
from desktop.usecases.ports import Clock, UnitOfWork


def stand_aside(work: UnitOfWork, card_id: CardId, reason: str, *, clock: Clock) -> Recusal:
    """Say that one decides nothing about a card's unit, from now on."""
    card = work.get(Card, card_id)
    return stand_aside_from(work, card.hall_id, card.unit_id, reason, clock=clock)


def stand_aside_from(
    work: UnitOfWork, hall_id: HallId, unit_id: UnitId, reason: str, *, clock: Clock
) -> Recusal:
    """Say that one decides nothing about a unit, from now on."""
    recusal = Recusal(
        id=new_id(),
        hall_id=hall_id,
        unit_id=unit_id,
        reason=reason,
        declared_by=work.actor.user_id,
        declared_at=clock.now(),
    )
    work.add(recusal)
    work.note("recusal.declare", f"unit/{unit_id}", reason=reason)
    return recusal


def must_not_stand_aside(work: UnitOfWork, unit_id: UnitId) -> None:
    """Refuse a decision of somebody who stands aside from this unit.

    Raises:
        Recused: unit id, the reason that was given.
    """
    for recusal in work.find(Recusal, unit_id=unit_id):
        if recusal.declared_by == work.actor.user_id:
            raise Recused(unit_id, recusal.reason)
