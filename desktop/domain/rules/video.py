"""Rules over what cameras saw (R-VID)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.identifiers import CameraId, Digest, WindowId
from desktop.domain.organisation import HallRules

# Of one absence as it grows, of a phone, and of a camera that cannot be judged.
SIGHTED_RULES = ("R-VID-01", "R-VID-02", "R-VID-03", "R-VID-04", "R-VID-06", "R-VID-11")
PHONE_RULE = "R-VID-06"
ABSENCE_RULES = ("R-VID-01", "R-VID-02", "R-VID-03", "R-VID-04")


@dataclass(frozen=True, slots=True)
class SightedItem:
    """One sealed piece of evidence of a sighting."""

    role: str
    sha256: Digest
    size: int
    media_type: str
    at_s: float
    taken_at: datetime
    masked_of: Digest | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """An empty window, or a clerk on a phone, as the watching process tells it.

    Attributes:
        unknown_share: share of the time that could not be judged, 0 to 1.
        conclusive: False when too much of it could not be judged; no card may follow.
        is_reminder: the threshold was not reached, only the time of the reminder.
        facts: model, settings and figures behind it, as JSON values.
    """

    event_id: str
    camera_id: CameraId
    window_id: WindowId
    started_at: datetime
    ended_at: datetime | None
    threshold_s: float
    unknown_share: float
    conclusive: bool
    customer_waited: bool
    items: tuple[SightedItem, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    is_reminder: bool = False
    is_phone: bool = False

    @property
    def judged_s(self) -> float:
        """Seconds that were seen to be so, once it is over; 0 before."""
        if self.ended_at is None:
            return 0.0
        return (self.ended_at - self.started_at).total_seconds() * (1 - self.unknown_share)


def rule_for(sighting: Sighting, rules: HallRules) -> str:
    """Name the gravest rule that a sighting falls under: one absence is one finding."""
    if sighting.is_phone:
        return PHONE_RULE
    if sighting.is_reminder:
        return "R-VID-01"
    if sighting.judged_s >= rules.long_s:
        return "R-VID-04"
    return "R-VID-03" if sighting.customer_waited else "R-VID-02"
