"""The right column: my decision, my reason, and who reviews."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.errors import MissingField
from desktop.domain.findings import FindingState, ReviewResult
from desktop.domain.organisation import UserCard
from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.naming import role_names
from desktop.viewmodels.review.decision import (
    drafting_said,
    leads_to_card,
    result_name,
    reviewers,
    verdicts,
)
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.choices import Choice, Choices
from desktop.views.kit.dialogs import AnswerQuestion
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel, ScrollColumn, emptied


class AssignQuestion(AnswerQuestion):
    """Asks who is to verify."""

    def __init__(self, parent: QWidget, people: Sequence[UserCard]) -> None:
        words = said("指派后列入此人的待办；他不在时，其他核实人仍可核实。")
        super().__init__(parent, said("指派核实人"), words, said("指派"))
        self._choices = Choices(said("核实人"), self)
        self._choices.offer([Choice(p.id, p.name, role_names(_codes(p))) for p in people])
        self._choices.chosen.connect(self._weigh)
        self.body.addWidget(self._choices)
        self._weigh()

    def answer(self) -> object:
        """The person's id."""
        return self._choices.current()

    def _weigh(self) -> None:
        self.go.setEnabled(self._choices.current() is not None)


def _codes(person: UserCard) -> tuple[str, ...]:
    return tuple(sorted(role.value for role in person.roles))


class DecisionColumn(Panel):
    """Says what a person may say, why not, and who said what before."""

    postponed = Signal()
    drafts_card = Signal()

    def __init__(self, desk: ReviewDesk, casework: Casework, scope: QWidget) -> None:
        super().__init__(self.tr("我的核实"))
        self._desk, self._casework = desk, casework
        self.choices = Choices(self.tr("核实结论"), scope)
        self._offer()
        self.choices.chosen.connect(self._choose)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(72)
        self.note.textChanged.connect(self._write)
        self._field = Field(self.tr("说明"), self.note)
        self._outcome = Banner()
        self._reviewers = QVBoxLayout()
        self._reviewers.setSpacing(2)
        self._why = Banner()
        self.submit = Button(self.tr("提交核实结果"), Rank.PRIMARY)
        self.submit.clicked.connect(desk.submit)
        self._later = Button(self.tr("稍后处理"))
        self._later.clicked.connect(self.postponed)
        self._assign = Button(self.tr("指派核实人…"))
        self._assign.clicked.connect(self._ask_whom)
        self._card = Button(self.tr("拟制黄牌"), Rank.PRIMARY)
        self._card.clicked.connect(self.drafts_card)
        self._fill()
        desk.drafted.connect(self._weigh)
        self.refresh()

    def why_not(self) -> str:
        """What is said to bar the decision."""
        return self._why.text()

    def _fill(self) -> None:
        column = ScrollColumn(spacing=Space.CARD - 4)
        column.body.addWidget(self._outcome)
        column.body.addWidget(self.choices)
        column.body.addWidget(self._field)
        column.body.addWidget(Label(headed(self.tr("核实人")), size=Size.SMALL, tone=Tone.SOFT))
        column.body.addLayout(self._reviewers)
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        for widget in (self._why, self.submit, self._card, self._assign, self._later):
            self.body.addWidget(widget)

    def refresh(self) -> None:
        """Show the open finding's reviewers, and begin a decision anew."""
        desk, pack = self._desk, self._desk.pack
        is_open = pack is not None and pack.finding.state.is_open
        decides = is_open and desk.may_review()
        for widget in (self.choices, self._field, self.submit):
            widget.setVisible(is_open)
            widget.setEnabled(decides)
        self._card.setVisible(pack is not None and leads_to_card(pack.finding))
        if pack is not None:
            self._card.setText(drafting_said(pack.finding))
            if verdicts(pack.finding) != self._offered:
                self._offer()
        self._later.setVisible(is_open)
        self._assign.setVisible(desk.may_assign)
        if self.note.toPlainText() != desk.note:
            self.note.setPlainText(desk.note)
        self._show_outcome()
        self._show_reviewers()
        self._weigh()

    def _show_outcome(self) -> None:
        pack = self._desk.pack
        if pack is None or pack.finding.state.is_open:
            self._outcome.say("", Tone.SOFT)
        elif pack.finding.state is FindingState.CONFIRMED:
            self._outcome.say(self.tr("两人核实属实，已认定。"), Tone.ACCENT)
        elif pack.finding.state is FindingState.MERGED:
            self._outcome.say(self.tr("已并入同一事项中更重的问题。"), Tone.SOFT)
        elif pack.finding.state is FindingState.EXPIRED:
            self._outcome.say(self.tr("只是提示，已过期或原因已消除，无须核实。"), Tone.SOFT)
        else:
            finding = pack.finding
            why = result_name(finding.dismissal) if finding.dismissal else ""
            text = self.tr("已排除：{0}。{1}").format(why, finding.dismissal_note)
            self._outcome.say(text, Tone.SOFT)

    def _show_reviewers(self) -> None:
        emptied(self._reviewers)
        pack = self._desk.pack
        if pack is None:
            return
        for line in reviewers(pack, self._casework.book, self._desk.actor):
            tone = Tone.NEAR if line.waits else Tone.TEXT
            self._reviewers.addWidget(Label(f"{line.title}  {line.text}", tone=tone, wraps=True))
            if line.note:
                self._reviewers.addWidget(
                    Label(line.note, size=Size.SMALL, tone=Tone.SOFT, wraps=True)
                )

    def _weigh(self) -> None:
        """Say what is missing before the button is pressed."""
        desk, pack = self._desk, self._desk.pack
        if pack is None or not pack.finding.state.is_open:
            self._why.say("", Tone.SOFT)
            return
        refusal = desk.obstacle()
        self.submit.setEnabled(refusal is None and not desk.is_busy)
        wants_note = isinstance(refusal, MissingField) and refusal.field == "dismissal_note"
        self._field.show_trouble(self.tr("排除须写明理由") if wants_note else "")
        if refusal is None or isinstance(refusal, MissingField):
            self._why.say("", Tone.SOFT)
        else:
            self._why.say(sentence(refusal), Tone.NEAR)
        if desk.result is None and self.choices.current() is not None:
            self._offer()

    def _offer(self) -> None:
        finding = self._desk.pack.finding if self._desk.pack else None
        self._offered = verdicts(finding)
        self.choices.offer([Choice(v.result, v.title, v.detail) for v in self._offered])

    def _ask_whom(self) -> None:
        if pack := self._desk.pack:
            question = AssignQuestion(self, pack.verifiers)
            question.given.connect(self._desk.assign)
            question.open()

    def _choose(self, result: object) -> None:
        if isinstance(result, ReviewResult):
            self._desk.choose(result)

    def _write(self) -> None:
        self._desk.write_note(self.note.toPlainText())
