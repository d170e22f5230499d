"""What is planned: which checklist, which windows, by whom and until when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.domain.checklists import (
    MOST_ITEMS,
    Checklist,
    PublishedChecklist,
    content_of,
    digest_of,
)
from desktop.domain.errors import BadField, MissingField
from desktop.domain.identifiers import (
    ChecklistId,
    HallId,
    InspectionId,
    PlanId,
    UserId,
    WindowId,
    new_id,
)
from desktop.domain.inspections import Inspection
from desktop.domain.organisation import Window
from desktop.usecases.ports import Clock, UnitOfWork


@dataclass(frozen=True, slots=True)
class Round:
    """What is planned: who goes through which windows by which day."""

    title: str
    windows: Sequence[WindowId]
    inspectors: tuple[UserId, ...]
    due_on: date
    checklist: Checklist


def plan_inspections(work: UnitOfWork, planned: Round, *, clock: Clock) -> tuple[Inspection, ...]:
    """Plan one inspection for each window.

    Raises:
        MissingField: no window.
        BadField: not two inspectors, too many windows at once.
    """
    if not planned.windows:
        raise MissingField(Inspection.ENTITY, "create", "window_id")
    if len(planned.windows) > MOST_ITEMS:
        raise BadField(Inspection.ENTITY, "window_id", len(planned.windows))
    windows = [work.get(Window, window_id) for window_id in planned.windows]
    kept = put_to_use(work, windows[0].hall_id, planned.checklist, clock=clock)
    made = tuple(
        planned_task(
            work, window, kept.id, title=planned.title, inspectors=planned.inspectors,
            due_on=planned.due_on, now=clock.now(),
        )
        for window in windows
    )  # fmt: skip
    for inspection in made:
        inspection.must_have_two()
        work.add(inspection)
    work.note("inspection.plan", f"hall/{windows[0].hall_id}", reason=planned.title)
    return made


def publish_checklist(
    work: UnitOfWork, hall_id: HallId, checklist: Checklist, *, clock: Clock
) -> PublishedChecklist:
    """Put a checklist to use as the next version of its key; what did not change makes none."""
    known = [p for p in work.find(PublishedChecklist, hall_id=hall_id) if p.key == checklist.key]
    latest = max(known, key=lambda each: each.version, default=None)
    if latest is not None:
        was = latest.read()
        if (was.sections, was.title) == (checklist.sections, checklist.title):
            return latest
    version = max(checklist.version, latest.version + 1 if latest else 1)
    kept = put_to_use(work, hall_id, replace(checklist, version=version), clock=clock)
    work.note("checklist.publish", f"checklist/{kept.id}")
    return kept


def call_off(work: UnitOfWork, inspection_id: InspectionId, reason: str) -> Inspection:
    """Call an inspection off with a reason; what was answered stays with it."""
    inspection = work.get(Inspection, inspection_id).cancelled(work.actor.user_id, reason.strip())
    work.replace(inspection)
    work.note("inspection.call_off", f"inspection/{inspection.id}", reason=reason)
    return inspection


def put_to_use(
    work: UnitOfWork, hall_id: HallId, checklist: Checklist, *, clock: Clock, note: str = ""
) -> PublishedChecklist:
    """Give the version of a checklist that this hall works by; a new one is kept first."""
    content = content_of(checklist)
    digest = digest_of(content)
    for known in work.find(PublishedChecklist, hall_id=hall_id):
        if known.content_digest == digest:
            return known
    published = PublishedChecklist(
        id=ChecklistId(new_id()),
        hall_id=hall_id,
        key=checklist.key,
        version=checklist.version,
        title=next(iter(checklist.title.values())),
        content=content,
        content_digest=digest,
        published_by=work.actor.user_id,
        published_at=clock.now(),
        note=note,
    )
    work.add(published)
    return published


def planned_task(
    work: UnitOfWork,
    window: Window,
    checklist_id: ChecklistId,
    *,
    title: str,
    inspectors: tuple[UserId, ...],
    due_on: date,
    now: datetime,
    plan_id: PlanId | None = None,
) -> Inspection:
    """Give the task of a window, which is still to be kept."""
    return Inspection(
        id=InspectionId(new_id()),
        hall_id=window.hall_id,
        window_id=window.id,
        unit_id=window.unit_id,
        checklist_id=checklist_id,
        due_on=due_on,
        inspectors=inspectors,
        planned_by=work.actor.user_id,
        planned_at=now,
        plan_title=title.strip(),
        plan_id=plan_id,
    )
