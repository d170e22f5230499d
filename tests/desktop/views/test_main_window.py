from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import WrongPassword
from desktop.settings import Language, Settings, Theme
from desktop.system.theme import DARK, Tone, colours
from desktop.viewmodels.devices import Devices
from desktop.viewmodels.opening import Opening
from desktop.viewmodels.parcels import ParcelDesk
from desktop.views.appearance import Appearance
from desktop.views.command_palette import CommandPalette
from desktop.views.devices_panel import DeviceRow, DevicesPanel
from desktop.views.frame import Frame
from desktop.views.kit.dialogs import Question
from desktop.views.kit.icons import Icon
from desktop.views.main_window import Desk, MainWindow
from desktop.views.navigation import NARROW, WIDE, NavButton
from desktop.views.opening_view import OpeningView
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.refusal_card import RefusalCard
from desktop.views.settings_page import SettingsPage, settings_entry
from desktop.views.sign_in_view import SignInView
from desktop.views.sync_page import sync_entry
from desktop.workers.sync_thread import SyncPhase, SyncStatus
from desktop.workers.video_process import ProcessEnded
from desktop.workers.waiting_room import Waiting
from sync.errors import SyncError, SyncTrouble
from tests.support.screens import (
    LIN,
    REFUSED,
    FakeDoor,
    FakeLine,
    FakeOutbox,
    FakePost,
    FakeSource,
    clipped,
    desk_with,
    failed,
    too_small,
    unnamed,
    walked,
)


class Number(QObject):
    """Counts what waits."""

    changed = Signal(object)

    def number(self) -> int:
        return 5


class Today(Page):
    """A page that notes what happens to it."""

    built = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).built += 1
        self.opened: list[object] = []
        self.met: list[str] = []
        self.deed = QAction("导出", self)
        self.addAction(self.deed)

    def open_subject(self, subject: object) -> None:
        self.opened.append(subject)

    def arrive(self) -> None:
        self.met.append("arrive")
        self.context_changed.emit("2026年11月23日")

    def leave(self) -> None:
        self.met.append("leave")


@pytest.fixture
def line() -> FakeLine:
    return FakeLine()


@pytest.fixture
def desk(appearance: Appearance, tmp_path: Path, line: FakeLine) -> Iterator[Desk]:
    outbox = FakeOutbox(Waiting({"pending": 3, "inbox": 1}, (REFUSED,)))
    made = desk_with(tmp_path, line=line, outbox=outbox, settings=Settings(theme=Theme.LIGHT))
    made.preferences.changed.connect(appearance.take)
    yield made
    made.sync.stop()
    made.health.stop()


@pytest.fixture
def counter() -> Number:
    return Number()


@pytest.fixture
def doors() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, counter: Number, doors: FakeDoor) -> Iterator[MainWindow]:
    def entries() -> Sequence[PageEntry]:
        today = PageEntry("today", Icon.TODAY, lambda: "今日", Today, counter=counter)
        sync = sync_entry(desk.sync, Devices(doors), ParcelDesk(FakePost(), desk.sign_in))
        return (today, sync, settings_entry(desk.preferences))

    Today.built = 0
    made = MainWindow(desk, entries)
    made.resize(1280, 720)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: bool(desk.sync.counts))
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


def frame_of(window: MainWindow) -> Frame:
    assert window.frame
    return window.frame


def today_of(window: MainWindow) -> Today:
    page = frame_of(window).page("today")
    assert isinstance(page, Today)
    return page


def test_pages_are_built_when_they_are_first_opened(window: MainWindow) -> None:
    frame = frame_of(window)
    assert frame.page("settings") is None
    frame.show_page("settings")
    assert isinstance(frame.page("settings"), SettingsPage)
    frame.show_page("today")
    assert Today.built == 1


def test_a_page_hears_that_it_comes_and_goes_and_says_its_context(window: MainWindow) -> None:
    frame = frame_of(window)
    frame.show_page("sync")
    frame.show_page("today")
    assert today_of(window).met == ["arrive", "leave", "arrive"]


def test_a_page_leads_to_one_thing_on_another(window: MainWindow) -> None:
    frame_of(window).show_page("sync")
    page = frame_of(window).page("sync")
    assert page
    page.goes_to.emit("today", "finding-7")
    assert frame_of(window).current_id == "today"
    assert today_of(window).opened == ["finding-7"]


@pytest.mark.parametrize(("keys", "page_id"), [("2", "sync"), ("3", "settings"), ("1", "today")])
def test_pages_are_reached_by_keyboard(
    qtbot: QtBot, window: MainWindow, keys: str, page_id: str
) -> None:
    qtbot.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    assert frame_of(window).current_id == page_id


def test_the_navigation_is_walked_with_arrows_and_opened_with_enter(
    qtbot: QtBot, window: MainWindow
) -> None:
    first, second = window.findChildren(NavButton)[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert frame_of(window).current_id == "sync"


def test_the_palette_finds_a_page_and_a_command(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(CommandPalette)
    field = palette.findChild(QLineEdit)
    assert field.hasFocus()

    field.insert("设置")
    assert palette.found()[0] == "设置"
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert frame_of(window).current_id == "settings"
    assert {"今日", "导出", "锁定", "主题 · 深色"} <= {o.title for o in offers_of_today(window)}


def offers_of_today(window: MainWindow) -> Sequence[object]:
    frame_of(window).show_page("today")
    return frame_of(window).offers()


def test_the_palette_does_a_pages_own_command_and_gives_the_focus_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    button = window.findChildren(NavButton)[0]
    button.setFocus()
    frame_of(window).open_palette()
    field = window.findChild(CommandPalette).findChild(QLineEdit)
    field.insert("导出")
    with qtbot.waitSignal(today_of(window).deed.triggered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert button.hasFocus()


def test_escape_closes_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    frame_of(window).open_palette()
    palette = window.findChild(CommandPalette)
    qtbot.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_bar_tells_the_truth_about_sync(
    qtbot: QtBot, window: MainWindow, desk: Desk, line: FakeLine
) -> None:
    pill = frame_of(window).bar.sync
    assert pill.accessibleName() == "1 项被服务器拒绝"
    line.be(SyncStatus(SyncPhase.RUNNING))
    qtbot.waitUntil(lambda: pill.accessibleName() == "正在同步")
    qtbot.keyClick(pill, Qt.Key.Key_Return)
    assert frame_of(window).current_id == "sync"


def test_a_count_is_shown_beside_a_pages_name(window: MainWindow, counter: Number) -> None:
    button = window.findChildren(NavButton)[0]
    assert button.accessibleName() == "今日 5"
    counter.changed.emit(0)
    assert button.accessibleName() == "今日"


def test_a_narrow_window_folds_the_navigation(qtbot: QtBot, window: MainWindow) -> None:
    navigation = frame_of(window).navigation
    assert navigation.width() == WIDE
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: navigation.width() == NARROW)
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: navigation.width() == WIDE)


def test_a_notice_is_taken_back(window: MainWindow) -> None:
    undone: list[bool] = []
    frame = frame_of(window)
    frame.say(Notice("已记为属实", Tone.GOOD, undo=lambda: undone.append(True)))
    frame._notices.acted.emit(frame._notices._token)
    assert undone == [True]


def test_a_dead_watching_process_is_told_above_every_page(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    process = FakeSource()
    desk.health.follow(process)
    with qtbot.waitSignal(desk.health.changed):
        process.tell(ProcessEnded(1, 2.0))
    told = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert any("正在重新启动监看进程" in text for text in told)


def test_language_and_theme_change_while_the_program_runs(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    frame_of(window).show_page("sync")
    desk.preferences.change("theme", Theme.DARK)
    assert colours() is DARK

    desk.preferences.change("language", Language.ENGLISH)
    qtbot.waitUntil(lambda: window.windowTitle() == "Hallwatch")

    assert frame_of(window).current_id == "sync"
    assert frame_of(window).bar.search.accessibleName() == "Search or type a command"


def test_who_locks_meets_the_sign_in_and_comes_back(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.frame is None
    view = window.findChild(SignInView)
    qtbot.waitUntil(lambda: desk.sign_in.known != ())
    password = view._password
    qtbot.keyClicks(password, "secret")
    with qtbot.waitSignal(desk.sign_in.entered):
        qtbot.keyClick(password, Qt.Key.Key_Return)
    assert frame_of(window).current_id == "today"
    assert window.findChildren(NavButton)[0].hasFocus()


def test_a_wrong_password_is_told_on_the_sign_in(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    desk = desk_with(tmp_path, actor=None)
    window = MainWindow(desk, tuple)
    qtbot.addWidget(window)
    window.show()
    desk.sign_in._entrance.answer = lambda *_: failed(WrongPassword(0.0))  # type: ignore[attr-defined]
    desk.sign_in.try_in("linmin", "wrong")
    qtbot.waitUntil(lambda: desk.sign_in.trouble == "用户名或密码不正确。")
    assert unnamed(window) == []
    assert clipped(window) == []
    desk.sync.stop()


def test_a_code_stands_in_place_of_name_and_password(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    desk = desk_with(tmp_path, actor=None)
    window = MainWindow(desk, tuple)
    qtbot.addWidget(window)
    window.show()
    view = window.findChild(SignInView)
    view._elsewhere.click()
    qtbot.waitUntil(view._code.isVisible)
    assert not view._asked.isVisible()
    assert any(each.text() == "BCDF-GHJK" for each in view.findChildren(QLabel))
    assert unnamed(window) == []
    assert clipped(window) == []
    desk.sign_in.by_code.cancel()
    assert view._asked.isVisible()
    desk.sync.stop()


def test_a_setting_out_of_range_is_told_beside_it(window: MainWindow) -> None:
    frame_of(window).show_page("settings")
    page = frame_of(window).page("settings")
    assert isinstance(page, SettingsPage)
    row = page.row("server_url")
    row.edited.emit("server_url", "ftp://example.org")
    assert row.trouble().startswith("服务器地址不正确")


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
@pytest.mark.parametrize("page_id", ["today", "sync", "settings"])
def test_everything_has_a_name_a_size_and_room_for_its_words(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    language: Language,
    size: tuple[int, int],
    page_id: str,
) -> None:
    desk.preferences.change("language", language)
    window.resize(*size)
    qtbot.wait(1)
    frame_of(window).show_page(page_id)
    qtbot.wait(1)
    assert unnamed(window) == []
    assert too_small(window) == []
    qtbot.waitUntil(lambda: clipped(window) == [])  # wrapped words need a second layout


def test_tab_reaches_everything_on_the_settings_page(window: MainWindow) -> None:
    frame_of(window).show_page("settings")
    start = window.findChildren(NavButton)[0]
    seen = walked(window, start)
    page = frame_of(window).page("settings")
    assert page
    assert len([widget for widget in seen if page.isAncestorOf(widget)]) >= 11


def test_the_opening_screen_asks_twice_for_a_new_pin(qtbot: QtBot, appearance: Appearance) -> None:
    given: list[str] = []

    def opener(ask: Callable[..., str], _tell: object) -> object:
        given.append(ask(new=True))
        return object()

    opening = Opening(opener)  # type: ignore[arg-type]  # no program is needed here
    view = OpeningView(opening)
    qtbot.addWidget(view)
    view.show()
    opening.begin()
    qtbot.waitUntil(view._pin.isVisible)
    assert unnamed(view) == []

    qtbot.keyClicks(view._pin, "correct horse")
    qtbot.keyClicks(view._again, "correct house")
    qtbot.keyClick(view._again, Qt.Key.Key_Return)
    assert view._second.trouble() == "两次输入不一致。"
    view._again.setText("correct horse")
    with qtbot.waitSignal(opening.opened):
        qtbot.keyClick(view._again, Qt.Key.Key_Return)
    assert given == ["correct horse"]
    opening.close()


def test_the_person_is_shown_with_the_role(window: MainWindow) -> None:
    assert frame_of(window).bar.person.accessibleName() == f"{LIN.name} · 监察员"


def test_nobody_at_the_desk_for_a_while_locks_it_and_a_touch_begins_the_wait_anew(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    timer = window._idle._timer
    timer.setInterval(600)
    window._idle.begin()
    qtbot.waitUntil(lambda: timer.remainingTime() < 400)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert timer.remainingTime() > 400
    with qtbot.waitSignal(desk.sign_in.left):
        pass
    assert window.frame is None


def test_a_conflict_is_edited_in_its_place_and_sent_again(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    frame_of(window).show_page("sync")
    card = window.findChildren(RefusalCard)[0]
    buttons = {button.text(): button for button in card.findChildren(QPushButton)}
    buttons["逐项修改"].click()
    (line,) = card.findChildren(QLineEdit)
    line.setText("马上恢复窗口服务")
    qtbot.wait(1)
    assert unnamed(window) == []
    assert clipped(window) == []
    outbox = desk.sync._outbox
    assert isinstance(outbox, FakeOutbox)
    with qtbot.waitSignal(desk.sync.changed):
        buttons["采用我的内容"].click()
    (redone,) = outbox.redone
    assert redone.values["requirements"] == "马上恢复窗口服务"
    assert redone.values["state"] == "SIGNED"


def test_a_decision_that_is_refused_can_be_made_again(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    frame_of(window).show_page("sync")
    card = window.findChildren(RefusalCard)[0]
    outbox = desk.sync._outbox
    assert isinstance(outbox, FakeOutbox)
    outbox.answer = lambda: failed(WrongPassword(0.0))
    mine = next(b for b in card.findChildren(QPushButton) if b.text() == "采用我的内容")
    with qtbot.waitSignal(desk.sync.refused):
        mine.click()
    assert mine.isEnabled()


def test_a_device_is_ended_after_a_last_look(
    qtbot: QtBot, window: MainWindow, doors: FakeDoor
) -> None:
    frame_of(window).show_page("sync")
    qtbot.waitUntil(lambda: len(window.findChildren(DeviceRow)) == 2)
    told = {label.text() for label in window.findChildren(DevicesPanel)[0].findChildren(QLabel)}
    assert {"这台设备", "我的设备"} <= told
    row = next(r for r in window.findChildren(DeviceRow) if r.findChildren(QPushButton))
    row.findChildren(QPushButton)[0].click()
    question = window.findChild(Question)
    assert question
    assert doors.revoked == []
    question.go.click()
    qtbot.waitUntil(lambda: doors.revoked == ["device-2"])


def test_a_new_device_is_let_in_after_a_last_look(
    qtbot: QtBot, window: MainWindow, doors: FakeDoor
) -> None:
    frame_of(window).show_page("sync")
    panel = window.findChildren(DevicesPanel)[0]
    for code in ("WRONG", "BCDFGHJK"):
        panel._more.click()
        question = panel.findChildren(Question)[-1]
        question.findChild(QLineEdit).setText(code)
        question.go.click()
    qtbot.waitUntil(lambda: any("device-3" in each.text() for each in panel.findChildren(QLabel)))
    sure = panel.findChildren(Question)[-1]
    assert doors.confirmed == []
    sure.go.click()
    qtbot.waitUntil(lambda: doors.confirmed == ["BCDFGHJK"])


def test_devices_that_cannot_be_asked_for_say_why(
    qtbot: QtBot, window: MainWindow, doors: FakeDoor
) -> None:
    doors.trouble = SyncError(SyncTrouble.UNREACHABLE)
    frame_of(window).show_page("sync")
    panel = window.findChildren(DevicesPanel)[0]
    qtbot.waitUntil(lambda: any("服务器" in each.text() for each in panel.findChildren(QLabel)))
