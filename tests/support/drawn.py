"""Small drawn halls, watched faster than they play."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from video.detectors.mobilenet import MobileNetSsd
from video.evidence.keeper import EvidenceKeeper
from video.messages import (
    CameraPlan,
    Report,
    Vault,
    ZonePlan,
)
from video.pipeline.choosing import source_of
from video.pipeline.line import CameraLine, watched
from video.settings import CLIP, Profile
from video.sources.feed import recorded
from video.sources.layout import zones_of
from video.sources.script import parse_script
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.detection import Detector
from video.vocabulary.source import DrawnPlan, Pace

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)

# Two windows; the clerk of the first is away from 12 s to 24 s.
ABSENCE = """
[hall]
windows = 2
width = 640
height = 360
fps = 5
length_s = 36
seed = 4

[[act]]
at_s = 12
window = "window-1"
do = "leave"

[[act]]
at_s = 24
window = "window-1"
do = "return"
"""


@cache
def detector() -> MobileNetSsd:
    """The real one; it takes half a second to load."""
    return MobileNetSsd.installed(requests=1)


def drawn_camera(script: str = ABSENCE, *, pace: Pace = Pace.UNPACED) -> CameraPlan:
    zones = zones_of(parse_script(script))
    return CameraPlan("camera-1", DrawnPlan(script, START, pace), zones)


def keeper_of(vault: Vault, zones: Sequence[ZonePlan]) -> EvidenceKeeper:
    return EvidenceKeeper(vault, {zone.window_id: zone.seat for zone in zones})


def reports_of(
    camera: CameraPlan,
    *,
    vault: Vault | None = None,
    profile: Profile = CLIP,
    finder: Detector | None = None,
) -> list[Report]:
    """Watch a camera to its end, by a threshold of eight seconds where the profile leaves it."""
    line = CameraLine(
        camera,
        detector=finder or detector(),
        rules=Rules.of(profile, Limits(8.0, 4.0, 6.0, 18.0)),
        keeper=keeper_of(vault, camera.zones) if vault is not None else None,
    )
    source = source_of(camera, profile, wait=threading.Event().wait)
    return list(watched(recorded(source), line))
