"""The ledgers of the demonstration: findings, cards, timelines and all that a report rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from desktop.domain.approvals import CaseBundle
from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.demonstration.carding import Ground, make_cards
from desktop.domain.demonstration.cases import Oddities, make_cases
from desktop.domain.demonstration.stage import Content, Stage, read_stage
from desktop.domain.demonstration.timelines import make_spans
from desktop.domain.identifiers import CardId, FindingId
from desktop.domain.periods import Month, Period, Span, month_of
from desktop.domain.report.facts import (
    Board,
    CardLine,
    Cause,
    ComplaintLine,
    Facts,
    FindingLine,
    GapLine,
    InspectionLine,
    JointLine,
    MeasureLine,
    MonthTotals,
    Outcome,
    ProjectLine,
)
from desktop.domain.scoring.entries import Charge, ScoreEntry, entries_for
from desktop.domain.scoring.profile import Profile

PERIOD = Period(Span.QUARTER, Month(2026, 8))
_BOARDS = {
    "TIM": Board.APPROVAL,
    "STP": Board.APPROVAL,
    "CASE": Board.APPROVAL,
    "JNT": Board.PROJECT,
    "BID": Board.PROJECT,
    "DEC": Board.PROJECT,
    "FEE": Board.FEE,
    "LST": Board.POWER,
    "PWR": Board.POWER,
    "VID": Board.WINDOW,
    "CMP": Board.VOICE,
}
_CAUSES = {
    "TIM": Cause.PERSON,
    "STP": Cause.PROCEDURE,
    "CASE": Cause.MATERIAL,
    "FEE": Cause.PROCEDURE,
    "VID": Cause.PERSON,
    "JNT": Cause.COOPERATION,
    "LST": Cause.SYSTEM,
    "CMP": Cause.PERSON,
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A video candidate: window by its number, days after the first, minutes, what came of it."""

    window: int
    day: int
    minutes: int
    rule_id: str
    outcome: Outcome


_VIDEO = (
    _Seen(5, 6, 7, "R-VID-03", Outcome.CONFIRMED),
    _Seen(2, 11, 22, "R-VID-02", Outcome.CONFIRMED),
    _Seen(9, 15, 17, "R-VID-02", Outcome.CONFIRMED),
    _Seen(13, 24, 19, "R-VID-02", Outcome.CONFIRMED),
    _Seen(18, 33, 16, "R-VID-02", Outcome.CONFIRMED),
    _Seen(22, 47, 28, "R-VID-02", Outcome.CONFIRMED),
    _Seen(7, 9, 18, "R-VID-02", Outcome.FALSE_ALARM),
    _Seen(11, 20, 16, "R-VID-02", Outcome.FALSE_ALARM),
    _Seen(16, 38, 15, "R-VID-02", Outcome.FALSE_ALARM),
    _Seen(24, 52, 21, "R-VID-02", Outcome.FALSE_ALARM),
)


def make_quarter(content: Content, *, calendar: WorkingCalendar, profile: Profile) -> Facts:
    """Make the three months; the same content gives the same facts."""
    stage = read_stage(content, calendar)
    seed = cast(int, content["seed"])
    bundles, odd = make_cases(stage, cast(int, content["cases"]), seed)
    findings = (*_case_findings(stage, bundles, odd), *_video_findings(stage))
    findings = (*findings, *_other_findings(stage))
    grounds = _grounds(stage, bundles, odd)
    cards = make_cards(stage, grounds)
    rules = {line.card.id: g.rule_id for line, g in zip(cards, grounds, strict=True)}
    last = stage.days[-1]
    names = cast(Mapping[str, str], content["rules"])
    return Facts(
        organ=stage.organ,
        hall=stage.hall,
        units=stage.units,
        windows=stage.windows,
        items=stage.items,
        bundles=bundles,
        cut_off=datetime(last.year, last.month, last.day, 18, 0, tzinfo=HALL_TIME),
        findings=findings,
        cards=cards,
        entries=_entries(stage, profile, cards, rules),
        spans=tuple(make_spans(stage, _absences(stage), seed)),
        complaints=_complaints(stage),
        inspections=(
            InspectionLine(stage.windows[1].id, stage.days[12], Decimal("88.5"), 4),
            InspectionLine(stage.windows[14].id, stage.days[44], Decimal("95"), 2),
        ),
        gaps=_gaps(stage),
        joints=_joints(stage),
        projects=_projects(stage),
        measures=_measures(stage),
        history=_history(cast(Mapping[str, Sequence[int]], content["history"])),
        rule_names=names,
        rules_in_force={rule: (name, "1") for rule, name in names.items()},
    )


def _finding(name: str, rule_id: str, bundle: CaseBundle, on: date, level: int) -> FindingLine:
    case = bundle.case
    family = rule_id.split("-")[1]
    return FindingLine(
        f"finding-{name}",
        rule_id,
        _BOARDS[family],
        case.unit_id,
        on,
        level,
        Outcome.CONFIRMED,
        _CAUSES[family],
        case.window_id,
    )


def _case_findings(
    stage: Stage, bundles: Sequence[CaseBundle], odd: Oddities
) -> Iterator[FindingLine]:
    """Yield what the checks find in the cases: 12 warnings, and what led to cards or to nothing."""
    for number in odd.close:
        yield _finding(
            f"near-{number}", "R-TIM-01", bundles[number], _done(stage, bundles[number]), 1
        )
    for number, days in odd.overdue.items():
        rule, level = ("R-TIM-02", 2) if days < 3 else ("R-TIM-03", 3)
        yield _finding(
            f"late-{number}", rule, bundles[number], _done(stage, bundles[number]), level
        )
    for number in odd.bad_stops:
        led_to = 2 if number == odd.bad_stops[0] else 0
        yield _finding(
            f"stop-{number}", "R-STP-01", bundles[number], _begun(bundles[number]), led_to
        )
    for number in odd.deemed:
        yield _finding(f"deemed-{number}", "R-TIM-08", bundles[number], _begun(bundles[number]), 0)
    for number in odd.twins:
        yield _finding(f"twin-{number}", "R-CASE-05", bundles[number], _begun(bundles[number]), 0)
    for number, more in odd.fees.items():
        rule, level = _fee_rule(more)
        yield _finding(f"fee-{number}", rule, bundles[number], _begun(bundles[number]), level)
    for number in odd.unreasoned:
        yield _finding(
            f"reason-{number}", "R-CASE-03", bundles[number], _done(stage, bundles[number]), 2
        )


def _fee_rule(more: int | None) -> tuple[str, int]:
    if more is None:
        return "R-FEE-06", 0
    return ("R-FEE-02", 3) if more > 0 else ("R-FEE-03", 0)


def _video_findings(stage: Stage) -> Iterator[FindingLine]:
    for seen in _VIDEO:
        window = stage.windows[seen.window - 1]
        confirmed = seen.outcome is Outcome.CONFIRMED
        yield FindingLine(
            f"finding-video-{seen.window}",
            seen.rule_id,
            Board.WINDOW,
            window.unit_id,
            stage.days[seen.day],
            2 if seen.rule_id == "R-VID-03" else 0,
            seen.outcome,
            Cause.PERSON if confirmed else None,
            window.id,
        )


def _absences(stage: Stage) -> dict[tuple[str, date], int]:
    return {
        (stage.windows[seen.window - 1].id, stage.days[seen.day]): seen.minutes
        for seen in _VIDEO
        if seen.outcome is Outcome.CONFIRMED
    }


def _other_findings(stage: Stage) -> Iterator[FindingLine]:
    rows = (
        ("guide", "R-LST-06", "planning", 30, 0),
        ("joint", "R-JNT-01", "planning", 41, 0),
        ("reply-1", "R-CMP-04", "market", 22, 0),
        ("reply-2", "R-CMP-05", "civil", 36, 2),
        ("reply-3", "R-CMP-06", "transport", 50, 0),
    )
    for name, rule, unit, day, level in rows:
        family = rule.split("-")[1]
        yield FindingLine(
            f"finding-{name}",
            rule,
            _BOARDS[family],
            stage.unit(unit).id,
            stage.days[day],
            level,
            Outcome.CONFIRMED,
            _CAUSES[family],
        )


def _grounds(stage: Stage, bundles: Sequence[CaseBundle], odd: Oddities) -> tuple[Ground, ...]:
    """Say what the eight cards rest on: six yellow (that of the stop is revoked), two red."""
    light, heavy, other = odd.overdue
    reason, stop = odd.unreasoned[0], odd.bad_stops[0]
    over = next(n for n, more in odd.fees.items() if more and more > 0)
    rows = (
        ("R-TIM-02", f"late-{light}", bundles[light], _done(stage, bundles[light]), 2),
        ("R-TIM-02", f"late-{other}", bundles[other], _done(stage, bundles[other]), 2),
        ("R-CASE-03", f"reason-{reason}", bundles[reason], _done(stage, bundles[reason]), 2),
        ("R-STP-01", f"stop-{stop}", bundles[stop], _begun(bundles[stop]), 2),
        ("R-TIM-03", f"late-{heavy}", bundles[heavy], _done(stage, bundles[heavy]), 3),
        ("R-FEE-02", f"fee-{over}", bundles[over], _begun(bundles[over]), 3),
    )
    by_case = [
        Ground(
            rule,
            b.case.unit_id,
            b.case.window_id,
            on,
            level,
            FindingId(f"finding-{name}"),
            b.case.case_no,
        )
        for rule, name, b, on, level in rows
    ]
    return tuple(sorted((*by_case, *_other_grounds(stage)), key=lambda ground: ground.on))


def _other_grounds(stage: Stage) -> tuple[Ground, Ground]:
    empty, civil = stage.windows[4], stage.unit("civil")
    return (
        Ground("R-VID-03", empty.unit_id, empty.id, stage.days[6], 2, FindingId("finding-video-5")),
        Ground(
            "R-CMP-05",
            civil.id,
            stage.windows_of(civil.id)[0].id,
            stage.days[36],
            2,
            FindingId("finding-reply-2"),
        ),
    )


def _entries(
    stage: Stage, profile: Profile, cards: Sequence[CardLine], rules: Mapping[CardId, str]
) -> tuple[ScoreEntry, ...]:
    """Enter what the effective cards cost, and one missing field of a guide."""
    charges = [
        Charge(
            id=str(card.id),
            hall_id=card.hall_id,
            unit_id=card.unit_id,
            month=month_of(card.drafted_at.date()),
            rule_id=rules[card.id],
            source=f"card/{card.id}",
            level=card.kind.level,
            carded=True,
        )
        for card in (line.card for line in cards)
        if card.effective_at
    ]
    planning = stage.unit("planning").id
    guide = Charge(
        "guide", stage.hall.id, planning, Month(2026, 9), "R-LST-06", "finding/finding-guide"
    )
    return entries_for(profile, (*charges, guide))


def _done(stage: Stage, bundle: CaseBundle) -> date:
    closed = bundle.case.completed_at
    return closed.date() if closed else stage.days[-1]


def _begun(bundle: CaseBundle) -> date:
    return cast(datetime, bundle.case.accepted_at).date()


def _complaints(stage: Stage) -> tuple[ComplaintLine, ...]:
    """Five, one at each grade of an overdue reply."""
    rows = (
        ("housing", 4, 0),
        ("social", 17, 0),
        ("market", 13, 1),
        ("civil", 26, 2),
        ("transport", 40, 3),
    )
    late = {0: -2, 1: 2, 2: 6}
    lines = []
    for unit, day, grade in rows:
        due = stage.calendar.after(stage.days[day], 8).day
        replied = None
        if grade in late:
            wd = late[grade]
            counted = stage.calendar.after(due, wd).day if wd > 0 else stage.days[day + 5]
            replied = counted
        lines.append(ComplaintLine(stage.unit(unit).id, stage.days[day], due, replied, grade))
    return tuple(lines)


def _gaps(stage: Stage) -> tuple[GapLine, ...]:
    return (
        GapLine("甲县", "R-PWR-01", "公共场所卫生许可", stage.days[28], explained=True),
        GapLine("乙县", "R-PWR-03", "城镇污水排入排水管网许可", stage.days[28], explained=False),
        GapLine("市资规局", "R-LST-06", "不动产转移登记", stage.days[30], explained=True),
    )


def _joints(stage: Stage) -> tuple[JointLine, ...]:
    sent = stage.days[33]
    due = stage.calendar.after(sent, 5).day
    rows = (("housing", 4, 0), ("planning", 8, 3), ("health", 3, 0))
    return tuple(
        JointLine(
            "LB20260916-01",
            stage.unit("housing").id,
            stage.unit(unit).id,
            sent,
            due,
            stage.calendar.after(sent, used).day,
            over,
        )
        for unit, used, over in rows
    )


def _projects(stage: Stage) -> tuple[ProjectLine, ...]:
    due = stage.days[40]
    return (
        ProjectLine("某路道路改造工程施工招标", "R-BID-06", stage.days[21]),
        ProjectLine("某路道路改造工程施工招标", "R-BID-14", due, due, due + timedelta(days=9), 9),
        ProjectLine("某片区更新实施方案决策", "R-DEC-01", stage.days[48]),
    )


def _measures(stage: Stage) -> tuple[MeasureLine, ...]:
    housing, planning = stage.unit("housing").id, stage.unit("planning").id
    return (
        MeasureLine(housing, "T04", "某效监改〔2026〕9号", stage.days[36], "R-TIM-03", done=True),
        MeasureLine(housing, "T08", "某效监约〔2026〕4号", stage.days[50], "R-TIM-03", done=True),
        MeasureLine(planning, "T05", "某效监纠〔2026〕2号", stage.days[31], "R-STP-01", done=True),
        MeasureLine(housing, "T15", "某效监督〔2026〕6号", stage.days[54], "R-TIM-03", done=False),
    )


def _history(rows: Mapping[str, Sequence[int]]) -> dict[Month, MonthTotals]:
    months = {}
    for name, counts in rows.items():
        year, number = name.split("-")
        months[Month(int(year), int(number))] = MonthTotals(*counts)
    return months
