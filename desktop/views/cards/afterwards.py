"""The questions before each act after service: what has to be written down with it."""

from datetime import date

from PySide6.QtCore import QDate, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.appeals import Decision
from desktop.domain.cards import CardKind
from desktop.domain.rectification import Recheck, RecheckResult
from desktop.system.language import headed, said
from desktop.system.theme import Tone
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.afterwards import Accepted, Answer, MoreTime, Verdict
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.draft import due_said, due_trouble
from desktop.viewmodels.cards.ledger import decision_effect, decision_name, result_word
from desktop.viewmodels.times import day_of
from desktop.views.kit.buttons import Rank
from desktop.views.kit.choices import Choice, Choices
from desktop.views.kit.dialogs import Question, ReasonQuestion
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label

_AT_ONCE = {Act.FOLLOW, Act.ORDER, Act.BEGIN, Act.SUCCESSOR}
_PLAIN = {Act.TAKE_EFFECT, Act.CLOSE, Act.SEND_BACK, Act.WITHDRAW, Act.ANEW}
_FORMS = {Act.ACCEPT, Act.REVIEW, Act.DECIDE, Act.RECHECK, Act.EXTEND}


class AnswerQuestion(Question):
    """A question whose answer goes with the act."""

    given = Signal(object)

    def __init__(self, parent: QWidget, act: Act, words: str) -> None:
        super().__init__(parent, act.word, words, act.word)
        self.agreed.connect(self._give)

    def answer(self) -> Answer:
        """What was said."""
        return None

    def _give(self) -> None:
        self.given.emit(self.answer())


class AcceptQuestion(AnswerQuestion):
    """Takes an appeal up, and asks whether the rectification waits."""

    def __init__(self, parent: QWidget) -> None:
        words = said("受理后五个工作日内作出决定。申诉期间整改不停，除非在此决定暂停。")
        super().__init__(parent, Act.ACCEPT, words)
        self._suspends = QCheckBox(said("整改暂停，等待决定"))
        self.body.addWidget(self._suspends)

    def answer(self) -> Answer:
        """Whether it waits."""
        return Accepted(self._suspends.isChecked())


class VerdictQuestion(AnswerQuestion):
    """Asks for a proposal or a decision on an appeal, with its reason."""

    def __init__(self, parent: QWidget, act: Act, desk: CardDesk) -> None:
        words = (
            said("复核员只提出意见，由没有签发此牌、也没有复核的负责人决定。")
            if act is Act.REVIEW
            else said("决定一经作出即生效，并写入台账。")
        )
        super().__init__(parent, act, words)
        file = desk.file
        appeal = file.track.appeal if file else None
        has_lower = file is not None and file.lower is not None
        offered = [d for d in Decision if d is not Decision.DOWNGRADE or has_lower]
        self._choices = Choices(act.word, self)
        chosen = appeal.proposal if appeal and appeal.proposal in offered else None
        self._choices.offer(
            [Choice(d, decision_name(d), decision_effect(d)) for d in offered], chosen
        )
        self._reason = _text_box()
        self.body.addWidget(self._choices)
        label = said("查明的事实和理由") if act is Act.REVIEW else said("决定理由")
        self.body.addWidget(Field(label, self._reason))
        if file and file.card.kind is CardKind.RED and not has_lower:
            hint = said("要变更为较低的牌，须先由监察员拟好接替的牌。")
            self.body.addWidget(Label(hint, tone=Tone.SOFT, wraps=True))
        self._choices.chosen.connect(self._weigh)
        self._reason.textChanged.connect(self._weigh)
        self._weigh()

    def answer(self) -> Answer:
        """What was decided and why."""
        decision = self._choices.current()
        assert isinstance(decision, Decision)  # the button opens only then
        return Verdict(decision, self._reason.toPlainText().strip())

    def _weigh(self) -> None:
        is_whole = self._choices.current() is not None and self._reason.toPlainText().strip()
        self.go.setEnabled(bool(is_whole))


class RecheckQuestion(AnswerQuestion):
    """Asks how it was looked at again, and what was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, Act.RECHECK, said("复查人不能自己销号。虚假整改和再次不到位须升级。")
        )
        self._way, self._note = QLineEdit(said("现场复查")), _text_box()
        self._choices = Choices(headed(said("复查结论")), self)
        self._choices.offer(
            [Choice(result, headed(result_word(result))) for result in RecheckResult]
        )
        self.body.addWidget(self._choices)
        self.body.addWidget(Field(said("复查方式"), self._way))
        self.body.addWidget(Field(said("说明"), self._note))
        self._choices.chosen.connect(self._weigh)
        self._way.textChanged.connect(self._weigh)
        self._weigh()

    def answer(self) -> Answer:
        """The recheck."""
        result = self._choices.current()
        assert isinstance(result, RecheckResult)  # the button opens only then
        return Recheck(self._way.text().strip(), result, self._note.toPlainText().strip())

    def _weigh(self) -> None:
        chosen = self._choices.current() is not None
        self.go.setEnabled(chosen and bool(self._way.text().strip()))


class MoreTimeQuestion(AnswerQuestion):
    """Asks until when more time is given, and why."""

    def __init__(self, parent: QWidget, desk: CardDesk, first: date) -> None:
        super().__init__(parent, Act.EXTEND, said("只能在到期前准予一次，原期限保留在台账中。"))
        self._desk, self._first = desk, first
        self._until = QDateEdit(QDate(first.year, first.month, first.day))
        self._until.setCalendarPopup(True)
        self._until.setDisplayFormat("yyyy-MM-dd")
        self._field = Field(said("延长至"), self._until)
        self._reason = _text_box()
        self.body.addWidget(self._field)
        self.body.addWidget(Field(said("理由"), self._reason))
        self._until.dateChanged.connect(self._weigh)
        self._reason.textChanged.connect(self._weigh)
        self._weigh()

    def answer(self) -> Answer:
        """The day and the reason."""
        return MoreTime(self._day(), self._reason.toPlainText().strip())

    def _day(self) -> date:
        day = self._until.date()
        return date(day.year(), day.month(), day.day())

    def _weigh(self) -> None:
        calendar, today = self._desk.calendar, day_of(self._desk.now())
        trouble = due_trouble(self._day(), calendar, today)
        if not trouble:
            self._field.set_hint(due_said(self._day(), calendar, today))
        self._field.show_trouble(trouble)
        is_later = self._day() >= self._first
        has_reason = bool(self._reason.toPlainText().strip())
        self.go.setEnabled(not trouble and is_later and has_reason)


class AfterQuestions(QObject):
    """Asks what an act after service has to be told, and then has it done."""

    def __init__(self, desk: CardDesk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._act = Act.FOLLOW

    def begin(self, act: Act) -> None:
        """Ask, or do at once what needs no answer."""
        self._act = act
        question = self._question(act)
        if question is None:
            self._desk.carry_on(act)
            return
        if isinstance(question, AnswerQuestion | ReasonQuestion):
            question.given.connect(self._carry_on)
        else:
            question.agreed.connect(self._carry_on_plainly)
        question.open()

    def _question(self, act: Act) -> Question | None:
        if act in _AT_ONCE:
            return None
        if act in _PLAIN:
            return Question(self._window, act.word, _words(act), act.word)
        if act in _FORMS:
            return self._form(act)
        rank = Rank.DANGER if act.ends else Rank.PRIMARY
        return ReasonQuestion(
            self._window, act.word, _words(act), act.word, label=_label(act), rank=rank
        )

    def _form(self, act: Act) -> Question | None:
        match act:
            case Act.ACCEPT:
                return AcceptQuestion(self._window)
            case Act.RECHECK:
                return RecheckQuestion(self._window)
            case Act.EXTEND:
                return self._more_time()
        return VerdictQuestion(self._window, act, self._desk)

    def _more_time(self) -> Question | None:
        file = self._desk.file
        if file is None:
            return None
        first = self._desk.calendar.after(file.track.due, 1).day
        return MoreTimeQuestion(self._window, self._desk, first)

    def _carry_on(self, answer: object) -> None:
        self._desk.carry_on(self._act, answer)  # type: ignore[arg-type]  # what our questions give

    def _carry_on_plainly(self) -> None:
        self._desk.carry_on(self._act)


def _words(act: Act) -> str:
    words = {
        Act.TAKE_EFFECT: said("申诉期已满，无人申诉。生效后按评估方案计入得分，并转入整改。"),
        Act.CLOSE: said("复查已认定整改到位。销号后此牌办结。"),
        Act.SEND_BACK: said("退回单位重新整改。只能退回一次，再不到位即升级。"),
        Act.WITHDRAW: said("记录单位撤回申诉。"),
        Act.APPEAL: said("记录单位的申诉，由没有签发此牌的人复核。"),
        Act.DECLINE: said("写明不予受理的理由。申诉期满后此牌生效。"),
        Act.PLAN: said("记录单位报送的整改方案。"),
        Act.REPORT: said("记录单位报送的整改结果，之后安排复查。"),
        Act.ESCALATE: said("由已拟好的同级或更高的牌接续，此牌办结。"),
        Act.AT_ONCE: said("单位已当场改正：记录改正情况，送达后直接复查。"),
        Act.ANEW: said("原认定保留。证据将重新交由两人核实，认定属实后可以另行发牌。"),
        Act.RECUSE: said("与对方有亲属等利害关系，或曾在该单位任职。此后您不再办理该单位的事项。"),
        Act.ANNUL: said("本机关撤销自己的牌：文号保留并注明撤销，已扣的分冲回。"),
    }
    return words[act]


def _label(act: Act) -> str:
    labels = {
        Act.APPEAL: said("申诉理由"),
        Act.DECLINE: said("不予受理的理由"),
        Act.PLAN: said("整改方案"),
        Act.REPORT: said("整改报告"),
        Act.ESCALATE: said("升级理由"),
        Act.AT_ONCE: said("改正情况"),
        Act.RECUSE: said("回避理由"),
        Act.ANNUL: said("撤销理由"),
    }
    return labels[act]


def _text_box() -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setFixedHeight(84)
    return box
