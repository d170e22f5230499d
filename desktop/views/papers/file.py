"""One official paper: how far it has come, its text at the left, its print at the right."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.evidence import Paper
from desktop.domain.official_documents import DocumentState
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.file import PaperFile, step_now, steps
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.times import stamp
from desktop.views.cards.paper import PaperView
from desktop.views.cards.replies import say_parts
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel, ScrollColumn, emptied
from desktop.views.kit.steps import Step, StepBar
from desktop.views.papers.actions import PaperActions
from desktop.views.papers.form import PaperForm
from desktop.views.papers.replies import PaperReplyButtons
from desktop.views.printing import PaperPrinter
from desktop.views.signing import SignedExport, SigningButton

_FORM_WIDTH = 540


class PaperFileView(QWidget):
    """A paper as it is worked on."""

    left = Signal()

    def __init__(self, desk: PapersDesk) -> None:
        super().__init__()
        self._desk = desk
        self._steps = StepBar()
        self._remark = Banner()
        self._words = QVBoxLayout()
        self._form = PaperForm(desk)
        self.bar = PaperActions(desk)
        self._paper = PaperView(desk.preview)
        self._prints = QComboBox()
        self._prints.setAccessibleName(self.tr("文书", "field"))
        self._prints.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._export = IconButton(Icon.DOWNLOAD, self.tr("导出文书"))
        self._print = IconButton(Icon.PRINTER, self.tr("打印文书"))
        self._printer = PaperPrinter(self, desk.printing)
        self._sign = SigningButton(desk.signing)
        self._signed = SignedExport(self, desk.signing)
        words = self.tr("文书将离开本系统。导出的人、时间和理由会写入流转记录。")
        self._exporting = ExportDialog(self, self.tr("导出文书"), words)
        self._replies = PaperReplyButtons(desk)
        self._shown: tuple[Paper | str, ...] = ()
        self._lay_out()
        self._prints.currentIndexChanged.connect(self._choose_print)
        self._export.clicked.connect(self._ask_export)
        self._print.clicked.connect(self._ask_print)
        self._sign.clicked.connect(self._ask_signed)
        self._exporting.chosen.connect(self._export_to)

    def refresh(self) -> None:
        """Show the open paper anew."""
        file = self._desk.file
        if file is None:
            return
        book = self._desk.book
        told = [Step(step.title, step.person) for step in steps(file, book)]
        self._steps.show_steps(told, step_now(file, book))
        self._show_remark(file)
        self._show_words(file)
        self._form.refresh()
        self._show_prints(file)
        self._replies.refresh()
        self.bar.refresh()

    def focus_first(self) -> None:
        """Go to what this person can do here."""
        if self._desk.editor.may_edit:
            self._form.focus_first()
        else:
            self.bar.focus_first()

    def _lay_out(self) -> None:
        back = IconButton(Icon.BACK, self.tr("回到列表"))
        back.clicked.connect(self.left)
        top = QHBoxLayout()
        top.setSpacing(Space.INSIDE)
        top.addWidget(back)
        top.addWidget(self._steps, 1)
        text = Panel()
        text.setMaximumWidth(_FORM_WIDTH)
        column = ScrollColumn(spacing=Space.CARD - 4)
        column.body.addWidget(self._remark)
        column.body.addLayout(self._words)
        column.body.addWidget(self._form)
        column.body.addStretch(1)
        text.body.addWidget(column, 1)
        text.body.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(text, 5)
        row.addLayout(self._print_column(), 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.CARD - 4)
        whole.addLayout(top)
        whole.addLayout(row, 1)

    def _print_column(self) -> QVBoxLayout:
        outward = QHBoxLayout()
        outward.setSpacing(Space.HAIR)
        outward.addWidget(self._prints)
        outward.addWidget(self._export)
        outward.addWidget(self._print)
        outward.addWidget(self._sign)
        outward.addStretch(1)
        outward.addWidget(self._replies)
        column = QVBoxLayout()
        column.setSpacing(Space.HAIR)
        column.addLayout(outward)
        column.addWidget(self._paper, 1)
        return column

    def _show_remark(self, file: PaperFile) -> None:
        document = file.document
        if document.state is DocumentState.DRAFT and document.return_reason:
            words = self.tr("{0}退回：{1}")
            said_by = file.name(document.returned_by)
            self._remark.say(words.format(said_by, document.return_reason), Tone.NEAR)
        elif document.check_opinion and not document.state.is_over:
            words = self.tr("{0}核稿：{1}")
            said_by = file.name(document.checked_by)
            self._remark.say(words.format(said_by, document.check_opinion), Tone.ACCENT)
        else:
            self._remark.say("", Tone.SOFT)

    def _show_words(self, file: PaperFile) -> None:
        emptied(self._words)
        for word in file.words:
            told = self.tr("{0}会签　{1}：{2}")
            text = told.format(file.name(word.person_by), stamp(word.at)[:16], word.opinion)
            self._words.addWidget(Label(text, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        for reply in file.replies:
            title = self.tr("单位回复　{0}").format(stamp(reply.recorded_at)[:16])
            self._words.addWidget(Label(title, bold=True))
            say_parts(self._words, reply.said)

    def _show_prints(self, file: PaperFile) -> None:
        photos = [receipt.photo for receipt in file.receipts if receipt.photo]
        shown: tuple[Paper | str, ...] = (*file.papers, *photos)
        self._prints.setVisible(bool(shown))
        self._export.setVisible(bool(shown))
        self._print.setVisible(bool(shown))
        self._sign.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        self._prints.blockSignals(True)
        self._prints.clear()
        for each in shown:
            if isinstance(each, Paper):
                self._prints.addItem(kind_name(each.template))
            else:
                self._prints.addItem(self.tr("回证照片"))
        self._prints.blockSignals(False)

    def _choose_print(self, number: int) -> None:
        if 0 <= number < len(self._shown):
            chosen = self._shown[number]
            if isinstance(chosen, Paper):
                self._desk.show_paper(chosen)
            else:
                self._desk.preview.show_picture(chosen)
            for button in (self._export, self._print):
                button.setEnabled(isinstance(chosen, Paper))
            self._sign.offer(wanted=isinstance(chosen, Paper))

    def _ask_export(self) -> None:
        if isinstance(paper := self._chosen(), Paper):
            title = kind_name(paper.template)
            self._exporting.ask(f"{paper.doc_no} {title}.pdf".strip(), "PDF (*.pdf)")

    def _ask_print(self) -> None:
        if isinstance(paper := self._chosen(), Paper):
            self._printer.ask(paper, f"{kind_name(paper.template)} {paper.doc_no}".strip())

    def _ask_signed(self) -> None:
        if isinstance(paper := self._chosen(), Paper):
            self._signed.ask(paper)

    def _export_to(self, target: Path, reason: str) -> None:
        if isinstance(paper := self._chosen(), Paper):
            self._desk.export(paper, target, reason)

    def _chosen(self) -> Paper | str | None:
        number = self._prints.currentIndex()
        return self._shown[number] if 0 <= number < len(self._shown) else None
