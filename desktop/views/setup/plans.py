"""Sessions that hold on some days only: a season, or one weekday, each by its order."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout

from desktop.domain.organisation import SessionPlan
from desktop.system.theme import Space, Tone
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.views.kit.buttons import Button
from desktop.views.kit.fields import Field, LineField
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, emptied
from desktop.views.setup.removable import RemovableRow
from desktop.views.setup.sessions import SessionEdit, SpanEdit


class PlansPanel(Panel):
    """Of two that hold on a day the later one counts."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__()
        self.show_title(self.tr("部分日子的场次"), self.tr("例如夏令时段、周五下午学习"))
        self._desk = desk
        self._plans: tuple[SessionPlan, ...] = ()
        self._rows = QVBoxLayout()
        self._day = QComboBox()
        self._day.addItem(self.tr("每个工作日"), None)
        for number in range(1, 8):
            self._day.addItem(QLocale().dayName(number), number - 1)
        self._span = SpanEdit(desk.today)
        self._sessions = SessionEdit()
        self._order = LineField(self.tr("批准文号"))
        self._add = Button(self.tr("增加场次安排"))
        self._add.clicked.connect(self._save)
        self._lay_out()

    def show_plans(self, plans: tuple[SessionPlan, ...]) -> None:
        """List them."""
        self._plans = plans
        emptied(self._rows)
        for number, plan in enumerate(plans):
            self._rows.addWidget(self._row(number, plan))
        if not plans:
            self._rows.addWidget(Label(self.tr("没有，全年按上面的场次。"), tone=Tone.SOFT))
        self.setEnabled(self._desk.may_change)

    def _row(self, number: int, plan: SessionPlan) -> RemovableRow:
        days = "、".join(QLocale().dayName(day + 1) for day in sorted(plan.weekdays))
        hours = "　".join(f"{each.start:%H:%M}—{each.end:%H:%M}" for each in plan.sessions)
        told = self.tr("{0} 至 {1}，{2}：{3}").format(
            plan.valid_from or "…", plan.valid_to or "…", days or self.tr("每个工作日"), hours
        )
        row = RemovableRow(number, told, plan.order_no, self.tr("删除"))
        row.removed.connect(self._drop)
        return row

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(Space.CARD)
        grid.addWidget(Field(self.tr("起止日期"), self._span), 0, 0)
        grid.addWidget(Field(self.tr("星期"), self._day), 0, 1)
        grid.addWidget(Field(self.tr("这些日子的场次"), self._sessions), 1, 0, 1, 2)
        grid.addWidget(self._order, 2, 0, 1, 2)
        self.body.addLayout(self._rows)
        self.body.addLayout(grid)
        self.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignRight)

    def _save(self) -> None:
        order = self._order.text()
        self._order.show_trouble("" if order else self.tr("请填写批准文号。"))
        if not order:
            return
        first, last = self._span.span()
        day = self._day.currentData()
        weekdays = frozenset() if day is None else frozenset({day})
        plan = SessionPlan(self._sessions.sessions(), weekdays, first, last, order)
        self._desk.save_plans((*self._plans, plan))
        self._order.clear()

    def _drop(self, number: int) -> None:
        self._desk.save_plans(tuple(p for n, p in enumerate(self._plans) if n != number))
