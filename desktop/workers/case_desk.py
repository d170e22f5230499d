"""The one thread that writes the open case file, and the few that read it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection

from desktop.domain.roles import Actor
from desktop.storage.connection import changes_of
from desktop.storage.store import Store
from desktop.usecases.ports import Reading, UnitOfWork

T = TypeVar("T")


class CaseDesk:
    """Takes work from any thread and answers with futures; keeps the order of what writes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="desk-write")
        self._reading = ThreadPoolExecutor(2, thread_name_prefix="desk-read")
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Hear of every transaction that changed something; called on the writing thread."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[], None]) -> None:
        """Hear no more; one that never subscribed is no error."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def act(self, actor: Actor, intention: Callable[[UnitOfWork], T]) -> "Future[T]":
        """Do one act in somebody's name; it is kept whole or not at all."""

        def whole() -> T:
            with self.store.act(actor) as work:
                answer = intention(work)
            self._changed()
            return answer

        return self._writing.submit(whole)

    def look(self, question: Callable[[Reading], T]) -> "Future[T]":
        """Answer a question from one consistent picture."""

        def ask() -> T:
            with self.store.look() as reading:
                return question(reading)

        return self._reading.submit(ask)

    def write(self, job: Callable[[Connection], T], *, quietly: bool = False) -> "Future[T]":
        """Do what is nobody's act, in one transaction.

        Args:
            quietly: it changes nothing that a screen shows; nobody is told.
        """

        def whole() -> T:
            with self.store.write() as connection:
                before = changes_of(connection)
                answer = job(connection)
                changed = changes_of(connection) != before
            if changed and not quietly:
                self._changed()
            return answer

        return self._writing.submit(whole)

    def run(self, job: Callable[[], T]) -> "Future[T]":
        """Do something slow that needs no transaction of its own (a page, a digest)."""
        return self._reading.submit(job)

    def alone(self, job: Callable[[], T]) -> "Future[T]":
        """Do something while nothing else is written, in transactions of its own."""
        return self._writing.submit(job)

    def recall(self, name: str) -> "Future[str | None]":
        """Look up a fact about this profile."""
        return self._reading.submit(self.store.recall, name)

    def remember(self, name: str, value: str) -> "Future[None]":
        """Keep a fact about this profile; never a secret."""
        return self._writing.submit(self.store.remember, name, value)

    def transact(self, job: Callable[[Connection], T]) -> T:
        """Do a piece of sync in one transaction and wait for it; not for the GUI thread."""
        return self.write(job).result()

    def close(self) -> None:
        """Finish what was asked and close the case file."""
        self._writing.shutdown()
        self._reading.shutdown()
        self.store.close()

    def _changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()
