"""The calendar of inspections: a month, the day one is on, and the plans that come again."""

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.identifiers import PlanId
from desktop.system.language import headed, said
from desktop.system.theme import Radius, Size, Space, Tone, colours, typeface
from desktop.viewmodels.inspections.month import Cell, MonthDesk, PlanRow
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.times import day_said
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.glyphs import paint_glyph
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, Label
from desktop.views.kit.panels import Panel, ScrollColumn, emptied
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import Index, RowList

_SIDE, _LINE, _GLYPH = 320, 20, 12  # px
_PLANS = 200


class DayDelegate(QStyledItemDelegate):
    """Draws a day: its number, and how many inspections are in which state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the number and a line."""
        return QSize(56, 56)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the day."""
        cell = index.data(RowRole.KEY)
        if not isinstance(cell, Cell):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect).adjusted(2, 2, -2, -2)
        worn = colours()
        painter.setBrush(QColor(worn.sunken if cell.is_off else worn.surface))
        painter.setPen(QPen(QColor(worn.line), 1))
        painter.drawRoundedRect(place, Radius.CONTROL, Radius.CONTROL)
        self._paint_number(painter, place.toRect(), cell)
        self._paint_looks(painter, place.toRect().adjusted(8, 26, -4, -2), cell)
        painter.restore()

    @staticmethod
    def _paint_number(painter: QPainter, place: QRect, cell: Cell) -> None:
        worn = colours()
        painter.setFont(typeface(Size.BODY, bold=cell.is_today))
        ink = worn.accent if cell.is_today else worn.text if cell.is_inside else worn.soft
        painter.setPen(QColor(ink))
        inner, words = place.adjusted(8, 4, -4, 0), str(cell.day.day)
        told = said("{0} 今天").format(words) if cell.is_today else words
        if painter.fontMetrics().horizontalAdvance(told) <= inner.width():
            words = told
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft, words)

    @staticmethod
    def _paint_looks(painter: QPainter, place: QRect, cell: Cell) -> None:
        worn, x, y = colours(), place.left(), place.top()
        painter.setFont(typeface(Size.SMALL))
        for look, count in cell.looks.items():
            wide = _GLYPH + 6 + painter.fontMetrics().horizontalAdvance(str(count)) + 8
            if x + wide > place.right() and x > place.left():
                x, y = place.left(), y + _LINE
            if y + _GLYPH > place.bottom():
                return
            paint_glyph(painter, look.shape, QRectF(x, y + 2, _GLYPH, _GLYPH), worn.ink(look.tone))
            painter.setPen(QColor(worn.text))
            at = QRect(x + _GLYPH + 4, y - 1, wide, _LINE)
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(count))
            x += wide


class MonthView(QTableView):
    """Six weeks; arrows walk, `chosen` gives the day one is on."""

    chosen = Signal(object)  # a date

    def __init__(self, desk: MonthDesk) -> None:
        super().__init__()
        self.setAccessibleName(said("巡查日历"))
        self.setModel(desk.model)
        self.setItemDelegate(DayDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(24)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which day one is on now."""
        super().currentChanged(current, previous)
        cell = current.data(RowRole.KEY) if current.isValid() else None
        if isinstance(cell, Cell):
            self.chosen.emit(cell.day)

    def stand_on(self, cells: tuple[Cell, ...], day: object) -> None:
        """Go to a day, if it is shown."""
        number = next((n for n, cell in enumerate(cells) if cell.day == day), -1)
        wanted = self.model().index(number // 7, number % 7) if number >= 0 else QModelIndex()
        if wanted != self.currentIndex():
            self.setCurrentIndex(wanted)


class CalendarView(QWidget):
    """The month at the left; the day and the plans at the right."""

    left = Signal()
    opened = Signal(object)  # key of an inspection

    def __init__(self, desk: MonthDesk) -> None:
        super().__init__()
        self._desk = desk
        self._title = Label(size=Size.SECTION, bold=True)
        self.month = MonthView(desk)
        self.month.chosen.connect(desk.choose)
        self._day = ElidedLabel(bold=True)
        self.list = RowList(said("当天的巡查"))
        self.list.setModel(desk.rows)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self._staged = Staged(self.list)
        self._plans = QVBoxLayout()
        self._ending: PlanId | None = None
        self._wants_focus = False  # of the month, as soon as there are days to stand on
        self._lay_out()
        desk.changed.connect(self.refresh)

    def begin(self) -> None:
        """Fetch, and stand on today."""
        self._desk.is_shown = True
        self._wants_focus = True
        self._desk.go_to_today()

    def end(self) -> None:
        """Follow no more."""
        self._desk.is_shown = False

    def refresh(self) -> None:
        """Show the month, the day and the plans as they now are."""
        desk = self._desk
        self._title.setText(desk.title)
        self.month.stand_on(desk.model.cells, desk.day)
        if self._wants_focus and desk.model.cells:
            self._wants_focus = False
            self.month.setFocus()
        self._day.setText(day_said(desk.day))
        if desk.rows.rows:
            self._staged.show_content()
        else:
            self._staged.show_empty(said("这一天没有巡查。"), icon=Icon.INSPECTION)
        self._show_plans()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD)
        panel = Panel(margin=12)
        panel.body.addLayout(self._bar())
        panel.body.addWidget(self.month, 1)
        row.addWidget(panel, 1)
        side = Panel(margin=12)
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self._day)
        side.body.addWidget(self._staged, 1)
        side.body.addWidget(Label(said("重复的计划"), bold=True))
        plans = ScrollColumn()
        plans.setMaximumHeight(_PLANS)
        self._plans.setSpacing(Space.INSIDE)
        plans.body.addLayout(self._plans)
        plans.body.addStretch(1)
        side.body.addWidget(plans)
        row.addWidget(side)

    def _bar(self) -> QHBoxLayout:
        back = IconButton(Icon.BACK, said("上个月"))
        back.clicked.connect(self._turn_back)
        on = IconButton(Icon.FORWARD, said("下个月"))
        on.clicked.connect(self._turn_on)
        today = Button(said("今天"), Rank.QUIET)
        today.clicked.connect(self._desk.go_to_today)
        leave = Button(said("回到任务"), Rank.SECONDARY)
        leave.clicked.connect(self.left)
        bar = QHBoxLayout()
        for widget in (back, self._title, on, today):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(leave)
        return bar

    def _turn_back(self) -> None:
        self._desk.turn(-1)

    def _turn_on(self) -> None:
        self._desk.turn(1)

    def _open(self, index: Index) -> None:
        self.opened.emit(index.data(RowRole.KEY))

    def _show_plans(self) -> None:
        emptied(self._plans)
        for plan in self._desk.plans:
            self._plans.addWidget(self._plan(plan))
        if not self._desk.plans:
            words = said("没有重复的计划。安排巡查时选“重复”。")
            self._plans.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))

    def _plan(self, plan: PlanRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(plan.words, wraps=True), 1)
        if plan.is_mine:
            stop = Button(said("停止…"), Rank.ROW)
            stop.setAccessibleName(said("停止计划 {0}").format(plan.words))
            stop.setProperty("plan", plan.plan.id)
            stop.clicked.connect(self._ask_end)
            row.addWidget(stop)
        return line

    def _ask_end(self) -> None:
        self._ending = PlanId(str(self.sender().property("plan")))
        words = said("以后各天的任务一并取消，今天的和已开始的不受影响。")
        title, label = said("停止计划"), headed(said("理由"))
        question = ReasonQuestion(self, title, words, title, label=label, rank=Rank.DANGER)
        question.given.connect(self._end)
        question.open()

    def _end(self, reason: str) -> None:
        if self._ending is not None:
            self._desk.end(self._ending, reason)
