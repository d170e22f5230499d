"""Chips: which part of a list is shown, each with how much is in it."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from desktop.system.language import headed
from desktop.system.theme import Size, Space, typeface
from desktop.views.kit.labels import draw_elided
from desktop.views.kit.pressable import paint_surface, prepare_pressable, pressed_by_enter

Key = TypeVar("Key", bound=Hashable)
_HEIGHT = 32
_SIDE = 12


class Chip(QAbstractButton):
    """A word and a number; pressed in while its part is shown."""

    def __init__(self, key: Hashable, word: str) -> None:
        super().__init__()
        self.key, self._word, self._number = key, headed(word), ""
        prepare_pressable(self)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_number(None)

    def show_number(self, number: int | None) -> None:
        """Show how much there is; None while that is not counted."""
        self._number = "" if number is None else str(number)
        self.setAccessibleName(f"{self._word} {self._number}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for both."""
        metrics = QFontMetrics(typeface(Size.SMALL, bold=True))
        return QSize(metrics.horizontalAdvance(self.accessibleName()) + 2 * _SIDE + 4, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """An ellipsis and the number."""
        return QSize(56, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        worn = paint_surface(painter, self, chosen=self.isChecked())
        painter.setFont(typeface(Size.SMALL, bold=self.isChecked()))
        place = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        room = painter.fontMetrics().horizontalAdvance(self._number)
        painter.setPen(QColor(worn.accent if self.isChecked() else worn.soft))
        draw_elided(painter, place, self._number, right=True)
        painter.setPen(QColor(worn.accent if self.isChecked() else worn.text))
        words = QRect(place.left(), 0, place.width() - room - (6 if room else 0), self.height())
        draw_elided(painter, words, self._word)


class Chips(QWidget):
    """Some chips of which one is pressed in; `chosen` gives its key."""

    chosen = Signal(object)

    def __init__(self, name: str, words: Mapping[Key, str], *, columns: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._chips = [Chip(key, word) for key, word in words.items()]
        group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.INSIDE)
        for number, chip in enumerate(self._chips):
            group.addButton(chip)
            grid.addWidget(chip, number // columns, number % columns)
        group.buttonClicked.connect(self._choose)

    def show_numbers(self, numbers: Mapping[Key, int]) -> None:
        """Show how much is in each; what is not counted has no number."""
        for chip in self._chips:
            chip.show_number(next((n for key, n in numbers.items() if key == chip.key), None))

    def press(self, key: Hashable) -> None:
        """Press one in, without telling."""
        for chip in self._chips:
            chip.setChecked(chip.key == key)

    def _choose(self, chip: QAbstractButton) -> None:
        if isinstance(chip, Chip):
            self.chosen.emit(chip.key)
