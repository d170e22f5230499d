"""A sealed clip is played back as pictures with their times."""

import threading
from queue import Queue

import cv2
import numpy as np
import pytest

from tests.support.footage import FPS, encoded
from tests.support.vaults import MemoryVault
from video.errors import FootageTrouble
from video.evidence.clip import clip_of
from video.messages import ClipEnd, ClipFrame, PlayClip, Report
from video.process.clips import ClipPlayer


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def told() -> "Queue[Report]":
    return Queue()


def answers(told: "Queue[Report]") -> list[Report]:
    heard = []
    while not heard or not isinstance(heard[-1], ClipEnd):
        heard.append(told.get(timeout=10))
    return heard


def test_every_picture_comes_with_its_time_and_width(
    vault: MemoryVault, told: "Queue[Report]"
) -> None:
    shape, packets = encoded(seconds=2)
    stored = vault.put(clip_of(packets, shape))

    ClipPlayer(vault, told.put).play(PlayClip(3, stored.sha256, max_width=80))
    *frames, end = answers(told)

    assert end == ClipEnd(3)
    pictures = [frame for frame in frames if isinstance(frame, ClipFrame)]
    times = [picture.at_s for picture in pictures]
    assert times == pytest.approx([number / FPS for number in range(2 * FPS)])
    first = cv2.imdecode(np.frombuffer(pictures[0].jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert first.shape == (48, 80, 3)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (None, FootageTrouble.MISSING_FILE),
        (b'{"at_s":[]}', FootageTrouble.NOT_A_VIDEO),
    ],
    ids=["not in the vault", "not a clip"],
)
def test_what_cannot_be_played_ends_with_its_trouble(
    vault: MemoryVault, told: "Queue[Report]", data: bytes | None, trouble: FootageTrouble
) -> None:
    sha256 = vault.put(data).sha256 if data is not None else "0" * 64

    ClipPlayer(vault, told.put).play(PlayClip(4, sha256))

    assert answers(told) == [ClipEnd(4, trouble)]


def test_a_stopped_clip_says_no_more(vault: MemoryVault) -> None:
    shape, packets = encoded(seconds=6)
    stored = vault.put(clip_of(packets, shape))
    first, go_on, heard = threading.Event(), threading.Event(), Queue[Report]()

    def put(report: Report) -> None:
        heard.put(report)
        first.set()
        go_on.wait(10)

    player = ClipPlayer(vault, put)
    player.play(PlayClip(5, stored.sha256))
    assert first.wait(10)
    player.stop(5)
    go_on.set()
    player.play(PlayClip(6, "0" * 64))

    last = [heard.get(timeout=10) for _ in range(2)][-1]
    assert last == ClipEnd(6, FootageTrouble.MISSING_FILE)
