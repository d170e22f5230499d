"""The picture on which areas are drawn, by pointer or by keys."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.language import said
from desktop.system.theme import DARK, Size, Space, Tone, colours, typeface
from desktop.viewmodels.zones.editor import ZoneEditor
from desktop.viewmodels.zones.sketch import Area, Part, Point
from desktop.views.kit.labels import draw_elided
from desktop.views.wall.marks import on_picture
from desktop.views.wall.measure import ASPECT, fitted

GRAB_PX = 10.0  # so near to a corner, a press takes hold of it
STEP, LEAP = 0.005, 0.05  # of the picture, by which an arrow key moves the cross
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ZoneCanvas(QWidget):
    """Arrows move a cross, space sets a corner, Enter closes, Backspace takes a corner back."""

    resized = Signal()

    def __init__(self, editor: ZoneEditor) -> None:
        super().__init__()
        self._editor = editor
        self._pixmap = QPixmap()
        self._image = QImage()
        self._cross: Point = (0.5, 0.5)
        self._held: int | None = None
        self._moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(said("画面区域"))
        self.setAccessibleDescription(
            said("方向键移动十字，空格定一个角，Enter 完成，退格撤回一个角，Shift 加快。")
        )
        editor.changed.connect(self.update)

    @property
    def room(self) -> QSize:
        """How large the picture is shown, in device pixels."""
        shown, ratio = self._place().size(), self.devicePixelRatioF()
        return QSize(round(shown.width() * ratio), round(shown.height() * ratio))

    def show_picture(self, image: QImage) -> None:
        """Show a picture below the areas; a null one shows none."""
        self._image = image
        self._scale()
        self.update()

    def sizeHint(self) -> QSize:
        """Half a small screen."""
        return QSize(640, 360)

    def minimumSizeHint(self) -> QSize:
        """Large enough to hit a corner."""
        return QSize(320, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the picture once."""
        self._scale()
        self.resized.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cross."""
        self.update()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw without a pointer."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            fast = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_cross(*_ARROWS[key], LEAP if fast else STEP)
        elif key == Qt.Key.Key_Space:
            self._editor.add_corner(self._cross)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._editor.close()
        elif key == Qt.Key.Key_Backspace:
            self._editor.drop_corner()
        elif key == Qt.Key.Key_Delete:
            self._editor.erase()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a corner, or set one."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._held, self._moved = self._corner_at(event.position()), False
        if self._held is None and self._place().contains(event.position()):
            self._cross = self._point_at(event.position())
            self._editor.add_corner(self._cross)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull a corner along."""
        if self._held is None:
            near = self._corner_at(event.position()) is not None
            shape = Qt.CursorShape.SizeAllCursor if near else Qt.CursorShape.CrossCursor
            self.setCursor(shape)
            return
        point = self._point_at(event.position())
        self._editor.move_corner(self._held, point, is_new=not self._moved)
        self._moved = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Close the area."""
        self._editor.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, areas, corners and cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        worn, place = colours(), self._place()
        painter.fillRect(place, QColor(worn.sunken))
        if self._pixmap.isNull():
            painter.setPen(QColor(worn.soft))
            above = place.adjusted(0, Space.CARD, 0, 0)  # the areas' own words stand in the middle
            where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(above, where, said("等待第一幅画面"))
        else:
            painter.drawPixmap(place.topLeft(), self._pixmap)
        for area in self._editor.sketch.areas:
            self._paint_area(painter, area, place)
        self._paint_drawn(painter, place)
        if self.hasFocus():
            self._paint_cross(painter, place)
            painter.setPen(QPen(QColor(worn.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -1))

    def _paint_area(self, painter: QPainter, area: Area, place: QRectF) -> None:
        chosen = area == self._editor.area
        corners = on_picture(self._editor.sketch.corners(area), place)
        outline = QPolygonF(corners)
        ink = QColor(DARK.near if chosen else DARK.ink(_tone(area.part)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 4 if chosen else 3))
        painter.drawPolygon(outline)
        wash = QColor(ink)
        wash.setAlpha(50 if chosen else 0)
        painter.setBrush(wash)
        style = Qt.PenStyle.SolidLine if area.part is Part.SEAT else Qt.PenStyle.DashLine
        painter.setPen(QPen(ink, 2, style))
        painter.drawPolygon(outline)
        if chosen:
            self._paint_corners(painter, corners, ink)
        self._paint_name(painter, area, outline, ink)

    def _paint_name(self, painter: QPainter, area: Area, outline: QPolygonF, ink: QColor) -> None:
        post = self._editor.live.roll.posts.get(area.window_id)
        if post is None:
            return
        text = f"{post.window.number} {area.part.word}"
        painter.setFont(typeface(Size.SMALL, bold=True))
        width = painter.fontMetrics().horizontalAdvance(text) + 12
        top = outline.boundingRect().topLeft()
        plate = QRectF(top.x(), max(0.0, top.y() - 22), width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(10, 12, 15, 205))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(ink)
        draw_elided(painter, plate.adjusted(6, 0, 0, 0).toRect(), text)

    def _paint_drawn(self, painter: QPainter, place: QRectF) -> None:
        line = on_picture(self._editor.sketch.drawn, place)
        if not line:
            return
        ink = QColor(DARK.near)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 2))
        painter.drawPolyline(line)
        self._paint_corners(painter, line, ink)

    def _paint_corners(self, painter: QPainter, corners: Sequence[QPointF], ink: QColor) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
        painter.setBrush(ink)
        for corner in corners:
            painter.drawEllipse(corner, 5, 5)

    def _paint_cross(self, painter: QPainter, place: QRectF) -> None:
        at = on_picture((self._cross,), place)[0]
        for colour, width in ((QColor(0, 0, 0, 160), 3.0), (QColor("#FFFFFF"), 1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(at - QPointF(12, 0), at + QPointF(12, 0))
            painter.drawLine(at - QPointF(0, 12), at + QPointF(0, 12))

    def _place(self) -> QRectF:
        size = self._image.size()
        aspect = size.width() / size.height() if size.height() else ASPECT
        place = fitted(self.rect(), aspect)
        place.moveTop(0)
        return QRectF(place)

    def _scale(self) -> None:
        if self._image.isNull() or self.room.isEmpty():
            self._pixmap = QPixmap()
            return
        scaled = self._image.scaled(
            self.room,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._pixmap = QPixmap.fromImage(scaled)
        self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())

    def _point_at(self, place: QPointF) -> Point:
        shown = self._place()
        return (
            (place.x() - shown.left()) / shown.width(),
            (place.y() - shown.top()) / shown.height(),
        )

    def _corner_at(self, place: QPointF) -> int | None:
        area, sketch = self._editor.area, self._editor.sketch
        if area is None or sketch.drawn:
            return None
        for number, corner in enumerate(on_picture(sketch.corners(area), self._place())):
            if (corner - place).manhattanLength() <= GRAB_PX:
                return number
        return None

    def _move_cross(self, across: int, down: int, step: float) -> None:
        x, y = self._cross
        self._cross = (min(1.0, max(0.0, x + across * step)), min(1.0, max(0.0, y + down * step)))
        self.update()


def _tone(part: Part) -> Tone:
    return Tone.GOOD if part is Part.SEAT else Tone.ACCENT
