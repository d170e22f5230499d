"""A camera plugged into this machine."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Protocol, cast

import cv2
import numpy as np

from video.errors import FootageError, FootageTrouble
from video.sources.base import Taken, Wait
from video.sources.pictures import PictureStream
from video.vocabulary.frame import Frame, Pixels, StreamShape
from video.vocabulary.source import UsbPlan

KEPT_PER_S = 5.0  # pictures that stand in a clip; a camera gives 30, and encoding them costs
KEY_EVERY = 10  # of them


class Capture(Protocol):
    """What OpenCV does for a camera."""

    def isOpened(self) -> bool:  # noqa: N802  (OpenCV's name)
        """Whether it is there."""

    def grab(self) -> bool:
        """Wait for the next picture; False when the camera is gone."""

    def retrieve(self) -> "tuple[bool, Pixels | None]":
        """Decode the picture that was grabbed."""

    def release(self) -> None:
        """Let go."""


class UsbSource:
    """Reads a camera as fast as it gives pictures; most are let go undecoded."""

    live = True

    def __init__(
        self,
        plan: UsbPlan,
        *,
        camera_id: str,
        tick_s: float,
        wait: Wait,
        capture: Callable[[int], Capture] = lambda device: cast(Capture, cv2.VideoCapture(device)),
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._plan, self._camera_id = plan, camera_id
        self._tick_s, self._wait = tick_s, wait
        self._open, self._clock, self._now = capture, clock, now
        self._began = clock()
        self._capture: Capture | None = None
        self._stream: PictureStream | None = None

    def open(self) -> StreamShape:
        """Take the camera, which nobody else may have, and a first picture."""
        if not self._plan.device.isdecimal():
            raise self._refused(FootageTrouble.UNREACHABLE, "no number of a device")
        self._capture = self._open(int(self._plan.device))
        if not self._capture.isOpened():
            raise self._refused(FootageTrouble.UNREACHABLE, "no such device, or in use")
        self._stream = PictureStream(self._next(), fps=KEPT_PER_S, key_every=KEY_EVERY)
        return self._stream.shape

    def take(self) -> Iterator[Taken]:
        """Give pictures until the camera is pulled out or closed."""
        if self._capture is None or self._stream is None:
            raise self._refused(FootageTrouble.STREAM_ENDED, "not open")
        kept_s = due_s = float("-inf")
        while not self._wait(0):
            if not self._capture.grab():
                raise self._refused(FootageTrouble.STREAM_ENDED, "gone")
            at_s = self._clock() - self._began
            if at_s < kept_s + 0.9 / KEPT_PER_S:
                continue
            kept_s, pixels = at_s, self._retrieved()
            frames: tuple[Frame, ...] = ()
            if at_s >= due_s:
                due_s = at_s + 0.9 * self._tick_s
                frames = (Frame(at_s, self._now(), pixels),)
            yield Taken(self._stream.encoded(pixels, at_s), frames)

    def close(self) -> None:
        """Let others have the camera."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _next(self) -> Pixels:
        if self._capture is None or not self._capture.grab():
            raise self._refused(FootageTrouble.STREAM_ENDED, "no picture")
        return self._retrieved()

    def _retrieved(self) -> Pixels:
        assert self._capture is not None  # grabbed from it just now
        good, pixels = self._capture.retrieve()
        if not good or pixels is None:
            raise self._refused(FootageTrouble.DAMAGED, "a picture that is none")
        return np.asarray(pixels, np.uint8)

    def _refused(self, trouble: FootageTrouble, detail: str) -> FootageError:
        return FootageError(trouble, self._camera_id, detail, retryable=True)
