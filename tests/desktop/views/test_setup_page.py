"""The chapters of setting up a hall, over a real store and a door that makes accounts."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop import assets
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.entities import Book
from desktop.domain.organisation import Hall, Window
from desktop.domain.roles import Actor, Role
from desktop.system.secrets import MemorySecrets, SecretName
from desktop.usecases.founding import Newcomer
from desktop.usecases.organisation import set_up_hall
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter, Duty, Progress
from desktop.views.appearance import Appearance
from desktop.views.kit.buttons import Button
from desktop.views.page import Notice
from desktop.views.setup.calendar import CalendarChapter
from desktop.views.setup.page import SetupPage
from desktop.workers.case_desk import CaseDesk
from sync.client.round import RoundReport
from tests.support.profiles import CALENDAR, SetClock, open_store, person
from tests.support.screens import ROUND, clipped, done, too_small, unnamed
from tests.support.watching import wide_plan


class FakeGate:
    """A door that writes down whom it lets in."""

    def __init__(self) -> None:
        self.actor: Actor | None = person(Role.DATA_MGR)
        self.enrolled: list[Newcomer] = []

    def add_person(self, newcomer: Newcomer, _scopes: Sequence[str]) -> "Future[None]":
        self.enrolled.append(newcomer)
        return done(None)


class FakeSync:
    def round_now(self) -> "Future[RoundReport]":
        return done(ROUND)


class Office:
    """An office with a hall that has windows, and nothing else yet."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock()
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.door, self.sync = FakeGate(), FakeSync()
        self.book = Book(assets.entity_files())
        self.calendar: WorkingCalendar = CALENDAR
        self.secrets = MemorySecrets()
        self.secrets.save(SecretName.MASTER_KEY.value, bytes(32))
        self.plan = replace(wide_plan(3), cameras=())
        self.desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, self.plan)).result()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def desk(qtbot: QtBot, office: Office) -> Iterator[SetupDesk]:
    made = SetupDesk(office)
    with qtbot.waitSignal(made.changed):
        made.refresh()
    qtbot.waitUntil(lambda: made.facts is not None)
    yield made
    made.stop()
    delete(made)


@pytest.fixture
def page(qtbot: QtBot, appearance: Appearance, desk: SetupDesk) -> SetupPage:
    made = SetupPage(desk)
    qtbot.addWidget(made)
    made.resize(1072, 740)
    made.show()
    return made


def buttons(page: SetupPage, text: str) -> list[Button]:
    return [b for b in page.findChildren(Button) if b.isVisible() and b.text() == text]


def button(page: SetupPage, text: str) -> Button:
    return buttons(page, text)[0]


def line(page: SetupPage, name: str) -> QLineEdit:
    return next(e for e in page.findChildren(QLineEdit)
                if e.isVisible() and e.accessibleName() == name)  # fmt: skip


def test_every_chapter_says_how_it_stands(desk: SetupDesk) -> None:
    stands = {chapter: desk.progress(chapter) for chapter in desk.chapters()}
    assert Chapter.RECOVERY not in stands  # of the administrator's
    assert stands[Chapter.WINDOWS] is Progress.DONE
    assert stands[Chapter.CALENDAR] is Progress.DONE
    assert stands[Chapter.CAMERAS] is Progress.OPEN
    assert stands[Chapter.PEOPLE] is Progress.OPEN
    assert desk.facts is not None
    assert set(desk.facts.unmanned) == set(Duty)


def test_what_was_put_off_is_remembered_on_this_device(
    qtbot: QtBot, office: Office, desk: SetupDesk, page: SetupPage
) -> None:
    page.open_subject(Chapter.CAMERAS)
    button(page, "以后再做").click()
    assert desk.progress(Chapter.CAMERAS) is Progress.LATER
    office.desk.remember("after it", "").result()  # what writes keeps its order
    again = SetupDesk(office)
    again.refresh()
    qtbot.waitUntil(lambda: again.progress(Chapter.CAMERAS) is Progress.LATER)
    again.stop()
    delete(again)


def test_a_window_is_added_from_the_form(
    qtbot: QtBot, office: Office, desk: SetupDesk, page: SetupPage
) -> None:
    page.open_subject(Chapter.WINDOWS)
    button(page, "保存窗口").click()  # nothing is filled in: said, not done
    line(page, "窗口编号").setText("77")
    units = next(b for b in page.findChildren(QComboBox) if b.isVisible() and b.isEditable())
    units.setEditText("某县公安局")
    with qtbot.waitSignal(desk.saved) as saved:
        button(page, "保存窗口").click()
    assert saved.args == ["窗口 77 已保存。"]
    kept = office.desk.look(lambda r: r.find(Window, number="77")).result()
    assert [window.name for window in kept] == ["77号窗口"]


def test_sessions_that_overlap_are_named_beside_them(
    qtbot: QtBot, office: Office, page: SetupPage
) -> None:
    page.open_subject(Chapter.HALL)
    line(page, "大厅名称").setText("新名字")
    with qtbot.waitSignal(page.noticed) as noticed:
        button(page, "保存").click()
    assert noticed.args
    assert isinstance(noticed.args[0], Notice)
    hall = office.desk.look(lambda r: r.find(Hall)).result()[0]
    assert hall.name == "新名字"


def test_the_administrator_lets_somebody_in_and_copies_the_code(
    qtbot: QtBot, office: Office, desk: SetupDesk, page: SetupPage
) -> None:
    office.door.actor = person(Role.SYS_ADMIN, Role.DATA_MGR)
    desk.refresh()
    qtbot.waitUntil(lambda: Chapter.RECOVERY in desk.chapters())
    desk.enrol(Newcomer("fang", "方法", "short", (Role.LEGAL_CHECK,)))
    assert not office.door.enrolled
    desk.enrol(Newcomer("fang", "方法", "Maple-2291", (Role.LEGAL_CHECK,)))
    qtbot.waitUntil(lambda: bool(office.door.enrolled))


def test_a_year_is_taken_in_from_a_file_with_its_notice(
    qtbot: QtBot, tmp_path: Path, desk: SetupDesk, page: SetupPage
) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("日期,安排\n2027-01-01,放假\n", "utf-8")
    page.open_subject(Chapter.CALENDAR)
    chapter = page.findChild(CalendarChapter)
    with qtbot.waitSignal(desk.refused):
        chapter.take(str(path))
    line(page, "通知文号").setText("国办发明电〔2026〕9号")
    with qtbot.waitSignal(desk.saved):
        chapter.take(str(path))
    qtbot.waitUntil(lambda: desk.calendar.year(2027) is not None)
    assert desk.calendar.is_working(date(2027, 1, 4))


def test_a_day_is_closed_by_its_order_and_opened_again(
    qtbot: QtBot, desk: SetupDesk, page: SetupPage
) -> None:
    page.open_subject(Chapter.CALENDAR)
    button(page, "保存安排").click()  # without the order's number: said, not done
    line(page, "批准文号").setText("某府办〔2026〕3号")
    with qtbot.waitSignal(desk.saved):
        button(page, "保存安排").click()
    qtbot.waitUntil(lambda: not desk.calendar.counts(desk.today))
    with qtbot.waitSignal(desk.saved):
        desk.lift_order(desk.today, "登记有误")
    qtbot.waitUntil(lambda: desk.calendar.local(desk.today) is None)


def test_sessions_of_some_days_are_kept_with_their_order(
    qtbot: QtBot, office: Office, desk: SetupDesk, page: SetupPage
) -> None:
    page.open_subject(Chapter.HALL)
    line(page, "批准文号").setText("某办〔2026〕1号")
    with qtbot.waitSignal(desk.saved):
        button(page, "增加场次安排").click()
    qtbot.waitUntil(lambda: bool(desk.facts and desk.facts.hall.plans))
    (plan,) = office.desk.look(lambda r: r.find(Hall)[0].plans).result()
    assert (plan.valid_from, plan.order_no) == (desk.today, "某办〔2026〕1号")
    qtbot.waitUntil(lambda: bool(buttons(page, "删除")))
    with qtbot.waitSignal(desk.saved):
        button(page, "删除").click()
    assert not office.desk.look(lambda r: r.find(Hall)[0].plans).result()


@pytest.mark.parametrize("chapter", [c for c in Chapter if c is not Chapter.RECOVERY])
def test_nothing_is_clipped_unnamed_or_too_small(
    qtbot: QtBot, page: SetupPage, chapter: Chapter
) -> None:
    page.open_subject(chapter)
    QApplication.processEvents()
    assert not unnamed(page)
    assert not too_small(page)
    assert not clipped(page)
