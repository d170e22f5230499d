"""Whose person is it: each box in the picture belongs to one area of one window, or to none."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from video.vocabulary.detection import Detection, Kind
from video.vocabulary.geometry import Box, Polygon
from video.windows.areas import Cut

SAME = 0.45  # intersection over union of two views of one person
PART = 0.7  # share of a truncated box that a whole one covers
BELONGS = 0.5  # share of head and upper body inside an area
STANDS = 0.75  # share of the lower body inside an area

_ACROSS = (0.3, 0.5, 0.7)
_DOWN = (0.1, 0.2, 0.35, 0.5)  # head and upper body
_LOW = (0.7, 0.8, 0.9)  # legs; a clerk's are behind the counter, and so not in the box


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the picture; box in its fractions, score 0 to 1."""

    box: Box
    score: float
    truncated: bool = False


def seen_in(cut: Cut, found: Iterable[Detection]) -> tuple[Person, ...]:
    """Bring what was found in a crop into the picture."""
    return tuple(
        Person(cut.to_picture(one.box), one.score, cut.truncates(one.box))
        for one in found
        if one.kind is Kind.PERSON
    )


def merged(views: Sequence[Person]) -> tuple[Person, ...]:
    """Count somebody once whom several overlapping crops have seen; whole views go first."""
    kept: list[Person] = []
    for one in sorted(views, key=lambda person: (person.truncated, -person.score)):
        if not any(is_one(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def is_one(one: Person, other: Person) -> bool:
    """Whether one is the other, or a truncated view of the other."""
    if is_same(one.box, other.box):
        return True
    return one.truncated and overlap(one.box, other.box) / one.box.area > PART


def is_same(one: Box, other: Box) -> bool:
    """Whether two boxes show one person."""
    shared = overlap(one, other)
    return shared / (one.area + other.area - shared) > SAME


def overlap(one: Box, other: Box) -> float:
    """Shared area of two boxes, as a share of the picture."""
    width = min(one.x2, other.x2) - max(one.x1, other.x1)
    height = min(one.y2, other.y2) - max(one.y1, other.y1)
    return max(0.0, width) * max(0.0, height)


def share_inside(box: Box, area: Polygon, down: Sequence[float] = _DOWN) -> float:
    """Share of somebody's head and upper body inside an area, 0 to 1."""
    if not overlap(box, area.bounds):
        return 0.0
    spots = [
        (box.x1 + across * (box.x2 - box.x1), box.y1 + low * (box.y2 - box.y1))
        for across in _ACROSS
        for low in down
    ]
    return sum(area.holds(x, y) for x, y in spots) / len(spots)


def owner(
    person: Person, areas: Sequence[Polygon], queues: Collection[int] = frozenset()
) -> int | None:
    """The number of the area that somebody belongs to, None for a passer-by.

    Args:
        queues: which of the areas are for customers. Whoever stands in one is a customer, though
            his head hides a seat behind him.
    """
    shares = [share_inside(person.box, area) for area in areas]
    best = max(range(len(areas)), key=shares.__getitem__, default=None)
    if best is None or shares[best] < BELONGS:
        return None
    stood = (queue for queue in queues if share_inside(person.box, areas[queue], _LOW) >= STANDS)
    return best if best in queues else next(stood, best)


def covered(area: Polygon, by: Iterable[Box]) -> float:
    """Share of an area that boxes hide, 0 to 1."""
    box, boxes = area.bounds, tuple(by)
    steps = [(n + 0.5) / 8 for n in range(8)]
    spots = [
        (x, y)
        for x in (box.x1 + step * (box.x2 - box.x1) for step in steps)
        for y in (box.y1 + step * (box.y2 - box.y1) for step in steps)
        if area.holds(x, y)
    ]
    hidden = [any(b.x1 <= x <= b.x2 and b.y1 <= y <= b.y2 for b in boxes) for x, y in spots]
    return sum(hidden) / len(hidden) if hidden else 0.0
