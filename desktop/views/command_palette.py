"""The command palette: pages and actions by a few letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.system.theme import Space
from desktop.viewmodels.palette import best
from desktop.viewmodels.row_roles import RowRole
from desktop.views.kit.rows import RowList

WIDTH, ROWS = 560, 7
_WALKS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the palette can do: a page to open, or an action to trigger."""

    title: str
    detail: str
    page_id: str = ""
    action: QAction | None = None
    words: str = ""  # to look for on that page


class CommandPalette(QFrame):
    """Lies over the frame; Enter does what is marked, Escape or a look elsewhere closes it."""

    page_wanted = Signal(str)
    search_wanted = Signal(str)  # some words, among all records

    def __init__(self, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("搜索或输入命令"))
        self._offers = [(f"{each.title} {each.detail}", each) for each in offers]
        self._before: QWidget | None = None
        self._found: tuple[Offer, ...] = ()
        self._model = QStandardItemModel(self)
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("输入页面或命令的几个字"))
        self._field.setAccessibleName(self.tr("搜索或输入命令"))
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list = RowList(self.tr("找到的页面和命令"))
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._do)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.CARD, Space.CARD, Space.CARD, Space.CARD)
        column.setSpacing(Space.INSIDE)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self._search("")
        self._place(parent)

    def found(self) -> tuple[str, ...]:
        """Titles of what answers the letters, best first."""
        return tuple(each.title for each in self._found)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the focus, and remember who had it."""
        super().showEvent(event)
        self.raise_()
        self._before = QApplication.focusWidget()
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk the list while one writes, and Enter do what is marked."""
        if event.type() == QEvent.Type.FocusOut:
            self.close()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _WALKS:
            self._list.keyPressEvent(event)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._do()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._give_focus_back()
            return True
        return False

    def _search(self, query: str) -> None:
        everywhere = (self._everywhere(query.strip()),) if query.strip() else ()
        self._found = (*best(query, self._offers), *everywhere)
        self._model.clear()
        for number, offer in enumerate(self._found):
            item = QStandardItem(offer.title)
            item.setData(number, RowRole.KEY)
            item.setData(offer.detail, RowRole.DETAIL)
            if offer.action:
                item.setData(offer.action.shortcut().toString(), RowRole.REMARK)
            self._model.appendRow(item)
        self._list.choose(0)

    def _do(self) -> None:
        index = self._list.currentIndex()
        if not index.isValid():
            return
        offer = self._found[index.row()]
        self._give_focus_back()
        if offer.action:
            offer.action.trigger()
        elif offer.words:
            self.search_wanted.emit(offer.words)
        else:
            self.page_wanted.emit(offer.page_id)

    def _everywhere(self, query: str) -> Offer:
        title = self.tr("在全部记录中搜索“{0}”").format(query)
        return Offer(title, self.tr("办件、问题、黄红牌、公文、巡查、案卷、手册……"), words=query)

    def _give_focus_back(self) -> None:
        self.close()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    def _place(self, parent: QWidget) -> None:
        width = min(WIDTH, parent.width() - 2 * Space.MARGIN)
        height = min(ROWS * 60 + 76, parent.height() - 2 * Space.MARGIN)
        self.setGeometry((parent.width() - width) // 2, 48, width, height)
