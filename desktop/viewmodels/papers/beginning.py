"""What a new paper can be and what it can be about, told before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.documents.circular import circular_fields
from desktop.documents.template import AFTER_SIGNING, Field, Template
from desktop.domain.cards import Card
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import CardId, FindingId, HallId, UnitId, WindowId
from desktop.domain.official_documents import OfficialDocument, must_be_issuable
from desktop.domain.organisation import Hall, Organ, Unit, Window
from desktop.domain.report.figures import Figures
from desktop.domain.roles import Actor
from desktop.usecases.official_documents import Matter
from desktop.usecases.ports import Reading
from desktop.viewmodels.papers.words import KINDS, kind_name
from desktop.viewmodels.review.rows import look_of_rule
from desktop.viewmodels.times import day_of
from desktop.viewmodels.wording import sentence

_WANTS_CARD = {"T12", "T13", "T14", "T14A", "T14B"}
_WANTS_UNIT = set(KINDS) - {"T10", "T15"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper; `bar` says why this organ may not issue it."""

    template: str
    name: str
    bar: str = ""

    @property
    def wants_card(self) -> bool:
        """Whether it is about a card."""
        return self.template in _WANTS_CARD

    @property
    def wants_unit(self) -> bool:
        """Whether it is about one unit."""
        return self.template in _WANTS_UNIT


@dataclass(frozen=True, slots=True)
class Subject:
    """A card or a finding that a paper can be about."""

    id: str
    unit_id: UnitId
    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """All that one can choose from."""

    hall_id: HallId
    kinds: tuple[Kind, ...]
    units: tuple[Unit, ...]
    cards: tuple[Subject, ...]
    findings: tuple[Subject, ...]
    period: str

    def matter(
        self,
        kind: Kind,
        unit_id: UnitId | None,
        card_id: str,
        finding_ids: tuple[str, ...],
        period: str,
    ) -> Matter:
        """Word a choice as what the paper is about."""
        return Matter(
            hall_id=self.hall_id,
            template=kind.template,
            unit_id=unit_id,
            card_id=CardId(card_id) if card_id else None,
            finding_ids=tuple(FindingId(each) for each in finding_ids),
            period=period.strip(),
        )


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A wish to begin a paper, as another page words it."""

    template: str = ""
    card_id: str = ""
    finding_id: str = ""


@dataclass(frozen=True, slots=True)
class CircularWish:
    """A wish to begin the circular of a period on the figures of its report."""

    hall_id: HallId
    figures: Figures

    def said(self, template: Template, period: str) -> dict[str, Field]:
        """Word it from the figures, for the drafter to change."""
        fields = circular_fields(self.figures, template, period)
        return {name: value for name, value in fields.items() if name not in AFTER_SIGNING}


def may_begin(book: Book, actor: Actor | None) -> bool:
    """Tell whether somebody drafts papers."""
    roles = book.rule(OfficialDocument.ENTITY).create_roles
    return actor is not None and any(role.value in roles for role in actor.roles)


def read_offer(reading: Reading, templates: Mapping[str, Template], now: datetime) -> Offer:
    """Gather what a paper can be about.

    Raises:
        NotFound: the case file holds no hall yet.
    """
    hall = reading.find(Hall)[0]
    organ = reading.get(Organ, hall.organ_id)
    windows = {window.id: window.name for window in reading.find(Window)}
    found = reading.find(Finding, state=FindingState.CONFIRMED)
    today = day_of(now)
    return Offer(
        hall_id=hall.id,
        kinds=tuple(_kind(organ, code) for code in KINDS if code in templates and code != "T11"),
        units=tuple(unit for unit in reading.find(Unit) if unit.active),
        cards=tuple(_of_card(card, _place(windows, card)) for card in reading.find(Card)),
        findings=tuple(_of_finding(each, _place(windows, each)) for each in found),
        period=f"{today.year}年{today.month}月",
    )


def _kind(organ: Organ, code: str) -> Kind:
    try:
        must_be_issuable(organ, code)
    except DomainError as refusal:
        return Kind(code, kind_name(code), sentence(refusal))
    return Kind(code, kind_name(code))


def _place(windows: Mapping[WindowId, str], thing: Card | Finding) -> str:
    """Name the window; what is about a case alone has none."""
    return windows.get(thing.window_id, "") if thing.window_id else ""


def _of_card(card: Card, window: str) -> Subject:
    number = card.doc_no or "—"
    return Subject(card.id, card.unit_id, f"{number}　{window}")


def _of_finding(finding: Finding, window: str) -> Subject:
    started = day_of(finding.started_at).isoformat()
    word = look_of_rule(finding.rule_id).word
    place = finding.case.case_no if finding.case else window
    return Subject(finding.id, finding.unit_id, f"{started}　{place}　{word}")
