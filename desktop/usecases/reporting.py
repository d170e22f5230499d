"""The ledgers of a period, gathered from what is kept: the facts behind an efficiency report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.appeals import Appeal
from desktop.domain.approvals import CaseBundle
from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.evidence import StateSpan
from desktop.domain.findings import Dismissal, Finding, FindingState
from desktop.domain.identifiers import HallId, UnitId
from desktop.domain.organisation import Hall, LegalBasis, Organ, Unit, Window
from desktop.domain.periods import Month, Period, month_of
from desktop.domain.rectification import Rectification
from desktop.domain.report.facts import (
    Board,
    CardLine,
    Facts,
    FindingLine,
    Ledger,
    MonthTotals,
    Outcome,
)
from desktop.domain.scoring.entries import ScoreEntry
from desktop.domain.sessions import OpeningHours, hours_of
from desktop.usecases.checking import Stopped
from desktop.usecases.collection import lacking_of
from desktop.usecases.ports import Reading
from desktop.usecases.registers import items_in
from desktop.usecases.report_lines import gap_lines, inspection_lines, measure_lines
from desktop.usecases.samples import failed_of

GoOn = Callable[[], bool]
_MONTHS_COMPARED = 24  # a year of months before the period, and the year before that
_DAY = timedelta(days=1)
_BOARDS = {
    "VID": Board.WINDOW,
    "FEE": Board.FEE,
    "WIN": Board.WINDOW,
    "INS": Board.WINDOW,
    "LST": Board.POWER,
    "JNT": Board.PROJECT,
    "CMP": Board.VOICE,
}
# Kept nowhere in this program: complaints, joint cases and projects, and causes.
_NOT_KEPT = frozenset({Ledger.COMPLAINTS, Ledger.PROJECTS, Ledger.CAUSES})


@dataclass(frozen=True, slots=True)
class Question:
    """For which hall and period a report is made, and what it names things by.

    Attributes:
        rule_names: names of the rules by id.
        unknown_unit: said of a case whose unit is not registered here.
    """

    hall_id: HallId
    period: Period
    cut_off: datetime
    rule_names: Mapping[str, str]
    unknown_unit: str


def gather_facts(
    reading: Reading, question: Question, calendar: WorkingCalendar, go_on: GoOn
) -> Facts:
    """Gather the facts of a report from one consistent picture of the case file.

    Raises:
        Stopped: whoever asked does not want to know any more.
    """
    hall = reading.get(Hall, question.hall_id)
    windows = reading.find(Window, hall_id=hall.id)
    findings = reading.find(Finding, hall_id=hall.id)
    cards = _card_lines(reading, hall.id, question.rule_names)
    _must_go_on(go_on)
    bundles = tuple(_until_stopped(reading.cases(hall.id), go_on))
    at_work = [window.unit_id for window in windows]
    units = _units_of(reading, (*at_work, *(finding.unit_id for finding in findings)))
    spans = _spans(reading, hall.id, question.period)
    _must_go_on(go_on)
    lines = tuple(line for finding in findings if (line := _finding_line(finding)))
    rules = {finding.id: finding.rule_id for finding in findings}
    items = tuple(items_in(reading).values())
    inspections = tuple(inspection_lines(reading, hall.id))
    return Facts(
        organ=reading.get(Organ, hall.organ_id),
        hall=hall,
        units=units,
        windows=windows,
        items=items,
        bundles=bundles,
        cut_off=question.cut_off.astimezone(HALL_TIME),
        findings=lines,
        cards=cards,
        entries=reading.find(ScoreEntry, hall_id=hall.id),
        spans=spans,
        inspections=inspections,
        gaps=tuple(gap_lines(lines, {f.id: f for f in findings}, {u.id: u.name for u in units})),
        measures=tuple(measure_lines(reading, hall.id, rules)),
        history=_history(bundles, question.period),
        rule_names=_named(lines, question.rule_names),
        excluded=_excluded(bundles, units, question.unknown_unit),
        absent=_absent(
            {
                Ledger.CASES: bundles,
                Ledger.VOICES: any(bundle.ratings for bundle in bundles),
                Ledger.LISTS: items,
                Ledger.WATCH: (*spans, *inspections),
            }
        ),
        open_s=_open_s(hours_of(hall, calendar), len(windows), question),
        lacking=_lacking(reading, hall.id, _day(question.cut_off), calendar),
    )


def _lacking(
    reading: Reading, hall_id: HallId, today: date, calendar: WorkingCalendar
) -> Mapping[tuple[UnitId, Month], int]:
    """Count what makes records incomplete beside their own gaps: kept back, or against paper."""
    kept_back = lacking_of(reading, hall_id, today, calendar)
    failed = failed_of(reading, hall_id)
    keys = kept_back.keys() | failed.keys()
    return {key: kept_back.get(key, 0) + failed.get(key, 0) for key in keys}


def is_empty(facts: Facts, period: Period) -> bool:
    """Tell whether nothing at all happened in a period, as far as is known here."""
    days = [line.on for line in facts.findings]
    days += [line.on for line in facts.inspections]
    days += [line.on for line in facts.measures]
    days += [_day(line.card.issued_at) for line in facts.cards if line.card.issued_at]
    for bundle in facts.bundles:
        case = bundle.case
        days += [_day(at) for at in (case.received_at, case.accepted_at, case.closed_at) if at]
    return not facts.spans and not any(map(period.has, days))


def _absent(kept: Mapping[Ledger, object]) -> frozenset[Ledger]:
    return _NOT_KEPT | {ledger for ledger, lines in kept.items() if not lines}


def _units_of(reading: Reading, ids: Iterable[UnitId]) -> tuple[Unit, ...]:
    wanted = set(ids)
    return tuple(unit for unit in reading.find(Unit) if unit.id in wanted)


def _spans(reading: Reading, hall_id: HallId, period: Period) -> tuple[StateSpan, ...]:
    start = datetime.combine(period.first, datetime.min.time(), HALL_TIME)
    end = datetime.combine(period.last + _DAY, datetime.min.time(), HALL_TIME)
    lasting = reading.lasting(StateSpan, start, end)
    return tuple(s for s in lasting if s.hall_id == hall_id and period.has(_day(s.started_at)))


def _finding_line(finding: Finding) -> FindingLine | None:
    """Give a finding's line; one that was merged is told by the one it went into."""
    if finding.state is FindingState.MERGED:
        return None
    family = finding.rule_id.split("-")[1]
    return FindingLine(
        id=finding.id,
        rule_id=finding.rule_id,
        board=_BOARDS.get(family, Board.APPROVAL),
        unit_id=finding.unit_id,
        on=_day(finding.started_at),
        level=finding.level,
        outcome=_outcome(finding),
        window_id=finding.window_id,
    )


def _outcome(finding: Finding) -> Outcome:
    """Say what came of it; one that expired unreviewed was never decided on."""
    match finding.state:
        case FindingState.CONFIRMED:
            return Outcome.CONFIRMED
        case FindingState.DISMISSED if finding.dismissal is Dismissal.JUSTIFIED:
            return Outcome.JUSTIFIED
        case FindingState.DISMISSED:
            return Outcome.FALSE_ALARM
    return Outcome.OPEN


def _card_lines(
    reading: Reading, hall_id: HallId, rule_names: Mapping[str, str]
) -> tuple[CardLine, ...]:
    appeals = {appeal.card_id: appeal for appeal in reading.find(Appeal, hall_id=hall_id)}
    orders = {order.card_id: order for order in reading.find(Rectification, hall_id=hall_id)}
    bases = {basis.id: basis for basis in reading.find(LegalBasis)}
    rules = {finding.id: finding.rule_id for finding in reading.find(Finding, hall_id=hall_id)}
    return tuple(
        CardLine(
            card,
            person=card.person,
            problem=rule_names.get(rules[card.finding_ids[0]], rules[card.finding_ids[0]]),
            basis="、".join(f"《{bases[b].title}》{bases[b].article}" for b in card.basis),
            appeal=appeals.get(card.id),
            rectification=orders.get(card.id),
        )
        for card in reading.find(Card, hall_id=hall_id)
        if card.issued_at
    )


def _named(lines: Iterable[FindingLine], names: Mapping[str, str]) -> Mapping[str, str]:
    return {line.rule_id: names.get(line.rule_id, line.rule_id) for line in lines}


def _excluded(
    bundles: Iterable[CaseBundle], units: Sequence[Unit], reason: str
) -> Mapping[str, str]:
    known = {unit.id for unit in units}
    return {b.case.case_no: reason for b in bundles if b.case.unit_id not in known}


def _history(bundles: Sequence[CaseBundle], period: Period) -> Mapping[Month, MonthTotals]:
    """Count the months before the period, as far back as cases are kept."""
    received = [month_of(_day(b.case.received_at)) for b in bundles if b.case.received_at]
    if not received:
        return {}
    earlier = (period.start.later(-n) for n in range(1, _MONTHS_COMPARED + 1))
    return {month: _totals(bundles, month) for month in earlier if month >= min(received)}


def _totals(bundles: Iterable[CaseBundle], month: Month) -> MonthTotals:
    counts = [0, 0, 0]
    for bundle in bundles:
        case = bundle.case
        for n, at in enumerate((case.received_at, case.accepted_at, case.completed_at)):
            counts[n] += at is not None and month_of(_day(at)) == month
    return MonthTotals(*counts)


def _open_s(hours: OpeningHours, windows: int, question: Question) -> int:
    """Sum the opening time of all windows from the period's first day to the cut-off."""
    day, seconds = question.period.first, 0.0
    while day <= min(question.period.last, _day(question.cut_off)):
        for session in hours.sessions(day):
            start = datetime.combine(day, session.start, HALL_TIME)
            end = min(datetime.combine(day, session.end, HALL_TIME), question.cut_off)
            seconds += max(0.0, (end - start).total_seconds())
        day += _DAY
    return round(seconds) * windows


def _day(moment: datetime) -> date:
    return moment.astimezone(HALL_TIME).date()


def _until_stopped(bundles: Iterable[CaseBundle], go_on: GoOn) -> Iterable[CaseBundle]:
    for bundle in bundles:
        _must_go_on(go_on)
        yield bundle


def _must_go_on(go_on: GoOn) -> None:
    if not go_on():
        raise Stopped
