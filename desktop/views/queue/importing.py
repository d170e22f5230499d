"""A file of queue tickets: which column is what, and afterwards the rows that were not taken."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.assembly.queue import QueueTaken
from desktop.exchange.queue_tickets import FIELDS, NEEDED, QueueFile
from desktop.system.language import headed, marked, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.lines import Lines, Row
from desktop.viewmodels.naming import role_names
from desktop.viewmodels.queue.desk import SHOWN, QueueDesk
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner, Panel, ScrollColumn
from desktop.views.kit.tables import Table

FIELD_WORDS = {
    "number": marked("票号"),
    "queue": marked("业务"),
    "window": marked("窗口"),
    "day": marked("日期（时间列不含日期时）"),
    "taken_at": marked("取号时间"),
    "called_at": marked("叫号时间"),
    "ended_at": marked("办结时间"),
}
_WIDTHS = (64, 160, 200, 260)


class QueueImportView(QStackedWidget):
    """Shows the file that is on a queue desk, or what came of it."""

    def __init__(self, desk: QueueDesk) -> None:
        super().__init__()
        self._desk = desk
        self._mapping, self._result = _Mapping(desk), _Result(desk)
        self.addWidget(self._mapping)
        self.addWidget(self._result)
        self.refresh()

    def refresh(self) -> None:
        """Show the step that it has come to."""
        self._mapping.refresh()
        self._result.refresh()
        self.setCurrentWidget(self._result if self._desk.taken else self._mapping)


class _Mapping(QWidget):
    """The first rows, and the column of each field."""

    def __init__(self, desk: QueueDesk) -> None:
        super().__init__()
        self._desk = desk
        self._banner = Banner()
        self._panel = Panel(said("前几行"))
        self._titles: tuple[str, ...] = ()
        self._rows = Lines(self._headings, self)
        self._table = Table(said("前几行"))
        self._table.setModel(self._rows)
        self._panel.body.addWidget(self._table, 1)
        self._boxes = {field: _Column(field) for field in FIELDS}
        self._go = Button(said("开始导入"), Rank.PRIMARY)
        self._go.clicked.connect(desk.begin)
        self._back = Button(said("取消"))
        self._back.clicked.connect(desk.forget)
        self._lay_out()

    def refresh(self) -> None:
        """Show the file that there is."""
        file = self._desk.file
        self._go.setEnabled(self._desk.can_begin)
        self._back.setEnabled(not self._desk.is_busy)
        self._say()
        self._show_rows(file)
        if file is None:
            return
        self._panel.show_title(said("前几行"), file.path.name)
        self._table.resizeColumnsToContents()
        for field, box in self._boxes.items():
            box.show_columns(file.titles, file.columns.get(field, ""))

    def _show_rows(self, file: QueueFile | None) -> None:
        """Turn to a file's rows; titles and rows change together, or the table reads past them."""
        self._rows.beginResetModel()
        self._titles = file.titles if file else ()
        self._rows.rows = [Row(str(n), cells) for n, cells in enumerate(file.rows if file else ())]
        self._rows.endResetModel()

    def _headings(self) -> tuple[str, ...]:
        return self._titles

    def _say(self) -> None:
        desk, file = self._desk, self._desk.file
        missing = file.missing if file else ()
        if desk.is_busy:
            self._banner.say(said("正在导入…"), Tone.ACCENT)
        elif not desk.may_import:
            words = said("导入叫号记录由{0}办理。").format(role_names(desk.roles))
            self._banner.say(words, Tone.NEAR)
        elif missing:
            names = said("、", "list").join(said(FIELD_WORDS[field]) for field in missing)
            self._banner.say(said("请指定这些字段的列：{0}。").format(names), Tone.NEAR)
        else:
            words = said("姓名、证件号、电话等列不会读取。核对各列后开始导入。")
            self._banner.say(words, Tone.ACCENT)

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setVerticalSpacing(Space.INSIDE)
        fields.setColumnStretch(1, 1)
        for row, (field, box) in enumerate(self._boxes.items()):
            box.chosen.connect(self._desk.remap)
            name = headed(said(FIELD_WORDS[field]))
            words = said("{0}（必需）").format(name) if field in NEEDED else name
            fields.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT), row, 0)
            fields.addWidget(box, row, 1)
        scroll = ScrollColumn()
        scroll.body.addLayout(fields)
        scroll.body.addStretch(1)
        panel = Panel(said("字段对应的列"))
        panel.body.addWidget(scroll, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self._go)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.CARD - 4)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 3)
        grid.addWidget(self._banner, 0, 0, 1, 2)
        grid.addWidget(self._panel, 1, 0)
        grid.addWidget(panel, 1, 1)
        grid.addLayout(buttons, 2, 0, 1, 2)


class _Column(QComboBox):
    """The column of one field."""

    chosen = Signal(str, str)  # the field, the column

    def __init__(self, field: str) -> None:
        super().__init__()
        self._field = field
        self._columns: tuple[str, ...] = ()
        self.setAccessibleName(headed(said(FIELD_WORDS[field])))
        self.activated.connect(self._tell)

    def show_columns(self, columns: tuple[str, ...], chosen: str) -> None:
        """Offer a file's columns, or none."""
        if columns != self._columns:
            self._columns = columns
            self.clear()
            self.addItem(said("（没有）"), "")
            for column in filter(None, columns):
                self.addItem(column, column)
        self.setCurrentIndex(max(self.findData(chosen), 0))

    def _tell(self) -> None:
        self.chosen.emit(self._field, str(self.currentData()))


class _Result(QWidget):
    """What came of a file, and the rows that were complained of."""

    def __init__(self, desk: QueueDesk) -> None:
        super().__init__()
        self._desk = desk
        self._sentence = Label(size=Size.SECTION, bold=True, wraps=True)
        self._sums = Label(tone=Tone.SOFT, wraps=True)
        self._table = Table(said("没有采用或需要核对的行"))
        self._table.setModel(desk.complaints)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._more = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._panel = Panel(said("没有采用或需要核对的行"))
        self._panel.body.addWidget(self._table, 1)
        self._panel.body.addWidget(self._more)
        self._spare = QWidget()
        self._export = Button(said("导出这些行…"), icon=Icon.DOWNLOAD)
        words = said("导出会记入审计记录。请写明用途。")
        self._exports = ExportDialog(self, said("导出没有采用的行"), words)
        self._export.clicked.connect(self._ask)
        self._exports.chosen.connect(desk.export)
        self._done = Button(said("查看这一天"), Rank.PRIMARY)
        self._done.clicked.connect(desk.forget)
        self._lay_out()

    def refresh(self) -> None:
        """Show what came of the last file."""
        taken = self._desk.taken
        if taken is None:
            return
        self._sentence.setText(_outcome(taken))
        self._sums.setText(_sums(taken))
        count = len(taken.complaints)
        for each in (self._panel, self._export):
            show_if(each, wanted=count > 0)
        show_if(self._spare, wanted=count == 0)
        told = said("列出前 {0} 行，共 {1} 行；导出含全部。").format(SHOWN, count)
        self._more.setText(told if count > SHOWN else "")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._export)
        buttons.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        column.addWidget(self._sentence)
        column.addWidget(self._sums)
        column.addWidget(self._panel, 1)
        column.addWidget(self._spare, 1)
        column.addLayout(buttons)

    def _ask(self) -> None:
        name = self._desk.taken.file_name if self._desk.taken else ""
        self._exports.ask(said("{0} 未采用.csv").format(name), "CSV (*.csv)")


def _outcome(taken: QueueTaken) -> str:
    if taken.batch is None:
        words = said("“{0}”没有一行可以采用，没有导入。")
    elif taken.again:
        words = said("“{0}”以前已经导入过，没有改变任何内容。")
    else:
        words = said("已导入“{0}”。")
    return words.format(taken.file_name)


def _sums(taken: QueueTaken) -> str:
    batch = taken.batch
    if batch is None:
        return said("未采用 {0} 行。").format(len(taken.complaints))
    words = said("有效 {0} 张票，新增或有变化 {1} 张；未采用 {2} 行，需要核对 {3} 行。")
    changed = 0 if taken.again else batch.changed
    return words.format(batch.tickets, changed, batch.rejected, batch.remarks)
