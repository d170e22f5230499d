"""Draws where in a seat an opinion looks, over the seat itself."""

from collections.abc import Sequence
from math import isqrt

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.language import said
from desktop.system.theme import Tone, colours

LEAST = QSize(160, 160)
FAINT = 0.08  # of the strongest cell; less is not drawn
STRONGEST = 150  # of 255, so that the seat is seen through it


class SeatView(QWidget):
    """A seat as its camera shows it, and above it what speaks for a clerk or an empty seat."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._heat: Sequence[float] = ()
        self.setMinimumSize(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_heat(())

    def show_image(self, image: QImage | None) -> None:
        """Show this seat."""
        self._image = image
        self.update()

    def show_heat(self, heat: Sequence[float]) -> None:
        """Lay this over it: a square of cells, row by row."""
        self._heat = heat
        words = said("座席画面")
        if heat:
            words = said("座席画面，绿色处表示有人时的特征，蓝色处表示空座时的特征")
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the seat, or say that there is no picture."""
        painter, worn = QPainter(self), colours()
        painter.fillRect(self.rect(), QColor(worn.sunken))
        if self._image is None or self._image.isNull():
            painter.setPen(QColor(worn.ink(Tone.SOFT)))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, said("没有画面"))
            place = QRectF(self.rect())
        else:
            place = self._place(self._image.size())
            painter.drawImage(place, self._image)
        self._paint_heat(painter, place)

    def _place(self, size: QSize) -> QRectF:
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - fitted.width()) / 2, (self.height() - fitted.height()) / 2
        return QRectF(left, top, fitted.width(), fitted.height())

    def _paint_heat(self, painter: QPainter, place: QRectF) -> None:
        side, worn = isqrt(len(self._heat)), colours()
        for number, heat in enumerate(self._heat):
            if abs(heat) < FAINT:
                continue
            wide, high = place.width() / side, place.height() / side
            left = place.left() + number % side * wide
            top = place.top() + number // side * high
            colour = QColor(worn.ink(Tone.GOOD if heat > 0 else Tone.ACCENT))
            colour.setAlpha(round(abs(heat) * STRONGEST))
            painter.fillRect(QRectF(left, top, wide, high), colour)
