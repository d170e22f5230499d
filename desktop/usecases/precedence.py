"""Of one matter one card a level: what a finding carries, and what gives way to a higher card."""

from collections.abc import Iterator

from desktop.domain.cards import Card, CardKind, CardState, carded
from desktop.domain.errors import (
    CardTooHigh,
    DateMayMove,
    FindingAlreadyCarded,
    FindingNotConfirmed,
    NotFound,
    TooLightForCard,
)
from desktop.domain.findings import CARD_LEVEL, Finding, FindingState
from desktop.usecases.ports import Reading, UnitOfWork

_UNSIGNED = {CardState.DRAFT, CardState.UNDER_CHECK, CardState.UNDER_APPROVAL}


def must_carry(finding: Finding, kind: CardKind) -> None:
    """Hold a card to what its finding can lead to (7.1).

    Raises:
        FindingNotConfirmed, TooLightForCard, DateMayMove: no card follows, or not yet.
        CardTooHigh: a lower one does.
    """
    if finding.state is not FindingState.CONFIRMED:
        raise FindingNotConfirmed(finding.id)
    if finding.level < CARD_LEVEL:
        raise TooLightForCard(finding.id)
    if finding.is_provisional:
        raise DateMayMove(finding.id)
    if kind.level > finding.level:
        raise CardTooHigh(finding.id, finding.level)


def must_be_free(
    work: Reading, finding: Finding, kind: CardKind, *, but: Card | None = None
) -> None:
    """Refuse a second card on a finding, and one that does not outrank its matter's card (7.4).

    Args:
        but: a draft that is itself in question.

    Raises:
        FindingAlreadyCarded: finding id, id of the card that stands.
    """
    cards = [card for card in work.find(Card, unit_id=finding.unit_id) if card != but]
    if taken := carded(cards).get(finding.id):
        raise FindingAlreadyCarded(finding.id, taken.id)
    for card in cards:
        outranked = card.kind.level < kind.level
        if not card.state.is_void and not outranked and finding.matter in _matters(work, card):
            raise FindingAlreadyCarded(finding.id, card.id)


def replace_drafts(work: UnitOfWork, higher: Card) -> None:
    """Let lower cards of the same matter that nobody signed yet give way to this one."""
    for card in lower_cards(work, higher):
        if card.state in _UNSIGNED:
            work.replace(card.superseded(work.actor.user_id, higher.id))


def lower_cards(reading: Reading, higher: Card) -> Iterator[Card]:
    """Give the cards whose points this one replaces.

    They are of its matter, and lower or followed by it; or they were added up for it (7.2): what
    was paid for once is not paid for again (section 1: no double deduction).
    """
    matters = _matters(reading, higher)
    for card in reading.find(Card, unit_id=higher.unit_id):
        outranked = card.kind.level < higher.kind.level or card.successor_id == higher.id
        same = card.id != higher.id and outranked and matters & _matters(reading, card)
        if same or card.id in higher.rests_on:
            yield card


def is_outranked(reading: Reading, card: Card) -> bool:
    """Tell whether a higher card of the same matter is in effect or was put right."""
    matters = _matters(reading, card)
    return any(
        other.kind.level > card.kind.level and matters & _matters(reading, other)
        for other in reading.find(Card, unit_id=card.unit_id)
        if other.effective_at and not other.state.is_void
    )


def _matters(reading: Reading, card: Card) -> frozenset[str]:
    """Name the matters of a card's findings; none where they are not on this machine."""
    try:
        return frozenset(reading.get(Finding, each).matter for each in card.finding_ids)
    except NotFound:
        return frozenset()
