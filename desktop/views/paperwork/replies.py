"""Sends a paper with its form, takes back what the unit filled in, and shows what it said."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.paperwork.desk import PaperworkDesk
from desktop.viewmodels.paperwork.replies import CameBack, told_lines
from desktop.viewmodels.paperwork.service import Served
from desktop.viewmodels.times import stamp
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import emptied
from desktop.views.paperwork.service import ServiceQuestion


class ReplyQuestion(Question):
    """Shows what came back before it is taken in."""

    def __init__(self, parent: QWidget, doc_no: str, back: CameBack) -> None:
        words = said("文号和正文摘要与 {0} 一致。收取后各部分分别登记，不能改动。")
        title, go_on = said("收取回复表"), said("收取")
        super().__init__(parent, title, words.format(doc_no), go_on)
        say_parts(self.body, back.reply.said)


class ReplyButtons(QWidget):
    """The package out, the form back; there once a paper that wants an answer has its number."""

    def __init__(self, desk: PaperworkDesk[Any, Any, Any, Any]) -> None:
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
            self._dialog.ask(self._desk.replies.package_name(file.subject), "ZIP (*.zip)")

    def _export(self, target: Path, reason: str) -> None:
        if file := self._desk.file:
            self._desk.replies.send(file.subject, target, reason)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("收取回复表"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("回复表 (*.pdf *.json *.zip)"))
        dialog.fileSelected.connect(self._read)
        dialog.open()

    def _read(self, name: str) -> None:
        if file := self._desk.file:
            self._desk.replies.open(file.subject, Path(name))

    def _show(self, back: CameBack) -> None:
        file = self._desk.file
        if file is None:
            return
        self._back = back
        question = ReplyQuestion(self, file.subject.doc_no, back)
        question.agreed.connect(self._agree)
        question.open()

    def _agree(self) -> None:
        """Take it in; a receipt is first completed to a proof of service."""
        desk, back = self._desk, self._back
        if desk.file is None or back is None:
            return
        if not back.has_receipt or desk.actor is None:
            desk.replies.take(desk.file.subject, back)
            return
        form = back.service_form(desk.file, desk.actor.name)
        question = ServiceQuestion(self, desk.file, form, now=desk.now())
        question.given.connect(self._take)
        question.open()

    def _take(self, served: Served) -> None:
        if self._desk.file is not None and self._back is not None:
            self._desk.replies.take(self._desk.file.subject, self._back, served)


class ReplyLines(QWidget):
    """What the unit sent back, the latest last."""

    def __init__(self, desk: PaperworkDesk[Any, Any, Any, Any]) -> None:
        super().__init__()
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.HAIR)

    def refresh(self) -> None:
        """Show the replies of the open paper."""
        file = self._desk.file
        emptied(self._column)
        replies = file.replies if file else ()
        self.setVisible(bool(replies))
        for reply in replies:
            title = self.tr("单位回复　{0}").format(stamp(reply.recorded_at)[:16])
            self._column.addWidget(Label(title, bold=True))
            say_parts(self._column, reply.said)


def say_parts(column: QVBoxLayout, told: Mapping[str, str]) -> None:
    """Add what a form says, part by part."""
    for name, text in told_lines(told):
        column.addWidget(Label(name, size=Size.SMALL, tone=Tone.SOFT))
        column.addWidget(Label(text, wraps=True))
