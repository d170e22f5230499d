"""What waits for the server and what it refused, asked through the desk."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from desktop.domain.errors import NotAllowed
from desktop.domain.roles import Actor
from desktop.storage import records
from desktop.usecases.conflicts import Redo, redo
from desktop.workers.case_desk import CaseDesk
from sync.outbox import queue
from sync.outbox.queue import Refused


class Entrance(Protocol):
    """The door, as far as it knows who acts now."""

    actor: Actor | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Changes and files by state (`pending`, `blobs_waiting` …), and refusals not yet settled.

    Attributes:
        people: names of users by id, for who changed what.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)


class WaitingRoom:
    """Looks into the outbox of one profile."""

    def __init__(self, desk: CaseDesk, door: Entrance) -> None:
        self._desk = desk
        self._door = door

    def look(self) -> "Future[Waiting]":
        """Count what waits."""
        return self._desk.write(_look)

    def accept(self, op_id: str) -> "Future[None]":
        """Take the server's value for a change that it refused."""

        def settle(connection: Connection) -> None:
            queue.settle_refusal(connection, op_id)

        return self._desk.write(settle)

    def redo(self, parts: Sequence[Redo]) -> "Future[None]":
        """Do a refused act again, in the name of who is at the desk.

        The future raises DomainError when that is not allowed.

        Raises:
            NotAllowed: nobody is at the desk.
        """
        actor = self._door.actor
        if actor is None:
            raise NotAllowed(parts[0].entity, "change", ())
        return self._desk.act(actor, partial(redo, parts=parts))


def _look(connection: Connection) -> Waiting:
    refused = queue.refusals(connection)
    people = records.select(connection, "user_card", {}) if refused else []
    named = {row.id: str(row.body.get("name", "")) for row in people}
    return Waiting(dict(queue.counts(connection)), refused, named)
