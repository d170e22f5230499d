"""The import, step by step: a file is chosen, seen, taken in, and what was not taken is listed."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.importing import SHOWN, ImportDesk, Step
from desktop.viewmodels.naming import role_names
from desktop.viewmodels.wording import sentence
from desktop.views.approvals.mapping import MappingView
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.steps import Step as BarStep
from desktop.views.kit.steps import StepBar
from desktop.views.kit.tables import Table
from desktop.views.kit.tiles import StatTile

_WIDTHS = (56, 128, 128, 116, 168, 248)
_FILES = "*.csv *.txt *.tsv *.xlsx *.xes *.gz *.jsonl *.ndjson *.json"


class ImportView(QWidget):
    """Shows an import desk; `left` comes when the person goes back to the list."""

    left = Signal()

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._back = IconButton(Icon.BACK, said("回到办件列表"))
        self._back.clicked.connect(self.left)
        self._bar = StepBar()
        self._banner = Banner()
        self._chooser = _Chooser(desk)
        self._mapping = MappingView(desk)
        self._running = _Running(desk)
        self._result = _Result(desk)
        self._result.left.connect(self.left)
        self._stack = QStackedWidget()
        for each in (self._chooser, self._mapping, self._running, self._result):
            self._stack.addWidget(each)
        self._lay_out()
        desk.changed.connect(self.refresh)
        desk.refused.connect(self._refuse)
        self.refresh()

    def refresh(self) -> None:
        """Show the step that it has come to."""
        desk = self._desk
        words = (said("选择文件"), said("核对对应关系"), said("导入"), said("结果", "import"))
        at = int(desk.step) + (desk.step is Step.RESULT)
        self._bar.show_steps([BarStep(word) for word in words], at)
        self._stack.setCurrentIndex(int(desk.step))
        for each in (self._chooser, self._mapping, self._running, self._result):
            each.refresh()
        self._say()

    def banner(self) -> str:
        """What is said above the steps."""
        return self._banner.text()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addWidget(self._bar, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.CARD - 4)
        whole.addLayout(top)
        whole.addWidget(self._banner)
        whole.addWidget(self._stack, 1)

    def _say(self) -> None:
        desk = self._desk
        if not desk.may_import:
            words = said("导入办件由{0}办理。您可以查看文件怎样读取，但不能导入。")
            self._banner.say(words.format(role_names(desk.roles)), Tone.NEAR)
        elif desk.was_stopped:
            self._banner.say(said("已停止，这个文件的内容没有留下。"), Tone.NEAR)
        elif desk.step is Step.MAP and desk.preview and not desk.preview.fits:
            words = said("没有认出这个文件。请逐项指定对应的列，至少指定办件编号。")
            self._banner.say(words, Tone.NEAR)
        else:
            self._banner.say("", Tone.ACCENT)

    def _refuse(self, error: Exception) -> None:
        self._banner.say(sentence(error), Tone.BAD)


class _Chooser(QFrame):
    """Takes a file by dialog or by drop."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("part", "panel")
        self.setAcceptDrops(True)
        self._button = Button(said("选择文件…"), Rank.PRIMARY, icon=Icon.DOCUMENT)
        self._button.clicked.connect(self._choose)
        self._words = Label(size=Size.SECTION, bold=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        kinds = Label(
            said("CSV 或其他文本表格、Excel 工作簿、XES 事件日志（可压缩）、JSON 行。"),
            tone=Tone.SOFT,
        )
        more = Label(
            said("编码、分隔符和各列的含义自动识别，导入前可以改。同一个文件导入两次不会重复。"),
            tone=Tone.SOFT,
        )
        column = QVBoxLayout(self)
        column.setSpacing(Space.CARD - 4)
        column.addStretch(1)
        for each in (self._words, kinds, more, self._button):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def refresh(self) -> None:
        """Say what can be done."""
        looking = self._desk.is_looking
        self._words.setText(said("正在识别文件…") if looking else said("把文件拖到这里"))
        self._button.setEnabled(not looking)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of this machine."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at it."""
        event.acceptProposedAction()
        self._take(event.mimeData().urls()[0].toLocalFile())

    def _choose(self) -> None:
        dialog = QFileDialog(self, said("选择办件文件"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{said('办件数据')} ({_FILES})", f"{said('所有文件')} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self._desk.choose(Path(name))


class _Running(QFrame):
    """How far it has come, and the button that stops it."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("part", "panel")
        self._words = Label(size=Size.SECTION, bold=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(360)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(said("导入进度"))
        stop = Button(said("停止"))
        stop.clicked.connect(desk.cancel)
        column = QVBoxLayout(self)
        column.setSpacing(Space.CARD - 4)
        column.addStretch(1)
        for each in (self._words, self._bar, Label(_calm(), tone=Tone.SOFT), stop):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        desk.progressed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the share."""
        share = self._desk.share
        self._bar.setValue(round(share * 1000))
        self._words.setText(said("正在导入 {0}%").format(round(share * 100)))


class _Result(QWidget):
    """What came of it: the sums, and the rows that were complained of."""

    left = Signal()

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._reason = ""
        self._sentence = Label(size=Size.SECTION, bold=True, wraps=True)
        self._tiles = {
            name: StatTile(small=True) for name in ("cases", "changed", "rejected", "remarks")
        }
        self._table = Table(said("没有采用或需要核对的行"))
        self._table.setModel(desk.complaints)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._more = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._export = Button(said("导出这些行…"), icon=Icon.DOWNLOAD)
        self._export.clicked.connect(self._ask_reason)
        self._again = Button(said("再导入一个"))
        self._again.clicked.connect(desk.go_back)
        self._done = Button(said("查看办件"), Rank.PRIMARY)
        self._done.clicked.connect(self.left)
        self._panel = Panel(said("没有采用或需要核对的行"), margin=12)
        self._panel.body.addWidget(self._table, 1)
        self._spare = QWidget()
        self._lay_out()

    def refresh(self) -> None:
        """Show what came of the last import."""
        imported, count = self._desk.imported, self._desk.complained
        if imported is None:
            return
        batch = imported.batch
        again = said("“{0}”以前已经导入过，没有改变任何内容。")
        told = again if imported.again else said("已导入“{0}”。")
        self._sentence.setText(told.format(batch.file_name))
        words = {
            "cases": (said("办件数"), batch.cases),
            "changed": (said("新增或有变化"), batch.changed),
            "rejected": (said("未采用"), batch.rejected),
            "remarks": (said("需要核对"), batch.remarks),
        }
        for name, (label, number) in words.items():
            self._tiles[name].set_label(headed(label))
            self._tiles[name].show_figures(str(number))
        for each in (self._panel, self._export):
            show_if(each, wanted=count > 0)
        show_if(self._spare, wanted=count == 0)
        told = said("列出前 {0} 行，共 {1} 行；导出含全部。").format(SHOWN, count)
        self._more.setText(told if count > SHOWN else "")

    def _lay_out(self) -> None:
        tiles, buttons = QHBoxLayout(), QHBoxLayout()
        for tile in self._tiles.values():
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tiles.addWidget(tile)
        buttons.addWidget(self._more)
        buttons.addStretch(1)
        for each in (self._export, self._again, self._done):
            buttons.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.CARD - 4)
        whole.addWidget(self._sentence)
        whole.addLayout(tiles)
        whole.addWidget(self._panel, 1)
        whole.addWidget(self._spare, 1)
        whole.addLayout(buttons)

    def _ask_reason(self) -> None:
        question = ReasonQuestion(
            self,
            said("导出没有采用的行"),
            said("导出会记入审计记录。请写明用途。"),
            said("选择位置…"),
            label=said("用途"),
            first=said("退回来源单位更正"),
        )
        question.given.connect(self._choose_target)
        question.open()

    def _choose_target(self, reason: str) -> None:
        self._reason = reason
        dialog = QFileDialog(self, said("导出没有采用的行"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._write)
        dialog.open()

    def _write(self, name: str) -> None:
        self._desk.export(Path(name), self._reason)


def _calm() -> str:
    return said("可以离开这一页，导入会继续。停止后这个文件的内容一点也不留下。")
