"""Judges the last minutes of a camera by other areas, as it would have judged them live."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import av

from video.evidence.keeper import Recent
from video.evidence.stills import again, jpeg_of
from video.messages import PlayBack, PlayedBack, ZonePlan
from video.pipeline.analysis import Analysis
from video.pipeline.overlays import OverlayLookup
from video.pipeline.previews import QUALITY, scaled
from video.sources.decoding import Sampler
from video.states.machine import Rules
from video.vocabulary.detection import Detector
from video.vocabulary.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What it takes to try areas: packets, and by what a window is judged now."""

    recent: Recent
    detector: Detector
    rules: Rules
    overlay: OverlayLookup


def played_back(command: PlayBack, trial: Trial) -> Iterator[PlayedBack]:
    """Give picture after picture with the states that the areas lead to.

    Raises:
        FootageError: BAD_ZONE when an area cannot be judged in the picture.
    """
    analysis = _analysis(command.zones, trial)
    for frame in _frames(trial):
        judged = analysis.see(frame)
        states = {one.observation.window_id: one.memory.state for one in judged}
        jpeg = jpeg_of(scaled(frame.pixels, command.max_width), quality=QUALITY)
        yield PlayedBack(command.request_id, frame.at_wall, jpeg, states)


def _analysis(zones: Sequence[ZonePlan], trial: Trial) -> Analysis:
    shape = trial.recent.shape
    analysis = Analysis(zones, detector=trial.detector, rules=trial.rules, overlay=trial.overlay)
    analysis.fit(width=shape.width, height=shape.height)
    return analysis


def _frames(trial: Trial) -> Iterator[Frame]:
    shape, profile = trial.recent.shape, trial.rules.profile
    decoder = cast("av.VideoCodecContext", av.CodecContext.create(shape.codec, "r"))
    decoder.extradata = shape.extradata or None
    sampler = Sampler(
        decoder,
        tick_s=profile.tick_s,
        key_frames_only=profile.key_frames_only,
        seconds_of=float,
        start_wall=trial.recent.start_wall,
    )
    for packet in trial.recent.packets:
        yield from sampler.taken(again(packet), packet).frames
