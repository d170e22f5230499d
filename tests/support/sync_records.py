"""Bodies of records as the sync tests push them."""

from typing import Any

from uuid6 import uuid7

from sync.outbox.recorder import Draft
from sync.protocol.change import ChangeKind

NOW = "2026-11-24T01:00:00+00:00"


def finding(**more: Any) -> dict[str, Any]:
    body = {
        "id": str(uuid7()),
        "hall_id": "hall-1",
        "state": "DETECTED",
        "rule_id": "R-VID-02",
        "rule_version": "1",
        "level": 2,
        "window_id": "w",
        "unit_id": "u",
        "camera_id": "c",
        "event_id": str(uuid7()),
        "dedupe_key": "k",
        "started_at": NOW,
        "detected_at": NOW,
        "threshold_s": 900.0,
        "unknown_share": 0.0,
        "conclusive": True,
        "customer_waited": False,
        "facts": {"a": 1},
    }
    return body | more


def evidence(finding_id: str, sha256: str, size: int) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "hall_id": "hall-1",
        "finding_id": finding_id,
        "role": "start",
        "sha256": sha256,
        "size": size,
        "media_type": "image/jpeg",
        "taken_at": NOW,
        "at_s": 1.0,
        "camera_id": "c",
    }


def first_review(body: dict[str, Any], by: str, ver: int = 1) -> Draft:
    patch = {
        "state": ("DETECTED", "VERIFYING"),
        "first_review_by": (None, by),
        "first_review_at": (None, NOW),
    }
    return Draft("finding", body["id"], "hall-1", ChangeKind.UPDATE, patch, ver)


def confirm(body: dict[str, Any], by: str, ver: int = 2) -> Draft:
    patch = {
        "state": ("VERIFYING", "CONFIRMED"),
        "confirmed_by": (None, by),
        "confirmed_at": (None, NOW),
    }
    return Draft("finding", body["id"], "hall-1", ChangeKind.UPDATE, patch, ver)


def hall(name: str) -> dict[str, object]:
    return {
        "id": "hall-1",
        "region_id": "region",
        "name": name,
        "organ_id": "o",
        "sessions": [{"from": "09:00"}],
        "rules": {"absence_s": 900},
        "demonstration": True,
    }
