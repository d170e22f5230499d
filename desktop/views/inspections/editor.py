"""The editor of checklists: which one, its lines in a table, and what becomes of it."""

from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.checklists import PublishedChecklist
from desktop.system.language import said
from desktop.system.theme import ROW_HEIGHT, Size, Space, Tone
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.editor import ChecklistEditor, Column, kinds
from desktop.viewmodels.inspections.words import checklist_said
from desktop.viewmodels.keyed_rows import Index
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel

_FILTER = "XLSForm (*.xlsx)"
_WIDTHS = {
    Column.SECTION: 96, Column.KEY: 96, Column.LABEL: 260, Column.KIND: 72, Column.POINTS: 56,
    Column.CRITICAL: 40, Column.PHOTO_ON_FAIL: 104, Column.REQUIRED: 56, Column.RULE: 96,
    Column.WHEN: 160, Column.CHOICES: 160, Column.HINT: 200,
}  # fmt: skip


class KindDelegate(QStyledItemDelegate):
    """Lets one choose how an item is answered."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QComboBox:
        """Offer the kinds."""
        box = QComboBox(parent)
        for kind, word in kinds():
            box.addItem(word, kind)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what it is now."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex([kind for kind, _ in kinds()].index(index.data(2)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take what was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())


class ChecklistSheet(QWidget):
    """Own checklists; `left` goes back to the inspections."""

    left = Signal()

    def __init__(self, desk: InspectionDesk, editor: ChecklistEditor) -> None:
        super().__init__()
        self._desk, self._editor = desk, editor
        self.which = QComboBox()
        self.which.activated.connect(self._choose)
        self.title = QLineEdit()
        self.title.textEdited.connect(self._name)
        self.table = QTableView()
        self.table.setAccessibleName(said("检查项目"))
        self.table.setModel(editor.model)
        self.table.setItemDelegateForColumn(Column.KIND, KindDelegate(self.table))
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setShowGrid(False)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self._said = Banner()
        self._lay_out()
        editor.opened.connect(self._show)
        editor.published.connect(self._was_published)
        editor.exported.connect(self._was_exported)
        editor.refused.connect(self._refuse)
        desk.listed.connect(self._list)

    def begin(self) -> None:
        """Show the first checklist there is, or an empty one."""
        if self._desk.choices.checklists:
            self._editor.open(self._desk.choices.checklists[0])
        else:
            self._editor.begin()

    def _lay_out(self) -> None:
        back = Button(said("返回列表"), Rank.QUIET, icon=Icon.BACK)
        back.clicked.connect(self.left)
        top = QHBoxLayout()
        top.addWidget(back)
        top.addWidget(Label(said("检查表"), size=Size.SECTION, bold=True))
        top.addStretch(1)
        for word, deed, rank in (
            (said("新建"), self._editor.begin, Rank.SECONDARY),
            (said("导入 XLSForm…"), self._ask_in, Rank.SECONDARY),
            (said("导出 XLSForm…"), self._ask_out, Rank.SECONDARY),
            (said("启用为新版本"), self._editor.publish, Rank.PRIMARY),
        ):
            button = Button(word, rank)
            button.clicked.connect(deed)
            top.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(Space.CARD)
        head.addWidget(Field(said("检查表"), self.which), 1)
        head.addWidget(Field(said("名称"), self.title), 1)
        panel = Panel()
        panel.body.addWidget(self._said)
        panel.body.addLayout(head)
        panel.body.addLayout(self._line_buttons())
        panel.body.addWidget(self.table, 1)
        hint = said(
            "条件写作“标识=NOT|NA & 标识=OK”，选项写作“yes:有|no:无”。已安排的巡查仍用原版本。"
        )
        panel.body.addWidget(Label(hint, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(panel, 1)

    def _line_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.INSIDE)
        for word, deed in (
            (said("添加项目"), self._add),
            (said("删除项目"), self._remove),
            (said("上移"), self._up),
            (said("下移"), self._down),
        ):
            button = Button(word, Rank.ROW)
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _list(self) -> None:
        self.which.clear()
        for checklist in self._desk.choices.checklists:
            self.which.addItem(checklist_said(checklist), checklist)
        keys = [each.key for each in self._desk.choices.checklists]
        self.which.setCurrentIndex(keys.index(self._editor.key) if self._editor.key in keys else -1)

    def _show(self) -> None:
        self._list()
        self.title.setText(self._editor.title)
        self._said.say("", Tone.SOFT)

    def _choose(self, row: int) -> None:
        self._editor.open(self.which.itemData(row))

    def _name(self, title: str) -> None:
        self._editor.title = title

    def _add(self) -> None:
        row = self.table.currentIndex().row() + 1 or self._editor.model.rowCount()
        self._editor.model.insert(row)
        self.table.setCurrentIndex(self._editor.model.index(row, Column.LABEL))

    def _remove(self) -> None:
        if self.table.currentIndex().isValid():
            self._editor.model.remove(self.table.currentIndex().row())

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(+1)

    def _move(self, by: int) -> None:
        at = self.table.currentIndex()
        if at.isValid():
            to = self._editor.model.move(at.row(), by)
            self.table.setCurrentIndex(self._editor.model.index(to, at.column()))

    def _ask_in(self) -> None:
        dialog = QFileDialog(self, said("导入 XLSForm"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_FILTER)
        dialog.fileSelected.connect(self._take_in)
        dialog.open()

    def _take_in(self, name: str) -> None:
        self._editor.take_in(Path(name))

    def _ask_out(self) -> None:
        dialog = QFileDialog(self, said("导出 XLSForm"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_FILTER)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"{self._editor.key}.xlsx")
        dialog.fileSelected.connect(self._give_out)
        dialog.open()

    def _give_out(self, name: str) -> None:
        self._editor.give_out(Path(name))

    def _was_published(self, kept: PublishedChecklist) -> None:
        told = said("“{0}”已启用，第 {1} 版。").format(kept.title, kept.version)
        self._said.say(told, Tone.GOOD)

    def _was_exported(self, name: str) -> None:
        self._said.say(said("已导出“{0}”。").format(name), Tone.GOOD)

    def _refuse(self, error: Exception) -> None:
        self._said.say(sentence(error), Tone.NEAR)
