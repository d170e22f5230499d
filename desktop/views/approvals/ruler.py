"""Draws a case's two clocks on the days: days off shaded, stops hatched, what is over in red."""

from datetime import date, timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.language import said
from desktop.system.theme import Colours, Size, colours, typeface
from desktop.viewmodels.approvals.ruler import Mark, Ruler, Stretch, Track
from desktop.views.kit.glyphs import paint_hatching
from desktop.views.kit.labels import draw_elided

_LABEL, _END = 104, 16  # px before and after the days
_MARKS, _TRACK, _BAR, _STOPS, _AXIS = 24, 40, 14, 26, 24  # px, heights
_APART = 64  # px between two dates of the axis
_DAY = timedelta(days=1)


class CaseRuler(QWidget):
    """The clocks of one case; the table beside it says the same to those who cannot see it."""

    def __init__(self) -> None:
        super().__init__()
        self._ruler: Ruler | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ruler(self, ruler: Ruler | None) -> None:
        """Show the clocks of another case."""
        self._ruler = ruler
        self.setVisible(ruler is not None)
        self.setAccessibleName(_read_out(ruler) if ruler else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line a clock, one for the stops, and the days."""
        ruler = self._ruler
        if ruler is None:
            return QSize(320, 0)
        lanes = len(ruler.tracks) * _TRACK + (_STOPS if self._has_stops(ruler) else 0)
        return QSize(480, _MARKS + lanes + _AXIS)

    def minimumSizeHint(self) -> QSize:
        """As high as wished for."""
        return QSize(320, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ruler."""
        if self._ruler is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        worn = colours()
        self._paint_days(painter, self._ruler, worn)
        top = float(_MARKS)
        for track in self._ruler.tracks:
            self._paint_track(painter, track, top, worn)
            top += _TRACK
        if self._has_stops(self._ruler):
            self._paint_stops(painter, self._ruler, top, worn)
        self._paint_marks(painter, self._ruler.marks, worn)

    @staticmethod
    def _has_stops(ruler: Ruler) -> bool:
        return bool(ruler.stops or ruler.extensions)

    def _day_width(self) -> float:
        days = self._ruler.days if self._ruler else 1
        return (self.width() - _LABEL - _END) / days

    def _x(self, day: date, *, end: bool = False) -> float:
        """Where a day begins or ends."""
        first = self._ruler.first if self._ruler else day
        return _LABEL + ((day - first).days + end) * self._day_width()

    def _paint_days(self, painter: QPainter, ruler: Ruler, worn: Colours) -> None:
        width, foot = self._day_width(), self.height() - _AXIS
        painter.setFont(typeface(Size.SMALL))
        step = next((n for n in (1, 2, 5, 7, 14, 28, 61, 122) if n * width >= _APART), 365)
        for number in range(ruler.days):
            day, x = ruler.first + number * _DAY, _LABEL + number * width
            if day in ruler.off:
                place = QRectF(x, _MARKS, width, foot - _MARKS)
                painter.fillRect(place, QColor(worn.hover))
            if number % step == 1 % step:
                painter.setPen(QColor(worn.soft))
                label = QRectF(x - 30 + width / 2, foot + 4, 60, _AXIS - 4)
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, f"{day:%m-%d}")
            if width >= 6 or number % step == 1 % step:
                painter.setPen(QPen(QColor(worn.line), 1))
                painter.drawLine(QLineF(x, foot - 4, x, foot))
        painter.setPen(QPen(QColor(worn.outline), 1))
        painter.drawLine(QLineF(_LABEL, foot, self.width() - _END, foot))
        if ruler.today:
            self._paint_today(painter, self._x(ruler.today) + width / 2, worn)

    def _paint_today(self, painter: QPainter, x: float, worn: Colours) -> None:
        pen = QPen(QColor(worn.accent), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QLineF(x, _MARKS, x, self.height() - _AXIS))

    def _paint_track(self, painter: QPainter, track: Track, top: float, worn: Colours) -> None:
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.text))
        label = QRectF(0, top + 6, _LABEL - 8, _BAR + 8).toRect()
        draw_elided(painter, label, track.name)
        start, due = self._x(track.start, end=True), self._x(track.due, end=True)
        end, bar_top = self._x(track.end, end=True), top + 10
        limit = QRectF(start, bar_top, max(due - start, 2.0), _BAR)
        painter.setPen(QPen(QColor(worn.outline), 1))
        painter.setBrush(QColor(worn.surface))
        painter.drawRect(limit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.accent))
        painter.drawRect(QRectF(start, bar_top, max(min(end, due) - start, 0.0), _BAR))
        if track.is_over:
            painter.setBrush(QColor(worn.bad))
            painter.drawRect(QRectF(due, bar_top + 3, max(end - due, 2.0), _BAR - 6))
        self._paint_due(painter, track, due, bar_top, worn)

    def _paint_due(
        self, painter: QPainter, track: Track, x: float, top: float, worn: Colours
    ) -> None:
        """A flag where the limit ends, and its date below the bar."""
        ink = QColor(worn.bad if track.is_over else worn.text)
        painter.setPen(QPen(ink, 2))
        painter.drawLine(QLineF(x, top - 6, x, top + _BAR + 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        flag = [QPointF(x, top - 7), QPointF(x + 7, top - 4), QPointF(x, top - 1)]
        painter.drawPolygon(QPolygonF(flag))
        told = said("{0} 到期").format(f"{track.due:%m-%d}")
        painter.setPen(ink)
        room = painter.fontMetrics().horizontalAdvance(told) + 4
        left = min(max(x - room - 4, float(_LABEL)), float(self.width() - room))
        painter.drawText(QPointF(left, top + _BAR + 13), told)

    def _paint_stops(self, painter: QPainter, ruler: Ruler, top: float, worn: Colours) -> None:
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.text))
        draw_elided(painter, QRectF(0, top + 2, _LABEL - 8, 20).toRect(), said("暂停与延期"))
        for stop in ruler.stops:
            self._paint_stop(painter, stop, top + 4, worn)
        for mark in ruler.extensions:
            x = self._x(mark.day) + self._day_width() / 2
            painter.setPen(QColor(worn.soft if mark.fault else worn.good))
            painter.drawText(QPointF(x - 3, top + 17), f"▸ {mark.name}")

    def _paint_stop(self, painter: QPainter, stop: Stretch, top: float, worn: Colours) -> None:
        """A stop that counts is filled; one that does not is a hatched frame."""
        left, right = self._x(stop.first, end=True), self._x(stop.last, end=True)
        place = QRectF(left, top, max(right - left, 3.0), 16)
        if stop.fault:
            paint_hatching(painter, place, worn.outline, worn.surface)
        else:
            painter.fillRect(place, QColor(worn.unknown_soft))
        painter.setPen(QPen(QColor(worn.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        painter.setPen(QColor(worn.text))
        painter.drawText(QPointF(place.right() + 4, top + 13), stop.name)

    def _paint_marks(self, painter: QPainter, marks: tuple[Mark, ...], worn: Colours) -> None:
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.soft))
        taken = 0.0
        for mark in sorted(marks, key=lambda each: each.day):
            x = self._x(mark.day) + self._day_width() / 2
            room = painter.fontMetrics().horizontalAdvance(mark.name)
            left = min(max(x - room / 2, taken), float(self.width() - room))
            painter.drawText(QPointF(left, 13), mark.name)
            painter.drawLine(QLineF(x, 17, x, _MARKS - 1))
            taken = left + room + 8


def _read_out(ruler: Ruler) -> str:
    told = [
        said("{0}：{1} 起算，{2} 到期，{3}").format(
            track.name,
            track.start.isoformat(),
            track.due.isoformat(),
            said("已超期") if track.is_over else said("未超期"),
        )
        for track in ruler.tracks
    ]
    told += [
        said("{0}：{1} 至 {2}").format(stop.name, stop.first.isoformat(), stop.last.isoformat())
        for stop in ruler.stops
    ]
    return "；".join(told)
