"""The questions before each act after service: what has to be written down with it."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.appeals import Decision
from desktop.domain.cards import CardKind
from desktop.domain.rectification import Recheck, RecheckResult
from desktop.system.language import headed, said
from desktop.system.theme import Tone
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.deeds import Accepted, MoreTime, Verdict
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.draft import due_said, due_trouble
from desktop.viewmodels.cards.ledger import decision_effect, decision_name, result_word
from desktop.viewmodels.times import day_of
from desktop.views.kit.choices import Choice, Choices
from desktop.views.kit.dialogs import AnswerQuestion
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label


class AcceptQuestion(AnswerQuestion):
    """Takes an appeal up, and asks whether the rectification waits."""

    def __init__(self, parent: QWidget) -> None:
        words = said("受理后五个工作日内作出决定。申诉期间整改不停，除非在此决定暂停。")
        super().__init__(parent, Act.ACCEPT.word, words, Act.ACCEPT.word)
        self._suspends = QCheckBox(said("整改暂停，等待决定"))
        self.body.addWidget(self._suspends)

    def answer(self) -> Accepted:
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
        super().__init__(parent, act.word, words, act.word)
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

    def answer(self) -> Verdict:
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
        words = said("复查人不能自己销号。虚假整改和再次不到位须升级。")
        super().__init__(parent, Act.RECHECK.word, words, Act.RECHECK.word)
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

    def answer(self) -> Recheck:
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
        words = said("只能在到期前准予一次，原期限保留在台账中。")
        super().__init__(parent, Act.EXTEND.word, words, Act.EXTEND.word)
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

    def answer(self) -> MoreTime:
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


def _text_box() -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setFixedHeight(84)
    return box
