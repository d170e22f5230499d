"""A plan that changes disturbs only the cameras that it changes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from queue import Queue

import pytest

from tests.support.detectors import Blindfold
from tests.support.drawn import START
from tests.support.footage import encoded
from tests.support.vaults import MemoryVault
from video.errors import FootageTrouble
from video.evidence.clip import clip_of
from video.messages import (
    CameraPlan,
    CameraTrouble,
    OverlaySpan,
    Preview,
    PreviewPlan,
    Report,
    SourceEnded,
    StateSpan,
    WatchPlan,
    WindowStatus,
    ZonePlan,
)
from video.pipeline.overlays import OverlayBook
from video.process.cameras import Cameras, Tools
from video.vocabulary.geometry import Polygon
from video.vocabulary.source import FilePlan, Pace
from video.vocabulary.state import Overlay

SEAT = Polygon(((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)))


@pytest.fixture
def told() -> "Queue[Report]":
    return Queue()


@pytest.fixture
def cameras(told: "Queue[Report]") -> Iterator[Cameras]:
    cameras = Cameras(Tools(Blindfold(), MemoryVault(), OverlayBook(), told.put))
    yield cameras
    cameras.stop()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(clip_of(*reversed(encoded(seconds=8))))
    return path


def camera(camera_id: str, film: Path, *, pace: Pace = Pace.REAL_TIME) -> CameraPlan:
    zones = (ZonePlan(f"{camera_id}-window", SEAT),)
    return CameraPlan(camera_id, FilePlan(film, START, pace), zones)


def first(told: "Queue[Report]", wanted: Callable[[Report], bool]) -> Report:
    while not wanted(report := told.get(timeout=20)):
        pass
    return report


def status_of(camera_id: str) -> Callable[[Report], bool]:
    return lambda report: isinstance(report, WindowStatus) and report.camera_id == camera_id


def test_a_camera_with_an_equal_plan_goes_on_where_it_is(
    cameras: Cameras, told: "Queue[Report]", film: Path
) -> None:
    plan = WatchPlan((camera("a", film), camera("b", film)), profile="clip")
    cameras.watch(plan)
    first(told, status_of("a"))
    before = first(told, status_of("a"))

    cameras.watch(replace(plan, cameras=plan.cameras[:1]))
    after = first(told, status_of("a"))

    assert isinstance(before, WindowStatus)
    assert isinstance(after, WindowStatus)
    assert after.observation.at_s > before.observation.at_s > 0
    assert set(cameras.dropped()) == {"a"}


def test_a_camera_that_leaves_the_plan_closes_its_last_stretch(
    cameras: Cameras, told: "Queue[Report]", film: Path
) -> None:
    plan = WatchPlan((camera("a", film),), profile="clip")
    cameras.watch(plan)
    for _ in range(2):
        first(told, status_of("a"))

    cameras.watch(replace(plan, cameras=()))

    assert isinstance(first(told, lambda report: isinstance(report, StateSpan)), StateSpan)
    assert not [report for report in told.queue if isinstance(report, SourceEnded)]


def test_overlays_and_previews_of_a_new_plan_hold_at_once(
    cameras: Cameras, told: "Queue[Report]", film: Path
) -> None:
    plan = WatchPlan((camera("a", film),), profile="clip")
    cameras.watch(plan)
    first(told, status_of("a"))

    day = START - timedelta(days=1)
    paused = OverlaySpan("a-window", Overlay.PAUSED, day, None)
    cameras.watch(replace(plan, overlays=(paused,), preview=PreviewPlan(max_width=40)))
    shown = first(told, lambda report: isinstance(report, Preview))
    status = first(told, status_of("a"))

    assert isinstance(shown, Preview)
    assert (shown.width, shown.height) == (40, 24)
    assert isinstance(status, WindowStatus)
    assert status.overlay is Overlay.PAUSED


def test_a_camera_that_failed_is_tried_again_by_the_next_plan(
    cameras: Cameras, told: "Queue[Report]", film: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.mp4"
    plan = WatchPlan((camera("a", later, pace=Pace.UNPACED),), profile="clip")
    cameras.watch(plan)
    trouble = first(told, lambda report: isinstance(report, CameraTrouble))
    assert isinstance(trouble, CameraTrouble)
    assert trouble.trouble is FootageTrouble.MISSING_FILE

    film.rename(later)
    cameras.watch(replace(plan, reminder_s=1.0))

    assert first(told, lambda report: isinstance(report, SourceEnded))


def test_a_fault_of_ours_with_one_camera_leaves_the_others_watched(
    told: "Queue[Report]", film: Path
) -> None:
    class Faulty(Blindfold):
        def detect(self, crops: object) -> object:  # type: ignore[override]
            if threading.current_thread().name == "camera-a":
                raise ZeroDivisionError
            return super().detect(crops)  # type: ignore[arg-type]

    cameras = Cameras(Tools(Faulty(), MemoryVault(), OverlayBook(), told.put))
    plan = WatchPlan(
        (camera("a", film, pace=Pace.UNPACED), camera("b", film, pace=Pace.UNPACED)),
        profile="clip",
    )

    cameras.watch(plan)
    found = {type(first(told, lambda r: isinstance(r, SourceEnded | CameraTrouble))) for _ in "ab"}
    cameras.stop()

    assert found == {SourceEnded, CameraTrouble}
