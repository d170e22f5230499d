"""Short reports and registers: which one at the top, its pages below."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.report.briefs import BriefKind
from desktop.system.theme import Space, Tone
from desktop.viewmodels.reports.briefs import BriefDesk, BriefForm, kind_said
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.placeholders import Staged
from desktop.views.page import Notice
from desktop.views.paperwork.paper import PaperView


class BriefsView(QWidget):
    """Makes a brief and lets it leave."""

    noticed = Signal(object)

    def __init__(self, desk: BriefDesk) -> None:
        super().__init__()
        self._desk = desk
        self._kind = QComboBox()
        self._kind.setAccessibleName(self.tr("报表"))
        for kind in BriefKind:
            self._kind.addItem(kind_said(kind), kind)
        self._make = Button(self.tr("生成"))
        self._pdf, self._xlsx = Button(self.tr("导出 PDF")), Button(self.tr("导出 XLSX"))
        self._csv = Button(self.tr("导出 CSV"))
        self._staged = Staged(PaperView(desk))
        self._form = BriefForm.PDF
        words = self.tr("报表将离开本系统。导出的人、时间和理由会写入记录。")
        self._dialog = ExportDialog(self, self.tr("导出报表"), words)
        self._lay_out()
        self._make.clicked.connect(self._begin)
        self._pdf.clicked.connect(self._ask_pdf)
        self._xlsx.clicked.connect(self._ask_xlsx)
        self._csv.clicked.connect(self._ask_csv)
        self._dialog.chosen.connect(self._export)
        desk.changed.connect(self.refresh)
        desk.exported.connect(self._was_exported)
        desk.refused.connect(self._refuse)
        self.refresh()

    def refresh(self) -> None:
        """Show what was made."""
        desk = self._desk
        self._make.setEnabled(not desk.is_busy)
        for button in (self._pdf, self._xlsx, self._csv):
            button.setVisible(desk.made is not None)
        if desk.is_busy:
            self._staged.show_loading(self.tr("正在排版…"))
        elif desk.pages:
            self._staged.show_content()
        else:
            self._staged.show_empty(self.tr("选定报表，用本机台账生成到此刻为止的内容。"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.INSIDE)
        top.addWidget(self._kind)
        top.addWidget(self._make)
        top.addStretch(1)
        top.addWidget(self._pdf)
        top.addWidget(self._xlsx)
        top.addWidget(self._csv)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(top)
        whole.addWidget(self._staged, 1)

    def _begin(self) -> None:
        kind = self._kind.currentData()
        if isinstance(kind, BriefKind):
            self._desk.make(kind)

    def _ask_pdf(self) -> None:
        self._ask(BriefForm.PDF, "PDF (*.pdf)")

    def _ask_xlsx(self) -> None:
        self._ask(BriefForm.XLSX, "Excel (*.xlsx)")

    def _ask_csv(self) -> None:
        self._ask(BriefForm.CSV, "CSV (*.csv)")

    def _ask(self, form: BriefForm, name_filter: str) -> None:
        self._form = form
        self._dialog.ask(self._desk.file_name(form), name_filter)

    def _export(self, target: Path, reason: str) -> None:
        self._desk.export(self._form, target, reason)

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(self.tr("已导出 {0}，并写入流转记录。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
