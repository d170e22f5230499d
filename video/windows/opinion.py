"""A second opinion on one seat, learned on the site: it makes doubtful, and knows nobody.

It sees edges in a patch of 64 pixels, far too few to tell one person from another.
"""

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from video.errors import FootageError, FootageTrouble
from video.vocabulary.frame import Frame, Pixels
from video.vocabulary.geometry import Polygon
from video.vocabulary.lesson import Lesson, Shown
from video.vocabulary.observation import UNSEEN, Answer, Evidence
from video.windows.areas import cut_tight

SIDE = 64  # pixels of the patch that is judged
PLAY = 4  # pixels around it, within which teaching moves it
CELLS, TURNS = 8, 9  # a side; directions of edges, dark to bright or bright to dark alike
FEATURES = CELLS * CELLS * TURNS
SURE = 0.9  # of its own probability, either way; between, it has no opinion
FAINT = 0.02  # of the strongest cell there can be: what has fewer edges is noise

Features: TypeAlias = npt.NDArray[np.float32]


def patch_of(pixels: Pixels) -> Features:
    """The grey patch of a seat's picture, with play around it; float32, 0 to 1."""
    side = SIDE + 2 * PLAY
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) * np.float32(1 / 255)


def features_of(patch: Features, across: int = 0, down: int = 0) -> Features:
    """Histograms of edge directions (Dalal and Triggs, 2005), each cell weighed by those around.

    Args:
        across, down: pixels by which the seat is moved, up to `PLAY`.
    """
    top, left = PLAY + down, PLAY + across
    seen = np.ascontiguousarray(patch[top : top + SIDE, left : left + SIDE])
    dx, dy = cv2.Sobel(seen, cv2.CV_32F, 1, 0), cv2.Sobel(seen, cv2.CV_32F, 0, 1)
    strength, angle = cv2.cartToPolar(dx, dy)
    turn = np.floor(np.asarray(angle) * (TURNS / np.pi)).astype(np.int64) % TURNS
    size = SIDE // CELLS
    row, column = np.indices((SIDE, SIDE)) // size
    place = (row * CELLS + column) * TURNS + turn
    sums = np.bincount(place.ravel(), np.asarray(strength).ravel(), FEATURES)
    cells = sums.reshape(CELLS, CELLS, TURNS).astype(np.float32)
    energy = cv2.blur(np.square(cells).sum(axis=2), (3, 3))
    least = FAINT * size * size
    weighed = cells / np.sqrt(np.asarray(energy)[:, :, None] + least * least)
    return np.asarray(weighed, np.float32).ravel()


class Opinion:
    """Judges one seat by what was learned of it."""

    def __init__(self, seat: Polygon, lesson: Lesson) -> None:
        """Make ready.

        Raises:
            FootageError: DAMAGED when the weights are not what teaching makes.
        """
        weights = np.frombuffer(lesson.weights, "<f4") if len(lesson.weights) % 4 == 0 else None
        if weights is None or weights.size != FEATURES + 1 or not np.isfinite(weights).all():
            raise FootageError(FootageTrouble.DAMAGED, "lesson", f"{len(lesson.weights)} bytes")
        self._bounds, self._trusted = seat.bounds, lesson.trusted
        self._weights, self._bias = weights[:-1], float(weights[-1])

    def of(self, frame: Frame) -> Shown | None:
        """Tell what a picture of the camera shows in the seat, None when that is not sure."""
        height, width = frame.pixels.shape[:2]
        cut = cut_tight(self._bounds, width=width, height=height)
        features = features_of(patch_of(cut.of(frame.pixels)))
        return sure_of(float(features @ self._weights) + self._bias)

    def weighed(self, clerk: Evidence, motion: Evidence, frame: Frame, *, hidden: bool) -> Evidence:
        """Confirm what is held of the clerk, or doubt it; never turn it round.

        A clerk whom the detector sees is doubted only while nothing moves: a coat does not. Where
        nothing else can tell, a trusted opinion is an answer, unless others hide the seat.
        """
        asked = clerk.answer is not Answer.YES or motion.answer is Answer.NO
        if not asked or (clerk.answer is Answer.UNKNOWN and (not self._trusted or hidden)):
            return clerk
        match clerk.answer, self.of(frame):
            case (Answer.NO, Shown.CLERK) | (Answer.YES, Shown.EMPTY):
                return UNSEEN
            case Answer.UNKNOWN, Shown.CLERK:
                return Evidence(Answer.YES, SURE)
            case Answer.UNKNOWN, Shown.EMPTY:
                return Evidence(Answer.NO, SURE)
        return clerk


def sure_of(logit: float) -> Shown | None:
    """Tell what the logarithm of odds for a clerk stands for."""
    least = float(np.log(SURE / (1 - SURE)))
    if abs(logit) < least:
        return None
    return Shown.CLERK if logit > 0 else Shown.EMPTY
