"""The windows of the hall as small tiles: number, shape, word, who, and how long."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.domain.identifiers import WindowId
from desktop.system.theme import Radius, Size, Tone, colours, typeface
from desktop.viewmodels.live.board import Standing
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.live.words import counting, standing_said, window_title
from desktop.viewmodels.states import STATES
from desktop.views.kit.glyphs import paint_glyph
from desktop.views.kit.labels import draw_elided
from desktop.views.kit.pressable import prepare_pressable, pressed_by_enter
from video.vocabulary.state import WindowState

CELL = QSize(116, 74)
GAP = 10
# States whose duration matters at a glance; the others go on all day.
_TIMED = frozenset(
    STATES[state]
    for state in (
        WindowState.ABSENT,
        WindowState.UNATTENDED_CUSTOMER,
        WindowState.IDLE_WINDOW,
        WindowState.IDLE_STILL,
        WindowState.UNKNOWN,
        WindowState.PHONE,
        WindowState.STAFF_SHORT,
    )
)


class WindowCell(QAbstractButton):
    """One window; pressing it shows the camera that watches it."""

    def __init__(self, post: Post, standing: Standing) -> None:
        super().__init__()
        self.post, self._standing = post, standing
        prepare_pressable(self)
        self._name()

    def show_standing(self, standing: Standing) -> None:
        """Show how it is now; what looks the same is not painted again."""
        before, self._standing = self._standing, standing
        if standing.look is not before.look:
            self._name()
            self.update()
        elif standing.look in _TIMED:
            self.update()

    def sizeHint(self) -> QSize:
        """Three short lines."""
        return CELL

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; the arrows belong to the grid."""
        if not pressed_by_enter(self, event):
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cell."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        worn, look = colours(), self._standing.look
        edge = worn.accent if self.hasFocus() else worn.bad if look.alarming else worn.line
        background = worn.wash(Tone.BAD) if look.alarming else worn.sunken
        if self.underMouse() and not look.alarming:
            background = worn.hover
        width = 2.0 if self.hasFocus() else 1.5 if look.alarming else 1.0
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(background))
        inset = width / 2
        whole = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(whole, Radius.CONTROL, Radius.CONTROL)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        worn, look = colours(), self._standing.look
        inner = self.rect().adjusted(10, 8, -10, -8)
        square = QRectF(inner.right() - 15, inner.top() + 2, 16, 16)
        paint_glyph(painter, look.shape, square, worn.ink(look.tone))
        painter.setFont(typeface(Size.BODY, bold=True))
        painter.setPen(QColor(worn.text))
        draw_elided(painter, _line(inner, 0, -22), window_title(self.post))
        painter.setFont(typeface(Size.BODY, bold=look.alarming))
        if painter.fontMetrics().horizontalAdvance(look.word) > inner.width():
            painter.setFont(typeface(Size.SMALL, bold=look.alarming))
        painter.setPen(QColor(worn.ink(look.tone)))
        draw_elided(painter, _line(inner, 20), look.word)
        self._paint_foot(painter, _line(inner, 40))

    def _paint_foot(self, painter: QPainter, place: QRect) -> None:
        worn, look, room = colours(), self._standing.look, 0
        if look in _TIMED and self._standing.since is not None:
            time = counting(self._standing.lasted_s)
            painter.setFont(typeface(Size.SMALL, bold=look.alarming))
            painter.setPen(QColor(worn.ink(look.tone)))
            draw_elided(painter, place, time, right=True)
            room = painter.fontMetrics().horizontalAdvance(time) + 6
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.soft))
        draw_elided(painter, place.adjusted(0, 0, -room, 0), self.post.who)

    def _name(self) -> None:
        self.setAccessibleName(standing_said(self.post, self._standing))


class WindowGrid(QWidget):
    """All windows of the hall, in as many columns as fit; `chosen` gives the window's id."""

    chosen = Signal(object)

    def __init__(self, live: LiveWatch) -> None:
        super().__init__()
        self._live = live
        self._cells: dict[WindowId, WindowCell] = {}
        self._columns = 1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        live.roll_changed.connect(self._build)
        live.changed.connect(self._follow)
        live.ticked.connect(self._follow)
        self._build()

    def cell(self, window_id: WindowId) -> WindowCell:
        """The cell of a window."""
        return self._cells[window_id]

    def heightForWidth(self, width: int) -> int:
        """As many rows as the windows need."""
        rows = -(-len(self._cells) // self._columns_in(width))
        return max(CELL.height(), rows * (CELL.height() + GAP) - GAP)

    def sizeHint(self) -> QSize:
        """Six columns, as on a usual screen."""
        width = 6 * (CELL.width() + GAP) - GAP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Two columns wide; as high as its width asks for."""
        wide = self.width() or self.sizeHint().width()
        return QSize(2 * CELL.width() + GAP, self.heightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the columns that fit."""
        self._place()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from window to window."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        cells = list(self._cells.values())
        at = next((n for n, cell in enumerate(cells) if cell is self.focusWidget()), -1)
        step = steps.get(Qt.Key(event.key()))
        if step is None or at < 0:
            super().keyPressEvent(event)
        elif 0 <= at + step < len(cells):
            cells[at + step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        for cell in self._cells.values():
            cell.hide()
            cell.deleteLater()
        self._cells = {}
        for window, post in self._live.roll.posts.items():
            cell = WindowCell(post, self._live.standing(window))
            cell.setParent(self)
            cell.clicked.connect(self._choose)
            cell.show()
            self._cells[window] = cell
        self._place()
        self.updateGeometry()

    def _follow(self) -> None:
        if self.isVisible():
            for window, standing in self._live.standings().items():
                self._cells[window].show_standing(standing)

    def _place(self) -> None:
        self._columns = self._columns_in(self.width())
        width = (self.width() - GAP * (self._columns - 1)) // self._columns
        for n, cell in enumerate(self._cells.values()):
            down, across = divmod(n, self._columns)
            x, y = across * (width + GAP), down * (CELL.height() + GAP)
            cell.setGeometry(QRect(x, y, width, CELL.height()))

    def _columns_in(self, width: int) -> int:
        return max(1, min((width + GAP) // (CELL.width() + GAP), 8))

    def _choose(self) -> None:
        cell = self.sender()
        if isinstance(cell, WindowCell):
            self.chosen.emit(cell.post.window.id)


def _line(inner: QRect, top: int, right: int = 0) -> QRect:
    return QRect(inner.left(), inner.top() + top, inner.width() + right, 20)
