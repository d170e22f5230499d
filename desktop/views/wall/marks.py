"""Paints windows: their outline on the picture, and their word and time below it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.domain.organisation import Corners
from desktop.system.theme import DARK, LIGHT, Tone, colours, typeface
from desktop.viewmodels.live.board import Standing
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.live.words import counting, window_title
from desktop.viewmodels.states import UNWATCHED, Shape, StateLook
from desktop.views.kit.glyphs import paint_glyph
from desktop.views.kit.labels import draw_elided

# On a picture nothing is known of what lies below: bright lines on a dark seam hold on any.
_SEAM = QColor(0, 0, 0, 150)
_PLATE = QColor(10, 12, 15, 205)
_OUTLINES = {
    Shape.HATCHED_SQUARE: Qt.PenStyle.DashLine,
    Shape.DASHED_SQUARE: Qt.PenStyle.DotLine,
}


def on_picture(corners: Corners, picture: QRectF) -> QPolygonF:
    """Scale the corners of a zone to a picture on the screen."""
    return QPolygonF(
        [
            QPointF(picture.left() + x * picture.width(), picture.top() + y * picture.height())
            for x, y in corners
        ]
    )


def paint_outline(painter: QPainter, outline: QPolygonF, look: StateLook) -> None:
    """Draw the edge of a window's seat; an absence is drawn heavily and filled."""
    width = 3.0 if look.alarming else 2.0
    painter.setPen(QPen(_SEAM, width + 2, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(outline)
    ink = QColor(DARK.ink(look.tone))
    style = _OUTLINES.get(look.shape, Qt.PenStyle.SolidLine)
    painter.setPen(QPen(ink, width, style, j=Qt.PenJoinStyle.RoundJoin))
    if look.alarming:
        ink.setAlpha(60)
        painter.setBrush(ink)
    painter.drawPolygon(outline)


def paint_plate(
    painter: QPainter, outline: QPolygonF, within: QRectF, post: Post, look: StateLook
) -> None:
    """Write shape and number at the upper edge of a seat; the word too, where there is room."""
    px = plate_size(within)
    painter.setFont(_font(px, bold=True))
    metrics = QFontMetricsF(painter.font())
    number = post.window.number or post.window.name
    words = f"{number} {look.word}"
    room = outline.boundingRect().width()
    text = words if metrics.horizontalAdvance(words) + px * 2.2 <= room else number
    plate = QRectF(0, 0, metrics.horizontalAdvance(text) + px * 2.2, px * 1.7)
    top = outline.boundingRect().topLeft()
    plate.moveTopLeft(
        QPointF(
            min(max(top.x(), within.left()), within.right() - plate.width()),
            min(max(top.y() - plate.height(), within.top()), within.bottom() - plate.height()),
        )
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.bad) if look.alarming else _PLATE)
    painter.drawRoundedRect(plate, 4, 4)
    ink = "#FFFFFF" if look.alarming else DARK.ink(look.tone)
    square = QRectF(plate.left() + px * 0.4, plate.center().y() - px / 2, px, px)
    paint_glyph(painter, look.shape, square, ink)
    painter.setPen(QColor("#FFFFFF"))
    words_at = plate.adjusted(px * 1.8, 0, 0, 0)
    painter.drawText(words_at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def plate_size(picture: QRectF) -> int:
    """The type size of what is written on a picture, in pixels."""
    return max(11, min(20, int(picture.height() / 20)))


def paint_cell(painter: QPainter, place: QRectF, post: Post, standing: Standing) -> None:
    """Write a window below the picture, as large as its room allows: to be read across a room."""
    worn, look = colours(), standing.look
    if look.alarming:
        painter.fillRect(place.adjusted(0, 1, 0, 0), QColor(worn.wash(Tone.BAD)))
    inner = place.adjusted(10, 4, -8, -4)
    unit = max(13, min(26, int(min(inner.height() / 3.0, inner.width() / 6.4))))
    line = unit * 1.45
    top = inner.top() + max(0.0, (inner.height() - 2 * line) / 2)
    upper = QRectF(inner.left(), top, inner.width(), line)
    lower = QRectF(inner.left(), top + line, inner.width(), line)
    paint_glyph(
        painter,
        look.shape,
        QRectF(upper.left(), upper.center().y() - unit * 0.55, unit * 1.1, unit * 1.1),
        worn.ink(look.tone),
    )
    painter.setFont(_font(unit, bold=True))
    painter.setPen(QColor(worn.text))
    upper_words = upper.adjusted(unit * 1.6, 0, 0, 0).toRect()
    draw_elided(painter, upper_words, window_title(post))
    time = counting(standing.lasted_s) if standing.since else ""
    _paint_word(painter, lower, look, time, unit)


def _paint_word(painter: QPainter, place: QRectF, look: StateLook, time: str, unit: int) -> None:
    worn = colours()
    painter.setFont(_font(max(12, unit - 2), bold=look.alarming))
    room = painter.fontMetrics().horizontalAdvance(time)
    painter.setPen(QColor(worn.ink(Tone.SOFT if look is UNWATCHED else look.tone)))
    draw_elided(painter, place.adjusted(0, 0, -room - 6, 0).toRect(), look.word)
    draw_elided(painter, place.toRect(), time, right=True)


def _font(px: int, *, bold: bool = False) -> QFont:
    font = typeface(bold=bold)
    font.setPixelSize(px)
    return font
