"""Judging how cards are handled, what they add up to, and who sends his data late."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from desktop.domain.appeals import Appeal
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card, CardState
from desktop.domain.evidence import Custody, CustodyAct
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import HallId
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.organisation import Unit
from desktop.domain.periods import Month, month_of
from desktop.domain.rectification import Extension, Rectification
from desktop.domain.replies import UnitReply
from desktop.domain.report.versions import ReportVersion
from desktop.domain.rules.aggregation import UnitRecord
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.crowds import Warned
from desktop.domain.rules.handling import CardLife
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.subjects import (
    check_batch,
    check_life,
    check_proposal,
    check_record,
    check_waiting,
    check_warnings,
)
from desktop.usecases.collection import batches_owed
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.record_findings import Bench, raise_records
from desktop.usecases.rule_settings import rules_of

_SCORES = "RT13"  # the table of a locked report that names units and their grades
_LIMITS = "R-LIM-"
_WARNINGS = frozenset({"R-TIM-01", "R-TIM-06"})  # near the limit, a step over its time
_PROPOSAL = "T06"
_REMINDS_FOR = timedelta(days=30)  # section 7.3: what only reminded and nobody needed goes


def judge_handling(reading: Reading, hall_id: HallId, bench: Bench) -> tuple[Candidate, ...]:
    """Ask the rules of the process, of aggregation and of reporting about a hall's records."""
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
    for batch in batches_owed(reading, hall_id, bench.today, bench.calendar):
        found += check_batch(batch, rules, bench.calendar)
    for month, warned in _warned(findings, bench.calendar).items():
        found += check_warnings(warned, rules, str(month))
    return tuple(found)


def propose_handling(
    work: UnitOfWork, hall_id: HallId, candidates: Sequence[Candidate], bench: Bench
) -> tuple[Finding, ...]:
    """Let candidates become findings, each once; reminders whose cause is gone go.

    A graver one makes of an untouched finding of its matter what it has become. Answers the new
    and the grown.
    """
    raised = raise_records(work, hall_id, candidates, bench)
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


def _warned(
    findings: Iterable[Finding], calendar: WorkingCalendar
) -> Mapping[Month, Sequence[Warned]]:
    """Give the warnings of each month; one that was dismissed for good reason was answered."""
    months: dict[Month, list[Warned]] = {}
    for each in findings:
        if each.rule_id in _WARNINGS and each.case:
            warned = Warned(
                each.unit_id,
                each.case.case_no,
                each.detected_at,
                answered=each.state is FindingState.DISMISSED,
            )
            months.setdefault(month_of(calendar.day(each.detected_at)), []).append(warned)
    return months


def _has_reminded(finding: Finding, now: datetime) -> bool:
    return finding.level == 0 and now - finding.detected_at >= _REMINDS_FOR


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
