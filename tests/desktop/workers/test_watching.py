"""The real watching process, spawned: it watches, plays, is killed, and comes back."""

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue

import numpy as np
import pytest

from desktop.storage.vault import SealedVault
from desktop.workers.video_process import Heard, ProcessEnded, VideoProcess
from tests.desktop.workers.test_video_process import first
from tests.support.drawn import ABSENCE, drawn_camera
from tests.support.footage import encoded
from tests.support.onnx_files import write_onnx
from tests.support.rtsp_server import RtspServer
from video.detectors.own import pinned
from video.errors import FootageTrouble
from video.messages import (
    Alive,
    CameraTrouble,
    ClipEnd,
    ClipFrame,
    EventClosed,
    PlayClip,
    Ready,
    SourceEnded,
    Watch,
    WatchPlan,
    WindowStatus,
)
from video.process import watch
from video.vocabulary.event import ItemRole
from video.vocabulary.model import ModelFamily
from video.vocabulary.source import Pace, RtspPlan

SHORT = ABSENCE.replace("at_s = 12", "at_s = 6").replace("at_s = 24", "at_s = 12")
SCRIPT = SHORT.replace("length_s = 36", "length_s = 20").replace("windows = 2", "windows = 1")
PLAN = WatchPlan((drawn_camera(SCRIPT),), profile="clip")


@pytest.fixture
def vault(tmp_path: Path) -> SealedVault:
    return SealedVault(tmp_path / "vault", bytes(range(32)))


@pytest.fixture
def heard() -> Queue[Heard]:
    return Queue()


@pytest.fixture
def owner(vault: SealedVault, heard: Queue[Heard]) -> Iterator[VideoProcess]:
    owner = VideoProcess(watch, vault)
    owner.subscribe(heard.put)
    yield owner
    owner.stop()


def test_a_model_that_the_site_brings_is_what_watches(
    owner: VideoProcess, heard: Queue[Heard], tmp_path: Path
) -> None:
    nothing = {"output": np.zeros((1, 84, 85), np.float32)}
    path = write_onnx(tmp_path / "brought.onnx", nothing)
    owner.watch(Watch(replace(PLAN, model=pinned(path, ModelFamily.YOLOX))))
    owner.start()

    ready = first(heard, lambda h: isinstance(h, Ready))
    first(heard, lambda h: isinstance(h, SourceEnded))

    assert isinstance(ready, Ready)
    assert ready.detector.startswith("yolox brought ")
    assert owner.ready == ready


def test_a_drawn_absence_is_watched_sealed_and_its_clip_played_back(
    owner: VideoProcess, heard: Queue[Heard], vault: SealedVault
) -> None:
    owner.watch(Watch(PLAN))
    owner.start()

    ready = first(heard, lambda h: isinstance(h, Ready))
    closed = first(heard, lambda h: isinstance(h, EventClosed))
    assert isinstance(ready, Ready)
    assert ready.detector.startswith("MobileNet-SSD")
    assert isinstance(closed, EventClosed)
    assert all(vault.get(item.sha256) for item in closed.event.items)

    (clip,) = [item for item in closed.event.items if item.role is ItemRole.CLIP]
    owner.send(PlayClip(7, clip.sha256, max_width=320))
    picture = first(heard, lambda h: isinstance(h, ClipFrame))
    assert isinstance(picture, ClipFrame)
    assert (picture.request_id, picture.at_s, picture.jpeg[:2]) == (7, 0.0, b"\xff\xd8")

    owner.send(PlayClip(8, "0" * 64))
    ended = first(heard, lambda h: isinstance(h, ClipEnd) and h.request_id == 8)
    assert isinstance(ended, ClipEnd)
    assert ended.trouble is not None


def test_a_killed_process_is_survived_and_watches_again(
    owner: VideoProcess, heard: Queue[Heard]
) -> None:
    endless = replace(PLAN, cameras=(drawn_camera(SCRIPT, pace=Pace.REAL_TIME),))
    owner.watch(Watch(endless))
    owner.start()
    first(heard, lambda h: isinstance(h, WindowStatus))

    (child,) = [one for one in multiprocessing.active_children() if one.name == "hallwatch-video"]
    child.kill()
    ended = first(heard, lambda h: isinstance(h, ProcessEnded))
    first(heard, lambda h: isinstance(h, WindowStatus))

    assert isinstance(ended, ProcessEnded)
    assert ended.restart_s == 1.0


def test_a_recording_that_has_played_is_not_played_again_by_the_same_plan(
    owner: VideoProcess, heard: Queue[Heard]
) -> None:
    owner.watch(Watch(PLAN))
    owner.start()
    first(heard, lambda h: isinstance(h, SourceEnded))

    owner.watch(Watch(replace(PLAN, reminder_s=1.0)))
    beat = first(heard, lambda h: isinstance(h, Alive | SourceEnded))

    assert isinstance(beat, Alive)
    assert beat.peak_mb > 0


def test_the_process_ends_when_its_owner_is_gone(vault: SealedVault) -> None:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    child = spawn.Process(target=watch, args=(theirs, vault))
    child.start()
    theirs.close()
    assert isinstance(ours.recv(), Alive)

    ours.close()
    child.join(20)

    assert child.exitcode == 0


def test_a_password_reaches_no_report_and_no_output_of_the_process(
    owner: VideoProcess, heard: Queue[Heard], capfd: pytest.CaptureFixture[str]
) -> None:
    shape, packets = encoded()
    with RtspServer(shape, packets, username="viewer", password="right") as camera:
        source = RtspPlan(camera.url, "viewer", "geheim/9")
        (drawn,) = PLAN.cameras
        owner.watch(Watch(replace(PLAN, cameras=(replace(drawn, source=source),))))
        owner.start()
        told = first(heard, lambda h: isinstance(h, CameraTrouble))

    assert isinstance(told, CameraTrouble)
    assert told.trouble is FootageTrouble.WRONG_CREDENTIALS
    assert told.retry_s is not None
    printed = capfd.readouterr()
    assert "geheim" not in repr(told) + printed.out + printed.err
