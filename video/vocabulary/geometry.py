"""Points, boxes and polygons on a picture, as fractions of its width and height."""

from collections.abc import Sequence
from dataclasses import dataclass

from video.errors import FootageError, FootageTrouble


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in fractions of the picture, origin top left, x1 < x2, y1 < y2."""

    x1: float
    y1: float
    x2: float
    y2: float

    def __post_init__(self) -> None:
        if not (self.x1 < self.x2 and self.y1 < self.y2):
            raise ValueError((self.x1, self.y1, self.x2, self.y2))

    @property
    def area(self) -> float:
        """Share of the picture, 0 to 1."""
        return (self.x2 - self.x1) * (self.y2 - self.y1)


@dataclass(frozen=True, slots=True)
class Polygon:
    """A simple polygon of three points or more, in fractions of the picture, origin top left."""

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        if len(set(self.points)) < 3 or _doubled_area(self.points) == 0:
            raise FootageError(FootageTrouble.BAD_ZONE, "polygon", f"{len(self.points)} points")
        if any(not 0 <= c <= 1 for point in self.points for c in point):
            raise FootageError(FootageTrouble.BAD_ZONE, "polygon", "outside the picture")

    @classmethod
    def from_pixels(
        cls, points: Sequence[tuple[float, float]], *, width: int, height: int
    ) -> "Polygon":
        """Scale pixel corners to fractions.

        Raises:
            FootageError: BAD_ZONE when a corner lies outside the picture or the area is empty.
        """
        return cls(tuple((x / width, y / height) for x, y in points))

    @property
    def bounds(self) -> Box:
        """The smallest box around it."""
        xs, ys = zip(*self.points, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside (even-odd rule)."""
        inside = False
        last = self.points[-1]
        for here in self.points:
            (xa, ya), (xb, yb) = last, here
            if (ya > y) != (yb > y) and x < (xb - xa) * (y - ya) / (yb - ya) + xa:
                inside = not inside
            last = here
        return inside


def _doubled_area(points: Sequence[tuple[float, float]]) -> float:
    ring = zip(points, (*points[1:], points[0]), strict=True)
    return abs(sum(xa * yb - xb * ya for (xa, ya), (xb, yb) in ring))
