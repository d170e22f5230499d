"""Taking in a file of queue tickets, joined: its reader, the case desk, the rules it feeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from typing import Protocol

from desktop.assembly.imports import digest_of
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.identifiers import HallId
from desktop.domain.imports import Complaint
from desktop.domain.organisation import Window
from desktop.domain.queue import QueueImport
from desktop.domain.roles import Actor, machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.exchange.queue_tickets import QueueFile, read_tickets_of
from desktop.usecases.attendance import HallHit, judge_hall, keep_hits
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.queue import (
    QueueOrigin,
    earlier_queue_import,
    take_tickets,
    withdraw_queue_import,
)
from desktop.workers.case_desk import CaseDesk

QUEUE_RULES = frozenset({"R-VID-13", "R-WIN-04"})
JUDGED_BACK = timedelta(days=31)  # older days are history, not supervision


class QueueOffice(Protocol):
    """The open program, as far as queue tickets need it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def clock(self) -> Clock:
        """The time."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days."""

    @property
    def catalogue(self) -> Catalogue:
        """The rules."""


@dataclass(frozen=True, slots=True)
class QueueTaken:
    """What came of a file; `batch` is None where no row could be taken.

    Attributes:
        again: the same file had been taken in before; nothing changed.
    """

    file_name: str
    batch: QueueImport | None
    complaints: tuple[Complaint, ...]
    again: bool = False


def take_queue_file(
    office: QueueOffice, file: QueueFile, *, hall_id: HallId, actor: Actor
) -> QueueTaken:
    """Take in a file; for a thread that may wait, never the desk's own or the screen's.

    Raises:
        ExchangeError: the file as a whole is refused; nothing of it is kept.
        NotAllowed: the person may not import.
    """
    desk, name = office.desk, file.path.name
    read = read_tickets_of(file, desk.look(partial(_windows_of, hall_id=hall_id)).result())
    if not read.tickets:
        return QueueTaken(name, None, read.complaints)
    origin = QueueOrigin(hall_id, name, digest_of(file.path), dict(file.columns))
    earlier = desk.look(lambda reading: earlier_queue_import(reading, origin)).result()
    if earlier:
        return QueueTaken(name, earlier, read.complaints, again=True)

    def take(work: UnitOfWork) -> QueueImport:
        return take_tickets(work, read.tickets, read.complaints, origin, clock=office.clock)

    batch = desk.act(actor, take).result()
    judge_queue(office, batch, device_id=actor.device_id)
    return QueueTaken(name, batch, read.complaints)


def withdraw_queue_file(office: QueueOffice, batch_id: str, actor: Actor) -> QueueImport:
    """Take an import back; what was found by it stays for people to decide on."""
    return office.desk.act(actor, lambda work: withdraw_queue_import(work, batch_id)).result()


def judge_queue(office: QueueOffice, batch: QueueImport, *, device_id: str) -> None:
    """Ask the rules that the queue feeds about the days of an import, in the device's name."""
    now, zone = office.clock.now(), office.calendar.zone
    moments = [_end_of(day, now, zone) for day in _days(batch, office.calendar.day(now))]

    def look(reading: Reading) -> tuple[HallHit, ...]:
        judged = (
            judge_hall(reading, batch.hall_id, calendar=office.calendar, now=at, running=())
            for at in moments
        )
        return tuple(hit for day in judged for hit in day if hit.hit.rule_id in QUEUE_RULES)

    hits = office.desk.look(look).result()

    def keep(work: UnitOfWork) -> None:
        keep_hits(work, hits, catalogue=office.catalogue, clock=office.clock)
        work.note("window.judge", f"queue_import/{batch.id}")

    if hits:
        office.desk.act(machine(device_id), keep).result()


def _windows_of(reading: Reading, hall_id: HallId) -> tuple[Window, ...]:
    return reading.find(Window, hall_id=hall_id)


def _days(batch: QueueImport, today: date) -> Iterable[date]:
    first = max(batch.first_day, today - JUDGED_BACK)
    last = min(batch.last_day, today)
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _end_of(day: date, now: datetime, zone: tzinfo) -> datetime:
    """Give the last moment of a day that has been."""
    return min(now, datetime.combine(day, time.max, zone))
