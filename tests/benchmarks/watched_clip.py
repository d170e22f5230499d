"""Processor time to watch a recording, against decoding it and doing nothing with it.

    python -m tests.benchmarks.watched_clip CLIP

Beside the clip lies its truth, of which only the polygons are used. Decoding is the limit that no
way of watching every quarter of a second can go below; the model's share is told apart.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.support.drawn import keeper_of
from tests.support.vaults import MemoryVault
from video.detectors.mobilenet import MobileNetSsd
from video.messages import (
    CameraPlan,
    EventClosed,
    Report,
    ZonePlan,
)
from video.pipeline.choosing import source_of
from video.pipeline.line import CameraLine, watched
from video.settings import CLIP
from video.sources.feed import Arrival, recorded
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.detection import Detection
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Polygon
from video.vocabulary.source import FilePlan


class Timed:
    """A detector that adds up what its model needs."""

    def __init__(self, detector: MobileNetSsd) -> None:
        self._detector = detector
        self.name = detector.name
        self.knows_phones = detector.knows_phones
        self.crops = 0
        self.seconds = 0.0

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        began = time.process_time()
        found = self._detector.detect(crops)
        self.seconds += time.process_time() - began
        self.crops += len(crops)
        return found


def camera_of(clip: Path) -> CameraPlan:
    truth = json.loads(Path(f"{clip}.truth.json").read_text("utf-8"))
    size = {"width": truth["width"], "height": truth["height"]}
    zones = tuple(
        ZonePlan(zone["id"], Polygon.from_pixels(zone["polygon_px"], **size))
        for zone in truth["zones"]
    )
    return CameraPlan(clip.name, FilePlan(clip, datetime.now(UTC)), zones)


def needed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main(clip: Path) -> None:
    camera, detector = camera_of(clip), Timed(MobileNetSsd.installed(requests=1))
    told: list[Report] = []

    def arrivals() -> Iterator[Arrival]:
        return recorded(source_of(camera, CLIP, wait=threading.Event().wait))

    def watch(*, evidence: bool) -> None:
        keeper = keeper_of(MemoryVault(), camera.zones) if evidence else None
        rules = Rules.of(CLIP, Limits(0.0, 0.0, 0.0))
        line = CameraLine(camera, detector=detector, rules=rules, keeper=keeper)
        told[:] = list(watched(arrivals(), line))

    decoding = needed(lambda: list(arrivals()))
    plain = needed(lambda: watch(evidence=False))
    model, crops = detector.seconds, detector.crops
    whole = needed(lambda: watch(evidence=True))
    events = sum(isinstance(report, EventClosed) for report in told)
    print(f"decoded only       {decoding:6.2f} s")
    print(f"watched            {plain:6.2f} s  {plain / decoding:5.1f} times decoding")
    print(f"  of it the model  {model:6.2f} s  {1000 * model / crops:.1f} ms a crop, {crops} crops")
    print(f"with evidence      {whole:6.2f} s  {whole / plain:5.2f} times without, {events} events")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
