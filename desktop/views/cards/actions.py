"""What can be done with the open card: its buttons, and the questions before each act."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.evidence import Paper
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.ledger import standing
from desktop.viewmodels.cards.rows import paper_name
from desktop.viewmodels.cards.service import first_form
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.wording import sentence
from desktop.views.cards.afterwards import AfterQuestions
from desktop.views.cards.service import ServiceQuestion
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question, ReasonQuestion
from desktop.views.kit.panels import Banner, emptied

_IN_A_ROW = 3
_ROWS = 3


class ActionBar(QWidget):
    """A sentence on where the card stands, and below it the buttons of who may act."""

    def __init__(self, desk: CardDesk) -> None:
        super().__init__()
        self._desk = desk
        self._after = AfterQuestions(desk, self)
        self._banner = Banner()
        self._rows = [QHBoxLayout() for _ in range(_ROWS)]
        self._shown: tuple[Act, ...] = ()
        self._buttons: dict[Act, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        column.addWidget(self._banner)
        for row in self._rows:
            row.setSpacing(Space.INSIDE)
            column.addLayout(row)
        desk.editor.changed.connect(self.refresh)
        desk.busy_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what can be done now, and why the rest cannot."""
        desk = self._desk
        if desk.file is None:
            return
        if desk.acts != self._shown:
            self._lay_out(desk.acts)
        gaps = desk.editor.missing if Act.SUBMIT in desk.acts else ()
        for act, button in self._buttons.items():
            button.setEnabled(not desk.is_busy and not (act is Act.SUBMIT and gaps))
        self._say(gaps)

    def focus_first(self) -> None:
        """Go to the way on."""
        for act in self._shown[:1]:
            self._buttons[act].setFocus()

    def standing(self) -> str:
        """What is said of where the card stands."""
        return self._banner.text()

    def begin(self, act: Act) -> None:
        """Ask what has to be asked, then do it."""
        match act:
            case Act.SUBMIT:
                self._desk.submit()
            case Act.CHECK:
                self._ask_opinion()
            case Act.RETURN | Act.RETURN_APPROVAL:
                self._ask_return()
            case Act.SIGN:
                self._ask_sign()
            case Act.ISSUE:
                self._ask_issue()
            case Act.SERVE:
                self._ask_service()
            case Act.CANCEL:
                self._ask_cancel()
            case _:
                self._after.begin(act)

    def export(self, paper: Paper) -> None:
        """Ask why and where to, then write a copy."""
        question = ReasonQuestion(
            self,
            self.tr("导出文书"),
            self.tr("{0} 将离开本系统。导出的人、时间和理由会写入证据流转记录。").format(
                paper.doc_no
            ),
            self.tr("选择位置…"),
            label=self.tr("理由"),
        )
        self._paper = paper
        question.given.connect(self._choose_target)
        question.open()

    def _lay_out(self, acts: tuple[Act, ...]) -> None:
        for row in self._rows:
            emptied(row)
            row.addStretch(1)
        self._shown = acts
        self._buttons = {act: self._button(act, first=n == 0) for n, act in enumerate(acts)}
        for number, act in enumerate(acts):
            row = self._rows[min(number // _IN_A_ROW, _ROWS - 1)]
            row.insertWidget(0 if act.ends else 1, self._buttons[act])

    def _button(self, act: Act, *, first: bool) -> Button:
        rank = Rank.DANGER if act.ends else Rank.PRIMARY if first else Rank.SECONDARY
        button = Button(act.word, rank)
        button.setProperty("act", act.value)
        button.clicked.connect(self._press)
        return button

    def _press(self) -> None:
        self.begin(Act(str(self.sender().property("act"))))

    def _say(self, gaps: tuple[str, ...]) -> None:
        desk = self._desk
        bar, file = desk.bar, desk.file
        if file is None:
            return
        if gaps:
            self._banner.say(said("；", "list").join(gaps), Tone.NEAR)
        elif Act.SUBMIT in desk.acts:
            self._banner.say(self.tr("依据、双人核实、期限均已齐备，可以提交核稿。"), Tone.GOOD)
        elif file.card.served_at is not None:
            self._banner.say(*standing(file.track, desk.book))
        elif bar is not None:
            self._banner.say(sentence(bar), Tone.SOFT)
        elif file.track.next_act is None:
            state = state_name(file.card.state.value)
            reason = f"：{file.card.cancel_reason}" if file.card.cancel_reason else ""
            self._banner.say(f"{state}{reason}", Tone.SOFT)
        else:
            self._banner.say("", Tone.SOFT)

    def _ask_opinion(self) -> None:
        question = ReasonQuestion(
            self,
            self.tr("核稿通过"),
            self.tr("依据、事实和文字均已核对。通过后交有权签发的负责人签发。"),
            self.tr("核稿通过"),
            label=self.tr("核稿意见"),
            first=self.tr("依据适当，文字准确，同意。"),
        )
        question.given.connect(self._desk.check)
        question.open()

    def _ask_return(self) -> None:
        question = ReasonQuestion(
            self,
            self.tr("退回修改"),
            self.tr("退回给拟稿人，拟稿人会看到理由。"),
            self.tr("退回修改"),
            label=self.tr("退回理由"),
        )
        question.given.connect(self._desk.send_back)
        question.open()

    def _ask_cancel(self) -> None:
        question = ReasonQuestion(
            self,
            self.tr("作废"),
            self.tr("作废不能撤回。已取得的文号留在登记簿中并注明作废。"),
            self.tr("作废"),
            label=self.tr("作废理由"),
            rank=Rank.DANGER,
        )
        question.given.connect(self._desk.cancel)
        question.open()

    def _ask_sign(self) -> None:
        file = self._desk.file
        if file is None:
            return
        words = self.tr("签发给{0}的{1}。签名覆盖正文摘要，签发后正文不能再改，改动即失效。")
        question = Question(
            self,
            self.tr("签发"),
            words.format(file.unit.name, paper_name(file.card.kind)),
            self.tr("签发", "button"),
        )
        question.agreed.connect(self._desk.sign)
        question.open()

    def _ask_issue(self) -> None:
        words = self.tr("取下一个文号并用印，印制正式文书。文号只用一次。")
        question = Question(self, self.tr("编号用印"), words, self.tr("编号用印", "button"))
        question.agreed.connect(self._desk.issue)
        question.open()

    def _ask_service(self) -> None:
        desk = self._desk
        if desk.file is None or desk.actor is None:
            return
        form = first_form(desk.file, desk.actor.name, desk.now())
        card = desk.file.card
        question = ServiceQuestion(
            self, card.doc_no, form, issued_at=card.issued_at, now=desk.now()
        )
        question.given.connect(desk.serve)
        question.open()

    def _choose_target(self, reason: str) -> None:
        self._reason = reason
        dialog = QFileDialog(self, self.tr("导出文书"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._paper.doc_no} {self._paper.template}.pdf")
        dialog.fileSelected.connect(self._export)
        dialog.open()

    def _export(self, name: str) -> None:
        self._desk.export(self._paper, Path(name), self._reason)
