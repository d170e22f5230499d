"""Persons and furniture as shaded shapes, true enough for a detector of persons to find them."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from video.vocabulary.frame import Pixels

Colour = tuple[float, float, float]  # BGR, 0 to 255
Point = tuple[float, float]
BITS = 4  # of a pixel's fraction

SKINS: Sequence[Colour] = ((150, 180, 220), (140, 170, 215), (125, 158, 207), (160, 190, 230))
HAIRS: Sequence[Colour] = ((30, 28, 30), (35, 40, 60), (20, 20, 25), (40, 50, 70))
UNIFORMS: Sequence[Colour] = ((150, 90, 50), (225, 220, 215), (80, 55, 48), (120, 130, 60))
COATS: Sequence[Colour] = ((60, 60, 150), (90, 120, 70), (70, 110, 160), (60, 55, 60))
TROUSERS: Sequence[Colour] = ((50, 45, 40), (90, 60, 40), (40, 40, 45))


@dataclass(frozen=True, slots=True)
class Looks:
    """What somebody looks like."""

    skin: Colour
    hair: Colour
    top: Colour
    trousers: Colour = TROUSERS[0]


@dataclass(frozen=True, slots=True)
class Pose:
    """Where and how somebody is; lengths in pixels.

    Attributes:
        crown: the top of the head.
        head: height of the head.
        lean: of the head to the right, in heads.
        reach: of the hands, in heads.
    """

    x: float
    crown: float
    head: float
    lean: float = 0.0
    reach: float = 0.0


def clerk(image: Pixels, pose: Pose, looks: Looks) -> None:
    """Somebody sitting, seen from the front, hands on the counter."""
    brush = Brush(image, pose)
    _torso(brush, looks.top)
    for side, light in ((-1, 0.86), (1, 0.74)):
        _resting_arm(brush, side, shade(looks.top, light), shade(looks.skin, 0.95), pose.reach)
    _neck(brush, looks.skin)
    _collar(brush)
    _face(brush, looks, pose.lean)


def customer(image: Pixels, pose: Pose, looks: Looks) -> None:
    """Somebody standing, seen from behind."""
    brush = Brush(image, pose)
    for side in (-1, 1):
        _leg(brush, side, looks.trousers)
    _torso(brush, looks.top)
    for side, light in ((-1, 0.85), (1, 0.72)):
        _hanging_arm(brush, side, shade(looks.top, light), shade(looks.skin, 0.92))
    _neck(brush, looks.skin)
    brush.oval((pose.lean, 0.54), (0.40, 0.50), looks.hair)
    brush.oval((pose.lean - 0.1, 0.45), (0.22, 0.3), shade(looks.hair, 1.25))


def chair(image: Pixels, pose: Pose, coat: Colour | None) -> None:
    """The back of an office chair, perhaps with a coat over it."""
    brush = Brush(image, pose)
    cloth: Colour = (70, 60, 55)
    brush.shape([(-0.8, 0.9), (0.8, 0.9), (0.9, 3.1), (-0.9, 3.1)], cloth)
    brush.shape([(-0.65, 1.02), (0.65, 1.02), (0.72, 2.9), (-0.72, 2.9)], shade(cloth, 1.25))
    if coat is not None:
        folds = [(-0.9, 0.82), (0.9, 0.82), (1.0, 2.3), (0.55, 2.6), (0.1, 2.35), (-0.4, 2.7)]
        brush.shape([*folds, (-1.0, 2.4)], coat)
        for x in (-0.5, -0.05, 0.45):
            brush.shape([(x, 0.9), (x + 0.07, 0.9), (x + 0.12, 2.3), (x, 2.3)], shade(coat, 0.7))


def shade(colour: Colour, light: float) -> Colour:
    """Lighten or darken."""
    blue, green, red = (min(255.0, max(0.0, part * light)) for part in colour)
    return blue, green, red


class Brush:
    """Draws in heads relative to a figure: x from its middle, y from its crown."""

    def __init__(self, image: Pixels, pose: Pose) -> None:
        self.image = image
        self.pose = pose

    def shape(self, corners: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon."""
        cv2.fillPoly(self.image, [self._fixed(corners)], colour, cv2.LINE_AA, BITS)

    def oval(self, centre: Point, radii: Point, colour: Colour) -> None:
        """Fill an ellipse."""
        (middle,) = self._fixed([centre])
        size = [round(radius * self.pose.head * (1 << BITS)) for radius in radii]
        cv2.ellipse(
            self.image, tuple(map(int, middle)), size, 0, 0, 360, colour, -1, cv2.LINE_AA, BITS
        )

    def mask(self, corners: Sequence[Point]) -> Pixels:
        """The same polygon as a mask of the whole image, 0 to 255."""
        mask = np.zeros(self.image.shape[:2], np.uint8)
        cv2.fillPoly(mask, [self._fixed(corners)], 255, cv2.LINE_AA, BITS)
        return mask

    def _fixed(self, points: Sequence[Point]) -> "np.ndarray[tuple[int, int], np.dtype[np.int32]]":
        place = np.array([self.pose.x, self.pose.crown])
        spots = place + np.array(points, np.float64) * self.pose.head
        return np.round(spots * (1 << BITS)).astype(np.int32)


SHOULDER = 1.25  # heads below the crown
HALF = 1.05  # heads from the middle to a shoulder


def _torso(brush: Brush, colour: Colour) -> None:
    right = [
        (0.25, 0.95), (0.6, SHOULDER - 0.08), (HALF * 0.9, SHOULDER + 0.05),
        (HALF, SHOULDER + 0.35), (HALF * 0.92, SHOULDER + 1.2), (HALF * 0.78, SHOULDER + 2.3),
        (0.8, SHOULDER + 2.9),
    ]  # fmt: skip
    outline = [*right, *((-x, y) for x, y in reversed(right))]
    brush.shape(outline, colour)
    _round_off(brush, outline)


def _round_off(brush: Brush, outline: Sequence[Point]) -> None:
    """Give a flat shape a lit and a dark side."""
    mask, pose = brush.mask(outline), brush.pose
    x, y, width, height = cv2.boundingRect(mask)
    if not width:
        return
    across = (np.arange(x, x + width) - pose.x) / (HALF * pose.head)
    down = (np.arange(y, y + height) - pose.crown) / pose.head - SHOULDER
    light = np.outer(1.05 - 0.083 * down, 1.12 - 0.38 * np.abs(across + 0.25) ** 1.6)
    part = brush.image[y : y + height, x : x + width]
    share = mask[y : y + height, x : x + width, None] / 255.0
    part[:] = np.clip(part * (1 - share + light[..., None] * share), 0, 255).astype(np.uint8)


def _resting_arm(brush: Brush, side: int, sleeve: Colour, skin: Colour, reach: float) -> None:
    s, x, y = side, side * HALF * 0.92, SHOULDER
    upper = [
        (x - s * 0.2, y + 0.1), (x + s * 0.12, y + 0.25), (x + s * 0.3, y + 1.45),
        (x - s * 0.1, y + 1.95), (x - s * 0.45, y + 1.75), (x - s * 0.12, y + 1.35),
    ]  # fmt: skip
    brush.shape(upper, sleeve)
    hand = x - s * (0.85 + reach)
    lower = [
        (x + s * 0.25, y + 1.4), (x - s * 0.1, y + 2.05),
        (hand + s * 0.1, y + 2.1), (hand + s * 0.1, y + 1.75),
    ]  # fmt: skip
    brush.shape(lower, shade(sleeve, 0.94))
    brush.oval((hand, y + 1.93), (0.24, 0.17), skin)


def _hanging_arm(brush: Brush, side: int, sleeve: Colour, skin: Colour) -> None:
    s, x, y = side, side * HALF * 0.92, SHOULDER
    arm = [
        (x - s * 0.2, y + 0.1), (x + s * 0.12, y + 0.25), (x + s * 0.2, y + 1.5),
        (x + s * 0.12, y + 2.7), (x - s * 0.18, y + 2.7), (x - s * 0.15, y + 1.5),
    ]  # fmt: skip
    brush.shape(arm, sleeve)
    brush.oval((x - s * 0.02, y + 2.85), (0.17, 0.25), skin)


def _leg(brush: Brush, side: int, colour: Colour) -> None:
    s, y = side, SHOULDER
    leg = [
        (s * 0.05, y + 2.6), (s * 0.82, y + 2.6), (s * 0.62, y + 4.6),
        (s * 0.58, y + 6.1), (s * 0.12, y + 6.1), (s * 0.12, y + 4.6),
    ]  # fmt: skip
    brush.shape(leg, shade(colour, 1.0 if side < 0 else 0.85))
    brush.oval((s * 0.4, y + 6.15), (0.36, 0.16), (25, 25, 30))


def _neck(brush: Brush, skin: Colour) -> None:
    brush.shape([(-0.2, 0.8), (0.2, 0.8), (0.26, SHOULDER), (-0.26, SHOULDER)], shade(skin, 0.78))


def _collar(brush: Brush) -> None:
    y = SHOULDER
    brush.shape([(-0.28, y - 0.12), (0, y + 0.35), (-0.5, y + 0.02)], (235, 235, 235))
    brush.shape([(0.28, y - 0.12), (0, y + 0.35), (0.5, y + 0.02)], (225, 225, 225))
    tie = [(-0.07, y + 0.15), (0.07, y + 0.15), (0.12, y + 1.3), (0, y + 1.45), (-0.12, y + 1.3)]
    brush.shape(tie, (40, 30, 120))


def _face(brush: Brush, looks: Looks, lean: float) -> None:
    brush.oval((lean, 0.54), (0.40, 0.50), looks.hair)
    brush.oval((lean, 0.62), (0.345, 0.42), looks.skin)
    brush.oval((lean + 0.2, 0.64), (0.14, 0.36), shade(looks.skin, 0.88))
    brush.oval((lean, 0.25), (0.36, 0.2), looks.hair)
    for side in (-1, 1):
        eye = lean + side * 0.14
        brush.oval((eye, 0.56), (0.06, 0.03), (235, 235, 235))
        brush.oval((eye, 0.56), (0.03, 0.033), (30, 25, 25))
        brush.oval((eye, 0.47), (0.09, 0.02), shade(looks.hair, 1.1))
        brush.oval((lean + side * 0.38, 0.62), (0.05, 0.1), shade(looks.skin, 0.85))
    brush.oval((lean, 0.70), (0.045, 0.07), shade(looks.skin, 0.82))
    brush.oval((lean, 0.86), (0.11, 0.03), (90, 80, 170))
