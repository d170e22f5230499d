"""Something that happened at a window and may become somebody's finding."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from video.vocabulary.state import WindowState


class ItemRole(Enum):
    """Which moment of the event an item of evidence shows."""

    BEFORE = "before"  # five seconds before the start
    START = "start"
    HALF = "half"
    THRESHOLD = "threshold"
    RETURN = "return"
    END = "end"  # of a state that nobody returns from
    CLIP = "clip"  # encoded packets, copied
    STRIP = "strip"  # the observations, tick by tick (JSON)
    MANIFEST = "manifest"  # digests of all others, model, settings, polygon (JSON)


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One sealed piece of evidence, named by the SHA-256 (hex) of its plain bytes.

    Attributes:
        at_s: stream seconds the item shows (start of a clip).
        masked_of: digest of the sealed original when this is the copy with bystanders masked.
    """

    role: ItemRole
    sha256: str
    size: int
    media_type: str
    at_s: float
    at_wall: datetime
    masked_of: str | None = None


@dataclass(frozen=True, slots=True)
class WindowEvent:
    """One absence or use of a phone, back-dated to its first tick.

    Attributes:
        start_s: stream seconds of the first empty tick; the alert comes at start + threshold.
        end_s: stream seconds of the return, or of the last tick that showed it; None while open.
        threshold_s: seconds after which the rule alerts.
        unknown_share: share of its time, 0 to 1, in which nothing could be judged.
        longest_gap_s: the longest such stretch.
        conclusive: False when unknown_share > 0.2 or longest_gap_s > 60: no card may follow.
    """

    event_id: str
    camera_id: str
    window_id: str
    state: WindowState
    start_s: float
    end_s: float | None
    start_wall: datetime
    end_wall: datetime | None
    threshold_s: float
    unknown_share: float
    longest_gap_s: float
    conclusive: bool
    customer_waited: bool
    items: tuple[EvidenceItem, ...] = ()
