"""What the use cases ask of the world around them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar

from desktop.domain.approvals import CaseBundle
from desktop.domain.evidence import ChainHead
from desktop.domain.identifiers import CaseId, HallId
from desktop.domain.numbers import NumberBlock
from desktop.domain.roles import Actor


class Record(Protocol):
    """A domain value that is kept: a frozen dataclass with an id and an entity name."""

    ENTITY: ClassVar[str]

    @property
    def id(self) -> str:
        """The record's UUIDv7."""


R = TypeVar("R", bound=Record)


class Clock(Protocol):
    """The time of day; aware, UTC."""

    def now(self) -> datetime:
        """Tell the time."""


class Reading(Protocol):
    """Looking at what is kept."""

    def get(self, kind: type[R], record_id: str) -> R:
        """Fetch one record. Raises NotFound."""

    def find(self, kind: type[R], **equals: object) -> tuple[R, ...]:
        """Fetch all records whose fields equal the given values, oldest first."""

    def newest(self, kind: type[R], count: int) -> tuple[R, ...]:
        """Fetch the records that were made last, the latest first."""

    def lasting(self, kind: type[R], start: datetime, end: datetime) -> tuple[R, ...]:
        """Fetch all records whose time, `started_at` to `ended_at`, meets the span, as begun."""

    def latest(self, kind: type[R], field: str) -> datetime | None:
        """Give the latest moment that a field holds; the entity asks for an index on it."""

    def number_blocks(self) -> tuple[NumberBlock, ...]:
        """Give the blocks of document numbers that were leased to this device."""

    def case(self, hall_id: HallId, case_id: CaseId) -> CaseBundle:
        """Fetch one approval case of a hall. Raises NotFound."""

    def cases(self, hall_id: HallId) -> Iterator[CaseBundle]:
        """Give a hall's approval cases one by one, in the order in which they came."""

    def chain_head(self) -> ChainHead:
        """Give the latest row of this device's audit chain."""


class UnitOfWork(Reading, Protocol):
    """One transaction in an actor's name: domain rows, outbox rows and the audit row together."""

    actor: Actor

    def add(self, thing: Record) -> None:
        """Keep a new record. Raises DomainError when the actor may not create it."""

    def replace(self, thing: Record) -> None:
        """Keep a record's successor. Raises DomainError when the change is not allowed."""

    def amend(self, entity: str, record_id: str, values: Mapping[str, Any]) -> None:
        """Set fields of a record, or make it of them where it is missing. Raises DomainError."""

    def settle_refusal(self, op_id: str) -> None:
        """Note that a change that the server refused was decided about."""

    def keep_blob(self, sha256: str, size: int, media_type: str) -> None:
        """Queue bytes that are already in the vault for the server."""

    def take_number(self, series: str, year: int) -> int:
        """Take the next number of a block leased to this device. Raises NoNumberLeft."""

    def void_unused(self, *, before_year: int) -> tuple[NumberBlock, ...]:
        """Use up what is left of the blocks of earlier years; answer it as it was."""

    def settle_cases(self, batch_id: str) -> int:
        """Take in the cases of an import that wait; answer how many are new or changed."""

    def note(self, action: str, subject: str, *, reason: str = "") -> None:
        """Say what was done; work that changes something without a note is refused."""


Body = Mapping[str, Any]  # Any: whatever JSON can hold


@dataclass(frozen=True, slots=True)
class Changed:
    """A record before and after an act; `ver` is the version that the act rests on."""

    entity: str
    id: str
    scope: str
    old: Body | None
    new: Body
    ver: int
