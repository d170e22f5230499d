"""A camera tells its own clock; one that is wrong is named, and one that has none is not blamed."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from tests.support.footage import encoded
from tests.support.rtsp_server import RtspServer
from video.errors import FootageError
from video.sources.camera_clock import ClockWatch
from video.sources.rtsp import RtspSource
from video.vocabulary.source import RtspPlan

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def told_by(clock: Callable[[], float] | None) -> set[float | None]:
    """How far off each packet of a camera says that its clock is, in whole minutes."""
    shape, packets = encoded(seconds=1)
    with RtspServer(shape, packets, clock=clock) as camera:
        source = RtspSource(
            RtspPlan(camera.url),
            camera_id="camera-1",
            tick_s=1.0,
            key_frames_only=False,
            wait=threading.Event().wait,
            now=lambda: NOW,
        )
        source.open()
        told: list[float | None] = []
        with suppress(FootageError):  # the camera hangs up at the end
            for taken in source.take():
                told.append(taken.clock_off_s)
        source.close()
    return {None if off is None else round(off / 60) for off in told}


def test_a_camera_tells_by_how_much_its_clock_is_wrong() -> None:
    assert told_by(lambda: NOW.timestamp() + 120.0) == {2}


def test_a_camera_in_1970_is_more_than_half_a_century_late() -> None:
    assert told_by(lambda: 3600.0) == {round((3600.0 - NOW.timestamp()) / 60)}


def test_a_camera_that_counts_from_its_start_tells_no_clock() -> None:
    since_1900 = -2_208_988_800.0 + 5.0
    assert told_by(lambda: since_1900) == {None}


def test_a_camera_without_sender_reports_tells_no_clock() -> None:
    assert told_by(None) == {None}


def test_a_clock_is_off_only_when_it_stays_so() -> None:
    watch = ClockWatch()
    watch.told(61.0, 10.0)
    assert not watch.is_off(14.9)
    assert watch.is_off(15.0)
    watch.told(-300.0, 16.0)
    assert watch.is_off(16.0)
    watch.told(59.0, 17.0)
    assert not watch.is_off(30.0)
