"""Checking a case against its paper file, and drawing the cases to check."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from desktop.domain.samples import SampleResult
from desktop.system.language import headed, said
from desktop.viewmodels.approvals.sampling import RESULTS, Sampling
from desktop.views.kit.buttons import Button
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import DecimalBox, Field
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel

_PERCENT = 5.0  # what is offered first


class SamplePanel(Panel):
    """What the last check has shown, and the button for another."""

    def __init__(self, sampling: Sampling) -> None:
        super().__init__(said("抽查"))
        self._sampling = sampling
        self._words = Label(wraps=True)
        self.check = Button(said("登记抽查结果…"))
        self.check.clicked.connect(self._ask)
        self.body.addWidget(self._words)
        self.body.addWidget(self.check)
        sampling.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show it as it stands."""
        words, tone = self._sampling.said()
        self._words.setText(words)
        self._words.set_tone(tone)
        self.check.setVisible(self._sampling.may_check())

    def words(self) -> str:
        """What is said of the last check."""
        return self._words.text()

    def _ask(self) -> None:
        question = SampleQuestion(self)
        question.given.connect(self._sampling.record)
        question.open()


class SampleQuestion(Question):
    """Asks what the paper file says; what differs has to be said."""

    given = Signal(object, str)  # the SampleResult, the note

    def __init__(self, parent: QWidget) -> None:
        words = said("对照纸质档案核对编号、事项、时间、决定和收费。不一致的计入数据完整项。")
        super().__init__(parent, said("登记抽查结果"), words, said("登记"))
        self.outcome = QComboBox()
        for result, word in RESULTS.items():
            self.outcome.addItem(said(word), result.value)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(72)
        self.body.addWidget(Field(said("结果", "import"), self.outcome))
        self.body.addWidget(Field(headed(said("说明")), self.note))
        self.outcome.currentIndexChanged.connect(self._weigh)
        self.note.textChanged.connect(self._weigh)
        self.agreed.connect(self._give)

    def _chosen(self) -> SampleResult:
        return SampleResult(self.outcome.currentData())

    def _weigh(self) -> None:
        told = bool(self.note.toPlainText().strip())
        self.go.setEnabled(told or self._chosen() is SampleResult.SAME)

    def _give(self) -> None:
        self.given.emit(self._chosen(), self.note.toPlainText().strip())


class DrawQuestion(Question):
    """Asks how many of the listed cases are drawn."""

    given = Signal(float)

    def __init__(self, parent: QWidget, cases: int) -> None:
        words = said("从列出的 {0} 件中随机抽取；抽取写入审计记录，同一天抽取的结果相同。")
        super().__init__(parent, said("抽取样本"), words.format(cases), said("抽取"))
        self.percent = DecimalBox(0.1, 100.0)
        self.percent.setValue(_PERCENT)
        self.body.addWidget(Field(said("抽取比例（%）"), self.percent))
        self.agreed.connect(self._give)

    def _give(self) -> None:
        self.given.emit(self.percent.value())
