"""The dialog that photographs with a camera of this machine."""

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.system.language import said
from desktop.viewmodels.inspections.shutter import DEVICES, Shutter
from desktop.views.cameras.trial import TrialPicture
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field


class ShutterQuestion(Question):
    """Shows what the camera sees; going on keeps it."""

    def __init__(self, parent: QWidget, shutter: Shutter) -> None:
        super().__init__(parent, said("拍照"), "", said("拍下"))
        self._shutter = shutter
        self.devices = QComboBox()
        for number in range(DEVICES):
            self.devices.addItem(said("摄像头 {0}").format(number + 1), number)
        self.devices.activated.connect(shutter.begin)
        self.picture = TrialPicture()
        self.body.addWidget(self.picture)
        self.body.addWidget(Field(said("摄像头"), self.devices))
        self.agreed.connect(shutter.keep)
        shutter.changed.connect(self._show)
        shutter.begin(0)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the camera, however the dialog ends."""
        self._shutter.stop()
        super().hideEvent(event)

    def _show(self) -> None:
        seen = self._shutter.picture
        self.picture.show_picture(None if seen.isNull() else seen, self._shutter.words)
        self.go.setEnabled(not seen.isNull())
