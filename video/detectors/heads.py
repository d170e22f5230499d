"""What the outputs of a family mean: boxes, and how surely each is a person or a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from video.detectors.asking import Answer
from video.detectors.feeding import Feed, Floats
from video.vocabulary.model import ModelFamily

_FRACTION = 4.0  # a box may reach beyond the picture, but not so far


class Unfit(ValueError):
    """The outputs are not those of the family; says what came and what was wanted."""


@dataclass(frozen=True, slots=True)
class Output:
    """An output as the file describes it; a size that is not fixed is -1."""

    name: str
    shape: tuple[int, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Classes:
    """The numbers of the classes that matter; `phone` is None where there is none."""

    person: int
    phone: int | None = None


# By how many classes a model tells apart: COCO in a row or by its own numbers, VOC without and
# with a background, persons alone.
CLASSES: Mapping[int, Classes] = {
    80: Classes(0, 67),
    90: Classes(1, 77),
    91: Classes(1, 77),
    20: Classes(14),
    21: Classes(15),
    1: Classes(0),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Boxes (n, 4) as corners in fractions of the input, and two scores (n,) of each, 0 to 1."""

    boxes: Floats
    person: Floats
    phone: Floats


class Head(Protocol):
    """Reads the outputs of one model."""

    @property
    def classes(self) -> Classes:
        """The numbers it looks for."""

    def check(self, outputs: Answer) -> None:
        """Try the first answer.

        Raises:
            Unfit: it is not what the family tells.
        """

    def read(self, outputs: Answer) -> Found:
        """Take the answer about one crop."""


def head_of(family: ModelFamily, outputs: Sequence[Output], feed: Feed) -> Head:
    """Choose how to read.

    Raises:
        Unfit: the outputs are not those of the family.
    """
    match family:
        case ModelFamily.YOLOX:
            return YoloxHead.of(outputs, feed)
        case ModelFamily.SSD:
            return ToldHead.of(outputs, feed, CLASSES[91])
        case ModelFamily.RT_DETR | ModelFamily.D_FINE | ModelFamily.RF_DETR:
            if len(outputs) == 2:
                return QueryHead.of(outputs)
            return ToldHead.of(outputs, feed, CLASSES[80])


@dataclass(frozen=True, slots=True)
class YoloxHead:
    """One row a cell: centre and size still relative to it, whether anything is there, classes."""

    classes: Classes
    cells: Floats  # (n, 3): column, row, stride
    side: tuple[int, int]  # pixels of the input, width and height

    @classmethod
    def of(cls, outputs: Sequence[Output], feed: Feed) -> "YoloxHead":
        """Lay out the cells; the largest models have a fourth stride."""
        (one,) = _of_number(outputs, 1)
        rows = [_cells(feed, strides) for strides in ((8, 16, 32), (8, 16, 32, 64))]
        fitting = [cells for cells in rows if one.shape[:2] == (1, len(cells))]
        if len(one.shape) != 3 or not fitting:
            raise Unfit(f"{_told(one)}: YOLOX has (1, {len(rows[0])}, 5 + classes)")
        return cls(_classes(one.shape[2] - 5), fitting[0], (feed.width, feed.height))

    def check(self, outputs: Answer) -> None:
        """Tell places within a cell from places in the picture."""
        if float(np.abs(outputs[0][0, :, :2]).max()) > max(self.side) / 4:
            raise Unfit("the boxes are decoded already: export without decode_in_inference")

    def read(self, outputs: Answer) -> Found:
        """Decode all rows."""
        rows = outputs[0][0].astype(np.float32)
        across, down = self.side
        stride = self.cells[:, 2:]
        centre = (rows[:, :2] + self.cells[:, :2]) * stride
        half = np.exp(np.minimum(rows[:, 2:4], 10.0)) * stride / 2
        boxes = np.concatenate([centre - half, centre + half], axis=1)
        scores = rows[:, 5:] * rows[:, 4:5]
        whole = np.array([across, down] * 2, np.float32)
        return _found(np.asarray(boxes / whole, np.float32), scores, self.classes)


@dataclass(frozen=True, slots=True)
class QueryHead:
    """One row a query: centre and size in fractions, and a logit for each class."""

    classes: Classes
    boxes_at: int

    @classmethod
    def of(cls, outputs: Sequence[Output]) -> "QueryHead":
        """Tell boxes from logits."""
        wide = [one.shape[2] if len(one.shape) == 3 else 0 for one in outputs]
        if 4 not in wide or 0 in wide:
            told = ", ".join(map(_told, outputs))
            raise Unfit(f"{told}: two outputs are (1, n, 4) and (1, n, classes)")
        boxes_at = wide.index(4)
        return cls(_classes(wide[1 - boxes_at]), boxes_at)

    def check(self, outputs: Answer) -> None:
        """Tell fractions from pixels."""
        if float(np.abs(outputs[self.boxes_at]).max()) > _FRACTION:
            raise Unfit("the boxes are in pixels instead of fractions of the input")

    def read(self, outputs: Answer) -> Found:
        """Decode all rows."""
        rows = outputs[self.boxes_at][0].astype(np.float32)
        logits = outputs[1 - self.boxes_at][0].astype(np.float32)
        half = rows[:, 2:] / 2
        boxes = np.concatenate([rows[:, :2] - half, rows[:, :2] + half], axis=1)
        return _found(boxes, 1 / (1 + np.exp(-np.clip(logits, -50, 50))), self.classes)


@dataclass(frozen=True, slots=True)
class ToldHead:
    """Boxes that were chosen already, with the number of their class and a score.

    Attributes:
        order: of x1, y1, x2, y2 among the columns.
        unit: what one is, in fractions of the input.
    """

    classes: Classes
    boxes_at: int
    labels_at: int
    scores_at: int
    order: tuple[int, int, int, int]
    unit: tuple[float, float, float, float]

    @classmethod
    def of(cls, outputs: Sequence[Output], feed: Feed, classes: Classes) -> "ToldHead":
        """Tell boxes, labels and scores apart."""
        told = ", ".join(map(_told, outputs))
        places = {_role(one): place for place, one in enumerate(outputs)}
        if not {"boxes", "labels", "scores"} <= set(places):
            raise Unfit(f"{told}: boxes (n, 4), labels (n) and scores (n) are wanted")
        tensorflow = "detection_boxes" in outputs[places["boxes"]].name
        order = (1, 0, 3, 2) if tensorflow else (0, 1, 2, 3)
        pixels = feed.height, feed.width
        unit = (1.0, 1.0) if tensorflow or classes.person == 0 else (1 / pixels[1], 1 / pixels[0])
        at = places["boxes"], places["labels"], places["scores"]
        return cls(classes, *at, order, (*unit, *unit))

    def check(self, outputs: Answer) -> None:
        """Count boxes, labels and scores."""
        boxes = outputs[self.boxes_at].size // 4
        labels, scores = outputs[self.labels_at].size, outputs[self.scores_at].size
        if not boxes == labels == scores:
            raise Unfit(f"{boxes} boxes, {labels} labels, {scores} scores")

    def read(self, outputs: Answer) -> Found:
        """Take what was told."""
        boxes = outputs[self.boxes_at].reshape(-1, 4)[:, list(self.order)].astype(np.float32)
        labels = outputs[self.labels_at].reshape(-1).astype(np.int64)
        scores = outputs[self.scores_at].reshape(-1).astype(np.float32)
        person, phone = (
            np.where(labels == number, scores, 0).astype(np.float32)
            for number in (self.classes.person, self.classes.phone)
        )
        return Found(boxes * np.array(self.unit, np.float32), person, phone)


def _found(boxes: Floats, scores: Floats, classes: Classes) -> Found:
    phone = np.zeros(len(boxes), np.float32)
    if classes.phone is not None:
        phone = scores[:, classes.phone]
    return Found(boxes, scores[:, classes.person], phone)


def _cells(feed: Feed, strides: Sequence[int]) -> Floats:
    rows = [
        (column, row, stride)
        for stride in strides
        for row in range(feed.height // stride)
        for column in range(feed.width // stride)
    ]
    return np.array(rows, np.float32)


def _classes(number: int) -> Classes:
    if number not in CLASSES:
        known = ", ".join(map(str, sorted(CLASSES)))
        raise Unfit(f"{number} classes: known sets have {known}")
    return CLASSES[number]


def _of_number(outputs: Sequence[Output], number: int) -> Sequence[Output]:
    if len(outputs) != number:
        raise Unfit(f"{len(outputs)} outputs instead of {number}: {', '.join(map(_told, outputs))}")
    return outputs


def _role(one: Output) -> str:
    if one.shape and one.shape[-1] == 4 and len(one.shape) > 1:
        return "boxes"
    if one.whole or "label" in one.name or "class" in one.name:
        return "labels"
    return "other" if "num" in one.name else "scores"


def _told(one: Output) -> str:
    return f"{one.name} {one.shape}".replace("-1", "?")
