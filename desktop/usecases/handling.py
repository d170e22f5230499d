"""Judging how cards are handled and what they add up to; what follows is proposed, once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID, uuid5

from desktop.domain.appeals import Appeal
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card, CardState
from desktop.domain.errors import NotFound
from desktop.domain.evidence import Custody, CustodyAct
from desktop.domain.findings import CaseMatter, Finding, FindingState
from desktop.domain.identifiers import CardId, FindingId, HallId, UnitId, WindowId, new_id
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.organisation import Unit
from desktop.domain.rectification import Extension, Rectification
from desktop.domain.replies import UnitReply
from desktop.domain.report.versions import ReportVersion
from desktop.domain.rules.aggregation import UnitRecord
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.explanation import as_json, explain
from desktop.domain.rules.handling import CardLife
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.subjects import check_life, check_proposal, check_record, check_waiting
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.rule_settings import rules_of

_SCORES = "RT13"  # the table of a locked report that names units and their grades
_LIMITS = "R-LIM-"
_PROPOSAL = "T06"
_REMINDS_FOR = timedelta(days=30)  # section 7.3: what only reminded and nobody needed goes
_SAME = UUID("5b0f6f0c-3c5e-4b56-9a2e-6d1f3f0e7a11")  # names of findings that two devices make


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


def judge_handling(reading: Reading, hall_id: HallId, bench: Bench) -> tuple[Candidate, ...]:
    """Ask the rules of the process and of aggregation about a hall's cards and findings."""
    rules = rules_of(reading, hall_id, bench.catalogue)
    cards = reading.find(Card, hall_id=hall_id)
    findings = reading.find(Finding, hall_id=hall_id)
    found = [each for life in _lives(reading, cards, bench) for each in check_life(life, rules)]
    for finding in findings:
        if finding.state.is_open:
            found += check_waiting(finding, rules, bench.today, bench.calendar)
    for paper in reading.find(OfficialDocument, hall_id=hall_id, template=_PROPOSAL):
        replies = reading.find(UnitReply, document_id=paper.id)
        found += check_proposal(paper, replies, rules, bench.today)
    for record in _records(reading, hall_id, cards, findings, bench):
        found += check_record(record, rules)
    return tuple(found)


def propose_handling(
    work: UnitOfWork, hall_id: HallId, candidates: Sequence[Candidate], bench: Bench
) -> tuple[Finding, ...]:
    """Let candidates become findings, each once; reminders whose cause is gone go.

    A graver one makes of an untouched finding of its matter what it has become. Answers the new
    and the grown.
    """
    proposed = (_proposed(work, hall_id, each, bench) for each in candidates)
    raised = tuple(finding for finding in proposed if finding)
    standing = {each.matter for each in candidates}
    waiting = work.find(Finding, hall_id=hall_id, state=FindingState.DETECTED)
    limits = (finding for finding in waiting if finding.rule_id.startswith(_LIMITS))
    gone = [finding for finding in limits if finding.event_id not in standing]
    gone += [f for f in waiting if f not in gone and _has_reminded(f, bench.clock.now())]
    for finding in gone:
        work.replace(finding.expired())
    if gone or raised:
        work.note("finding.handling", f"hall/{hall_id}")
    return raised


def _has_reminded(finding: Finding, now: datetime) -> bool:
    return finding.level == 0 and now - finding.detected_at >= _REMINDS_FOR


def _proposed(work: UnitOfWork, hall_id: HallId, each: Candidate, bench: Bench) -> Finding | None:
    known = work.find(Finding, hall_id=hall_id, event_id=each.matter)
    if any(finding.dedupe_key == each.dedupe_key for finding in known):
        return None
    for finding in known:
        grown = finding.graver(each.rule_id, each.rule_version, each.level)
        if finding.state.is_open and grown.rule_id != finding.rule_id:
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
        case_no=str(facts.get("number") or facts.get("person") or ""),
        title=rule.wording["zh"].name,
        item_code="",
        matter=each.matter,
        rule_set=each.rule_set,
        calendar=bench.calendar.version,
        why=explain(rule, facts, "zh"),
    )
    return finding.told(told, facts, each.dedupe_key)


def _window_of(work: UnitOfWork, card_id: CardId) -> WindowId | None:
    return work.get(Card, card_id).window_id


def _lives(reading: Reading, cards: Iterable[Card], bench: Bench) -> Iterator[CardLife]:
    appeals = {each.card_id: each for each in reading.find(Appeal)}
    orders = {each.card_id: each for each in reading.find(Rectification)}
    more = {each.rectification_id: each for each in reading.find(Extension)}
    for card in cards:
        order = orders.get(card.id)
        extension = more.get(order.id) if order else None
        yield CardLife(
            card,
            appeals.get(card.id),
            order,
            extension,
            bench.today,
            bench.calendar,
            _sent_at(reading, card),
        )


def _sent_at(reading: Reading, card: Card) -> datetime | None:
    """Give when the package of a card that waits for its service went out first."""
    if card.state is not CardState.ISSUED:
        return None
    name = f"card/{card.id}"  # as the chain of custody calls a package
    sent = reading.find(Custody, subject_id=name, act=CustodyAct.EXPORTED)
    return min((each.at for each in sent), default=None)


def _records(
    reading: Reading,
    hall_id: HallId,
    cards: Sequence[Card],
    findings: Sequence[Finding],
    bench: Bench,
) -> Iterator[UnitRecord]:
    failed = _failed(reading, hall_id, bench.lowest_grade)
    for unit in reading.find(Unit):
        own = [finding for finding in findings if finding.unit_id == unit.id]
        yield UnitRecord(
            unit_id=unit.id,
            cards=[card for card in cards if card.unit_id == unit.id],
            findings=own,
            leads=tuple(_leads(own, bench.catalogue)),
            failed=failed.get(unit.name),
            today=bench.today,
            calendar=bench.calendar,
        )


def _leads(
    findings: Iterable[Finding], catalogue: Catalogue
) -> Iterator[tuple[Finding, Mapping[str, str]]]:
    for finding in findings:
        if finding.state is FindingState.CONFIRMED:
            rule = catalogue.rule(finding.rule_id)
            if rule.transfer:
                yield finding, {language: said.name for language, said in rule.wording.items()}


def _failed(reading: Reading, hall_id: HallId, lowest: str) -> Mapping[str, tuple[str, str]]:
    """Give the units by name that got the lowest grade in the report that was locked last."""
    versions = reading.find(ReportVersion, hall_id=hall_id)
    if not versions:
        return {}
    last = max(versions, key=lambda each: each.locked_at)
    table = cast(Mapping[str, Sequence[Sequence[str]]], last.figures.get(_SCORES, {}))
    period = f"{last.period.first:%Y-%m}"
    return {row[0]: (period, lowest) for row in table.get("rows", ()) if row[-2] == lowest}
