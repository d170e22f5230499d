"""What is known now is folded from reports alone, and silence is not presence."""

from datetime import timedelta

import pytest

from desktop.viewmodels.live.board import STALE_S, Board, Watching, tally
from desktop.viewmodels.live.words import camera_said
from desktop.viewmodels.states import STATES, UNWATCHED
from desktop.workers.video_process import ProcessEnded
from desktop.workers.watch_lease import WatchShare
from tests.support.profiles import DAY, hall_plan
from tests.support.watching import status
from video.errors import FootageTrouble
from video.messages import CameraHealth, CameraTrouble, Ready, SourceEnded
from video.vocabulary.observation import Health, HealthCause
from video.vocabulary.state import Overlay, WindowState

PLAN = hall_plan()
WINDOW, CAMERA = PLAN.windows[0].id, PLAN.cameras[0].id
ABSENT = WindowState.ABSENT


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_window_counts_on_from_its_last_verdict() -> None:
    board = Board()
    board.hear(status(PLAN, 0, ABSENT, lasted_s=60), DAY)
    standing = board.window(WINDOW, DAY + after(3))
    assert (standing.state, standing.lasted_s) == (ABSENT, 63)
    assert standing.is_absent


def test_a_recording_played_faster_than_time_counts_in_its_own_time() -> None:
    board = Board()
    board.hear(status(PLAN, 0, ABSENT, lasted_s=300, at=DAY - timedelta(days=2)), DAY)
    assert board.window(WINDOW, DAY).lasted_s == 300


def test_a_window_of_which_nothing_is_heard_is_not_watched() -> None:
    board = Board()
    assert board.window(WINDOW, DAY).look is UNWATCHED
    board.hear(status(PLAN, 0, WindowState.SERVING), DAY)
    late = board.window(WINDOW, DAY + after(STALE_S + 1))
    assert late.look is UNWATCHED
    assert late.lasted_s == STALE_S + 1


def test_what_the_schedule_says_lies_over_an_absence() -> None:
    board = Board()
    board.hear(status(PLAN, 0, ABSENT, overlay=Overlay.PAUSED), DAY)
    standing = board.window(WINDOW, DAY)
    assert not standing.is_absent
    assert not standing.look.alarming


def test_after_the_process_died_nothing_is_watched_until_it_is_back() -> None:
    board = Board()
    board.hear(Ready(1, "test"), DAY)
    board.hear(status(PLAN, 0, WindowState.SERVING), DAY)
    board.hear(ProcessEnded(1, 5.0), DAY + after(2))
    assert board.watching is Watching.RESTARTING
    assert board.restart_at == DAY + after(7)
    assert board.window(WINDOW, DAY + after(4)).lasted_s == 2
    assert not board.window(WINDOW, DAY + after(4)).watched
    board.hear(Ready(2, "test"), DAY + after(8))
    assert board.watching is Watching.RUNNING


def test_an_owner_that_gave_up_says_so() -> None:
    board = Board()
    board.hear(ProcessEnded(None, None), DAY)
    assert board.watching is Watching.GIVEN_UP
    assert board.restart_at is None


def test_trouble_stays_until_a_picture_is_judged_again() -> None:
    board = Board()
    board.hear(CameraTrouble(CAMERA, FootageTrouble.UNREACHABLE, "", 4.0), DAY)
    assert board.camera(CAMERA).retry_at == DAY + after(4)
    board.hear(status(PLAN, 0, WindowState.UNKNOWN, cause=HealthCause.NO_FRAMES), DAY)
    assert board.camera(CAMERA).trouble is FootageTrouble.UNREACHABLE
    board.hear(status(PLAN, 0, WindowState.READY), DAY)
    assert board.camera(CAMERA).trouble is None


def test_health_comes_from_its_own_report_and_from_verdicts() -> None:
    board = Board()
    board.hear(CameraHealth(CAMERA, Health.BLIND, HealthCause.COVERED, DAY), DAY)
    assert board.camera(CAMERA).cause is HealthCause.COVERED
    board.hear(status(PLAN, 0, WindowState.UNKNOWN, cause=HealthCause.FROZEN), DAY)
    assert board.camera(CAMERA).cause is HealthCause.FROZEN


def test_a_recording_that_ended_is_no_longer_watched() -> None:
    board = Board()
    board.hear(status(PLAN, 0, WindowState.SERVING), DAY)
    board.hear(SourceEnded(CAMERA, 10, 20.0), DAY)
    assert board.camera(CAMERA).ended
    assert not board.window(WINDOW, DAY).watched


@pytest.mark.parametrize("state", WindowState)
def test_every_state_is_shown_as_its_look(state: WindowState) -> None:
    board = Board()
    board.hear(status(PLAN, 0, state), DAY)
    assert board.window(WINDOW, DAY).look is STATES[state]


def test_the_tally_adds_up() -> None:
    board = Board()
    board.hear(status(PLAN, 0, ABSENT), DAY)
    board.hear(status(PLAN, 1, WindowState.READY, overlay=Overlay.EXCUSED), DAY)
    counted = tally({w.id: board.window(w.id, DAY) for w in PLAN.windows})
    assert (counted.expected, counted.on_post, counted.absent, counted.off) == (1, 0, 1, 1)


@pytest.mark.parametrize(
    ("off_s", "said"),
    [
        (90.0, "摄像机时钟快 1分30秒"),
        (-7200.0, "摄像机时钟慢 2小时0分"),
        (-1.8e9, "摄像机时钟慢 20833 天"),
    ],
)
def test_a_wrong_clock_is_told_with_the_difference(off_s: float, said: str) -> None:
    board = Board()
    blind = CameraHealth(CAMERA, Health.BLIND, HealthCause.CLOCK_OFF, DAY, off_s)
    board.hear(blind, DAY)
    assert camera_said(PLAN.cameras[0], board.camera(CAMERA), DAY) == said


def test_a_camera_that_another_machine_watches_is_said_to_be_and_its_windows_are_not_ours() -> None:
    board = Board()
    board.hear(status(PLAN, 0, ABSENT, lasted_s=60), DAY)
    board.hear(WatchShare(elsewhere={CAMERA: "李明"}), DAY)
    assert board.window(WINDOW, DAY).look is UNWATCHED
    assert camera_said(PLAN.cameras[0], board.camera(CAMERA), DAY) == "由另一台电脑监看（李明）"
    board.hear(ProcessEnded(None, 1.0), DAY)
    assert board.camera(CAMERA).elsewhere == "李明"
    board.hear(WatchShare(frozenset({CAMERA})), DAY)
    assert not board.camera(CAMERA).elsewhere
