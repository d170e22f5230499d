"""The watching process is told of schedules and duties: at once, at midnight, and only then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest

from desktop.domain.duties import ExcuseReason, PauseReason
from desktop.domain.organisation import Session
from desktop.domain.roles import Role
from desktop.domain.sessions import hours_of
from desktop.usecases.duties import Leave, excuse_window, pause_window, withdraw_duty
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.workers.case_desk import CaseDesk
from desktop.workers.duty_roster import DutyRoster
from tests.support.profiles import CALENDAR, DAY, SetClock, hall_plan, open_store, person
from video.messages import Alive, OverlaySpan
from video.vocabulary.state import Overlay

ALIVE = Alive(0.0, 0.0, {})
Spans = tuple[OverlaySpan, ...]


class Watched:
    """A hall, its roster, and what the roster told."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.plan = SetClock(), hall_plan()
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, self.plan)).result()
        self.told: SimpleQueue[Spans] = SimpleQueue()
        self.roster = DutyRoster(
            self.desk,
            self.plan.hall.id,
            hours_of(self.plan.hall, CALENDAR),
            clock=self.clock,
            since=DAY,
            tell=self.told.put,
        )
        self.first = self.roster.begin([window.id for window in self.plan.windows], DAY)
        self.desk.subscribe(self.roster.renew)
        self.watcher = person(Role.VIDEO_SUP, "林敏")

    def next(self) -> Spans:
        return self.told.get(timeout=10)

    def settle(self) -> None:
        """Wait until both readers have answered what was asked."""
        for _ in range(2):
            self.desk.look(lambda reading: None).result()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path)
    yield made
    made.desk.close()


def of(spans: Spans, overlay: Overlay, plan: HallPlan) -> list[tuple[datetime, datetime | None]]:
    return [
        (span.from_wall.astimezone(UTC), span.to_wall and span.to_wall.astimezone(UTC))
        for span in spans
        if span.overlay is overlay and span.window_id == plan.windows[0].id
    ]  # fmt: skip


def test_the_hall_is_closed_outside_its_hours_today_and_tomorrow(hall: Watched) -> None:
    midnight, opens = datetime(2026, 11, 23, 16, tzinfo=UTC), DAY
    closes, next_midnight = DAY + timedelta(hours=8), midnight + timedelta(days=1)
    closed = of(hall.first, Overlay.CLOSED, hall.plan)
    assert closed[:2] == [(midnight, opens), (closes, next_midnight)]
    assert len(closed) == 4


def test_a_holiday_is_closed_all_day_and_a_make_up_day_is_not(hall: Watched) -> None:
    hall.clock.moment = datetime(2026, 10, 1, 2, tzinfo=UTC)
    begun = hall.clock.moment
    spans = hall.roster.begin([hall.plan.windows[0].id], begun)
    midnight = datetime(2026, 9, 30, 16, tzinfo=UTC)
    day = timedelta(days=1)
    assert of(spans, Overlay.CLOSED, hall.plan) == [
        (midnight, midnight + day), (midnight + day, midnight + 2 * day),
    ]  # fmt: skip
    make_up = datetime(2026, 10, 10, 2, tzinfo=UTC)  # a Saturday that is worked
    assert hours_of(hall.plan.hall, CALENDAR).is_open(make_up)


def test_a_pause_is_told_at_once_and_its_withdrawal_too(hall: Watched) -> None:
    leave, window = Leave(timedelta(minutes=30)), hall.plan.windows[0].id
    pause = hall.desk.act(
        hall.watcher,
        lambda work: pause_window(
            work, window, PauseReason.EQUIPMENT, leave, clock=hall.clock
        ),
    ).result()  # fmt: skip
    assert of(hall.next(), Overlay.PAUSED, hall.plan) == [(DAY, DAY + timedelta(minutes=30))]
    hall.desk.act(hall.watcher, lambda work: withdraw_duty(work, pause)).result()
    assert of(hall.next(), Overlay.PAUSED, hall.plan) == []


def test_a_leave_is_told_as_an_excuse(hall: Watched) -> None:
    leave, window = Leave(timedelta(minutes=10)), hall.plan.windows[0].id
    hall.desk.act(
        hall.watcher,
        lambda work: excuse_window(work, window, ExcuseReason.REST, leave, clock=hall.clock),
    ).result()
    assert len(of(hall.next(), Overlay.EXCUSED, hall.plan)) == 1


def test_what_changes_no_duty_is_not_told(hall: Watched) -> None:
    hall.desk.write(lambda connection: None).result()
    hall.roster.renew()
    hall.settle()
    assert hall.told.empty()


def test_at_midnight_the_next_day_is_laid_over_without_a_change_in_the_case_file(
    hall: Watched,
) -> None:
    hall.roster.hear(ALIVE)
    hall.settle()
    assert hall.told.empty()
    hall.clock.pass_time(hours=15)
    hall.roster.hear(ALIVE)
    last = max(end for _, end in of(hall.next(), Overlay.CLOSED, hall.plan) if end)
    assert last == datetime(2026, 11, 26, 16, tzinfo=UTC)


def test_the_demonstration_plays_on_a_holiday_round_the_clock() -> None:
    hall = replace(
        hall_plan().hall, sessions=(Session(time(0), time(23, 59, 59)),), demonstration=True
    )
    hours = hours_of(hall, CALENDAR)
    assert not list(hours.closed(datetime(2026, 10, 1, tzinfo=UTC).date()))
