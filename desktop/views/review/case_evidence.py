"""The middle column for an approval case: why it was found, and the case as it was sealed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.findings import Finding
from desktop.domain.rules.catalogue import Catalogue
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.sheet import step_titles
from desktop.viewmodels.lines import Lines
from desktop.viewmodels.review.case_said import (
    by_what,
    case_checks,
    case_sealed,
    case_steps,
    measures_said,
    provisional_said,
    why_said,
)
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.views.kit.buttons import Button
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, hairline, show_if
from desktop.views.kit.panels import Banner, ScrollColumn
from desktop.views.kit.tables import Table
from desktop.views.review.evidence import ChecksView

_ROW, _HEAD = 36, 38  # px, of the table of steps
_WIDTHS = (132, 84, 132, 84)


class CaseColumn(ScrollColumn):
    """Everything there is to see of a finding about a case; `wanted` asks for the case itself."""

    wanted = Signal(object)

    def __init__(self, desk: ReviewDesk, catalogue: Catalogue) -> None:
        super().__init__(margin=Space.CARD, spacing=Space.CARD - 4)
        self._desk, self._catalogue = desk, catalogue
        self._why = Label(bold=True, wraps=True)
        self._provisional = Banner()
        self._measures = Banner()
        self._rule = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._open = Button(self.tr("打开办件"), icon=Icon.APPROVALS)
        self._open.clicked.connect(self._ask)
        self._records = Label(bold=True)
        self._checks = ChecksView()
        self._lines = Lines(step_titles, self)
        self._steps = Table(self.tr("办理过程"))
        self._steps.setModel(self._lines)
        self._steps.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sealed = Label(size=Size.SMALL, wraps=True)
        for column, width in enumerate(_WIDTHS):
            self._steps.setColumnWidth(column, width)
        self._fill()
        desk.exhibits.checked.connect(self.refresh)

    def refresh(self) -> None:
        """Show the open finding anew; one that is about no case is the other column's."""
        pack, exhibits = self._desk.pack, self._desk.exhibits
        if pack is None or pack.finding.case is None:
            return
        self._why.setText(why_said(pack, self._catalogue))
        self._provisional.say(provisional_said(pack), Tone.NEAR)
        self._measures.say(measures_said(pack, self._catalogue), Tone.ACCENT)
        self._rule.setText(by_what(pack, self._catalogue))
        show_if(self._open, wanted=not pack.finding.is_record)
        self._records.setText(self._records_title(pack.finding))
        self._checks.show_checks(tuple(case_checks(pack, exhibits.records)))
        rows = case_steps(exhibits.records)
        self._lines.replace(rows)
        self._steps.setFixedHeight(_HEAD + len(rows) * _ROW)
        show_if(self._steps, wanted=bool(rows))
        sealed = case_sealed(pack, exhibits.integrity)
        self._sealed.setText(sealed.text)
        self._sealed.set_tone(sealed.tone)

    def said(self) -> str:
        """Why it was found."""
        return self._why.text()

    def _fill(self) -> None:
        top = QHBoxLayout()
        top.addWidget(Label(self.tr("发现的问题"), size=Size.SECTION, bold=True), 1)
        top.addWidget(self._open)
        self.body.addLayout(top)
        for widget in (self._why, self._provisional, self._measures, self._rule, hairline()):
            self.body.addWidget(widget)
        self.body.addWidget(self._records)
        self.body.addWidget(self._checks)
        self.body.addWidget(self._steps)
        self.body.addWidget(self._sealed)
        words = self.tr("机器只提出疑似问题，不作认定；认定由两人作出。请对照原始材料核实。")
        self.body.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        self.body.addStretch(1)

    def _records_title(self, finding: Finding) -> str:
        return self.tr("台账记录") if finding.is_record else self.tr("办件记录")

    def _ask(self) -> None:
        if (pack := self._desk.pack) and pack.finding.case_id:
            self.wanted.emit(pack.finding.case_id)
