"""The list of cases as a Qt model: it knows how many there are, and holds what was looked at."""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from desktop.domain.identifiers import UnitId
from desktop.storage.case_lines import CaseLine
from desktop.system.language import headed, said
from desktop.viewmodels.approvals.lamps import UNREAD, left_said, look_of_lamp
from desktop.viewmodels.keyed_rows import NOWHERE, Index
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import StateLook
from desktop.workers.case_book import Glimpse

WINDOW = 100  # rows fetched at a time
_KEPT = 40  # windows; the rest of the list can be fetched again
_RIGHT = frozenset({6})


def columns() -> tuple[str, ...]:
    """The titles of the table's columns."""
    titles = (
        said("状态"), said("办件编号"), said("办件名称"), said("事项编码"), said("办理单位"),
        said("到期日"), said("剩余时间"), said("申请人"), said("开始于", "column"),
    )  # fmt: skip
    return tuple(map(headed, titles))


class CaseRows(QAbstractTableModel):
    """Rows by number; a row that is not here yet shows nothing and asks for its window.

    A list of a hundred thousand is eight hundred kilobytes of numbers and a few thousand rows.
    """

    wanted = Signal(object)  # numbers of the rows that somebody looks at

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = array("q")
        self._windows: OrderedDict[int, Sequence[CaseLine]] = OrderedDict()
        self._asked: dict[int, int] = {}  # windows by the number of their first row
        self._units: Mapping[UnitId, str] = {}

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the rows; rows have no children."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(columns())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Title a column."""
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return columns()[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Show a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _RIGHT else Qt.AlignmentFlag(0)
            return side | Qt.AlignmentFlag.AlignVCenter
        line = self._line(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells(line)[index.column()] if line else ""
            case RowRole.KEY:
                return line.id if line else None
            case RowRole.LOOK if index.column() == 0:
                return _look(line) if line else None
        return None

    def numbers_at(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Give the numbers of the cases in some rows; without any, of all."""
        return tuple(self._numbers[row] for row in rows) or tuple(self._numbers)

    def show(self, numbers: "array[int]", units: Mapping[UnitId, str]) -> None:
        """Show another list, or the same cases as they now stand.

        Args:
            units: names by id; a unit that is none of ours is shown as its source calls it.
        """
        self._units = units
        self._windows.clear()
        self._asked.clear()
        if numbers == self._numbers:
            if numbers:
                self.dataChanged.emit(self.index(0, 0), self.index(len(numbers) - 1, 0))
            return
        self.beginResetModel()
        self._numbers = numbers
        self.endResetModel()

    def fill(self, glimpse: Glimpse) -> None:
        """Put rows in; those of a list that is no longer shown are dropped."""
        numbers, lines = glimpse
        window = self._asked.pop(numbers[0], None)
        if window is None or numbers != self._numbers_of(window) or len(lines) != len(numbers):
            return
        self._windows[window] = lines
        while len(self._windows) > _KEPT:
            self._windows.popitem(last=False)
        first = window * WINDOW
        last = self.index(first + len(lines) - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(first, 0), last)

    def _line(self, row: int) -> CaseLine | None:
        window = row // WINDOW
        if window in self._windows:
            self._windows.move_to_end(window)
            return self._windows[window][row % WINDOW]
        numbers = self._numbers_of(window)
        if numbers[0] not in self._asked:
            self._asked[numbers[0]] = window
            self.wanted.emit(numbers)
        return None

    def _numbers_of(self, window: int) -> "array[int]":
        return self._numbers[window * WINDOW : (window + 1) * WINDOW]

    def _cells(self, line: CaseLine) -> tuple[str, ...]:
        entry = line.entry
        due = entry.due.isoformat() if entry.due else "—"
        if entry.provisional:
            due = said("{0}（暂定）").format(due)
        return (
            _look(line).word,
            line.case_no,
            line.title or "—",
            line.item_code or "—",
            self._units.get(line.unit_id, line.unit_id) or "—",
            due if line.is_read else "",
            left_said(entry) if line.is_read else "",
            line.applicant or "—",
            line.started_at[:10] or "—",
        )


def _look(line: CaseLine) -> StateLook:
    return look_of_lamp(line.entry.lamp) if line.is_read else UNREAD
