"""Reports reach the screens in their own thread, gathered; pictures only when looked at."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop.domain.roles import Role
from desktop.usecases.organisation import change_camera, set_up_hall
from desktop.viewmodels.live.board import Watching, tally
from desktop.viewmodels.live.pictures import decoded
from desktop.viewmodels.live.roll import read_roll
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.states import ELSEWHERE, UNWATCHED
from desktop.workers.case_desk import CaseDesk
from desktop.workers.watch_lease import WatchShare
from tests.support.profiles import SetClock, open_store, person
from tests.support.watching import WatchedHall, jpeg, preview, status, wide_plan
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


def test_cameras_come_as_people_count(qtbot: QtBot, tmp_path: Path) -> None:
    clock, plan = SetClock(), wide_plan(44)
    desk = CaseDesk(open_store(tmp_path / "wide", clock))
    desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
    roll = desk.look(read_roll).result()
    desk.close()
    assert [c.name for c in roll.cameras.values()] == [f"{n}号机" for n in range(1, 12)]


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


def test_windows_that_another_machine_watches_are_neither_unknown_nor_ours(
    qtbot: QtBot, live: LiveWatch, watched: WatchedHall
) -> None:
    camera = watched.plan.cameras[0].id
    with qtbot.waitSignal(live.changed):
        watched.say(WatchShare(elsewhere={camera: "李明"}))
    told = live.standings()
    assert [s.look for s in told.values()] == [ELSEWHERE] * 4 + [UNWATCHED] * 4
    assert (tally(told).elsewhere, tally(told).unknown) == (4, 4)
