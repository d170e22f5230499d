"""The rows of a paper's table while they are written."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from desktop.viewmodels.keyed_rows import NOWHERE, Index


class TableRows(QAbstractTableModel):
    """Texts by row and column; `written` tells that a person changed one."""

    written = Signal()

    def __init__(self, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[list[str]] = []
        self.is_writable = False

    def rows(self) -> list[list[str]]:
        """All rows as they stand."""
        return [list(row) for row in self._rows]

    def take(self, rows: object) -> None:
        """Show other rows; the same ones leave selection and editor where they are."""
        wanted = [self._row(row) for row in rows] if isinstance(rows, Sequence) else []
        if wanted != self._rows:
            self.beginResetModel()
            self._rows = wanted
            self.endResetModel()

    def add(self) -> None:
        """Add an empty row, numbered where the first column is the number."""
        at = len(self._rows)
        self.beginInsertRows(NOWHERE, at, at)
        self._rows.append([str(at + 1), *[""] * (len(self._columns) - 1)])
        self.endInsertRows()
        self.written.emit()

    def remove(self, row: int) -> None:
        """Take a row away; those below are numbered anew."""
        if not 0 <= row < len(self._rows):
            return
        self.beginRemoveRows(NOWHERE, row, row)
        del self._rows[row]
        self.endRemoveRows()
        for number, cells in enumerate(self._rows, 1):
            cells[0] = str(number)
        self.written.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the rows; rows have no children."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as the paper's table has."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Title the columns as the paper does."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells be written while the paper is a draft."""
        flags = super().flags(index)
        can_be = self.is_writable and index.isValid()
        return flags | Qt.ItemFlag.ItemIsEditable if can_be else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell says."""
        shown = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}
        if not index.isValid() or role not in {*shown, Qt.ItemDataRole.ToolTipRole}:
            return None
        return self._rows[index.row()][index.column()]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self._rows[index.row()][index.column()] = str(value)
        self.dataChanged.emit(index, index)
        self.written.emit()
        return True

    def _row(self, given: object) -> list[str]:
        cells = [str(cell) for cell in given] if isinstance(given, Sequence) else []
        wide = len(self._columns)
        return [*cells, *[""] * wide][:wide]
