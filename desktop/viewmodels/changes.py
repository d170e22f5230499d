"""Tells the screens that the case file changed: in their thread, and a burst only once."""

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.workers.case_desk import CaseDesk

SETTLE_MS = 200


class StoreChanges(QObject):
    """An ear at the case desk; `close` takes it away."""

    changed = Signal()
    _heard = Signal()

    def __init__(
        self, desk: CaseDesk, parent: QObject | None = None, *, settle_ms: int = SETTLE_MS
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, singleShot=True, interval=settle_ms)
        self._timer.timeout.connect(self.changed)
        self._is_closed = False
        self._heard.connect(self._wait, Qt.ConnectionType.QueuedConnection)
        desk.subscribe(self._hear)

    def close(self) -> None:
        """Listen no more."""
        self._is_closed = True  # what was posted before is still delivered
        self._desk.unsubscribe(self._hear)
        self._heard.disconnect(self._wait)
        self._timer.stop()

    def _hear(self) -> None:
        """Pass it on; on the writing thread, perhaps while this object is being deleted."""
        with suppress(RuntimeError):
            self._heard.emit()

    def _wait(self) -> None:
        """Wait once from the first change, so that a steady stream is followed too."""
        if not (self._is_closed or self._timer.isActive()):
            self._timer.start()
