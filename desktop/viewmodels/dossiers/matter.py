"""What can be put into a case file: everything in the hall, what belongs together first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.approvals import ApprovalCase
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.dossiers import EntryKind
from desktop.domain.evidence import Evidence, Paper
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import WindowId
from desktop.domain.inspections import Inspection, InspectionState
from desktop.domain.organisation import Unit, Window
from desktop.system.language import said
from desktop.usecases.dossiers import Filing
from desktop.usecases.ports import Reading
from desktop.viewmodels.inspections.words import points_said
from desktop.viewmodels.review.rows import look_of_rule, place_of
from desktop.viewmodels.times import stamp

_VOID = {FindingState.DISMISSED, FindingState.MERGED, FindingState.EXPIRED}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may belong to a case file.

    Attributes:
        related: it is about, or led to, something that is in it already.
    """

    filing: Filing
    related: bool

    @property
    def text(self) -> str:
        """As the list of candidates shows it."""
        return f"{stamp(self.filing.at)[:16]}  {self.filing.title}"


def candidates(reading: Reading, here: Iterable[str]) -> tuple[Candidate, ...]:
    """Give what is not in a case file yet; what is related comes first, then the latest.

    Args:
        here: ids of what is in it.
    """
    inside = set(here)
    near = _near(reading, inside)
    found = [
        Candidate(filing, filing.subject_id in near)
        for filing in _filings(reading, near | inside)
        if filing.subject_id not in inside
    ]
    found.sort(key=lambda each: each.filing.at, reverse=True)
    return tuple(sorted(found, key=lambda each: not each.related))


def _near(reading: Reading, inside: set[str]) -> set[str]:
    """Name what hangs together with what is in the file."""
    near: set[str] = set()
    findings = {finding.id: finding for finding in reading.find(Finding)}
    for card in reading.find(Card):
        if card.id in inside or inside.intersection(card.finding_ids):
            near |= {card.id, *card.finding_ids}
    whole = inside | near
    for finding in findings.values():
        tied = {finding.id, finding.inspection_id or "", finding.case_id or ""} - {""}
        if tied & whole:
            near |= tied
    near |= {p.id for p in reading.find(Paper) if p.card_id in whole | near}
    return near


def _filings(reading: Reading, whole: set[str]) -> Iterator[Filing]:
    windows = {window.id: window for window in reading.find(Window)}
    units = {unit.id: unit for unit in reading.find(Unit)}
    for finding in reading.find(Finding):
        if finding.state not in _VOID:
            yield from _of_finding(finding, windows)
    for inspection in reading.find(Inspection):
        if inspection.state is InspectionState.FINISHED:
            yield filing_of_inspection(inspection, windows[inspection.window_id])
    for card in reading.find(Card):
        if card.state is not CardState.CANCELLED:
            yield filing_of_card(card, units[card.unit_id])
    for paper in reading.find(Paper):
        yield filing_of_paper(paper)
    for evidence in _shown(reading, whole):
        if evidence.media_type.startswith("image/"):
            title = f"{said('证据')} {evidence.role} {evidence.sha256[:8]}"
            yield Filing(EntryKind.EVIDENCE, title, evidence.taken_at, evidence.id)


def _shown(reading: Reading, whole: set[str]) -> Iterator[Evidence]:
    """Give the evidence of what hangs together, by its indexes: there may be very much of all."""
    for each in sorted(whole):
        yield from reading.find(Evidence, finding_id=each)
        yield from reading.find(Evidence, inspection_id=each)


def _of_finding(finding: Finding, windows: Mapping[WindowId, Window]) -> Iterator[Filing]:
    title = f"{place_of(finding, windows)} {look_of_rule(finding.rule_id).word}"
    yield Filing(EntryKind.FINDING, title, finding.started_at, finding.id)
    if finding.case and finding.case_id:
        words = _case_title(finding.case.case_no, finding.case.title)
        yield Filing(EntryKind.CASE, words, finding.started_at, finding.case_id)


def filing_of_case(case: ApprovalCase, now: datetime) -> Filing:
    """Put an approval case into a case file, at the moment at which it came in."""
    at = case.received_at or case.accepted_at or now
    return Filing(EntryKind.CASE, _case_title(case.case_no, case.title), at, case.id)


def filing_of_paper(paper: Paper) -> Filing:
    """Put an issued paper into a case file."""
    title = f"{said('文书')} {paper.template} {paper.doc_no}".strip()
    return Filing(EntryKind.PAPER, title, paper.issued_at, paper.id)


def filing_of_inspection(inspection: Inspection, window: Window) -> Filing:
    """Put an inspection into a case file."""
    score = inspection.score.percent
    told = f" {points_said(score)}" if score is not None else ""
    title = f"{window.name} {said('现场巡查')}{told}"
    at = inspection.finished_at or inspection.planned_at
    return Filing(EntryKind.INSPECTION, title, at, inspection.id)


def filing_of_card(card: Card, unit: Unit) -> Filing:
    """Put a card into a case file."""
    kind = said("红牌") if card.kind is CardKind.RED else said("黄牌")
    title = f"{kind} {unit.short_name} {card.doc_no}".strip()
    return Filing(EntryKind.CARD, title, card.issued_at or card.drafted_at, card.id)


def _case_title(case_no: str, title: str) -> str:
    return f"{said('办件')} {case_no} {title}".strip()
