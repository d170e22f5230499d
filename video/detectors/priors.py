"""The default boxes of an SSD head, and how offsets turn into boxes in the picture."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from video.detectors.caffemodel import PriorBox

Boxes = npt.NDArray[np.float32]

CENTRE_VARIANCE, SIZE_VARIANCE = 0.1, 0.2


def default_boxes(maps: Sequence[tuple[int, PriorBox]], *, side: int) -> Boxes:
    """Lay out the boxes of every cell, in the order of the network's outputs.

    Args:
        maps: cells per side and sizes of each feature map.
        side: pixels of the network's square input.

    Returns:
        float32, (n, 4): centre x, centre y, width, height, in fractions of the input.
    """
    rows = [
        ((column + 0.5) / cells, (row + 0.5) / cells, width / side, height / side)
        for cells, prior in maps
        for row in range(cells)
        for column in range(cells)
        for width, height in _shapes(prior)
    ]
    return np.array(rows, np.float32)


def _shapes(prior: PriorBox) -> list[tuple[float, float]]:
    shapes = [(prior.min_size, prior.min_size)]
    if prior.max_size is not None:
        middle = math.sqrt(prior.min_size * prior.max_size)
        shapes.append((middle, middle))
    for aspect in prior.aspects:
        root = math.sqrt(aspect)
        shapes += [
            (prior.min_size * root, prior.min_size / root),
            (prior.min_size / root, prior.min_size * root),
        ]
    return shapes


def decode(offsets: Boxes, priors: Boxes) -> Boxes:
    """Apply offsets to default boxes, both (n, 4); gives corners x1, y1, x2, y2 in fractions."""
    centre = priors[:, :2] + offsets[:, :2] * CENTRE_VARIANCE * priors[:, 2:]
    half = priors[:, 2:] * np.exp(offsets[:, 2:] * SIZE_VARIANCE) / 2
    return np.concatenate([centre - half, centre + half], axis=1)


def suppress(boxes: Boxes, scores: npt.NDArray[np.float32], *, overlap: float) -> list[int]:
    """Keep the best of boxes that overlap more than so much (intersection over union)."""
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    waiting = list(np.argsort(-scores, kind="stable"))
    kept: list[int] = []
    while waiting:
        best = int(waiting.pop(0))
        kept.append(best)
        if not waiting:
            break
        rest = np.array(waiting)
        low = np.maximum(boxes[best, :2], boxes[rest, :2])
        high = np.minimum(boxes[best, 2:], boxes[rest, 2:])
        shared = np.prod(np.clip(high - low, 0, None), axis=1)
        ratio = shared / (areas[best] + areas[rest] - shared)
        waiting = list(rest[ratio <= overlap])
    return kept
