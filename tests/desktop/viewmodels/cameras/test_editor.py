"""A camera is described, tried and kept; secrets go to the keyring alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.assembly.cameras import camera_password
from desktop.domain.errors import WindowWatched
from desktop.domain.organisation import Camera, CameraKind, Window, WindowKind
from desktop.domain.roles import Role
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.cameras.trial import Phase
from desktop.viewmodels.live.watch import LiveWatch
from tests.support.footage import encoded
from tests.support.profiles import person
from tests.support.rtsp_server import RtspServer
from tests.support.watching import WatchedHall


@pytest.fixture
def editor(qtbot: QtBot, watched: WatchedHall, live: LiveWatch) -> Iterator[CameraEditor]:
    watched.door.actor = person(Role.DATA_MGR, "数据")
    editor = CameraEditor(watched, live)
    qtbot.waitUntil(lambda: bool(editor.units))
    yield editor
    editor.testing.stop()
    delete(editor)


def describe(editor: CameraEditor, **more: object) -> None:
    words = {"name": "3号机", "address": "rtsp://192.168.1.64/live", **more}
    editor.change(replace(editor.camera, **words))  # type: ignore[arg-type]


def cameras(watched: WatchedHall) -> dict[str, Camera]:
    hall = watched.plan.hall.id
    found = watched.desk.look(lambda reading: reading.find(Camera, hall_id=hall)).result()
    return {camera.name: camera for camera in found}


def test_what_is_missing_is_said_step_by_step(editor: CameraEditor) -> None:
    assert editor.obstacle == "请给摄像机起个名字。"
    describe(editor, name="1号机", address="")
    assert editor.obstacle == "已经有一台叫“1号机”的摄像机。"
    describe(editor, address="")
    assert editor.obstacle == "请填写画面从哪里来。"
    describe(editor)
    assert editor.obstacle == ""


def test_credentials_of_a_pasted_address_end_in_the_keyring_alone(
    qtbot: QtBot, editor: CameraEditor, watched: WatchedHall
) -> None:
    describe(editor, address="rtsp://admin:s3cret@192.168.1.64/live")
    with qtbot.waitSignal(editor.saved):
        editor.save()
    kept = cameras(watched)["3号机"]
    assert (kept.address, kept.username) == ("rtsp://192.168.1.64/live", "admin")
    assert camera_password(watched.secrets, kept.id) == "s3cret"
    assert "s3cret" not in repr(kept)


def test_watching_follows_as_soon_as_a_camera_is_kept(
    qtbot: QtBot, editor: CameraEditor, watched: WatchedHall
) -> None:
    describe(editor)
    with qtbot.waitSignal(editor.saved):
        editor.save()
    (seen,) = watched.watched_anew
    assert {camera.name for camera in seen} == {"1号机", "2号机", "3号机"}


def test_a_window_made_for_a_camera_is_kept_with_it(
    qtbot: QtBot, editor: CameraEditor, watched: WatchedHall
) -> None:
    describe(editor)
    assert editor.window_obstacle("08") == "已经有 08 号窗口。"
    editor.make_window("09", "", WindowKind.GENERAL, editor.units[0].id)
    assert editor.remark == "保存后请为 1 个窗口画出座席区，画好才开始判断。"
    with qtbot.waitSignal(editor.saved):
        editor.save()
    (window_id,) = cameras(watched)["3号机"].windows
    window = watched.desk.look(lambda reading: reading.get(Window, window_id)).result()
    assert (window.name, window.kind) == ("09号窗口", WindowKind.GENERAL)


def test_a_window_that_is_not_chosen_after_all_is_not_made(
    qtbot: QtBot, editor: CameraEditor, watched: WatchedHall
) -> None:
    describe(editor)
    editor.make_window("09", "", WindowKind.UNIT, editor.units[0].id)
    editor.choose(editor.windows[0].id, chosen=False)
    with qtbot.waitSignal(editor.saved):
        editor.save()
    hall = watched.plan.hall.id
    found = watched.desk.look(lambda reading: reading.find(Window, hall_id=hall)).result()
    assert len(found) == 8


def test_a_window_of_another_camera_cannot_be_chosen(editor: CameraEditor) -> None:
    assert {(option.free, option.remark) for option in editor.options()} == {
        (False, "由 1号机 监看"),
        (False, "由 2号机 监看"),
    }


def test_taking_a_window_away_takes_its_area_along(
    editor: CameraEditor, watched: WatchedHall
) -> None:
    first = watched.plan.cameras[0]
    editor.begin(first)
    editor.choose(watched.plan.windows[0].id, chosen=False)
    assert len(editor.camera.zones) == len(first.zones) - 1


def test_who_may_not_is_told_who_may(editor: CameraEditor, watched: WatchedHall) -> None:
    watched.door.actor = person(Role.LEGAL_CHECK)
    describe(editor)
    assert "数据管理员" in editor.obstacle
    watched.door.actor = person(Role.VIDEO_SUP)
    assert editor.obstacle == ""
    assert "数据管理员" in editor.window_obstacle("09")


def test_a_refused_change_leaves_no_new_password(
    qtbot: QtBot, editor: CameraEditor, watched: WatchedHall
) -> None:
    describe(editor, username="admin")
    editor.type_password("s3cret")
    editor.camera = replace(editor.camera, windows=(watched.plan.windows[0].id,))
    with qtbot.waitSignal(editor.refused) as told:
        editor.save()
    assert isinstance(told.args[0], WindowWatched)
    assert camera_password(watched.secrets, editor.camera.id) == ""


def test_a_retired_camera_stands_apart_and_comes_back(
    qtbot: QtBot, editor: CameraEditor, watched: WatchedHall, live: LiveWatch
) -> None:
    first = watched.plan.cameras[0]
    with qtbot.waitSignal(live.roll_changed):
        editor.retire(first, retired=True)
    assert first.id not in live.roll.cameras
    assert live.roll.retired[first.id].zones == first.zones
    with qtbot.waitSignal(live.roll_changed):
        editor.retire(live.roll.retired[first.id], retired=False)
    assert first.id in live.roll.cameras


def test_another_kind_asks_for_another_address(editor: CameraEditor) -> None:
    describe(editor)
    describe(editor, kind=CameraKind.FILE, address=editor.camera.address)
    assert editor.camera.address == ""


def test_a_camera_is_tried_out_before_it_is_kept(
    qtbot: QtBot, editor: CameraEditor, watched: WatchedHall
) -> None:
    with RtspServer(*encoded(key_every=5), username="admin", password="right") as camera:
        describe(editor, address=camera.url, username="admin")
        editor.type_password("wrong")
        editor.try_out()
        assert editor.testing.told[0] == "正在连接…"
        qtbot.waitUntil(lambda: editor.testing.phase is Phase.FAILED, timeout=30_000)
        assert editor.testing.told[0].startswith("用户名或密码不正确")

        editor.type_password("right")
        editor.try_out()
        qtbot.waitUntil(lambda: editor.testing.picture is not None, timeout=30_000)
        qtbot.waitUntil(lambda: "只解关键帧" in editor.testing.told[0], timeout=30_000)
        editor.testing.stop()
    assert editor.testing.phase is Phase.ENDED
    assert "3号机" not in cameras(watched)
