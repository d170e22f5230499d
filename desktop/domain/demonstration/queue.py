"""Invents a day in the queue: numbers are taken all day, and a unit's windows call them in turn."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from desktop.domain.identifiers import UnitId, WindowId
from desktop.domain.organisation import Unit, Window
from desktop.domain.queue import Ticket

_APART_MIN = (2, 14)  # between two numbers of a unit
_SERVED_MIN = (4, 16)
_GIVEN_UP = 0.04  # of the tickets: nobody came when they were called
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def make_tickets(
    units: Sequence[Unit],
    windows: Sequence[Window],
    opens: datetime,
    until: datetime,
    seed: int,
) -> tuple[Ticket, ...]:
    """Draw the tickets of one day up to a moment; the same seed gives the same day."""
    chance = Random(f"{seed} {opens.isoformat()}")
    counters = _counters(units, windows)
    return tuple(
        ticket
        for letter, unit in zip(_LETTERS, units, strict=False)
        if counters.get(unit.id)
        for ticket in _of_unit(letter, unit, counters[unit.id], (opens, until), chance)
    )


def _counters(units: Sequence[Unit], windows: Sequence[Window]) -> Mapping[UnitId, list[WindowId]]:
    return {unit.id: [w.id for w in windows if w.unit_id == unit.id] for unit in units}


def _of_unit(
    letter: str,
    unit: Unit,
    counters: Sequence[WindowId],
    hours: tuple[datetime, datetime],
    chance: Random,
) -> Iterator[Ticket]:
    opens, until = hours
    free = dict.fromkeys(counters, opens)
    taken, number = opens - timedelta(minutes=chance.randint(0, 5)), 0
    while taken < until:
        number += 1
        called_by = min(free, key=lambda window: free[window])
        called = max(taken + timedelta(seconds=20), free[called_by])
        ended = called + timedelta(minutes=chance.uniform(*_SERVED_MIN))
        name = f"{letter}{number:03}"
        if called >= until:
            yield Ticket(name, unit.short_name, taken)
        elif chance.random() < _GIVEN_UP:
            free[called_by] = called + timedelta(minutes=1)
            yield Ticket(name, unit.short_name, taken)
        else:
            free[called_by] = ended
            over = ended if ended < until else None
            yield Ticket(name, unit.short_name, taken, called, over, called_by)
        taken += timedelta(minutes=chance.uniform(*_APART_MIN))
