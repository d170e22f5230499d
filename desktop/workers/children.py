"""Does one thing in a child of its own, so that nothing here ever waits for it or dies with it."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

SILENCE_S = 30.0  # starting, connecting and a first word on a busy machine
POLL_S = 0.1  # how soon a wish to stop is noticed

Entry = Callable[..., None]  # takes the sending end of a pipe and the arguments


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """Nothing more comes; `silent`: nothing came for long, and the child was ended."""

    silent: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """What is done, who is told, and how it is given up.

    Attributes:
        args: what the entry gets after its pipe; must be picklable.
        tell: called with what the child sends, on a thread of its own; must not block.
        stopping: set when nobody wants it any more; the child is gone a moment later.
    """

    entry: Entry
    args: tuple[object, ...]
    tell: Callable[[Any], None]  # Any: each entry sends its own kind
    stopping: threading.Event
    silence_s: float = SILENCE_S


def begin(child: Child) -> None:
    """Begin; returns at once. The last that is told is `ChildEnded`, unless it was given up."""
    threading.Thread(target=_run, args=(child,), name="child-owner").start()


def _run(child: Child) -> None:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(
        target=child.entry, args=(theirs, *child.args), name="hallwatch-child", daemon=True
    )
    process.start()
    theirs.close()
    silent = _listen(ours, child)
    ours.close()
    process.kill()
    process.join()
    process.close()
    if not child.stopping.is_set():
        child.tell(ChildEnded(silent))


def _listen(pipe: "Connection[None, Any]", child: Child) -> bool:
    """Pass on what comes until the pipe breaks; tell whether it was silence that ended it."""
    heard_at = time.monotonic()
    while not child.stopping.is_set():
        try:
            if pipe.poll(POLL_S):
                child.tell(pipe.recv())
                heard_at = time.monotonic()
        except (EOFError, OSError):
            return False
        if time.monotonic() - heard_at > child.silence_s:
            return True
    return False
