"""Whether a camera's picture can be judged at all."""

from collections import deque
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from video.vocabulary.frame import Frame, Pixels
from video.vocabulary.observation import Health, HealthCause

SMALL = (160, 90)  # pixels; enough to see whether there is a picture
BLACK = 16.0  # grey level, mean
FLAT = 6.0  # grey levels, standard deviation: no hall is so plain
SAME = 0.005  # grey levels, mean difference; a live sensor's noise is a hundred times that
FROZEN_S = 10.0
OVERLAY = 8  # the upper and the lower eighth may hold a clock that the camera goes on painting
LEARN = 30  # pictures from which a camera's usual sharpness is learned
BLURRED = 0.3  # of the usual sharpness
MOVED_SHARE = 0.025  # of the picture's width
MOVED_SURE = 0.3  # of phase correlation
MOVED_S = 5.0
DAMAGED_AT = 3  # packets; one alone is an accident of the network
DAMAGED_WITHIN_S = 10.0

Grey = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A health and its cause."""

    health: Health
    cause: HealthCause


FINE = Verdict(Health.OK, HealthCause.NONE)
NO_FRAMES = Verdict(Health.BLIND, HealthCause.NO_FRAMES)


DAMAGED = Verdict(Health.BLIND, HealthCause.DECODE_ERRORS)
CLOCK_OFF = Verdict(Health.BLIND, HealthCause.CLOCK_OFF)


class DamageWatch:
    """Counts packets that could not be decoded whole: what follows them is smeared, or missing."""

    def __init__(self) -> None:
        self._broken: deque[float] = deque(maxlen=DAMAGED_AT)

    def broke(self, at_s: float) -> None:
        """Take note of one, at a stream second."""
        self._broken.append(at_s)

    def is_damaged(self, at_s: float) -> bool:
        """Tell whether several were broken within the last seconds."""
        full = len(self._broken) == DAMAGED_AT
        return full and at_s - self._broken[0] <= DAMAGED_WITHIN_S


class HealthWatch:
    """Judges the pictures of one camera in turn."""

    def __init__(self) -> None:
        self._last: Pixels | None = None
        self._same_since_s: float | None = None
        self._sharpness: deque[float] = deque(maxlen=LEARN)
        self._usual: Grey | None = None
        self._moved_since_s: float | None = None
        self._window = cv2.createHanningWindow(SMALL, cv2.CV_32F)

    def judge(self, frame: Frame, shrunk: Pixels) -> Verdict:
        """Take one picture, and the same shrunk by somebody who needed it anyway."""
        small = cv2.resize(shrunk, SMALL, interpolation=cv2.INTER_AREA)
        grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.float32)
        if grey.std() < FLAT:
            black = grey.mean() < BLACK
            cause = HealthCause.BLACK_OR_FLAT if black else HealthCause.COVERED
            return Verdict(Health.BLIND, cause)
        if self._is_frozen(frame):
            return Verdict(Health.BLIND, HealthCause.FROZEN)
        if self._is_moved(grey, frame.at_s):
            return Verdict(Health.BLIND, HealthCause.MOVED)
        if self._is_blurred(grey):
            return Verdict(Health.DEGRADED, HealthCause.DEFOCUSED)
        return FINE

    def _is_frozen(self, frame: Frame) -> bool:
        band = frame.pixels.shape[0] // OVERLAY
        now = np.ascontiguousarray(frame.pixels[band:-band:4, ::4, 1])
        last, self._last = self._last, now
        if (
            last is None
            or last.shape != now.shape
            or cv2.norm(now, last, cv2.NORM_L1) > (SAME * now.size)
        ):
            self._same_since_s = None
            return False
        if self._same_since_s is None:
            self._same_since_s = frame.at_s
        return frame.at_s - self._same_since_s >= FROZEN_S

    def _is_moved(self, grey: Grey, at_s: float) -> bool:
        """Compare with the first picture: people come and go, walls stay."""
        if self._usual is None:
            self._usual = grey
        # It multiplies its arguments by the window in place: hand it copies.
        pair = self._usual.copy(), grey.copy()
        (aside, down), sure = cv2.phaseCorrelate(*pair, self._window)
        if max(abs(aside), abs(down)) < MOVED_SHARE * SMALL[0] or sure < MOVED_SURE:
            self._moved_since_s = None
            return False
        if self._moved_since_s is None:
            self._moved_since_s = at_s
        return at_s - self._moved_since_s >= MOVED_S

    def _is_blurred(self, grey: Grey) -> bool:
        """Compare the share of fine detail with what is usual; light does not matter."""
        sharpness = float(cv2.Laplacian(grey, cv2.CV_32F).var() / grey.var())
        if len(self._sharpness) < LEARN:
            self._sharpness.append(sharpness)
            return False
        return sharpness < BLURRED * median(self._sharpness)
