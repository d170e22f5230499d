"""A drawn hall as a recorder exports it: several files, named by their beginnings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from desktop.domain.calendar import HALL_TIME
from video.evidence.clip import clip_of
from video.sources.synthetic import DrawnSource
from video.vocabulary.frame import EncodedPacket, StreamShape
from video.vocabulary.source import DrawnPlan, Pace

# Two windows; the clerk of the first is away from 30 s to 75 s.
SHIFT = """
[hall]
windows = 2
width = 640
height = 360
fps = 1
length_s = 100
seed = 4

[[act]]
at_s = 30
window = "window-1"
do = "leave"

[[act]]
at_s = 75
window = "window-1"
do = "return"
"""
START = datetime(2026, 11, 24, 10, 0, tzinfo=HALL_TIME)  # a Tuesday


@cache
def _packets(script: str) -> tuple[StreamShape, tuple[EncodedPacket, ...]]:
    plan = DrawnPlan(script, START, Pace.UNPACED)
    source = DrawnSource(plan, tick_s=1000.0, key_frames_only=True, wait=lambda _: False)
    shape = source.open()
    return shape, tuple(taken.packet for taken in source.take())


def export(
    folder: Path,
    *pieces: tuple[float, float],
    script: str = SHIFT,
    start: datetime = START,
    name: str = "D01_{0:%Y%m%d%H%M%S}.mp4",
) -> Sequence[Path]:
    """Write pieces of the script, from second to second, as files of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    shape, packets = _packets(script)
    written = []
    for from_s, to_s in pieces:
        mine = [
            replace(p, show_s=p.show_s - from_s, decode_s=p.decode_s - from_s)
            for p in packets
            if from_s <= p.show_s < to_s
        ]
        path = folder / name.format(start + timedelta(seconds=from_s))
        path.write_bytes(clip_of(mine, shape))
        written.append(path)
    return written
