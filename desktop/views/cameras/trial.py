"""Trying a camera out before it is kept: one button, a live picture, and what it means."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Radius, Size, Space, Tone, colours, typeface
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.cameras.trial import Phase
from desktop.views.kit.buttons import Button
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.placeholders import BusyBar

_WIDTH, _HEIGHT = 416, 234  # px, 16 to 9


class TrialPicture(QWidget):
    """The last picture of the camera, or a word in its place."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self._words = ""
        self.setMinimumWidth(_WIDTH)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said("摄像机画面"))

    def sizeHint(self) -> QSize:
        """As wide as a picture that tells something."""
        return QSize(_WIDTH, _HEIGHT)

    def show_picture(self, picture: QImage | None, words: str) -> None:
        """Show a picture, or say why there is none."""
        self._pixmap = QPixmap() if picture is None else QPixmap.fromImage(picture)
        self._words = words
        self.setAccessibleDescription("" if picture is not None else words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it whole, on a plain ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours().line))
        painter.setBrush(QColor(colours().surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), Radius.CONTROL, Radius.CONTROL)
        if self._pixmap.isNull():
            painter.setPen(QColor(colours().soft))
            painter.setFont(typeface(Size.BODY))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
            return
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, self._pixmap)


class TrialPanel(QWidget):
    """The picture with its button; nothing here ever waits for a camera."""

    def __init__(self, editor: CameraEditor) -> None:
        super().__init__()
        self._editor, self._testing = editor, editor.testing
        self.picture = TrialPicture()
        self.button = Button(icon=Icon.PLAY)
        self.button.clicked.connect(self._press)
        self._progress = BusyBar()
        self._progress.setAccessibleName(said("正在连接…"))
        self.words = Label(wraps=True)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self._progress, 1)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.INSIDE)
        column.addWidget(self.picture)
        column.addWidget(self.words)
        column.addLayout(row)
        self._testing.changed.connect(self.refresh)
        editor.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how far the trial has come."""
        testing = self._testing
        told, tone = testing.told
        idle = said("点“试一下”看看能不能连上，再保存。")
        self.words.setText(told or idle)
        self.words.set_tone(tone if told else Tone.SOFT)
        self.picture.show_picture(testing.picture, said("还没有画面"))
        show_if(self._progress, wanted=testing.phase is Phase.CONNECTING)
        self.button.setText(said("停止") if testing.is_running else said("试一下"))
        self.button.set_icon(Icon.CLOSE if testing.is_running else Icon.PLAY)
        self.button.setEnabled(testing.is_running or not self._editor.address_trouble)

    def _press(self) -> None:
        if self._testing.is_running:
            self._testing.stop()
        else:
            self._editor.try_out()
