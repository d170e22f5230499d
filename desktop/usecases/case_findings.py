"""From what the rules say of an approval case to findings that people decide on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.approvals import ApprovalCase, CaseBundle
from desktop.domain.case_life import heir_of, heirs_of
from desktop.domain.clocks import Clocks
from desktop.domain.errors import NotFound
from desktop.domain.evidence import Evidence
from desktop.domain.findings import CaseMatter, Finding, FindingState
from desktop.domain.identifiers import FindingId, UnitId, WindowId, new_id
from desktop.domain.items import Limit
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
        clocks: what its clocks showed.
        calendar: version of the days it was judged by.
        extract: the case whole, already in the vault.
    """

    bundle: CaseBundle
    candidates: Sequence[Candidate]
    clocks: Clocks
    calendar: str
    extract: SightedItem

    @property
    def limits(self) -> tuple[Limit | None, Limit | None]:
        """The promised and the statutory limit that it was judged by."""
        promised, statutory = self.clocks.promised, self.clocks.statutory
        return promised.limit if promised else None, statutory.limit if statutory else None


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
        return Raised(self.findings + other.findings, self.known + other.known, tuple(ownerless))


def raise_findings(
    work: UnitOfWork,
    judged: Judged,
    *,
    catalogue: Catalogue,
    clock: Clock,
    owner: UnitId | None = None,
) -> Raised:
    """Let candidates become findings, each once; a graver one takes the place of a lighter.

    What was dismissed stays dismissed until the case itself is another: people looked at these
    very records, and the passing of time tells them nothing new. A graver level is a new question,
    and so is a corrected case. The caller notes the act.

    Args:
        owner: who answers for it, where a person knows better than the source.

    Raises:
        NotAllowed: the person may not raise findings.
    """
    here = work.find(Finding, case_id=judged.bundle.case.id)
    standing = [f for f in here if f.state is not FindingState.DISMISSED]
    decided = [f for f in here if f.state is FindingState.DISMISSED and _rests_on(work, f, judged)]
    keys = frozenset(map(candidate_key, [*standing, *decided]))
    settled = settle(judged.candidates, keys, _last_levels(standing))
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
    """Give the unit of ours that a source means, by its id or one of its names, or its heir."""
    units = tuple(units)
    fitting = (unit.id for unit in units if named in {unit.id, unit.name, unit.short_name})
    found = next(fitting, None) if named else None
    return heir_of(found, heirs_of(units)) if found else None


def candidate_key(finding: Finding) -> str:
    """Give the key of the candidate that became this finding."""
    return finding.dedupe_key.partition("/")[2]


def _rests_on(work: UnitOfWork, finding: Finding, judged: Judged) -> bool:
    """Tell whether people decided on the very case that lies here now."""
    sealed = work.find(Evidence, finding_id=finding.id)
    return any(item.sha256 == judged.extract.sha256 for item in sealed)


def _last_levels(standing: Iterable[Finding]) -> dict[str, int]:
    last: dict[str, int] = {}
    for finding in standing:
        last[_matter(finding)] = max(finding.level, last.get(_matter(finding), -1))
    return last


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
            promised=judged.limits[0],
            statutory=judged.limits[1],
            provisional=candidate.provisional,
        ),
        facts=facts,
    )


def _window_of(work: UnitOfWork, case: ApprovalCase) -> WindowId | None:
    try:
        return work.get(Window, case.window_id).id if case.window_id else None
    except NotFound:
        return None  # the source means a window that is none of ours
