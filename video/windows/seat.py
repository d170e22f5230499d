"""Is the clerk there? A detection says yes; only an empty seat says no.

A detector that loses somebody loses him for long: small, far back, hidden, bent. So no detection is
not yet an absence. It is one when the place where he was last seen has changed, nobody stands
before it, and nothing moves in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from video.settings import Profile
from video.vocabulary.frame import Frame, Pixels
from video.vocabulary.geometry import Box, Polygon
from video.vocabulary.observation import UNSEEN, Answer, Evidence
from video.windows.areas import cut_tight
from video.windows.persons import Person, covered

LOOK = (24, 32)  # pixels of a remembered look
ALIKE = 0.85  # correlation above which a place looks as it did
HIDDEN = 0.6  # share of the seat that others may hide before it cannot be judged
PATCH = (64, 64)  # pixels in which movement is looked for
STIR = 10.0  # grey levels; averaged sensor noise stays under it
STIRRED = 0.01  # share of the patch
STIRRED_PLACE = 0.1  # share of the place where the clerk last was
EMPTY = Evidence(Answer.NO, 0.85)

Look = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the clerk was last seen, how it looked then, and how it looks now."""

    box: Box
    then: Look
    now: Look


class Seat:
    """Remembers one seat from tick to tick."""

    def __init__(self, area: Polygon, profile: Profile) -> None:
        self._area = area
        self._profile = profile
        self._patch: Look | None = None
        self._sat: _Place | None = None
        self._calm_since_s: float | None = None

    def forget(self) -> None:
        """The camera was blind: what moved meanwhile is not movement."""
        self._patch = None
        self._calm_since_s = None

    def judge(
        self, frame: Frame, here: Sequence[Person], others: Sequence[Box]
    ) -> tuple[Evidence, Evidence]:
        """Answer for the clerk and for movement.

        Args:
            here: the persons who belong to this seat, best first.
            others: boxes of everybody else, who may hide it.
        """
        motion = self._motion(frame)
        if here:
            look = _look(frame.pixels, here[0].box)
            self._sat = _Place(here[0].box, look, look)
            self._calm_since_s = None
            return Evidence(Answer.YES, here[0].score), motion
        stirred = self._stirred(frame, motion)
        if covered(self._area, others) > HIDDEN:
            return UNSEEN, motion
        if stirred and covered(self._area, others) == 0:
            self._calm_since_s = None
            return UNSEEN, motion
        if self._sat is not None:
            same = _correlation(self._sat.then, self._sat.now) > ALIKE
            return (UNSEEN if same else EMPTY), motion
        return self._never_sat(frame.at_s), motion

    def _stirred(self, frame: Frame, motion: Evidence) -> bool:
        """Whether something moves where the clerk last sat, or anywhere when he never did."""
        if self._sat is None:
            return motion.answer is Answer.YES
        place = self._sat
        self._sat = replace(place, now=_look(frame.pixels, place.box))
        return bool(np.mean(np.abs(self._sat.now - place.now) > STIR) > STIRRED_PLACE)

    def _never_sat(self, at_s: float) -> Evidence:
        if self._calm_since_s is None:
            self._calm_since_s = at_s
        calm_s = at_s - self._calm_since_s
        return EMPTY if calm_s >= self._profile.empty_proof_s else UNSEEN

    def _motion(self, frame: Frame) -> Evidence:
        height, width = frame.pixels.shape[:2]
        cut = cut_tight(self._area.bounds, width=width, height=height)
        patch = _grey(cut.of(frame.pixels), PATCH)
        last, self._patch = self._patch, patch
        if last is None:
            return UNSEEN
        share = float(np.mean(np.abs(patch - last) > STIR))
        return Evidence(Answer.YES if share > STIRRED else Answer.NO, min(1.0, share))


def _look(pixels: Pixels, box: Box) -> Look:
    height, width = pixels.shape[:2]
    return _grey(cut_tight(box, width=width, height=height).of(pixels), LOOK)


def _grey(pixels: Pixels, size: tuple[int, int]) -> Look:
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.float32)


def _correlation(one: Look, other: Look) -> float:
    """Normalised, -1 to 1; light does not matter."""
    a, b = one - one.mean(), other - other.mean()
    scale = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / scale if scale > 0 else 0.0
