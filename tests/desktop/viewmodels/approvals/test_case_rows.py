"""The list of cases knows how long it is and fetches only what is looked at."""

from array import array
from collections.abc import Sequence

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.case_entries import CaseEntry
from desktop.domain.clocks import Lamp
from desktop.domain.identifiers import CaseId, UnitId
from desktop.storage.case_lines import CaseLine
from desktop.viewmodels.approvals.rows import WINDOW, CaseRows
from desktop.viewmodels.row_roles import RowRole
from desktop.workers.case_book import Glimpse

MANY = 100_000


def line(n: int) -> CaseLine:
    entry = CaseEntry(Lamp.GREEN)
    unit = UnitId("u")
    return CaseLine(n, CaseId(f"id-{n}"), "b", f"A-{n}", "", "", "", unit, "", True, entry)


def glimpse(numbers: Sequence[int]) -> Glimpse:
    return Glimpse(numbers, tuple(map(line, numbers)))


@pytest.fixture
def rows(qtbot: QtBot) -> CaseRows:
    made = CaseRows()
    made.show(array("q", range(MANY)), {UnitId("u"): "住建"})
    return made


def test_only_the_rows_that_are_looked_at_are_fetched_and_each_once(rows: CaseRows) -> None:
    asked: list[Sequence[int]] = []
    rows.wanted.connect(asked.append)
    assert rows.rowCount() == MANY
    for row in (0, 1, WINDOW - 1, 70_000):
        assert rows.index(row, 1).data() == ""
    assert [list(each) for each in asked] == [list(range(100)), list(range(70_000, 70_100))]
    rows.fill(glimpse(asked[1]))
    assert rows.index(70_001, 1).data() == "A-70001"
    assert rows.index(70_001, 4).data() == "住建"
    assert rows.index(70_001, 0).data(RowRole.KEY) == "id-70001"


def test_what_comes_after_the_list_changed_is_dropped(rows: CaseRows) -> None:
    asked: list[Sequence[int]] = []
    rows.wanted.connect(asked.append)
    rows.index(0, 1).data()
    rows.show(array("q", [7, 8]), {})
    rows.fill(glimpse(asked[0]))
    assert rows.index(0, 1).data() == ""


def test_scrolling_through_everything_keeps_few_rows(rows: CaseRows) -> None:
    rows.wanted.connect(lambda numbers: rows.fill(glimpse(numbers)))
    for row in range(0, MANY, WINDOW):
        rows.index(row, 1).data()
    assert rows.index(MANY - 1, 1).data() == f"A-{MANY - 1}"
    asked: list[Sequence[int]] = []
    rows.wanted.connect(asked.append)
    rows.index(0, 1).data()
    assert len(asked) == 1  # the first rows had been let go


def test_it_is_a_sound_model(rows: CaseRows, qtmodeltester: ModelTester) -> None:
    rows.show(array("q", range(3)), {})
    rows.wanted.connect(lambda numbers: rows.fill(glimpse(numbers)))
    rows.index(0, 0).data()
    qtmodeltester.check(rows)
