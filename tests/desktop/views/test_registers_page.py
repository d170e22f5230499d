"""The page of registers: records to edit, tables in and out, lists held against each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence import AuditRow
from desktop.domain.findings import Finding
from desktop.domain.items import ListPlace, ServiceItem
from desktop.domain.organisation import Unit
from desktop.domain.roles import Role
from desktop.usecases.registers import items_in
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.registers.desk import RegisterDesk
from desktop.viewmodels.registers.shelf import Kind
from desktop.views.kit.buttons import Button
from desktop.views.kit.chips import Chip
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.registers.form import RecordForm
from desktop.views.registers.page import RegistersPage
from desktop.views.suspicions import SuspicionTable
from desktop.workers.errands import Errands
from tests.support.casework import FakeOffice, nameless
from tests.support.foreign_files import text_file
from tests.support.profiles import person

HEADER = "事项编码,事项名称,实施机关,法定时限,承诺时限"
ONE = "0101,施工许可,住建,20个工作日,5个工作日"
TWO = "0202,户外广告,住建,20个工作日,8个工作日"
BAD = "0303,食品许可,市场局,20个工作日,"


class Floor:
    def __init__(self, office: FakeOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self.folder, self.qtbot, self.errands = office, folder, qtbot, Errands()
        office.door.actor = person(Role.DATA_MGR)
        self.approvals = ApprovalsDesk(office, self.errands)
        self.desk = RegisterDesk(office, self.approvals)
        self.page = RegistersPage(self.desk)
        qtbot.addWidget(self.page)
        self.page.resize(1072, 664)
        self.page.show()
        with qtbot.waitSignal(self.desk.listed):
            self.page.arrive()

    def take_in(self, *rows: str, header: str = HEADER) -> None:
        path = text_file(self.folder, header, *rows, name="名录.csv")
        with self.qtbot.waitSignals([self.desk.came, self.desk.listed], order="strict"):
            self.desk.take_in(path)

    def rows(self) -> list[tuple[str, ...]]:
        return [row.cells for row in self.desk.model.rows]

    def items(self, place: ListPlace = ListPlace.POWER) -> list[ServiceItem]:
        return list(
            self.office.desk.look(lambda reading: items_in(reading, place)).result().values()
        )

    def show(self, kind: Kind) -> None:
        chip = next(c for c in self.page.findChildren(Chip) if c.key is kind)
        chip.click()

    def close(self) -> None:
        self.desk.stop()
        self.approvals.stop()
        self.errands.close()


@pytest.fixture
def floor(office: FakeOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Floor]:
    made = Floor(office, tmp_path, qtbot)
    yield made
    made.close()


def press(within: QWidget, text: str) -> None:
    next(b for b in within.findChildren(Button) if b.text() == text and b.isVisible()).click()


def write(floor: Floor, field: str, text: str) -> None:
    form = floor.page.findChild(RecordForm)
    assert form is not None
    match form.field(field).editor:
        case QLineEdit() as line:
            line.setText(text)
        case QPlainTextEdit() as lines:
            lines.setPlainText(text)


def choose(floor: Floor, field: str) -> None:
    form = floor.page.findChild(RecordForm)
    assert form is not None
    box = form.field(field).editor
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)


def test_a_table_of_items_comes_in_and_what_is_wrong_is_said(floor: Floor) -> None:
    floor.take_in(ONE, TWO, BAD)
    assert floor.page.banner().startswith("新增 2 条，变更 0 条，移出清单 0 条；未采用 1 行。")
    assert "第 4 行“实施机关”列" in floor.page.banner()
    assert [row[:2] for row in floor.rows()] == [("0101", "施工许可"), ("0202", "户外广告")]
    with floor.office.desk.store.look() as reading:
        assert "register.import" in {row.action for row in reading.find(AuditRow)}
    assert nameless(floor.page) == []


def test_the_same_table_changes_nothing_and_a_shorter_one_takes_off_the_list(floor: Floor) -> None:
    floor.take_in(ONE, TWO)
    with floor.qtbot.waitSignal(floor.desk.came):
        floor.desk.take_in(floor.folder / "名录.csv")
    assert floor.page.banner().startswith("新增 0 条，变更 0 条，移出清单 0 条")
    floor.take_in(ONE)
    assert [item.code for item in floor.items()] == ["0101"]
    floor.take_in(ONE, TWO)
    assert [item.code for item in floor.items()] == ["0101", "0202"]
    with floor.office.desk.store.look() as reading:
        assert len(reading.find(ServiceItem)) == 2


def test_a_record_is_edited_field_by_field(floor: Floor) -> None:
    floor.take_in(ONE)
    table = next(t for t in floor.page.findChildren(Table) if t.isVisible())
    table.setCurrentIndex(floor.desk.model.index(0, 0))
    write(floor, "promised_limit", "三天")
    press(floor.page, "保存")
    form = floor.page.findChild(RecordForm)
    assert form is not None
    assert form.field("promised_limit").trouble() == "不是有效的数字"
    write(floor, "promised_limit", "3个工作日")
    write(floor, "specials", "专家评审 | 15 | 行政许可法第四十五条\n公示 | 7 | 本市办法")
    with floor.qtbot.waitSignal(floor.desk.kept):
        press(floor.page, "保存")
    floor.qtbot.waitUntil(lambda: floor.rows()[0][5] == "3个工作日")
    (item,) = floor.items()
    assert [special.max_wd for special in item.specials] == [15, 7]


def test_a_unit_is_added_and_items_may_name_it(floor: Floor) -> None:
    floor.show(Kind.UNITS)
    press(floor.page, "新增")
    write(floor, "name", "某市市场监督管理局")
    write(floor, "short_name", "市场局")
    with floor.qtbot.waitSignals([floor.desk.kept, floor.desk.listed]):
        press(floor.page, "保存")
    with floor.office.desk.store.look() as reading:
        assert "市场局" in {unit.short_name for unit in reading.find(Unit)}
    floor.show(Kind.POWER)
    floor.take_in(BAD)
    assert [item.code for item in floor.items()] == ["0303"]


def test_the_list_is_searched(floor: Floor) -> None:
    floor.take_in(ONE, TWO)
    search = floor.page.findChild(SearchField)
    assert search is not None
    search.setText("广告")
    assert [row[0] for row in floor.rows()] == ["0202"]
    search.setText("没有")
    assert floor.rows() == []


def test_lists_are_held_against_each_other(floor: Floor) -> None:
    floor.take_in(ONE, TWO)
    floor.show(Kind.ONLINE)
    floor.take_in(ONE.replace("5个工作日", "3个工作日"))
    floor.show(Kind.POWER)
    with floor.qtbot.waitSignal(floor.desk.compared):
        press(floor.page, "核对清单")
    told = {(row.cells[0], row.cells[4]) for row in floor.desk.suspicions.model.rows}
    assert ("0101", "“施工许可”不一致：承诺时限") in told
    assert ("0202", "“户外广告”不一致：网上缺项") in told
    assert "核对出" in floor.page.banner()


def test_a_register_leaves_as_a_table_with_a_note(floor: Floor) -> None:
    floor.take_in(ONE)
    target = floor.folder / "out.csv"
    with floor.qtbot.waitSignal(floor.page.noticed):
        floor.desk.export(target, "发给单位核对")
    assert "施工许可" in target.read_text("utf-8-sig")
    with floor.office.desk.store.look() as reading:
        (row,) = (row for row in reading.find(AuditRow) if row.action == "register.export")
    assert row.reason == "发给单位核对"


def test_who_keeps_no_data_only_reads(floor: Floor) -> None:
    floor.take_in(ONE)
    floor.office.enter(Role.SUPERVISOR)
    with floor.qtbot.waitSignal(floor.desk.listed):
        floor.page.arrive()
    floor.desk.open(floor.desk.model.rows[0].key)
    form = floor.page.findChild(RecordForm)
    assert form is not None
    assert not form.save.isVisible()
    assert not form.field("name").isEnabled()


def test_what_the_comparison_shows_is_raised_for_two_people_to_verify(floor: Floor) -> None:
    floor.take_in(ONE)
    with floor.qtbot.waitSignal(floor.desk.compared):
        press(floor.page, "核对清单")
    table = floor.page.findChild(SuspicionTable)
    assert table is not None
    assert not table.button.isVisible()  # who keeps the data raises nothing
    floor.office.enter(Role.SUPERVISOR)
    table.refresh()
    table.table.selectRow(0)
    with floor.qtbot.waitSignal(floor.desk.suspicions.raised):
        table.button.click()
    assert floor.page.banner() == "已提出 1 项，待两人核实。"
    (finding,) = floor.office.desk.look(lambda reading: reading.find(Finding)).result()
    assert finding.rule_id.startswith("R-LST-")
    assert finding.is_record
    floor.qtbot.waitUntil(lambda: floor.desk.suspicions.model.rows[0].cells[3] != "—")
    assert nameless(floor.page) == []


def test_leave_is_written_by_who_supervises_and_persons_by_who_keeps_the_data(floor: Floor) -> None:
    floor.show(Kind.PERSONS)
    press(floor.page, "新增")
    write(floor, "name", "林敏")
    choose(floor, "unit_id")
    with floor.qtbot.waitSignals([floor.desk.kept, floor.desk.listed]):
        press(floor.page, "保存")
    floor.qtbot.waitUntil(lambda: [row[0] for row in floor.rows()] == ["林敏"])
    floor.show(Kind.LEAVE)
    assert not floor.desk.may_write()
    floor.office.enter(Role.SUPERVISOR)
    floor.page.refresh()
    press(floor.page, "新增")
    choose(floor, "window_id")
    for field, text in (("started_at", "2026-11-24 09:00"), ("ended_at", "2026-11-24 08:00")):
        write(floor, field, text)
    write(floor, "approver", "赵科")
    press(floor.page, "保存")
    form = floor.page.findChild(RecordForm)
    assert form is not None
    assert form.field("ended_at").trouble() == "结束早于开始"
    write(floor, "ended_at", "2026-11-24 11:00")
    with floor.qtbot.waitSignals([floor.desk.kept, floor.desk.listed]):
        press(floor.page, "保存")
    assert nameless(floor.page) == []
