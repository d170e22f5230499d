"""A camera whose pictures tell no clock is asked for it, and left alone when it does not answer."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from queue import Queue

import pytest

from tests.support.footage import encoded
from tests.support.onvif_device import OnvifDevice
from tests.support.rtsp_server import RtspServer
from video.errors import FootageError, FootageTrouble
from video.sources.asked_clock import TRIES, AskedClock, ask_onvif
from video.sources.rtsp import RtspSource
from video.vocabulary.source import RtspPlan

PLAN = RtspPlan("rtsp://camera/1")
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class Camera:
    """Answers what a test says, and counts how often it is asked."""

    def __init__(self, *answers: float | FootageError) -> None:
        self._answers = iter(answers)
        self.asked: Queue[RtspPlan] = Queue()
        self.silent = threading.Event()

    def __call__(self, plan: RtspPlan) -> float | None:
        answer = next(self._answers, None)
        if answer is None:
            self.silent.set()
        self.asked.put(plan)
        if isinstance(answer, FootageError):
            raise answer
        return answer


class Answered:
    """A clock that was asked for before."""

    off_s = 7.0

    def stop(self) -> None:
        pass


@pytest.fixture
def asking() -> Iterator[list[AskedClock]]:
    begun: list[AskedClock] = []
    yield begun
    for each in begun:
        each.stop()


def test_what_is_answered_is_kept_and_asked_again(asking: list[AskedClock]) -> None:
    camera = Camera(90.0, 95.0)
    clock = AskedClock(PLAN, camera, first_s=0.0, every_s=0.01)
    asking.append(clock)
    assert camera.silent.wait(30)
    assert clock.off_s in {95.0, None}
    assert camera.asked.get() == PLAN


def test_one_that_knows_no_onvif_is_left_alone(asking: list[AskedClock]) -> None:
    gone = FootageError(FootageTrouble.UNREACHABLE, "camera")
    camera = Camera(*[gone] * (TRIES + 3))
    clock = AskedClock(PLAN, camera, first_s=0.0, every_s=0.0)
    asking.append(clock)
    for _ in range(TRIES):
        camera.asked.get(timeout=30)
    for thread in threading.enumerate():
        if thread.name == "camera-clock":
            thread.join(30)
    assert camera.asked.empty()
    assert clock.off_s is None


def test_a_camera_on_another_port_is_asked_where_it_says_it_is() -> None:
    with OnvifDevice(clock_off_s=3600.0) as device:
        plan = RtspPlan("rtsp://127.0.0.1/1")
        told = ask_onvif(plan, probe_port=device.probe_at[1])
    assert told == pytest.approx(3600.0, abs=30.0)


@pytest.mark.parametrize("tells", [True, False])
def test_a_stream_carries_what_it_tells_itself_or_else_what_was_asked(tells: bool) -> None:
    shape, packets = encoded(seconds=1)
    own = (lambda: NOW.timestamp() + 120.0) if tells else None
    told: list[float | None] = []
    with RtspServer(shape, packets, clock=own) as camera:
        source = RtspSource(
            RtspPlan(camera.url),
            camera_id="camera-1",
            tick_s=1.0,
            key_frames_only=False,
            wait=threading.Event().wait,
            ask_clock=lambda _plan: Answered(),
            now=lambda: NOW,
        )
        source.open()
        with suppress(FootageError):  # the camera hangs up at the end
            for taken in source.take():
                told.append(taken.clock_off_s)
        source.close()
    assert told
    assert all(off is not None and (off > 100) is tells for off in told)
