"""What can be done with the open paper: its buttons, and the questions before each act."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.evidence import ServiceWay
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.cards.service import ServiceForm
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.file import waits_for
from desktop.viewmodels.papers.words import gap_said, kind_name
from desktop.views.cards.service import ServiceQuestion
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question, ReasonQuestion
from desktop.views.kit.fields import Field, NumberBox
from desktop.views.kit.panels import Banner, emptied

_MOST_COPIES = 999
_WAIT_FOR_TEXT = {PaperAct.SUBMIT, PaperAct.FILE}


class RegisterQuestion(Question):
    """Asks how many copies there are."""

    def __init__(self, parent: QWidget) -> None:
        title, go_on = said("登记"), said("登记", "button")
        words = said("记入发文登记簿，登记后送达。涉密文书按份号登记份数。")
        super().__init__(parent, title, words, go_on)
        self.copies = NumberBox(1, _MOST_COPIES)
        self.body.addWidget(Field(said("印数"), self.copies))
        self.copies.setFocus()


class PaperActions(QWidget):
    """A sentence on where the paper stands, and below it the buttons of who may act."""

    def __init__(self, desk: PapersDesk) -> None:
        super().__init__()
        self._desk = desk
        self._banner = Banner()
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.INSIDE)
        self._shown: tuple[PaperAct, ...] = ()
        self._buttons: dict[PaperAct, Button] = {}
        self._registering: RegisterQuestion | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        column.addWidget(self._banner)
        column.addLayout(self._row)
        desk.editor.changed.connect(self.refresh)
        desk.busy_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what can be done now, and why the rest cannot."""
        desk = self._desk
        if desk.file is None:
            return
        if desk.acts != self._shown:
            self._lay_out(desk.acts)
        gaps = desk.editor.gaps if _WAIT_FOR_TEXT.intersection(desk.acts) else ()
        for act, button in self._buttons.items():
            button.setEnabled(not desk.is_busy and not (act in _WAIT_FOR_TEXT and gaps))
        self._say(gaps)

    def standing(self) -> str:
        """What is said of where the paper stands."""
        return self._banner.text()

    def focus_first(self) -> None:
        """Go to the way on."""
        for act in self._shown[:1]:
            self._buttons[act].setFocus()

    def begin(self, act: PaperAct) -> None:
        """Ask what has to be asked, then do it."""
        desk = self._desk
        match act:
            case PaperAct.SUBMIT:
                desk.submit()
            case PaperAct.CHECK | PaperAct.COUNTERSIGN:
                self._ask_opinion(act)
            case PaperAct.SIGN:
                words = self.tr("签名覆盖正文摘要，签发后正文一经改动，签名即失效。")
                self._ask(act, words).agreed.connect(desk.sign)
            case PaperAct.ISSUE:
                words = self.tr("取文号（预警提示单除外）并用印，印制正式文书。文号只用一次。")
                self._ask(act, words).agreed.connect(desk.issue)
            case PaperAct.REGISTER:
                self._ask_copies()
            case PaperAct.SERVE:
                self._ask_service()
            case PaperAct.FILE:
                words = self.tr("印制并归档，归档后不能再改。")
                self._ask(act, words).agreed.connect(desk.put_on_file)
            case PaperAct.REVISE:
                words = self.tr("改动正文，原签名即失效，须重新核稿、签发。")
                self._ask(act, words).agreed.connect(desk.revise)
            case PaperAct.RETURN:
                words = self.tr("退回给拟稿人，拟稿人会看到理由。")
                self._ask_reason(act, words, self.tr("退回理由")).given.connect(desk.send_back)
            case PaperAct.CANCEL:
                words = self.tr("作废不能撤回。已取得的文号留在登记簿中并注明作废。")
                self._ask_reason(act, words, self.tr("作废理由")).given.connect(desk.cancel)

    def _lay_out(self, acts: tuple[PaperAct, ...]) -> None:
        emptied(self._row)
        self._row.addStretch(1)
        self._shown = acts
        self._buttons = {act: self._button(act, first=n == 0) for n, act in enumerate(acts)}
        for act, button in self._buttons.items():
            self._row.insertWidget(0 if act.ends else self._row.count(), button)

    def _button(self, act: PaperAct, *, first: bool) -> Button:
        rank = Rank.DANGER if act.ends else Rank.PRIMARY if first else Rank.SECONDARY
        button = Button(act.word, rank)
        button.setProperty("act", act.name)
        button.clicked.connect(self._press)
        return button

    def _press(self) -> None:
        self.begin(PaperAct[str(self.sender().property("act"))])

    def _say(self, gaps: tuple[str, ...]) -> None:
        file = self._desk.file
        if file is None:
            return
        document = file.document
        waiting = waits_for(file, self._desk.book)
        if gaps:
            self._banner.say(said("；", "list").join(gap_said(gaps)), Tone.NEAR)
        elif _WAIT_FOR_TEXT.intersection(self._shown):
            self._banner.say(self.tr("各处均已填写，可以继续。"), Tone.GOOD)
        elif document.cancel_reason:
            told = f"{state_name(document.state.value)}：{document.cancel_reason}"
            self._banner.say(told, Tone.SOFT)
        elif waiting and not self._shown:
            self._banner.say(waiting, Tone.SOFT)
        else:
            self._banner.say("" if waiting else state_name(document.state.value), Tone.SOFT)

    def _ask(self, act: PaperAct, words: str) -> Question:
        question = Question(self, act.word, words, act.word)
        question.open()
        return question

    def _ask_reason(self, act: PaperAct, words: str, label: str) -> ReasonQuestion:
        rank = Rank.DANGER if act.ends else Rank.PRIMARY
        question = ReasonQuestion(self, act.word, words, act.word, label=label, rank=rank)
        question.open()
        return question

    def _ask_opinion(self, act: PaperAct) -> None:
        is_check = act is PaperAct.CHECK
        question = ReasonQuestion(
            self,
            act.word,
            self.tr("依据、事实和文字均已核对。")
            if is_check
            else self.tr("意见与此刻的正文一并留存。"),
            act.word,
            label=self.tr("核稿意见") if is_check else self.tr("会签意见"),
            first=self.tr("依据适当，文字准确，同意。") if is_check else self.tr("同意。"),
        )
        desk = self._desk
        question.given.connect(desk.check if is_check else desk.countersign)
        question.open()

    def _ask_copies(self) -> None:
        self._registering = RegisterQuestion(self)
        self._registering.agreed.connect(self._register)
        self._registering.open()

    def _register(self) -> None:
        if self._registering is not None:
            self._desk.register(self._registering.copies.value())

    def _ask_service(self) -> None:
        desk = self._desk
        if desk.file is None or desk.actor is None:
            return
        document, now = desk.file.document, desk.now()
        form = ServiceForm(ServiceWay.DIRECT, document.recipient, "", now, "", desk.actor.name)
        title = document.doc_no or kind_name(document.template)
        question = ServiceQuestion(self, title, form, issued_at=document.issued_at, now=now)
        question.given.connect(desk.serve)
        question.open()
