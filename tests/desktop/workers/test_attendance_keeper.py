"""What the day amounts to becomes findings; what nobody saw end is settled as such."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.documents.card_paper import default_facts
from desktop.documents.template import read_template
from desktop.domain.findings import Finding, FindingState
from desktop.domain.organisation import Zone
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Catalogue
from desktop.usecases.organisation import set_up_hall
from desktop.workers.attendance_keeper import AttendanceKeeper
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Heard, ProcessEnded
from desktop.workers.watch_keeper import WatchKeeper
from tests.support.profiles import CALENDAR, DAY, SetClock, hall_plan, open_store, person
from tests.support.watching import seen_span, status
from video.messages import (
    AbsenceReminder,
    Alive,
    CameraHealth,
    EventClosed,
    EventOpened,
    ReminderEnded,
)
from video.vocabulary.event import WindowEvent
from video.vocabulary.observation import Health, HealthCause
from video.vocabulary.state import WindowState

ABSENT, READY, SERVING = WindowState.ABSENT, WindowState.READY, WindowState.SERVING
ALIVE = Alive(0.0, 0.0, {})


class Hall:
    """A hall whose reports a test gives by hand, to both keepers as the program does."""

    def __init__(self, folder: Path) -> None:
        plan, self.clock = hall_plan(), SetClock()
        square = plan.cameras[0].zones[0].seat
        zones = tuple(Zone(window.id, square, square) for window in plan.windows)
        self.plan = replace(plan, cameras=(replace(plan.cameras[0], zones=zones),))
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, self.plan)).result()
        self.begin()

    def begin(self) -> None:
        rules = Catalogue(assets.rule_files())
        self.keeper = WatchKeeper(
            self.desk,
            self.plan.hall.id,
            device_id="device",
            catalogue=rules,
            calendar=CALENDAR,
            clock=self.clock,
        )
        self.attendance = AttendanceKeeper(
            self.desk,
            self.plan.hall,
            device_id="device",
            do=self.keeper.do,
            catalogue=rules,
            calendar=CALENDAR,
            clock=self.clock,
        )

    def hear(self, *reports: Heard) -> None:
        for report in reports:
            self.keeper.hear(report)
            self.attendance.hear(report)

    def pass_time(self, minutes: float) -> None:
        self.clock.pass_time(minutes=minutes)
        self.hear(ALIVE)
        self.settle()

    def settle(self) -> None:
        self.attendance.finish()
        self.keeper.finish()

    def status(self, state: WindowState, since: float, now: float, window: int = 0) -> Heard:
        at = DAY + timedelta(minutes=now)
        return status(self.plan, window, state, lasted_s=60 * (now - since), at=at)

    def findings(self) -> Mapping[str, Finding]:
        found = self.desk.look(lambda reading: reading.find(Finding)).result()
        return {finding.rule_id: finding for finding in found}

    def event(self, **more: object) -> WindowEvent:
        return replace(
            WindowEvent(
                event_id="e",
                camera_id=self.plan.cameras[0].id,
                window_id=self.plan.windows[0].id,
                state=ABSENT,
                start_s=0.0,
                end_s=None,
                start_wall=DAY,
                end_wall=None,
                threshold_s=900.0,
                unknown_share=0.0,
                longest_gap_s=0.0,
                conclusive=True,
                customer_waited=False,
            ),
            **more,
        )

    def reminder(self) -> AbsenceReminder:
        camera, window = self.plan.cameras[0].id, self.plan.windows[0].id
        return AbsenceReminder(camera, window, DAY, "e", 300.0)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.settle()
    made.desk.close()


def test_a_window_that_opens_late_is_a_warning_without_waiting_for_its_span_to_end(
    hall: Hall,
) -> None:
    opened = DAY + timedelta(minutes=12)
    hall.hear(seen_span(hall.plan, 0, ABSENT, DAY, opened), hall.status(SERVING, 12, 20))
    hall.pass_time(20)
    late = hall.findings()["R-VID-09"]
    assert (late.level, late.started_at, late.ended_at) == (1, DAY, opened)


def test_what_was_told_once_is_not_told_again_and_an_end_is_noted(hall: Hall) -> None:
    hall.hear(hall.status(READY, 0, 30))
    hall.pass_time(30)
    assert hall.findings()["R-VID-13"].ended_at is None
    served = DAY + timedelta(minutes=34)
    hall.hear(seen_span(hall.plan, 0, READY, DAY, served), hall.status(SERVING, 34, 40))
    hall.pass_time(10)
    assert len(hall.desk.look(lambda r: r.find(Finding)).result()) == 1
    assert hall.findings()["R-VID-13"].ended_at == served


def test_a_serving_clerk_is_no_finding(hall: Hall) -> None:
    hall.hear(hall.status(SERVING, 0, 60))
    hall.pass_time(60)
    assert not hall.findings()


def test_nothing_is_judged_more_often_than_every_five_minutes(hall: Hall) -> None:
    hall.hear(hall.status(READY, -30, 4))
    hall.pass_time(4)
    assert not hall.findings()


def test_a_blind_camera_is_a_notice_of_each_window_and_its_recovery_ends_it(hall: Hall) -> None:
    camera = hall.plan.cameras[0].id
    hall.hear(hall.status(WindowState.UNKNOWN, 0, 1), hall.status(WindowState.UNKNOWN, 0, 1, 1))
    hall.hear(CameraHealth(camera, Health.BLIND, HealthCause.COVERED, DAY))
    hall.pass_time(6)
    assert hall.findings()["R-VID-11"].level == 0
    hall.hear(
        CameraHealth(camera, Health.OK, HealthCause.NONE, DAY + timedelta(minutes=7)),
    )
    hall.pass_time(6)
    found = hall.desk.look(lambda reading: reading.find(Finding)).result()
    assert [f.ended_at for f in found] == [DAY + timedelta(minutes=7)] * 2
    assert found[0].facts["cause"] == "covered"


def test_a_reminder_is_a_notice_that_ends_with_the_absence(hall: Hall) -> None:
    back = DAY + timedelta(minutes=6)
    reminder = hall.reminder()
    hall.hear(
        reminder, ReminderEnded(reminder.camera_id, reminder.window_id, reminder.event_id, back)
    )
    hall.settle()
    notice = hall.findings()["R-VID-01"]
    assert (notice.level, notice.ended_at, notice.end_seen) == (0, back, True)


def test_an_absence_that_goes_on_for_half_an_hour_becomes_a_long_one(hall: Hall) -> None:
    hall.hear(hall.reminder(), EventOpened(hall.event()), hall.status(ABSENT, 0, 31))
    hall.pass_time(31)
    assert hall.findings().keys() == {"R-VID-04"}
    assert hall.findings()["R-VID-04"].level == 3


def ended_by_death(hall: Hall) -> None:
    hall.hear(ProcessEnded(None, 1.0))


def ended_in_order(hall: Hall) -> None:
    hall.hear(EventClosed(hall.event()))


def ended_with_the_program(hall: Hall) -> None:
    """The next start finds it; the timeline was kept to the end of the last span."""
    seen = seen_span(hall.plan, 0, ABSENT, DAY, DAY + timedelta(minutes=17))
    hall.hear(seen)
    hall.keeper.flush()
    hall.settle()
    hall.begin()
    hall.attendance.settle_the_past()


@pytest.mark.parametrize("end", [ended_by_death, ended_in_order, ended_with_the_program])
def test_56_an_absence_that_nobody_saw_end_lasted_at_least_as_long_as_it_was_watched(
    hall: Hall, end: Callable[[Hall], None]
) -> None:
    hall.hear(hall.status(ABSENT, 0, 17), EventOpened(hall.event()))
    end(hall)
    hall.settle()
    settled = hall.findings()["R-VID-02"]
    assert settled.ended_at == DAY + timedelta(minutes=17)
    assert not settled.end_seen
    assert settled.conclusive


def test_what_another_device_watches_is_left_alone(hall: Hall) -> None:
    hall.hear(EventOpened(hall.event()))
    hall.settle()
    other = AttendanceKeeper(
        hall.desk,
        hall.plan.hall,
        device_id="another",
        do=hall.keeper.do,
        catalogue=Catalogue(assets.rule_files()),
        calendar=CALENDAR,
        clock=hall.clock,
    )
    other.settle_the_past()
    other.finish()
    hall.settle()
    assert hall.findings()["R-VID-02"].ended_at is None


def test_a_notice_that_nobody_needed_goes_after_a_day(hall: Hall) -> None:
    hall.hear(hall.reminder())
    hall.settle()
    hall.pass_time(25 * 60)
    assert hall.findings()["R-VID-01"].state is FindingState.EXPIRED


@pytest.mark.parametrize(
    ("facts", "rule", "said"),
    [
        (
            {"which": "hourly", "empty_s": 1300.0, "absences": 6},
            "R-VID-02",
            "多次离岗，合计21分40秒",
        ),
        ({"empty_s": 9000.0}, "R-VID-12", "开放时段内无人到岗，其中确认无人150分钟"),
        ({}, "R-VID-04", "连续60分钟无人值守"),
    ],
)
def test_a_card_says_no_more_than_was_seen(
    hall: Hall, facts: dict[str, object], rule: str, said: str
) -> None:
    hall.hear(EventOpened(hall.event()))
    hall.settle()
    absence = hall.findings()["R-VID-02"]
    finding = replace(
        absence, rule_id=rule, facts=facts, ended_at=absence.started_at + timedelta(hours=1)
    )
    template = read_template(assets.template_files()["T02"])
    assert said in default_facts(template, finding, hall.plan.windows[0], DAY)
