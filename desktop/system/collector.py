"""Collects cyclic garbage on the screen's thread alone: Qt's objects must die in their own thread.

Left alone, the interpreter collects on whichever thread allocates next. On a desk's thread that
deletes timers and view-models of the screen's thread, and the program dies in the middle of a
painting.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2_000


class Collector(QObject):
    """Takes the collecting over from the interpreter until it is stopped."""

    def __init__(self, parent: QObject | None = None, *, every_ms: int = EVERY_MS) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what is there at the start stays; looking at it again would only cost time
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as the interpreter would."""
        due = [n for n in range(3) if gc.get_count()[n] > gc.get_threshold()[n]]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the collecting back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
