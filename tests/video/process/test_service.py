"""Without its model the process still answers, and says why nothing is watched."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.support.detectors import Blindfold
from tests.support.drawn import drawn_camera
from tests.support.footage import encoded
from tests.support.vaults import MemoryVault
from video.errors import FootageError, FootageTrouble
from video.evidence.clip import clip_of
from video.messages import (
    CameraTrouble,
    ClipEnd,
    Command,
    PlayBack,
    PlayBackEnd,
    PlayClip,
    PlayedBack,
    Ready,
    Report,
    Shutdown,
    Watch,
    WatchPlan,
    WindowStatus,
)
from video.process.service import Service
from video.vocabulary.detection import Detector
from video.vocabulary.model import ModelFamily, ModelPlan
from video.vocabulary.source import Pace

MODEL = ModelPlan(Path("own.onnx"), ModelFamily.YOLOX, "0" * 64)


def of_ours_alone(plan: ModelPlan | None) -> Detector:
    """Loads the program's own model, and refuses what a site brings."""
    if plan is not None:
        raise FootageError(FootageTrouble.CHANGED_MODEL, "own.onnx", "sha256 1")
    return Blindfold("ours")


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def pipe(vault: MemoryVault) -> "Iterator[Connection[Command, Report]]":
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=Service(theirs, vault, load=of_ours_alone).run)
    thread.start()
    yield ours
    ours.send(Shutdown())
    thread.join(10)
    ours.close()
    theirs.close()


def first(pipe: "Connection[Command, Report]", wanted: Callable[[Report], bool]) -> Report:
    while not wanted(report := pipe.recv()):
        pass
    return report


def test_every_camera_is_told_that_the_model_was_refused(
    pipe: "Connection[Command, Report]",
) -> None:
    pipe.send(Watch(WatchPlan((drawn_camera(),), model=MODEL)))
    ready = first(pipe, lambda report: isinstance(report, Ready))
    told = first(pipe, lambda report: isinstance(report, CameraTrouble))

    assert isinstance(ready, Ready)
    assert ready.detector == ""
    assert told == CameraTrouble("camera-1", FootageTrouble.CHANGED_MODEL, "sha256 1", None)


def test_cameras_go_from_one_model_to_another_and_back(pipe: "Connection[Command, Report]") -> None:
    cameras = (drawn_camera(pace=Pace.REAL_TIME),)
    for model, name in ((None, "ours"), (MODEL, ""), (None, "ours")):
        pipe.send(Watch(WatchPlan(cameras, model=model)))
        ready = first(pipe, lambda report: isinstance(report, Ready))

        assert isinstance(ready, Ready)
        assert ready.detector == name
    first(pipe, lambda report: isinstance(report, WindowStatus))


def test_sealed_clips_still_play(pipe: "Connection[Command, Report]", vault: MemoryVault) -> None:
    shape, packets = encoded(seconds=1, key_every=5)
    pipe.send(PlayClip(1, vault.put(clip_of(packets, shape)).sha256))

    assert first(pipe, lambda report: isinstance(report, ClipEnd)) == ClipEnd(1)


def test_areas_are_tried_on_what_a_camera_sent_while_it_goes_on_being_watched(
    pipe: "Connection[Command, Report]",
) -> None:
    camera = drawn_camera(pace=Pace.REAL_TIME)
    pipe.send(PlayBack(1, camera.camera_id, camera.zones))
    end = first(pipe, lambda report: isinstance(report, PlayBackEnd))
    assert end == PlayBackEnd(1, FootageTrouble.STREAM_ENDED)  # nothing came yet
    pipe.send(Watch(WatchPlan((camera,))))
    first(pipe, lambda report: isinstance(report, WindowStatus))
    pipe.send(PlayBack(2, camera.camera_id, camera.zones))
    picture = first(pipe, lambda report: isinstance(report, PlayedBack))
    assert isinstance(picture, PlayedBack)
    assert set(picture.states) == {zone.window_id for zone in camera.zones}
    assert first(pipe, lambda report: isinstance(report, PlayBackEnd)) == PlayBackEnd(2)
