"""排队叫号: how long people waited on a day, by window and by queue, and the files behind it."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QSignalBlocker
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.system.language import headed, said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.queue.desk import QueueDesk
from desktop.viewmodels.times import day_said, lasting
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tables import Table
from desktop.views.kit.tiles import StatTile
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.queue.importing import QueueImportView

_FILES = "*.csv *.txt *.tsv *.xlsx"
_FIRST_WIDTH, _WIDTH = 200, 136


class QueuePage(Page):
    """One day in the queue; a file in hand takes the page until it is taken in or left."""

    def __init__(self, desk: QueueDesk) -> None:
        super().__init__()
        self._desk = desk
        self._date = QDateEdit()
        self._tiles = tuple(StatTile(small=True) for _ in range(5))
        self._tables = QTabWidget()
        self._withdraw = Button(said("撤回所选导入"))
        self._imports = Table(said("导入批次"))
        self._import = QueueImportView(desk)
        self._day = QWidget()
        self._staged = Staged(self._body())
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.refresh()

    def arrive(self) -> None:
        """Fetch the day."""
        self._desk.refresh()

    def refresh(self) -> None:
        """Show what the desk has."""
        desk = self._desk
        in_hand = desk.file is not None or desk.taken is not None
        self._import.refresh()
        self._stack.setCurrentWidget(self._import if in_hand else self._day)
        with QSignalBlocker(self._date):
            self._date.setMaximumDate(_qdate(desk.today()))
            self._date.setDate(_qdate(desk.day))
        self._show_stage()
        self._show_sums()
        self._weigh()
        self.context_changed.emit(day_said(desk.day))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of this machine."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at it."""
        event.acceptProposedAction()
        self._take(event.mimeData().urls()[0].toLocalFile())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._day)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD)
        column.addLayout(self._head())
        column.addWidget(self._staged, 1)
        self._stack.addWidget(self._day)
        self._stack.addWidget(self._import)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.CARD)
        outer.addWidget(self._stack)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.INSIDE)
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("yyyy-MM-dd")
        self._date.setAccessibleName(headed(said("日期")))
        back = IconButton(Icon.BACK, said("前一天"))
        on = IconButton(Icon.FORWARD, said("后一天"))
        choose = Button(said("导入叫号记录…"), Rank.PRIMARY, icon=Icon.DOCUMENT)
        back.clicked.connect(self._go_back)
        on.clicked.connect(self._go_on)
        choose.clicked.connect(self._choose)
        for widget in (back, self._date, on):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(choose)
        command = QAction(said("导入叫号记录…"), self)
        command.setShortcut(QKeySequence("Ctrl+I"))
        command.triggered.connect(self._choose)
        self.addAction(command)
        return row

    def _body(self) -> QWidget:
        body, tiles = QWidget(), QHBoxLayout()
        for tile in self._tiles:
            tile.clicked.connect(self._show_windows)
            tiles.addWidget(tile)
        windows, queues = Table(said("各窗口")), Table(said("各业务"))
        for table, model in (
            (windows, self._desk.windows),
            (queues, self._desk.queues),
            (self._imports, self._desk.imports),
        ):
            table.setModel(model)
            table.setColumnWidth(0, _FIRST_WIDTH)
            for number in range(1, model.columnCount() - 1):
                table.setColumnWidth(number, _WIDTH)
        self._tables.tabBar().setAccessibleName(said("表格"))
        self._tables.addTab(windows, said("各窗口"))
        self._tables.addTab(queues, said("各业务"))
        self._tables.addTab(self._past(), said("导入批次"))
        panel = Panel(margin=Space.INSIDE)
        panel.body.addWidget(self._tables)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD)
        column.addLayout(tiles)
        column.addWidget(panel, 1)
        return body

    def _past(self) -> QWidget:
        past, foot = QWidget(), QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._withdraw)
        column = QVBoxLayout(past)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._imports, 1)
        column.addLayout(foot)
        return past

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self.refresh)
        desk.refused.connect(self._say_refused)
        desk.withdrawn.connect(self._say_withdrawn)
        desk.exported.connect(self._say_exported)
        self._date.dateChanged.connect(self._turn_to)
        self._staged.acted.connect(self._choose)
        self._withdraw.clicked.connect(self._ask_withdraw)
        self._imports.selectionModel().selectionChanged.connect(self._weigh)

    def _show_stage(self) -> None:
        desk = self._desk
        if desk.sheet.tickets or desk.sheet.imports:
            self._staged.show_content()
        elif desk.is_read:
            words = said("还没有叫号记录。导入排队机导出的 CSV 或 Excel 文件后，可以核对等候时间。")
            self._staged.show_empty(words, said("导入叫号记录…"), icon=Icon.PEOPLE)
        else:
            self._staged.show_loading(said("正在读取…"))

    def _show_sums(self) -> None:
        sheet, whole = self._desk.sheet, self._desk.sheet.whole
        peak_at = said("{0} 起").format(sheet.peak_at) if sheet.peak_at else ""
        shown = (
            (said("取号数"), str(len(sheet.tickets)), ""),
            (said("叫号数"), str(whole.called), ""),
            (said("等候中位数"), _lasting(whole.middle_s), ""),
            (said("九成等候不超过"), _lasting(whole.most_s), ""),
            (said("最多同时等候"), str(sheet.peak), peak_at),
        )
        for tile, (label, number, hint) in zip(self._tiles, shown, strict=True):
            tile.set_label(headed(label))
            tile.show_figures(number, hint)

    def _chosen(self) -> str:
        row = self._imports.currentIndex().row()
        rows = self._desk.imports.rows
        return rows[row].key if 0 <= row < len(rows) else ""

    def _weigh(self) -> None:
        self._withdraw.setEnabled(self._desk.can_withdraw(self._chosen()))

    def _ask_withdraw(self) -> None:
        words = said(
            "这次导入的票不再计入任何统计和判断，记录仍然保留。此前据此发现的问题由人核实。"
        )
        question = Question(self, said("撤回导入"), words, said("撤回"), rank=Rank.DANGER)
        question.agreed.connect(self._take_back)
        question.open()

    def _take_back(self) -> None:
        self._desk.withdraw(self._chosen())

    def _choose(self) -> None:
        dialog = QFileDialog(self, said("选择叫号记录"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{said('叫号记录')} ({_FILES})", f"{said('所有文件')} (*)"])
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self._desk.choose(Path(name))

    def _show_windows(self) -> None:
        self._tables.setCurrentIndex(0)

    def _turn_to(self, day: QDate) -> None:
        self._desk.show_day(date(day.year(), day.month(), day.day()))

    def _go_back(self) -> None:
        self._date.setDate(self._date.date().addDays(-1))

    def _go_on(self) -> None:
        self._date.setDate(self._date.date().addDays(1))

    def _say_refused(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))

    def _say_withdrawn(self, name: str) -> None:
        self.noticed.emit(Notice(said("已撤回“{0}”。").format(name), Tone.GOOD))

    def _say_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出“{0}”，并记入审计记录。").format(name), Tone.GOOD))


def queue_entry(desk: QueueDesk) -> PageEntry:
    """Give the page; its state lives in the desk, so it can be built again."""
    return PageEntry("queue", Icon.PEOPLE, _title, partial(QueuePage, desk))


def _title() -> str:
    return said("排队叫号")


def _lasting(seconds: float | None) -> str:
    return "—" if seconds is None else lasting(seconds)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
