"""Queue tickets for the demonstration: the last working days of its hall, up to now."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from hashlib import sha256

from desktop.assembly.demonstration import Stagehand
from desktop.assembly.program import Program
from desktop.domain.demonstration.queue import make_tickets
from desktop.domain.identifiers import Digest
from desktop.domain.organisation import Hall, Unit, Window
from desktop.domain.queue import Ticket
from desktop.domain.roles import Role
from desktop.usecases.queue import QueueOrigin, take_tickets

_DAYS = 7  # of the calendar, today among them
_HOURS = (9, 17)
_SEED = 7


def add_sample_queue(program: Program, hall: Hall) -> None:
    """Take them into the store as the data manager of the demonstration; blocks."""
    Stagehand(program).enter(Role.DATA_MGR)
    actor = program.door.actor
    assert actor is not None  # signed in just now
    units, windows = program.desk.look(
        lambda reading: (reading.find(Unit), reading.find(Window, hall_id=hall.id))
    ).result()
    days = list(_working_days(program))
    tickets: list[Ticket] = []
    for opens, closes in days:
        tickets += make_tickets(units, windows, opens, closes, _SEED)
    if not tickets:
        return
    name = f"示范叫号 {days[-1][0]:%Y-%m-%d}"
    origin = QueueOrigin(hall.id, name, Digest(sha256(name.encode()).hexdigest()), {})
    program.desk.act(
        actor, lambda work: take_tickets(work, tickets, (), origin, clock=program.clock)
    ).result()


def _working_days(program: Program) -> Iterator[tuple[datetime, datetime]]:
    """Give opening and closing of the last working days, today's up to now.

    The demonstration is open day and night; its queue keeps the hours of an office.
    """
    calendar, now = program.calendar, program.clock.now()
    today = calendar.day(now)
    for day in (today - timedelta(days=back) for back in reversed(range(_DAYS))):
        opens, closes = (datetime.combine(day, time(hour), calendar.zone) for hour in _HOURS)
        if calendar.counts(day) and opens < now:
            yield opens, min(closes, now)
