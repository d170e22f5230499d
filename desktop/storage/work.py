"""One act of a person or device: its records, what goes to the server, and its audit row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from cattrs import Converter
from sqlalchemy import Connection

from desktop.domain.approvals import CaseBundle
from desktop.domain.entities import Book
from desktop.domain.errors import NotFound
from desktop.domain.evidence import AuditRow, ChainHead
from desktop.domain.identifiers import CaseId, HallId, new_id
from desktop.domain.numbers import NumberBlock
from desktop.domain.roles import Actor
from desktop.storage import audit, case_lines, cases, numbers, records
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.records import RecordRow
from desktop.storage.shapes import Body, Json, body_of, plain, thing_of, time_text
from desktop.usecases.ports import Changed, Clock, Record

R = TypeVar("R", bound=Record)
REGION = "region"  # the scope of what belongs to no hall


class Outbox(Protocol):
    """Where acts wait for the server; it writes through the connection it is given."""

    def append(self, connection: Connection, user_id: str, changes: Sequence[Changed]) -> None:
        """Queue one act, whole."""

    def add_blob(self, connection: Connection, sha256: str, size: int, media_type: str) -> None:
        """Queue bytes by digest."""

    def settle_refusal(self, connection: Connection, op_id: str) -> None:
        """Note that a refused change was decided about."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What reading and writing records needs to know."""

    book: Book
    converter: Converter
    outbox: Outbox
    clock: Clock


class Reader:
    """Looks at records through one connection; a usecases.ports.Reading."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

    def get(self, kind: type[R], record_id: str) -> R:
        """Fetch one record.

        Raises:
            NotFound: kind, id.
        """
        row = self._row(kind.ENTITY, record_id)
        return thing_of(self._shelf.converter, kind, row.body, f"{row.entity} {row.id}")

    def find(self, kind: type[R], **equals: object) -> tuple[R, ...]:
        """Fetch all records whose fields equal the given values, oldest first."""
        converter = self._shelf.converter
        wanted = {name: plain(converter, value) for name, value in equals.items()}
        rows = records.select(self._connection, kind.ENTITY, wanted)
        return tuple(thing_of(converter, kind, r.body, f"{r.entity} {r.id}") for r in rows)

    def newest(self, kind: type[R], count: int) -> tuple[R, ...]:
        """Fetch the records that were made last, the latest first."""
        rows, converter = (
            records.newest(self._connection, kind.ENTITY, count),
            self._shelf.converter,
        )
        return tuple(thing_of(converter, kind, r.body, f"{r.entity} {r.id}") for r in rows)

    def lasting(self, kind: type[R], start: datetime, end: datetime) -> tuple[R, ...]:
        """Fetch all records whose time, `started_at` to `ended_at`, meets the span, as begun."""
        span = (time_text(start), time_text(end))
        rows = records.select_lasting(self._connection, kind.ENTITY, *span)
        converter = self._shelf.converter
        return tuple(thing_of(converter, kind, r.body, f"{r.entity} {r.id}") for r in rows)

    def latest(self, kind: type[Record], field: str) -> datetime | None:
        """Give the latest moment that a field holds; None before the first."""
        found = records.latest(self._connection, kind.ENTITY, field)
        return datetime.fromisoformat(found) if found else None

    def number_blocks(self) -> tuple[NumberBlock, ...]:
        """Give the blocks of document numbers that were leased to this device."""
        return numbers.blocks(self._connection)

    def case(self, hall_id: HallId, case_id: CaseId) -> CaseBundle:
        """Fetch one approval case of a hall.

        Raises:
            NotFound: kind, id.
        """
        number = case_lines.number_of(self._connection, hall_id, case_id)
        if number is None:
            raise NotFound("approval_case", case_id)
        ((_, bundle),) = case_lines.bundles(self._connection, [number])
        return bundle

    def cases(self, hall_id: HallId) -> Iterator[CaseBundle]:
        """Give a hall's approval cases one by one, in the order in which they came."""
        return cases.cases_of(self._connection, hall_id)

    def chain_head(self) -> ChainHead:
        """Give the latest row of this device's audit chain."""
        return audit.head_of(self._connection)

    def _row(self, entity: str, record_id: str) -> RecordRow:
        row = records.load(self._connection, entity, record_id)
        if row is None:
            raise NotFound(entity, record_id)
        return row


@dataclass(slots=True)
class _Note:
    action: str
    subject: str
    reason: str


class Work(Reader):
    """One transaction in an actor's name; a usecases.ports.UnitOfWork."""

    def __init__(self, connection: Connection, shelf: Shelf, actor: Actor) -> None:
        super().__init__(connection, shelf)
        self.actor = actor
        self._changes: list[Changed] = []
        self._note: _Note | None = None

    def add(self, thing: Record) -> None:
        """Keep a new record."""
        body = body_of(self._shelf.converter, thing)
        self._shelf.book.check_new(thing.ENTITY, body, self.actor)
        self._write(thing.ENTITY, thing.id, None, body, 0)

    def replace(self, thing: Record) -> None:
        """Keep a record's successor; one that is equal changes nothing."""
        row = self._row(thing.ENTITY, thing.id)
        body = body_of(self._shelf.converter, thing)
        if body == row.body:
            return
        self._shelf.book.check_change(thing.ENTITY, row.body, body, self.actor)
        self._write(thing.ENTITY, thing.id, row.body, body, row.ver)

    def amend(self, entity: str, record_id: str, values: Mapping[str, Json]) -> None:
        """Set fields of a record, or make it of them where it is missing; equal ones are no act."""
        row = records.load(self._connection, entity, record_id)
        if row is None:
            body = dict(values)
            self._shelf.book.check_new(entity, body, self.actor)
            self._write(entity, record_id, None, body, 0)
            return
        body = {**row.body, **values}
        if body != row.body:
            self._shelf.book.check_change(entity, row.body, body, self.actor)
            self._write(entity, record_id, row.body, body, row.ver)

    def settle_refusal(self, op_id: str) -> None:
        """Note that a change that the server refused was decided about."""
        self._shelf.outbox.settle_refusal(self._connection, op_id)

    def keep_blob(self, sha256: str, size: int, media_type: str) -> None:
        """Queue bytes that are already in the vault."""
        self._shelf.outbox.add_blob(self._connection, sha256, size, media_type)

    def take_number(self, series: str, year: int) -> int:
        """Take the next number of a leased block."""
        return numbers.take_number(self._connection, series, year)

    def void_unused(self, *, before_year: int) -> tuple[NumberBlock, ...]:
        """Use up what is left of the blocks of earlier years; answer it as it was."""
        return numbers.void_unused(self._connection, before_year)

    def settle_cases(self, batch_id: str) -> int:
        """Take in the cases of an import that wait; answer how many are new or changed."""
        return cases.settle(self._connection, batch_id)

    def note(self, action: str, subject: str, *, reason: str = "") -> None:
        """Say what is being done; once an act."""
        self._note = _Note(action, subject, reason)

    def finish(self) -> None:
        """Write the audit row and queue the act; called once, before the commit.

        Raises:
            StorageError: WITHOUT_NOTE when something changed and nobody said what it was.
        """
        if self._note is None:
            if self._changes:
                raise StorageError(StorageTrouble.WITHOUT_NOTE, self._changes[0].entity)
            return
        self._audit(self._note)
        self._shelf.outbox.append(self._connection, self.actor.user_id, self._changes)

    def _audit(self, note: _Note) -> None:
        head = audit.head_of(self._connection)
        scope = self._changes[-1].scope if self._changes else REGION
        row = AuditRow(
            id=new_id(),
            hall_id=HallId(scope),
            at=self._shelf.clock.now(),
            actor_by=self.actor.user_id,
            actor_name=self.actor.name or self.actor.device_id,
            device_id=self.actor.device_id,
            action=note.action,
            subject=note.subject,
            n=head.n + 1,
            prev_hash=head.hash,
            reason=note.reason,
            changes={f"{c.entity}/{c.id}": audit.digest_of(c.new) for c in self._changes},
        )
        body = body_of(self._shelf.converter, row)
        self._write(AuditRow.ENTITY, row.id, None, body, 0)
        audit.chain(self._connection, row.id, body)

    def _write(self, entity: str, record_id: str, old: Body | None, new: Body, ver: int) -> None:
        scope = str(new[self._shelf.book.rule(entity).scope_field])
        at = time_text(self._shelf.clock.now())
        records.write(self._connection, RecordRow(entity, record_id, scope, new, ver + 1, at))
        self._changes.append(Changed(entity, record_id, scope, old, new, ver))
