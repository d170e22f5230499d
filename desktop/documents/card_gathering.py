"""Gathers from the case file all that a card's paper names."""

from collections import Counter

from desktop.documents.card_paper import CardFile
from desktop.domain.cards import Card, CardKind
from desktop.domain.findings import Finding
from desktop.domain.organisation import LegalBasis, Organ, Unit
from desktop.usecases.findings import evidence_of
from desktop.usecases.ports import Reading


def file_of(reading: Reading, card: Card) -> CardFile:
    """Gather all that a card's paper names."""
    findings = tuple(reading.get(Finding, finding_id) for finding_id in card.finding_ids)
    evidence = [
        item
        for finding in findings
        for item in evidence_of(reading, finding)
        if item.sha256 in card.evidence
    ]
    return CardFile(
        card=card,
        findings=findings,
        organ=reading.get(Organ, card.organ_id),
        unit=reading.get(Unit, card.unit_id),
        violated=tuple(reading.get(LegalBasis, basis) for basis in card.violated),
        basis=tuple(reading.get(LegalBasis, basis) for basis in card.basis),
        evidence=tuple(evidence),
        before=_served_before(reading, card) if card.kind is CardKind.RED else None,
    )


def _served_before(reading: Reading, card: Card) -> Counter[CardKind]:
    """Count the unit's cards by kind that were served in the year before this one was drafted."""
    return Counter(
        other.kind
        for other in reading.find(Card, unit_id=card.unit_id)
        if other.served_at is not None
        and other.served_at < card.drafted_at
        and other.served_at.year == card.drafted_at.year
        and not other.state.is_void
    )
