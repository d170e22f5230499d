"""Keeps what is being written as it is written: a killed program loses at most one stroke."""

from collections.abc import Mapping
from concurrent.futures import Future
from threading import Lock

from sqlalchemy import Connection

from desktop.storage import scratch
from desktop.workers.case_desk import CaseDesk


class ScratchPad:
    """Takes words from any thread and returns at once.

    While one keeping is under way the latest words of each place wait, and go together next: a
    fast typist never gets ahead of the disk by more than what one commit takes.
    """

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk
        self._lock = Lock()  # over what waits
        self._waiting: dict[str, str] = {}

    def write(self, place: str, words: str) -> None:
        """Keep the words of a place, in place of earlier ones."""
        with self._lock:
            is_first = not self._waiting
            self._waiting[place] = words
        if is_first:
            self._desk.write(self._keep, quietly=True)

    def read(self, below: str) -> "Future[Mapping[str, str]]":
        """Give what is kept of all places that begin so, after all that was written before."""
        return self._desk.write(lambda connection: scratch.kept(connection, below))

    def forget(self, below: str) -> "Future[None]":
        """Let go of all places that begin so, after all that was written before."""
        return self._desk.write(lambda connection: scratch.forget(connection, below), quietly=True)

    def _keep(self, connection: Connection) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        for place, words in waiting.items():
            scratch.keep(connection, place, words)
