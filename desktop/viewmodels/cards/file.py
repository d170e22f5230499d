"""What lies on the table for one card: its text, its people, its papers."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.appeals import Appeal
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import TEMPLATES, Card, CardKind, CardState
from desktop.domain.errors import NotFound
from desktop.domain.evidence import Evidence, Paper, ServiceReceipt
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CardId, FindingId, UserId
from desktop.domain.organisation import BasisPurpose, LegalBasis, Organ, Unit
from desktop.domain.rectification import Extension, Rectification
from desktop.domain.replies import UnitReply
from desktop.usecases.findings import evidence_of
from desktop.usecases.inquiry import awaits_inquiry
from desktop.usecases.numbering import temporary_of
from desktop.usecases.ports import Reading
from desktop.viewmodels.cards.track import Track, track_of
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.papers.words import kind_name


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card with all that its screen shows.

    Attributes:
        track: where it stands today.
        successors: drafts on the same findings that could stand in its place.
        predecessors: other cards on the same findings that were served.
        bases: the articles one can cite today, and those that are cited.
    """

    track: Track
    successors: tuple[Card, ...]
    predecessors: tuple[Card, ...]
    organ: Organ
    unit: Unit
    findings: tuple[Finding, ...]
    bases: tuple[LegalBasis, ...]
    evidence: tuple[Evidence, ...]
    papers: tuple[Paper, ...]
    receipts: tuple[ServiceReceipt, ...]
    replies: tuple[UnitReply, ...]
    names: Mapping[UserId, str]
    temporary_no: str = ""

    @property
    def card(self) -> Card:
        """The card itself."""
        return self.track.card

    @property
    def subject(self) -> Card:
        """The card, as a desk of any paper calls it."""
        return self.track.card

    @property
    def title(self) -> str:
        """What its paper is called."""
        return kind_name(TEMPLATES[self.card.kind])

    @property
    def recipient(self) -> str:
        """The unit."""
        return self.unit.name

    @property
    def liaison(self) -> str:
        """Who signs for it there."""
        return self.unit.liaison

    @property
    def is_answered(self) -> bool:
        """Whether it has its number: every card is answered."""
        return bool(self.card.doc_no) and bool(self.papers)

    def with_card(self, card: Card) -> "CardFile":
        """Give the file with the card as it was kept."""
        return replace(self, track=replace(self.track, card=card))

    @property
    def lower(self) -> Card | None:
        """The draft that a downgrade would put in its place."""
        level = self.card.kind.level
        return next((card for card in self.successors if card.kind.level < level), None)

    @property
    def higher(self) -> Card | None:
        """The draft that would follow it in an escalation."""
        level = self.card.kind.level
        return next((card for card in self.successors if card.kind.level >= level), None)

    @property
    def kinds(self) -> tuple[CardKind, ...]:
        """The cards that its findings carry, between which its drafter chooses.

        What follows another card is what it was drafted as.
        """
        level = min((finding.level for finding in self.findings), default=0)
        return () if self.predecessors else tuple(k for k in CardKind if k.level <= level)

    @property
    def wanted_successor(self) -> CardKind | None:
        """The kind of card that could be drafted to follow this one; None where none is wanted."""
        if not self.findings:
            return None
        if self.card.state is CardState.APPEALED:
            wants_lower = self.card.kind is CardKind.RED and self.lower is None
            return CardKind.YELLOW if wants_lower else None
        return CardKind.RED if self.higher is None else None

    def name(self, user_id: UserId | None) -> str:
        """Name a person; one who is not in the register by the start of his id."""
        return self.names.get(user_id, user_id[:8]) if user_id else ""

    def citable(self, purpose: BasisPurpose, on: date) -> tuple[LegalBasis, ...]:
        """Give the articles that can be cited on a day, and those that are cited anyway."""
        cited = {*self.card.violated, *self.card.basis}
        return tuple(
            basis
            for basis in self.bases
            if basis.purpose is purpose and (basis.in_force(on) or basis.id in cited)
        )

    @property
    def pictures(self) -> tuple[Evidence, ...]:
        """The masked copies that the paper prints, in the order of their moments."""
        copies = [
            item
            for item in self.evidence
            if item.masked_of in self.card.evidence and item.media_type.startswith("image/")
        ]
        return tuple(sorted(copies, key=lambda item: (item.at_s, item.role)))


def _here(reading: Reading, finding_ids: Iterable[FindingId]) -> Iterator[Finding]:
    """Give the findings that are on this machine; one that was erased leaves its card readable."""
    for finding_id in finding_ids:
        with suppress(NotFound):
            yield reading.get(Finding, finding_id)


def read_file(
    reading: Reading, card_id: CardId, *, today: date, calendar: WorkingCalendar
) -> CardFile:
    """Gather it.

    Raises:
        NotFound: the card is not in this case file.
    """
    card = reading.get(Card, card_id)
    ids = card.finding_ids
    findings = tuple(_here(reading, ids))
    track = track_of(
        card,
        reading.find(Appeal, card_id=card_id),
        reading.find(Rectification, card_id=card_id),
        reading.find(Extension),
        today=today,
        calendar=calendar,
        awaits_inquiry=awaits_inquiry(reading, card),
    )
    others = [c for c in reading.find(Card, unit_id=card.unit_id) if c.id != card_id]
    after = [other for other in others if {*ids} <= {*other.finding_ids}]
    before = [other for other in others if {*other.finding_ids} <= {*ids}]
    return CardFile(
        track=track,
        successors=tuple(c for c in after if c.state is CardState.DRAFT),
        predecessors=tuple(c for c in before if c.served_at),
        organ=reading.get(Organ, card.organ_id),
        unit=reading.get(Unit, card.unit_id),
        findings=findings,
        bases=reading.find(LegalBasis),
        evidence=tuple(e for each in findings for e in evidence_of(reading, each)),
        papers=reading.find(Paper, card_id=card_id),
        receipts=reading.find(ServiceReceipt, card_id=card_id),
        replies=reading.find(UnitReply, card_id=card_id),
        names=names_in(reading),
        temporary_no=temporary_of(reading, card_id),
    )
