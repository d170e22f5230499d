"""Days that a hall keeps otherwise than the country: closed, open, or half a day, by an order."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout

from desktop.domain.calendar import LocalDay, LocalKind
from desktop.system.theme import Space, Tone
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.words import local_kind_name
from desktop.views.kit.buttons import Button
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.fields import Field, LineField
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Panel, emptied
from desktop.views.setup.removable import RemovableRow
from desktop.views.setup.sessions import SessionEdit, SpanEdit


class LocalDaysPanel(Panel):
    """The days, and a form for more of them."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__()
        self.show_title(self.tr("本大厅另有安排的日子"), self.tr("地方假日、台风停办、半天等"))
        self._desk = desk
        self._lifted: date | None = None
        self._rows = QVBoxLayout()
        self._span = SpanEdit(desk.today)
        self._kind = QComboBox()
        for kind in LocalKind:
            self._kind.addItem(local_kind_name(kind), kind)
        self._kind.currentIndexChanged.connect(self._weigh)
        self._sessions = SessionEdit()
        self._half = Field(self.tr("当天的场次"), self._sessions)
        self._order = LineField(self.tr("批准文号"))
        self._add = Button(self.tr("保存安排"))
        self._add.clicked.connect(self._save)
        self._lay_out()
        self._weigh()

    def show_facts(self) -> None:
        """List the days."""
        emptied(self._rows)
        kept = self._desk.facts.days if self._desk.facts else None
        for local in kept.local if kept else ():
            self._rows.addWidget(self._row(local))
        if kept is None or not kept.local:
            told = self.tr("没有，与全国的安排一致。")
            self._rows.addWidget(Label(told, tone=Tone.SOFT))
        self.setEnabled(self._desk.may_change)

    def _row(self, local: LocalDay) -> RemovableRow:
        hours = "　".join(f"{each.start:%H:%M}—{each.end:%H:%M}" for each in local.sessions)
        told = f"{local.day}　{local_kind_name(local.kind)}　{hours}".strip()
        row = RemovableRow(local.day, told, local.order_no, self.tr("撤销…"))
        row.removed.connect(self._ask_why)
        return row

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(Space.CARD)
        grid.addWidget(Field(self.tr("起止日期"), self._span), 0, 0)
        grid.addWidget(Field(self.tr("怎样安排"), self._kind), 0, 1)
        grid.addWidget(self._half, 1, 0, 1, 2)
        grid.addWidget(self._order, 2, 0, 1, 2)
        self.body.addLayout(self._rows)
        self.body.addLayout(grid)
        self.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignRight)

    def _weigh(self) -> None:
        show_if(self._half, wanted=self._kind.currentData() is LocalKind.HALF)

    def _save(self) -> None:
        order = self._order.text()
        self._order.show_trouble("" if order else self.tr("请填写批准文号。"))
        if order:
            kind = self._kind.currentData()
            self._desk.order_days(self._span.span(), kind, order, self._sessions.sessions())
            self._order.clear()

    def _ask_why(self, day: date) -> None:
        self._lifted = day
        question = ReasonQuestion(
            self.window(),
            self.tr("撤销 {0} 的安排").format(day),
            self.tr("撤销后这一天与全国一致，未结的办件重算。"),
            self.tr("撤销安排"),
            label=self.tr("理由"),
        )
        question.given.connect(self._lift)
        question.open()

    def _lift(self, reason: str) -> None:
        if self._lifted is not None:
            self._desk.lift_order(self._lifted, reason)
