"""What really happened on named footage: zones, and when they were occupied and empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from video.vocabulary.geometry import Polygon


class ZoneKind(Enum):
    """What a zone is for."""

    STAFF_POST = "staff_post"
    DESK = "desk"
    SEAT = "seat"
    TILL = "till"
    CUSTOMER_ZONE = "customer_zone"

    @property
    def is_post(self) -> bool:
        """Whether somebody should hold it; a customer zone is never judged absent."""
        return self is not ZoneKind.CUSTOMER_ZONE


@dataclass(frozen=True, slots=True)
class Interval:
    """Seconds from the first picture; `start_s <= end_s`."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if self.end_s < self.start_s:
            raise ValueError((self.start_s, self.end_s))

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.end_s - self.start_s

    def holds(self, at_s: float) -> bool:
        """Whether a second lies inside; the end does not."""
        return self.start_s <= at_s < self.end_s


@dataclass(frozen=True, slots=True)
class TrueZone:
    """One zone and its intervals by name: occupied, empty, ignore, occluded and others."""

    zone_id: str
    kind: ZoneKind
    polygon: Polygon
    intervals: Mapping[str, tuple[Interval, ...]]
    serves: str | None = None

    def named(self, name: str) -> tuple[Interval, ...]:
        """The intervals of one name, none where the truth does not speak of it."""
        return self.intervals.get(name, ())


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth about one clip."""

    video: str
    duration_s: float
    zones: tuple[TrueZone, ...]
    drawn: bool = False

    @property
    def posts(self) -> tuple[TrueZone, ...]:
        """The zones that somebody should hold."""
        return tuple(zone for zone in self.zones if zone.kind.is_post)

    def customers_of(self, post: TrueZone) -> TrueZone | None:
        """Where the customers of a post stand, None where the truth does not tell."""
        return next((zone for zone in self.zones if zone.serves == post.zone_id), None)
