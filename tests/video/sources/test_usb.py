"""A plugged-in camera gives pictures, is missed when it is pulled out, and is let go."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.support.footage import SIZE, picture
from video.errors import FootageError, FootageTrouble
from video.evidence.stills import pictures_at
from video.sources.base import Taken
from video.sources.usb import KEPT_PER_S, UsbSource
from video.vocabulary.frame import Pixels
from video.vocabulary.source import UsbPlan

WALL = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
FPS = 25


class FakeCapture:
    """Gives so many pictures and is gone then; its time passes with each."""

    def __init__(self, pictures: int, *, opened: bool = True) -> None:
        self._left, self._opened = pictures, opened
        self.seconds = 0.0
        self.retrieved = 0
        self.released = False

    def isOpened(self) -> bool:  # noqa: N802
        return self._opened

    def grab(self) -> bool:
        self.seconds += 1 / FPS
        self._left -= 1
        return self._left >= 0

    def retrieve(self) -> tuple[bool, Pixels | None]:
        self.retrieved += 1
        return True, np.asarray(picture(self.retrieved), np.uint8)

    def release(self) -> None:
        self.released = True


def source_of(capture: FakeCapture, *, device: str = "0", tick_s: float = 1.0) -> UsbSource:
    return UsbSource(
        UsbPlan(device),
        camera_id="camera-1",
        tick_s=tick_s,
        wait=lambda _: False,
        capture=lambda _: capture,
        clock=lambda: capture.seconds,
        now=lambda: WALL,
    )


def taken_of(source: UsbSource) -> tuple[list[Taken], FootageError]:
    taken: list[Taken] = []
    with pytest.raises(FootageError) as lost:
        taken.extend(source.take())  # what came before the loss stays
    return taken, lost.value


def test_one_picture_a_tick_is_judged_and_few_are_decoded() -> None:
    capture = FakeCapture(10 * FPS)
    source = source_of(capture)
    source.open()
    taken, lost = taken_of(source)
    judged = [frame.at_s for each in taken for frame in each.frames]
    assert len(judged) == pytest.approx(10, abs=1)
    assert np.diff(judged).min() >= 0.9
    assert capture.retrieved <= 10 * KEPT_PER_S + 5
    assert (lost.trouble, lost.retryable) == (FootageTrouble.STREAM_ENDED, True)


def test_what_is_kept_can_be_shown_again() -> None:
    source = source_of(FakeCapture(3 * FPS))
    shape = source.open()
    taken, _ = taken_of(source)
    (shown,) = pictures_at([1.0], [each.packet for each in taken], shape)
    assert shown is not None
    assert shown.shape == (SIZE[1], SIZE[0], 3)


@pytest.mark.parametrize("device", ["0", "front desk"], ids=["unplugged", "no number"])
def test_a_device_that_is_not_there_is_tried_again_later(device: str) -> None:
    with pytest.raises(FootageError) as refused:
        source_of(FakeCapture(0, opened=False), device=device).open()
    assert (refused.value.trouble, refused.value.retryable) == (FootageTrouble.UNREACHABLE, True)


def test_a_closed_camera_is_free_for_others() -> None:
    capture = FakeCapture(5)
    source = source_of(capture)
    source.open()
    source.close()
    assert capture.released
