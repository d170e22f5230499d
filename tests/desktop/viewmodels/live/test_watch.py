"""Reports reach the screens in their own thread, gathered; pictures only when looked at."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop.domain.roles import Role
from desktop.usecases.organisation import change_camera
from desktop.viewmodels.live.board import Watching
from desktop.viewmodels.live.pictures import decoded
from desktop.viewmodels.live.watch import LiveWatch
from tests.support.profiles import person
from tests.support.watching import WatchedHall, jpeg, preview, status
from video.messages import Ready
from video.vocabulary.state import WindowState


def test_reports_of_another_thread_come_gathered(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch
) -> None:
    reports = [status(watched.plan, n, WindowState.SERVING) for n in range(8)]
    with qtbot.waitSignal(live.changed), ThreadPoolExecutor(1) as owner:
        owner.submit(watched.say, Ready(1, "test"), *reports).result()
    assert live.board.watching is Watching.RUNNING
    assert all(standing.watched for standing in live.standings().values())


def test_windows_come_in_the_order_of_the_hall(live: LiveWatch, watched: WatchedHall) -> None:
    assert list(live.standings()) == [window.id for window in watched.plan.windows]


def test_a_camera_sees_its_windows_from_left_to_right(
    live: LiveWatch, watched: WatchedHall
) -> None:
    camera = watched.plan.cameras[1]
    assert [p.window.number for p in live.roll.seen_by(camera.id)] == ["05", "06", "07", "08"]


def test_a_change_of_the_hall_is_followed(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch
) -> None:
    renamed = replace(watched.plan.cameras[0], name="大门")
    with qtbot.waitSignal(live.roll_changed):
        watched.desk.act(person(Role.VIDEO_SUP), lambda work: change_camera(work, renamed)).result()
    assert live.roll.cameras[renamed.id].name == "大门"


def test_a_picture_is_decoded_only_when_somebody_looks(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch
) -> None:
    camera = watched.plan.cameras[0].id
    watched.say(preview(camera))
    assert live.pictures.of(camera) is None
    with qtbot.waitSignal(live.pictures.arrived):
        live.pictures.want(camera, QSize(160, 160))
    picture = live.pictures.of(camera)
    assert picture is not None
    assert picture.image.size() == QSize(160, 90)


def test_the_newest_picture_is_the_one_that_stays(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch
) -> None:
    camera = watched.plan.cameras[0].id
    live.pictures.want(camera, QSize(64, 64))
    watched.say(*(preview(camera, colour=c) for c in ("#FF0000", "#00FF00", "#0000FF")))

    def is_blue() -> bool:
        picture = live.pictures.of(camera)
        return picture is not None and picture.image.pixelColor(5, 5).blue() > 200

    qtbot.waitUntil(is_blue)


def test_a_picture_is_never_blown_up() -> None:
    assert decoded(jpeg(width=64, height=36), QSize(640, 640)).size() == QSize(64, 36)


def test_a_broken_picture_gives_none() -> None:
    assert decoded(b"no picture", QSize(64, 64)).isNull()
