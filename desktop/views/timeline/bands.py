"""Draws the timeline: one band a window, an hour axis below, every stretch within reach of keys."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.calendar import HALL_TIME
from desktop.system.language import said
from desktop.system.theme import Colours, Size, Tone, colours, typeface
from desktop.viewmodels.states import StateLook
from desktop.viewmodels.timeline.bands import Stretch
from desktop.viewmodels.timeline.day import Row
from desktop.viewmodels.times import clock, lasting
from desktop.views.kit.labels import draw_elided
from desktop.views.timeline.axis import NARROWEST_S, Axis, shifted, zoomed
from desktop.views.timeline.paint import paint_band

FOOT, LABEL, END = 24, 88, 24  # px, below, before and after the bands
ROOMY, DENSE, MANY = 28, 22, 12  # px a row; dense from so many windows on


class TimelineBands(QWidget):
    """Arrow keys go from window to window and from stretch to stretch; + and - zoom."""

    opened = Signal(str)  # window id of the row that Enter or a double click opens
    walked = Signal(str)  # the sentence about the stretch one is on
    zoom_changed = Signal()

    def __init__(self, *, zooms: bool = False) -> None:
        super().__init__()
        self._zooms = zooms
        self._rows: tuple[Row, ...] = ()
        self._pieces: list[list[tuple[float, float, StateLook]]] = []
        self._whole = self._span = (datetime.min.replace(tzinfo=HALL_TIME),) * 2
        self._at = (0, 0)
        self._grip: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said("时间线"))
        self.setMouseTracking(zooms)

    @property
    def row_height(self) -> int:
        """How high a window's line is, in pixels."""
        return DENSE if len(self._rows) > MANY else ROOMY

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The time that is seen now."""
        return self._span

    @property
    def is_zoomed(self) -> bool:
        """Whether less than the whole is seen."""
        return self._span != self._whole

    def show_rows(self, rows: Sequence[Row], start: datetime, end: datetime) -> None:
        """Show these rows over a span; a closer look that was chosen stays."""
        followed = self._span[1] == self._whole[1]
        if not self.is_zoomed or not start <= self._span[0] <= end:
            self._span = (start, end)
        elif followed:
            length = self._span[1] - self._span[0]
            self._span = (max(start, end - length), end)
        self._rows, self._whole = tuple(rows), (start, end)
        # Painting thousands of stretches is quick with plain seconds, and slow with datetimes.
        self._pieces = [
            [(s.start.timestamp(), s.end.timestamp(), s.look) for s in row.stretches]
            for row in self._rows
        ]
        self.updateGeometry()
        self.update()

    def zoom(self, factor: float, around: datetime | None = None) -> None:
        """Look closer (below 1) or wider."""
        middle = self._span[0] + (self._span[1] - self._span[0]) / 2
        self._see(zoomed(self._span, self._whole, factor, around or middle))

    def see(self, start: datetime, end: datetime) -> None:
        """See a part of the span, as wide as the closest look at least."""
        length = max((end - start).total_seconds(), 1.0)
        self._see(zoomed((start, end), self._whole, max(1.0, NARROWEST_S / length), end))

    def see_all(self) -> None:
        """See the whole span."""
        self._see(self._whole)

    def sizeHint(self) -> QSize:
        """A line a window, and the axis."""
        return QSize(480, len(self._rows) * self.row_height + FOOT)

    def minimumSizeHint(self) -> QSize:
        """As high as wished for."""
        return QSize(320, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Tell at a tool tip what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = self._told_at(event.pos())
            if told:
                QToolTip.showText(event.globalPos(), told, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom or open."""
        row, place = self._at
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self._walk(row, place - 1)
            case Qt.Key.Key_Right:
                self._walk(row, place + 1)
            case Qt.Key.Key_Up:
                self._walk_to_row(row - 1)
            case Qt.Key.Key_Down:
                self._walk_to_row(row + 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._rows:
                self.opened.emit(self._rows[row].post.window.id)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if self._zooms:
                self.zoom(0.5)
            case Qt.Key.Key_Minus if self._zooms:
                self.zoom(2.0)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the stretch that was clicked, and take hold of the time."""
        self._grip = event.position().x()
        found = self._found_at(event.position().toPoint())
        if found is not None:
            self._walk(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the time along."""
        if self._grip is None or not self._zooms or not self.is_zoomed:
            return
        axis = self._axis()
        moved = (self._grip - event.position().x()) / axis.width * axis.seconds
        self._grip = event.position().x()
        self._see(shifted(self._span, self._whole, moved))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the time go."""
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the window of the row."""
        found = self._found_at(event.position().toPoint())
        if found is not None:
            self.opened.emit(self._rows[found[0]].post.window.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; otherwise the page scrolls."""
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self._zooms or not held:
            event.ignore()
            return
        around = self._axis().moment_at(event.position().x())
        self.zoom(0.8 if event.angleDelta().y() > 0 else 1.25, around)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw labels, bands and axis."""
        painter = QPainter(self)
        worn, axis, high = colours(), self._axis(), self.row_height
        for number, row in enumerate(self._rows):
            place = QRect(0, number * high, self.width(), high)
            if not place.intersects(event.rect()):
                continue
            painter.setFont(typeface(Size.SMALL))
            painter.setPen(QColor(worn.ink(Tone.SOFT)))
            draw_elided(painter, QRect(0, place.top(), LABEL - 8, high), row.post.window.name)
            self._paint_row(painter, number, axis, worn)
        if self.hasFocus():
            self._paint_ring(painter, axis, worn)
        self._paint_axis(painter, axis, worn)

    def _paint_row(self, painter: QPainter, number: int, axis: Axis, worn: Colours) -> None:
        begin, scale = axis.start.timestamp(), axis.width / axis.seconds
        top, high = number * self.row_height + 5, self.row_height - 10
        last = LABEL + axis.width
        for start, end, look in self._pieces[number]:
            left, right = LABEL + (start - begin) * scale, LABEL + (end - begin) * scale
            if right < LABEL or left > last:
                continue
            if right - left < 1.0:
                if not look.alarming:
                    continue
                right = left + 2.0  # an absence is never too short to be seen
            left, right = max(left, LABEL), min(right, last)
            paint_band(painter, QRectF(left, top, right - left, high), look, worn)

    def _paint_ring(self, painter: QPainter, axis: Axis, worn: Colours) -> None:
        row, at = self._at
        if row >= len(self._rows) or at >= len(self._rows[row].stretches):
            return
        place = self._place_of(axis, row, self._rows[row].stretches[at])
        seen = QRectF(LABEL, 0, axis.width, self.height())
        painter.setPen(QPen(QColor(worn.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.intersected(seen).adjusted(-2, -2, 2, 2))

    def _paint_axis(self, painter: QPainter, axis: Axis, worn: Colours) -> None:
        painter.setFont(typeface(Size.SMALL))
        top = len(self._rows) * self.row_height
        close = axis.seconds < 1800
        for moment in axis.marks():
            x = axis.x_of(moment)
            painter.setPen(QColor(worn.outline))
            painter.drawLine(QPointF(x, top), QPointF(x, top + 4))
            painter.setPen(QColor(worn.soft))
            text = f"{moment:%H:%M:%S}" if close else f"{moment:%H:%M}"
            box = QRectF(x - 40, top + 4, 80, FOOT - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _axis(self) -> Axis:
        start, end = (moment.astimezone(HALL_TIME) for moment in self._span)
        return Axis(start, end, LABEL, max(1, self.width() - LABEL - END))

    def _place_of(self, axis: Axis, row: int, stretch: Stretch) -> QRectF:
        left, right = axis.x_of(stretch.start), axis.x_of(stretch.end)
        high = self.row_height
        return QRectF(left, row * high + 5, right - left, high - 10)

    def _found_at(self, place: QPoint) -> tuple[int, int] | None:
        row = place.y() // self.row_height
        if not 0 <= row < len(self._rows) or place.x() < LABEL:
            return None
        moment = self._axis().moment_at(place.x())
        for at, stretch in enumerate(self._rows[row].stretches):
            if stretch.start <= moment < stretch.end:
                return row, at
        return None

    def _told_at(self, place: QPoint) -> str:
        found = self._found_at(place)
        return self._told(*found) if found is not None else ""

    def _told(self, row: int, at: int) -> str:
        line = self._rows[row]
        stretch = line.stretches[at]
        span = f"{clock(stretch.start)}–{clock(stretch.end)}"
        return f"{line.post.window.name} {stretch.look.word} {span} · {lasting(stretch.seconds)}"

    def _walk(self, row: int, place: int) -> None:
        if not self._rows or not self._rows[row].stretches:
            return
        place = max(0, min(place, len(self._rows[row].stretches) - 1))
        self._at = (row, place)
        told = self._told(row, place)
        self.setAccessibleDescription(told)
        self.walked.emit(told)
        self._bring_into_sight(self._rows[row].stretches[place])
        self.update()

    def _walk_to_row(self, row: int) -> None:
        if not 0 <= row < len(self._rows):
            return
        here, at = self._rows[self._at[0]].stretches, self._at[1]
        moment = here[min(at, len(here) - 1)].start if here else self._span[0]
        stretches = self._rows[row].stretches
        at = next((n for n, s in enumerate(stretches) if s.start <= moment < s.end), 0)
        self._walk(row, at)

    def _bring_into_sight(self, stretch: Stretch) -> None:
        if stretch.end <= self._span[0] or stretch.start >= self._span[1]:
            away = (stretch.start - self._span[0]).total_seconds()
            self._see(shifted(self._span, self._whole, away))

    def _see(self, span: tuple[datetime, datetime]) -> None:
        self._span = span
        self.zoom_changed.emit()
        self.update()
