"""One observation a window from one picture of a camera."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from video.messages import ZonePlan
from video.settings import Profile
from video.vocabulary.detection import Detector
from video.vocabulary.frame import Frame, Pixels
from video.vocabulary.observation import (
    UNSEEN,
    Answer,
    Evidence,
    Health,
    HealthCause,
    Observation,
)
from video.windows.areas import Cut, cut_around, halved
from video.windows.opinion import Opinion
from video.windows.persons import Person, covered, merged, owner, seen_in
from video.windows.phones import Phone, held, phones_in
from video.windows.seat import Seat

GLANCE = (48, 48)  # pixels in which a crop is compared with the one last judged
MOST_HALVED = 2  # times that a picture is halved as a whole, before glances are cut from it
CHANGED = 6.0  # grey levels of any of them
REFRESH_S = 30.0
PLAIN = 0.2  # share of a seat that others may hide for it to be judged by its look alone


@dataclass(slots=True)
class _View:
    """A crop, what was last found in it, and how it looked then."""

    cut: Cut
    glance: Pixels | None = None
    judged_s: float = float("-inf")
    persons: tuple[Person, ...] = ()
    phones: tuple[Phone, ...] = ()

    def needs_a_look(self, small: Pixels, times: int, at_s: float) -> bool:
        """Whether the crop changed since it was judged, or that is long ago.

        Args:
            small: the picture, halved so many times.
        """
        cut = self.cut.halved(times)
        now = cv2.resize(cut.of(small), GLANCE, interpolation=cv2.INTER_AREA)
        if self.glance is not None and at_s - self.judged_s < REFRESH_S:
            difference = cv2.norm(now, self.glance, cv2.NORM_INF)
            if difference < CHANGED:
                return False
        self.glance, self.judged_s = np.asarray(now, np.uint8), at_s
        return True


class Observer:
    """Watches all windows of one camera."""

    def __init__(
        self,
        zones: Sequence[ZonePlan],
        detector: Detector,
        profile: Profile,
        *,
        width: int,
        height: int,
    ) -> None:
        self._zones = tuple(zones)
        self._detector = detector
        self._seats = [Seat(zone.seat, profile) for zone in zones]
        self._opinions = [Opinion(z.seat, z.lesson) if z.lesson else None for z in zones]
        self._areas = [zone.seat for zone in zones]
        self._customers: dict[int, int] = {}
        for number, zone in enumerate(zones):
            if zone.customer is not None:
                self._customers[len(self._areas)] = number
                self._areas.append(zone.customer)
        self._views = [_View(cut_around(area, width=width, height=height)) for area in self._areas]
        least = min((view.cut.least_side for view in self._views), default=1)
        self._halvings = min(MOST_HALVED, max(1, least // GLANCE[0]).bit_length() - 1)
        self.persons: tuple[Person, ...] = ()
        self._owners: list[int | None] = []  # of the persons: the number of an area

    def observe(self, frame: Frame, health: Health, cause: HealthCause) -> tuple[Observation, ...]:
        """Judge one picture; from a blind camera nothing can be told."""
        if health is Health.BLIND:
            for seat in self._seats:
                seat.forget()
            return tuple(self._blind(frame, cause))
        self._look(frame)
        return tuple(self._told(frame, health, cause))

    def _look(self, frame: Frame) -> None:
        times, pixels = self._halvings, frame.pixels
        small = halved(pixels, times)
        stale = [view for view in self._views if view.needs_a_look(small, times, frame.at_s)]
        found = self._detector.detect([view.cut.of(pixels) for view in stale])
        for view, things in zip(stale, found, strict=True):
            view.persons = seen_in(view.cut, things)
            view.phones = phones_in(view.cut, things)
        if stale:
            self.persons = merged([person for view in self._views for person in view.persons])
            self._owners = [owner(person, self._areas, self._customers) for person in self.persons]

    def _told(self, frame: Frame, health: Health, cause: HealthCause) -> Iterator[Observation]:
        owners = self._owners
        pairs = list(zip(self.persons, owners, strict=True))
        phones = [phone for view in self._views for phone in view.phones]
        waiting = {
            self._customers[area]: max(person.score for person, own in pairs if own == area)
            for area in set(owners) & set(self._customers)
            if area is not None
        }
        for number, zone in enumerate(self._zones):
            here = [person for person, own in pairs if own == number]
            others = [person.box for person, own in pairs if own != number]
            here.sort(key=lambda person: -person.score)
            clerk, motion = self._seats[number].judge(frame, here, others)
            if opinion := self._opinions[number]:
                hidden = covered(zone.seat, others) > PLAIN
                clerk = opinion.weighed(clerk, motion, frame, hidden=hidden)
            yield Observation(
                window_id=zone.window_id,
                at_s=frame.at_s,
                at_wall=frame.at_wall,
                health=health,
                cause=cause,
                clerk=clerk,
                customer=_customer(zone, waiting.get(number)),
                motion=motion,
                phone=held(phones, here) if self._detector.knows_phones else UNSEEN,
            )

    def _blind(self, frame: Frame, cause: HealthCause) -> Iterator[Observation]:
        for zone in self._zones:
            yield Observation(
                zone.window_id, frame.at_s, frame.at_wall, Health.BLIND, cause, UNSEEN
            )


def _customer(zone: ZonePlan, score: float | None) -> Evidence:
    if zone.customer is None:
        return UNSEEN
    return Evidence(Answer.NO, 0.85) if score is None else Evidence(Answer.YES, score)
