"""The part of a picture that is judged for one area of a window."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from video.errors import FootageError, FootageTrouble
from video.messages import ZonePlan
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box, Polygon

MARGIN = 0.25  # of the area's longer side, on each side: a head may lean out
LEAST_PX = 16  # a smaller seat shows nothing that could be told from noise


@dataclass(frozen=True, slots=True)
class Cut:
    """A rectangle of whole pixels, x1 < x2, y1 < y2, in a picture of a known size."""

    x1: int
    y1: int
    x2: int
    y2: int
    width: int
    height: int

    @property
    def least_side(self) -> int:
        """The shorter side, pixels."""
        return min(self.x2 - self.x1, self.y2 - self.y1)

    @property
    def side(self) -> int:
        """The longer side, pixels."""
        return max(self.x2 - self.x1, self.y2 - self.y1)

    def holds(self, box: Box) -> bool:
        """Whether the middle of a box in fractions of the picture lies within."""
        x, y = (box.x1 + box.x2) / 2 * self.width, (box.y1 + box.y2) / 2 * self.height
        return self.x1 <= x <= self.x2 and self.y1 <= y <= self.y2

    def halved(self, times: int) -> "Cut":
        """The same in a picture that was halved so many times; whole pixels, at least one."""
        x1, y1 = self.x1 >> times, self.y1 >> times
        x2, y2 = max(x1 + 1, self.x2 >> times), max(y1 + 1, self.y2 >> times)
        return Cut(x1, y1, x2, y2, self.width >> times, self.height >> times)

    def of(self, pixels: Pixels) -> Pixels:
        """The pixels within, not copied."""
        return pixels[self.y1 : self.y2, self.x1 : self.x2]

    def to_picture(self, box: Box) -> Box:
        """Turn a box in fractions of the cut into one in fractions of the picture."""
        wide, high = self.x2 - self.x1, self.y2 - self.y1
        return Box(
            (self.x1 + box.x1 * wide) / self.width,
            (self.y1 + box.y1 * high) / self.height,
            (self.x1 + box.x2 * wide) / self.width,
            (self.y1 + box.y2 * high) / self.height,
        )

    def truncates(self, box: Box) -> bool:
        """Whether a box in fractions of the cut ends where the cut does, and not the picture."""
        near = 0.02
        return (
            (box.x1 < near and self.x1 > 0)
            or (box.y1 < near and self.y1 > 0)
            or (box.x2 > 1 - near and self.x2 < self.width)
            or (box.y2 > 1 - near and self.y2 < self.height)
        )


def halved(pixels: Pixels, times: int) -> Pixels:
    """A picture halved so many times, each pixel the mean of those that it stands for.

    OpenCV halves three times as fast as it divides by four at once.
    """
    for _ in range(times):
        height, width = pixels.shape[:2]
        half = cv2.resize(pixels, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        pixels = np.asarray(half, np.uint8)
    return pixels


def cut_around(area: Polygon, *, width: int, height: int) -> Cut:
    """A square around an area with a margin, moved into the picture where it would stick out."""
    box = area.bounds
    wide, high = (box.x2 - box.x1) * width, (box.y2 - box.y1) * height
    side = max(wide, high) * (1 + 2 * MARGIN)
    across, down = (max(own, min(side, width, height)) for own in (wide, high))
    x1 = _placed((box.x1 + box.x2) / 2 * width, across, width)
    y1 = _placed((box.y1 + box.y2) / 2 * height, down, height)
    return Cut(x1, y1, x1 + round(across), y1 + round(down), width, height)


def cut_all(cuts: Sequence[Cut]) -> Cut:
    """The smallest square around some cuts of one picture, or what the picture leaves of it."""
    x1, y1 = min(cut.x1 for cut in cuts), min(cut.y1 for cut in cuts)
    x2, y2 = max(cut.x2 for cut in cuts), max(cut.y2 for cut in cuts)
    width, height = cuts[0].width, cuts[0].height
    side = max(x2 - x1, y2 - y1)
    across, down = min(side, width), min(side, height)
    left, top = _placed((x1 + x2) / 2, across, width), _placed((y1 + y2) / 2, down, height)
    return Cut(left, top, left + across, top + down, width, height)


def cut_tight(box: Box, *, width: int, height: int) -> Cut:
    """A box as whole pixels of the picture, at least one."""
    x1, y1 = (
        min(size - 1, max(0, round(edge * size)))
        for edge, size in ((box.x1, width), (box.y1, height))
    )
    x2, y2 = round(min(1.0, box.x2) * width), round(min(1.0, box.y2) * height)
    return Cut(x1, y1, max(x1 + 1, x2), max(y1 + 1, y2), width, height)


def _placed(middle: float, side: float, size: int) -> int:
    return max(0, min(size - round(side), round(middle - side / 2)))


def check_zones(zones: tuple[ZonePlan, ...], *, width: int, height: int) -> None:
    """Refuse zones that cannot be judged in a picture of this size.

    Raises:
        FootageError: BAD_ZONE, with the window's id.
    """
    for zone in zones:
        box = zone.seat.bounds
        pixels = min((box.x2 - box.x1) * width, (box.y2 - box.y1) * height)
        if pixels < LEAST_PX:
            detail = f"{pixels:.0f} of {LEAST_PX} pixels"
            raise FootageError(FootageTrouble.BAD_ZONE, zone.window_id, detail)
    if len({zone.window_id for zone in zones}) < len(zones):
        raise FootageError(FootageTrouble.BAD_ZONE, zones[0].window_id, "a window twice")
