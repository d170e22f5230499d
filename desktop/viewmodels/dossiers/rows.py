"""The list of case files, and the index and timeline of the one that lies open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from desktop.domain.dossiers import Dossier, Entry
from desktop.domain.identifiers import UserId
from desktop.system.language import said
from desktop.usecases.dossier_timeline import Moment
from desktop.usecases.dossiers import contents
from desktop.usecases.ports import Reading
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.dossiers.words import kind_name, look_of, step_said
from desktop.viewmodels.keyed_rows import Index, KeyedRows
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import StateLook
from desktop.viewmodels.times import stamp


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One case file in the list."""

    dossier: Dossier
    entries: int
    handler: str

    @property
    def key(self) -> str:
        """Its id."""
        return self.dossier.id

    @property
    def look(self) -> StateLook:
        """Shape, word and tone."""
        return look_of(self.dossier)

    @property
    def detail(self) -> str:
        """Who works on it, and how much is in it."""
        told = said("{0} 件材料").format(self.entries)
        return " · ".join(filter(None, (self.handler, told, self.dossier.hold_reason)))

    @property
    def remark(self) -> str:
        """When it was opened."""
        return stamp(self.dossier.opened_at)[5:10]


def read_rows(reading: Reading) -> tuple[DossierRow, ...]:
    """Fetch all case files, the latest first."""
    names = names_in(reading)
    found = sorted(reading.find(Dossier), key=lambda each: each.opened_at, reverse=True)
    return tuple(
        DossierRow(
            dossier,
            len(contents(reading, dossier.id)),
            names.get(dossier.handler, "") if dossier.handler else "",
        )
        for dossier in found
    )


class DossiersModel(KeyedRows[DossierRow]):
    """Case files as a list of two lines each."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911
        """Answer what a row shows."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.dossier.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return "，".join((row.dossier.title, row.look.word, row.detail))
            case RowRole.KEY:
                return row.key
            case RowRole.DETAIL:
                return row.detail
            case RowRole.LOOK:
                return row.look
            case RowRole.REMARK:
                return row.remark
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, its cells as text."""

    key: str
    cells: tuple[str, ...]


class LinesModel(KeyedRows[Line]):
    """A table of text."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as titles."""
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name a column."""
        across = orientation is Qt.Orientation.Horizontal
        return self._titles[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell shows."""
        if not index.isValid():
            return None
        line = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.cells[index.column()]
            case RowRole.KEY:
                return line.key
        return None


def index_lines(entries: Sequence[Entry]) -> tuple[Line, ...]:
    """Lay out the index of contents."""
    return tuple(
        Line(e.id, (str(n), stamp(e.at)[:16], kind_name(e.kind), e.title))
        for n, e in enumerate(entries, 1)
    )


def timeline_lines(moments: Sequence[Moment], names: Mapping[UserId, str]) -> tuple[Line, ...]:
    """Lay out the timeline."""
    return tuple(
        Line(
            str(n),
            (stamp(m.at)[:16], step_said(m.step), m.title, names.get(m.by, "") if m.by else ""),
        )
        for n, m in enumerate(moments)
    )
