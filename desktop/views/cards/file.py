"""One card: how far it has come, its text at the left, its paper at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.cards import TEMPLATES, CardState
from desktop.domain.evidence import Paper
from desktop.system.theme import Space, Tone
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.rows import paper_name
from desktop.viewmodels.cards.steps import step_now, steps
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.papers.beginning import NewPaper, may_begin
from desktop.views.cards.actions import ActionBar
from desktop.views.cards.case import CaseLines
from desktop.views.cards.form import CardForm
from desktop.views.cards.ledger import LedgerLines
from desktop.views.cards.paper import PaperView
from desktop.views.cards.replies import ReplyButtons, ReplyLines
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Banner, Panel, ScrollColumn
from desktop.views.kit.steps import Step, StepBar
from desktop.views.printing import PaperPrinter
from desktop.views.signing import SignedExport, SigningButton

_FORM_WIDTH = 460


class FileView(QWidget):
    """A card as it is worked on."""

    left = Signal()
    wished = Signal(object)  # a NewPaper about the open card

    def __init__(self, desk: CardDesk, casework: Casework) -> None:
        super().__init__()
        self._desk, self._casework = desk, casework
        self._steps = StepBar()
        self._remark = Banner()
        self._ledger = LedgerLines(desk)
        self.case = CaseLines(desk)
        self._told = ReplyLines(desk)
        self._form = CardForm(desk, casework)
        self.bar = ActionBar(desk)
        self._paper = PaperView(desk.preview)
        self._papers = QComboBox()
        self._papers.setAccessibleName(self.tr("文书"))
        self._papers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._export = IconButton(Icon.DOWNLOAD, self.tr("导出文书"))
        self._print = IconButton(Icon.PRINTER, self.tr("打印文书"))
        self._printer = PaperPrinter(self, desk.printing)
        self._sign = SigningButton(desk.signing)
        self._signed = SignedExport(self, desk.signing)
        self._new = IconButton(Icon.PLUS, self.tr("起草文书"))
        self._new.clicked.connect(self._wish)
        self._replies = ReplyButtons(desk)
        self._shown: tuple[Paper, ...] = ()
        self._photos: tuple[str, ...] = ()
        self._lay_out()
        self._papers.currentIndexChanged.connect(self._choose_paper)
        self._export.clicked.connect(self._export_paper)
        self._print.clicked.connect(self._print_paper)
        self._sign.clicked.connect(self._sign_paper)

    def refresh(self) -> None:
        """Show the open card anew."""
        file = self._desk.file
        if file is None:
            return
        told = [Step(step.title, step.person) for step in steps(file, self._casework.book)]
        self._steps.show_steps(told, step_now(file.track))
        self._ledger.refresh()
        self.case.refresh()
        self._told.refresh()
        self._form.refresh()
        self._show_remark()
        self._show_papers(file.papers, tuple(r.photo for r in file.receipts if r.photo))
        self._replies.refresh()
        self._new.setVisible(may_begin(self._desk.book, self._desk.actor))
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
        top.addWidget(self._new)
        text = Panel()
        text.setMaximumWidth(_FORM_WIDTH + 80)
        column = ScrollColumn(spacing=Space.CARD - 4)
        column.body.addWidget(self._remark)
        column.body.addWidget(self._ledger)
        column.body.addWidget(self.case)
        column.body.addWidget(self._told)
        column.body.addWidget(self._form)
        column.body.addStretch(1)
        text.body.addWidget(column, 1)
        text.body.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(text, 5)
        row.addLayout(self._paper_column(), 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.CARD - 4)
        whole.addLayout(top)
        whole.addLayout(row, 1)

    def _paper_column(self) -> QVBoxLayout:
        """Which paper, and what leaves and comes back, above the paper itself."""
        outward = QHBoxLayout()
        outward.setSpacing(Space.HAIR)
        outward.addWidget(self._papers)
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

    def _show_remark(self) -> None:
        file = self._desk.file
        if file is None:
            return
        card = file.card
        if card.state is CardState.DRAFT and card.return_reason:
            text = self.tr("{0}退回：{1}").format(file.name(card.returned_by), card.return_reason)
            self._remark.say(text, Tone.NEAR)
        elif card.check_opinion and card.state is CardState.UNDER_APPROVAL:
            text = self.tr("{0}核稿：{1}").format(file.name(card.checked_by), card.check_opinion)
            self._remark.say(text, Tone.ACCENT)
        else:
            self._remark.say("", Tone.SOFT)

    def _show_papers(self, papers: tuple[Paper, ...], photos: tuple[str, ...]) -> None:
        self._papers.setVisible(bool(papers))
        self._export.setVisible(bool(papers))
        self._print.setVisible(bool(papers))
        self._sign.setVisible(bool(papers))
        if (papers, photos) == (self._shown, self._photos):
            return
        self._shown, self._photos = papers, photos
        titles = {code: paper_name(kind) for kind, code in TEMPLATES.items()}
        titles["T11"] = self.tr("送达回证")
        self._papers.blockSignals(True)
        self._papers.clear()
        for paper in papers:
            self._papers.addItem(titles.get(paper.template, paper.template))
        for _ in photos:
            self._papers.addItem(self.tr("回证照片"))
        self._papers.blockSignals(False)

    def _wish(self) -> None:
        if self._desk.file is not None:
            self.wished.emit(NewPaper(card_id=self._desk.file.card.id))

    def _choose_paper(self, number: int) -> None:
        if 0 <= number < len(self._shown):
            self._desk.show_paper(self._shown[number])
        elif number >= len(self._shown):
            self._desk.preview.show_picture(self._photos[number - len(self._shown)])
        for button in (self._export, self._print):
            button.setEnabled(number < len(self._shown))
        self._sign.offer(wanted=number < len(self._shown))

    def _export_paper(self) -> None:
        number = self._papers.currentIndex()
        if 0 <= number < len(self._shown):
            self.bar.export(self._shown[number])

    def _print_paper(self) -> None:
        number = self._papers.currentIndex()
        if 0 <= number < len(self._shown):
            paper = self._shown[number]
            self._printer.ask(paper, f"{self._papers.currentText()} {paper.doc_no}")

    def _sign_paper(self) -> None:
        number = self._papers.currentIndex()
        if 0 <= number < len(self._shown):
            self._signed.ask(self._shown[number])
