"""Rows: work with a coloured edge and a button, and lists one walks with the arrows."""

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.system.language import said
from desktop.system.theme import Radius, Size, Space, Tone, colours, typeface
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import StateLook
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.glyphs import paint_glyph
from desktop.views.kit.labels import ElidedLabel, draw_elided, show_if

Index = QModelIndex | QPersistentModelIndex


def offer_deeds(
    rows: QAbstractItemView, copy: Callable[[], None], go: Callable[[], None] | None = None
) -> None:
    """Give a list the menu of its rows, for the right button, the menu key and the keyboard.

    Args:
        copy: copies the marked rows; Ctrl+C too.
        go: opens the row one is on; None where being on a row opens it.
    """
    if go is not None:
        rows.addAction(said("打开")).triggered.connect(go)
    copying = rows.addAction(said("复制为表格"))
    copying.setShortcut(QKeySequence.StandardKey.Copy)
    copying.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    copying.triggered.connect(copy)
    rows.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


class WorkRow(QWidget):
    """Something that waits: a coloured edge, what it is, why, and the one action."""

    acted = Signal(object)

    def __init__(self, key: object, title: str, detail: str, action: str, tone: Tone) -> None:
        super().__init__()
        self._key, self._tone = key, tone
        self._button = Button(action, Rank.ROW)
        show_if(self._button, wanted=bool(action))
        self._button.setAccessibleName(f"{action} {title}")
        self._button.clicked.connect(self._act)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(title))
        words.addWidget(ElidedLabel(detail, size=Size.SMALL, tone=Tone.SOFT))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, Space.HAIR, 0, Space.HAIR)
        row.setSpacing(Space.INSIDE)
        row.addLayout(words, 1)
        row.addWidget(self._button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge."""
        edge = QRect(0, Space.HAIR, 3, self.height() - 2 * Space.HAIR)
        QPainter(self).fillRect(edge, QColor(colours().edge(self._tone)))

    def _act(self) -> None:
        self.acted.emit(self._key)


class RowList(QListView):
    """A list of things to go through; `chosen` gives the key of the row one is on."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        offer_deeds(self, self._copy)

    def selected_text(self) -> str:
        """The marked rows: title, what stands below it, and the remark, apart by tabs."""
        roles = (Qt.ItemDataRole.DisplayRole, RowRole.DETAIL, RowRole.REMARK)
        marked = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return "\n".join("\t".join(str(i.data(role) or "") for role in roles) for i in marked)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row one is on now."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.data(RowRole.KEY))

    def choose(self, key: object) -> None:
        """Go to the row with a key, if it is there."""
        model = self.model()
        for row in range(model.rowCount() if model else 0):
            if model.index(row, 0).data(RowRole.KEY) == key:
                self.setCurrentIndex(model.index(row, 0))
                return

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selected_text())


class RowDelegate(QStyledItemDelegate):
    """Draws a row: shape, title, detail below it, a remark at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, or one where nothing stands below the title."""
        return QSize(160, 60 if index.data(RowRole.DETAIL) else 40)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        place = QRect(option.rect).adjusted(1, 2, -1, -2)
        self._paint_background(painter, option, place, chosen=chosen)
        look = index.data(RowRole.LOOK)
        left = place.left() + 14
        if isinstance(look, StateLook):
            square = QRectF(left, place.top() + (11 if place.height() > 40 else 10), 16, 16)
            paint_glyph(painter, look.shape, square, colours().ink(look.tone))
            left += 26
        self._paint_words(
            painter,
            index,
            QRect(left, place.top(), place.right() - left - 12, place.height()),
            chosen=chosen,
        )
        painter.restore()

    def _paint_background(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, *, chosen: bool
    ) -> None:
        worn = colours()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not chosen and not hovered:
            return
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = QPen(QColor(worn.accent), 2 if focused else 1)
        painter.setPen(edge if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.accent_soft if chosen else worn.hover))
        painter.drawRoundedRect(
            QRectF(place).adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL
        )

    def _paint_words(self, painter: QPainter, index: Index, place: QRect, *, chosen: bool) -> None:
        worn = colours()
        detail = str(index.data(RowRole.DETAIL) or "")
        upper = place.adjusted(0, 8, 0, -26) if detail else place
        lower = place.adjusted(0, 30, 0, -6)
        painter.setPen(QColor(worn.soft))
        painter.setFont(typeface(Size.SMALL))
        remark = str(index.data(RowRole.REMARK) or "")
        room = painter.fontMetrics().horizontalAdvance(remark)
        draw_elided(painter, upper, remark, right=True)
        draw_elided(painter, lower, detail)
        painter.setPen(QColor(worn.text))
        painter.setFont(typeface(Size.BODY, bold=chosen))
        title = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        draw_elided(painter, upper.adjusted(0, 0, -room - 8 if room else 0, 0), title)
