"""Shows one camera after another; one with an absence stays twice as long."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.identifiers import CameraId

STAYS_S = (5, 10, 20, 60)  # seconds a camera, to choose from
USUAL_S = 10


class Patrol(QObject):
    """Goes round the cameras; `turned` names the one to show now."""

    turned = Signal(object)  # CameraId
    changed = Signal()  # began or ended

    def __init__(self, needs_eyes: Callable[[CameraId], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.stay_s = USUAL_S
        self._needs_eyes = needs_eyes
        self._round: tuple[CameraId, ...] = ()
        self._at = -1
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.turn)

    @property
    def is_going(self) -> bool:
        """Whether it goes round."""
        return self._timer.isActive()

    def begin(self, cameras: Sequence[CameraId]) -> None:
        """Go round these cameras from the first."""
        self._round, self._at = tuple(cameras), -1
        if self._round:
            self.turn()
            self.changed.emit()

    def end(self) -> None:
        """Stay where one is."""
        if self.is_going:
            self._timer.stop()
            self.changed.emit()

    def turn(self) -> None:
        """Go to the next camera now."""
        self._at = (self._at + 1) % len(self._round)
        camera = self._round[self._at]
        self._timer.start(1000 * self.stay_s * (2 if self._needs_eyes(camera) else 1))
        self.turned.emit(camera)
