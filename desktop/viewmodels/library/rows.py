"""The articles of the library as a table, each with whether it holds today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor

from desktop.domain.organisation import LegalBasis
from desktop.system.language import headed, said
from desktop.system.theme import Tone, colours
from desktop.viewmodels.keyed_rows import NOWHERE, Index, KeyedRows
from desktop.viewmodels.library.words import RANKS, purpose_word
from desktop.viewmodels.row_roles import RowRole


class Force(Enum):
    """Whether an article can be cited today."""

    NOW = "now"
    LATER = "later"
    OVER = "over"

    @property
    def word(self) -> str:
        """The word in the current language."""
        words = {
            Force.NOW: said("施行中"),
            Force.LATER: said("尚未施行"),
            Force.OVER: said("已失效"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One article on a day."""

    basis: LegalBasis
    today: date

    @property
    def key(self) -> str:
        """Its id."""
        return self.basis.id

    @property
    def force(self) -> Force:
        """Whether it holds."""
        if self.basis.in_force(self.today):
            return Force.NOW
        return Force.LATER if self.today < self.basis.valid_from else Force.OVER

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows, column by column."""
        basis = self.basis
        until = basis.valid_to.isoformat() if basis.valid_to else "—"
        return (
            headed(purpose_word(basis.purpose)), basis.title, basis.article,
            headed(said(RANKS[basis.rank])), basis.document or "—",
            basis.valid_from.isoformat(), until,
        )  # fmt: skip


def columns() -> tuple[str, ...]:
    """The titles of the table's columns."""
    titles = (
        said("用途"), said("办法名称"), said("条款"), said("层级"),
        said("文号"), said("施行日期"), said("失效日期"),
    )  # fmt: skip
    return tuple(map(headed, titles))


def count_forces(rows: Iterable[BasisRow]) -> Mapping[Force, int]:
    """Count the articles by whether they hold."""
    counts = dict.fromkeys(Force, 0)
    for row in rows:
        counts[row.force] += 1
    return counts


class BasesModel(KeyedRows[BasisRow]):
    """Articles as a table."""

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as there are titles."""
        return 0 if parent.isValid() else len(columns())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Give a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return columns()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell shows."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.ForegroundRole if row.force is not Force.NOW:
                return QColor(colours().ink(Tone.SOFT))
            case RowRole.KEY:
                return row.key
        return None


class BasesSearch(QSortFilterProxyModel):
    """Keeps the articles of one force that have all the words searched for."""

    def __init__(self, source: BasesModel) -> None:
        super().__init__(source)
        self.bases = source
        self.force = Force.NOW
        self._words: Sequence[str] = ()
        self.setSourceModel(source)

    def show_force(self, force: Force) -> None:
        """Show other articles."""
        self.force = force
        self.setFilterFixedString(force.value)

    def search(self, text: str) -> None:
        """Search for these words; none keeps everything."""
        self._words = text.casefold().split()
        self.setFilterFixedString(text)  # makes Qt ask again, in every version of it

    def filterAcceptsRow(self, source_row: int, _parent: Index = NOWHERE) -> bool:
        """Tell whether a row is kept."""
        row = self.bases.rows[source_row]
        text = " ".join(row.cells).casefold()
        return row.force is self.force and all(word in text for word in self._words)
