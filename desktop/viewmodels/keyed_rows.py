"""A Qt model whose rows are known by key, so that a refresh keeps selection and scroll."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Keyed(Protocol):
    """A row."""

    @property
    def key(self) -> str:
        """What it is known by."""


Row = TypeVar("Row", bound=Keyed)


class KeyedRows(QAbstractTableModel, Generic[Row]):
    """Rows in the order in which they are given; subclasses say what each cell shows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the rows; rows have no children."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """One column, unless a subclass has more."""
        return 0 if parent.isValid() else 1

    def row_of(self, key: str) -> int:
        """Find a row by its key; -1 when it is not there."""
        return next((n for n, row in enumerate(self.rows) if row.key == key), -1)

    def replace(self, rows: Sequence[Row]) -> None:
        """Take the new rows with as little change as will do."""
        before, after = {row.key for row in self.rows}, {row.key for row in rows}
        if before.isdisjoint(after):
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        self._drop(after)
        for n, row in enumerate(rows):
            self._place(n, row)

    def _drop(self, kept: set[str]) -> None:
        for n in range(len(self.rows) - 1, -1, -1):
            if self.rows[n].key not in kept:
                self.beginRemoveRows(NOWHERE, n, n)
                del self.rows[n]
                self.endRemoveRows()

    def _place(self, n: int, row: Row) -> None:
        here = n < len(self.rows) and self.rows[n].key == row.key
        at = n if here else self.row_of(row.key)
        if at < 0:
            self.beginInsertRows(NOWHERE, n, n)
            self.rows.insert(n, row)
            self.endInsertRows()
            return
        if at != n:
            self.beginMoveRows(NOWHERE, at, at, NOWHERE, n)
            self.rows.insert(n, self.rows.pop(at))
            self.endMoveRows()
        if self.rows[n] != row:
            self.rows[n] = row
            self.dataChanged.emit(self.index(n, 0), self.index(n, self.columnCount() - 1))
