"""Paints the shape of each state; a shape is known without its colour."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone, colours
from desktop.viewmodels.states import Shape, StateLook
from desktop.views.kit.labels import Label

_GRID = 16.0  # every shape is drawn in a square of 16, then scaled
_STROKE = 1.8


def paint_glyph(painter: QPainter, shape: Shape, place: QRectF, colour: str) -> None:
    """Draw a shape into a square place."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / _GRID, place.height() / _GRID)
    painter.setPen(QPen(QColor(colour), _STROKE, c=Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _PAINTERS[shape](painter, QColor(colour))
    painter.restore()


def glyph_icon(look: StateLook, size: int = 16) -> QIcon:
    """Make an icon of a state's shape for a model or a menu."""
    icon = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(size * ratio, size * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_glyph(painter, look.shape, QRectF(pixmap.rect()), colours().ink(look.tone))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        icon.addPixmap(pixmap)
    return icon


def paint_hatching(painter: QPainter, place: QRectF, colour: str, background: str) -> None:
    """Fill a place with the hatching of what could not be judged."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(place, QColor(background))
    painter.setClipRect(place)
    painter.setPen(QPen(QColor(colour), 1.0))
    x = place.left() - place.height()
    while x < place.right():
        painter.drawLine(QLineF(x, place.bottom(), x + place.height(), place.top()))
        x += 4.0
    painter.restore()


class StateGlyph(QWidget):
    """The shape of one state; its word is its accessible name."""

    def __init__(self, look: StateLook | None = None, *, size: int = 16) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(size, size)
        if look:
            self.show_look(look)

    def show_look(self, look: StateLook) -> None:
        """Show another state."""
        self._look = look
        self.setAccessibleName(look.word)
        self.setToolTip(look.word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        if self._look:
            painter = QPainter(self)
            ink = colours().ink(self._look.tone)
            paint_glyph(painter, self._look.shape, QRectF(self.rect()), ink)


class StateTag(QWidget):
    """Shape and word of a state side by side, as in legends and headings."""

    def __init__(self, look: StateLook | None = None, *, size: Size = Size.BODY) -> None:
        super().__init__()
        self._glyph = StateGlyph(size=14 if size is Size.SMALL else 16)
        self._word = Label(size=size)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.HAIR + 2)
        row.addWidget(self._glyph)
        row.addWidget(self._word)
        if look:
            self.show_look(look)

    def show_look(self, look: StateLook, *, tone: Tone | None = None) -> None:
        """Show a state; the word wears its tone unless another is given."""
        self._glyph.show_look(look)
        self._word.setText(look.word)
        self._word.set_tone(tone or look.tone)
        self.setAccessibleName(look.word)

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        return self.minimumSizeHint()


def _disc(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(8, 8), 6.2, 6.2)


def _ring(painter: QPainter, _colour: QColor) -> None:
    painter.drawEllipse(QPointF(8, 8), 5.3, 5.3)


def _half_disc(painter: QPainter, colour: QColor) -> None:
    _ring(painter, colour)
    painter.setBrush(colour)
    painter.drawPie(QRectF(2.7, 2.7, 10.6, 10.6), 90 * 16, 180 * 16)


def _barred_ring(painter: QPainter, colour: QColor) -> None:
    _ring(painter, colour)
    painter.drawLine(QLineF(5, 8, 11, 8))


def _broken_ring(painter: QPainter, _colour: QColor) -> None:
    painter.drawArc(QRectF(2.7, 2.7, 10.6, 10.6), 50 * 16, 260 * 16)
    painter.drawLine(QLineF(8, 8, 13.4, 8))


def _phone(painter: QPainter, colour: QColor) -> None:
    painter.drawRoundedRect(QRectF(4, 1.8, 8, 12.4), 1.6, 1.6)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(QRectF(6.4, 11, 3.2, 1.4))


def _triangle(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.setPen(QPen(colour, 1.6, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPolygon(QPolygonF([QPointF(8, 2.6), QPointF(14, 13.2), QPointF(2, 13.2)]))


def _alarm_triangle(painter: QPainter, colour: QColor) -> None:
    whole = QPainterPath()
    whole.addPolygon(QPolygonF([QPointF(8, 1.2), QPointF(15.2, 14.2), QPointF(0.8, 14.2)]))
    whole.closeSubpath()
    whole.addRoundedRect(QRectF(7.1, 5.2, 1.8, 4.6), 0.9, 0.9)
    whole.addEllipse(QPointF(8, 11.8), 1.1, 1.1)
    painter.fillPath(whole, colour)


def _two_bars(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(4, 3, 2.8, 10), 0.6, 0.6)
    painter.drawRoundedRect(QRectF(9.2, 3, 2.8, 10), 0.6, 0.6)


def _diamond(painter: QPainter, _colour: QColor) -> None:
    corners = [QPointF(8, 2), QPointF(14, 8), QPointF(8, 14), QPointF(2, 8)]
    painter.drawPolygon(QPolygonF(corners))


def _dash(painter: QPainter, _colour: QColor) -> None:
    painter.drawLine(QLineF(3, 8, 13, 8))


def _hatched_square(painter: QPainter, colour: QColor) -> None:
    frame = QRectF(2.4, 2.4, 11.2, 11.2)
    painter.setPen(QPen(colour, 1.0))
    for offset in (-5.6, -1.9, 1.9, 5.6):
        low, high = max(2.4, 2.4 + offset), min(13.6, 13.6 + offset)
        painter.drawLine(QLineF(low, 16 - low + offset, high, 16 - high + offset))
    painter.setPen(QPen(colour, 1.5))
    painter.drawRoundedRect(frame, 1.2, 1.2)


def _dashed_square(painter: QPainter, colour: QColor) -> None:
    pen = QPen(colour, 1.5, c=Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([2.0, 1.74])  # four dashes a side, in widths of the pen
    painter.setPen(pen)
    painter.drawRect(QRectF(2.4, 2.4, 11.2, 11.2))


_PAINTERS: Mapping[Shape, Callable[[QPainter, QColor], None]] = {
    Shape.DISC: _disc,
    Shape.RING: _ring,
    Shape.HALF_DISC: _half_disc,
    Shape.BARRED_RING: _barred_ring,
    Shape.BROKEN_RING: _broken_ring,
    Shape.PHONE: _phone,
    Shape.TRIANGLE: _triangle,
    Shape.ALARM_TRIANGLE: _alarm_triangle,
    Shape.TWO_BARS: _two_bars,
    Shape.DIAMOND: _diamond,
    Shape.DASH: _dash,
    Shape.HATCHED_SQUARE: _hatched_square,
    Shape.DASHED_SQUARE: _dashed_square,
}
