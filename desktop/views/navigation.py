"""The navigation at the left: the pages, and at its foot the sync centre and the settings."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.system.theme import Radius, Size, Space, colours, typeface
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.icons import Icon, paint_icon
from desktop.views.kit.labels import ElidedLabel, draw_elided
from desktop.views.kit.panels import ScrollColumn
from desktop.views.kit.pressable import prepare_pressable, pressed_by_enter
from desktop.views.page import PageEntry

WIDE, NARROW = 208, 56


class NavButton(QAbstractButton):
    """One page: icon, name and the number that wants a person."""

    def __init__(self, entry: PageEntry) -> None:
        super().__init__()
        self.entry = entry
        self._number = entry.counter.number() if entry.counter else 0
        self.setCheckable(True)
        prepare_pressable(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if entry.counter:
            entry.counter.changed.connect(self._count)
        self._name()

    def sizeHint(self) -> QSize:
        """One line, 36 high."""
        return QSize(NARROW - 2 * Space.INSIDE, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; walk with the arrows."""
        match event.key():
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case _ if not pressed_by_enter(self, event):
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entry."""
        painter, worn = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        background = worn.accent_soft if self.isChecked() else worn.rail
        if self.underMouse() and not self.isChecked():
            background = worn.hover
        ring = QPen(QColor(worn.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(ring)
        painter.setBrush(QColor(background))
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(place, Radius.CONTROL, Radius.CONTROL)
        ink = worn.accent if self.isChecked() else worn.soft
        paint_icon(painter, self.entry.icon, QRectF(10, 8, 20, 20), ink)
        if self.width() > NARROW:
            self._paint_words(painter, worn.accent if self.isChecked() else worn.text)
        elif self._number:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.bad))
            painter.drawEllipse(QRectF(26, 6, 8, 8))

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        badge = self._paint_badge(painter) if self._number else 0
        painter.setFont(typeface(Size.BODY, bold=self.isChecked()))
        painter.setPen(QColor(ink))
        place = QRect(42, 0, self.width() - 42 - badge - Space.INSIDE, self.height())
        draw_elided(painter, place, self.entry.name())

    def _paint_badge(self, painter: QPainter) -> int:
        worn = colours()
        text = str(self._number) if self._number < 100 else "99+"
        painter.setFont(typeface(Size.SMALL, bold=True))
        width = max(22, painter.fontMetrics().horizontalAdvance(text) + 12)
        place = QRectF(self.width() - width - Space.INSIDE, 8, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.bad_soft))
        painter.drawRoundedRect(place, 10, 10)
        painter.setPen(QColor(worn.bad))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        return width + Space.INSIDE

    def _count(self, number: int) -> None:
        self._number = number
        self._name()
        self.update()

    def _name(self) -> None:
        title = self.entry.name()
        self.setText("")
        named = f"{title} {self._number}" if self._number else title
        self.setAccessibleName(named)
        self.setToolTip(named)


class Navigation(QWidget):
    """All pages; `chosen` carries the id of the one that is wanted."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], product: str) -> None:
        super().__init__()
        self.setProperty("part", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = {entry.page_id: NavButton(entry) for entry in entries}
        self._name = ElidedLabel(product, size=Size.SECTION, bold=True)
        self._fold = IconButton(Icon.FOLD, self.tr("收起导航"))
        self._fold.clicked.connect(self._toggle)
        # A low screen has no room for all pages: they scroll, the foot stays.
        self._pages = ScrollColumn(spacing=Space.HAIR)
        self.folded = False
        self._lay_out()
        self.fold(False)

    def show_current(self, page_id: str) -> None:
        """Mark the page that is shown; where the keyboard is here, it comes along."""
        focused = self.focusWidget()
        if isinstance(focused, NavButton) and focused.hasFocus():
            self._buttons[page_id].setFocus()
        for each, button in self._buttons.items():
            button.setChecked(each == page_id)
            if each == page_id and not button.entry.at_foot:
                self._pages.ensureWidgetVisible(button)

    def take_focus(self) -> None:
        """Begin with the keyboard at the page that is shown."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus()

    def fold(self, folded: bool) -> None:
        """Show icons alone, or names as well."""
        self.folded = folded
        self.setFixedWidth(NARROW if folded else WIDE)
        self._name.setVisible(not folded)
        self._mark.setVisible(not folded)
        self._fold.set_icon(Icon.UNFOLD if folded else Icon.FOLD)
        self._fold.set_name(self.tr("展开导航") if folded else self.tr("收起导航"))

    def _toggle(self) -> None:
        self.fold(not self.folded)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.INSIDE, 10, Space.INSIDE, Space.CARD)
        column.setSpacing(Space.HAIR)
        column.addLayout(self._head())
        column.addSpacing(Space.INSIDE)
        for button in self._buttons.values():
            if not button.entry.at_foot:
                self._pages.body.addWidget(button)
        self._pages.body.addStretch(1)
        column.addWidget(self._pages, 1)
        for button in self._buttons.values():
            button.clicked.connect(self._choose)
            if button.entry.at_foot:
                column.addWidget(button)

    def _head(self) -> QHBoxLayout:
        self._mark = _Mark(self.tr("督", "mark"))
        head = QHBoxLayout()
        head.setContentsMargins(Space.INSIDE, 0, 0, 0)
        head.setSpacing(Space.INSIDE)
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        head.addWidget(self._fold)
        return head

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, NavButton):
            self.chosen.emit(button.entry.page_id)


class _Mark(QWidget):
    """The product's mark."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the letter on blue."""
        painter, worn = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.accent))
        painter.drawRoundedRect(QRectF(self.rect()), 7, 7)
        painter.setPen(QColor(worn.on_accent))
        painter.setFont(typeface(Size.SECTION, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        self.update()
        super().changeEvent(event)
