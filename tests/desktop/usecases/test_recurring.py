"""Inspections that come again: tasks are made once, near their days, and end with their plan."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.calendar import read_calendar
from desktop.domain.errors import BadField, MissingField
from desktop.domain.inspection_plans import InspectionPlan, PlanState, Rhythm
from desktop.domain.inspections import Inspection, InspectionState
from desktop.usecases.inspections.planning import Round, publish_checklist
from desktop.usecases.inspections.recurring import begin_plan, end_plan, make_due, tasks_due
from tests.support.inspections import WINDOW_LIST, InspectedHall
from tests.support.profiles import DAY

CALENDAR = read_calendar(assets.calendar_files())
TODAY = DAY.date()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[InspectedHall]:
    made = InspectedHall(tmp_path)
    yield made
    made.store.close()


def begun(hall: InspectedHall, *, windows: int = 2) -> InspectionPlan:
    wanted = hall.round(TODAY, windows)
    return hall.act(partial(begin_plan, wanted=wanted, rhythm=Rhythm.WEEKLY, clock=hall.clock))


def made(hall: InspectedHall, today: date = TODAY) -> tuple[Inspection, ...]:
    make = partial(make_due, today=today, calendar=CALENDAR, clock=hall.clock)
    return hall.act(make)


def kept(hall: InspectedHall) -> list[Inspection]:
    with hall.store.look() as reading:
        return list(reading.find(Inspection))


def test_tasks_are_made_five_weeks_ahead_and_once(hall: InspectedHall) -> None:
    plan = begun(hall)
    tasks = made(hall)
    assert len(tasks) == 2 * 6  # today and five weeks on
    assert {task.plan_id for task in tasks} == {plan.id}
    assert {task.inspectors for task in tasks} == {plan.inspectors}
    assert made(hall) == ()
    assert len(made(hall, date(2026, 12, 2))) == 2  # a week later one more of each window


def test_only_whoever_planned_makes_the_tasks(hall: InspectedHall) -> None:
    begun(hall)
    hall.first, planner = hall.second, hall.first
    assert made(hall) == ()
    with hall.store.look() as reading:
        assert tasks_due(reading, planner.user_id, TODAY, CALENDAR)


def test_a_task_takes_the_version_that_holds_as_it_is_made(hall: InspectedHall) -> None:
    begun(hall, windows=1)
    (first, *_) = made(hall)
    changed = replace(WINDOW_LIST, version=2, title={"zh": "新表"})
    publish = partial(publish_checklist, hall_id=hall.plan.hall.id, checklist=changed)
    hall.act(partial(publish, clock=hall.clock))
    (later,) = made(hall, date(2026, 12, 2))
    assert hall.visit(first.id).checklist.version == 1
    assert hall.visit(later.id).checklist.version == 2


def test_an_ended_plan_calls_later_tasks_off_and_leaves_todays(hall: InspectedHall) -> None:
    plan = begun(hall)
    made(hall)
    with pytest.raises(MissingField):
        hall.act(partial(end_plan, plan_id=plan.id, reason=" ", today=TODAY))
    hall.act(partial(end_plan, plan_id=plan.id, reason="窗口合并", today=TODAY))
    tasks = kept(hall)
    open_days = {task.due_on for task in tasks if task.state is InspectionState.PLANNED}
    assert open_days == {TODAY}
    assert {t.cancel_reason for t in tasks if t.state is InspectionState.CANCELLED} == {"窗口合并"}
    with hall.store.look() as reading:
        assert reading.get(InspectionPlan, plan.id).state is PlanState.ENDED
    assert made(hall) == ()


def test_a_plan_wants_two_people(hall: InspectedHall) -> None:
    alone = Round("", [hall.plan.windows[0].id], (hall.first.user_id,) * 2, TODAY, WINDOW_LIST)
    with pytest.raises(BadField):
        hall.act(partial(begin_plan, wanted=alone, rhythm=Rhythm.DAILY, clock=hall.clock))
