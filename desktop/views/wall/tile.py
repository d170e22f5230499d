"""One camera on the wall: its picture, its windows, and how they are."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton

from desktop.domain.identifiers import WindowId
from desktop.domain.organisation import Camera, Corners
from desktop.system.theme import Radius, Size, Tone, colours, typeface
from desktop.viewmodels.live.glance import Glance
from desktop.viewmodels.live.pictures import Picture
from desktop.views.kit.labels import draw_elided
from desktop.views.wall.marks import (
    on_picture,
    paint_cell,
    paint_outline,
    paint_plates,
    plate_size,
)
from desktop.views.wall.measure import ASPECT, TilePlan, cell_places, plan_tile

_AIR = QPointF(0, 10)  # above and below the line between two windows


class CameraTile(QAbstractButton):
    """Paints one camera; Enter or a double click asks to see it alone."""

    opened = Signal(object)  # CameraId
    asked = Signal(object, object, object)  # CameraId, WindowId or None, QPoint on the screen
    pointed = Signal(object, object)  # WindowId, QPoint on the screen: somebody stays at it
    resized = Signal(object)  # CameraId: the picture is wanted in another size

    def __init__(self, camera: Camera, glance: Glance) -> None:
        super().__init__()
        self.camera = camera
        self._seats: dict[str, Corners] = {zone.window_id: zone.seat for zone in camera.zones}
        self._glance = glance
        self._picture: Picture | None = None
        self._pixmap = QPixmap()
        self._overlay = QPixmap()  # a null one is drawn when it is next needed
        self._aspect = ASPECT
        self._plan: TilePlan = plan_tile(self.sizeHint(), len(glance.windows))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(camera.name)
        self.setAccessibleDescription(glance.read_out)

    @property
    def picture_room(self) -> QSize:
        """How large the picture is shown, in device pixels."""
        ratio = self.devicePixelRatioF()
        shown = self._plan.picture.size()
        return QSize(round(shown.width() * ratio), round(shown.height() * ratio))

    def show_picture(self, picture: Picture) -> None:
        """Show a new picture; only its own place is painted again."""
        self._picture = picture
        size = picture.image.size()
        if size.height() and abs(size.width() / size.height() - self._aspect) > 0.01:
            self._aspect = size.width() / size.height()
            self._measure()
            self.update()
        self._scale()
        self.update(self._plan.picture)

    def show_glance(self, glance: Glance) -> None:
        """Show how things are; what looks the same is not painted again."""
        before, self._glance = self._glance, glance
        if glance.read_out != before.read_out:
            self.setAccessibleDescription(glance.read_out)
            self._measure()
            self.update()
            return
        if glance.remark != before.remark:
            self.update(self._plan.head)
        self.update(self._plan.strip)

    def sizeHint(self) -> QSize:
        """Its place is given by the wall."""
        return QSize(320, 240)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter or the space bar; the arrows belong to the wall."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self.camera.id)
            return
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open."""
        self.opened.emit(self.camera.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask what can be done with the window that was pointed at, or with any by the keyboard."""
        pointed = event.reason() == QContextMenuEvent.Reason.Mouse
        window = self.window_at(event.pos()) if pointed else None
        self.asked.emit(self.camera.id, window, event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Tell of a window at which the pointer stays."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if window := self.window_at(event.pos()):
                self.pointed.emit(window, event.globalPos())
            return True
        return super().event(event)

    def window_at(self, point: QPoint) -> WindowId | None:
        """Give the window whose seat or whose line lies at a point."""
        at, picture = QPointF(point), QRectF(self._plan.picture)
        places = cell_places(self._plan, len(self._glance.windows))
        for place, (post, _) in zip(places, self._glance.windows, strict=False):
            if place.contains(at):
                return post.window.id
        for post, _ in self._glance.windows:
            corners = self._seats.get(post.window.id, ())
            seat = QPolygonF(on_picture(corners, picture))
            if seat.containsPoint(at, Qt.FillRule.OddEvenFill):
                return post.window.id
        return None

    def changeEvent(self, event: QEvent) -> None:
        """Wear another theme or face."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._overlay = QPixmap()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew and ask for pictures that fit."""
        self._measure()
        self._scale()
        self.resized.emit(self.camera.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what lies in the part that changed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        if event.rect().intersects(self._plan.picture):
            self._paint_picture(painter)
        if self._plan.head.isEmpty():
            return
        if event.rect().intersects(self._plan.head):
            self._paint_head(painter)
        if event.rect().intersects(self._plan.strip):
            places = cell_places(self._plan, len(self._glance.windows))
            painter.setPen(QColor(colours().line))
            inner = (place for n, place in enumerate(places) if n % self._plan.columns)
            for place in inner:
                painter.drawLine(place.topLeft() + _AIR, place.bottomLeft() - _AIR)
            for place, (post, standing) in zip(places, self._glance.windows, strict=True):
                paint_cell(painter, place, post, standing)

    def _measure(self) -> None:
        self._plan = plan_tile(self.size(), len(self._glance.windows), self._aspect)
        self._overlay = QPixmap()

    def _scale(self) -> None:
        """Scale the picture to its place once, not at every painting."""
        if self._picture is None or self.picture_room.isEmpty():
            return
        image = self._picture.image
        if image.size() != self.picture_room:
            image = image.scaled(
                self.picture_room,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self._pixmap = QPixmap.fromImage(image)
        self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())

    def _paint_frame(self, painter: QPainter) -> None:
        worn = colours()
        alarmed = self._glance.alarmed
        edge = worn.accent if self.hasFocus() else worn.bad if alarmed else worn.line
        width = 2.0 if self.hasFocus() or alarmed else 1.0
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(worn.surface))
        inset = width / 2
        whole = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        if not self._plan.head.isEmpty():
            whole.setBottom(self._plan.strip.bottom() + 3 - inset)
        painter.drawRoundedRect(whole, Radius.CONTROL, Radius.CONTROL)

    def _paint_head(self, painter: QPainter) -> None:
        worn, place = colours(), self._plan.head.adjusted(12, 0, -12, 0)
        remark = self._glance.remark
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.ink(self._glance.tone)))
        room = min(painter.fontMetrics().horizontalAdvance(remark), place.width() * 2 // 3)
        right = QRect(place.right() - room, place.top(), room + 1, place.height())
        draw_elided(painter, right, remark, right=True)
        painter.setFont(typeface(Size.BODY, bold=True))
        painter.setPen(QColor(worn.text))
        draw_elided(painter, place.adjusted(0, 0, -room - 12, 0), self.camera.name)

    def _paint_picture(self, painter: QPainter) -> None:
        place = QRectF(self._plan.picture)
        painter.save()
        painter.setClipRect(place)
        if self._pixmap.isNull():
            painter.fillRect(place, QColor(colours().sunken))
            self._paint_instead(painter, place)
        else:
            painter.drawPixmap(place.topLeft(), self._pixmap)
            if self._overlay.isNull():
                self._overlay = self._drawn_overlay(place)
            painter.drawPixmap(place.topLeft(), self._overlay)
        painter.restore()

    def _drawn_overlay(self, place: QRectF) -> QPixmap:
        """Draw once what lies over many pictures; outlines cost more than the pictures do."""
        overlay = QPixmap(self.picture_room)
        overlay.setDevicePixelRatio(self.devicePixelRatioF())
        overlay.fill(Qt.GlobalColor.transparent)
        painter = QPainter(overlay)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-place.topLeft())
        self._paint_windows(painter, place)
        self._paint_caption(painter, place)
        painter.end()
        return overlay

    def _paint_windows(self, painter: QPainter, place: QRectF) -> None:
        outlines = [
            (QPolygonF(on_picture(self._seats[post.window.id], place)), post, standing)
            for post, standing in self._glance.windows
            if post.window.id in self._seats
        ]
        for outline, _, standing in outlines:
            paint_outline(painter, outline, standing.look)
        plates = [
            (outline.boundingRect(), post, standing.look) for outline, post, standing in outlines
        ]
        paint_plates(painter, plates, place)

    def _paint_caption(self, painter: QPainter, place: QRectF) -> None:
        """Say over the picture what must not be overlooked: that it is old, or what is wrong."""
        told, px = self._glance.caption, plate_size(place)
        if self._plan.head.isEmpty():
            told = " ".join(part for part in (self.camera.name, told) if part)
        if not told:
            return
        band = QRectF(place.left(), place.bottom() - px * 2, place.width(), px * 2)
        painter.fillRect(band, QColor(10, 12, 15, 205))
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor("#FFFFFF"))
        draw_elided(painter, band.adjusted(8, 0, -8, 0).toRect(), told)

    def _paint_instead(self, painter: QPainter, place: QRectF) -> None:
        told = self._glance.caption
        if self._plan.head.isEmpty():
            told = f"{self.camera.name}\n{told}"
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(colours().ink(Tone.SOFT)))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place.adjusted(12, 8, -12, -8), flags, told)
