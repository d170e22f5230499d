"""Reads what somebody wrote down as the truth about a clip, and refuses what cannot be one.

A `NAME.truth.json` stands beside the clip `NAME`:

```json
{"video": "NAME", "width": 768, "height": 432, "duration_s": 139.4, "drawn": false,
 "zones": [{"id": "post", "kind": "staff_post", "polygon_px": [[350, 0], [590, 0], [590, 432]],
            "intervals": {"occupied": [[6.6, 18.8]], "empty": [[0, 6.6], [18.8, null]]}}]}
```

An interval without an end lasts to the end of the clip. Keys that are not known are left alone, and
intervals of other names are kept.
"""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from video.errors import FootageError, FootageTrouble
from video.vocabulary.geometry import Polygon
from video.vocabulary.spans import overlap_s, shared, united, without
from video.vocabulary.truth import Interval, TrueZone, Truth, ZoneKind

SUFFIX = ".truth.json"
TOLERANCE_S = 0.5  # by which a hand that stops a clip may miss; a file may name its own

Intervals = Mapping[str, tuple[Interval, ...]]


def read_truth(path: Path) -> Truth:
    """Read and check a truth file.

    Raises:
        FootageError: MISSING_FILE, or BAD_TRUTH with the zone and what is wrong in it.
    """
    try:
        return parse_truth(json.loads(path.read_text("utf-8-sig")))
    except FootageError as error:
        detail = f"{error.subject}: {error.detail}"
        raise FootageError(FootageTrouble.BAD_TRUTH, path.name, detail) from error
    except OSError as error:
        detail = error.strerror or ""
        raise FootageError(FootageTrouble.MISSING_FILE, path.name, detail) from error
    except ValueError as error:  # neither JSON nor UTF-8
        raise FootageError(FootageTrouble.BAD_TRUTH, path.name, str(error)) from error


def parse_truth(data: object) -> Truth:
    """Check the parsed text of a truth file.

    Raises:
        FootageError: BAD_TRUTH; `subject` names the zone.
    """
    whole = _mapping(data, "file")
    width, height = (_positive(whole, key, "file") for key in ("width", "height"))
    duration_s = _positive(whole, "duration_s", "file")
    late_s = _number(whole.get("tolerance_s", TOLERANCE_S), "file", "tolerance_s")
    zones = tuple(
        _zone(_mapping(row, f"zone {index + 1}"), (width, height), duration_s, late_s)
        for index, row in enumerate(_rows(whole.get("zones"), "file", "zones"))
    )
    _check_names(zones)
    drawn = whole.get("drawn", False)
    if not isinstance(drawn, bool):
        raise _bad("file", f"drawn: {drawn!r}")
    return Truth(str(whole.get("video", "")), duration_s, zones, drawn)


def _zone(
    row: Mapping[str, Any], size: tuple[float, float], duration_s: float, late_s: float
) -> TrueZone:
    name = row.get("id")
    if not isinstance(name, str) or not name:
        raise _bad("zone", f"id: {name!r}")
    try:
        kind = ZoneKind(row.get("kind"))
    except ValueError:
        raise _bad(name, f"unknown kind {row.get('kind')!r}") from None
    intervals = {
        key: _intervals(times, f"{name}.{key}", duration_s, late_s)
        for key, times in _mapping(row.get("intervals", {}), name).items()
    }
    _check_contradictions(name, intervals)
    serves = row.get("serves")
    if serves is not None and not isinstance(serves, str):
        raise _bad(name, f"serves: {serves!r}")
    return TrueZone(name, kind, _polygon(row.get("polygon_px"), name, size), intervals, serves)


def _polygon(value: object, name: str, size: tuple[float, float]) -> Polygon:
    """Corners beyond the picture are moved to its edge: a desk may reach out of it."""
    corners: list[tuple[float, float]] = []
    for corner in _rows(value, name, "polygon_px"):
        if not isinstance(corner, list) or len(corner) != 2:
            raise _bad(name, f"polygon_px: {corner!r} is no corner")
        x, y = (
            min(1.0, max(0.0, _number(part, name, "polygon_px") / whole))
            for part, whole in zip(corner, size, strict=True)
        )
        corners.append((x, y))
    try:
        return Polygon(tuple(corners))
    except FootageError as error:
        raise _bad(name, f"polygon_px: {error.detail} enclose nothing") from error


def _intervals(value: object, name: str, duration_s: float, late_s: float) -> tuple[Interval, ...]:
    found: list[Interval] = []
    for pair in _rows(value, name, "intervals"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise _bad(name, f"{pair!r} is no interval")
        start_s = _number(pair[0], name, "start")
        end_s = duration_s if pair[1] is None else _number(pair[1], name, "end")
        if not 0 <= start_s <= end_s:
            raise _bad(name, f"{pair!r} runs backwards")
        if end_s > duration_s + late_s:
            raise _bad(name, f"{pair!r} ends after the clip, at {duration_s:g} s")
        found.append(Interval(min(start_s, duration_s), min(end_s, duration_s)))
    return tuple(sorted(found, key=lambda span: span.start_s))


def _check_contradictions(name: str, intervals: Intervals) -> None:
    """Nobody is there and away at once, and no second is told twice, but where it is ignored."""
    ignored = united(intervals.get("ignore", ()))
    told = [
        (key, span)
        for key in ("occupied", "empty")
        for whole in intervals.get(key, ())
        for span in without((whole,), ignored)
    ]
    for index, (key, span) in enumerate(told):
        for other_key, other in told[:index]:
            if overlap_s(span, other) > 0:
                (both,) = shared((span,), (other,))
                what = f"{other_key} and {key}" if key != other_key else f"{key} twice"
                raise _bad(name, f"{what} from {both.start_s:g} to {both.end_s:g} s")


def _check_names(zones: Iterable[TrueZone]) -> None:
    kinds: dict[str, ZoneKind] = {}
    for zone in zones:
        if zone.zone_id in kinds:
            raise _bad(zone.zone_id, "a zone twice")
        kinds[zone.zone_id] = zone.kind
    for zone in zones:
        if zone.serves is not None and not (zone.serves in kinds and kinds[zone.serves].is_post):
            raise _bad(zone.zone_id, f"serves: no such post {zone.serves!r}")


def _mapping(value: object, subject: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _bad(subject, "an object is needed")
    return value


def _rows(value: object, subject: str, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise _bad(subject, f"{key}: a list is needed")
    return value


def _positive(row: Mapping[str, Any], key: str, subject: str) -> float:
    number = _number(row.get(key), subject, key)
    if number <= 0:
        raise _bad(subject, f"{key}: {number:g}")
    return number


def _number(value: object, subject: str, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _bad(subject, f"{key}: {value!r} is no number")
    return float(value)


def _bad(subject: str, detail: str) -> FootageError:
    return FootageError(FootageTrouble.BAD_TRUTH, subject, detail)
