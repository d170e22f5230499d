"""What the world can refuse is told by name, and what was seen before it is not lost."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.support.acted import ActedSource, nothing, shows
from tests.support.detectors import Blindfold
from tests.support.drawn import START
from tests.support.footage import SIZE, encoded
from video.errors import FootageError, FootageTrouble
from video.evidence.clip import clip_of
from video.messages import (
    CameraHealth,
    CameraPlan,
    CameraTrouble,
    Report,
    SourceEnded,
    StateSpan,
    WindowStatus,
    ZonePlan,
)
from video.pipeline.choosing import source_of
from video.pipeline.line import CameraLine, watched
from video.settings import CLIP
from video.sources.feed import Broken, LiveFeed, Silent, recorded
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.geometry import Polygon
from video.vocabulary.moment import Moment
from video.vocabulary.observation import Health, HealthCause
from video.vocabulary.source import DrawnPlan, FilePlan, SourcePlan
from video.vocabulary.state import WindowState

T = TypeVar("T")

RULES = Rules.of(CLIP, Limits(8.0, 4.0, 6.0))
SEAT = Polygon(((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)))
SPECK = Polygon(((0.5, 0.5), (0.52, 0.5), (0.52, 0.52)))


def of_kind(reports: list[Report], kind: type[T]) -> list[T]:
    return [report for report in reports if isinstance(report, kind)]


def camera_of(source: SourcePlan, *, seat: Polygon = SEAT) -> CameraPlan:
    return CameraPlan("camera-1", source, (ZonePlan("window-1", seat),))


def line_of(camera: CameraPlan) -> CameraLine:
    return CameraLine(camera, detector=Blindfold(), rules=RULES)


def reports_of(camera: CameraPlan) -> list[Report]:
    source = source_of(camera, CLIP, wait=threading.Event().wait)
    return list(watched(recorded(source), line_of(camera)))


def written(path: Path, *, share: float = 1.0) -> FilePlan:
    data = clip_of(*reversed(encoded()))
    path.write_bytes(data[: int(share * len(data))])
    return FilePlan(path, START)


@pytest.mark.parametrize(
    ("name", "content", "trouble"),
    [
        ("gone.mp4", None, FootageTrouble.MISSING_FILE),
        ("words.mp4", b"these are no pictures", FootageTrouble.NOT_A_VIDEO),
        ("empty.mp4", b"", FootageTrouble.NOT_A_VIDEO),
    ],
)
def test_a_file_without_pictures_is_one_trouble_and_no_retry(
    tmp_path: Path, name: str, content: bytes | None, trouble: FootageTrouble
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    (told,) = reports_of(camera_of(FilePlan(tmp_path / name, START)))

    assert isinstance(told, CameraTrouble)
    assert (told.trouble, told.retry_s) == (trouble, None)
    assert name in told.detail


def test_a_truncated_recording_is_watched_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = reports_of(camera_of(written(tmp_path / "whole.mp4")))

    cut = reports_of(camera_of(written(tmp_path / "cut.mp4", share=0.6)))

    *_, last = cut
    assert isinstance(last, CameraTrouble)
    assert (last.trouble, last.retry_s) == (FootageTrouble.TRUNCATED, None)
    ticks = len(of_kind(cut, WindowStatus))
    assert 0 < ticks < len(of_kind(whole, WindowStatus))
    assert of_kind(cut, StateSpan)
    assert not of_kind(cut, SourceEnded)


def test_a_zone_too_small_for_the_picture_is_refused_with_its_window(tmp_path: Path) -> None:
    camera = camera_of(written(tmp_path / "clip.mp4"), seat=SPECK)

    (told,) = reports_of(camera)

    assert isinstance(told, CameraTrouble)
    assert (told.trouble, told.retry_s) == (FootageTrouble.BAD_ZONE, None)
    assert "window-1" in told.detail


def test_a_zone_outside_of_the_picture_cannot_even_be_planned() -> None:
    with pytest.raises(FootageError) as refused:
        Polygon.from_pixels([(10, 10), (900, 10), (10, 90)], width=SIZE[0], height=SIZE[1])

    assert refused.value.trouble is FootageTrouble.BAD_ZONE


def test_a_script_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(FootageError) as refused:
        source_of(camera_of(DrawnPlan("[hall]", START)), CLIP, wait=threading.Event().wait)

    assert refused.value.trouble is FootageTrouble.BAD_SCRIPT


def live_reports(source: ActedSource) -> Iterator[Report]:
    stop = threading.Event()
    feed = LiveFeed(source, tick_s=0.01, stop=stop, no_picture_s=0.05, jitter=lambda: 0.0)
    line = CameraLine(
        CameraPlan("camera-1", FilePlan(Path("live"), START), (ZonePlan("window-1", SEAT),)),
        detector=Blindfold(),
        rules=RULES,
    )
    try:
        yield from watched(feed.arrivals(), line)
    finally:
        stop.set()
        source.left.set()


def test_a_live_camera_without_pictures_is_blind_and_its_windows_unknown() -> None:
    told = live_reports(ActedSource([]))

    health = next(report for report in told if isinstance(report, CameraHealth))
    status = next(report for report in told if isinstance(report, WindowStatus))
    told.close()

    assert (health.health, health.cause) == (Health.BLIND, HealthCause.NO_FRAMES)
    assert status.observation.health is Health.BLIND
    assert status.state is WindowState.UNKNOWN


def test_a_lost_live_camera_is_told_with_the_time_of_the_next_try() -> None:
    gone = FootageError(FootageTrouble.TIMED_OUT, "camera-1", "no answer", retryable=True)
    told = live_reports(ActedSource([shows(then=gone), nothing]))

    trouble = next(report for report in told if isinstance(report, CameraTrouble))
    told.close()

    assert trouble == CameraTrouble("camera-1", FootageTrouble.TIMED_OUT, "no answer", 0.5)


def test_ticks_after_a_silence_never_run_backwards() -> None:
    camera = camera_of(FilePlan(Path("live"), START))
    line = line_of(camera)
    later = Moment(9.0, START + timedelta(seconds=9))

    blind = list(line.take(Silent(later)))
    seen = [report for one in shows(8.5, 9.5)() for report in line.take(one)]

    times = [status.observation.at_s for status in of_kind([*blind, *seen], WindowStatus)]
    assert times == [9.0, 9.0, 9.5]


def test_what_a_camera_is_called_is_not_repeated_in_the_detail() -> None:
    error = FootageError(FootageTrouble.UNREACHABLE, "camera-1", "refused", retryable=True)

    (told,) = line_of(camera_of(FilePlan(Path("live"), START))).take(Broken(error, 4.0))

    assert told == CameraTrouble("camera-1", FootageTrouble.UNREACHABLE, "refused", 4.0)
