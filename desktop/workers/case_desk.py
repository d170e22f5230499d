"""The one thread that writes the open case file, and the few that read it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection

from desktop.domain.roles import Actor
from desktop.storage.store import Store
from desktop.usecases.ports import Reading, UnitOfWork

T = TypeVar("T")


class CaseDesk:
    """Takes work from any thread and answers with futures; keeps the order of what writes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="desk-write")
        self._reading = ThreadPoolExecutor(2, thread_name_prefix="desk-read")

    def act(self, actor: Actor, intention: Callable[[UnitOfWork], T]) -> "Future[T]":
        """Do one act in somebody's name; it is kept whole or not at all."""

        def whole() -> T:
            with self.store.act(actor) as work:
                return intention(work)

        return self._writing.submit(whole)

    def look(self, question: Callable[[Reading], T]) -> "Future[T]":
        """Answer a question from one consistent picture."""

        def ask() -> T:
            with self.store.look() as reading:
                return question(reading)

        return self._reading.submit(ask)

    def write(self, job: Callable[[Connection], T]) -> "Future[T]":
        """Do what is nobody's act, in one transaction."""

        def whole() -> T:
            with self.store.write() as connection:
                return job(connection)

        return self._writing.submit(whole)

    def run(self, job: Callable[[], T]) -> "Future[T]":
        """Do something slow that needs no transaction of its own (a page, a digest)."""
        return self._reading.submit(job)

    def transact(self, job: Callable[[Connection], T]) -> T:
        """Do a piece of sync in one transaction and wait for it; not for the GUI thread."""
        return self.write(job).result()

    def close(self) -> None:
        """Finish what was asked and close the case file."""
        self._writing.shutdown()
        self._reading.shutdown()
        self.store.close()
