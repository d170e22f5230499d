"""Two threads for what takes minutes and has to wait for the case desk meanwhile."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

T = TypeVar("T")


class Errand:
    """How far one piece of work has come, and whether it is still wanted; for any thread."""

    def __init__(self, everybody_home: Event | None = None) -> None:
        self.share = 0.0
        self._stopped = Event()
        self._everybody_home = everybody_home or Event()

    def stop(self) -> None:
        """Say that nobody wants it any more; it ends at its next step."""
        self._stopped.set()

    def tell(self, share: float) -> bool:
        """Tell the share that is done, from 0 to 1; answers False when it should stop."""
        self.share = share
        return not (self._stopped.is_set() or self._everybody_home.is_set())


class Errands:
    """Does an import while lamps are being read, and lets the rest wait."""

    def __init__(self) -> None:
        self._home = Event()
        self._doing = ThreadPoolExecutor(2, thread_name_prefix="errand")

    def send(self, job: Callable[[Errand], T]) -> "tuple[Errand, Future[T]]":
        """Let something be done; it calls `tell` of its errand now and then."""
        errand = Errand(self._home)
        return errand, self._doing.submit(job, errand)

    def close(self) -> None:
        """Stop what is being done and forget what waits."""
        self._home.set()
        self._doing.shutdown(cancel_futures=True)
