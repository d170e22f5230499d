"""The tables of setting up a hall."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from desktop.system.language import marked, said
from desktop.viewmodels.cameras.words import WINDOW_KINDS
from desktop.viewmodels.keyed_rows import NOWHERE, KeyedRows
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.setup.facts import HallFacts

Index = QModelIndex | QPersistentModelIndex
_TITLES = (
    marked("窗口编号"),
    marked("窗口名称"),
    marked("窗口类别"),
    marked("所属单位"),
    marked("窗口人员"),
    marked("画面区域"),
)


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window as the table shows it."""

    key: str
    cells: tuple[str, ...]


class WindowTable(KeyedRows[WindowRow]):
    """The windows of the hall."""

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """A column a title."""
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a cell's text, or the key in the first column."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        return row.key if role == RowRole.KEY and index.column() == 0 else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Give a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return said(_TITLES[section])
        return None

    def show_facts(self, facts: HallFacts | None) -> None:
        """Take the windows of a hall."""
        if facts is None:
            return
        blind = {window.id for window in facts.blind}
        self.replace(
            [
                WindowRow(
                    window.id,
                    (
                        window.number,
                        window.name,
                        said(WINDOW_KINDS[window.kind]),
                        facts.unit_of(window),
                        window.clerk,
                        said("未画") if window.id in blind else said("已画或不需要"),
                    ),
                )
                for window in facts.windows
            ]
        )
