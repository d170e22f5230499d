"""The page of one case: its clocks on the days, its steps, and what was found with the reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.flow import flow_name, flow_rows, flow_titles
from desktop.viewmodels.approvals.raising import Raising
from desktop.viewmodels.approvals.sampling import Sampling
from desktop.viewmodels.approvals.sheet import Sheet, clock_titles, interruption_titles, step_titles
from desktop.viewmodels.lines import Lines, Row
from desktop.views.approvals.raising import FindingCard, RaisingBar
from desktop.views.approvals.ruler import CaseRuler
from desktop.views.approvals.sampling import SamplePanel
from desktop.views.kit.buttons import Button, IconButton
from desktop.views.kit.glyphs import StateTag
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, Label, show_if
from desktop.views.kit.panels import Banner, Panel, ScrollColumn, emptied
from desktop.views.kit.tables import Table

_ROW, _HEAD = 36, 38  # px, of the small tables


class CaseView(QWidget):
    """Shows a sheet; `left` comes when the person goes back to the list."""

    left = Signal()
    filed = Signal()  # into a case file, the person wishes

    def __init__(self, raising: Raising, sampling: Sampling) -> None:
        super().__init__()
        self._raising = raising
        self._sample = SamplePanel(sampling)
        self._back = IconButton(Icon.BACK, said("回到办件列表"))
        self._back.clicked.connect(self.left)
        self._file = Button(said("收入案卷…"), icon=Icon.CASES)
        self._file.clicked.connect(self.filed)
        self._title = ElidedLabel(size=Size.SECTION, bold=True)
        self._lamp = StateTag()
        self._banner = Banner()
        self._ruler = CaseRuler()
        self._clocks = _SmallTable(said("两个时钟"), Lines(clock_titles, self))
        self._stops = _SmallTable(said("暂停与延期"), Lines(interruption_titles, self))
        self._flow = _SmallTable(said("审批流程"), Lines(flow_titles, self))
        self._flow_panel = Panel(said("审批流程"))
        self._steps = _SmallTable(said("办理过程"), Lines(step_titles, self), fixed=False)
        self._facts = QGridLayout()
        self._found = QVBoxLayout()
        self._found_panel = Panel(said("发现的问题"))
        self._bar = RaisingBar(raising)
        self._lay_out()

    def show_sheet(self, sheet: Sheet, *, may_file: bool) -> None:
        """Show a case."""
        show_if(self._file, wanted=may_file)
        case = sheet.case
        self._title.setText(" ".join(filter(None, (case.case_no, case.title))))
        self._lamp.show_look(sheet.lamp)
        self._banner.say(sheet.trouble, Tone.NEAR)
        self._ruler.show_ruler(sheet.ruler)
        self._clocks.show_rows(sheet.clocks())
        self._stops.show_rows(sheet.interruptions())
        self._steps.show_rows(sheet.steps())
        self._flow.show_rows(flow_rows(sheet.read))
        name = flow_name(sheet.read)
        self._flow_panel.show_title(said("审批流程"), name)
        show_if(self._flow_panel, wanted=bool(name))
        self._show_facts(sheet)
        self._show_findings(sheet)

    def focus_first(self) -> None:
        """Go to the way back."""
        self._back.setFocus()

    def said_of_findings(self) -> list[str]:
        """What is said of what was found, one sentence each."""
        cards = self._found_panel.findChildren(FindingCard)
        return [card.why for card in cards if not card.isHidden()]

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addWidget(self._title, 1)
        top.addWidget(self._lamp)
        top.addWidget(self._file)
        columns = QHBoxLayout()
        columns.setSpacing(Space.CARD)
        columns.addWidget(self._story(), 2)
        columns.addWidget(self._side(), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.CARD - 4)
        whole.addLayout(top)
        whole.addLayout(columns, 1)

    def _story(self) -> QWidget:
        clocks = Panel(headed(said("时限")))
        clocks.body.addWidget(self._banner)
        clocks.body.addWidget(self._ruler)
        clocks.body.addWidget(self._clocks)
        clocks.body.addWidget(self._stops)
        steps = Panel(said("办理过程"))
        steps.body.addWidget(self._steps)
        self._flow_panel.body.addWidget(self._flow)
        column = ScrollColumn()
        column.body.addWidget(clocks)
        column.body.addWidget(self._flow_panel)
        column.body.addWidget(steps, 1)
        return column

    def _side(self) -> QWidget:
        self._facts.setHorizontalSpacing(Space.CARD)
        self._facts.setVerticalSpacing(Space.INSIDE)
        self._facts.setColumnStretch(1, 1)
        self._found.setSpacing(Space.CARD - 4)
        facts = Panel(said("基本情况"))
        facts.body.addLayout(self._facts)
        self._found_panel.body.addLayout(self._found)
        self._found_panel.body.addWidget(self._bar)
        column = ScrollColumn()
        column.body.addWidget(self._found_panel)
        column.body.addWidget(facts)
        column.body.addWidget(self._sample)
        column.body.addStretch(1)
        return column

    def _show_facts(self, sheet: Sheet) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(sheet.facts()):
            self._facts.addWidget(Label(name, size=Size.SMALL, tone=Tone.SOFT), row, 0)
            self._facts.addWidget(Label(value, wraps=True), row, 1)

    def _show_findings(self, sheet: Sheet) -> None:
        emptied(self._found)
        findings = sheet.findings()
        remark = said("按今天的规则判断了 {0} 条", n=sheet.asked).format(sheet.asked)
        self._found_panel.show_title(said("发现的问题"), remark)
        if not findings:
            self._found.addWidget(Label(said("没有发现问题。"), tone=Tone.SOFT, wraps=True))
        for finding in findings:
            self._found.addWidget(FindingCard(finding, self._raising))
        self._bar.show_for(has_findings=bool(findings))


class _SmallTable(Table):
    """A table as high as its rows, or filling what room there is."""

    def __init__(self, name: str, model: Lines, *, fixed: bool = True) -> None:
        super().__init__(name)
        self._lines, self._fixed = model, fixed
        self.setModel(model)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if fixed:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show rows; without any, nothing."""
        self._lines.replace(rows)
        self.resizeColumnsToContents()
        height = _HEAD + len(rows) * _ROW
        self.setMinimumHeight(height)
        if self._fixed:
            self.setMaximumHeight(height)
        show_if(self, wanted=bool(rows) or not self._fixed)
