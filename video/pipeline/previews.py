"""Pictures for the wall, no more and no larger than asked for."""

from collections.abc import Callable

import cv2
import numpy as np

from video.evidence.stills import jpeg_of
from video.messages import Preview, PreviewPlan
from video.vocabulary.frame import Frame, Pixels

QUALITY = 80


class Previewer:
    """Makes previews of one camera, limited by our own clock however fast a recording plays."""

    def __init__(self, camera_id: str, plan: PreviewPlan, clock: Callable[[], float]) -> None:
        self._camera_id = camera_id
        self._plan = plan
        self._clock = clock
        self._due = float("-inf")

    def of(self, frame: Frame) -> Preview | None:
        """Give a preview when one is due."""
        now = self._clock()
        if now < self._due:
            return None
        self._due = now + 1.0 / self._plan.per_second
        small = scaled(frame.pixels, self._plan.max_width)
        height, width = small.shape[:2]
        jpeg = jpeg_of(small, quality=QUALITY)
        return Preview(self._camera_id, frame.at_wall, jpeg, width, height)


def scaled(pixels: Pixels, max_width: int) -> Pixels:
    """Shrink a picture to a width; a smaller one stays as it is."""
    height, width = pixels.shape[:2]
    if width <= max_width:
        return pixels
    size = (max_width, max(1, round(height * max_width / width)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
