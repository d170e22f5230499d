"""How a crop becomes what a network eats, and its boxes become boxes in the crop."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from video.vocabulary.frame import Pixels
from video.vocabulary.model import ModelFamily

Floats = npt.NDArray[np.float32]

FILL = 114  # grey beside a letterboxed picture, as YOLOX was trained
# Means and deviations of ImageNet, RGB, as of 0 to 1.
_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True, slots=True)
class Feed:
    """The input of a network.

    Attributes:
        letterboxed: keeps proportions, the picture at the upper left; else it is stretched.
        whole: takes whole numbers, 0 to 255, channels last.
    """

    width: int
    height: int
    letterboxed: bool = False
    rgb: bool = True
    scale: float = 1 / 255
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    deviation: tuple[float, float, float] = (1.0, 1.0, 1.0)
    whole: bool = False

    def blob(self, crop: Pixels) -> npt.NDArray[np.float32] | npt.NDArray[np.uint8]:
        """BGR uint8 of any size to (1, 3, height, width) float32, or to uint8, channels last."""
        wide, high = self._used(crop)
        how = cv2.INTER_AREA if high < crop.shape[0] else cv2.INTER_LINEAR
        scaled = cv2.resize(crop, (wide, high), interpolation=how)
        canvas = np.full((self.height, self.width, 3), FILL, np.uint8)
        canvas[:high, :wide] = scaled[..., ::-1] if self.rgb else scaled
        if self.whole:
            return canvas[None]
        floats = canvas.astype(np.float32) * np.float32(self.scale)
        floats = (floats - _floats(self.mean)) / _floats(self.deviation)
        return np.ascontiguousarray(floats.transpose(2, 0, 1)[None])

    def to_crop(self, boxes: Floats, crop: Pixels) -> Floats:
        """Corners (n, 4) in fractions of the input to fractions of the crop."""
        wide, high = self._used(crop)
        stretch = (self.width / wide, self.height / high)
        return boxes * _floats((*stretch, *stretch))

    def _used(self, crop: Pixels) -> tuple[int, int]:
        if not self.letterboxed:
            return self.width, self.height
        high, wide = crop.shape[:2]
        ratio = min(self.width / wide, self.height / high)
        return max(1, int(wide * ratio)), max(1, int(high * ratio))


def feed_of(family: ModelFamily, *, width: int, height: int, whole: bool) -> Feed:
    """The input that models of a family were trained with."""
    match family:
        case ModelFamily.YOLOX:
            return Feed(width, height, letterboxed=True, rgb=False, scale=1.0)
        case ModelFamily.RF_DETR:
            return Feed(width, height, mean=_MEAN, deviation=_DEVIATION)
        case ModelFamily.RT_DETR | ModelFamily.D_FINE | ModelFamily.SSD:
            return Feed(width, height, whole=whole)


def _floats(values: Sequence[float]) -> Floats:
    return np.array(values, np.float32)
