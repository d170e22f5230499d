"""From what the rules say of the office's own records to findings that people decide on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.errors import NotFound
from desktop.domain.findings import CaseMatter, Finding, FindingState
from desktop.domain.identifiers import CardId, FindingId, HallId, UnitId, WindowId, new_id
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.explanation import as_json, explain
from desktop.domain.rules.judgement import Candidate
from desktop.usecases.ports import Clock, Reading, UnitOfWork

_SAME = UUID("5b0f6f0c-3c5e-4b56-9a2e-6d1f3f0e7a11")  # names of findings that two devices make
_NAMES = ("number", "person", "batch", "item", "name")  # of what it is about, among the facts


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging goes by.

    Attributes:
        lowest_grade: of the evaluation profile (AG-8).
    """

    catalogue: Catalogue
    calendar: WorkingCalendar
    clock: Clock
    lowest_grade: str

    @property
    def today(self) -> date:
        """The day in the hall."""
        return self.calendar.day(self.clock.now())


def raise_records(
    work: UnitOfWork, hall_id: HallId, candidates: Iterable[Candidate], bench: Bench
) -> tuple[Finding, ...]:
    """Let candidates become findings, each once; answer the new and the grown.

    A graver one makes of an untouched finding of its matter what it has become. One without a
    unit that answers for it becomes none. The caller notes the act.

    Raises:
        NotAllowed: the person may not raise findings.
    """
    owned = (each for each in candidates if each.unit_id)
    raised = (_raised(work, hall_id, each, bench) for each in owned)
    return tuple(finding for finding in raised if finding)


def _raised(work: UnitOfWork, hall_id: HallId, each: Candidate, bench: Bench) -> Finding | None:
    known = work.find(Finding, hall_id=hall_id, event_id=each.matter)
    if any(finding.dedupe_key == each.dedupe_key for finding in known):
        return None
    for finding in known:
        grown = finding.graver(each.rule_id, each.rule_version, each.level)
        if finding.state.is_open and grown != finding:
            grown = _with(grown, each, bench)
            work.replace(grown)
            return grown
    standing = [f.level for f in known if f.state is not FindingState.EXPIRED]
    if each.level <= max(standing, default=-1):
        return None
    finding = _with(_blank(work, hall_id, each, bench), each, bench)
    work.add(finding)
    return finding


def _blank(work: UnitOfWork, hall_id: HallId, each: Candidate, bench: Bench) -> Finding:
    now, card_id = bench.clock.now(), each.facts.get("card_id")
    return Finding(
        id=_id_of(work, hall_id, each),
        hall_id=hall_id,
        rule_id=each.rule_id,
        rule_version=each.rule_version,
        level=each.level,
        unit_id=UnitId(each.unit_id),
        event_id=each.matter,
        dedupe_key=each.dedupe_key,
        started_at=now,
        ended_at=now,
        detected_at=now,
        window_id=_window_of(work, CardId(str(card_id))) if card_id else None,
    )


def _id_of(reading: Reading, hall_id: HallId, each: Candidate) -> FindingId:
    """Give the same finding the same id on every device, so that two of them make one of it.

    What was found and let go before, and is found again, is another one.
    """
    found = FindingId(str(uuid5(_SAME, f"{hall_id}/{each.dedupe_key}")))
    try:
        reading.get(Finding, found)
    except NotFound:
        return found
    return FindingId(new_id())


def _with(finding: Finding, each: Candidate, bench: Bench) -> Finding:
    """Give a finding what a candidate says of it."""
    facts = as_json(each.facts)
    rule = bench.catalogue.rule(each.rule_id)
    told = CaseMatter(
        case_no=next((str(facts[name]) for name in _NAMES if facts.get(name)), ""),
        title=rule.wording["zh"].name,
        item_code="",
        matter=each.matter,
        rule_set=each.rule_set,
        calendar=bench.calendar.version,
        why=explain(rule, facts, "zh"),
        provisional=each.provisional,
    )
    return finding.told(told, facts, each.dedupe_key)


def _window_of(work: UnitOfWork, card_id: CardId) -> WindowId | None:
    return work.get(Card, card_id).window_id
