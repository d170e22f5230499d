"""The areas of one camera while they are drawn; each change gives a new sketch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from desktop.domain.identifiers import WindowId
from desktop.domain.organisation import Corners, Zone
from desktop.domain.zones import ZoneTrouble, zone_trouble
from desktop.system.language import marked, said

Point = tuple[float, float]


class Part(Enum):
    """The two areas of a window."""

    SEAT = marked("座席")
    CUSTOMER = marked("顾客区")

    @property
    def word(self) -> str:
        """The part in the current language."""
        return said(self.value)


@dataclass(frozen=True, slots=True)
class Area:
    """Which area is meant."""

    window_id: WindowId
    part: Part


@dataclass(frozen=True, slots=True)
class Sketch:
    """All areas, and the corners of the one that is being drawn and not closed yet."""

    areas: Mapping[Area, Corners]
    drawn: Corners = ()

    def corners(self, area: Area) -> Corners:
        """The corners of an area; none where it was not drawn."""
        return self.areas.get(area, ())

    def with_corner(self, point: Point) -> "Sketch":
        """Go on drawing to a point."""
        return replace(self, drawn=(*self.drawn, _inside(point)))

    def without_last(self) -> "Sketch":
        """Take the last drawn corner back."""
        return replace(self, drawn=self.drawn[:-1])

    def closed(self, area: Area) -> "Sketch":
        """Make what was drawn the area."""
        return Sketch({**self.areas, area: self.drawn})

    def moved(self, area: Area, number: int, point: Point) -> "Sketch":
        """Put one corner of an area elsewhere."""
        corners = list(self.corners(area))
        corners[number] = _inside(point)
        return replace(self, areas={**self.areas, area: tuple(corners)})

    def without(self, area: Area) -> "Sketch":
        """Remove an area; a seat takes its customers' area along."""
        gone = {area}
        if area.part is Part.SEAT:
            gone.add(Area(area.window_id, Part.CUSTOMER))
        return Sketch({each: c for each, c in self.areas.items() if each not in gone})

    def zones(self) -> tuple[Zone, ...]:
        """The areas as a camera keeps them, by window."""
        return tuple(
            Zone(area.window_id, corners, self.corners(Area(area.window_id, Part.CUSTOMER)))
            for area, corners in self.areas.items()
            if area.part is Part.SEAT
        )


def sketch_of(zones: Iterable[Zone]) -> Sketch:
    """Begin with the areas that a camera has."""
    areas: dict[Area, Corners] = {}
    for zone in zones:
        areas[Area(zone.window_id, Part.SEAT)] = zone.seat
        if zone.customer:
            areas[Area(zone.window_id, Part.CUSTOMER)] = zone.customer
    return Sketch(areas)


TROUBLES: Mapping[ZoneTrouble, str] = {
    ZoneTrouble.TOO_FEW: marked("至少要画三个不同的点。"),
    ZoneTrouble.OUTSIDE: marked("有的点在画面之外。"),
    ZoneTrouble.CROSSES: marked("边线互相交叉，分不清里外。请重画。"),
    ZoneTrouble.TOO_SMALL: marked("区域太小，看不清人。请画大一些。"),
}


def trouble_said(corners: Corners) -> str:
    """Say what is wrong with an area; "" when nothing is."""
    trouble = zone_trouble(corners)
    return said(TROUBLES[trouble]) if trouble else ""


def _inside(point: Point) -> Point:
    """Keep a point on the picture, to a thousandth: finer than any pixel that is judged."""
    x, y = (round(min(1.0, max(0.0, part)), 3) for part in point)
    return x, y
