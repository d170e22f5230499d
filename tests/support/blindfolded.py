"""A camera line that never sees anybody: whatever it does not call absent, it was kept from."""

from datetime import UTC, datetime, timedelta

import numpy as np

from tests.support.detectors import Blindfold
from video.messages import (
    CameraPlan,
    ZonePlan,
)
from video.pipeline.line import CameraLine
from video.settings import HALL
from video.sources.base import Taken
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.frame import EncodedPacket, Frame
from video.vocabulary.geometry import Polygon
from video.vocabulary.source import DrawnPlan

WALL = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
SEAT = Polygon(((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)))


def blindfolded(threshold_s: float = 900.0) -> CameraLine:
    camera = CameraPlan("camera", DrawnPlan("", WALL), (ZonePlan("window", SEAT),))
    rules = Rules.of(HALL, Limits(threshold_s, threshold_s / 2, 300.0))
    return CameraLine(camera, detector=Blindfold(), rules=rules)


def shown(at_s: float, *, clock_off_s: float | None = None) -> Taken:
    """A picture as a sensor gives it: shades, and noise that is never twice the same."""
    noise = np.random.default_rng(int(10 * at_s)).normal(0, 6, (240, 320, 3))
    ramp = np.linspace(40, 200, 320)[None, :, None] + noise
    frame = Frame(at_s, WALL + timedelta(seconds=at_s), np.clip(ramp, 0, 255).astype(np.uint8))
    packet = EncodedPacket(b"unit", at_s, at_s, 0.1, key=True)
    return Taken(packet, (frame,), clock_off_s=clock_off_s)
