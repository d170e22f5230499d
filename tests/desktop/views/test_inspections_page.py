"""The page of inspections: by keyboard alone, by finger, and on again after a crash."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.checklists import AnswerKind, PublishedChecklist
from desktop.domain.evidence import PhotoSource
from desktop.domain.findings import Finding
from desktop.domain.inspection_plans import Rhythm
from desktop.domain.inspections import Gap, Inspection, InspectionState, Verdict
from desktop.domain.organisation import Camera
from desktop.domain.roles import Role
from desktop.settings import Theme
from desktop.usecases.inspections.planning import Round, plan_inspections
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.editor import ChecklistEditor, Column
from desktop.viewmodels.inspections.rows import Pile
from desktop.viewmodels.inspections.shutter import Shutter
from desktop.views.inspections.page import InspectionsPage
from desktop.views.inspections.planning import PlanQuestion
from desktop.views.inspections.shutter import ShutterQuestion
from desktop.views.inspections.signature import FinishQuestion
from desktop.views.kit.look import Look
from desktop.views.page import Notice
from tests.support.casework import FakeOffice
from tests.support.inspections import WINDOW_LIST, jpeg
from tests.support.profiles import DAY
from tests.support.screens import clipped, too_small, unnamed
from video.messages import Preview

LONG = 30_000  # ms: a busy machine is no fault of the code
pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")]


@pytest.fixture
def planned(office: FakeOffice) -> Inspection:
    """One task of today, for who is at the desk and somebody else."""
    me, other = office.enter(Role.INSPECTOR), office.people[Role.SUPERVISOR]
    inspectors, windows = (me.user_id, other.user_id), [office.plan.windows[0].id]
    wanted = Round("十一月巡查", windows, inspectors, date(2026, 11, 24), office.checklists[0])
    act = partial(plan_inspections, planned=wanted, clock=office.clock)
    return office.desk.act(me, act).result()[0]


@pytest.fixture
def desk(qtbot: QtBot, office: FakeOffice, planned: Inspection) -> Iterator[InspectionDesk]:
    desk = InspectionDesk(office)
    with qtbot.waitSignal(desk.listed, timeout=LONG):
        desk.refresh()
    yield desk
    desk.stop()
    office.close()  # nothing must be posting into what is deleted
    delete(desk)


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    """Wear the style sheet, which says how high things are."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Look(application, Theme.LIGHT)


@pytest.fixture
def editor(office: FakeOffice, desk: InspectionDesk) -> Iterator[ChecklistEditor]:
    made = ChecklistEditor(office, desk, desk)
    yield made
    made.stop()


@pytest.fixture
def page(
    qtbot: QtBot, look: Look, desk: InspectionDesk, editor: ChecklistEditor
) -> InspectionsPage:
    page = InspectionsPage(desk, editor)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    with qtbot.waitActive(page):
        page.show()
    page.arrive()
    return page


def begin(qtbot: QtBot, page: InspectionsPage, desk: InspectionDesk, planned: Inspection) -> None:
    with qtbot.waitSignal(desk.walk.opened, timeout=LONG):
        page.open_subject(planned.id)
    with qtbot.waitSignal(desk.walk.opened, timeout=LONG):
        page._sheet.begin.click()
    assert desk.walk.is_under_way


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


def write(qtbot: QtBot, words: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, words)


def kept(office: FakeOffice, kind: type) -> tuple:  # type: ignore[type-arg]
    return office.desk.look(lambda reading: reading.find(kind)).result()


def test_a_task_of_today_waits_for_who_goes(desk: InspectionDesk, page: InspectionsPage) -> None:
    assert desk.waiting.number() == 1
    assert [row.title for row in desk.rows[Pile.DUE]] == ["01 号窗口 · 住建"]
    assert page._sheet.begin.text() == "开始巡查"


def test_somebody_elses_task_is_not_an_inspectors(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk
) -> None:
    office.enter(Role.SECTION_HEAD)
    with qtbot.waitSignal(desk.listed, timeout=LONG):
        desk.refresh()
    assert (len(desk.rows[Pile.DUE]), desk.waiting.number()) == (1, 0)


def test_the_keyboard_alone_goes_through_a_window(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage,
    planned: Inspection,
) -> None:  # fmt: skip
    begin(qtbot, page, desk, planned)
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_2)
    write(qtbot, "1 of 3 seats empty")
    press(qtbot, Qt.Key.Key_Return)
    for _ in range(34):
        press(qtbot, Qt.Key.Key_3, Qt.Key.Key_Down)
    walk = desk.walk
    assert (walk.score.got, walk.score.applicable, walk.score.failed) == (4.0, 9.0, ("staffed",))
    page.form.ask_finish()
    question = page.form.findChildren(FinishQuestion)[-1]
    assert not unnamed(question)
    assert not question.go.isEnabled()
    question._turn(question._how.REFUSED)
    for line, words in (
        (question.staff, "李明"),
        (question.words, "不认可"),
        (question.witness, "王芳"),
    ):
        line.setText(words)
    with qtbot.waitSignal(walk.finished, timeout=LONG) as told:
        question.go.click()
    assert told.args[0].inspection.state is InspectionState.FINISHED
    assert [f.rule_id for f in kept(office, Finding)] == ["R-INS-02", "R-INS-03"]


def test_arrows_walk_and_digits_in_a_note_are_digits(
    qtbot: QtBot, desk: InspectionDesk, page: InspectionsPage, planned: Inspection
) -> None:
    begin(qtbot, page, desk, planned)
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert desk.walk.at == "staffed"
    page.form.card.note.setFocus()
    write(qtbot, "123")
    assert (desk.walk.note("staffed"), desk.walk.answer("staffed").verdict) == ("123", None)  # type: ignore[union-attr]


def test_it_goes_on_where_a_crash_left_it(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage,
    planned: Inspection,
) -> None:  # fmt: skip
    begin(qtbot, page, desk, planned)
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_2)
    write(qtbot, "half a sen")
    qtbot.waitUntil(lambda: desk.walk.is_kept, timeout=LONG)
    # Nobody says good-bye: another desk opens what this one left on the disk.
    after = InspectionDesk(office, desk)
    with qtbot.waitSignal(after.walk.moved, timeout=LONG):
        after.walk.open(planned.id)
    walk = after.walk
    assert (walk.at, walk.note("leave_shown")) == ("leave_shown", "half a sen")
    assert walk.answer("opened").verdict is Verdict.OK  # type: ignore[union-attr]
    assert walk.answer("leave_shown").note == ""  # type: ignore[union-attr]
    with qtbot.waitSignal(walk.changed, timeout=LONG):
        walk.step(+1)
    assert walk.answer("leave_shown").note == "half a sen"  # type: ignore[union-attr]
    after.stop()


def test_what_is_open_is_shown_before_anything_is_signed(
    qtbot: QtBot, desk: InspectionDesk, page: InspectionsPage, planned: Inspection
) -> None:
    notices: list[Notice] = []
    page.noticed.connect(notices.append)
    begin(qtbot, page, desk, planned)
    press(qtbot, Qt.Key.Key_2)
    page.form.ask_finish()
    assert not page.form.findChildren(FinishQuestion)
    assert notices[-1].text == "还有 36 个检查项目没有答完，不能完成巡查。"
    assert desk.walk.gaps["opened"] is Gap.NOTE


def test_a_photograph_belongs_to_the_item_one_stood_at(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage,
    planned: Inspection, tmp_path: Path,
) -> None:  # fmt: skip
    begin(qtbot, page, desk, planned)
    file = tmp_path / "CON.jpg"
    file.write_bytes(jpeg(make="HUAWEI", model="P60"))
    desk.photos.add_files([file])
    desk.walk.step(+1)
    qtbot.waitUntil(lambda: bool(desk.walk.visit and desk.walk.visit.photos), timeout=LONG)
    (photo,) = desk.walk.visit.photos["opened"]  # type: ignore[union-attr]
    assert (photo.device, photo.source, photo.file_name, photo.clock_offset_s) == (
        "HUAWEI P60", PhotoSource.FILE, "CON.jpg", 0.4,
    )  # fmt: skip
    assert office.vault.get(photo.sha256) == file.read_bytes()
    qtbot.waitUntil(lambda: not desk.photos.thumb(photo).isNull(), timeout=LONG)


def test_a_camera_of_this_machine_photographs_with_the_place(
    qtbot: QtBot, desk: InspectionDesk, page: InspectionsPage, planned: Inspection
) -> None:
    begin(qtbot, page, desk, planned)
    page.form.card.place.setText("一楼大厅")
    taken = jpeg(1280, 720)

    class Cameras:
        def try_out(
            self, camera: Camera, _password: str, tell: Callable[[object], None], _stop: Event
        ) -> "Future[None]":
            tell(Preview(camera.id, DAY, taken, 1280, 720))
            done: Future[None] = Future()
            done.set_result(None)
            return done

    shutter = Shutter(Cameras(), desk.photos, desk)  # type: ignore[arg-type]
    question = ShutterQuestion(page, shutter)
    question.open()
    assert not unnamed(question)
    qtbot.waitUntil(question.go.isEnabled, timeout=LONG)
    question.go.click()
    qtbot.waitUntil(lambda: len(desk.photos.photos()) == 1, timeout=LONG)
    (photo,) = desk.photos.photos()
    assert (photo.source, photo.place) == (PhotoSource.CAMERA, "一楼大厅")
    assert photo.size == len(taken)
    assert shutter.picture.isNull()  # the camera is let go of
    shutter.close()


def test_a_picture_is_pasted_and_a_folder_is_watched(
    qtbot: QtBot, desk: InspectionDesk, page: InspectionsPage, planned: Inspection, tmp_path: Path
) -> None:
    begin(qtbot, page, desk, planned)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(picture)
    page.form.card.paste()
    folder = tmp_path / "camera"
    folder.mkdir()
    (folder / "old.jpg").write_bytes(jpeg(64, 48))
    desk.photos.watch(folder)
    desk.photos._settle.setInterval(10)
    (folder / "new.jpg").write_bytes(jpeg(80, 60))

    def sources() -> set[PhotoSource | None]:
        visit = desk.walk.visit
        return {p.source for p in visit.photos.get("opened", ())} if visit else set()

    both = {PhotoSource.CLIPBOARD, PhotoSource.FOLDER}
    qtbot.waitUntil(lambda: sources() == both, timeout=LONG)
    assert len(desk.walk.visit.photos["opened"]) == 2  # type: ignore[union-attr]
    desk.photos.watch(None)


def test_what_is_no_picture_is_said(
    qtbot: QtBot, desk: InspectionDesk, page: InspectionsPage, planned: Inspection, tmp_path: Path
) -> None:
    notices: list[Notice] = []
    page.noticed.connect(notices.append)
    begin(qtbot, page, desk, planned)
    (tmp_path / "note.jpg").write_bytes(b"no picture")
    with qtbot.waitSignal(desk.photos.refused, timeout=LONG):
        desk.photos.add_files([tmp_path / "note.jpg"])
    assert notices[-1].text == "“note.jpg”不是可用的图片，没有采用。"


def test_a_signature_is_drawn_sealed_and_printed(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage,
    planned: Inspection, tmp_path: Path,
) -> None:  # fmt: skip
    begin(qtbot, page, desk, planned)
    for item in desk.walk.items:
        desk.walk.go(item.key)
        desk.walk.decide(Verdict.OK)
    page.form.ask_finish()
    question = page.form.findChildren(FinishQuestion)[-1]
    question.staff.setText("李明")
    qtbot.mousePress(question.pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 40))
    qtbot.mouseMove(question.pad, QPoint(120, 90))
    qtbot.mouseRelease(question.pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 90))
    with qtbot.waitSignal(desk.walk.finished, timeout=LONG):
        question.go.click()
    (done,) = kept(office, Inspection)
    assert QImage.fromData(office.vault.get(done.signature)).width() > 400
    qtbot.waitUntil(lambda: not desk.walk.is_under_way, timeout=LONG)
    with qtbot.waitSignal(desk.exported, timeout=LONG) as told:
        desk.export_form(tmp_path / "record.pdf", "存档")
    assert told.args == ["record.pdf"]
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("size", [(1072, 664), (740, 500)], ids=["usual", "at 200 %"])
def test_everything_is_named_large_enough_and_whole(
    qtbot: QtBot, desk: InspectionDesk, page: InspectionsPage, planned: Inspection,
    size: tuple[int, int],
) -> None:  # fmt: skip
    begin(qtbot, page, desk, planned)
    page.resize(*size)
    press(qtbot, Qt.Key.Key_2)
    assert not unnamed(page.form)
    assert not clipped(page.form)
    assert not too_small(page.form)
    touched = (page.form.finish, page.form.card.files, *page.form.card.choices._cards)
    qtbot.waitUntil(lambda: all(control.height() >= 44 for control in touched), timeout=LONG)


def test_inspections_are_planned_from_the_page(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage
) -> None:
    qtbot.waitUntil(lambda: bool(desk.choices.checklists), timeout=LONG)
    page._ask_plan()
    question = page.findChildren(PlanQuestion)[-1]
    assert not unnamed(question)
    assert not question.go.isEnabled()
    for row in range(question.windows.count()):
        question.windows.item(row).setCheckState(Qt.CheckState.Checked)
    question.title_line.setText("年底检查")
    with qtbot.waitSignal(desk.planned, timeout=LONG) as told:
        question.go.click()
    assert told.args == [2]
    assert {i.plan_title for i in kept(office, Inspection)} == {"十一月巡查", "年底检查"}


def test_a_plan_that_comes_again_fills_the_calendar_and_is_stopped_there(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage
) -> None:
    qtbot.waitUntil(lambda: bool(desk.choices.checklists), timeout=LONG)
    page._ask_plan()
    question = page.findChildren(PlanQuestion)[-1]
    question.windows.item(1).setCheckState(Qt.CheckState.Checked)
    question.rhythm.setCurrentIndex(question.rhythm.findData(Rhythm.WEEKLY))
    with qtbot.waitSignal(desk.planned, timeout=LONG) as told:
        question.go.click()
    assert told.args == [6]  # today and five weeks on
    page._days.click()
    month = desk.month
    qtbot.waitUntil(lambda: bool(month.plans), timeout=LONG)
    full = [cell.day.day for cell in month.model.cells if cell.looks and cell.is_inside]
    assert full == [24]  # November's last Tuesday
    assert len(month.rows.rows) == 2  # the plan's, and the one that comes once
    qtbot.keyClick(page.calendar.month, Qt.Key.Key_Right)
    assert month.day == date(2026, 11, 25)
    assert not unnamed(page.calendar)
    qtbot.waitUntil(lambda: not clipped(page.calendar), timeout=LONG)
    assert not too_small(page.calendar)
    (plan,) = month.plans
    month.end(plan.plan.id, "窗口合并")
    qtbot.waitUntil(lambda: not month.plans, timeout=LONG)
    states = Counter(each.state for each in kept(office, Inspection))
    assert states == {InspectionState.PLANNED: 2, InspectionState.CANCELLED: 5}


def test_an_own_checklist_is_written_put_to_use_and_given_out(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage,
    editor: ChecklistEditor, tmp_path: Path,
) -> None:  # fmt: skip
    qtbot.waitUntil(lambda: bool(desk.choices.halls), timeout=LONG)
    page._lists.click()
    assert not unnamed(page.checklists)
    editor.begin()
    model = editor.model
    editor.title = "节前检查"
    model.setData(model.index(0, Column.LABEL), "值班表上墙")
    model.setData(model.index(0, Column.POINTS), "10")
    model.setData(model.index(0, Column.CRITICAL), 2, Qt.ItemDataRole.CheckStateRole)
    page.checklists._add()
    model.setData(model.index(1, Column.LABEL), "值班人")
    model.setData(model.index(1, Column.KIND), AnswerKind.TEXT)
    model.setData(model.index(1, Column.WHEN), "item_1=OK|NOT")
    with qtbot.waitSignal(editor.published, timeout=LONG):
        editor.publish()
    (own,) = (each for each in kept(office, PublishedChecklist) if each.key == "own_1")
    first, second = own.read().items
    assert (first.points, first.critical, second.kind) == (10, True, AnswerKind.TEXT)
    with qtbot.waitSignal(editor.exported, timeout=LONG):
        editor.give_out(tmp_path / "own.xlsx")
    with qtbot.waitSignal(editor.opened, timeout=LONG):
        editor.take_in(tmp_path / "own.xlsx")
    assert editor.checklist().items == own.read().items


def test_a_loop_is_said_and_nothing_is_put_to_use(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, page: InspectionsPage,
    editor: ChecklistEditor,
) -> None:  # fmt: skip
    qtbot.waitUntil(lambda: bool(desk.choices.halls), timeout=LONG)
    editor.begin()
    editor.model.setData(editor.model.index(0, Column.LABEL), "甲")
    editor.model.setData(editor.model.index(0, Column.WHEN), "item_1=OK")
    editor.publish()
    assert page.checklists._said.text() == (
        "检查表有误：跳转条件互相引用，形成循环（item_1 → item_1）。"
    )
    assert len(kept(office, PublishedChecklist)) == 1  # of the plan


def test_the_shipped_checklist_put_to_use_unchanged_stays_version_one(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, editor: ChecklistEditor,
    planned: Inspection,
) -> None:  # fmt: skip
    qtbot.waitUntil(lambda: bool(desk.choices.checklists), timeout=LONG)
    editor.open(WINDOW_LIST)
    assert editor.checklist() == WINDOW_LIST  # in every language
    with qtbot.waitSignal(editor.published, timeout=LONG) as told:
        editor.publish()
    assert told.args[0].id == planned.checklist_id
    assert len(kept(office, PublishedChecklist)) == 1


def test_a_changed_checklist_is_a_new_version_and_an_unchanged_one_is_none(
    qtbot: QtBot, office: FakeOffice, desk: InspectionDesk, editor: ChecklistEditor,
    planned: Inspection,
) -> None:  # fmt: skip
    qtbot.waitUntil(lambda: bool(desk.choices.checklists), timeout=LONG)
    editor.open(desk.choices.checklists[0])
    for label, version in (("窗口按时开门", 2), ("窗口按时开门", 2), ("按时开窗", 3)):
        editor.model.setData(editor.model.index(0, Column.LABEL), label)
        with qtbot.waitSignal(editor.published, timeout=LONG) as told:
            editor.publish()
        assert told.args[0].version == version
    assert planned.checklist_id == min(each.id for each in kept(office, PublishedChecklist))
