"""Looking anew into what a card that was taken back rested on (撤销并重新查处)."""

from dataclasses import replace

from desktop.domain.appeals import Appeal, Decision
from desktop.domain.cards import Card, CardState
from desktop.domain.errors import WrongState
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CardId, EvidenceId, FindingId, new_id
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def awaits_inquiry(reading: Reading, card: Card) -> bool:
    """Tell whether an appeal was decided so that its findings are to be looked into again."""
    if card.state is not CardState.REVOKED or card.appeal_id is None:
        return False
    if reading.get(Appeal, card.appeal_id).decision is not Decision.REDO:
        return False
    return not any(reading.find(Finding, redo_of=each) for each in card.finding_ids)


def look_into_anew(work: UnitOfWork, card_id: CardId, *, clock: Clock) -> tuple[Finding, ...]:
    """Put what the card rested on before two reviewers again, with its evidence; once.

    The old findings keep what was decided on them.

    Raises:
        WrongState: the appeal was decided otherwise, or it has been done.
    """
    card = work.get(Card, card_id)
    if not awaits_inquiry(work, card):
        raise WrongState(Card.ENTITY, "look_into_anew", card.state.value)
    anew = tuple(_again(work, work.get(Finding, each), clock) for each in card.finding_ids)
    work.note("finding.anew", f"card/{card.id}")
    return anew


def _again(work: UnitOfWork, old: Finding, clock: Clock) -> Finding:
    again = old.anew(FindingId(new_id()), work.actor.user_id, clock.now())
    work.add(again)
    for item in work.find(Evidence, finding_id=old.id):
        work.add(replace(item, id=EvidenceId(new_id()), finding_id=again.id))
    return again
