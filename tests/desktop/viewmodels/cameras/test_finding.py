"""Cameras are found on the network, asked for their streams, and fill in the form."""

from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.assembly.cameras import CameraOffice
from desktop.domain.roles import Role
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.cameras.finding import CameraFinder, Search
from desktop.viewmodels.live.watch import LiveWatch
from desktop.views.cameras.finding import FindDialog
from tests.support.onvif_device import OnvifDevice
from tests.support.profiles import person
from tests.support.screens import clipped, too_small, unnamed
from tests.support.watching import WatchedHall
from video.process.finding import find

WHO = ("admin", "r1ght")
LONG_MS = 30_000


@pytest.fixture
def device() -> Iterator[OnvifDevice]:
    with OnvifDevice(username=WHO[0], password=WHO[1], clock_off_s=-7200.0) as device:
        yield device


@pytest.fixture
def editor(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch, device: OnvifDevice
) -> Iterator[CameraEditor]:
    watched.door.actor = person(Role.DATA_MGR)
    office = CameraOffice(watched, finder=partial(find, target=device.probe_at))
    editor = CameraEditor(watched, live, office=office)
    qtbot.waitUntil(lambda: bool(editor.units))
    yield editor
    editor.finder.stop()
    delete(editor)


def found(qtbot: QtBot, finder: CameraFinder) -> str:
    qtbot.waitUntil(lambda: bool(finder.devices), timeout=LONG_MS)
    return finder.devices[0].service


def test_a_found_camera_fills_in_the_form(
    qtbot: QtBot, editor: CameraEditor, device: OnvifDevice
) -> None:
    dialog = FindDialog(None, editor.finder, "", "")  # type: ignore[arg-type]
    dialog.taken.connect(editor.take_offer)
    dialog.show()
    found(qtbot, editor.finder)
    assert editor.finder.model.rows[0].cells == ("Lobby East", "127.0.0.1")
    assert not dialog.take.isEnabled()

    dialog.table.selectRow(0)
    dialog.username.setText(WHO[0])
    dialog.password.setText(WHO[1])
    dialog.ask.click()
    qtbot.waitUntil(lambda: editor.finder.search is Search.ANSWERED, timeout=LONG_MS)
    told = dialog.banner.text()
    assert told.startswith("主码流 1920×1080，关键帧每 2 秒。子码流 704×576，关键帧每 10 秒。")
    assert told.endswith("摄像机时钟慢 2小时0分，请先校时，否则不判断。")
    assert not unnamed(dialog)
    assert not too_small(dialog)
    qtbot.waitUntil(lambda: not clipped(dialog))  # once it is laid out anew

    dialog.take.click()
    camera = editor.camera
    assert (camera.name, camera.username, editor.password) == ("Lobby East", *WHO)
    assert camera.address == "rtsp://127.0.0.1:554/sub"
    assert camera.main_address == "rtsp://127.0.0.1:554/main"


def test_a_wrong_password_is_said(qtbot: QtBot, editor: CameraEditor) -> None:
    finder = editor.finder
    finder.look()
    finder.ask(found(qtbot, finder), "admin", "wrong")
    qtbot.waitUntil(lambda: finder.search is Search.REFUSED, timeout=LONG_MS)
    assert finder.told.startswith("用户名或密码不正确")
    assert finder.offer is None
