"""The review page of a batch: every paper with its tick, its print beside it, and how far it is."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.papers.batch import MOST, Batch
from desktop.viewmodels.row_roles import RowRole
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner
from desktop.views.kit.tables import Table
from desktop.views.paperwork.paper import PaperView

_SIZE = (1120, 720)
_WIDTHS = (176, 176)


class BatchView(QDialog):
    """Shows what will be done before it is done, and afterwards what became of each."""

    def __init__(self, parent: QWidget, batch: Batch) -> None:
        super().__init__(parent)
        self._batch = batch
        self.setWindowTitle(batch.act.word)
        self.setAccessibleName(batch.act.word)
        self.resize(*_SIZE)
        self._words = Label(tone=Tone.SOFT, wraps=True)
        self._table = Table(batch.act.word)
        self._table.setModel(batch.model)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._paper = PaperView(batch.preview)
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("进度"))
        self._progress.setTextVisible(False)
        self._count = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._outcome = Banner()
        self._go = Button(batch.act.word, Rank.PRIMARY)
        self._stop = Button(self.tr("停止"), Rank.SECONDARY)
        self._leave = Button(self.tr("关闭"), Rank.SECONDARY)
        self._lay_out()
        self._connect()
        self._show()
        self._table.selectRow(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while something is being done; it can be stopped."""
        if self._batch.is_running:
            event.ignore()
        else:
            super().closeEvent(event)

    def reject(self) -> None:
        """Leave on Escape, but not in the middle."""
        if not self._batch.is_running:
            super().reject()

    def outcome(self) -> str:
        """What is said of how it went."""
        return self._outcome.text()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(Space.INSIDE)
        left.addWidget(self._words)
        left.addWidget(self._table, 1)
        left.addWidget(self._outcome)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addLayout(left, 5)
        row.addWidget(self._paper, 5)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.INSIDE)
        buttons.addWidget(self._progress, 1)
        buttons.addWidget(self._count)
        buttons.addWidget(self._stop)
        buttons.addWidget(self._leave)
        buttons.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(self._batch.act.word, size=Size.PAGE, bold=True))
        column.addLayout(row, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        batch = self._batch
        self._go.clicked.connect(batch.begin)
        self._stop.clicked.connect(batch.cancel)
        self._leave.clicked.connect(self.reject)
        self._table.selectionModel().currentRowChanged.connect(self._preview)
        batch.model.chosen_changed.connect(self._show)
        batch.progressed.connect(self._show)
        batch.finished.connect(self._show)

    def _preview(self, now: QModelIndex, _before: QModelIndex) -> None:
        self._batch.show_piece(str(now.data(RowRole.KEY)))

    def _show(self) -> None:
        batch = self._batch
        words = self.tr("勾选的 {0} 件逐件办理，各记一笔；一件被拒绝，其余照办。一次最多 {1} 件。")
        self._words.setText(words.format(len(batch.chosen), MOST))
        self._go.setEnabled(bool(batch.chosen) and not batch.is_running)
        self._stop.setVisible(batch.is_running)
        self._leave.setEnabled(not batch.is_running)
        self._progress.setVisible(batch.total > 0)
        self._progress.setRange(0, max(batch.total, 1))
        self._progress.setValue(batch.done)
        self._count.setText(f"{batch.done} / {batch.total}" if batch.total else "")
        self._say()

    def _say(self) -> None:
        batch = self._batch
        refused = [f"{each.name} {each.recipient}：{each.said}" for each in batch.refusals]
        if batch.is_running or not batch.total:
            self._outcome.say("", Tone.SOFT)
        elif refused:
            words = self.tr("办成 {0} 件，被拒绝 {1} 件：{2}")
            told = "\n".join(refused)
            done = batch.done - len(refused)
            self._outcome.say(words.format(done, len(refused), f"\n{told}"), Tone.NEAR)
        else:
            self._outcome.say(self.tr("办成 {0} 件。").format(batch.done), Tone.GOOD)
