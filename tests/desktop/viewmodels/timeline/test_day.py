"""A day is what was written down, what was heard since, and what goes on now."""

from datetime import timedelta

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.bridges.footage import span_of
from desktop.domain.roles import machine
from desktop.system.language import said
from desktop.usecases.organisation import keep_spans
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.states import UNWATCHED
from desktop.viewmodels.timeline.day import DayTimeline
from desktop.viewmodels.timeline.sheet import StretchModel, TotalsModel
from tests.support.profiles import DAY
from tests.support.watching import WatchedHall, seen_span, status
from video.vocabulary.state import WindowState

MINUTE = timedelta(minutes=1)
SERVING, READY, ABSENT = WindowState.SERVING, WindowState.READY, WindowState.ABSENT


@pytest.fixture
def day(qtbot: QtBot, watched: WatchedHall, live: LiveWatch) -> DayTimeline:
    """At 10:00, after an hour of which the first half is written down and ten minutes heard."""
    plan = watched.plan
    kept = seen_span(plan, 0, SERVING, DAY, DAY + 30 * MINUTE)
    watched.desk.act(
        machine("device"), lambda work: keep_spans(work, [span_of(kept, plan.hall.id)])
    ).result()
    watched.clock.pass_time(hours=1)
    with qtbot.waitSignal(live.changed):
        watched.say(
            kept,
            seen_span(plan, 0, READY, DAY + 30 * MINUTE, DAY + 40 * MINUTE),
            status(plan, 0, ABSENT, lasted_s=1200, at=DAY + 60 * MINUTE),
        )
    timeline = DayTimeline(watched, live, live)
    with qtbot.waitSignal(timeline.changed):
        timeline.refresh()
    return timeline


def test_today_ends_now_and_holds_all_three(day: DayTimeline) -> None:
    first = day.rows[0].stretches
    assert [(s.state, s.seconds / 60) for s in first] == [
        (SERVING, 30), (READY, 10), (ABSENT, 20),
    ]  # fmt: skip
    assert day.end == DAY + 60 * MINUTE
    assert day.watched_from == DAY


def test_a_window_that_nothing_was_heard_of_was_not_watched(day: DayTimeline) -> None:
    assert [stretch.look for stretch in day.rows[1].stretches] == [UNWATCHED]


def test_another_day_spans_the_opening_hours(qtbot: QtBot, day: DayTimeline) -> None:
    with qtbot.waitSignal(day.changed):
        day.show_day(day.today() - timedelta(days=1))
    assert (day.end - day.start) == timedelta(hours=8)
    assert not day.is_today
    assert day.watched_from is None


def test_the_totals_add_up_and_can_be_read(qtmodeltester: ModelTester, day: DayTimeline) -> None:
    model = TotalsModel(day)
    model.show_rows(day.rows)
    qtmodeltester.check(model)
    titles, cells = model.titles(), model.cells(model.rows[0])
    told = dict(zip(titles, cells, strict=True))
    assert told[said("合计")] == "1:00:00"
    assert told[said("离岗")] == "0:20:00"
    assert told[said("在岗率")] == "66.7%"


def test_the_stretches_of_a_window_can_be_read(
    qtmodeltester: ModelTester, day: DayTimeline
) -> None:
    model = StretchModel(day)
    model.show_row(day.rows[0])
    qtmodeltester.check(model)
    assert model.rows[2].cells[0] == said("离岗")
    assert model.rows[2].cells[3] == "0:20:00"
