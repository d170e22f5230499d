"""Follows the watching process for all screens: in their thread, a few times a second."""

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.domain.identifiers import WindowId
from desktop.usecases.ports import Clock
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.live.board import Board, Standing, Watching
from desktop.viewmodels.live.pictures import LivePictures
from desktop.viewmodels.live.roll import Roll, read_roll
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Heard
from video.messages import (
    ClipEnd,
    ClipFrame,
    PlayBackEnd,
    PlayedBack,
    Preview,
    Ready,
    StateSpan,
)

SETTLE_MS = 200  # at most five updates a second, however many reports come
TICK_MS = 1000
HELD_SPANS = 5000  # far more than wait to be written down at any time


class Ear(Protocol):
    """Where reports come from; a workers.video_process.VideoProcess."""

    @property
    def ready(self) -> Ready | None:
        """What it said when it began to watch."""

    def subscribe(self, listener: Callable[[Heard], None]) -> None:
        """Hear reports, on a thread of its own."""

    def unsubscribe(self, listener: Callable[[Heard], None]) -> None:
        """Hear no more."""


class Watched(Protocol):
    """The open program, as far as watching the watchers needs it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def video(self) -> Ear | None:
        """The watching process, where one runs."""

    @property
    def clock(self) -> Clock:
        """The time."""


class LiveWatch(QObject):
    """What is now. Made as soon as a profile is open: what was reported before is not heard.

    Attributes:
        spans: finished stretches of state heard since the start, which the store may not hold yet.
    """

    roll_changed = Signal()
    changed = Signal()  # something was heard
    ticked = Signal()  # a second went by
    listening = Signal(object)  # the Ear that is listened to from now on
    _heard = Signal(object)

    def __init__(
        self, program: Watched, parent: QObject | None = None, *, settle_ms: int = SETTLE_MS
    ) -> None:
        super().__init__(parent)
        self._program = program
        self.board = Board()
        self.roll = Roll()
        self.spans: deque[StateSpan] = deque(maxlen=HELD_SPANS)
        self.pictures = LivePictures(program.clock.now, self)
        self._answers = Answers(self)
        self._unread: list[tuple[Heard, datetime]] = []
        self._settling = QTimer(self, singleShot=True, interval=settle_ms)
        self._settling.timeout.connect(self._settle)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self.ticked)
        self._ticking.start()
        self._heard.connect(self._collect, Qt.ConnectionType.QueuedConnection)
        self._changes = StoreChanges(program.desk, self)
        self._changes.changed.connect(self._read_roll)
        self._ear: Ear | None = None
        self._read_roll()

    def listen(self) -> None:
        """Listen to the watching process, if one runs by now."""
        ear = self._program.video
        if ear is None or ear is self._ear:
            return
        self._ear = ear
        self.board.watching = Watching.STARTING
        ear.subscribe(self._hear)
        if ear.ready is not None:
            self.board.hear(ear.ready, self.now())
        self.listening.emit(ear)

    def close(self) -> None:
        """Listen no more."""
        if self._ear is not None:
            self._ear.unsubscribe(self._hear)
        self._changes.close()
        self._settling.stop()
        self._ticking.stop()
        self.pictures.close()

    def now(self) -> datetime:
        """The time by which everything here is told."""
        return self._program.clock.now()

    def standing(self, window_id: WindowId) -> Standing:
        """How a window stands now."""
        standing = self.board.window(window_id, self.now())
        camera = self.roll.camera_of(window_id)
        elsewhere = camera is not None and bool(self.board.camera(camera.id).elsewhere)
        return replace(standing, elsewhere=elsewhere) if elsewhere else standing

    def standings(self) -> Mapping[WindowId, Standing]:
        """How every window of the hall stands now, in the hall's order."""
        return {window: self.standing(window) for window in self.roll.posts}

    def _hear(self, heard: Heard) -> None:
        """Pass a report on; on the thread of the process's owner."""
        with suppress(RuntimeError):  # this object is being deleted in its own thread
            match heard:
                case Preview():
                    self.pictures.hear(heard)
                case ClipFrame() | ClipEnd() | PlayedBack() | PlayBackEnd():
                    pass
                case _:
                    self._heard.emit(heard)

    @Slot(object)
    def _collect(self, heard: Heard) -> None:
        self._unread.append((heard, self.now()))
        if not self._settling.isActive():
            self._settling.start()

    def _settle(self) -> None:
        unread, self._unread = self._unread, []
        for heard, at in unread:
            self.board.hear(heard, at)
            if isinstance(heard, StateSpan):
                self.spans.append(heard)
        self.changed.emit()

    def _read_roll(self) -> None:
        self.listen()
        self._answers.ask(self._program.desk.look(read_roll), self._take_roll, self._leave, "roll")

    def _take_roll(self, roll: Roll) -> None:
        if roll != self.roll:
            self.roll = roll
            self.roll_changed.emit()

    def _leave(self, _refusal: Exception) -> None:
        """The case file cannot be read now; what was read before still stands."""
