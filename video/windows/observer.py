"""One observation a window from one picture of a camera."""

from collections.abc import Iterator, Sequence

from video.messages import ZonePlan
from video.settings import Profile
from video.vocabulary.detection import Detector
from video.vocabulary.frame import Frame, Pixels
from video.vocabulary.geometry import Polygon
from video.vocabulary.observation import (
    UNSEEN,
    Answer,
    Evidence,
    Health,
    HealthCause,
    Observation,
)
from video.windows.areas import cut_around, halved
from video.windows.opinion import Opinion
from video.windows.persons import Person, covered, owner
from video.windows.phones import held
from video.windows.seat import Seat
from video.windows.views import Views

PLAIN = 0.2  # share of a seat that others may hide for it to be judged by its look alone


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
        self._views = Views(
            [[cut_around(area, width=width, height=height) for area in _areas(z)] for z in zones],
            detector,
        )
        self.persons: tuple[Person, ...] = ()
        self._owners: list[int | None] = []  # of the persons: the number of an area

    def shrunk(self, pixels: Pixels) -> Pixels:
        """A picture as small as its areas allow for changes to be seen in it."""
        return halved(pixels, self._views.halvings)

    def observe(
        self, frame: Frame, small: Pixels, health: Health, cause: HealthCause
    ) -> tuple[Observation, ...]:
        """Judge one picture, of which `small` is the shrunk one; a blind camera tells nothing."""
        if health is Health.BLIND:
            for seat in self._seats:
                seat.forget()
            return tuple(self._blind(frame, cause))
        self._look(frame, small)
        return tuple(self._told(frame, health, cause))

    def _look(self, frame: Frame, small: Pixels) -> None:
        if self._views.look(frame.pixels, small, frame.at_s):
            self.persons = self._views.persons
            self._owners = [owner(person, self._areas, self._customers) for person in self.persons]

    def _told(self, frame: Frame, health: Health, cause: HealthCause) -> Iterator[Observation]:
        owners = self._owners
        pairs = list(zip(self.persons, owners, strict=True))
        phones = self._views.phones
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


def _areas(zone: ZonePlan) -> Sequence[Polygon]:
    return [zone.seat] if zone.customer is None else [zone.seat, zone.customer]


def _customer(zone: ZonePlan, score: float | None) -> Evidence:
    if zone.customer is None:
        return UNSEEN
    return Evidence(Answer.NO, 0.85) if score is None else Evidence(Answer.YES, score)
