"""事项与单位: the lists of items, the units and the windows, and what differs between the lists."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.complaints import complaint_sentence
from desktop.viewmodels.registers.desk import RegisterDesk, arrived_said
from desktop.viewmodels.registers.shelf import Kind
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.registers.form import RecordForm
from desktop.views.suspicions import SuspicionTable

REGISTERS_PAGE = "registers"
_WIDTHS = (120, 200, 148, 88, 104, 104)
_FILES = "*.csv *.txt *.tsv *.xlsx"
_TOLD = 5  # complaints said one by one


class RegistersPage(Page):
    """One register at a time, its records to edit, and tables in and out."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        kinds = {kind: kind.word for kind in Kind}
        self._kinds = Chips(said("名录"), kinds, columns=len(kinds))
        self._search = SearchField(said("搜索名录"), said("编码、名称、单位"))
        self._table = Table(said("名录"))
        self._table.setModel(desk.model)
        self._staged = Staged(self._table)
        self._differences = SuspicionTable(desk.suspicions, said("清单核对结果"))
        self._stack = QStackedWidget()
        self._banner = Banner()
        self._form = RecordForm(desk)
        self._new = Button(said("新增", "record"))
        self._import = Button(said("导入表格…"), Rank.PRIMARY, icon=Icon.DOWNLOAD)
        self._write = Button(said("写成表格…"))
        self._compare = Button(said("核对清单"))
        words = said("表格可以修改后再导入，也可作为空白表格发给单位填报。")
        self._exporting = ExportDialog(self, said("写成表格"), words)
        self._lay_out()
        self._connect()
        self.refresh()

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers here."""
        return self.actions()

    def arrive(self) -> None:
        """Fetch."""
        self._desk.refresh()

    def open_subject(self, subject: object) -> None:
        """Lay one record open, whichever register holds it."""
        if isinstance(subject, str):
            self._desk.seek(subject)

    def refresh(self) -> None:
        """Show the register as it stands."""
        desk = self._desk
        self._kinds.press(desk.kind)
        may = desk.may_write()
        for button in (self._new, self._import, self._write):
            button.setEnabled(may)
        self._compare.setVisible(desk.kind is Kind.POWER)
        if desk.model.rows:
            self._staged.show_content()
        elif desk.shelf.hall is None:
            self._staged.show_empty(said("还没有大厅。请先登录并同步。"), icon=Icon.INFO)
        elif desk.words:
            self._staged.show_empty(said("没有符合的记录。"), icon=Icon.SEARCH)
        else:
            words = said("名录是空的。可以导入单位交来的表格，或逐条新增。")
            self._staged.show_empty(words, icon=Icon.DOCUMENT)

    def banner(self) -> str:
        """What is said above the register."""
        return self._banner.text()

    def _lay_out(self) -> None:
        self._search.setFixedWidth(220)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._stack.addWidget(self._staged)
        self._stack.addWidget(self._differences)
        top, tools, columns = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._kinds)
        top.addStretch(1)
        tools.addWidget(self._search)
        tools.addStretch(1)
        for button in (self._compare, self._new, self._write, self._import):
            tools.addWidget(button)
        panel = Panel(margin=12)
        panel.body.addLayout(tools)
        panel.body.addWidget(self._stack, 1)
        columns.setSpacing(Space.CARD - 4)
        columns.addWidget(panel, 5)
        columns.addWidget(self._form, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        whole.setSpacing(Space.CARD - 4)
        whole.addLayout(top)
        whole.addWidget(self._banner)
        whole.addLayout(columns, 1)

    def _connect(self) -> None:
        desk = self._desk
        self._kinds.chosen.connect(self._show_kind)
        self._search.textChanged.connect(desk.search)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._new.clicked.connect(desk.begin)
        self._import.clicked.connect(self._ask_for_file)
        self._write.clicked.connect(self._ask_export)
        self._compare.clicked.connect(desk.compare)
        self._exporting.chosen.connect(desk.export)
        desk.listed.connect(self.refresh)
        desk.kept.connect(self._was_kept)
        desk.came.connect(self._tell_what_came)
        desk.compared.connect(self._show_differences)
        desk.exported.connect(self._was_exported)
        desk.refused.connect(self._refuse)
        desk.suspicions.raised.connect(self._tell_raised)
        desk.suspicions.refused.connect(self._refuse)

    def _show_kind(self, kind: Kind) -> None:
        self._stack.setCurrentIndex(0)
        self._banner.say("", Tone.ACCENT)
        self._desk.show_kind(kind)
        self.refresh()

    def _choose(self, current: QModelIndex) -> None:
        key = current.siblingAtColumn(0).data(RowRole.KEY)
        if key is not None:
            self._desk.open(str(key))

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, said("导入表格"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{said('表格')} ({_FILES})", f"{said('所有文件')} (*)"])
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self._desk.take_in(Path(name))

    def _ask_export(self) -> None:
        self._exporting.ask(f"{self._desk.kind.word}.csv", "CSV (*.csv)")

    def _tell_what_came(self) -> None:
        arrived = self._desk.arrived
        if arrived is None:
            return
        told = [arrived_said(arrived), *map(complaint_sentence, arrived.complaints[:_TOLD])]
        if len(arrived.complaints) > _TOLD:
            rest = len(arrived.complaints) - _TOLD
            told.append(said("另有 {0} 处未逐条列出。").format(rest))
        self._banner.say("\n".join(told), Tone.NEAR if arrived.complaints else Tone.GOOD)

    def _show_differences(self) -> None:
        found = self._desk.found or ()
        told = said("核对出 {0} 处问题。", n=len(found)).format(len(found))
        self._banner.say(told if found else said("清单一致，没有发现问题。"), Tone.ACCENT)
        self._stack.setCurrentIndex(1 if found else 0)

    def _tell_raised(self, told: str) -> None:
        self._banner.say(told, Tone.GOOD)

    def _was_kept(self, name: str) -> None:
        self.noticed.emit(Notice(said("“{0}”已保存。").format(name), Tone.GOOD))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出 {0}，并记入审计记录。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self._banner.say(sentence(error), Tone.BAD)


def registers_entry(desk: RegisterDesk) -> PageEntry:
    """The page's place in the navigation."""
    return PageEntry(REGISTERS_PAGE, Icon.LIST, _title, partial(RegistersPage, desk))


def _title() -> str:
    return said("事项与单位")
