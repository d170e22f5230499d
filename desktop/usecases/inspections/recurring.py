"""Plans that come again: begun, turned into tasks as their days come near, ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.checklists import MOST_ITEMS, PublishedChecklist
from desktop.domain.errors import BadField, MissingField
from desktop.domain.identifiers import PlanId, UserId, WindowId, new_id
from desktop.domain.inspection_plans import HORIZON, InspectionPlan, PlanState, Rhythm
from desktop.domain.inspections import INSPECTORS, Inspection, InspectionState
from desktop.domain.organisation import Window
from desktop.usecases.inspections.planning import Round, planned_task, put_to_use
from desktop.usecases.ports import Clock, Reading, UnitOfWork


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a plan that is still to be made."""

    plan: InspectionPlan
    window_id: WindowId
    due_on: date


def begin_plan(work: UnitOfWork, wanted: Round, rhythm: Rhythm, *, clock: Clock) -> InspectionPlan:
    """Begin a plan; its first day is the day of the round.

    Raises:
        MissingField: no window.
        BadField: not two inspectors.
    """
    if not wanted.windows:
        raise MissingField(InspectionPlan.ENTITY, "create", "windows")
    if len(set(wanted.inspectors)) != INSPECTORS:
        raise BadField(InspectionPlan.ENTITY, "inspectors", len(set(wanted.inspectors)))
    hall_id = work.get(Window, wanted.windows[0]).hall_id
    put_to_use(work, hall_id, wanted.checklist, clock=clock)
    plan = InspectionPlan(
        id=PlanId(new_id()),
        hall_id=hall_id,
        title=wanted.title.strip(),
        rhythm=rhythm,
        windows=tuple(wanted.windows),
        inspectors=wanted.inspectors,
        checklist=wanted.checklist.key,
        starts_on=wanted.due_on,
        planned_by=work.actor.user_id,
        planned_at=clock.now(),
    )
    work.add(plan)
    work.note("inspection_plan.begin", f"inspection_plan/{plan.id}", reason=plan.title)
    return plan


def end_plan(work: UnitOfWork, plan_id: PlanId, reason: str, *, today: date) -> InspectionPlan:
    """End a plan with a reason; tasks of later days are called off, those of today stay."""
    plan = work.get(InspectionPlan, plan_id).ended(work.actor.user_id, reason.strip())
    work.replace(plan)
    for task in work.find(Inspection, plan_id=plan_id):
        if task.state is InspectionState.PLANNED and task.due_on > today:
            work.replace(task.cancelled(work.actor.user_id, reason.strip()))
    work.note("inspection_plan.end", f"inspection_plan/{plan_id}", reason=reason)
    return plan


def tasks_due(
    reading: Reading, person: UserId, today: date, calendar: WorkingCalendar
) -> tuple[Task, ...]:
    """Name the tasks of a person's own plans that are near and not made yet.

    Only whoever planned makes them: two machines would otherwise make the same task twice.
    """
    return tuple(islice(_tasks_due(reading, person, today, calendar), MOST_ITEMS))


def make_due(
    work: UnitOfWork, *, today: date, calendar: WorkingCalendar, clock: Clock
) -> tuple[Inspection, ...]:
    """Make the tasks of one's own plans whose days come near."""
    due = tasks_due(work, work.actor.user_id, today, calendar)
    made = tuple(_made(work, task, clock) for task in due)
    for inspection in made:
        work.add(inspection)
    if made:
        work.note("inspection_plan.make", f"hall/{made[0].hall_id}")
    return made


def _tasks_due(
    reading: Reading, person: UserId, today: date, calendar: WorkingCalendar
) -> Iterator[Task]:
    for plan in reading.find(InspectionPlan, state=PlanState.RUNNING):
        if plan.planned_by != person:
            continue
        tasks = reading.find(Inspection, plan_id=plan.id)
        known = {(task.window_id, task.due_on) for task in tasks}
        for day in plan.days(today, today + HORIZON, calendar):
            for window_id in plan.windows:
                if (window_id, day) not in known:
                    yield Task(plan, window_id, day)


def _made(work: UnitOfWork, task: Task, clock: Clock) -> Inspection:
    plan = task.plan
    lists = work.find(PublishedChecklist, hall_id=plan.hall_id)
    latest = max((p for p in lists if p.key == plan.checklist), key=lambda each: each.version)
    window = work.get(Window, task.window_id)
    return planned_task(
        work, window, latest.id, title=plan.title, inspectors=plan.inspectors,
        due_on=task.due_on, now=clock.now(), plan_id=plan.id,
    )  # fmt: skip
