"""The observation strip: what the machine saw, tick by tick, in rows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.theme import Size, colours, typeface
from desktop.viewmodels.review.strip import Mark, Strip
from desktop.views.kit.glyphs import paint_hatching
from desktop.views.kit.labels import draw_elided

_ROW, _BAR, _WORDS = 24, 14, 88
_LEAST = 2.0  # px: narrower cells are drawn as runs


class TicksView(QWidget):
    """Rows of cells: filled for yes, empty for no, hatched where nothing can be told."""

    def __init__(self) -> None:
        super().__init__()
        self._strip: Strip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_strip(self, strip: Strip | None, said: str) -> None:
        """Show a strip; `said` tells its figures to who cannot see it."""
        self._strip = strip
        self.updateGeometry()
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(400, self._height())

    def minimumSizeHint(self) -> QSize:
        """Words and a few cells."""
        return QSize(_WORDS + 80, self._height())

    def _height(self) -> int:
        return _ROW * (4 if self._strip is not None and self._strip.phone else 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        if self._strip is None:
            return
        painter = QPainter(self)
        worn = colours()
        rows = [
            (self.tr("座席有人"), self._strip.clerk, worn.good),
            (self.tr("柜台前有人"), self._strip.customer, worn.accent),
            (self.tr("画面可判断"), self._strip.healthy, worn.unknown),
        ]
        if self._strip.phone:
            rows.append((self.tr("手机"), self._strip.phone, worn.near))
        for number, (word, marks, colour) in enumerate(rows):
            place = QRectF(0, number * _ROW, self.width(), _ROW)
            painter.setPen(QColor(worn.soft))
            painter.setFont(typeface(Size.SMALL))
            draw_elided(painter, place.toRect().adjusted(0, 0, _WORDS - self.width(), 0), word)
            bar = QRectF(_WORDS, place.top() + (_ROW - _BAR) / 2, self.width() - _WORDS, _BAR)
            _paint_marks(painter, bar, marks, colour)


def _paint_marks(painter: QPainter, bar: QRectF, marks: Sequence[Mark], colour: str) -> None:
    worn = colours()
    painter.fillRect(bar, QColor(worn.sunken))
    if not marks:
        return
    cell = bar.width() / len(marks)
    gap = 1.0 if cell > _LEAST + 1 else 0.0
    for first, length, mark in _runs(marks, single=gap > 0):
        place = QRectF(bar.left() + first * cell, bar.top(), length * cell - gap, bar.height())
        if mark is Mark.YES:
            painter.fillRect(place, QColor(colour))
        elif mark is Mark.UNKNOWN:
            paint_hatching(painter, place, worn.unknown, worn.unknown_soft)
        elif gap:
            painter.fillRect(place, QColor(worn.line))


def _runs(marks: Sequence[Mark], *, single: bool) -> list[tuple[int, int, Mark]]:
    """Give stretches of one mark: first tick, length, mark; or every tick by itself."""
    runs: list[tuple[int, int, Mark]] = []
    for at, mark in enumerate(marks):
        if not single and runs and runs[-1][2] is mark:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, mark)
        else:
            runs.append((at, 1, mark))
    return runs
