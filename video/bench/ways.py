"""Three ways to treat a camera: receive it only, watch it as we do, record it as others do."""

import threading
import time
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Literal, Protocol

import av
import numpy as np
from av.error import FFmpegError

from video.bench.film import FPS, KEY_EVERY_S
from video.bench.tally import Verdict
from video.evidence.keeper import EvidenceKeeper
from video.messages import CameraPlan, StoredItem, WindowStatus, ZonePlan
from video.pipeline.choosing import source_of
from video.pipeline.line import CameraLine, watched
from video.settings import HALL
from video.sources.base import Source, Taken
from video.sources.feed import LiveFeed
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.detection import Detector
from video.vocabulary.frame import StreamShape
from video.vocabulary.observation import HealthCause
from video.vocabulary.source import RtspPlan

RECORDED_FPS = 5
SETTLED = 0.75  # of the spacing of key frames; at first there is a verdict a second
RECORDED_SIZE = (640, 360)  # pixels
OPTIONS = {"rtsp_transport": "tcp", "analyzeduration": "500000"}
Skip = Literal["NONKEY", "DEFAULT"]  # pictures that are not decoded
PATIENCE_S = (10.0, 10.0)  # to connect, and to receive
LIMITS = Limits(900.0, 300.0, 300.0, 180.0)


class Way(Enum):
    """What is done with cameras."""

    FLOOR = "floor"
    WATCHED = "watched"
    RECORDED = "recorded"


class Treated(Protocol):
    """One camera; `run` is a thread's."""

    pictures: int
    verdicts: list[Verdict]

    @property
    def is_settled(self) -> bool:
        """Whether it goes on as it will."""

    def run(self, stop: threading.Event) -> None:
        """Go on until told to stop."""


class Received:
    """The floor: key frames are received and decoded, and nobody looks at them."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.pictures = 0
        self.verdicts: list[Verdict] = []

    @property
    def is_settled(self) -> bool:
        """Whether pictures come."""
        return self.pictures > 0

    def run(self, stop: threading.Event) -> None:
        """Decode key frames."""
        for _ in _decoded(self._url, stop, skip="NONKEY"):
            self.pictures += 1


class Recorded:
    """A recorder's way: everything is decoded, five whole pictures a second are searched."""

    def __init__(self, url: str, detector: Detector) -> None:
        self._url, self._detector = url, detector
        self.pictures = 0
        self.verdicts: list[Verdict] = []

    @property
    def is_settled(self) -> bool:
        """Whether pictures come."""
        return self.pictures > 0

    def run(self, stop: threading.Event) -> None:
        """Search pictures."""
        for number, frame in enumerate(_decoded(self._url, stop, skip="DEFAULT")):
            if number % (FPS // RECORDED_FPS) == 0:
                width, height = RECORDED_SIZE
                small = frame.reformat(width=width, height=height, format="bgr24")
                self._detector.detect([np.asarray(small.to_ndarray(), np.uint8)])
                self.pictures += 1


class Watched:
    """Our way, from the network to the verdict, with the evidence that might be asked for."""

    def __init__(self, url: str, zones: Sequence[ZonePlan], detector: Detector) -> None:
        self._camera = CameraPlan(url, RtspPlan(url), tuple(zones))
        self._detector = detector
        self.pictures = 0
        self.verdicts: list[Verdict] = []

    @property
    def is_settled(self) -> bool:
        """Whether only key frames are decoded by now."""
        last = self.verdicts[-2:]
        return len(last) == 2 and last[1].at_s - last[0].at_s > SETTLED * KEY_EVERY_S

    def run(self, stop: threading.Event) -> None:
        """Judge windows; a verdict is given when the last of them is told."""
        camera = self._camera
        source = _Stamped(source_of(camera, HALL, wait=stop.wait))
        feed = LiveFeed(source, tick_s=HALL.tick_s, stop=stop)
        keeper = EvidenceKeeper(_NoVault(), {zone.window_id: zone.seat for zone in camera.zones})
        rules = Rules.of(HALL, LIMITS)
        line = CameraLine(camera, detector=self._detector, rules=rules, keeper=keeper)
        for report in watched(feed.arrivals(), line):
            match report:
                case WindowStatus(window_id=window, observation=seen) if (
                    window == camera.zones[-1].window_id and seen.cause is not HealthCause.NO_FRAMES
                ):
                    self.pictures += 1
                    latency_s = time.monotonic() - source.decoded_at(seen.at_s)
                    self.verdicts.append(Verdict(seen.at_s, latency_s))


class _Stamped:
    """A source that remembers when it had decoded its last picture."""

    live = True

    def __init__(self, source: Source) -> None:
        self._source = source
        self._stamps: dict[float, float] = {}

    def open(self) -> StreamShape:
        return self._source.open()

    def take(self) -> Iterator[Taken]:
        for taken in self._source.take():
            self._stamps |= {frame.at_s: time.monotonic() for frame in taken.frames}
            yield taken

    def close(self) -> None:
        self._source.close()

    def decoded_at(self, at_s: float) -> float:
        """When it was, by the monotonic clock; now where that is not known."""
        return self._stamps.pop(at_s, time.monotonic())


class _NoVault:
    """Nothing happens that lasts long enough to be sealed."""

    def put(self, data: bytes) -> StoredItem:
        return StoredItem("", len(data))

    def get(self, sha256: str) -> bytes:
        return b""


def _decoded(url: str, stop: threading.Event, *, skip: Skip) -> "Iterator[av.VideoFrame]":
    with av.open(url, options=OPTIONS, timeout=PATIENCE_S) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = skip
        stream.codec_context.thread_count = 1
        try:
            for frame in container.decode(stream):
                yield frame
                if stop.is_set():
                    return
        except FFmpegError:
            if not stop.is_set():
                raise
