"""Notices that nobody has touched the program for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """Looks at what reaches the windows that have the focus, dialogs too.

    It filters windows and not the application: there every paint of every widget would pass.
    """

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._look_at)
            self._look_at(application.focusWindow())

    def set_minutes(self, minutes: int) -> None:
        """Wait so long from the last touch."""
        self._timer.setInterval(minutes * 60_000)

    def begin(self) -> None:
        """Wait from now on."""
        self._timer.start()

    def end(self) -> None:
        """Wait no more."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew at each touch."""
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    def _look_at(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once only: Qt moves a filter it already has
