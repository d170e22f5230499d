"""A paper's table as it is written: cells, and buttons for more rows and fewer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.system.theme import Space
from desktop.viewmodels.papers.table_rows import TableRows
from desktop.views.kit.buttons import Button, Rank

_HEIGHT = 148


class RowsEditor(QWidget):
    """One table; `written` tells that a person changed it."""

    written = Signal()

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        super().__init__()
        self.model = TableRows(columns, self)
        self._table = QTableView()
        self._table.setAccessibleName(name)
        self._table.setModel(self.model)
        self._table.setFixedHeight(_HEIGHT)
        self._table.setTabKeyNavigation(False)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.setColumnWidth(0, 48)
        self._more = Button(self.tr("增加一行"), Rank.QUIET)
        self._fewer = Button(self.tr("删除此行"), Rank.QUIET)
        self._more.clicked.connect(self.model.add)
        self._fewer.clicked.connect(self._remove)
        self.model.written.connect(self.written)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.HAIR)
        buttons.addWidget(self._more)
        buttons.addWidget(self._fewer)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._table)
        column.addLayout(buttons)

    def show_rows(self, rows: object, *, writing: bool) -> None:
        """Show the table's rows, to write or to read."""
        self.model.is_writable = writing
        self.model.take(rows)
        self._more.setVisible(writing)
        self._fewer.setVisible(writing)

    def _remove(self) -> None:
        self.model.remove(self._table.currentIndex().row())
