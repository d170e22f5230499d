"""The step bar: how far a paper has come and who has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.theme import Colours, Size, colours, typeface
from desktop.views.kit.icons import Icon, paint_icon
from desktop.views.kit.labels import draw_elided

_DISC = 24


@dataclass(frozen=True, slots=True)
class Step:
    """One step and, below it, who did it or has it."""

    title: str
    person: str = ""


class StepBar(QWidget):
    """Steps from left to right: done, the one now, still to come."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step], current: int) -> None:
        """Show steps; `current` counts from 0 and equals their number when all are done."""
        self._steps, self._current = tuple(steps), current
        self.setAccessibleName(self._read_out())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for every word."""
        return QSize(len(self._steps) * 132, 44)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window: words give way with an ellipsis."""
        return QSize(len(self._steps) * 76, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the steps and the lines between them."""
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = min(self.width() / len(self._steps), 196.0)
        for index in range(len(self._steps)):
            self._paint_step(painter, index, QRectF(index * share, 0, share, self.height()))

    def _paint_step(self, painter: QPainter, index: int, place: QRectF) -> None:
        worn = colours()
        self._paint_disc(painter, index, place, worn)
        step, now = self._steps[index], index == self._current
        left = int(place.left()) + _DISC + 8
        room = int(place.right()) - left - 12
        painter.setFont(typeface(Size.BODY, bold=now))
        width = min(room, QFontMetrics(painter.font()).horizontalAdvance(step.title))
        upper = QRect(left, 2 if step.person else 10, room, 22)
        painter.setPen(QColor(worn.text if index <= self._current else worn.soft))
        draw_elided(painter, upper, step.title)
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.soft))
        draw_elided(painter, QRect(left, 24, room, 18), step.person)
        start = QPointF(left + width + 10, upper.center().y())
        end = QPointF(place.right() - 8, start.y())
        if index + 1 < len(self._steps) and end.x() - start.x() > 4:
            painter.setPen(QPen(QColor(worn.good if index < self._current else worn.line), 1))
            painter.drawLine(start, end)

    def _paint_disc(self, painter: QPainter, index: int, place: QRectF, worn: Colours) -> None:
        disc = QRectF(place.left(), 1 if self._steps[index].person else 10, _DISC, _DISC)
        if index < self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.good_soft))
            painter.drawEllipse(disc)
            paint_icon(painter, Icon.CHECK, disc.adjusted(4, 4, -4, -4), worn.good)
            return
        now = index == self._current
        painter.setPen(Qt.PenStyle.NoPen if now else QPen(QColor(worn.outline), 1))
        painter.setBrush(QColor(worn.accent if now else worn.surface))
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(worn.on_accent if now else worn.soft))
        painter.setFont(typeface(Size.SMALL, bold=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(index + 1))

    def _read_out(self) -> str:
        told = []
        for index, step in enumerate(self._steps):
            if index < self._current:
                mark = self.tr("已完成")
            else:
                mark = self.tr("当前") if index == self._current else self.tr("未开始")
            told.append(" ".join(part for part in (step.title, step.person, mark) if part))
        return "；".join(told)
