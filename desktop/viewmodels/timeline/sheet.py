"""The timeline as tables: exact totals a window, and the stretches of one window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from desktop.system.language import said
from desktop.viewmodels.keyed_rows import NOWHERE, Index, KeyedRows
from desktop.viewmodels.lines import CellTable
from desktop.viewmodels.lines import Row as Line
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import STATES, UNWATCHED, StateLook
from desktop.viewmodels.timeline.bands import LOOKS, share_on_post, totals
from desktop.viewmodels.timeline.day import Row
from desktop.viewmodels.times import stamp
from video.vocabulary.state import WindowState

# Columns that stand there even when all their cells are empty: what a reader looks for first.
ALWAYS = frozenset(
    {
        STATES[WindowState.SERVING], STATES[WindowState.READY], STATES[WindowState.ABSENT],
        STATES[WindowState.UNKNOWN], UNWATCHED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One window's sums, in the order of the columns; seconds."""

    key: str
    name: str
    who: str
    seconds: tuple[float, ...]
    whole: float
    share: float | None


class TotalsModel(KeyedRows[TotalsRow]):
    """One row a window: how long it was what, and the share of judged time with somebody there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.looks: tuple[StateLook, ...] = _shown_looks(())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the sums of these rows."""
        looks = _shown_looks(rows)
        if looks != self.looks:
            self.beginResetModel()
            self.rows, self.looks = [], looks
            self.endResetModel()
        self.replace([_sums(row, looks) for row in rows])

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Window, unit and clerk, the looks, the whole, the share."""
        return 0 if parent.isValid() else len(self.looks) + 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(number=section >= 2)
        if role == Qt.ItemDataRole.ToolTipRole and section == self.columnCount() - 1:
            return said("有人的时间 ÷（有人 + 离岗）；无法判断、未监测和未安排在岗的时间不计。")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Show a cell."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cells(self.rows[index.row()])[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(number=index.column() >= 2)
            case RowRole.KEY:
                return self.rows[index.row()].key
            case _:
                return None

    def titles(self) -> tuple[str, ...]:
        """The names of all columns."""
        words = (look.word for look in self.looks)
        return said("窗口", "column"), said("单位与人员"), *words, said("合计"), said("在岗率")

    def cells(self, row: TotalsRow) -> tuple[str, ...]:
        """The texts of one row."""
        times = (exact(s) if s else "—" for s in row.seconds)
        share = "—" if row.share is None else f"{row.share:.1%}"
        return row.name, row.who, *times, exact(row.whole), share


def stretch_titles() -> tuple[str, ...]:
    """What the stretches of a window are told by."""
    return said("状态", "column"), said("开始", "column"), said("结束"), said("时长")


class StretchModel(CellTable[Line]):
    """The stretches of one window, one below the other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(stretch_titles, parent)

    def show_row(self, row: Row | None) -> None:
        """Show one window's stretches."""
        self.replace(
            [
                Line(
                    each.start.isoformat(),
                    (each.look.word, stamp(each.start), stamp(each.end), exact(each.seconds)),
                )
                for each in (row.stretches if row else ())
            ]
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Set the durations below one another."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(number=index.column() == self.columnCount() - 1)
        return super().data(index, role)


def exact(seconds: float) -> str:
    """A duration to the second for tables: 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _sums(row: Row, looks: Sequence[StateLook]) -> TotalsRow:
    sums = totals(row.stretches)
    return TotalsRow(
        row.post.window.id,
        row.post.window.name,
        row.post.who,
        tuple(sums.get(look, 0.0) for look in looks),
        sum(sums.values()),
        share_on_post(row.stretches),
    )


def _shown_looks(rows: Sequence[Row]) -> tuple[StateLook, ...]:
    present = {stretch.look for row in rows for stretch in row.stretches} | ALWAYS
    return tuple(look for look in LOOKS if look in present)


def _side(*, number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
