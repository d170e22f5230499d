"""The six boards: numbers that open their lists, lines that open their pages."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.assembly.imports import import_file
from desktop.domain.findings import ReviewResult
from desktop.domain.organisation import Hall
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Board
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.boards import BoardDesk, Count
from desktop.viewmodels.rule_count import RuleCount
from desktop.views.boards.glance import BoardsGlance
from desktop.views.boards.page import BoardPanel, BoardsPage
from desktop.views.kit.tables import Table
from desktop.views.kit.tiles import StatTile
from desktop.workers.errands import Errands
from tests.support.casework import FakeOffice, nameless
from tests.support.foreign_files import text_file
from tests.support.profiles import person

HERE = Board.ADMIN_EFFICIENCY


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[BoardDesk]:
    errands = Errands()
    approvals = ApprovalsDesk(office, errands)
    count = RuleCount(approvals, errands)
    made = BoardDesk(office, count)
    with qtbot.waitSignal(approvals.listed):
        approvals.refresh()
    yield made
    for each in (made, count, approvals):
        each.stop()
    errands.close()


def arrived(qtbot: QtBot, desk: BoardDesk) -> BoardsPage:
    page = BoardsPage(desk)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    with qtbot.waitSignal(desk.changed):
        page.arrive()
    return page


def test_an_empty_case_file_counts_nothing(qtbot: QtBot, desk: BoardDesk) -> None:
    page = arrived(qtbot, desk)
    assert [desk.number(board, count) for board in Board for count in Count] == [0] * 30
    assert page.said_instead() == "按下一个数字，这里列出它的清单。"
    assert nameless(page) == []


def test_a_finding_is_counted_on_its_board_until_it_is_decided(
    qtbot: QtBot, office: FakeOffice, desk: BoardDesk
) -> None:
    finding = office.propose()
    page = arrived(qtbot, desk)
    assert desk.number(HERE, Count.FINDINGS) == 1
    desk.show(HERE, Count.FINDINGS)
    table = page.findChild(Table)
    assert table is not None
    with qtbot.waitSignal(page.goes_to) as told:
        table.opened.emit(desk.model.rows[0].key)
    assert told.args == ["review", finding.id]
    office.review(finding, Role.VIDEO_SUP, ReviewResult.FALSE_ALARM, "看错")
    qtbot.waitUntil(lambda: desk.number(HERE, Count.FINDINGS) == 0)
    assert page.said_instead() == "这一项没有记录。"


def test_cards_and_rectifications_open_their_card(
    qtbot: QtBot, office: FakeOffice, desk: BoardDesk
) -> None:
    card = office.served(rectify_due=date(2026, 12, 1))
    page = arrived(qtbot, desk)
    assert desk.number(HERE, Count.CARDS) == desk.number(HERE, Count.ORDERS) == 1
    assert desk.overdue(HERE, Count.ORDERS) == 0
    desk.show(HERE, Count.ORDERS)
    assert desk.model.rows[0].cells[0] != ""
    with qtbot.waitSignal(page.goes_to) as told:
        page.findChild(Table).opened.emit(desk.model.rows[0].key)  # type: ignore[union-attr]
    assert told.args == ["cards", card.id]
    office.clock.pass_time(days=20)
    with qtbot.waitSignal(desk.changed):
        desk.refresh()
    assert desk.overdue(HERE, Count.ORDERS) == 1
    panel = next(p for p in page.findChildren(BoardPanel) if p.board is HERE)
    assert panel.tile(Count.ORDERS).accessibleName() == "未销号整改 1 超期 1"


def test_a_board_on_the_first_page_opens_what_it_counts(
    qtbot: QtBot, office: FakeOffice, desk: BoardDesk
) -> None:
    office.propose()
    glance = BoardsGlance(desk)
    qtbot.addWidget(glance)
    with qtbot.waitSignal(desk.changed):
        desk.refresh()
    tiles = {tile.accessibleName(): tile for tile in glance.findChildren(StatTile)}
    assert len(tiles) == 6
    with qtbot.waitSignal(glance.opened) as told:
        tiles["行政效能 1"].click()
    page = arrived(qtbot, desk)
    page.open_subject(told.args[0])
    assert desk.chosen == (HERE, Count.FINDINGS)
    assert len(desk.model.rows) == 1


def test_what_the_rules_find_is_counted_on_demand_and_opens_its_cases(
    qtbot: QtBot, office: FakeOffice, desk: BoardDesk, tmp_path: Path
) -> None:
    header = "办件编号,事项编码,办理单位,受理时间,承诺时限,办结时间"
    row = "A-1,0101,住建,2026-03-02 09:00,5个工作日,2026-03-16 10:00"
    manager = person(Role.DATA_MGR)
    hall = office.desk.look(lambda reading: reading.find(Hall)[0]).result()
    path = text_file(tmp_path, header, row)
    import_file(office.desk, path, hall_id=hall.id, actor=manager, clock=office.clock)
    page = arrived(qtbot, desk)
    panel = next(p for p in page.findChildren(BoardPanel) if p.board is HERE)
    assert desk.number_said(HERE, Count.CANDIDATES) == "–"
    panel.found.click()
    qtbot.waitUntil(lambda: desk.number(HERE, Count.CANDIDATES) == 1)
    assert desk.number(HERE, Count.FINDINGS) == 0  # nobody has raised it
    (line,) = desk.model.rows
    assert line.cells[0].startswith("A-1 ")
    table = page.findChild(Table)
    assert table is not None
    with qtbot.waitSignal(page.goes_to) as told:
        table.opened.emit(line.key)
    (case,) = office.desk.look(lambda reading: list(reading.cases(hall.id))).result()
    assert told.args == ["approvals", case.case.id]
