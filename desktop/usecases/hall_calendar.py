"""A hall takes in a year's notice, and orders days of its own."""

from collections.abc import Iterable, Mapping
from datetime import date

from desktop.domain.calendar import LocalDay, LocalKind, WorkingCalendar, Year
from desktop.domain.errors import BadField, MissingField
from desktop.domain.hall_calendar import HallCalendar, calendar_in_force
from desktop.domain.identifiers import HallId, new_id
from desktop.domain.organisation import Hall
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.setup import session_fault


def calendar_of(reading: Reading, hall_id: HallId) -> HallCalendar | None:
    """Give what a hall has taken in, None where it goes by the country's days."""
    return calendar_in_force(reading.find(HallCalendar, hall_id=hall_id))


def calendars_of(
    reading: Reading, hall_id: HallId, shipped: WorkingCalendar
) -> Mapping[str, WorkingCalendar]:
    """Give every calendar that a hall has counted by, by version; the one in force is the last."""
    kept = sorted(reading.find(HallCalendar, hall_id=hall_id), key=lambda e: (e.set_at, e.id))
    every = (shipped, *(each.over(shipped) for each in kept))
    return {calendar.version: calendar for calendar in every}


def hall_days(reading: Reading, shipped: WorkingCalendar) -> WorkingCalendar:
    """Give the working days of the hall that is supervised here."""
    halls = reading.find(Hall)
    kept = calendar_of(reading, halls[0].id) if halls else None
    return kept.over(shipped) if kept else shipped


def take_in_year(work: UnitOfWork, hall_id: HallId, year: Year, *, clock: Clock) -> HallCalendar:
    """Count by a year's notice from now on; it takes the place of an earlier one of that year.

    Raises:
        NotAllowed: the person may not.
    """
    before = calendar_of(work, hall_id)
    others = [each for each in before.years if each.year != year.year] if before else []
    return _keep(
        work,
        hall_id,
        reason=year.notice,
        years=sorted((*others, year), key=lambda each: each.year),
        local=before.local if before else (),
        clock=clock,
    )


def order_days(
    work: UnitOfWork, hall_id: HallId, days: Iterable[LocalDay], *, clock: Clock
) -> HallCalendar:
    """Keep some days otherwise than the country; an earlier order for such a day ends.

    Raises:
        MissingField: no day.
        BadField: a half day without sessions, or with such as overlap.
        NotAllowed: the person may not.
    """
    ordered = {each.day: each for each in days}
    if not ordered:
        raise MissingField("local_day", "create", "day")
    for each in ordered.values():
        if each.kind is LocalKind.HALF and (not each.sessions or session_fault(each.sessions)):
            raise BadField("local_day", "sessions", each.day)
    before = calendar_of(work, hall_id)
    local = {each.day: each for each in before.local} if before else {}
    return _keep(
        work,
        hall_id,
        reason=next(iter(ordered.values())).order_no,
        years=before.years if before else (),
        local=sorted((local | ordered).values(), key=lambda each: each.day),
        clock=clock,
    )


def lift_order(
    work: UnitOfWork, hall_id: HallId, day: date, *, reason: str, clock: Clock
) -> HallCalendar:
    """Keep a day as the country keeps it again.

    Raises:
        MissingField: no reason.
        BadField: nothing was ordered for the day.
        NotAllowed: the person may not.
    """
    if not reason.strip():
        raise MissingField(HallCalendar.ENTITY, "create", "reason")
    before = calendar_of(work, hall_id)
    if before is None or all(each.day != day for each in before.local):
        raise BadField("local_day", "day", day)
    local = [each for each in before.local if each.day != day]
    return _keep(work, hall_id, reason=reason, years=before.years, local=local, clock=clock)


def _keep(
    work: UnitOfWork,
    hall_id: HallId,
    *,
    reason: str,
    years: Iterable[Year],
    local: Iterable[LocalDay],
    clock: Clock,
) -> HallCalendar:
    calendar = HallCalendar(
        id=new_id(),
        hall_id=hall_id,
        reason=reason.strip(),
        set_by=work.actor.user_id,
        set_at=clock.now(),
        years=tuple(years),
        local=tuple(local),
    )
    work.add(calendar)
    work.note("calendar.set", f"hall_calendar/{calendar.id}", reason=calendar.reason)
    return calendar
