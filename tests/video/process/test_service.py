"""Without its model the process still answers, and says why nothing is watched."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import pytest

from tests.support.drawn import drawn_camera
from tests.support.footage import encoded
from tests.support.vaults import MemoryVault
from video.errors import FootageError, FootageTrouble
from video.evidence.clip import clip_of
from video.messages import (
    CameraTrouble,
    ClipEnd,
    Command,
    PlayClip,
    Ready,
    Report,
    Shutdown,
    Watch,
    WatchPlan,
)
from video.process.service import Service
from video.vocabulary.detection import Detector


def refused() -> Detector:
    raise FootageError(FootageTrouble.BAD_MODEL, "NVRChannel", "not installed")


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def pipe(vault: MemoryVault) -> "Iterator[Connection[Command, Report]]":
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=Service(theirs, vault, load=refused).run)
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
    ready = first(pipe, lambda report: isinstance(report, Ready))
    pipe.send(Watch(WatchPlan((drawn_camera(),))))
    told = first(pipe, lambda report: isinstance(report, CameraTrouble))

    assert isinstance(ready, Ready)
    assert ready.detector == ""
    assert told == CameraTrouble("camera-1", FootageTrouble.BAD_MODEL, "not installed", None)


def test_sealed_clips_still_play(pipe: "Connection[Command, Report]", vault: MemoryVault) -> None:
    shape, packets = encoded(seconds=1, key_every=5)
    pipe.send(PlayClip(1, vault.put(clip_of(packets, shape)).sha256))

    assert first(pipe, lambda report: isinstance(report, ClipEnd)) == ClipEnd(1)
