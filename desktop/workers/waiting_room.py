"""What waits for the server and what it refused, asked through the desk."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from sqlalchemy import Connection

from desktop.workers.case_desk import CaseDesk
from sync.outbox import queue
from sync.outbox.queue import Refused


@dataclass(frozen=True, slots=True)
class Waiting:
    """Changes and files by state (`pending`, `blobs_waiting` …), and refusals not yet settled."""

    counts: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()


class WaitingRoom:
    """Looks into the outbox of one profile."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def look(self) -> "Future[Waiting]":
        """Count what waits."""
        return self._desk.write(_look)

    def accept(self, op_id: str) -> "Future[None]":
        """Take the server's value for a change that it refused."""

        def settle(connection: Connection) -> None:
            queue.settle_refusal(connection, op_id)

        return self._desk.write(settle)


def _look(connection: Connection) -> Waiting:
    return Waiting(dict(queue.counts(connection)), queue.refusals(connection))
