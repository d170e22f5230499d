"""The thread that goes to the server: round after round, on a timer or when asked."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from desktop.storage.errors import StorageError
from desktop.usecases.ports import Clock
from sync.client.round import RoundReport, Step
from sync.errors import SyncError, SyncTrouble
from video.errors import FootageError

log = logging.getLogger(__name__)

Refusal = SyncError | StorageError | FootageError


class SyncPhase(Enum):
    """What the thread is at."""

    RESTING = "resting"
    RUNNING = "running"
    PAUSED = "paused"
    SIGNED_OUT = "signed_out"
    TROUBLED = "troubled"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The truth about synchronising, as the frame of the window shows it.

    Attributes:
        step, done: what a running round is at, and how many pieces of it are done.
        report: the last whole round, and when it ended.
        refusal: why the last round broke off; None after a whole one.
    """

    phase: SyncPhase = SyncPhase.RESTING
    step: Step | None = None
    done: int = 0
    report: RoundReport | None = None
    finished_at: datetime | None = None
    refusal: Refusal | None = None


class Rounds(Protocol):
    """Does one round with the server; a sync.client.round.Round."""

    def run(
        self, progress_to: Callable[[Step, int], None], cancelled: Callable[[], bool]
    ) -> RoundReport:
        """Do it. Raises SyncError, StorageError, FootageError."""


Listener = Callable[[SyncStatus], None]


class SyncThread:
    """Owner of the thread. Listeners are called on it, in order; they must not block.

    Attributes:
        every_s: seconds from one round to the next that nobody asks for.
    """

    def __init__(self, rounds: Rounds, *, every_s: float, clock: Clock) -> None:
        self._rounds = rounds
        self.every_s = every_s
        self._clock = clock
        self._listeners: list[Listener] = []
        self._asked: list[Future[RoundReport]] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._paused = False
        self._thread = threading.Thread(target=self._keep_going, name="sync")
        self.status = SyncStatus()

    def subscribe(self, listener: Listener) -> None:
        """Hear every change of the status from now on."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Hear no more; one that never subscribed is no error."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def round_now(self) -> "Future[RoundReport]":
        """Ask for a round that begins after this moment."""
        asked: Future[RoundReport] = Future()
        with self._lock:
            self._asked.append(asked)
        self._wake.set()
        return asked

    def pause(self) -> None:
        """Break off and stay away from the server until `go_on`."""
        self._paused = True
        self._tell(replace(self.status, phase=SyncPhase.PAUSED, step=None))

    def go_on(self) -> None:
        """End a pause with a round."""
        self._paused = False
        self._wake.set()

    def stop(self) -> None:
        """Break off, give up what was asked for, and end; what waits in the store still waits."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        for asked in self._taken():
            asked.cancel()

    def _keep_going(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait(self.every_s)
            self._wake.clear()
            if not (self._stopping.is_set() or self._paused):
                self._go()

    def _go(self) -> None:
        asked = self._taken()
        self._tell(replace(self.status, phase=SyncPhase.RUNNING, step=None, done=0))
        try:
            report = self._rounds.run(self._at, self._is_cancelled)
        except (SyncError, StorageError, FootageError) as error:
            self._broke_off(error)
            for one in asked:
                one.set_exception(error)
        except Exception as error:  # a fault of ours must not end synchronising for good
            log.exception("a round failed")
            self._broke_off(SyncError(SyncTrouble.DAMAGED, type(error).__name__))
            for one in asked:
                one.set_exception(error)
        else:
            phase = SyncPhase.PAUSED if self._paused else SyncPhase.RESTING
            self._tell(SyncStatus(phase, None, 0, report, self._clock.now()))
            for one in asked:
                one.set_result(report)

    def _broke_off(self, error: Refusal) -> None:
        signed_out = isinstance(error, SyncError) and error.trouble is SyncTrouble.SIGNED_OUT
        phase = SyncPhase.SIGNED_OUT if signed_out else SyncPhase.TROUBLED
        log.info("a round broke off: %s", error.trouble.value)
        self._tell(replace(self.status, phase=phase, step=None, refusal=error))

    def _at(self, step: Step, done: int) -> None:
        self._tell(replace(self.status, step=step, done=done))

    def _is_cancelled(self) -> bool:
        return self._stopping.is_set() or self._paused

    def _taken(self) -> "list[Future[RoundReport]]":
        with self._lock:
            asked, self._asked = self._asked, []
        return asked

    def _tell(self, status: SyncStatus) -> None:
        self.status = status
        for listener in tuple(self._listeners):
            listener(status)
