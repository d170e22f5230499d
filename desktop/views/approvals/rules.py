"""The catalogue of rules: six boards, the rules of each, and a trial of other parameters."""

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.domain.rules.catalogue import Board, Parameter
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.rules import RuleDesk, in_force_said, range_said
from desktop.viewmodels.approvals.words import BOARDS
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.wording import sentence
from desktop.views.approvals.rule_files import RuleFileButtons
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.fields import DecimalBox, Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner, Panel, ScrollColumn, emptied
from desktop.views.kit.tables import Table
from desktop.views.suspicions import SuspicionTable

_FRACTIONS = frozenset({"SIGMA", "TIMES"})
_WIDTHS = (96, 176, 84, 104, 72)


class RulesView(QWidget):
    """Shows a rule desk; `left` comes when the person goes back to the list.

    `opened` gives the id of a case that a trial judges otherwise.
    """

    left = Signal()
    opened = Signal(object)

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = ""
        self._boxes: list[_ParameterBox] = []
        self._back = IconButton(Icon.BACK, said("回到办件列表"))
        self._back.clicked.connect(self.left)
        words: dict[Board | None, str] = {None: said("全部")}
        words |= {board: said(BOARDS[board]) for board in Board}
        self._boards = Chips(said("六大板块"), words, columns=len(words))
        self._banner = Banner()
        self._table = Table(said("规则"))
        self._table.setModel(desk.model)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._rule = Panel()
        self._text = QVBoxLayout()
        self._fields = QVBoxLayout()
        self._bar = QProgressBar()
        self._go = Button(said("试算全部办件"), Rank.PRIMARY)
        self._stop = Button(said("停止"))
        self._reset = Button(said("恢复现行参数"))
        self._save = Button(said("保存为本大厅参数…"))
        self._on = QCheckBox(said("本大厅使用这条规则"))
        self._more = RuleFileButtons(desk)
        self._turns = Table(said("试算后不同的办件"))
        self._turns.setModel(desk.turns)
        self._crowd = SuspicionTable(desk.crowd, said("多件比对发现的问题"))
        self._lay_out()
        self._connect()
        desk.refresh()  # its words may be of another language

    def refresh(self) -> None:
        """Show the rules as they stand."""
        desk = self._desk
        counts = {board: count for board, count in desk.boards().items() if count is not None}
        self._boards.show_numbers(counts)
        self._boards.press(desk.board)
        self._show_rule()
        self._show_progress()
        self._say()

    def banner(self) -> str:
        """What is said above the rules."""
        return self._banner.text()

    def _lay_out(self) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(said("试算进度"))
        self._rule.setMinimumWidth(320)
        scroll = ScrollColumn()
        scroll.body.addLayout(self._text)
        scroll.body.addWidget(self._on)
        scroll.body.addLayout(self._fields)
        scroll.body.addStretch(1)
        self._rule.body.addWidget(scroll, 1)
        for each in (self._bar, self._stop, self._go, self._save, self._reset, self._more):
            self._rule.body.addWidget(each)
        rules = Panel(margin=12)
        rules.body.addWidget(self._table, 3)
        rules.body.addWidget(self._turns, 2)
        rules.body.addWidget(self._crowd, 3)
        top, columns = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._back)
        top.addWidget(self._boards)
        top.addStretch(1)
        columns.setSpacing(Space.CARD - 4)
        columns.addWidget(rules, 2)
        columns.addWidget(self._rule, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.CARD - 4)
        whole.addLayout(top)
        whole.addWidget(self._banner)
        whole.addLayout(columns, 1)

    def _connect(self) -> None:
        desk = self._desk
        self._boards.chosen.connect(desk.show_board)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._go.clicked.connect(desk.begin)
        self._stop.clicked.connect(desk.cancel)
        self._reset.clicked.connect(desk.reset)
        self._save.clicked.connect(self._ask_to_save)
        self._on.toggled.connect(self._switch)
        self._turns.opened.connect(self.opened)
        desk.changed.connect(self.refresh)
        desk.progressed.connect(self._show_progress)
        desk.refused.connect(self._refuse)
        desk.crowd.raised.connect(self._tell_raised)
        desk.crowd.refused.connect(self._refuse)

    def _say(self) -> None:
        trial = self._desk.trial
        if trial is None:
            self._banner.say(in_force_said(self._desk), Tone.ACCENT)
            return
        before, after = sum(trial.before.values()), sum(trial.after.values())
        told = said(
            "对 {0} 件办件试算：现行参数发现 {1} 处，试算参数发现 {2} 处；{3} 条规则有数据可判。"
        )
        words = told.format(trial.cases, before, after, len(trial.asked))
        self._banner.say(words, Tone.GOOD)

    def _show_rule(self) -> None:
        desk, rule = self._desk, self._desk.chosen
        if rule.id != self._shown:
            self._shown = rule.id
            self._lay_rule_out()
        with QSignalBlocker(self._on):
            self._on.setChecked(desk.is_on())
        for box in self._boxes:
            box.show_value(desk.value(box.parameter))

    def _lay_rule_out(self) -> None:
        rule, wording = self._desk.chosen, self._desk.wording()
        self._rule.show_title(wording.name, rule.id)
        emptied(self._text)
        emptied(self._fields)
        self._boxes = []
        self._text.addWidget(Label(wording.rule, wraps=True))
        basis = said("依据：{0}").format("；".join(rule.basis))
        self._text.addWidget(Label(basis, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        for parameter in rule.parameters:
            box = _ParameterBox(parameter)
            box.given.connect(self._desk.set_value)
            self._boxes.append(box)
            label = parameter.label[said("zh", "rules")]
            self._fields.addWidget(Field(label, box, range_said(parameter)))
        if not rule.parameters:
            none = Label(said("这条规则没有可调的参数。"), tone=Tone.SOFT, wraps=True)
            self._fields.addWidget(none)

    def _show_progress(self) -> None:
        share = self._desk.share
        self._bar.setVisible(share is not None)
        self._stop.setVisible(share is not None)
        self._go.setVisible(share is None)
        changed = share is None and self._desk.is_changed
        self._reset.setVisible(changed)
        self._save.setVisible(changed and self._desk.may_save())
        self._turns.setVisible(bool(self._desk.turns.rows))
        show_if(self._crowd, wanted=bool(self._desk.crowd.model.rows))
        self._bar.setValue(round((share or 0.0) * 1000))

    def _switch(self, on: bool) -> None:  # Qt calls it so
        self._desk.switch(on=on)

    def _ask_to_save(self) -> None:
        words = said("从现在起，本大厅的办件按这些参数判断。已经提出的疑似问题仍按当时的参数。")
        question = ReasonQuestion(
            self, said("保存规则参数"), words, said("保存"), label=said("理由")
        )
        question.given.connect(self._desk.save)
        question.open()

    def _choose(self, current: QModelIndex) -> None:
        key = current.siblingAtColumn(0).data(RowRole.KEY)
        if key is not None:
            self._desk.choose(str(key))

    def _tell_raised(self, told: str) -> None:
        self._banner.say(told, Tone.GOOD)

    def _refuse(self, error: Exception) -> None:
        self._banner.say(sentence(error), Tone.BAD)


class _ParameterBox(DecimalBox):
    """A number within the range of one parameter; told when the person is done with it."""

    given = Signal(str, float)

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter.least, parameter.most)
        self.parameter = parameter
        limits = (parameter.least, parameter.default, parameter.most)
        if parameter.unit not in _FRACTIONS and all(each.is_integer() for each in limits):
            self.setDecimals(0)
        self.setSingleStep(1.0)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_value(parameter.default)
        self.valueChanged.connect(self._tell)

    def show_value(self, value: float) -> None:
        """Show a value, without telling."""
        with QSignalBlocker(self):
            self.setValue(value)

    def _tell(self, value: float) -> None:
        self.given.emit(self.parameter.name, value)
