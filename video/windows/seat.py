"""Is the clerk there? A detection says yes; only an empty seat says no.

A detector that loses somebody loses him for long: small, far back, hidden, bent. So no detection is
not yet an absence. It is one when nobody stands before the seat, nothing has stirred in it for a
while, and the place where the clerk was last seen can be made out and does not look as it did.
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
from video.windows.persons import Person, covered, is_same, overlap

LOOK = (24, 32)  # pixels of a remembered look
ALIKE = 0.85  # correlation above which a place looks as it did
CLEAR = 0.5  # share of a look that must be more than noise for it to tell anything
ONLY_LIGHT = 0.04  # share of a change that is edges; 0.06 and more when somebody left
SMOOTH = 2.0  # pixels of a look within which light may change
HIDDEN = 0.6  # share of the seat that others may hide before it cannot be judged
PLACE_HIDDEN = 0.5  # the same of the place where the clerk was last seen
PATCH = (64, 64)  # pixels in which movement is looked for
STIR = 10.0  # grey levels that are movement in any light
LEAST_STIR = 4.0  # in the dark and through haze: fewer are a codec's own
NOISES = 8.0  # medians of all changes that averaged sensor noise stays under
STIRRED = 0.01  # share of the part of the seat that can be seen
STIRRED_PLACE = 0.03  # share of the place where the clerk was last seen
STIRRED_LEAVING = 0.1  # the same when he was seen to leave it: what stirs is he, going
EMPTY = Evidence(Answer.NO, 0.85)

Look = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the clerk was last seen.

    Attributes:
        looks: how it looked with him, in this light and in the one before, the latest last.
        last: how it looked at the last tick.
        vacated: how it looked when it was last found empty since then.
        left: whether he was seen to leave it.
    """

    box: Box
    looks: tuple[Look, ...]
    last: Look
    vacated: Look | None = None
    left: bool = False


class Seat:
    """Remembers one seat from tick to tick."""

    def __init__(self, area: Polygon, profile: Profile) -> None:
        self._area = area
        self._inside = _mask(area)
        self._profile = profile
        self._patch: Look | None = None
        self._changed: Mask | None = None
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
        motion = self._motion(frame, others)
        if here:
            self._sat = _place_of(here[0].box, frame.pixels, self._sat)
            self._calm_since_s = None
            return Evidence(Answer.YES, here[0].score), motion
        if self._sat is not None and any(is_same(self._sat.box, other) for other in others):
            self._sat = replace(self._sat, left=True)
        return (EMPTY if self._is_empty(frame, motion, others) else UNSEEN), motion

    def _is_empty(self, frame: Frame, motion: Evidence, others: Sequence[Box]) -> bool:
        if motion.answer is Answer.YES or self._calm_since_s is None:
            self._calm_since_s = frame.at_s
        calm_s = frame.at_s - self._calm_since_s
        if self._is_hidden(others):
            return False
        if self._sat is None:
            return motion.answer is Answer.NO and calm_s >= self._profile.empty_proof_s
        place, now = self._sat, _look(frame.pixels, self._sat.box)
        self._sat = replace(place, last=now)
        if self._stirs_where_he_sat(others) or calm_s < self._profile.calm_s:
            return False
        if not _is_vacated(place, now):
            return False
        self._sat = replace(self._sat, vacated=now)
        return True

    def _is_hidden(self, others: Sequence[Box]) -> bool:
        if covered(self._area, others) > HIDDEN:
            return True
        if self._sat is None:
            return False
        place = self._sat.box
        return sum(overlap(place, other) for other in others) > PLACE_HIDDEN * place.area

    def _motion(self, frame: Frame, others: Sequence[Box]) -> Evidence:
        """Whether something moves in the part of the seat before which nobody stands."""
        height, width = frame.pixels.shape[:2]
        cut = cut_tight(self._area.bounds, width=width, height=height)
        patch = _grey(cut.of(frame.pixels), PATCH)
        last, self._patch = self._patch, patch
        self._changed = None if last is None else _moved(patch, last)
        seen = self._inside & ~_inside(self._area.bounds, others)
        if self._changed is None or not seen.any():
            return UNSEEN
        share = float(np.mean(self._changed[seen]))
        return Evidence(Answer.YES if share > STIRRED else Answer.NO, share)

    def _stirs_where_he_sat(self, others: Sequence[Box]) -> bool:
        if self._changed is None or self._sat is None:
            return False
        bounds = self._area.bounds
        place = _inside(bounds, [self._sat.box]) & self._inside & ~_inside(bounds, others)
        most = STIRRED_LEAVING if self._sat.left else STIRRED_PLACE
        return bool(place.any() and np.mean(self._changed[place]) > most)


def _place_of(box: Box, pixels: Pixels, before: _Place | None) -> _Place:
    """Remember somebody's place; one who did not move is remembered in the former light too."""
    if before is not None and is_same(before.box, box):
        now, former = _look(pixels, before.box), before.looks[-1]
        if _correlation(former, now) > ALIKE:
            return _Place(before.box, (*before.looks[:-1], now), now)
        if _is_only_light(former, now):
            return _Place(before.box, (former, now), now)
    look = _look(pixels, box)
    return _Place(box, (look,), look)


def _is_vacated(place: _Place, now: Look) -> bool:
    """Whether a place can be made out and looks otherwise than with the clerk in it.

    What was vacated stays so while only the light changes.
    """
    noise = (0.886 * float(np.mean(np.abs(now - place.last)))) ** 2  # the variance in one look
    alike = [_alike(look, now, noise) for look in place.looks]
    if any(one is None or one > ALIKE for one in alike):
        return False
    if not all(_is_lit_up(look, now) for look in place.looks):
        return True
    return place.vacated is not None and _is_only_light(place.vacated, now)


def _is_only_light(one: Look, other: Look) -> bool:
    """Whether two looks differ by light that came or went."""
    return _is_lit_up(one, other) or _is_lit_up(other, one)


def _is_lit_up(before: Look, now: Look) -> bool:
    """Whether light was added and nothing else changed, as when a lamp is mirrored in the glass.

    Such light lies smoothly over a place; somebody who leaves takes his outline with him.
    """
    change = now - before
    smooth = float(_edges(change).var()) < ONLY_LIGHT * float(change.var())
    return smooth and float(change.mean()) > 0


def _alike(one: Look, other: Look, noise: float) -> float | None:
    """The correlation that two looks would have without noise, None when they are mostly noise.

    Noise lowers it by the share of the variances that is noise (Spearman's correction).
    """
    clear = [1 - noise / max(float(look.var()), 1e-6) for look in (one, other)]
    if min(clear) < CLEAR:
        return None
    return _correlation(one, other) / float(np.sqrt(clear[0] * clear[1]))


def _edges(look: Look) -> Look:
    """What is left when light that changes slowly across the place is taken away."""
    return look - np.asarray(cv2.GaussianBlur(look, (0, 0), SMOOTH), np.float32)


def _moved(now: Look, last: Look) -> Mask:
    """The pixels that changed by more than the picture's own noise."""
    change = np.abs(now - last)
    level = min(STIR, max(LEAST_STIR, NOISES * float(np.median(change))))
    return np.asarray(change > level, np.bool_)


def _mask(area: Polygon) -> Mask:
    """The pixels of a patch that lie in the area whose bounds it shows."""
    bounds = area.bounds
    origin = np.array([bounds.x1, bounds.y1])
    extent = np.array([bounds.x2, bounds.y2]) - origin
    corners = (np.array(area.points) - origin) / extent * (np.array(PATCH) - 1)
    drawn = cv2.fillPoly(np.zeros(PATCH, np.uint8), [np.round(corners).astype(np.int32)], 1)
    return np.asarray(drawn, np.bool_)


def _inside(bounds: Box, boxes: Sequence[Box]) -> Mask:
    """The pixels of a patch that lie in any of some boxes."""
    inside = np.zeros(PATCH, np.bool_)
    wide, high = bounds.x2 - bounds.x1, bounds.y2 - bounds.y1
    across, down = PATCH
    for box in boxes:
        x1, x2 = (max(0, round((x - bounds.x1) / wide * across)) for x in (box.x1, box.x2))
        y1, y2 = (max(0, round((y - bounds.y1) / high * down)) for y in (box.y1, box.y2))
        inside[y1:y2, x1:x2] = True
    return inside


def _look(pixels: Pixels, box: Box) -> Look:
    height, width = pixels.shape[:2]
    return _grey(cut_tight(box, width=width, height=height).of(pixels), LOOK)


def _grey(pixels: Pixels, size: tuple[int, int]) -> Look:
    """Shrunk without rounding, so that noise averages out."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.float32)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)


def _correlation(one: Look, other: Look) -> float:
    """Normalised, -1 to 1; light does not matter."""
    a, b = one - one.mean(), other - other.mean()
    scale = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / scale if scale > 0 else 0.0
