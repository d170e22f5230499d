"""Keyed rows as tables of text and as lists of two lines, and the search that cuts them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor

from desktop.system.language import headed
from desktop.system.theme import Tone, colours
from desktop.viewmodels.keyed_rows import NOWHERE, Index, Keyed, KeyedRows
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import StateLook

Cells = tuple[str, ...]


def headings(*words: str) -> Cells:
    """Let words head a table."""
    return tuple(map(headed, words))


class Told(Keyed, Protocol):
    """A row of a table."""

    @property
    def cells(self) -> Cells:
        """Its texts, column by column."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is nothing but its texts."""

    key: str
    cells: Cells


Line = TypeVar("Line", bound=Told)


class CellTable(KeyedRows[Line]):
    """A table of text whose rows are all here."""

    def __init__(self, titles: Callable[[], Sequence[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = titles

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as there are titles."""
        return 0 if parent.isValid() else len(self._titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Title a column."""
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return self._titles()[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell shows; what does not fit is its tool tip."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.ForegroundRole if tone := self.tone_of(row, index.column()):
                return QColor(colours().ink(tone))
            case RowRole.KEY:
                return row.key
        return None

    def tone_of(self, row: Line, column: int) -> Tone | None:  # for subclasses
        """In what a cell is written; None for plain ink."""
        return None


class Lines(CellTable[Row]):
    """A small table of text."""


class Spoken(Keyed, Protocol):
    """A row of two lines."""

    @property
    def title(self) -> str:
        """The first line."""

    @property
    def detail(self) -> str:
        """The second."""

    @property
    def look(self) -> StateLook:
        """Shape, word and tone."""

    @property
    def remark(self) -> str:
        """What stands at its end."""

    @property
    def spoken(self) -> Iterable[str]:
        """What a screen reader says; what is empty is left out."""


Entry = TypeVar("Entry", bound=Spoken)


class TwoLines(KeyedRows[Entry]):
    """A list of two lines a row."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911
        """Answer what a row shows."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return "，".join(filter(None, row.spoken))
            case RowRole.KEY:
                return row.key
            case RowRole.DETAIL:
                return row.detail
            case RowRole.LOOK:
                return row.look
            case RowRole.REMARK:
                return row.remark
        return None


class Searched(Keyed, Protocol):
    """A row that can be searched for."""

    @property
    def searched(self) -> Iterable[str]:
        """The texts in which words are looked for."""


Found = TypeVar("Found", bound=Searched)


class WordSearch(QSortFilterProxyModel, Generic[Found]):
    """Keeps the rows that have all the words searched for."""

    def __init__(self, source: KeyedRows[Found]) -> None:
        super().__init__(source)
        self.source = source
        self._words: Sequence[str] = ()
        self.setSourceModel(source)

    def search(self, text: str) -> None:
        """Search for these words; none keeps everything."""
        self._words = text.casefold().split()
        self.setFilterFixedString(text)  # makes Qt ask again, in every version of it

    def keeps(self, row: Found) -> bool:
        """Tell whether a row is kept."""
        text = " ".join(row.searched).casefold()
        return all(word in text for word in self._words)

    def filterAcceptsRow(self, source_row: int, _parent: Index = NOWHERE) -> bool:
        """Tell Qt whether a row is kept."""
        return self.keeps(self.source.rows[source_row])


Pile = TypeVar("Pile", bound=Enum)
OfPile_contra = TypeVar("OfPile_contra", bound=Enum, contravariant=True)


class Piled(Searched, Protocol[OfPile_contra]):
    """A row that lies on piles."""

    def lies_on(self, pile: OfPile_contra) -> bool:
        """Tell whether a pile holds it; it may lie on several."""


OnPile = TypeVar("OnPile", bound=Piled[Any])


class PileSearch(WordSearch[OnPile], Generic[OnPile, Pile]):
    """Keeps the rows of one pile that have all the words searched for."""

    def __init__(self, source: KeyedRows[OnPile], pile: Pile) -> None:
        super().__init__(source)
        self.pile = pile

    def show_pile(self, pile: Pile) -> None:
        """Show another pile."""
        self.pile = pile
        self.setFilterFixedString(str(pile.value))

    def keeps(self, row: OnPile) -> bool:
        """Tell whether a row is kept."""
        return row.lies_on(self.pile) and super().keeps(row)


def count_piles(rows: Iterable[OnPile], piles: Iterable[Pile]) -> Mapping[Pile, int]:
    """Count each pile; what lies on two is counted on both."""
    listed = tuple(rows)
    return {pile: sum(row.lies_on(pile) for row in listed) for pile in piles}
