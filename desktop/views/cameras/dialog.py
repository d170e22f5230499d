"""The dialog in which one camera is added or changed; never blocks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.organisation import Camera
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.wording import sentence
from desktop.views.cameras.form import CameraForm
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner

_SIZE = (960, 680)


class CameraDialog(QDialog):
    """The form with what is missing said before the button is pressed."""

    def __init__(self, parent: QWidget, editor: CameraEditor) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = said("添加摄像机") if editor.is_new else said("修改摄像机")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(*_SIZE)
        self._editor = editor
        self.form = CameraForm(editor)
        self.banner = Banner(tone=Tone.NEAR)
        self.go = Button(said("保存并开始监看"), Rank.PRIMARY)
        self.go.clicked.connect(editor.save)
        self._back = Button(said("取消"))
        self._back.clicked.connect(self.reject)
        self._lay_out(title)
        editor.changed.connect(self._show)
        editor.saved.connect(self._close)
        editor.refused.connect(self._say)
        self._show()

    def done(self, result: int) -> None:
        """Close, and give up what is being tried out."""
        self._editor.testing.stop()
        super().done(result)

    def _lay_out(self, title: str) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(title, size=Size.PAGE, bold=True))
        column.addWidget(self.form, 1)
        column.addWidget(self.banner)
        column.addLayout(buttons)

    def _show(self) -> None:
        obstacle, remark = self._editor.obstacle, self._editor.remark
        self.banner.say(obstacle or remark, Tone.NEAR if obstacle else Tone.ACCENT)
        self.go.setEnabled(not obstacle and not self._editor.is_saving)

    def _say(self, refusal: Exception) -> None:
        self.banner.say(sentence(refusal), Tone.BAD)

    def _close(self, _: Camera) -> None:
        self.accept()
