"""Pictures of one camera in, changes of its windows out; keeps nothing and tells nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from video.messages import ZonePlan
from video.pipeline.overlays import OverlayLookup
from video.sources.camera_clock import ClockWatch
from video.sources.health import (
    CLOCK_OFF,
    DAMAGED,
    NO_FRAMES,
    DamageWatch,
    HealthWatch,
    Verdict,
)
from video.states.changes import Change
from video.states.machine import Memory, Rules, begin, finish, step
from video.vocabulary.detection import Detector
from video.vocabulary.frame import Frame, Pixels
from video.vocabulary.geometry import Box
from video.vocabulary.moment import Moment
from video.vocabulary.observation import UNSEEN, Health, Observation
from video.windows.areas import check_zones
from video.windows.observer import Observer


@dataclass(frozen=True, slots=True)
class Judgement:
    """One tick of one window: what was seen, what is known after it, and what happened."""

    observation: Observation
    memory: Memory
    changes: tuple[Change, ...]


class Analysis:
    """Health, observation and one state machine a window.

    `rules` may be replaced from one tick to the next; the profile in them must stay.
    """

    def __init__(
        self,
        zones: Sequence[ZonePlan],
        *,
        detector: Detector,
        rules: Rules,
        overlay: OverlayLookup,
    ) -> None:
        self.rules = rules
        self.health: Verdict | None = None
        self._zones = tuple(zones)
        self._detector = detector
        self._overlay = overlay
        self._watch = HealthWatch()
        self._damage = DamageWatch()
        self._clock = ClockWatch()
        self._observer: Observer | None = None
        self._size = (0, 0)
        self._memories: dict[str, Memory] = {}
        self._last_s = 0.0

    def fit(self, *, width: int, height: int) -> Observer:
        """Get ready for pictures of this size; what is known of the windows stays known.

        Raises:
            FootageError: BAD_ZONE when a zone cannot be judged in it.
        """
        if self._observer is not None and self._size == (width, height):
            return self._observer
        check_zones(self._zones, width=width, height=height)
        self._size = (width, height)
        self._observer = Observer(
            self._zones, self._detector, self.rules.profile, width=width, height=height
        )
        return self._observer

    def see(self, frame: Frame) -> tuple[Judgement, ...]:
        """Judge one picture."""
        height, width = frame.pixels.shape[:2]
        observer = self.fit(width=width, height=height)
        # After a silence its ticks may be ahead of the camera's clock.
        frame = replace(frame, at_s=max(self._last_s, frame.at_s))
        small = observer.shrunk(frame.pixels)
        self.health = self._verdict(frame, small)
        seen = observer.observe(frame, small, self.health.health, self.health.cause)
        return self._stepped(seen)

    def miss(self, moment: Moment) -> tuple[Judgement, ...]:
        """Take note that no picture came up to a moment."""
        at_s = max(self._last_s, moment.at_s)
        self.health = why = DAMAGED if self._damage.is_damaged(at_s) else NO_FRAMES
        return self._stepped(
            tuple(_missed(zone.window_id, at_s, moment.at_wall, why) for zone in self._zones)
        )

    def broke(self, at_s: float) -> None:
        """Take note of a packet that could not be decoded."""
        self._damage.broke(max(self._last_s, at_s))

    def told_clock(self, off_s: float, at_s: float) -> None:
        """Take note of what the camera's own clock says."""
        self._clock.told(off_s, max(self._last_s, at_s))

    @property
    def persons(self) -> tuple[Box, ...]:
        """Who was found in the last picture, near the areas; nobody while it cannot be judged."""
        blind = self.health is None or self.health.health is Health.BLIND
        found = () if self._observer is None or blind else self._observer.persons
        return tuple(person.box for person in found)

    @property
    def clock_off_s(self) -> float | None:
        """How far the camera's clock is ahead of ours, where that is why it is blind."""
        return self._clock.off_s if self.health == CLOCK_OFF else None

    def finish(self) -> tuple[tuple[str, Memory, tuple[Change, ...]], ...]:
        """End watching; what is known of the windows is gone afterwards."""
        ended = tuple((window, last, finish(last)) for window, last in self._memories.items())
        self._memories.clear()
        return ended

    def _verdict(self, frame: Frame, small: Pixels) -> Verdict:
        """Judge the picture itself first, then how it came and when it says it was taken."""
        seen = self._watch.judge(frame, small)
        if seen.health is Health.BLIND:
            return seen
        if self._damage.is_damaged(frame.at_s):
            return DAMAGED
        return CLOCK_OFF if self._clock.is_off(frame.at_s) else seen

    def _stepped(self, seen: Sequence[Observation]) -> tuple[Judgement, ...]:
        return tuple(self._step(observation) for observation in seen)

    def _step(self, seen: Observation) -> Judgement:
        self._last_s = seen.at_s
        overlay = self._overlay(seen.window_id, seen.at_wall)
        memory, changes = self._memories.get(seen.window_id), tuple[Change, ...]()
        if memory is None:
            memory = begin(seen, overlay)
        else:
            memory, changes = step(memory, seen, overlay, self.rules)
        self._memories[seen.window_id] = memory
        return Judgement(seen, memory, changes)


def _missed(window_id: str, at_s: float, at_wall: datetime, why: Verdict) -> Observation:
    return Observation(window_id, at_s, at_wall, why.health, why.cause, UNSEEN)
