"""Decision cards: one of a few, by mouse, arrows or number key."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, typeface
from desktop.views.kit.labels import draw_elided
from desktop.views.kit.pressable import paint_surface


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible decision; `key` is what the view-model knows it by."""

    key: object
    title: str
    detail: str = ""


class ChoiceCard(QRadioButton):
    """A radio button with a title, a detail and the number that chooses it."""

    def __init__(self, choice: Choice, number: int) -> None:
        super().__init__()
        self.choice, self._number = choice, number
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.detail)

    def sizeHint(self) -> QSize:
        """Two lines, or one where there is no detail."""
        return QSize(220, 56 if self.choice.detail else 40)

    def minimumSizeHint(self) -> QSize:
        """As low as wished for."""
        return QSize(140, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card can be pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, its ring and its number."""
        painter = QPainter(self)
        worn = paint_surface(painter, self, chosen=self.isChecked())
        ink = worn.accent if self.isChecked() else worn.outline
        middle = QPointF(22, self.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(ink), 1.75))
        painter.drawEllipse(middle, 8, 8)
        if self.isChecked():
            painter.setBrush(QColor(ink))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(middle, 4.5, 4.5)
        self._paint_words(painter, worn.text, worn.soft)

    def _paint_words(self, painter: QPainter, text: str, soft: str) -> None:
        place = self.rect().adjusted(42, 0, -36, 0)
        upper = QRect(place.left(), 9, place.width(), 20) if self.choice.detail else place
        lower = QRect(place.left(), 29, place.width(), 18)
        painter.setPen(QColor(text))
        painter.setFont(typeface(Size.BODY, bold=self.isChecked()))
        draw_elided(painter, upper, self.choice.title)
        painter.setPen(QColor(soft))
        painter.setFont(typeface(Size.SMALL))
        draw_elided(painter, lower, self.choice.detail)
        draw_elided(painter, self.rect().adjusted(0, 0, -16, 0), str(self._number), right=True)


class Choices(QWidget):
    """Decision cards one above the other; keys 1 to 9 choose anywhere in `scope`."""

    chosen = Signal(object)

    def __init__(self, name: str, scope: QWidget | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._scope = scope or self
        self._cards: list[ChoiceCard] = []
        self._shortcuts: list[QShortcut] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.INSIDE)

    def offer(self, choices: Sequence[Choice], chosen: object = None) -> None:
        """Show these choices, one of them perhaps chosen already."""
        self._clear()
        for number, choice in enumerate(choices, start=1):
            card = ChoiceCard(choice, number)
            card.setChecked(choice.key == chosen)
            self._cards.append(card)
            self._group.addButton(card)
            self._column.addWidget(card)
            self._listen(number, card)

    def current(self) -> object:
        """The key of the chosen card, or None."""
        return next((card.choice.key for card in self._cards if card.isChecked()), None)

    def _listen(self, number: int, card: ChoiceCard) -> None:
        shortcut = QShortcut(QKeySequence(str(number)), self._scope)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(card.click)
        self._shortcuts.append(shortcut)

    def _choose(self, card: ChoiceCard) -> None:
        self.chosen.emit(card.choice.key)

    def _clear(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        for card in self._cards:
            self._group.removeButton(card)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._shortcuts, self._cards = [], []
