"""Tiles: a number that opens what is behind it."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.system.theme import Size, Space, Tone, typeface
from desktop.views.kit.labels import draw_elided
from desktop.views.kit.pressable import paint_surface, prepare_pressable, pressed_by_enter


class StatTile(QAbstractButton):
    """A label, a large number and a hint; `clicked` opens the list behind the number."""

    def __init__(self, label: str = "", *, small: bool = False) -> None:
        super().__init__()
        self._label, self._number, self._hint = label, "–", ""
        self._tone = Tone.SOFT
        self._small = small
        prepare_pressable(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_figures(self, number: str, hint: str = "", tone: Tone = Tone.SOFT) -> None:
        """Show a number and what to know about it."""
        self._number, self._hint, self._tone = number, hint, tone
        self._name()
        self.update()

    def set_label(self, label: str) -> None:
        """Say what the number counts."""
        self._label = label
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines in a panel, or two when small."""
        return QSize(160, 68 if self._small else 92)

    def minimumSizeHint(self) -> QSize:
        """Narrower than wished for, never lower."""
        return QSize(112, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile."""
        painter = QPainter(self)
        worn = paint_surface(painter, self, sunken=self._small)
        side = 12 if self._small else Space.CARD
        place = self.rect().adjusted(side, 0, -side, 0)
        number = Size.PAGE if self._small else Size.NUMBER
        upper, middle, lower = self._lines(place)
        self._write(painter, upper, typeface(Size.SMALL), self._label, worn.soft)
        self._write(painter, middle, typeface(number, bold=True), self._number, worn.text)
        painter.setPen(QColor(worn.ink(self._tone)))
        painter.setFont(typeface(Size.SMALL))
        draw_elided(painter, lower, self._hint, right=self._small)

    def _lines(self, place: QRect) -> tuple[QRect, QRect, QRect]:
        left, width = place.left(), place.width()
        if self._small:
            half = QRect(left + 56, 36, width - 56, 20)
            return QRect(left, 10, width, 18), QRect(left, 32, width, 26), half
        return QRect(left, 12, width, 18), QRect(left, 30, width, 34), QRect(left, 66, width, 18)

    @staticmethod
    def _write(painter: QPainter, place: QRect, font: QFont, text: str, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        draw_elided(painter, place, text)

    def _name(self) -> None:
        said = " ".join(part for part in (self._label, self._number, self._hint) if part)
        self.setAccessibleName(said)
        self.setToolTip(self._hint)
