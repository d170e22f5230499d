"""A window is taken off its post in two clicks, by mouse or keys, and put back with one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.duties import DutyState, Excuse, ExcuseKind, WindowPause
from desktop.domain.roles import Role
from desktop.viewmodels.live.duties import Ask, DutyDesk, Offer
from desktop.viewmodels.watching import Watching
from desktop.views.page import Notice
from desktop.views.wall.board import WallBoard
from desktop.views.wall.duties import DutyMenu, DutyQuestion
from desktop.views.wall.page import WallPage
from tests.support.profiles import DAY, person
from tests.support.screens import unnamed
from tests.support.watching import WatchedHall, status
from video.messages import Ready
from video.vocabulary.state import WindowState

# The offscreen screen grabs no keyboard for a menu and raises no window.
pytestmark = [
    pytest.mark.qt_log_ignore(
        "This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
    )
]


@pytest.fixture
def watching(qtbot: QtBot, watched: WatchedHall) -> Iterator[Watching]:
    made = Watching(watched)
    qtbot.waitUntil(lambda: bool(made.live.roll.posts))
    with qtbot.waitSignal(made.live.changed):
        watched.say(
            Ready(1, "test"), *(status(watched.plan, n, WindowState.SERVING) for n in range(8))
        )
    yield made
    made.close()
    delete(made)


@pytest.fixture
def page(qtbot: QtBot, watching: Watching) -> WallPage:
    page = WallPage(watching.live, watching.duties, watching.alerts)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    page.arrive()
    return page


def right_click(page: WallPage, point: QPoint) -> DutyMenu:
    """Ask for the menu of the first camera at a point of its tile."""
    board = page.findChildren(WallBoard)[0]
    tile = board.tile(next(iter(page._live.roll.cameras)))
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, point, tile.mapToGlobal(point))
    QApplication.sendEvent(tile, event)
    return page.findChildren(DutyMenu)[-1]


def lower_left(page: WallPage) -> QPoint:
    """A point on the line of the first window of the first camera."""
    board = page.findChildren(WallBoard)[0]
    tile = board.tile(next(iter(page._live.roll.cameras)))
    return tile._plan.strip.topLeft() + QPoint(20, 10)


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def line(menu: QMenu, *path: str) -> QAction:
    """Walk down a menu by the beginnings of its lines."""
    action = next(a for a in menu.actions() if a.text().startswith(path[0]))
    below = action.menu()
    return line(below, *path[1:]) if isinstance(below, QMenu) and path[1:] else action


def kept(watched: WatchedHall, kind: type[WindowPause] | type[Excuse]) -> WindowPause | Excuse:
    (thing,) = watched.desk.look(lambda reading: reading.find(kind)).result()
    return thing


def test_a_click_on_a_window_offers_what_can_be_done_with_it(page: WallPage) -> None:
    menu = right_click(page, lower_left(page))
    assert texts(menu) == ["01号窗口", "暂停服务（30 分钟）", "请假", "顶岗"]
    assert not unnamed(menu)
    menu.close()


def test_the_second_click_pauses_the_window_and_one_more_undoes_it(
    qtbot: QtBot, page: WallPage, watched: WatchedHall, watching: Watching
) -> None:
    notices: list[Notice] = []
    page.noticed.connect(notices.append)
    menu = right_click(page, lower_left(page))
    with qtbot.waitSignal(watching.duties.registered):
        line(menu, "暂停服务", "设备检修").trigger()
    pause = kept(watched, WindowPause)
    assert pause.ended_at == DAY + timedelta(minutes=30)
    assert pause.approver == "林敏"
    assert notices[0].text == "01号窗口 暂停服务 设备检修，至 09:30"
    assert notices[0].undo is not None
    with qtbot.waitSignal(watching.duties.done):
        notices[0].undo()
    assert kept(watched, WindowPause).state is DutyState.WITHDRAWN
    menu.close()


def test_a_colleague_of_the_unit_stands_in_by_name(
    qtbot: QtBot, page: WallPage, watched: WatchedHall, watching: Watching
) -> None:
    menu = right_click(page, lower_left(page))
    assert line(menu, "顶岗").menu() is not None
    with qtbot.waitSignal(watching.duties.registered):
        line(menu, "请假", "短暂休息（10 分钟）").trigger()
    excuse = kept(watched, Excuse)
    assert isinstance(excuse, Excuse)
    assert (excuse.kind, excuse.ended_at) == (ExcuseKind.LEAVE, DAY + timedelta(minutes=10))
    menu.close()


def test_the_keyboard_offers_all_windows_of_the_camera_it_is_on(
    qtbot: QtBot, page: WallPage
) -> None:
    board = page.findChildren(WallBoard)[0]
    second = list(page._live.roll.cameras)[1]
    board.tile(second).setFocus()
    qtbot.keyClick(board.tile(second), Qt.Key.Key_E)
    menu = page.findChildren(DutyMenu)[-1]
    assert texts(menu) == ["05号窗口", "06号窗口", "07号窗口", "08号窗口"]
    menu.close()


def test_a_paused_window_offers_its_end_and_its_sign(
    qtbot: QtBot, page: WallPage, watched: WatchedHall, watching: Watching
) -> None:
    menu = right_click(page, lower_left(page))
    with qtbot.waitSignal(watching.duties.changed, timeout=10_000):
        line(menu, "暂停服务", "系统故障").trigger()
    menu.close()
    later = right_click(page, lower_left(page))
    assert texts(later)[1:3] == ["结束暂停服务 系统故障（至 09:30）", "公示牌未查看"]
    with qtbot.waitSignal(watching.duties.done):
        line(later, "公示牌未查看", "没有公示牌").trigger()
    pause = kept(watched, WindowPause)
    assert isinstance(pause, WindowPause)
    assert pause.sign_shown is False
    later.close()


def test_another_reason_is_asked_for_in_words(
    qtbot: QtBot, page: WallPage, watched: WatchedHall, watching: Watching
) -> None:
    menu = right_click(page, lower_left(page))
    line(menu, "暂停服务", "其他").trigger()
    menu.close()
    question = page.findChildren(DutyQuestion)[0]
    assert not unnamed(question)
    assert not question.go.isEnabled()
    question.note.setText("更换打印机")
    question.minutes.setValue(5)
    with qtbot.waitSignal(watching.duties.registered):
        question.go.click()
    pause = kept(watched, WindowPause)
    assert (pause.note, pause.ended_at) == ("更换打印机", DAY + timedelta(minutes=5))


def test_somebody_else_stands_in_when_he_is_named(qtbot: QtBot, watching: Watching) -> None:
    window = next(iter(watching.live.roll.posts))
    ask = asked(watching.duties.offers(window), "顶岗")
    page = WallPage(watching.live, watching.duties, watching.alerts)
    qtbot.addWidget(page)
    question = DutyQuestion(page, ask, "01号窗口", "林敏")
    question.stand_in.setText("李明")
    with qtbot.waitSignal(question.answered) as told:
        question.go.click()
    assert told.args[0].stand_in == "李明"


def asked(offers: tuple[Offer, ...], title: str) -> Ask:
    (offer,) = (o for o in offers if o.text == title)
    does = offer.more[-1].does
    assert isinstance(does, Ask)
    return does


def test_who_may_not_register_is_told_so(
    qtbot: QtBot, page: WallPage, watched: WatchedHall, watching: Watching
) -> None:
    watched.door.actor = person(Role.SEAL_CLERK, "尹洁")
    notices: list[Notice] = []
    page.noticed.connect(notices.append)
    menu = right_click(page, lower_left(page))
    with qtbot.waitSignal(watching.duties.refused):
        line(menu, "暂停服务", "系统故障").trigger()
    assert "视频监察员" in notices[0].text
    menu.close()


def test_nothing_is_undone_twice(watching: Watching) -> None:
    desk: DutyDesk = watching.duties
    assert not desk.can_undo
    desk.undo()
