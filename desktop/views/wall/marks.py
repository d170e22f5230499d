"""Paints windows: their outline on the picture, and their word and time below it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.domain.organisation import Corners
from desktop.system.theme import DARK, LIGHT, Tone, colours, typeface
from desktop.viewmodels.live.board import Standing
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.live.words import counting, window_title
from desktop.viewmodels.states import Shape, StateLook
from desktop.views.kit.glyphs import paint_glyph
from desktop.views.kit.labels import draw_elided

# On a picture nothing is known of what lies below: bright lines on a dark seam hold on any.
_SEAM = QColor(0, 0, 0, 150)
_PLATE = QColor(10, 12, 15, 205)
LEAST, LARGEST, LEADING = 13, 28, 1.4  # px, px, lines a type size
_OUTLINES = {
    Shape.HATCHED_SQUARE: Qt.PenStyle.DashLine,
    Shape.DASHED_SQUARE: Qt.PenStyle.DotLine,
}


def on_picture(corners: Corners, picture: QRectF) -> list[QPointF]:
    """Scale the corners of a zone to a picture on the screen."""
    corner, width, height = picture.topLeft(), picture.width(), picture.height()
    return [corner + QPointF(x * width, y * height) for x, y in corners]


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
        painter.fillRect(place.adjusted(1, 1, -1, -2), QColor(worn.wash(Tone.BAD)))
    inner = place.adjusted(10, 4, -8, -4)
    lines = 3 if inner.height() >= 3 * LEAST * LEADING else 2
    # A number with its shape is as wide as four and a half characters.
    unit = max(LEAST, min(LARGEST, int(inner.height() / lines / LEADING), int(inner.width() / 4.5)))
    line = unit * LEADING
    top = inner.top() + max(0.0, (inner.height() - lines * line) / 2)
    places = [QRectF(inner.left(), top + n * line, inner.width(), line) for n in range(lines)]
    square = QRectF(inner.left(), places[0].center().y() - unit * 0.55, unit * 1.1, unit * 1.1)
    paint_glyph(painter, look.shape, square, worn.ink(look.tone))
    painter.setFont(_font(unit, bold=True))
    painter.setPen(QColor(worn.text))
    draw_elided(painter, places[0].adjusted(unit * 1.6, 0, 0, 0).toRect(), window_title(post))
    time = counting(standing.lasted_s) if standing.since else ""
    painter.setFont(_fitting(look.word, inner.width(), unit, bold=look.alarming))
    painter.setPen(QColor(worn.ink(look.tone)))
    room = 0 if lines == 3 else painter.fontMetrics().horizontalAdvance(time) + 6
    draw_elided(painter, places[1].adjusted(0, 0, -room, 0).toRect(), look.word)
    painter.setFont(_font(unit, bold=look.alarming))
    draw_elided(painter, places[-1].toRect(), time, right=lines == 2)


def _fitting(text: str, room: float, px: int, *, bold: bool) -> QFont:
    """A face in which a word is shown whole, down to the smallest that can be read."""
    font = _font(px, bold=bold)
    while px > LEAST - 1 and QFontMetricsF(font).horizontalAdvance(text) > room:
        px -= 1
        font = _font(px, bold=bold)
    return font


def _font(px: int, *, bold: bool = False) -> QFont:
    font = typeface(bold=bold)
    font.setPixelSize(px)
    return font
