"""What the case file holds of other desks' work is told in the efficiency report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.calendar import read_calendar
from desktop.domain.demonstration.quarter import PERIOD
from desktop.domain.findings import CaseMatter, Finding
from desktop.domain.identifiers import FindingId, HallId, UnitId
from desktop.domain.periods import Month, Period, Span
from desktop.domain.report.facts import Board, FindingLine, Ledger, Outcome
from desktop.domain.report.figures import figures_of
from desktop.domain.report.sentences import chapter_texts
from desktop.domain.report.tables import Row, tables_of
from desktop.domain.roles import Role
from desktop.domain.scoring.profile import read_profile
from desktop.usecases import official_documents as acts
from desktop.usecases.ports import Reading
from desktop.usecases.report_lines import gap_lines
from desktop.usecases.reporting import Facts, Question, gather_facts, is_empty
from tests.support.casework import FakeOffice
from tests.support.inspections import InspectedHall
from tests.support.orders import issued_paper
from tests.support.quarter import WORDING
from tests.support.quarter import facts as quarter

CALENDAR = read_calendar(assets.calendar_files())
PROFILE = read_profile(assets.scoring_files()["GD-2008"])
NOVEMBER = Period(Span.MONTH, Month(2026, 11))
NIGHT = datetime(2026, 11, 30, 10, tzinfo=UTC)


def gathered(reading: Reading, hall_id: HallId) -> Facts:
    question = Question(hall_id, NOVEMBER, NIGHT, {}, "没有登记")
    return gather_facts(reading, question, CALENDAR, lambda: True)


def table(facts: Facts, code: str) -> tuple[Row, ...]:
    figures = figures_of(facts, NOVEMBER, profile=PROFILE, calendar=CALENDAR)
    return next(each for each in tables_of(figures, WORDING) if each.code == code).rows


def finding(name: str, matter: CaseMatter) -> Finding:
    at = datetime(2026, 11, 24, 2, tzinfo=UTC)
    return Finding(
        id=FindingId(name), hall_id=HallId("h"), rule_id="R-LST-06", rule_version="1", level=1,
        unit_id=UnitId("u"), event_id="e", dedupe_key=name, started_at=at, detected_at=at,
        case=matter,
    )  # fmt: skip


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[InspectedHall]:
    made = InspectedHall(tmp_path)
    yield made
    made.store.close()


def test_a_finished_inspection_has_its_score_in_the_table_of_windows(hall: InspectedHall) -> None:
    inspection = hall.started()
    hall.say_all(inspection, {hall.checklist.items[0].key: "桌面杂乱"})
    hall.finish(inspection)
    with hall.store.look() as reading:
        facts = gathered(reading, hall.plan.hall.id)
    (line,) = facts.inspections
    assert line.faults == 1
    assert line.on == date(2026, 11, 24)
    assert Ledger.WATCH not in facts.absent
    assert not is_empty(facts, NOVEMBER)
    row = next(row for row in table(facts, "RT7") if row[0] == hall.plan.windows[0].name)
    assert row[-1] == line.score
    assert Decimal(90) < line.score < Decimal(100)


def test_an_issued_paper_is_a_measure_until_it_is_void(office: FakeOffice) -> None:
    paper = issued_paper(office)
    hall = office.plan.hall.id
    facts = office.desk.look(lambda reading: gathered(reading, hall)).result()
    (row,) = table(facts, "RT14")
    unit = office.plan.units[0].short_name
    assert row == (1, unit, "责令整改", paper.doc_no, date(2026, 11, 24), None, "进行中")

    void = partial(acts.cancel_document, document_id=paper.id, reason="发现笔误")
    office.desk.act(office.people[Role.DEPUTY_HEAD], void).result()
    facts = office.desk.look(lambda reading: gathered(reading, hall)).result()
    assert facts.measures == ()


def test_what_a_list_lacked_is_told_and_explained_where_it_was_justified() -> None:
    day, unit = date(2026, 11, 24), UnitId("u")
    matter = CaseMatter("001", "排水许可", "A-1", "m", "r", "c", "指南缺项")
    found = {name: finding(name, matter) for name in ("a", "b", "c")}
    outcomes = (Outcome.CONFIRMED, Outcome.JUSTIFIED, Outcome.FALSE_ALARM)
    lines = [
        FindingLine(name, "R-LST-06", Board.POWER, unit, day, 1, outcome)
        for name, outcome in zip(found, outcomes, strict=True)
    ]
    gaps = tuple(gap_lines(lines, found, {unit: "某市水务局"}))
    assert [(gap.place, gap.item, gap.explained) for gap in gaps] == [
        ("某市水务局", "排水许可", False),
        ("某市水务局", "排水许可", True),
    ]


def test_ratings_are_told_where_complaints_are_not_kept() -> None:
    facts = replace(quarter(), complaints=(), absent=frozenset({Ledger.COMPLAINTS}))
    figures = figures_of(facts, PERIOD, profile=PROFILE, calendar=CALENDAR)
    rows = next(each for each in tables_of(figures, WORDING) if each.code == "RT9").rows
    assert {row[1:6] for row in rows} == {(None,) * 5}
    assert rows[-1][6] == 325
    seventh = chapter_texts(figures, WORDING)[6]
    assert seventh.startswith("本系统没有接入投诉台账")
    assert "有效评价325条，满意率92.3%" in seventh
