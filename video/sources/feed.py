"""What comes from a source, whether it plays or goes on without us."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from queue import Empty, SimpleQueue
from types import TracebackType

from video.errors import FootageError, FootageTrouble
from video.sources.base import Source, Taken
from video.sources.waits import Waits
from video.vocabulary.frame import EncodedPacket, StreamShape
from video.vocabulary.moment import Moment

NO_PICTURE_S = 5.0
LATE_S = 2.0  # a picture that waited so long is not judged any more
POLL_S = 0.25  # how soon a stop is noticed
ROOM = 2000  # packets that may wait: over a minute of a camera


@dataclass(frozen=True, slots=True)
class Connected:
    """Packets of this shape follow."""

    shape: StreamShape


@dataclass(frozen=True, slots=True)
class Silent:
    """No picture has come for some time, up to this moment."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Broken:
    """The camera is not to be had; it is tried again after so many seconds."""

    error: FootageError
    retry_s: float


@dataclass(frozen=True, slots=True)
class Kept:
    """Of a second stream, for evidence alone: its shape, a packet, or why it cannot be had."""

    item: StreamShape | EncodedPacket | FootageError


Arrival = Connected | Taken | Kept | Silent | Broken


def recorded(source: Source) -> Iterator[Connected | Taken]:
    """Play a source that waits for us, to its end.

    Raises:
        FootageError: it cannot be had, or broke off.
    """
    try:
        yield Connected(source.open())
        yield from source.take()
    finally:
        source.close()


@dataclass(frozen=True, slots=True)
class _Lost:
    """Reading ended, by itself or by an error that is the judging thread's to raise."""

    error: BaseException | None


_Item = Connected | Taken | Kept | Broken | _Lost


class _HandedOver:
    """Hands whatever ends the reading to the thread that can act on it."""

    def __init__(self, put: Callable[[_Lost], None]) -> None:
        self._put = put

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._put(_Lost(error))
        return True


class LiveFeed:
    """Reads a camera on a thread of its own, and connects again when it breaks off.

    Reading never waits for judging: what is late is dropped and counted, and silence is told even
    while the network keeps the reading thread waiting.
    """

    def __init__(
        self,
        source: Source,
        *,
        tick_s: float,
        stop: threading.Event,
        main: Source | None = None,
        no_picture_s: float = NO_PICTURE_S,
        late_s: float = LATE_S,
        jitter: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Prepare.

        Args:
            main: a second stream of the camera, for evidence; its loss is told and changes nothing.
        """
        self._source = source
        self._main = main
        self._tick_s = tick_s
        self._stop = stop
        self._no_picture_s = no_picture_s
        self._late_s = late_s
        self._jitter = jitter
        self._clock = clock
        self._now = now
        self._queue: SimpleQueue[tuple[float, _Item]] = SimpleQueue()  # bounded by `_has_room`
        self._skipping = False
        self.dropped = 0

    def arrivals(self) -> Iterator[Arrival]:
        """Give what comes until `stop` is set.

        Raises:
            FootageError: the camera cannot be had, and waiting does not help.
        """
        threading.Thread(target=self._read, name="camera-reader", daemon=True).start()
        if self._main is not None:
            reader = partial(self._read_main, self._main)
            threading.Thread(target=reader, name="main-reader", daemon=True).start()
        seen_s, seen_at = 0.0, self._clock()
        due = seen_at + self._no_picture_s
        while not self._stop.is_set():
            try:
                wait_s = min(POLL_S, max(0.0, due - self._clock()))
                came, item = self._queue.get(timeout=wait_s)
            except Empty:
                came, item = self._clock(), None
            if isinstance(item, Taken) and item.frames:
                seen_s, seen_at = item.frames[-1].at_s, came
                due = came + self._no_picture_s
            if item is not None:
                yield self._passed(came, item)
            if self._clock() >= due:
                now = self._clock()
                due = now + self._tick_s
                yield Silent(Moment(seen_s + now - seen_at, self._now()))

    def _passed(self, came: float, item: _Item) -> Arrival:
        match item:
            case _Lost(error):
                raise error or FootageError(FootageTrouble.STREAM_ENDED, "feed", "reading ended")
            case Taken(frames=frames) if frames and self._clock() - came > self._late_s:
                self.dropped += len(frames)
                return replace(item, frames=())
        return item

    def _read(self) -> None:
        waits = Waits(self._jitter)
        with _HandedOver(self._put):
            while not self._stop.is_set():
                began = self._clock()
                try:
                    self._read_once()
                except FootageError as error:
                    if not error.retryable:
                        raise
                    retry_s = waits.after(error.trouble, held_s=self._clock() - began)
                    self._put(Broken(error, retry_s))
                    self._stop.wait(retry_s)

    def _read_once(self) -> None:
        try:
            self._put(Connected(self._source.open()))
            for taken in self._source.take():
                self._hand_on(taken)
        finally:
            self._source.close()

    def _read_main(self, source: Source) -> None:
        waits = Waits(self._jitter)
        with _HandedOver(self._put):
            while not self._stop.is_set():
                began = self._clock()
                try:
                    self._keep_once(source)
                except FootageError as error:
                    self._put(Kept(error))
                    self._stop.wait(waits.after(error.trouble, held_s=self._clock() - began))

    def _keep_once(self, source: Source) -> None:
        """Hand packets on; one that finds no room costs those up to the next key frame."""
        skipping = False
        try:
            self._put(Kept(source.open()))
            for taken in source.take():
                if skipping and not taken.packet.key:
                    continue
                skipping = not self._has_room(Kept(taken.packet))
        finally:
            source.close()

    def _has_room(self, item: _Item) -> bool:
        """Hand on, unless too much waits already."""
        if self._queue.qsize() >= ROOM:
            return False
        self._put(item)
        return True

    def _hand_on(self, taken: Taken) -> None:
        """Drop from a full queue on up to the next key frame: nothing between could be shown."""
        if self._skipping and not taken.packet.key:
            self.dropped += len(taken.frames)
            return
        self._skipping = not self._has_room(taken)
        if self._skipping:
            self.dropped += len(taken.frames)

    def _put(self, item: _Item) -> None:
        self._queue.put((self._clock(), item))
