"""The page of approvals: the list, a case with its reasons, and the import in four steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.assembly.checks import wished_rules
from desktop.domain.approvals import Decision
from desktop.domain.clocks import Lamp
from desktop.domain.evidence import AuditRow
from desktop.domain.periods import Month
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Board
from desktop.exchange.glimpse import Mapped
from desktop.usecases.samples import failed_of
from desktop.viewmodels.approvals.deadlines import Deadlines
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.importing import ImportDesk, Step
from desktop.viewmodels.approvals.raising import Raising
from desktop.viewmodels.approvals.rules import RuleDesk
from desktop.viewmodels.approvals.sampling import Sampling
from desktop.viewmodels.approvals.views import CaseViews
from desktop.views.approvals.page import ApprovalsPage
from desktop.views.approvals.profiles import NameQuestion
from desktop.views.approvals.ruler import CaseRuler
from desktop.views.approvals.sampling import DrawQuestion, SamplePanel, SampleQuestion
from desktop.views.approvals.views import ViewBar
from desktop.views.kit.buttons import Button
from desktop.views.kit.chips import Chip
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.workers.errands import Errands
from tests.support.casework import FakeOffice, nameless
from tests.support.foreign_files import text_file
from tests.support.profiles import person

HEADER = "办件编号,办件名称,申请人,事项编码,办理单位,受理时间,承诺时限,办结时间"
LATE = "A-1,施工许可,王建国,0101,住建局,2026-11-10 09:00,5个工作日,"
EASY = "A-2,食品经营许可,李明,0202,市场局,2026-11-23 09:00,20个工作日,"
DONE = "A-3,食品经营许可,孙八,0202,市场局,2026-11-02 09:00,5个工作日,2026-11-04 10:00"
BAD = "A-4,户外广告,周九,0303,城管局,2026-02-30 09:00,5个工作日,"


class Floor:
    """A page with its view-models in an office whose data manager is at the desk."""

    def __init__(self, office: FakeOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self.folder, self.qtbot = office, folder, qtbot
        office.door.actor = person(Role.DATA_MGR)
        self.errands = Errands()
        self.desk = ApprovalsDesk(office, self.errands)
        self.importing = ImportDesk(office, self.desk.book, self.errands)
        self.rules = RuleDesk(office, self.desk, self.errands)
        self.raising = Raising(office, self.desk, self.errands)
        self.sampling = Sampling(office, self.desk)
        self.views = CaseViews(office, self.desk, self.errands)
        self.page = ApprovalsPage(
            self.desk,
            self.importing,
            self.rules,
            raising=self.raising,
            views=self.views,
            sampling=self.sampling,
        )
        qtbot.addWidget(self.page)
        self.page.resize(1072, 664)
        self.page.show()

    def arrive(self) -> None:
        with self.qtbot.waitSignal(self.desk.listed):
            self.page.arrive()

    def look_at(self, *rows: str) -> None:
        self.page.show_import()
        path = text_file(self.folder, HEADER, *rows)
        self.importing.choose(path)
        self.qtbot.waitUntil(lambda: self.importing.step is Step.MAP)

    def take_in(self, *rows: str) -> None:
        self.look_at(*rows)
        press(self.page, "开始导入")
        self.qtbot.waitUntil(lambda: self.importing.step is Step.RESULT)
        press(self.page, "查看办件")
        self.qtbot.waitUntil(lambda: self.settled(len(rows)))

    def settled(self, cases: int) -> bool:
        rows = self.rows()
        return len(rows) == cases and all(row[0] not in {"", "计算中"} for row in rows)

    def rows(self) -> list[list[str]]:
        model = self.desk.model
        columns = range(model.columnCount())
        return [[str(model.index(r, c).data()) for c in columns] for r in range(model.rowCount())]

    def close(self) -> None:
        self.desk.stop()
        self.importing.stop()
        self.rules.stop()
        self.raising.stop()
        self.views.stop()
        self.sampling.stop()
        self.errands.close()


@pytest.fixture
def floor(office: FakeOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Floor]:
    made = Floor(office, tmp_path, qtbot)
    yield made
    made.close()


def press(within: QWidget, text: str) -> None:
    next(b for b in within.findChildren(Button) if b.text() == text and b.isVisible()).click()


def test_an_empty_list_offers_the_import(floor: Floor) -> None:
    floor.arrive()
    assert floor.page.said_instead().startswith("还没有办件")
    with floor.qtbot.waitSignal(floor.page.title_changed) as told:
        press(floor.page, "导入办件…")
    assert told.args == ["导入办件"]
    assert nameless(floor.page) == []


def test_a_file_is_recognised_taken_in_and_listed(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY, DONE)
    floor.qtbot.waitUntil(lambda: floor.rows()[0][1] == "A-1")
    assert [row[:2] + row[6:7] for row in floor.rows()] == [
        ["已超期", "A-1", "超 5 个工作日"],
        ["期限内", "A-2", "余 19 个工作日"],
        ["期限内", "A-3", "按期办结"],
    ]
    assert nameless(floor.page) == []


def test_the_first_page_counts_every_case_whatever_the_list_is_narrowed_to(floor: Floor) -> None:
    deadlines = Deadlines(floor.desk)
    floor.arrive()
    floor.take_in(LATE, EASY, DONE)
    floor.desk.search("食品")
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 2)
    deadlines.refresh()
    floor.qtbot.waitUntil(lambda: deadlines.overdue == 1 and deadlines.total == 3)
    deadlines.close()


def test_the_list_narrows_by_lamp_words_and_unit(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY, DONE)
    chip = next(c for c in floor.page.findChildren(Chip) if c.key is Lamp.RED)
    floor.qtbot.waitUntil(lambda: chip.accessibleName() == "已超期 1")
    chip.click()
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 1)
    floor.desk.widen()
    search = floor.page.findChild(SearchField)
    assert search is not None
    search.setText("食")
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 2)
    search.setText("没有这样的")
    floor.qtbot.waitUntil(lambda: floor.page.said_instead() == "没有符合的办件。")
    press(floor.page, "显示全部")
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 3)
    assert not search.text()


def test_a_case_shows_its_clocks_and_says_why(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY)
    table = next(t for t in floor.page.findChildren(Table) if t.accessibleName() == "办件")
    table.selectRow(0)
    with floor.qtbot.waitSignal(floor.desk.opened):
        floor.qtbot.keyClick(table, Qt.Key.Key_Return)
    sheet = floor.desk.sheet
    assert sheet is not None
    (found,) = sheet.findings()
    assert (found.rule_id, found.level) == ("R-TIM-03", "可致红牌")
    assert "2026年11月17日" in found.why
    ruler = floor.page.findChild(CaseRuler)
    assert ruler is not None
    assert ruler.accessibleName() == "承诺时限：2026-11-10 起算，2026-11-17 到期，已超期"
    assert nameless(floor.page) == []


def test_a_case_that_is_not_here_is_refused(floor: Floor) -> None:
    floor.arrive()
    with floor.qtbot.waitSignal(floor.page.noticed) as told:
        floor.page.open_subject("nobody")
    assert "找不到这条记录" in told.args[0].text


def test_a_file_can_be_dropped(floor: Floor) -> None:
    floor.arrive()
    floor.page.show_import()
    mime = QMimeData()
    path = text_file(floor.folder, HEADER, LATE, encoding="gb18030")
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    target = next(w for w in floor.page.findChildren(QWidget) if w.acceptDrops() and w.isVisible())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.MAP)
    preview = floor.importing.preview
    assert preview is not None
    assert preview.beginning.encoding is not None
    assert preview.beginning.encoding.value == "gb18030"
    assert preview.beginning.rows[0][1] == "施工许可"


def test_a_column_can_be_corrected_before_the_import(floor: Floor) -> None:
    floor.arrive()
    floor.look_at(LATE)
    box = next(b for b in floor.page.findChildren(QComboBox) if b.accessibleName() == "办件名称")
    assert box.currentText() == "办件名称"
    box.setCurrentIndex(box.findText("申请人"))
    box.activated.emit(box.currentIndex())
    press(floor.page, "开始导入")
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.RESULT)
    press(floor.page, "查看办件")
    floor.qtbot.waitUntil(lambda: floor.settled(1))
    assert floor.rows()[0][2] == "王建国"
    imported = floor.importing.imported
    assert imported is not None
    assert imported.batch.profile_version.startswith("1+")


def test_a_correction_is_saved_under_a_name_and_recognised_again(floor: Floor) -> None:
    floor.arrive()
    floor.page.show_import()
    path = text_file(floor.folder, "号,何时", "B-1,2026-11-10 09:00")
    floor.importing.choose(path)
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.MAP)
    floor.importing.remap(Mapped("case_no", of_event=False, column="号"))
    floor.importing.remap(Mapped("accepted_at", of_event=False, column="何时"))
    press(floor.page, "保存方案…")
    question = floor.page.findChild(NameQuestion)
    assert question is not None
    assert not question.go.isEnabled()
    question.editor.setText("分厅")
    with floor.qtbot.waitSignal(floor.page.noticed) as told:
        question.go.click()
    assert told.args[0].text == "映射方案“分厅”已保存。"
    floor.qtbot.waitUntil(lambda: floor.importing.is_own)
    floor.importing.go_back()
    floor.importing.choose(path)
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.MAP)
    preview = floor.importing.preview
    assert preview is not None
    assert (preview.profile.id, preview.fits) == ("分厅", True)
    assert nameless(floor.page) == []


def test_without_a_column_for_the_number_there_is_no_import(floor: Floor) -> None:
    floor.arrive()
    floor.page.show_import()
    path = text_file(floor.folder, "甲,乙", "1,2")
    floor.importing.choose(path)
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.MAP)
    go = next(b for b in floor.page.findChildren(Button) if b.text() == "开始导入")
    assert not go.isEnabled()
    box = next(b for b in floor.page.findChildren(QComboBox) if b.accessibleName() == "办件编号")
    box.setCurrentIndex(box.findText("甲"))
    box.activated.emit(box.currentIndex())
    assert go.isEnabled()


def test_rejected_rows_are_listed_and_leave_only_with_a_note(floor: Floor) -> None:
    floor.arrive()
    floor.look_at(LATE, BAD)
    press(floor.page, "开始导入")
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.RESULT)
    (row,) = floor.importing.complaints.rows
    assert row.cells[:2] == ("3", "受理时间")
    assert "2026-02-30 09:00" in row.cells
    press(floor.page, "导出这些行…")
    question = floor.page.findChild(ReasonQuestion)
    assert question is not None
    assert question.findChild(QPlainTextEdit) is not None
    question.reject()
    target = floor.folder / "退回.csv"
    with floor.qtbot.waitSignal(floor.page.noticed):
        floor.importing.export(target, "退回更正")
    assert "2026-02-30 09:00" in target.read_text("utf-8-sig")
    notes = floor.office.desk.look(lambda r: r.find(AuditRow)).result()
    assert notes[-1].action == "cases.export_complaints"
    assert notes[-1].reason == "退回更正"


def test_the_same_file_again_changes_nothing_and_says_so(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE)
    floor.importing.go_back()
    floor.look_at(LATE)
    press(floor.page, "开始导入")
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.RESULT)
    assert floor.importing.imported is not None
    assert floor.importing.imported.again


def test_who_may_not_import_is_told_before(floor: Floor) -> None:
    floor.office.enter(Role.SUPERVISOR)
    floor.arrive()
    floor.look_at(LATE)
    go = next(b for b in floor.page.findChildren(Button) if b.text() == "开始导入")
    assert not go.isEnabled()
    assert not floor.importing.may_import


def test_what_is_no_file_of_cases_is_refused_in_words(floor: Floor) -> None:
    floor.arrive()
    floor.page.show_import()
    path = floor.folder / "empty.csv"
    path.write_bytes(b"")
    with floor.qtbot.waitSignal(floor.importing.refused):
        floor.importing.choose(path)
    assert floor.importing.step is Step.CHOOSE


def test_a_trial_counts_before_and_after_and_leaves_the_rules_alone(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY, DONE)
    floor.page.show_rules()
    rules = floor.rules
    rules.choose("R-TIM-03")
    boxes = floor.page.findChildren(QDoubleSpinBox)
    box = next(each for each in boxes if each.accessibleName() == "超时起")
    box.setValue(9)
    press(floor.page, "试算全部办件")
    floor.qtbot.waitUntil(lambda: rules.trial is not None)
    row = next(each for each in rules.model.rows if each.key == "R-TIM-03")
    assert row.cells[-2:] == ("1", "0 (-1)")
    assert rules.boards()[Board.ADMIN_EFFICIENCY]
    assert rules.boards()[Board.FACTOR_MARKET] is None  # no rule of it could be asked
    press(floor.page, "恢复现行参数")
    assert (rules.trial, rules.is_changed) == (None, False)
    assert nameless(floor.page) == []


def test_parameters_that_were_tried_are_saved_for_the_hall(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY)
    before = floor.desk.book.rules.version
    floor.page.show_rules()
    floor.rules.choose("R-TIM-03")
    floor.rules.set_value("from", 6)
    press(floor.page, "试算全部办件")
    floor.qtbot.waitUntil(lambda: bool(floor.rules.turns.rows))
    assert floor.rules.turns.rows[0].cells == ("A-1", "R-TIM-03", "可致红牌", "—")
    press(floor.page, "保存为本大厅参数…")
    question = floor.page.findChild(ReasonQuestion)
    assert question is not None
    question.editor.setPlainText("专题会议定")
    with floor.qtbot.waitSignal(floor.desk.rules_changed):
        question.go.click()
    assert floor.desk.book.rules.version != before
    assert floor.desk.book.rules.values("R-TIM-03")["from"] == 6
    assert not floor.rules.is_changed
    with floor.office.desk.store.look() as reading:
        (row,) = (row for row in reading.find(AuditRow) if row.action == "rules.set")
    assert row.reason == "专题会议定"
    with floor.qtbot.waitSignal(floor.desk.opened):
        floor.desk.open(floor.desk.book.glimpse(floor.desk.found.numbers[:1]).result().lines[0].id)
    assert floor.desk.sheet is not None
    assert floor.desk.sheet.findings() == ()


def test_who_may_not_set_parameters_is_not_offered_to(floor: Floor) -> None:
    floor.arrive()
    floor.office.enter(Role.SUPERVISOR)
    floor.page.show_rules()
    floor.rules.choose("R-TIM-03")
    floor.rules.set_value("from", 6)
    texts = [b.text() for b in floor.page.findChildren(Button) if b.isVisible()]
    assert "恢复现行参数" in texts
    assert "保存为本大厅参数…" not in texts


def test_a_rule_is_switched_off_and_the_draft_is_shared(floor: Floor, tmp_path: Path) -> None:
    floor.arrive()
    floor.rules.choose("R-TIM-03")
    floor.rules.switch(on=False)
    floor.rules.choose("R-TIM-02")
    floor.rules.set_value("to", 4)
    target = tmp_path / "rules.toml"
    with floor.qtbot.waitSignal(floor.rules.exported):
        floor.rules.export(target, "给分厅")
    floor.rules.ship()
    assert floor.rules.is_catalogue
    floor.rules.take_file(target)
    assert floor.rules.value(floor.rules.chosen.parameters[1]) == 4
    rules = wished_rules(str(target))
    assert not rules.is_on("R-TIM-03")
    target.write_text('off = 7\n[R-TIM-02]\nfrom = "x"')
    with floor.qtbot.waitSignal(floor.rules.refused):
        floor.rules.take_file(target)


def test_a_sample_is_drawn_from_the_list_with_a_note(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY, DONE)
    bar = floor.page.findChild(ViewBar)
    assert bar is not None
    bar.draw.click()
    question = floor.page.findChild(DrawQuestion)
    assert question is not None
    question.percent.setValue(1)
    with floor.qtbot.waitSignal(floor.page.noticed) as told:
        question.go.click()
    assert told.args[0].text == "抽取了 1 件，列在这里。"
    assert floor.desk.model.rowCount() == 1
    with floor.office.desk.store.look() as reading:
        assert "sample.draw" in {row.action for row in reading.find(AuditRow)}


def test_what_the_paper_says_is_written_down_and_counts(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(DONE.replace("市场局", "住建"))
    line = floor.desk.book.glimpse(floor.desk.found.numbers[:1]).result().lines[0]
    with floor.qtbot.waitSignal(floor.sampling.changed):
        floor.desk.open(line.id)
    panel = floor.page.findChild(SamplePanel)
    assert panel is not None
    assert panel.words() == "这件办件没有抽查过。"
    panel.check.click()
    question = floor.page.findChild(SampleQuestion)
    assert question is not None
    question.outcome.setCurrentIndex(1)
    assert not question.go.isEnabled()
    question.note.setPlainText("纸质档案的受理日期是11月1日")
    with floor.qtbot.waitSignal(floor.sampling.changed):
        question.go.click()
    assert panel.words().startswith("与纸质档案不一致，纸质档案的受理日期是11月1日")
    hall, unit = floor.office.plan.hall.id, floor.office.plan.units[0].id
    failed = floor.office.desk.look(lambda reading: failed_of(reading, hall)).result()
    assert failed == {(unit, Month(2026, 11)): 1}
    assert nameless(floor.page) == []


def test_a_view_is_saved_chosen_and_withdrawn(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY, DONE)
    floor.desk.narrow(open=True, lamp=Lamp.RED)
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 1)
    bar = floor.page.findChild(ViewBar)
    assert bar is not None
    bar.save.click()
    question = floor.page.findChild(NameQuestion)
    assert question is not None
    question.editor.setText("在办超期")
    question.go.click()
    floor.qtbot.waitUntil(lambda: floor.views.current == "在办超期")
    floor.views.show("")
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 3)
    bar.box.setCurrentIndex(1)
    bar.box.activated.emit(1)
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 1)
    assert floor.desk.wish.open
    floor.qtbot.waitUntil(bar.withdraw.isEnabled)
    bar.withdraw.click()
    floor.qtbot.waitUntil(lambda: not floor.views.views)
    assert bar.box.count() == 1


def test_a_view_finds_units_by_their_words_anew(floor: Floor) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY)
    floor.desk.search("施工")
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 1)
    floor.views.save("施工")
    floor.qtbot.waitUntil(lambda: bool(floor.views.views))
    floor.views.show("")
    floor.views.show("施工")
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 1)
    assert floor.desk.wish.words == "施工"


def test_the_list_leaves_as_a_log_with_a_note(floor: Floor, tmp_path: Path) -> None:
    floor.arrive()
    floor.take_in(LATE, EASY, DONE)
    target = tmp_path / "list.xes"
    floor.desk.show_lamp(Lamp.RED)
    floor.qtbot.waitUntil(lambda: floor.desk.model.rowCount() == 1)
    with floor.qtbot.waitSignal(floor.page.noticed) as told:
        floor.views.export(target, "流程分析")
    assert "list.xes" in told.args[0].text
    log = target.read_text("utf-8")
    assert "A-1" in log
    assert "A-2" not in log
    with floor.office.desk.store.look() as reading:
        (row,) = (row for row in reading.find(AuditRow) if row.action == "cases.export_log")
    assert row.reason == "流程分析"


def test_a_board_lists_its_rules(floor: Floor) -> None:
    floor.page.show_rules()
    chip = next(c for c in floor.page.findChildren(Chip) if c.key is Board.INFO_DISCLOSURE)
    chip.click()
    assert {row.cells[2] for row in floor.rules.model.rows} == {"信息公开"}


def test_a_code_of_the_file_is_given_its_meaning_before_the_import(floor: Floor) -> None:
    floor.arrive()
    floor.page.show_import()
    header = "办件编号,事项编码,受理时间,决定"
    floor.importing.choose(text_file(floor.folder, header, "A-1,0101,2026-03-02 09:00,01"))
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.MAP)
    box = next(b for b in floor.page.findChildren(QComboBox) if b.accessibleName() == "决定 · 01")
    assert box.currentText() == "（未指定）"
    box.setCurrentIndex(box.findText("准予"))
    box.activated.emit(box.currentIndex())
    assert nameless(floor.page) == []
    press(floor.page, "开始导入")
    floor.qtbot.waitUntil(lambda: floor.importing.step is Step.RESULT)
    assert floor.importing.complained == 0
    press(floor.page, "查看办件")
    floor.qtbot.waitUntil(lambda: floor.settled(1))
    table = next(t for t in floor.page.findChildren(Table) if t.accessibleName() == "办件")
    table.selectRow(0)
    with floor.qtbot.waitSignal(floor.desk.opened):
        floor.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert floor.desk.sheet is not None
    assert floor.desk.sheet.case.decision is Decision.GRANT
