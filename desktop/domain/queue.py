"""Queue tickets (排队叫号): who waited, from when to when, and which windows could have called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from typing import ClassVar, NamedTuple

from desktop.domain.identifiers import Digest, HallId, UserId, WindowId

ANY = ""  # a queue without a name: every window may call it


class Ticket(NamedTuple):
    """A number that somebody took; who it was is not kept.

    Attributes:
        queue: the business it stands in line for; empty where the file names none.
        window_id: where it was called; empty while it was not, or at an unknown window.
    """

    number: str
    queue: str
    taken_at: datetime
    called_at: datetime | None = None
    ended_at: datetime | None = None
    window_id: WindowId = WindowId("")


class ImportState(Enum):
    """Whether the tickets of an import count."""

    STANDING = "STANDING"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class QueueImport:
    """One file of tickets that was taken in, and what came of it.

    Attributes:
        columns: field and column, as the file was read; the same file read alike is no new import.
        changed: how many of its tickets were new, or told something new.
        reasons: how many complaints by reason.
    """

    ENTITY: ClassVar = "queue_import"

    id: str
    hall_id: HallId
    file_name: str
    source_sha256: Digest
    columns: Mapping[str, str]
    imported_by: UserId
    imported_at: datetime
    first_day: date
    last_day: date
    tickets: int = 0
    changed: int = 0
    rejected: int = 0
    remarks: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    state: ImportState = ImportState.STANDING
    withdrawn_by: UserId | None = None

    def withdrawn(self, by: UserId) -> "QueueImport":
        """Let none of its tickets count any more."""
        return replace(self, state=ImportState.WITHDRAWN, withdrawn_by=by)


@dataclass(frozen=True, slots=True)
class QueueDay:
    """What one import told of one day; a later word on a ticket stands beside the earlier one."""

    ENTITY: ClassVar = "queue_day"

    id: str
    hall_id: HallId
    batch_id: str
    day: date
    tickets: tuple[Ticket, ...]


class Wait(NamedTuple):
    """Somebody waited.

    Attributes:
        window_id: where the ticket was called.
        was_called: False for one that went, was passed over, or still waits.
    """

    queue: str
    start: datetime
    end: datetime
    window_id: WindowId
    was_called: bool


class Demand(NamedTuple):
    """So many waited all that time."""

    start: datetime
    end: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class WindowQueue:
    """What the queue tells of one window's day.

    Attributes:
        demand: how many waited whom this window could have called, in the order of time.
        called: waits that ended by being called here.
    """

    demand: tuple[Demand, ...] = ()
    called: tuple[Wait, ...] = ()


def joined(parts: Iterable[Sequence[Ticket]]) -> tuple[Ticket, ...]:
    """Join what several imports told: the later word stands, an empty one takes nothing back."""
    known: dict[tuple[str, datetime], Ticket] = {}
    for ticket in (each for part in parts for each in part):
        key = ticket.number, ticket.taken_at
        known[key] = _later(known[key], ticket) if key in known else ticket
    return tuple(sorted(known.values(), key=lambda each: (each.taken_at, each.number)))


def news(known: Iterable[Ticket], told: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Give the tickets that are new or tell something new."""
    before = {(each.number, each.taken_at): each for each in known}
    return tuple(
        ticket
        for ticket in told
        if (old := before.get((ticket.number, ticket.taken_at))) is None
        or _later(old, ticket) != old
    )


def waits(tickets: Sequence[Ticket]) -> tuple[Wait, ...]:
    """Tell who waited, from taking the number to being called.

    A number that was never called was waited for only until a later one of its queue was called:
    its owner had gone or was passed over. The last ones wait as far as the tickets reach.
    """
    if not tickets:
        return ()
    reach = max(max(filter(None, (t.taken_at, t.called_at, t.ended_at))) for t in tickets)
    by_queue: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        by_queue[ticket.queue].append(ticket)
    found = (wait for queue in by_queue.values() for wait in _waits(queue, reach))
    return tuple(sorted(found, key=lambda wait: wait.start))


def queues_called(tickets: Iterable[Ticket]) -> Mapping[WindowId, frozenset[str]]:
    """Tell which queues each window has called: what it is there for."""
    called: dict[WindowId, set[str]] = defaultdict(set)
    for ticket in tickets:
        if ticket.window_id:
            called[ticket.window_id].add(ticket.queue)
    return {window: frozenset(queues) for window, queues in called.items()}


def queue_of(
    window: WindowId, all_waits: Sequence[Wait], queues: Mapping[WindowId, frozenset[str]]
) -> WindowQueue:
    """Tell what the queue means to one window.

    A window that never called a queue is not blamed for it.
    """
    serves = queues.get(window, frozenset()) | {ANY}
    return WindowQueue(
        demand=steps(wait for wait in all_waits if wait.queue in serves),
        called=tuple(w for w in all_waits if w.was_called and w.window_id == window),
    )


def steps(waited: Iterable[Wait]) -> tuple[Demand, ...]:
    """Count how many waited at once."""
    turns: dict[datetime, int] = defaultdict(int)
    for wait in waited:
        turns[wait.start] += 1
        turns[wait.end] -= 1
    times, waiting, made = sorted(turns), 0, []
    for start, end in pairwise(times):
        waiting += turns[start]
        if waiting:
            made.append(Demand(start, end, waiting))
    return tuple(made)


def busy(
    demand: Sequence[Demand], start: datetime, end: datetime, least: int
) -> tuple[Demand, ...]:
    """Give the stretches of a time in which at least so many waited all along.

    Each tells the most that waited in it.
    """
    made: list[Demand] = []
    for step in demand:
        begins, ends = max(step.start, start), min(step.end, end)
        if step.waiting < least or begins >= ends:
            continue
        if made and made[-1].end == begins:
            made[-1] = Demand(made[-1].start, ends, max(made[-1].waiting, step.waiting))
        else:
            made.append(Demand(begins, ends, step.waiting))
    return tuple(made)


def percentile(values: Iterable[float], percent: float) -> float:
    """Give the value that so many percent do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def waited_s(wait: Wait) -> float:
    """Seconds from the number to the call."""
    return (wait.end - wait.start).total_seconds()


def _later(before: Ticket, after: Ticket) -> Ticket:
    return Ticket(
        after.number,
        after.queue or before.queue,
        after.taken_at,
        after.called_at or before.called_at,
        after.ended_at or before.ended_at,
        after.window_id or before.window_id,
    )


def _waits(queue: Sequence[Ticket], reach: datetime) -> Iterable[Wait]:
    """Walk a queue from its last number back, knowing the earliest call after each."""
    ordered = sorted(queue, key=lambda ticket: ticket.taken_at)
    passed_at = reach
    for ticket in reversed(ordered):
        called = ticket.called_at is not None
        end = max(ticket.called_at or passed_at, ticket.taken_at)
        yield Wait(ticket.queue, ticket.taken_at, end, ticket.window_id, called)
        passed_at = min(passed_at, ticket.called_at or passed_at)
