"""What may be an area on a picture: a simple polygon within it, large enough to judge."""

from collections.abc import Iterator
from enum import Enum
from itertools import combinations

from desktop.domain.organisation import Corners

# Share of the picture; smaller than a twentieth by a fiftieth of it holds no person.
SMALLEST_AREA = 0.001

Point = tuple[float, float]
Edge = tuple[Point, Point]


class ZoneTrouble(Enum):
    """Why an area cannot be taken."""

    TOO_FEW = "too_few"
    OUTSIDE = "outside"
    CROSSES = "crosses"
    TOO_SMALL = "too_small"


def zone_trouble(corners: Corners) -> ZoneTrouble | None:
    """Tell what is wrong with an area, None when nothing is; corners are fractions."""
    if len(set(corners)) < 3:
        return ZoneTrouble.TOO_FEW
    if any(not 0 <= part <= 1 for corner in corners for part in corner):
        return ZoneTrouble.OUTSIDE
    if _crosses(corners):
        return ZoneTrouble.CROSSES
    return ZoneTrouble.TOO_SMALL if area_of(corners) < SMALLEST_AREA else None


def area_of(corners: Corners) -> float:
    """The share of the picture that a simple polygon covers, 0 to 1."""
    return abs(sum(xa * yb - xb * ya for (xa, ya), (xb, yb) in _edges(corners))) / 2


def _edges(corners: Corners) -> Iterator[Edge]:
    return zip(corners, (*corners[1:], corners[0]), strict=True)


def _crosses(corners: Corners) -> bool:
    """Tell whether two edges that share no corner meet."""
    return any(
        _meet(one, other)
        for one, other in combinations(_edges(corners), 2)
        if not set(one) & set(other)
    )


def _meet(one: Edge, other: Edge) -> bool:
    return (_side(one, other[0]) * _side(one, other[1]) <= 0) and (
        _side(other, one[0]) * _side(other, one[1]) <= 0
    )


def _side(edge: Edge, point: Point) -> float:
    """Which side of an edge a point lies on: positive, negative, or 0 on its line."""
    (xa, ya), (xb, yb) = edge
    return (xb - xa) * (point[1] - ya) - (yb - ya) * (point[0] - xa)
