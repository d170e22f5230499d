"""Paints windows: their outline on the picture, and their word and time below it."""

from collections.abc import Sequence

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


Plate = tuple[QRectF, Post, StateLook]


def paint_plates(painter: QPainter, plates: Sequence[Plate], within: QRectF) -> None:
    """Write shape and number at each seat; the words too, where there is room for all of them."""
    px = plate_size(within)
    painter.setFont(_font(px, bold=True))
    metrics = QFontMetricsF(painter.font())
    edges = [seat.left() for seat, _, _ in plates[1:]] + [within.right()]
    rooms = [edge - seat.left() - px / 2 for (seat, _, _), edge in zip(plates, edges, strict=True)]
    words = [f"{_number(post)} {look.word}" for _, post, look in plates]
    fit = all(
        metrics.horizontalAdvance(text) + 2.2 * px <= room
        for text, room in zip(words, rooms, strict=True)
    )
    for (seat, post, look), text in zip(plates, words, strict=True):
        _paint_plate(painter, seat, within, look, text if fit else _number(post))


def _paint_plate(
    painter: QPainter, seat: QRectF, within: QRectF, look: StateLook, text: str
) -> None:
    px = plate_size(within)
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + px * 2.2
    plate = QRectF(seat.left(), seat.top() - px * 1.7, width, px * 1.7)
    plate.moveLeft(min(max(plate.left(), within.left()), within.right() - plate.width()))
    plate.moveTop(max(plate.top(), within.top()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.bad) if look.alarming else _PLATE)
    painter.drawRoundedRect(plate, 4, 4)
    ink = "#FFFFFF" if look.alarming else DARK.ink(look.tone)
    square = QRectF(plate.left() + px * 0.4, plate.center().y() - px / 2, px, px)
    paint_glyph(painter, look.shape, square, ink)
    painter.setPen(QColor("#FFFFFF"))
    words_at = plate.adjusted(px * 1.8, 0, 0, 0)
    painter.drawText(words_at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _number(post: Post) -> str:
    return post.window.number or post.window.name


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
