"""The data-quality report as a table, worst unit first."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Tone
from desktop.viewmodels.quality import QualityDesk
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tables import Table

_WIDTHS = (200, 88, 96, 96, 96, 96)


class QualityView(QWidget):
    """Reads all cases when asked, and shows what each unit's lack."""

    def __init__(self, desk: QualityDesk) -> None:
        super().__init__()
        self._desk = desk
        self._table = Table(said("数据质量报告"))
        self._table.setModel(desk.model)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._staged = Staged(self._table)
        self._progress = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._go = Button(said("检查全部办件"), Rank.PRIMARY)
        self._write = Button(said("写成表格…"), icon=Icon.DOWNLOAD)
        words = said("报告可发给单位，对照补正。")
        self._exporting = ExportDialog(self, said("数据质量报告"), words)
        tools = QHBoxLayout()
        tools.addWidget(self._progress)
        tools.addStretch(1)
        tools.addWidget(self._write)
        tools.addWidget(self._go)
        column_ = QVBoxLayout(self)
        column_.addLayout(tools)
        column_.addWidget(self._staged, 1)
        self._go.clicked.connect(desk.begin)
        self._write.clicked.connect(self._ask)
        self._exporting.chosen.connect(desk.export)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the report as it stands."""
        desk = self._desk
        share = desk.share
        told = said("正在检查 {0}%").format(round(share * 100)) if share is not None else ""
        self._progress.setText(told)
        self._go.setEnabled(share is None)
        self._write.setEnabled(bool(desk.model.rows))
        if desk.model.rows:
            self._staged.show_content()
        elif desk.units is None:
            words = said("逐件检查必填项、时限、时间先后和补录，按单位汇总。")
            self._staged.show_empty(words, icon=Icon.INFO)
        else:
            self._staged.show_empty(said("还没有办件。"), icon=Icon.APPROVALS)

    def _ask(self) -> None:
        self._exporting.ask(f"{said('数据质量报告')}.csv", "CSV (*.csv)")
