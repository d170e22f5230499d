"""The list that closes an evidence pack: digests of all items, and by what they were judged."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from video.evidence.canonical import canonical, digest_of
from video.settings import Profile
from video.vocabulary.event import EvidenceItem, ItemRole, WindowEvent
from video.vocabulary.geometry import Polygon

MEDIA_TYPE = "application/json"
FORMAT = "hallwatch-evidence-1"


@dataclass(frozen=True, slots=True)
class Judged:
    """By what a window was judged.

    Attributes:
        detector: model, digest and runtime.
        thresholds: seconds by name, as they were when the event was written.
        lesson: digest of what was learned of the seat, None where nothing was asked of it.
    """

    detector: str
    profile: Profile
    thresholds: Mapping[str, float]
    lesson: str | None = None


def manifest_of(
    event: WindowEvent,
    judged: Judged,
    seat: Polygon,
    *,
    missing: Mapping[ItemRole, str],
    earlier: str | None,
) -> bytes:
    """Write the manifest of an event whose items are all sealed.

    Args:
        missing: what could not be kept, and why.
        earlier: digest of the manifest that this one replaces.
    """
    return canonical(
        {
            "format": FORMAT,
            "event": _event(event),
            "items": [_item(item) for item in event.items],
            "missing": {role.value: reason for role, reason in missing.items()},
            "detector": judged.detector,
            "lesson_sha256": judged.lesson,
            "profile": asdict(judged.profile),
            "profile_sha256": digest_of(judged.profile),
            "thresholds_s": dict(judged.thresholds),
            "seat": seat.points,
            "seat_sha256": digest_of(seat),
            "earlier_manifest": earlier,
        }
    )


def manifest_among(items: Iterable[EvidenceItem]) -> str | None:
    """Digest of the manifest among some items."""
    return next((item.sha256 for item in items if item.role is ItemRole.MANIFEST), None)


def _event(event: WindowEvent) -> dict[str, object]:
    return {
        "event_id": event.event_id,
        "camera_id": event.camera_id,
        "window_id": event.window_id,
        "state": event.state.value,
        "start_s": event.start_s,
        "end_s": event.end_s,
        "start_wall": event.start_wall.isoformat(),
        "end_wall": event.end_wall.isoformat() if event.end_wall else None,
        "threshold_s": event.threshold_s,
        "unknown_share": event.unknown_share,
        "longest_gap_s": event.longest_gap_s,
        "conclusive": event.conclusive,
        "customer_waited": event.customer_waited,
    }


def _item(item: EvidenceItem) -> dict[str, object]:
    return {
        "role": item.role.value,
        "sha256": item.sha256,
        "size": item.size,
        "media_type": item.media_type,
        "at_s": item.at_s,
        "at_wall": item.at_wall.isoformat(),
        "masked_of": item.masked_of,
    }
