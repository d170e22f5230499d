"""Ranking and trend beside the report: each bar opens what it is made of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.domain.identifiers import UnitId
from desktop.domain.report.figures import Figures
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.reports.ranking import (
    Bar,
    behind,
    finding_bars,
    month_bars,
    score_bars,
)
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, ScrollColumn, emptied
from desktop.views.reports.bars import MonthColumn, UnitBar


class RankingView(ScrollColumn):
    """Shows the figures of the report that was made last."""

    opens_card = Signal(str)  # its id
    wants_month = Signal(object)  # a Month

    def __init__(self) -> None:
        super().__init__()
        self._figures: Figures | None = None
        self._bars: list[UnitBar] = []
        self._said: list[Label | Button] = []
        self._scores = Panel(self.tr("各单位得分"), self.tr("空心条样本少，不参与排名"))
        self._findings = Panel(self.tr("各单位属实问题"))
        self._behind = Panel(self.tr("构成"))
        self._trend = Panel(self.tr("近十二个月"), self.tr("实心为收件，空心为办结"))
        self._lines, self._months = QVBoxLayout(), QHBoxLayout()
        self._rows = {panel: QVBoxLayout() for panel in (self._scores, self._findings)}
        for panel, rows in self._rows.items():
            rows.setSpacing(Space.HAIR)
            panel.body.addLayout(rows)
        self._lines.setSpacing(Space.HAIR)
        self._behind.body.addLayout(self._lines)
        self._trend.body.addLayout(self._months)
        self._empty = Label(self.tr("先生成一份报告，再看排名与趋势。"), tone=Tone.SOFT)
        for panel in (self._scores, self._findings, self._behind, self._trend):
            panel.hide()
            self.body.addWidget(panel)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)

    def show_figures(self, figures: Figures | None) -> None:
        """Show a report's figures; the same ones stay as they are."""
        if figures is self._figures:
            return
        self._figures, self._bars = figures, []
        self._fill(self._scores, score_bars(figures) if figures else ())
        self._fill(self._findings, finding_bars(figures) if figures else ())
        emptied(self._months)
        months = month_bars(figures) if figures else ()
        for bar in months:
            column = MonthColumn(bar)
            column.clicked.connect(self._choose_month)
            self._months.addWidget(column)
        self._trend.setVisible(bool(months))
        self._behind.hide()
        self._empty.setVisible(figures is None)

    def lines(self) -> list[str]:
        """What is said behind the bar that is pressed."""
        return [line.text() for line in self._said]

    def open_unit(self, unit_id: UnitId) -> None:
        """Show what a unit's bar is made of."""
        if self._figures is None:
            return
        names = {unit.id: unit.name for unit in self._figures.facts.units}
        for bar in self._bars:
            bar.setChecked(bar.bar.unit_id == unit_id)
        emptied(self._lines)
        found = behind(self._figures, unit_id)
        self._said = [self._line(each.text, each.card_id or "") for each in found]
        if not found:
            self._said = [Label(self.tr("本期没有扣分、发牌和属实问题。"), tone=Tone.SOFT)]
        for line in self._said:
            self._lines.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self._behind.show_title(self.tr("{0}：构成").format(names[unit_id]))
        self._behind.show()
        self.ensureWidgetVisible(self._behind)

    def _fill(self, panel: Panel, bars: Sequence[Bar]) -> None:
        rows = self._rows[panel]
        emptied(rows)
        for bar in bars:
            row = UnitBar(bar)
            row.clicked.connect(self._choose_unit)
            rows.addWidget(row)
            self._bars.append(row)
        panel.setVisible(bool(bars))

    def _line(self, text: str, card_id: str) -> Label | Button:
        if not card_id:
            return Label(text, size=Size.SMALL, tone=Tone.SOFT)
        button = Button(text, Rank.QUIET)
        button.setProperty("card", card_id)
        button.clicked.connect(self._open_card)
        return button

    def _choose_unit(self) -> None:
        sender = self.sender()
        if isinstance(sender, UnitBar):
            self.open_unit(sender.bar.unit_id)

    def _choose_month(self) -> None:
        sender = self.sender()
        if isinstance(sender, MonthColumn):
            self.wants_month.emit(sender.bar.month)

    def _open_card(self) -> None:
        self.opens_card.emit(str(self.sender().property("card")))
