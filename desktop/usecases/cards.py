"""A card from draft to service; every step is another person's word (section 11.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Protocol

from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card, CardKind, CardState, series_of
from desktop.domain.errors import (
    BasisNotInForce,
    LocalRuleMissing,
    WrongState,
)
from desktop.domain.evidence import ServiceReceipt
from desktop.domain.findings import Finding
from desktop.domain.identifiers import (
    BasisId,
    CardId,
    Digest,
    FindingId,
    new_id,
)
from desktop.domain.organisation import BasisPurpose, BasisRank, Hall, LegalBasis, Organ
from desktop.usecases.findings import evidence_of
from desktop.usecases.papers import Printed, keep_paper
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.precedence import must_be_free, must_carry, replace_drafts
from desktop.usecases.recusal import must_not_stand_aside
from desktop.usecases.service import Service, keep_receipt
from desktop.usecases.signing_clock import signing_time


@dataclass(frozen=True, slots=True)
class CardText:
    """What a drafter writes."""

    facts_text: str
    violated: tuple[BasisId, ...]
    basis: tuple[BasisId, ...]
    requirements: tuple[str, ...]
    rectify_due: date
    appeal_days: int = 5
    measures: str = ""
    copy_to: str = ""
    person: str = ""
    bad_intent: bool = False


class Press(Protocol):
    """Prints official papers into the vault."""

    def digest(self, reading: Reading, card: Card) -> Digest:
        """Digest of the content that a signature covers: everything but number and seal."""

    def card(self, reading: Reading, card: Card) -> Printed:
        """Print an issued card."""

    def receipt(self, reading: Reading, card: Card, receipt: ServiceReceipt) -> Printed:
        """Print the proof of service."""


def draft_card(
    work: UnitOfWork, finding_id: FindingId, kind: CardKind, text: CardText, *, clock: Clock
) -> Card:
    """Begin a card on a confirmed finding; lower drafts of its matter give way (edge case 60).

    A finding that escalates a card begins the card that is to follow that one.

    Raises:
        FindingNotConfirmed, TooLightForCard, CardTooHigh: the finding does not carry this card.
        FindingAlreadyCarded: its matter has a card of this level or a higher one.
    """
    finding = work.get(Finding, finding_id)
    must_carry(finding, kind)
    must_be_free(work, finding, kind)
    before = work.get(Card, finding.escalates).finding_ids if finding.escalates else ()
    card = _drafted(work, (*before, finding_id), kind, text, clock)
    card = replace(card, rests_on=finding.rests_on)
    work.add(card)
    replace_drafts(work, card)
    work.note("card.draft", f"card/{card.id}")
    return card


def draft_successor(
    work: UnitOfWork, card_id: CardId, kind: CardKind, text: CardText, *, clock: Clock
) -> Card:
    """Begin the card that is to stand in another's place, on its findings (edge case 64)."""
    card = _drafted(work, work.get(Card, card_id).finding_ids, kind, text, clock)
    work.add(card)
    work.note("card.draft_successor", f"card/{card.id}")
    return card


def edit_card(work: UnitOfWork, card_id: CardId, text: CardText) -> Card:
    """Change a draft; evidence that came meanwhile is listed too."""
    draft = work.get(Card, card_id)
    card = replace(_with_text(draft, text), evidence=_evidence_of(work, draft.finding_ids))
    work.replace(card)
    work.note("card.edit", f"card/{card.id}")
    return card


def change_kind(work: UnitOfWork, card_id: CardId, kind: CardKind) -> Card:
    """Make a draft the lighter card, or again the graver one, that its finding carries.

    Raises:
        CardTooHigh: the finding carries a lower card only.
        FindingAlreadyCarded: its matter has a card of this level or a higher one.
    """
    draft = work.get(Card, card_id)
    for finding_id in draft.finding_ids:
        finding = work.get(Finding, finding_id)
        must_carry(finding, kind)
        must_be_free(work, finding, kind, but=draft)
    card = replace(draft, kind=kind)
    work.replace(card)
    work.note("card.edit", f"card/{card.id}")
    return card


def submit_card(work: UnitOfWork, card_id: CardId, *, clock: Clock) -> Card:
    """Hand a draft to the checker.

    Raises:
        OrganMayNotIssue: the organ may only transfer.
        BasisNotInForce: an article is not valid today.
        LocalRuleMissing: it does not rest on a local rule.
        DomainError: something is missing, or the person may not.
    """
    card = work.get(Card, card_id)
    series_of(work.get(Organ, card.organ_id), card.kind)
    _must_be_in_force(work, card, clock.now())
    card = card.submitted(work.actor.user_id)
    work.replace(card)
    work.note("card.submit", f"card/{card.id}")
    return card


def check_card(work: UnitOfWork, card_id: CardId, opinion: str, *, clock: Clock) -> Card:
    """Let a draft pass to the signer (核稿); not by who drafted it."""
    must_not_stand_aside(work, work.get(Card, card_id).unit_id)
    card = work.get(Card, card_id).checked(work.actor.user_id, clock.now(), opinion)
    work.replace(card)
    work.note("card.check", f"card/{card.id}", reason=opinion)
    return card


def return_card(work: UnitOfWork, card_id: CardId, reason: str) -> Card:
    """Send it back to the drafter with a reason."""
    card = work.get(Card, card_id).returned(work.actor.user_id, reason)
    work.replace(card)
    work.note("card.return", f"card/{card.id}", reason=reason)
    return card


def sign_card(work: UnitOfWork, card_id: CardId, *, press: Press, clock: Clock) -> Card:
    """Sign the content as it stands (签发); not by who drafted or checked it.

    Raises:
        WrongState: it does not wait for a signature, as when somebody else has just signed it.
        Recused: the signer stands aside from the unit (edge case 67).
        ClockWentBack: the clock stands well before the last signature of the hall.
        BasisNotInForce, LocalRuleMissing: as for its submission.
    """
    card = work.get(Card, card_id)
    if card.state is not CardState.UNDER_APPROVAL:
        raise WrongState(Card.ENTITY, "sign", card.state.value)
    must_not_stand_aside(work, card.unit_id)
    now = signing_time(work, clock)
    _must_be_in_force(work, card, now)
    card = card.signed(work.actor.user_id, now, press.digest(work, card))
    work.replace(card)
    work.note("card.sign", f"card/{card.id}")
    return card


def issue_card(work: UnitOfWork, card_id: CardId, *, press: Press, clock: Clock) -> Card:
    """Give number and seal and print the paper (编号用印): one act, so no number is lost.

    Raises:
        ContentChanged: the text is no longer the one that was signed.
        NoNumberLeft: the leased block is used up.
        ClockWentBack: the clock stands well before the last signed act.
    """
    card = work.get(Card, card_id)
    if card.state is CardState.SIGNED:
        card.must_still_be(press.digest(work, card))
    now = signing_time(work, clock)
    year = now.astimezone(HALL_TIME).year
    series = series_of(work.get(Organ, card.organ_id), card.kind)
    number = work.take_number(series, year)
    card = card.issued(work.actor.user_id, now, series=series, year=year, number=number)
    work.replace(card)
    _keep_paper(work, card, press.card(work, card), now)
    work.note("card.issue", f"card/{card.id}")
    return card


def serve_card(
    work: UnitOfWork, card_id: CardId, service: Service, *, press: Press, clock: Clock
) -> Card:
    """Record the service and print its proof (送达回证).

    Raises:
        MissingField: the way of service wants more.
        BadField: received before it was issued, or in the future.
    """
    service.must_be_possible(work.get(Card, card_id).issued_at, clock.now())
    card = work.get(Card, card_id).served(work.actor.user_id, service.received_at)
    work.replace(card)
    receipt = keep_receipt(work, service, hall_id=card.hall_id, card_id=card.id)
    _keep_paper(work, card, press.receipt(work, card, receipt), clock.now())
    work.note("card.serve", f"card/{card.id}")
    return card


def cancel_card(work: UnitOfWork, card_id: CardId, reason: str) -> Card:
    """Void a card before service; its number stays in the register."""
    card = work.get(Card, card_id).cancelled(work.actor.user_id, reason)
    work.replace(card)
    work.note("card.cancel", f"card/{card.id}", reason=reason)
    return card


def _drafted(
    work: UnitOfWork,
    finding_ids: tuple[FindingId, ...],
    kind: CardKind,
    text: CardText,
    clock: Clock,
) -> Card:
    finding = work.get(Finding, finding_ids[0])
    card = Card(
        id=CardId(new_id()),
        hall_id=finding.hall_id,
        kind=kind,
        unit_id=finding.unit_id,
        window_id=finding.window_id,
        finding_ids=finding_ids,
        organ_id=work.get(Hall, finding.hall_id).organ_id,
        rectify_due=text.rectify_due,
        drafted_by=work.actor.user_id,
        drafted_at=clock.now(),
        evidence=_evidence_of(work, finding_ids),
    )
    return _with_text(card, text)


def _with_text(card: Card, text: CardText) -> Card:
    return replace(card, **{part.name: getattr(text, part.name) for part in fields(text)})


def _evidence_of(reading: Reading, findings: Sequence[FindingId]) -> tuple[Digest, ...]:
    return tuple(
        item.sha256
        for finding_id in findings
        for item in evidence_of(reading, reading.get(Finding, finding_id))
        if item.masked_of is None
    )


def _must_be_in_force(work: UnitOfWork, card: Card, now: datetime) -> None:
    today = now.astimezone(HALL_TIME).date()
    cited = [(b, BasisPurpose.CONDUCT) for b in card.violated]
    cited += [(b, BasisPurpose.CARD) for b in card.basis]
    for basis_id, purpose in cited:
        basis = work.get(LegalBasis, basis_id)
        if basis.purpose is not purpose or not basis.in_force(today):
            raise BasisNotInForce(basis_id, today)
    ranks = {work.get(LegalBasis, basis_id).rank for basis_id in card.basis}
    if ranks and BasisRank.LOCAL_RULE not in ranks:  # without any, the submission itself is refused
        raise LocalRuleMissing(card.id)


def _keep_paper(work: UnitOfWork, card: Card, printed: Printed, now: datetime) -> None:
    keep_paper(work, printed, now, hall_id=card.hall_id, doc_no=card.doc_no, card_id=card.id)
