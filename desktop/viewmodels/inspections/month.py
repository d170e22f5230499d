"""A month of inspections: what each day holds, and the plans that come again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from desktop.domain.identifiers import PlanId, WindowId
from desktop.domain.inspection_plans import InspectionPlan, PlanState
from desktop.domain.inspections import Inspection, InspectionState
from desktop.domain.organisation import Window
from desktop.domain.roles import Actor
from desktop.system.language import marked, said
from desktop.usecases.inspections.recurring import end_plan
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.inspections.rows import InspectionRow, InspectionsModel, rows_of
from desktop.viewmodels.inspections.touring import Touring
from desktop.viewmodels.inspections.words import rhythm_name
from desktop.viewmodels.keyed_rows import NOWHERE, Index
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import StateLook
from desktop.viewmodels.times import day_of, day_said

WEEKS, WEEK = 6, 7
_WEEKDAYS = (
    marked("周一"), marked("周二"), marked("周三"), marked("周四"), marked("周五"),
    marked("周六"), marked("周日"),
)  # fmt: skip
Days = Mapping[date, tuple[InspectionRow, ...]]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in words.

    Attributes:
        is_mine: whether who is at the desk may end it.
    """

    plan: InspectionPlan
    words: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What a day of the calendar shows.

    Attributes:
        looks: how many of each state, in the order of the list.
    """

    day: date
    is_inside: bool
    is_today: bool
    is_off: bool
    looks: Mapping[StateLook, int]

    @property
    def words(self) -> str:
        """The day as it is read out."""
        told = [f"{look.word} {count}" for look, count in self.looks.items()]
        return "，".join((day_said(self.day), *told))


@dataclass(frozen=True, slots=True)
class Shown:
    """The inspections of the days that are shown, and the plans that run."""

    days: Days
    plans: tuple[PlanRow, ...] = ()


class MonthModel(QAbstractTableModel):
    """Six weeks by seven days; each cell is a `Cell`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: tuple[Cell, ...] = ()

    def show(self, cells: tuple[Cell, ...]) -> None:
        """Show other days."""
        self.beginResetModel()
        self.cells = cells
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Six weeks."""
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Seven days."""
        return 0 if parent.isValid() else WEEK

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name the days of the week."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return said(_WEEKDAYS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a day shows."""
        if not index.isValid() or not self.cells:
            return None
        cell = self.cells[index.row() * WEEK + index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(cell.day.day)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return cell.words
            case RowRole.KEY:
                return cell
        return None


class MonthDesk(QObject):
    """The calendar of inspections; lives as long as the program is open.

    Attributes:
        month: its first day.
        day: the day whose inspections are listed.
        rows: these, as a list.
        is_shown: whether somebody looks.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, office: Touring, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self._follow)
        self._shown = Shown({})
        self.model, self.rows = MonthModel(self), InspectionsModel(self)
        self.day = self._today
        self.month = self.day.replace(day=1)
        self.is_shown = False

    def stop(self) -> None:
        """Listen no more."""
        self._changes.close()
        self._answers.close()

    @property
    def plans(self) -> tuple[PlanRow, ...]:
        """The plans that run."""
        return self._shown.plans

    @property
    def title(self) -> str:
        """The month in a line."""
        return said("{0}年{1}月").format(self.month.year, self.month.month)

    def turn(self, by: int) -> None:
        """Go some months on or back."""
        years, month = divmod(self.month.month - 1 + by, 12)
        self.month = date(self.month.year + years, month + 1, 1)
        self.day = self.month
        self.refresh()

    def go_to_today(self) -> None:
        """Show the month of today, and today's inspections."""
        self.day = self._today
        self.month = self.day.replace(day=1)
        self.refresh()

    def choose(self, day: date) -> None:
        """List the inspections of a day."""
        self.day = day
        self.rows.replace(self._shown.days.get(day, ()))
        self.changed.emit()

    def refresh(self) -> None:
        """Fetch the month as it now is."""
        first = self.month - timedelta(days=self.month.weekday())
        ask = partial(_read, first=first, actor=self._office.door.actor, today=self._today)
        self._answers.ask(self._office.desk.look(ask), self._show, self._refuse, "month")

    def end(self, plan_id: PlanId, reason: str) -> None:
        """End a plan."""
        actor = self._office.door.actor
        if actor is not None:
            act = partial(end_plan, plan_id=plan_id, reason=reason, today=self._today)
            self._answers.ask(self._office.desk.act(actor, act), self._ended, self._refuse)

    @property
    def _today(self) -> date:
        return day_of(self._office.clock.now())

    def _follow(self) -> None:
        if self.is_shown:
            self.refresh()

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self.model.show(tuple(self._cells()))
        self.choose(self.day)

    def _cells(self) -> Iterator[Cell]:
        calendar = self._office.calendar
        for day, rows in self._shown.days.items():
            looks = [row.look for row in rows]
            yield Cell(
                day,
                is_inside=day.month == self.month.month,
                is_today=day == self._today,
                is_off=not calendar.counts(day),
                looks={look: looks.count(look) for look in dict.fromkeys(looks)},
            )

    def _ended(self, _plan: InspectionPlan) -> None:
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _read(reading: Reading, first: date, actor: Actor | None, today: date) -> Shown:
    days = [first + timedelta(days=number) for number in range(WEEKS * WEEK)]
    found = [each for day in days for each in reading.find(Inspection, due_on=day)]
    going = [each for each in found if each.state is not InspectionState.CANCELLED]
    rows = sorted(rows_of(reading, going, actor, today), key=lambda row: row.window.number)
    held = {day: tuple(row for row in rows if row.inspection.due_on == day) for day in days}
    windows = {window.id: window.name for window in reading.find(Window)}
    me = actor.user_id if actor else None
    plans = reading.find(InspectionPlan, state=PlanState.RUNNING)
    told = (PlanRow(plan, _words(plan, windows), plan.planned_by == me) for plan in plans)
    return Shown(held, tuple(told))


def _words(plan: InspectionPlan, windows: Mapping[WindowId, str]) -> str:
    names = [windows.get(window_id, window_id[:8]) for window_id in plan.windows]
    more = said("等 {0} 个窗口").format(len(names)) if len(names) > 1 else ""
    told = (plan.title, rhythm_name(plan.rhythm), f"{names[0]}{more}")
    return " · ".join(filter(None, told))
