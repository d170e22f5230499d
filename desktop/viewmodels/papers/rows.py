"""The list of official papers, cut by what waits for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QSortFilterProxyModel, Qt

from desktop.domain.entities import Book
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.roles import Actor
from desktop.system.language import headed, said
from desktop.usecases.ports import Reading
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.keyed_rows import NOWHERE, Index, KeyedRows
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.papers.acts import is_mine
from desktop.viewmodels.papers.file import waiting_said
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.times import day_of


class PaperPile(Enum):
    """How the list is cut."""

    MINE = "mine"
    UNDER_WAY = "under_way"
    DONE = "done"
    VOID = "void"

    @property
    def word(self) -> str:
        """The pile in the current language."""
        words = {
            PaperPile.MINE: said("待我处理", "pile"),
            PaperPile.UNDER_WAY: said("办理中", "pile"),
            PaperPile.DONE: said("已送达或归档"),
            PaperPile.VOID: said("已作废", "pile"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper; `waits_for` says for whom, `is_mine` whether that is the person here."""

    document: OfficialDocument
    waits_for: str
    is_mine: bool

    @property
    def key(self) -> str:
        """The id of the paper."""
        return self.document.id

    @property
    def pile(self) -> PaperPile:
        """Where it lies, apart from being somebody's."""
        if self.document.state is DocumentState.CANCELLED:
            return PaperPile.VOID
        return PaperPile.DONE if self.document.state.is_over else PaperPile.UNDER_WAY

    def lies_on(self, pile: PaperPile) -> bool:
        """Tell whether a pile holds it; what is mine lies on two."""
        return self.is_mine if pile is PaperPile.MINE else self.pile is pile

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows, column by column."""
        document = self.document
        return (
            headed(state_name(document.state.value)),
            document.doc_no or "—",
            kind_name(document.template),
            document.recipient or "—",
            self.waits_for,
            day_of(document.drafted_at).isoformat(),
        )


def columns() -> tuple[str, ...]:
    """The titles of the table's columns."""
    titles = (
        said("状态"), said("文号"), said("文书", "column"), said("受文单位或个人"),
        said("待谁办理"), said("起草于"),
    )  # fmt: skip
    return tuple(map(headed, titles))


def paper_rows(reading: Reading, book: Book, actor: Actor | None) -> tuple[PaperRow, ...]:
    """List all papers, the latest first."""
    names = names_in(reading)
    papers = sorted(reading.find(OfficialDocument), key=lambda d: d.drafted_at, reverse=True)
    return tuple(
        PaperRow(each, waiting_said(each, book, names), is_mine(each, book, actor))
        for each in papers
    )


def count_piles(rows: Iterable[PaperRow]) -> Mapping[PaperPile, int]:
    """Count the rows of every pile."""
    listed = tuple(rows)
    return {pile: sum(row.lies_on(pile) for row in listed) for pile in PaperPile}


class PapersModel(KeyedRows[PaperRow]):
    """The rows as a table."""

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as there are titles."""
        return 0 if parent.isValid() else len(columns())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Title the columns."""
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
            case RowRole.KEY:
                return row.key
        return None


class PapersSearch(QSortFilterProxyModel):
    """Keeps the rows of one pile that have all the words searched for."""

    def __init__(self, source: PapersModel) -> None:
        super().__init__(source)
        self._papers = source
        self._words: Sequence[str] = ()
        self.pile = PaperPile.MINE
        self.setSourceModel(source)

    def show_pile(self, pile: PaperPile) -> None:
        """Show another pile."""
        self.pile = pile
        self.setFilterFixedString(pile.value)

    def search(self, text: str) -> None:
        """Search for these words; none keeps everything."""
        self._words = text.casefold().split()
        self.setFilterFixedString(text)  # makes Qt ask again, in every version of it

    def filterAcceptsRow(self, source_row: int, _parent: Index = NOWHERE) -> bool:
        """Tell whether a row is kept."""
        row = self._papers.rows[source_row]
        text = " ".join(row.cells).casefold()
        return row.lies_on(self.pile) and all(word in text for word in self._words)
