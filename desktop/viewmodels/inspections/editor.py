"""Own checklists: written line by line, taken from and given out as XLSForm, put to use."""

from dataclasses import replace
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from desktop.domain.checklist_lines import Line, content_of_lines, lines_of
from desktop.domain.checklists import (
    AnswerKind,
    Checklist,
    PublishedChecklist,
    Text,
    read_checklist,
)
from desktop.domain.errors import BadChecklist
from desktop.exchange.xlsform import read_xlsform, write_xlsform
from desktop.system.language import said
from desktop.usecases.inspections.planning import publish_checklist
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.touring import Touring
from desktop.viewmodels.inspections.words import here, kind_name
from desktop.viewmodels.keyed_rows import NOWHERE, Index


class Column(IntEnum):
    """Columns of the editor."""

    SECTION = 0
    KEY = 1
    LABEL = 2
    KIND = 3
    POINTS = 4
    CRITICAL = 5
    PHOTO_ON_FAIL = 6
    REQUIRED = 7
    RULE = 8
    WHEN = 9
    CHOICES = 10
    HINT = 11


_TICKS = {Column.CRITICAL, Column.PHOTO_ON_FAIL, Column.REQUIRED}


def column_titles() -> tuple[str, ...]:
    """Name the columns."""
    return (
        said("分组"), said("标识"), said("检查项目"), said("类型"), said("分值"), "★",
        said("不合格须拍照"), said("必答"), said("对应规则"), said("出现条件"), said("选项"),
        said("检查方法"),
    )  # fmt: skip


class EditorModel(QAbstractTableModel):
    """The lines of the checklist that is being written; every cell is edited in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def lay_out(self, lines: tuple[Line, ...]) -> None:
        """Begin with these lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def insert(self, row: int) -> None:
        """Add a line to the section of the one before."""
        section = self.lines[row - 1].section if row else said("检查内容")
        taken = {line.key for line in self.lines}
        key = next(f"item_{n}" for n in range(1, len(taken) + 2) if f"item_{n}" not in taken)
        self.beginInsertRows(NOWHERE, row, row)
        self.lines.insert(row, Line(section=section, key=key))
        self.endInsertRows()

    def remove(self, row: int) -> None:
        """Take a line away."""
        self.beginRemoveRows(NOWHERE, row, row)
        del self.lines[row]
        self.endRemoveRows()

    def move(self, row: int, by: int) -> int:
        """Move a line by one; answers where it is now."""
        to = min(max(row + by, 0), len(self.lines) - 1)
        if to != row:
            self.beginMoveRows(NOWHERE, row, row, NOWHERE, to + (by > 0))
            self.lines.insert(to, self.lines.pop(row))
            self.endMoveRows()
        return to

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name a column, number a line."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        across = orientation is Qt.Orientation.Horizontal
        return column_titles()[section] if across else str(section + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited."""
        shown = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        ticked = Column(index.column()) in _TICKS
        return shown | (Qt.ItemFlag.ItemIsUserCheckable if ticked else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell holds."""
        if not index.isValid():
            return None
        column = Column(index.column())
        value = getattr(self.lines[index.row()], column.name.lower())
        match role:
            case Qt.ItemDataRole.CheckStateRole if column in _TICKS:
                return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DisplayRole if column is Column.KIND:
                return kind_name(value)
            case Qt.ItemDataRole.EditRole | Qt.ItemDataRole.DisplayRole if column not in _TICKS:
                return value
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column_titles()[column]} {value}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was written."""
        column = Column(index.column())
        if column in _TICKS:
            value = Qt.CheckState(cast(int, value)) is Qt.CheckState.Checked
        elif column is not Column.KIND:
            value = str(value)
        changed = replace(self.lines[index.row()], **{column.name.lower(): value})  # type: ignore[arg-type]
        self.lines[index.row()] = changed
        self.dataChanged.emit(index, index)
        return True


class ChecklistEditor(QObject):
    """The checklist that is being written.

    Attributes:
        key, title, version: of it; a version that is put to use is one more than the last.
    """

    opened = Signal()
    published = Signal(object)  # the PublishedChecklist
    exported = Signal(str)
    refused = Signal(object)

    def __init__(
        self, office: Touring, desk: InspectionDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._desk = office, desk
        self._answers = Answers(self)
        self.model = EditorModel(self)
        self.key, self.title, self.version = "own", "", 1
        self._titles: Text = {}  # in other languages

    def stop(self) -> None:
        """Listen no more."""
        self._answers.close()

    def begin(self) -> None:
        """Begin an empty checklist."""
        taken = {checklist.key for checklist in self._desk.choices.checklists}
        self.key = next(f"own_{n}" for n in range(1, 1000) if f"own_{n}" not in taken)
        self.title, self.version, self._titles = said("自建检查表"), 1, {}
        self.model.lay_out(())
        self.model.insert(0)
        self.opened.emit()

    def open(self, checklist: Checklist) -> None:
        """Go on with a checklist."""
        self.key, self.version = checklist.key, checklist.version
        self.title, self._titles = here(checklist.title), checklist.title
        self.model.lay_out(lines_of(checklist, _language()))
        self.opened.emit()

    def checklist(self) -> Checklist:
        """Give what is written.

        Raises:
            BadChecklist: what is wrong, and where.
        """
        language, lines = _language(), self.model.lines
        title = {**self._titles, language: self.title}
        content = content_of_lines(self.key, title, self.version, lines, language)
        return read_checklist(content)

    def publish(self) -> None:
        """Put it to use in every hall; inspections that were planned keep their version."""
        actor = self._office.door.actor
        try:
            written = self.checklist()
        except BadChecklist as refusal:
            self._refuse(refusal)
            return
        for hall in self._desk.choices.halls if actor else ():
            act = partial(publish_checklist, hall_id=hall.id, checklist=written)
            kept = self._office.desk.act(actor, partial(act, clock=self._office.clock))  # type: ignore[arg-type]
            self._answers.ask(kept, self._kept, self._refuse)

    def take_in(self, path: Path) -> None:
        """Read an XLSForm; nothing is put to use before somebody says so."""
        read = self._office.desk.run(partial(_read, path))
        self._answers.ask(read, self.open, self._refuse, "form")

    def give_out(self, path: Path) -> None:
        """Write what is written as XLSForm: it holds no case and no name."""
        try:
            written = self.checklist()
        except BadChecklist as refusal:
            self._refuse(refusal)
            return
        done = self._office.desk.run(partial(_write, written, path))
        self._answers.ask(done, self._wrote, self._refuse)

    def _kept(self, kept: PublishedChecklist) -> None:
        self.version = kept.version
        self._desk.refresh()
        self.published.emit(kept)

    def _wrote(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def kinds() -> tuple[tuple[AnswerKind, str], ...]:
    """Name the ways in which an item can be answered."""
    return tuple((kind, kind_name(kind)) for kind in AnswerKind)


def _language() -> str:
    return said("zh", "rules")


def _read(path: Path) -> Checklist:
    return read_checklist(read_xlsform(path))


def _write(checklist: Checklist, path: Path) -> str:
    write_xlsform(checklist, path)
    return path.name
