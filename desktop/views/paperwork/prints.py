"""What was printed of a paper: to look at, to export, to print, to sign; and its replies."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.evidence import Paper
from desktop.system.theme import Space
from desktop.viewmodels.paperwork.desk import PaperworkDesk
from desktop.viewmodels.paperwork.file import Print, prints_of
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.paperwork.paper import PaperView
from desktop.views.paperwork.replies import ReplyButtons
from desktop.views.printing import PaperPrinter
from desktop.views.signing import SignedExport, SigningButton


class PrintColumn(QWidget):
    """Which print, and what leaves and comes back, above the pages themselves."""

    def __init__(self, desk: PaperworkDesk[Any, Any, Any, Any]) -> None:
        super().__init__()
        self._desk = desk
        self._paper = PaperView(desk.preview)
        self._prints = QComboBox()
        self._prints.setAccessibleName(self.tr("文书", "field"))
        self._prints.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._export = IconButton(Icon.DOWNLOAD, self.tr("导出文书"))
        self._print = IconButton(Icon.PRINTER, self.tr("打印文书"))
        self._sign = SigningButton(desk.signing)
        words = self.tr("文书将离开本系统。导出的人、时间和理由会写入流转记录。")
        self._exporting = ExportDialog(self, self.tr("导出文书"), words)
        self._printer = PaperPrinter(self, desk.printing)
        self._signed = SignedExport(self, desk.signing)
        self._replies = ReplyButtons(desk)
        self._shown: tuple[Print, ...] = ()
        self._lay_out()
        self._prints.currentIndexChanged.connect(self._choose)
        self._export.clicked.connect(self._ask_export)
        self._print.clicked.connect(self._ask_print)
        self._sign.clicked.connect(self._ask_signed)
        self._exporting.chosen.connect(self._export_to)

    def refresh(self) -> None:
        """Show what there is of the open paper."""
        shown = prints_of(self._desk.file) if self._desk.file else ()
        for widget in (self._prints, self._export, self._print, self._sign):
            widget.setVisible(bool(shown))
        if shown != self._shown:
            self._shown = shown
            self._prints.blockSignals(True)
            self._prints.clear()
            self._prints.addItems([each.title for each in shown])
            self._prints.blockSignals(False)
        self._replies.refresh()

    def _lay_out(self) -> None:
        outward = QHBoxLayout()
        outward.setSpacing(Space.HAIR)
        for widget in (self._prints, self._export, self._print, self._sign):
            outward.addWidget(widget)
        outward.addStretch(1)
        outward.addWidget(self._replies)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addLayout(outward)
        column.addWidget(self._paper, 1)

    def _choose(self, number: int) -> None:
        if not 0 <= number < len(self._shown):
            return
        chosen = self._shown[number]
        if chosen.paper is not None:
            self._desk.show_paper(chosen.paper)
        else:
            self._desk.preview.show_picture(chosen.photo)
        for button in (self._export, self._print):
            button.setEnabled(chosen.paper is not None)
        self._sign.offer(wanted=chosen.paper is not None)

    def _ask_export(self) -> None:
        if self._chosen():
            self._exporting.ask(self._shown[self._prints.currentIndex()].file_name, "PDF (*.pdf)")

    def _export_to(self, target: Path, reason: str) -> None:
        if paper := self._chosen():
            self._desk.export(paper, target, reason)

    def _ask_print(self) -> None:
        if paper := self._chosen():
            self._printer.ask(paper, self._shown[self._prints.currentIndex()].label)

    def _ask_signed(self) -> None:
        if paper := self._chosen():
            self._signed.ask(paper)

    def _chosen(self) -> Paper | None:
        number = self._prints.currentIndex()
        return self._shown[number].paper if 0 <= number < len(self._shown) else None
