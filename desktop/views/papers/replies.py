"""Sends a paper with its form, and takes back what the recipient filled in."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.system.theme import Space
from desktop.usecases.service import Service
from desktop.viewmodels.cards.replies import CameBack
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.replies import receipt_form
from desktop.views.cards.replies import ReplyQuestion
from desktop.views.cards.service import ServiceQuestion
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.exports import ExportDialog


class PaperReplyButtons(QWidget):
    """The package out, the form back; there once a paper that wants an answer has its number."""

    def __init__(self, desk: PapersDesk) -> None:
        super().__init__()
        self._desk = desk
        self._back: CameBack | None = None
        self._send = Button(self.tr("导出送达包"), Rank.QUIET)
        self._open = Button(self.tr("收取回复表"), Rank.QUIET)
        words = self.tr(
            "送达包含正式文书和可填写的回复表，将离开本系统。导出的人、时间和理由会写入记录。"
        )
        self._dialog = ExportDialog(self, self.tr("导出送达包"), words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.HAIR)
        row.addWidget(self._send)
        row.addWidget(self._open)
        self._send.clicked.connect(self._ask_package)
        self._open.clicked.connect(self._ask_file)
        self._dialog.chosen.connect(self._export)
        desk.replies.came_back.connect(self._show)

    def refresh(self) -> None:
        """Offer what the open paper allows."""
        file = self._desk.file
        self.setVisible(file is not None and file.is_answered)

    def _ask_package(self) -> None:
        if file := self._desk.file:
            self._dialog.ask(self._desk.replies.package_name(file.document), "ZIP (*.zip)")

    def _export(self, target: Path, reason: str) -> None:
        if file := self._desk.file:
            self._desk.replies.send(file.document, target, reason)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("收取回复表"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("回复表 (*.pdf *.json *.zip)"))
        dialog.fileSelected.connect(self._read)
        dialog.open()

    def _read(self, name: str) -> None:
        if file := self._desk.file:
            self._desk.replies.open(file.document, Path(name))

    def _show(self, back: CameBack) -> None:
        if file := self._desk.file:
            self._back = back
            question = ReplyQuestion(self, file.document.doc_no, back)
            question.agreed.connect(self._agree)
            question.open()

    def _agree(self) -> None:
        """Take it in; a receipt is first completed to a proof of service."""
        desk, back = self._desk, self._back
        if desk.file is None or back is None or desk.actor is None:
            return
        document = desk.file.document
        if not back.has_receipt:
            desk.replies.take(document, back)
            return
        form = receipt_form(document, back, desk.actor.name)
        question = ServiceQuestion(
            self, document.doc_no, form, issued_at=document.issued_at, now=desk.now()
        )
        question.given.connect(self._take)
        question.open()

    def _take(self, service: Service, photo: Path | None) -> None:
        if self._desk.file is not None and self._back is not None:
            self._desk.replies.take(self._desk.file.document, self._back, service, photo)
