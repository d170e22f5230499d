"""Reviews recordings without keeping anything: what happened at the windows, and what broke."""

import threading
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from video.messages import CameraPlan, CameraTrouble, EventClosed, SourceEnded, ZonePlan
from video.pipeline.choosing import played
from video.pipeline.line import CameraLine, watched
from video.pipeline.naming import name_for
from video.states.machine import Rules
from video.vocabulary.detection import Detector
from video.vocabulary.event import WindowEvent
from video.vocabulary.source import RecordingsPlan

Told = EventClosed | CameraTrouble | SourceEnded


def told_of(
    plan: RecordingsPlan, zones: tuple[ZonePlan, ...], *, detector: Detector, rules: Rules
) -> Iterator[Told]:
    """Tell events as they end, files that broke, and at last how far it went."""
    camera = CameraPlan("", plan, zones)
    line = CameraLine(camera, detector=detector, rules=rules, name=name_for(plan))
    for report in watched(played(camera, rules.profile, wait=threading.Event().wait), line):
        if isinstance(report, Told):
            yield report


def record_of(event: WindowEvent, zone: tzinfo) -> Mapping[str, object]:
    """An event as a program reads it, at the time of its place."""
    return {
        "event_id": event.event_id,
        "window": event.window_id,
        "state": event.state.value,
        "start": event.start_wall.astimezone(zone).isoformat(timespec="seconds"),
        "end": _clock(event.end_wall, zone),
        "unknown_share": round(event.unknown_share, 4),
        "conclusive": event.conclusive,
    }


def line_of(event: WindowEvent, zone: tzinfo) -> str:
    """An event as a person reads it."""
    start = event.start_wall.astimezone(zone)
    end = event.end_wall.astimezone(zone) if event.end_wall else None
    lasted = "-" if event.end_s is None else f"{event.end_s - event.start_s:.0f} s"
    ended = f"{end:%H:%M:%S}" if end else "--:--:--"
    told = f"{start:%Y-%m-%d %H:%M:%S} - {ended}  {lasted:>7}"
    remark = "" if event.conclusive else "  无法认定 inconclusive"
    return f"{told}  {event.state.value}  {event.window_id}{remark}"


def _clock(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None
