"""What screens about findings and cards ask of the open program."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import fields
from enum import Enum
from typing import Protocol

from desktop.documents.press import PaperPress
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError
from desktop.domain.identifiers import UserId
from desktop.domain.organisation import UserCard
from desktop.domain.roles import Actor
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.scoring.profile import Profile
from desktop.system.secrets import Secrets
from desktop.usecases.ports import Clock, Reading, Record
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Listener
from video.messages import Command


class Gate(Protocol):
    """Who acts now, and the numbers of this device; a workers.door.Door."""

    actor: Actor | None

    def have_numbers(self, series: str, year: int) -> "Future[int]":
        """Lease document numbers where none is left."""


class Screening(Protocol):
    """Plays clips; a workers.video_process.VideoProcess."""

    def subscribe(self, listener: Listener) -> None:
        """Hear reports, on a thread of its own."""

    def unsubscribe(self, listener: Listener) -> None:
        """Hear no more."""

    def send(self, command: Command) -> None:
        """Ask for something."""


class Kept(Protocol):
    """What a vault answers when it keeps bytes."""

    @property
    def sha256(self) -> str:
        """Digest of the plain bytes."""

    @property
    def size(self) -> int:
        """How many."""


class Sealed(Protocol):
    """Where bytes lie by digest; a storage.vault.SealedVault."""

    def put(self, data: bytes) -> Kept:
        """Keep bytes. Raises FootageError."""

    def get(self, sha256: str) -> bytes:
        """Answer bytes, verified. Raises FootageError."""


class Casework(Protocol):
    """The open program, as far as casework needs it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def vault(self) -> Sealed:
        """The evidence and the papers."""

    @property
    def door(self) -> Gate:
        """Who acts."""

    @property
    def video(self) -> Screening | None:
        """The watching process, where one runs."""

    @property
    def press(self) -> PaperPress:
        """The press."""

    @property
    def book(self) -> Book:
        """The rules of all records."""

    @property
    def catalogue(self) -> Catalogue:
        """The supervision rules."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days."""

    @property
    def profile(self) -> Profile:
        """How units are scored."""

    @property
    def secrets(self) -> Secrets:
        """The keyring."""

    @property
    def clock(self) -> Clock:
        """The time."""


def body_of(thing: Record) -> Mapping[str, object]:
    """Give a record as the book of rules reads it: by field, enums by value."""
    given = ((each.name, getattr(thing, each.name)) for each in fields(thing))  # type: ignore[arg-type]
    return {name: value.value if isinstance(value, Enum) else value for name, value in given}


def acts_open(book: Book, thing: Record, actor: Actor | None) -> tuple[str, ...]:
    """Name what this person could do to a record now; nobody can do nothing."""
    return book.acts_on(thing.ENTITY, body_of(thing), actor) if actor else ()


def bar_to(book: Book, thing: Record, act: str, actor: Actor) -> DomainError | None:
    """Give the refusal that an act would meet now, None when it would not."""
    try:
        book.must_allow(thing.ENTITY, body_of(thing), act, actor)
    except DomainError as refusal:
        return refusal
    return None


def may_create(book: Book, entity: str, actor: Actor | None) -> bool:
    """Tell whether this person may create such records."""
    if actor is None:
        return False
    try:
        book.must_allow_new(entity, actor)
    except DomainError:
        return False
    return True


def names_in(reading: Reading) -> Mapping[UserId, str]:
    """Name everybody by id."""
    return {card.id: card.name for card in reading.find(UserCard)}
