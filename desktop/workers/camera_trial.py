"""Tries one camera out in a child of its own, so that nothing here ever waits for it."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from video.messages import CameraPlan, Report

SILENCE_S = 30.0  # starting, connecting and a first picture on a busy machine
POLL_S = 0.1  # how soon a wish to stop is noticed

Entry = Callable[["Connection[Report, None]", CameraPlan], None]


@dataclass(frozen=True, slots=True)
class TrialEnded:
    """Nothing more comes; `silent`: nothing came for long, and the child was ended."""

    silent: bool = False


Tried = Report | TrialEnded


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried, who is told, and how it is given up.

    Attributes:
        tell: called on the trial's own thread; must not block.
        stopping: set when nobody wants it any more; the child is gone a moment later.
    """

    camera: CameraPlan
    tell: Callable[[Tried], None]
    stopping: threading.Event


def begin_trial(entry: Entry, trial: Trial, *, silence_s: float = SILENCE_S) -> None:
    """Begin; returns at once."""
    threading.Thread(target=_run, args=(entry, trial, silence_s), name="camera-trial").start()


def _run(entry: Entry, trial: Trial, silence_s: float) -> None:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    child = spawn.Process(
        target=entry, args=(theirs, trial.camera), name="hallwatch-trial", daemon=True
    )
    child.start()
    theirs.close()
    silent = _listen(ours, trial, silence_s)
    ours.close()
    child.kill()
    child.join()
    child.close()
    if not trial.stopping.is_set():
        trial.tell(TrialEnded(silent))


def _listen(pipe: "Connection[None, Report]", trial: Trial, silence_s: float) -> bool:
    """Pass reports on until the pipe breaks; tell whether it was silence that ended it."""
    heard_at = time.monotonic()
    while not trial.stopping.is_set():
        try:
            if pipe.poll(POLL_S):
                trial.tell(pipe.recv())
                heard_at = time.monotonic()
        except (EOFError, OSError):
            return False
        if time.monotonic() - heard_at > silence_s:
            return True
    return False
