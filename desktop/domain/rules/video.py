"""Rules over what cameras saw (R-VID)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.identifiers import CameraId, Digest, WindowId
from desktop.domain.organisation import HallRules


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
    """An empty window as the watching process tells it.

    Attributes:
        unknown_share: share of the time that could not be judged, 0 to 1.
        conclusive: False when too much of it could not be judged; no card may follow.
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


def rule_for(sighting: Sighting) -> str:
    """Name the rule that an empty window falls under: with somebody waiting it is R-VID-03."""
    return "R-VID-03" if sighting.customer_waited else "R-VID-02"


def threshold_for(rule_id: str, rules: HallRules) -> float:
    """Give the seconds after which a rule alerts in this hall."""
    return rules.waiting_s if rule_id == "R-VID-03" else rules.absence_s
