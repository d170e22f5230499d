"""Finds anything by its words, and keeps the index behind what changes."""

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future

from sqlalchemy import Connection

from desktop.storage import finding
from desktop.storage.finding import Found, Hit, Quest
from desktop.workers.case_desk import CaseDesk

log = logging.getLogger(__name__)

PIECE = 400  # things read at a time: some 40 ms, so that others come between
MOST = 100  # hits of one question


class Finder:
    """Answers with futures; what was written a moment ago is found a moment later.

    Attributes:
        is_behind: whether something waits to be read into the index.
    """

    def __init__(self, desk: CaseDesk, told: Mapping[str, str]) -> None:
        """Make it; nothing is read yet.

        Args:
            told: names of what stands in the program's own data, by id: rules, templates.
        """
        self._desk, self._told = desk, told
        self._lock = threading.Lock()
        self._is_queued = self._has_ended = False
        self.is_behind = False

    def start(self) -> None:
        """Read what is due now, and whatever becomes due."""
        self._desk.subscribe(self._wake)
        self._wake()

    def stop(self) -> None:
        """Read no more; the rest stays due."""
        self._desk.unsubscribe(self._wake)
        with self._lock:
            self._has_ended = True

    def find(self, quest: Quest) -> "Future[Found]":
        """Find the latest things of a quest."""

        def ask() -> Found:
            with self._desk.store.read() as connection:
                return finding.find(connection, quest, MOST)

        return self._desk.run(ask)

    def look_up(self, keys: Sequence[tuple[str, str]]) -> "Future[tuple[Hit, ...]]":
        """Give the lines of some things, by kind and id; what is gone is left out."""

        def ask() -> tuple[Hit, ...]:
            with self._desk.store.read() as connection:
                return finding.hits_of(connection, keys)

        return self._desk.run(ask)

    def _wake(self) -> None:
        with self._lock:
            if self._is_queued or self._has_ended:
                return
            self._is_queued = True
            self._desk.write(self._read, quietly=True).add_done_callback(_log_trouble)

    def _read(self, connection: Connection) -> None:
        self._is_queued = False
        self.is_behind = finding.read_due(connection, PIECE, self._told) == PIECE
        if self.is_behind:
            self._wake()


def _log_trouble(reading: "Future[None]") -> None:
    if (error := reading.exception()) is not None:
        log.error("what is due could not be read into the index: %s", type(error).__name__)
