"""The dialog of a camera is filled in by keyboard, says what is missing, and keeps it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.organisation import CameraKind
from desktop.domain.roles import Role
from desktop.viewmodels.watching import Watching
from desktop.views.cameras.dialog import CameraDialog
from desktop.views.cameras.page import CamerasPage
from desktop.views.page import Page
from tests.support.profiles import person
from tests.support.screens import clipped, too_small, unnamed
from tests.support.watching import WatchedHall
from video.messages import CameraStream


@pytest.fixture
def watching(qtbot: QtBot, watched: WatchedHall) -> Iterator[Watching]:
    watched.door.actor = person(Role.DATA_MGR)
    watching = Watching(watched)
    qtbot.waitUntil(lambda: bool(watching.live.roll.posts and watching.cameras.units))
    yield watching
    watching.close()
    delete(watching)


@pytest.fixture
def page(qtbot: QtBot, watching: Watching) -> Page:
    page = CamerasPage(watching.zones, watching.cameras, watching.recordings)
    qtbot.addWidget(page)
    page.resize(1100, 660)
    page.show()
    page.arrive()
    return page


def opened(qtbot: QtBot, page: Page) -> CameraDialog:
    qtbot.waitUntil(lambda: bool(page.findChildren(CameraDialog)))
    return page.findChildren(CameraDialog)[0]


def test_a_camera_is_added_with_the_keyboard(
    qtbot: QtBot, page: CamerasPage, watching: Watching, watched: WatchedHall
) -> None:
    qtbot.keyClick(page._list.add, Qt.Key.Key_Return)
    dialog = opened(qtbot, page)
    form = dialog.form
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(form.name, "East 3")
    qtbot.keyClicks(form.address.line, "rtsp://192.168.1.66/live")
    qtbot.keyClicks(form.password, "s3cret")
    assert dialog.go.isEnabled()
    with qtbot.waitSignal(watching.cameras.saved) as saved, qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    assert saved.args[0].name == "East 3"
    assert watched.watched_anew


def test_the_dialog_is_named_and_nothing_in_it_is_clipped(
    qtbot: QtBot, page: CamerasPage, watching: Watching
) -> None:
    page._list.add.click()
    dialog = opened(qtbot, page)
    dialog.form.windows.unfold()
    qtbot.waitExposed(dialog)
    assert not unnamed(dialog)
    assert not too_small(dialog)
    qtbot.waitUntil(lambda: not clipped(dialog))
    dialog.reject()


def test_a_drawn_camera_chooses_its_scene(qtbot: QtBot, page: CamerasPage) -> None:
    page._list.add.click()
    form = opened(qtbot, page).form
    form.kind.setCurrentIndex(form.kind.findData(CameraKind.DRAWN))
    form.kind.activated.emit(form.kind.currentIndex())
    assert form.address.box.isVisible()
    assert not form.username.isVisible()
    form.address.box.setCurrentIndex(0)
    form.address.box.activated.emit(0)
    assert form.editor.camera.address == form.address.box.itemData(0)
    form.window().reject()


def test_a_camera_is_retired_after_a_question(
    qtbot: QtBot, page: CamerasPage, watching: Watching
) -> None:
    first = page._list.current
    assert first is not None
    page._list.retire.click()
    question = next(d for d in page.findChildren(QDialog) if d.windowTitle() == "停用“1号机”？")
    with qtbot.waitSignal(watching.live.roll_changed):
        question.go.click()  # type: ignore[attr-defined]
    assert first.id in watching.live.roll.retired
    texts = [page._cameras.model().index(n, 0).data() for n in range(2)]
    assert texts == ["2号机", "1号机"]


def test_sparse_key_frames_stand_on_the_cameras_health(
    qtbot: QtBot, page: CamerasPage, watching: Watching, watched: WatchedHall
) -> None:
    camera = next(iter(watching.live.roll.cameras))
    with qtbot.waitSignal(watching.live.changed):
        watched.say(CameraStream(camera, "h264", 1920, 1080, 10.0))
    watching.live.ticked.emit()
    assert page._stream.text().startswith("H.264，1920×1080。关键帧每 10 秒才一个")


def test_who_may_not_change_cameras_is_told_why(
    qtbot: QtBot, page: CamerasPage, watched: WatchedHall
) -> None:
    watched.door.actor = person(Role.LEGAL_CHECK)
    page._list.refresh()
    assert not page._list.add.isEnabled()
    assert "数据管理员" in page._list.add.toolTip()
