"""The keeper holds what may become evidence, and seals it when somebody is told."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import av
import numpy as np
import pytest

from tests.support.footage import FPS, SIZE, encoded
from tests.support.vaults import MemoryVault
from video.evidence.keeper import EvidenceKeeper
from video.evidence.manifest import Judged
from video.settings import CLIP
from video.vocabulary.event import ItemRole, WindowEvent
from video.vocabulary.frame import Frame
from video.vocabulary.geometry import Polygon
from video.vocabulary.moment import Moment
from video.vocabulary.observation import UNSEEN, Health, HealthCause, Observation
from video.vocabulary.state import WindowState

WALL = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
SEAT = Polygon(((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)))
JUDGED = Judged("test", CLIP, {"absence": 0.0})
SHAPE, PACKETS = encoded(seconds=45)


def moment(at_s: float) -> Moment:
    return Moment(at_s, WALL + timedelta(seconds=at_s))


class Watched:
    """A keeper that is shown footage second by second."""

    def __init__(self, vault: MemoryVault, **bounds: int) -> None:
        self.keeper = EvidenceKeeper(vault, {"window-1": SEAT}, **bounds)
        self.keeper.connected(SHAPE)
        self._packets = iter(PACKETS)
        self._at_s = 0.0

    def until(self, to_s: float, *, packets: bool = True) -> None:
        """Show packets, and a tick a second."""
        while self._at_s < to_s:
            for _ in range(FPS if packets else 0):
                self.keeper.came(next(self._packets))
            self._at_s += 1.0
            now = moment(self._at_s)
            pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
            self.keeper.pictured(Frame(now.at_s, now.at_wall, pixels))
            health = (Health.OK, HealthCause.NONE)
            self.keeper.saw([Observation("window-1", now.at_s, now.at_wall, *health, UNSEEN)])


def event(start_s: float, end_s: float | None = None) -> WindowEvent:
    start, end = moment(start_s), moment(end_s or 0.0)
    return WindowEvent(
        event_id="event-1",
        camera_id="camera-1",
        window_id="window-1",
        state=WindowState.ABSENT,
        start_s=start.at_s,
        end_s=end_s,
        start_wall=start.at_wall,
        end_wall=end.at_wall if end_s is not None else None,
        threshold_s=0.0,
        unknown_share=0.0,
        longest_gap_s=0.0,
        conclusive=True,
        customer_waited=False,
    )


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


def clips(told: WindowEvent, vault: MemoryVault) -> Iterator[tuple[float, float]]:
    for item in told.items:
        if item.role is ItemRole.CLIP:
            with av.open(io.BytesIO(vault.get(item.sha256))) as container:
                frames = list(container.decode(video=0))
            yield item.at_s, item.at_s + len(frames) / FPS


def test_a_short_absence_is_one_clip_from_before_its_start_to_after_its_return(
    vault: MemoryVault,
) -> None:
    watched = Watched(vault)
    watched.until(17)
    watched.keeper.began("window-1", moment(15.0))
    watched.keeper.opened(event(15.0), JUDGED)
    watched.until(21)
    watched.keeper.closed(event(15.0, 20.0), JUDGED)
    watched.until(29)
    assert watched.keeper.complete() == ()

    watched.until(31)
    (told,) = watched.keeper.complete()

    assert list(clips(told, vault)) == [(5.0, pytest.approx(30.0, abs=0.2))]


def test_a_camera_that_falls_silent_after_the_return_does_not_keep_the_event_open(
    vault: MemoryVault,
) -> None:
    watched = Watched(vault)
    watched.until(17)
    watched.keeper.began("window-1", moment(15.0))
    watched.keeper.opened(event(15.0), JUDGED)
    watched.until(21)
    watched.keeper.closed(event(15.0, 20.0), JUDGED)

    watched.until(31, packets=False)
    (told,) = watched.keeper.complete()

    assert list(clips(told, vault)) == [(5.0, pytest.approx(21.0, abs=0.2))]


def test_an_absence_that_nobody_is_told_of_leaves_nothing_in_the_vault(vault: MemoryVault) -> None:
    watched = Watched(vault)
    watched.until(17)
    watched.keeper.began("window-1", moment(15.0))
    watched.until(30)

    watched.keeper.forgotten("window-1")

    assert vault.held == {}


def test_where_memory_is_short_a_pack_is_sealed_before_its_alert(vault: MemoryVault) -> None:
    watched = Watched(vault, held_bytes=0)
    watched.until(17)
    watched.keeper.began("window-1", moment(15.0))
    watched.until(26)
    early = set(vault.held)

    told = watched.keeper.opened(event(15.0), JUDGED)

    roles = {ItemRole.BEFORE, ItemRole.START, ItemRole.CLIP}
    assert early == {item.sha256 for item in told.items if item.role in roles}


def test_a_camera_that_comes_back_with_another_picture_begins_its_footage_anew(
    vault: MemoryVault,
) -> None:
    watched = Watched(vault)
    watched.until(17)
    watched.keeper.connected(replace(SHAPE, width=2 * SHAPE.width))

    watched.keeper.began("window-1", moment(15.0))
    told = watched.keeper.opened(event(15.0), JUDGED)

    assert {item.role for item in told.items} == {
        ItemRole.THRESHOLD, ItemRole.STRIP, ItemRole.MANIFEST,
    }  # fmt: skip


def test_what_a_full_disk_refused_is_tried_again_when_the_event_closes(
    vault: MemoryVault,
) -> None:
    watched = Watched(vault)
    watched.until(17)
    watched.keeper.began("window-1", moment(15.0))
    vault.room = 0
    opened = watched.keeper.opened(event(15.0), JUDGED)
    troubles = watched.keeper.troubles()

    vault.room = float("inf")
    watched.until(21)
    watched.keeper.closed(event(15.0, 20.0), JUDGED)
    (told,) = watched.keeper.complete(now=True)

    assert opened.items == ()
    assert troubles
    assert watched.keeper.troubles() == ()
    wanted = set(ItemRole) - {ItemRole.HALF, ItemRole.END}
    assert {item.role for item in told.items} == wanted


def codec_of(told: WindowEvent, vault: MemoryVault) -> str:
    (item,) = [item for item in told.items if item.role is ItemRole.CLIP]
    with av.open(io.BytesIO(vault.get(item.sha256))) as container:
        context = container.streams.video[0].codec_context
        assert context is not None
        return context.name


@pytest.mark.parametrize(
    ("main_from", "main_to", "codec"),
    [(0, 45, "hevc"), (12, 45, "h264"), (0, 20, "h264"), (0, 0, "h264")],
    ids=["whole", "came too late", "broke off", "never came"],
)
def test_the_main_stream_is_the_evidence_where_it_holds_the_whole_of_it(
    vault: MemoryVault, main_from: int, main_to: int, codec: str
) -> None:
    watched = Watched(vault)
    shape, packets = encoded("hevc", seconds=45)
    watched.keeper.main_connected(shape)
    for packet in packets:
        if main_from <= packet.show_s < main_to:
            watched.keeper.main_came(packet)
    watched.until(17)
    watched.keeper.began("window-1", moment(15.0))
    watched.keeper.opened(event(15.0), JUDGED)
    watched.until(21)
    watched.keeper.closed(event(15.0, 20.0), JUDGED)
    watched.until(31)
    (told,) = watched.keeper.complete()
    assert codec_of(told, vault) == codec
