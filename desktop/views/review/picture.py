"""The large picture: a still or a frame of the clip, with the window's outline on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.organisation import Corners
from desktop.system.theme import Radius, Size, colours, typeface

_OUTLINE = "#F5A524"  # on footage, not on a page: the same in both themes
_ON_FOOTAGE = "#FFFFFF"
_VEIL = "#99000000"
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PictureView(QWidget):
    """Paints one picture into its place; arrows walk, the space bar plays."""

    walked = Signal(int)
    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._outline: Corners = ()
        self._caption = self._badge = self._words = self._name = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("证据画面"))

    def show_picture(self, image: QImage, *, caption: str, badge: str) -> None:
        """Show a picture, what it is, and whether people on it are masked."""
        self._image, self._caption, self._badge, self._words = image, caption, badge, ""
        self.setAccessibleDescription(" ".join((caption, badge)))
        self.update()

    def show_words(self, words: str) -> None:
        """Say why there is no picture."""
        self._image, self._words = QImage(), words
        self.setAccessibleDescription(words)
        self.update()

    def show_outline(self, corners: Corners, name: str) -> None:
        """Outline a window; corners are fractions of the picture."""
        self._outline, self._name = corners, name
        self.update()

    def sizeHint(self) -> QSize:
        """A picture of 16 to 9."""
        return QSize(480, 270)

    def minimumSizeHint(self) -> QSize:
        """Small enough for a small window."""
        return QSize(240, 135)

    def hasHeightForWidth(self) -> bool:
        """As high as a camera's picture is."""
        return True

    def heightForWidth(self, width: int) -> int:
        """16 to 9."""
        return round(width * 9 / 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows, play by the space bar."""
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        elif event.key() in _KEYS:
            self.walked.emit(_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play."""
        self.toggled.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, outline and caption, or the words instead."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        worn = colours()
        painter.fillRect(self.rect(), QColor(worn.sunken))
        if self._image.isNull():
            painter.setPen(QColor(worn.soft))
            painter.setFont(typeface(Size.BODY))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._words)
        else:
            place = self._place()
            painter.drawImage(place, self._image)
            self._paint_outline(painter, place)
            self._paint_caption(painter, place)
        if self.hasFocus():
            painter.setPen(QPen(QColor(worn.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _place(self) -> QRectF:
        """The picture's place, its proportions kept."""
        wanted = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - wanted.width()) / 2, (self.height() - wanted.height()) / 2
        return QRectF(left, top, wanted.width(), wanted.height())

    def _paint_outline(self, painter: QPainter, place: QRectF) -> None:
        if not self._outline:
            return
        corners = [
            QPointF(place.left() + x * place.width(), place.top() + y * place.height())
            for x, y in self._outline
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(_OUTLINE), 2))
        painter.drawPolygon(QPolygonF(corners))
        top = min(corners, key=QPointF.y)
        self._paint_tag(painter, self._name, QPointF(top.x(), max(place.top(), top.y() - 26)))

    @staticmethod
    def _paint_tag(painter: QPainter, text: str, corner: QPointF) -> None:
        if not text:
            return
        painter.setFont(typeface(Size.SMALL, bold=True))
        width = QFontMetrics(painter.font()).horizontalAdvance(text) + 16
        tag = QRectF(corner.x(), corner.y() + 2, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_OUTLINE))
        painter.drawRoundedRect(tag, Radius.CONTROL / 2, Radius.CONTROL / 2)
        painter.setPen(QColor("#1D2129"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_caption(self, painter: QPainter, place: QRectF) -> None:
        bar = QRectF(place.left(), place.bottom() - 28, place.width(), 28)
        painter.fillRect(bar, QColor(_VEIL))
        painter.setPen(QColor(_ON_FOOTAGE))
        painter.setFont(typeface(Size.SMALL))
        metrics = QFontMetrics(painter.font())
        inner = bar.adjusted(10, 0, -10, 0)
        room = metrics.horizontalAdvance(self._badge)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._badge)
        left = inner.adjusted(0, 0, -room - 12, 0)
        shown = metrics.elidedText(self._caption, Qt.TextElideMode.ElideRight, int(left.width()))
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, shown)
