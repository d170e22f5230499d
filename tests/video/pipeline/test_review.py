"""Recordings are judged at their own time; between them nothing is known."""

from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.calendar import HALL_TIME
from tests.support.drawn import detector
from tests.support.recorded import SHIFT, START, export
from video.messages import EventClosed, SourceEnded
from video.pipeline.review import Told, line_of, record_of, told_of
from video.settings import HALL
from video.sources.layout import zones_of
from video.sources.recordings import planned
from video.sources.script import parse_script
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.event import WindowEvent

RULES = Rules.of(HALL, Limits(20.0, 0.0, 20.0))


def told(folder: Path) -> list[Told]:
    plan, _ = planned(folder, HALL_TIME, None)
    zones = zones_of(parse_script(SHIFT))
    return list(told_of(plan, zones, detector=detector(), rules=RULES))


def events(folder: Path) -> list[WindowEvent]:
    return [each.event for each in told(folder) if isinstance(each, EventClosed)]


def test_an_absence_goes_on_from_file_to_file(tmp_path: Path) -> None:
    export(tmp_path, (0, 50), (50, 101))
    (event,) = events(tmp_path)
    assert abs(event.start_wall - (START + timedelta(seconds=30))) < timedelta(seconds=8)
    assert event.end_wall is not None
    assert abs(event.end_wall - (START + timedelta(seconds=75))) < timedelta(seconds=8)
    assert record_of(event, HALL_TIME)["window"] == "window-1"
    start = datetime.fromisoformat(str(record_of(event, HALL_TIME)["start"]))
    assert line_of(event, HALL_TIME).startswith(f"{start:%Y-%m-%d %H:%M:%S}")


def test_time_between_files_is_no_absence(tmp_path: Path) -> None:
    export(tmp_path, (0, 28), (78, 101))
    (ended,) = told(tmp_path)
    assert isinstance(ended, SourceEnded)
    assert ended.at_s > 95.0
