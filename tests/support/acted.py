"""A live camera that does at each connection what a test says."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import numpy as np

from video.errors import FootageError
from video.sources.base import Taken
from video.vocabulary.frame import EncodedPacket, Frame, StreamShape

SHAPE = StreamShape("h264", b"", 64, 48)
WALL = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
Act = Callable[[], Iterator[Taken]]


class ActedSource:
    """Connects as often as there are acts, and then waits until it is let go."""

    live = True

    def __init__(self, acts: Sequence[Act]) -> None:
        self._acts = iter(acts)
        self._act: Act = nothing
        self.left = threading.Event()
        self.closed = 0

    def open(self) -> StreamShape:
        self._act = next(self._acts, self._waiting)
        return SHAPE

    def take(self) -> Iterator[Taken]:
        return self._act()

    def close(self) -> None:
        self.closed += 1

    def _waiting(self) -> Iterator[Taken]:
        self.left.wait(30)
        return nothing()


def nothing() -> Iterator[Taken]:
    return iter(())


def shows(*times: float, then: FootageError | None = None) -> Act:
    """Show pictures at these stream seconds, each a key frame, and then break off."""

    def act() -> Iterator[Taken]:
        yield from map(taken, times)
        if then is not None:
            raise then

    return act


def taken(at_s: float) -> Taken:
    frame = Frame(at_s, WALL, np.zeros((48, 64, 3), np.uint8))
    return Taken(EncodedPacket(b"unit", at_s, at_s, 0.1, key=True), (frame,))
