"""From what the rules say of an approval case to findings that people decide on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.approvals import ApprovalCase, CaseBundle
from desktop.domain.errors import NotFound
from desktop.domain.findings import CaseMatter, Finding, FindingState
from desktop.domain.identifiers import FindingId, UnitId, WindowId, new_id
from desktop.domain.organisation import Unit, Window
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.explanation import as_json, explain
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.settling import settle
from desktop.domain.rules.video import SightedItem
from desktop.usecases.findings import keep_evidence
from desktop.usecases.ports import Clock, UnitOfWork

EXTRACT = "case"  # the role of the sealed extract among the evidence


@dataclass(frozen=True, slots=True)
class Judged:
    """A case as it was judged.

    Attributes:
        candidates: what a person wants verified.
        calendar: version of the days it was judged by.
        extract: the case whole, already in the vault.
    """

    bundle: CaseBundle
    candidates: Sequence[Candidate]
    calendar: str
    extract: SightedItem


@dataclass(frozen=True, slots=True)
class Raised:
    """What came of it.

    Attributes:
        findings: new ones.
        known: how many were found before, or weigh no more than what stands.
        ownerless: units that are none of ours, as the source calls them: nobody to answer for it.
    """

    findings: tuple[Finding, ...] = ()
    known: int = 0
    ownerless: tuple[str, ...] = ()

    def with_more(self, other: "Raised") -> "Raised":
        """Join what came of another case."""
        ownerless = dict.fromkeys((*self.ownerless, *other.ownerless))
        return Raised(
            self.findings + other.findings, self.known + other.known, tuple(ownerless)
        )


def raise_findings(
    work: UnitOfWork,
    judged: Judged,
    *,
    catalogue: Catalogue,
    clock: Clock,
    owner: UnitId | None = None,
) -> Raised:
    """Let candidates become findings, each once; a graver one takes the place of a lighter.

    The caller notes the act.

    Args:
        owner: who answers for it, where a person knows better than the source.

    Raises:
        NotAllowed: the person may not raise findings.
    """
    case = judged.bundle.case
    here = work.find(Finding, case_id=case.id)
    standing = [finding for finding in here if finding.state is not FindingState.DISMISSED]
    last = {_matter(f): max(g.level for g in standing if _matter(g) == _matter(f)) for f in standing}
    keys = frozenset(finding.dedupe_key.partition("/")[2] for finding in here)
    settled = settle(judged.candidates, keys, last)
    units = work.find(Unit)
    raised, ownerless = list[Finding](), list[str]()
    for candidate in settled.raised:
        unit = owner or unit_of(units, candidate.unit_id)
        if unit is None:
            ownerless.append(candidate.unit_id)
            continue
        finding = _finding(work, judged, candidate, unit, catalogue=catalogue, clock=clock)
        work.add(finding)
        keep_evidence(work, finding, (judged.extract,), clock)
        _supersede(work, standing, finding)
        raised.append(finding)
    return Raised(tuple(raised), len(settled.known), tuple(ownerless))


def unit_of(units: Iterable[Unit], named: str) -> UnitId | None:
    """Give the unit of ours that a source means, by its id or one of its names."""
    fitting = (unit.id for unit in units if named in {unit.id, unit.name, unit.short_name})
    return next(fitting, None) if named else None


def _matter(finding: Finding) -> str:
    return finding.case.matter if finding.case else finding.dedupe_key


def _supersede(work: UnitOfWork, standing: Iterable[Finding], by: Finding) -> None:
    for finding in standing:
        if finding.state.is_open and _matter(finding) == _matter(by):
            work.replace(finding.merged(by.id))


def _finding(
    work: UnitOfWork,
    judged: Judged,
    candidate: Candidate,
    unit_id: UnitId,
    *,
    catalogue: Catalogue,
    clock: Clock,
) -> Finding:
    case, now = judged.bundle.case, clock.now()
    facts = as_json(candidate.facts)
    return Finding(
        id=FindingId(new_id()),
        hall_id=case.hall_id,
        rule_id=candidate.rule_id,
        rule_version=candidate.rule_version,
        level=candidate.level,
        unit_id=unit_id,
        event_id=f"{case.id}/{candidate.dedupe_key}",
        dedupe_key=f"{case.id}/{candidate.dedupe_key}",
        started_at=now,
        ended_at=now,
        detected_at=now,
        window_id=_window_of(work, case),
        case_id=case.id,
        case=CaseMatter(
            case_no=case.case_no,
            title=case.title,
            item_code=case.item_code,
            matter=candidate.matter,
            rule_set=candidate.rule_set,
            calendar=judged.calendar,
            why=explain(catalogue.rule(candidate.rule_id), facts, "zh"),
            provisional=candidate.provisional,
        ),
        facts=facts,
    )


def _window_of(work: UnitOfWork, case: ApprovalCase) -> WindowId | None:
    try:
        return work.get(Window, case.window_id).id if case.window_id else None
    except NotFound:
        return None  # the source means a window that is none of ours
