"""Taking in queue tickets, reading them back, and taking an import back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.calendar import HALL_TIME
from desktop.domain.errors import WrongState
from desktop.domain.identifiers import Digest, HallId, WindowId, new_id
from desktop.domain.imports import Complaint
from desktop.domain.queue import (
    ImportState,
    QueueDay,
    QueueImport,
    Ticket,
    busy,
    joined,
    news,
    queue_of,
    queues_called,
    waits,
)
from desktop.usecases.ports import Clock, Reading, UnitOfWork

PIECE = 2000  # tickets a record, so that one change stays far below the megabyte of a round
LOOK_BACK = timedelta(days=14)  # in which a window shows what queues it is there for


@dataclass(frozen=True, slots=True)
class QueueOrigin:
    """Which file is taken in, for which hall, and which column each field was read from."""

    hall_id: HallId
    file_name: str
    source_sha256: Digest
    columns: Mapping[str, str]


def earlier_queue_import(reading: Reading, origin: QueueOrigin) -> QueueImport | None:
    """Find the import that took in the same file, read alike, and still counts."""
    known = reading.find(QueueImport, source_sha256=origin.source_sha256, hall_id=origin.hall_id)
    same = (each for each in known if each.columns == origin.columns)
    return next((each for each in same if each.state is ImportState.STANDING), None)


def take_tickets(
    work: UnitOfWork,
    tickets: Sequence[Ticket],
    complaints: Iterable[Complaint],
    origin: QueueOrigin,
    *,
    clock: Clock,
) -> QueueImport:
    """Take in a file's tickets; kept is only what was not known before."""
    days = _by_day(tickets)
    fresh = {day: news(read_tickets(work, origin.hall_id, day), told) for day, told in days.items()}
    reasons: Counter[str] = Counter()
    kept = 0
    for complaint in complaints:
        reasons[complaint.reason.value] += 1
        kept += complaint.kept
    batch = QueueImport(
        id=new_id(),
        hall_id=origin.hall_id,
        file_name=origin.file_name,
        source_sha256=origin.source_sha256,
        columns=dict(origin.columns),
        imported_by=work.actor.user_id,
        imported_at=clock.now(),
        first_day=min(days),
        last_day=max(days),
        tickets=len(tickets),
        changed=sum(map(len, fresh.values())),
        rejected=reasons.total() - kept,
        remarks=kept,
        reasons=dict(sorted(reasons.items())),
    )
    work.add(batch)
    for record in _records(batch, fresh):
        work.add(record)
    work.note("queue.import", f"queue_import/{batch.id}", reason=origin.file_name)
    return batch


def withdraw_queue_import(work: UnitOfWork, batch_id: str) -> QueueImport:
    """Take an import back; none of its tickets counts any more.

    Raises:
        WrongState: somebody withdrew it before.
    """
    batch = work.get(QueueImport, batch_id)
    if batch.state is not ImportState.STANDING:
        raise WrongState(batch.ENTITY, "retract", batch.state.value)
    withdrawn = batch.withdrawn(work.actor.user_id)
    work.replace(withdrawn)
    work.note("queue.withdraw", f"queue_import/{batch.id}", reason=batch.file_name)
    return withdrawn


def read_tickets(reading: Reading, hall_id: HallId, day: date) -> tuple[Ticket, ...]:
    """Give what is known of the tickets of one day."""
    records = [each for each in reading.find(QueueDay, day=day) if each.hall_id == hall_id]
    batches = {each.batch_id for each in records}
    standing = {b for b in batches if reading.get(QueueImport, b).state is ImportState.STANDING}
    return joined(each.tickets for each in records if each.batch_id in standing)


def queues_before(
    reading: Reading, hall_id: HallId, day: date
) -> Mapping[WindowId, frozenset[str]]:
    """Tell which queues each window called on that day and in the two weeks before it."""
    days = (day - timedelta(days=back) for back in range(LOOK_BACK.days + 1))
    return queues_called(t for each in days for t in read_tickets(reading, hall_id, each))


def most_waiting(
    reading: Reading, hall_id: HallId, window_id: WindowId, start: datetime, end: datetime
) -> int | None:
    """Tell how many at most waited whom a window could have called; None without any tickets.

    Args:
        start, end: a time within one day.
    """
    day = start.astimezone(HALL_TIME).date()
    tickets = read_tickets(reading, hall_id, day)
    if not tickets:
        return None
    queue = queue_of(window_id, waits(tickets), queues_before(reading, hall_id, day))
    return max((step.waiting for step in busy(queue.demand, start, end, 1)), default=0)


def _by_day(tickets: Iterable[Ticket]) -> Mapping[date, list[Ticket]]:
    days: dict[date, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        days[ticket.taken_at.astimezone(HALL_TIME).date()].append(ticket)
    return days


def _records(batch: QueueImport, fresh: Mapping[date, Sequence[Ticket]]) -> Iterator[QueueDay]:
    for day, tickets in sorted(fresh.items()):
        for start in range(0, len(tickets), PIECE):
            piece = tuple(tickets[start : start + PIECE])
            yield QueueDay(new_id(), batch.hall_id, batch.id, day, piece)
