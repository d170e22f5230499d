"""From a stretch of the timeline to the pictures that were kept of it, and out as a workbook."""

import io
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from desktop.domain.roles import Role
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.timeline.day import DayTimeline
from desktop.viewmodels.timeline.export import TimelineExport
from desktop.viewmodels.timeline.pictures import pictured_finding
from tests.support.casework import FakeOffice
from tests.support.profiles import DAY, person
from tests.support.watching import WatchedHall

HOUR = timedelta(hours=1)


def test_a_stretch_leads_to_the_finding_that_shares_most_of_it(office: FakeOffice) -> None:
    window = office.plan.windows[0].id
    short = office.propose(started_at=DAY, ended_at=DAY + timedelta(minutes=40))
    long = office.propose(started_at=DAY + timedelta(minutes=45), ended_at=DAY + 2 * HOUR)
    bare = office.propose(started_at=DAY, ended_at=DAY + 2 * HOUR, items=())

    def at(start: float, end: float) -> str | None:
        first, last = DAY + start * HOUR, DAY + end * HOUR
        return office.desk.look(lambda r: pictured_finding(r, window, first, last)).result()

    assert at(0.5, 2) == long.id
    assert at(0, 0.6) == short.id
    assert at(3, 4) is None
    assert bare.id not in {at(0, 2), at(1.5, 2)}


def test_a_day_leaves_as_a_workbook_with_totals_and_stretches(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch, tmp_path: Path
) -> None:
    watched.door.actor = person(Role.VIDEO_SUP)
    day = DayTimeline(watched, live, live)
    with qtbot.waitSignal(day.changed):
        day.show_day(day.day)
    export = TimelineExport(watched, live, day, live)
    target = tmp_path / export.file_name
    with qtbot.waitSignal(export.exported):
        export.export(target, "核对")
    book = load_workbook(io.BytesIO(target.read_bytes()))
    assert book.sheetnames == ["各窗口合计", "分时占比", "各段明细"]
    assert book.worksheets[0].max_row == 2 + len(day.rows) + 1
