"""Keeps the watching process alive, hears its reports, and says when it has died."""

import logging
import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue

from desktop.workers.watch_lease import WatchShare
from video.messages import Command, Ready, Report, Shutdown, Vault, Watch

log = logging.getLogger(__name__)

SILENCE_S = 20.0  # the process beats every two seconds
FIRST_BEAT_S = 60.0  # loading a model on a busy machine takes a while
GOODBYE_S = 10.0  # to finish the evidence that is being written
WAITS_S = (1.0, 2.0, 5.0, 15.0, 30.0)  # before each restart in a row
CALM_S = 600.0  # restarts older than this are forgotten

Entry = Callable[["Connection[Report, Command]", Vault], None]


@dataclass(frozen=True, slots=True)
class ProcessEnded:
    """The watching process died or fell silent; nothing is watched until it is back.

    Attributes:
        exit_code: as the system tells it, None when it was silent and had to be ended.
        restart_s: seconds until the next start, None when the owner gave up.
    """

    exit_code: int | None
    restart_s: float | None


Heard = Report | ProcessEnded | WatchShare
Listener = Callable[[Heard], None]


class VideoProcess:
    """Owner of the one process that watches cameras.

    Listeners are called on the owner's own thread, in order; they must not block.

    Attributes:
        ready: what the process said when it began to watch; None while it does not.
    """

    def __init__(self, entry: Entry, vault: Vault, *, silence_s: float = SILENCE_S) -> None:
        self._entry = entry
        self._vault = vault
        self._silence_s = silence_s
        self._spawn = multiprocessing.get_context("spawn")
        self._listeners: list[Listener] = []
        self.ready: Ready | None = None
        self._plan: Watch | None = None
        self._said: SimpleQueue[Heard] = SimpleQueue()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._pipe: Connection[Command, Report] | None = None
        self._thread: threading.Thread | None = None
        self._starts: deque[float] = deque()

    def subscribe(self, listener: Listener) -> None:
        """Hear everything from now on."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Hear no more; one that never subscribed is no error."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread = threading.Thread(target=self._keep_alive, name="video-owner")
        self._thread.start()

    def watch(self, command: Watch) -> None:
        """Watch this plan from now on, also after a restart."""
        with self._lock:
            self._plan = command
        self.send(command)

    def send(self, command: Command) -> None:
        """Pass a command on; one that meets a dead process is dropped, its death is reported."""
        with self._lock:
            if self._pipe is not None:
                try:
                    self._pipe.send(command)
                except OSError:
                    log.info("command %s met a closed pipe", type(command).__name__)

    def say(self, word: Heard) -> None:
        """Let the listeners hear this between two reports; returns at once."""
        self._said.put(word)

    def stop(self) -> None:
        """Ask politely, then firmly; returns when process and thread are gone."""
        self._stopping.set()
        self.send(Shutdown())
        if self._thread is not None:
            self._thread.join()

    def _keep_alive(self) -> None:
        while not self._stopping.is_set():
            ended = self._one_life()
            if self._stopping.is_set():
                return
            wait = self._next_wait()
            self._tell(ProcessEnded(ended, wait))
            if wait is None:
                return
            self._stopping.wait(wait)

    def _one_life(self) -> int | None:
        """Run one process to its end; give its exit code, None when it was silent."""
        ours, theirs = self._spawn.Pipe()
        child = self._spawn.Process(
            target=self._entry, args=(theirs, self._vault), name="hallwatch-video", daemon=True
        )
        child.start()
        theirs.close()
        log.info("watching process %s started", child.pid)
        with self._lock:
            self._pipe = ours
            if self._plan is not None:
                ours.send(self._plan)
        silent = self._listen(ours)
        with self._lock:
            self._pipe = None
        ours.close()
        return self._bury(child, silent=silent)

    def _listen(self, pipe: "Connection[Command, Report]") -> bool:
        """Pass reports on until the pipe breaks; tell whether it was silence that ended it."""
        heard_at = time.monotonic()
        patience = max(FIRST_BEAT_S, self._silence_s)
        leaving_at: float | None = None
        while True:
            try:
                if pipe.poll(0.25):
                    self._tell(pipe.recv())
                    heard_at, patience = time.monotonic(), self._silence_s
                while not self._said.empty():
                    self._tell(self._said.get())
            except (EOFError, OSError):
                return False
            now = time.monotonic()
            if self._stopping.is_set():
                leaving_at = leaving_at or now
                if now - leaving_at > GOODBYE_S:
                    return True
            elif now - heard_at > patience:
                return True

    def _bury(self, child: BaseProcess, *, silent: bool) -> int | None:
        child.join(0 if silent else GOODBYE_S)
        if child.is_alive():
            child.kill()
            child.join()
        code = None if silent else child.exitcode
        log.info("watching process %s ended with %s", child.pid, code)
        child.close()
        return code

    def _next_wait(self) -> float | None:
        now = time.monotonic()
        while self._starts and now - self._starts[0] > CALM_S:
            self._starts.popleft()
        if len(self._starts) == len(WAITS_S):
            return None
        self._starts.append(now)
        return WAITS_S[len(self._starts) - 1]

    def _tell(self, heard: Heard) -> None:
        match heard:
            case Ready():
                self.ready = heard
            case ProcessEnded():
                self.ready = None
        for listener in tuple(self._listeners):
            listener(heard)
