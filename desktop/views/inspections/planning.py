"""The question that plans inspections: which windows, by whom, until when, by which checklist."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.domain.identifiers import UserId, WindowId
from desktop.domain.inspection_plans import Rhythm
from desktop.domain.organisation import UserCard, Window
from desktop.system.language import said
from desktop.system.theme import ROW_HEIGHT, Size, Tone
from desktop.usecases.inspections.planning import Round
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.words import checklist_said, rhythm_name
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label

_ROWS_SHOWN = 6


class PlanQuestion(Question):
    """Asks for the round and plans it."""

    def __init__(self, parent: QWidget, desk: InspectionDesk) -> None:
        super().__init__(parent, said("安排巡查"), "", said("安排"))
        self._desk = desk
        choices = desk.choices
        self.title_line = QLineEdit()
        self.windows = _window_list(choices.windows)
        self.first, self.second = _people(choices.people), _people(choices.people)
        self.due = QDateEdit(QDate(desk.today.year, desk.today.month, desk.today.day))
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.rhythm = QComboBox()
        self.rhythm.addItem(said("不重复"), None)
        for rhythm in Rhythm:
            self.rhythm.addItem(rhythm_name(rhythm), rhythm)
        self.checklist = QComboBox()
        for checklist in choices.checklists:
            self.checklist.addItem(checklist_said(checklist), checklist)
        self._preset(choices.people)
        self.body.addWidget(Field(said("任务名称"), self.title_line))
        self.body.addWidget(Field(said("窗口"), self.windows, said("可以选多个窗口。")))
        pair = QHBoxLayout()
        pair.addWidget(Field(said("巡查人员一"), self.first))
        pair.addWidget(Field(said("巡查人员二"), self.second))
        self.body.addLayout(pair)
        days = QHBoxLayout()
        hint = said("重复的任务提前五周生成，逢非工作日顺延。")
        days.addWidget(Field(said("完成期限"), self.due))
        days.addWidget(Field(said("重复"), self.rhythm))
        self.body.addLayout(days)
        self.body.addWidget(Label(hint, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        self.body.addWidget(Field(said("检查表"), self.checklist))
        self.windows.itemChanged.connect(self._weigh)
        self.first.currentIndexChanged.connect(self._weigh)
        self.second.currentIndexChanged.connect(self._weigh)
        self.agreed.connect(self._plan)
        self._weigh()

    def chosen(self) -> Sequence[WindowId]:
        """The windows that are ticked."""
        items = (self.windows.item(row) for row in range(self.windows.count()))
        return [
            WindowId(str(item.data(Qt.ItemDataRole.UserRole)))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _preset(self, people: Sequence[UserCard]) -> None:
        """Begin with the person at the desk, and somebody else."""
        ids = [card.id for card in people]
        me = self._desk.actor.user_id if self._desk.actor else None
        if me in ids:
            self.first.setCurrentIndex(ids.index(UserId(me)))
        others = [row for row in range(len(ids)) if row != self.first.currentIndex()]
        if others:
            self.second.setCurrentIndex(others[0])

    def _inspectors(self) -> tuple[UserId, ...]:
        given = (self.first.currentData(), self.second.currentData())
        return tuple(UserId(str(person)) for person in given if person)

    def _weigh(self) -> None:
        two = len(set(self._inspectors())) == 2
        self.go.setEnabled(bool(self.chosen()) and two and self.checklist.count() > 0)

    def _plan(self) -> None:
        day = self.due.date()
        wanted = Round(
            self.title_line.text().strip(),
            self.chosen(),
            self._inspectors(),
            day.toPython(),  # type: ignore[arg-type]
            self.checklist.currentData(),
        )
        self._desk.plan(wanted, self.rhythm.currentData())


def _window_list(windows: Sequence[Window]) -> QListWidget:
    shown = QListWidget()
    for window in windows:
        item = QListWidgetItem(window.name)
        item.setData(Qt.ItemDataRole.UserRole, window.id)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, ROW_HEIGHT))
        shown.addItem(item)
    shown.setFixedHeight(ROW_HEIGHT * min(max(len(windows), 1), _ROWS_SHOWN))
    return shown


def _people(people: Sequence[UserCard]) -> QComboBox:
    box = QComboBox()
    for card in people:
        box.addItem(card.name, card.id)
    return box
