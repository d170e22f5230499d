"""Repeats what a worker tells on its own thread in the thread of the screens."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

Hearer = Callable[[Any], None]  # Any: each source tells its own kind


class Source(Protocol):
    """A worker that can be listened to: the sync thread, the watching process."""

    def subscribe(self, listener: Hearer, /) -> None:
        """Hear everything from now on."""

    def unsubscribe(self, listener: Hearer, /) -> None:
        """Hear no more."""


class Relay(QObject):
    """A listener of one source; `told` comes in this object's thread, in order."""

    told = Signal(object)
    _posted = Signal(object)

    def __init__(self, source: Source, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._posted.connect(self._repeat, Qt.ConnectionType.QueuedConnection)
        source.subscribe(self.hear)

    def hear(self, word: object) -> None:
        """Take a word on the worker's thread."""
        # The screen may close at any moment; Qt then raises RuntimeError, and nobody listens.
        with suppress(RuntimeError):
            self._posted.emit(word)

    def stop(self) -> None:
        """Listen no more."""
        self._source.unsubscribe(self.hear)

    @Slot(object)
    def _repeat(self, word: object) -> None:
        self.told.emit(word)
