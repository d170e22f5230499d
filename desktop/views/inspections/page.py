"""现场巡查: what is to be done at the left, the one inspection at the right, or the form alone."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.domain.identifiers import InspectionId
from desktop.domain.inspections import Inspection, InspectionState
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.usecases.exhibits import Subject
from desktop.usecases.inspections.finishing import Finished
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.editor import ChecklistEditor
from desktop.viewmodels.inspections.rows import Pile
from desktop.viewmodels.inspections.words import score_said
from desktop.viewmodels.wording import sentence
from desktop.views.inspections.calendar import CalendarView
from desktop.views.inspections.editor import ChecklistSheet
from desktop.views.inspections.form import InspectionForm
from desktop.views.inspections.planning import PlanQuestion
from desktop.views.inspections.sheet import InspectionSheet
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import RowList
from desktop.views.page import DOSSIERS_PAGE, EVIDENCE_PAGE, Notice, Page, PageEntry

INSPECTIONS_PAGE, REVIEW_PAGE = "inspections", "review"
_SIDE = 320
_OVERVIEW, _FORM, _CHECKLISTS, _CALENDAR = range(4)


class InspectionsPage(Page):
    """Inspections of windows on the spot."""

    def __init__(self, desk: InspectionDesk, editor: ChecklistEditor) -> None:
        super().__init__()
        self._desk, self._walk = desk, desk.walk
        self.checklists = ChecklistSheet(desk, editor)
        self._chips = Chips(said("任务状态"), {pile: pile.word for pile in Pile}, columns=2)
        self._list = RowList(said("巡查任务"))
        self._list.setModel(desk.model)
        self._staged = Staged(self._list)
        self._plan = Button(said("安排巡查…"), icon=Icon.PLUS)
        self._lists = Button(said("检查表…"), Rank.QUIET)
        self._days = Button(said("日历"), icon=Icon.TODAY)
        self.calendar = CalendarView(desk.month)
        self._sheet = InspectionSheet(desk)
        self._open = Staged(self._sheet)
        self.form = InspectionForm(desk)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_list()
        self._show_visit()

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers here."""
        return self.actions()

    def arrive(self) -> None:
        """Fetch, and go on with what lies on the table."""
        self._desk.refresh()
        self._walk.refresh()
        if self._stack.currentWidget() is self.form:
            self.form.take_focus()
        else:
            self._list.setFocus()

    def leave(self) -> None:
        """What was being written becomes part of its answer."""
        self._walk.settle()
        self.calendar.end()

    def open_subject(self, subject: object) -> None:
        """Open one inspection."""
        if isinstance(subject, str):
            self._walk.open(InspectionId(subject))

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def _lay_out(self) -> None:
        side = Panel(margin=12)
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self._chips)
        buttons = QHBoxLayout()
        buttons.addWidget(self._plan, 1)
        buttons.addWidget(self._lists)
        side.body.addLayout(buttons)
        side.body.addWidget(self._days)
        side.body.addWidget(self._staged, 1)
        middle = Panel(margin=0)
        middle.body.addWidget(self._open)
        overview = QWidget()
        columns = QHBoxLayout(overview)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(Space.CARD)
        columns.addWidget(side)
        columns.addWidget(middle, 1)
        self._stack.addWidget(overview)
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.checklists)
        self._stack.addWidget(self.calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        row.addWidget(self._stack)

    def _connect(self) -> None:
        desk, walk = self._desk, self._walk
        self._chips.chosen.connect(desk.show_pile)
        self._list.chosen.connect(self._choose)
        self._plan.clicked.connect(self._ask_plan)
        self._lists.clicked.connect(self._edit_checklists)
        self._days.clicked.connect(self._show_calendar)
        self.calendar.left.connect(self._leave_form)
        self.calendar.opened.connect(self._choose_of_day)
        self.checklists.left.connect(self._leave_form)
        self._sheet.reviews.connect(self._review)
        self._sheet.wants_evidence.connect(self._see_evidence)
        self._sheet.filed.connect(self._file_inspection)
        self.form.left.connect(self._leave_form)
        desk.listed.connect(self._show_list)
        desk.planned.connect(self._was_planned)
        desk.exported.connect(self._was_exported)
        for source in (desk, walk, desk.photos, desk.month):
            source.refused.connect(self._refuse)
        walk.opened.connect(self._was_opened)
        walk.changed.connect(self._show_visit)
        walk.finished.connect(self._was_finished)
        days = QAction(said("巡查日历"), self)
        days.triggered.connect(self._show_calendar)
        self.addAction(days)
        plan = QAction(said("安排巡查"), self)
        plan.setShortcut(QKeySequence("Ctrl+N"))
        plan.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        plan.triggered.connect(self._ask_plan)
        self.addAction(plan)

    def _show_list(self) -> None:
        desk = self._desk
        fetched = {pile: rows for pile, rows in desk.rows.items() if rows or not pile.states}
        self._chips.show_numbers({pile: len(rows) for pile, rows in fetched.items()})
        self._chips.press(desk.pile)
        self._plan.setVisible(desk.may_plan())
        self._lists.setVisible(desk.may_plan())
        if not desk.is_listed:
            self._staged.show_loading(said("正在读取…"))
        elif desk.model.rows:
            self._staged.show_content()
        else:
            self._staged.show_empty(_nothing_in(desk.pile))
        if self._walk.visit is not None:
            self._sheet.refresh()

    def _was_opened(self) -> None:
        self._show_visit()
        if self._walk.visit is not None:
            self.subject_shown.emit(Inspection.ENTITY, self._walk.visit.inspection.id)

    def _show_visit(self) -> None:
        visit = self._walk.visit
        if visit is None:
            self._open.show_empty(said("选择左侧的任务。"), icon=Icon.INSPECTION)
            self._stack.setCurrentIndex(_OVERVIEW)
            self.context_changed.emit("")
            return
        self._open.show_content()
        self._sheet.refresh()
        goes = visit.inspection.state is InspectionState.UNDER_WAY and self._desk.may("finish")
        was_in_form = self._stack.currentWidget() is self.form
        self._stack.setCurrentIndex(_FORM if goes else _OVERVIEW)
        if goes:
            self.form.refresh()
            if not was_in_form and self.isVisible():
                self.form.take_focus()
        self.context_changed.emit(visit.window.name)

    def _choose(self, key: object) -> None:
        self._walk.open(InspectionId(str(key)))

    def _leave_form(self) -> None:
        self.calendar.end()
        self._walk.close()
        self._list.clearSelection()
        self._list.setCurrentIndex(self._desk.model.index(-1, -1))
        self._show_visit()
        self._desk.refresh()
        self._list.setFocus()

    def _edit_checklists(self) -> None:
        self._walk.close()
        self._stack.setCurrentIndex(_CHECKLISTS)
        self.checklists.begin()

    def _show_calendar(self) -> None:
        self._walk.close()
        self._stack.setCurrentIndex(_CALENDAR)
        self.calendar.begin()

    def _choose_of_day(self, key: object) -> None:
        self.calendar.end()
        self._choose(key)

    def _ask_plan(self) -> None:
        if self._desk.may_plan():
            PlanQuestion(self, self._desk).open()

    def _review(self) -> None:
        self.goes_to.emit(REVIEW_PAGE, None)

    def _file_inspection(self) -> None:
        if filing := self._desk.filing():
            self.goes_to.emit(DOSSIERS_PAGE, filing)

    def _see_evidence(self) -> None:
        if visit := self._walk.visit:
            self.goes_to.emit(EVIDENCE_PAGE, Subject(Inspection.ENTITY, visit.inspection.id))

    def _was_planned(self, count: int) -> None:
        self.noticed.emit(Notice(said("已安排 {0} 个窗口的巡查。").format(count), Tone.GOOD))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出“{0}”。").format(name), Tone.GOOD))

    def _was_finished(self, finished: Finished) -> None:
        told = said("巡查完成：{0}。").format(score_said(finished.inspection.score))
        if finished.findings:
            told += said("{0} 个疑似问题已送核实。").format(len(finished.findings))
        self.noticed.emit(Notice(told, Tone.GOOD))
        self._desk.refresh()

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


def inspections_entry(desk: InspectionDesk, editor: ChecklistEditor) -> PageEntry:
    """Give the page; its state lives in the view-model, so it can be built again."""
    build = partial(InspectionsPage, desk, editor)
    return PageEntry(INSPECTIONS_PAGE, Icon.INSPECTION, _title, build, counter=desk.waiting)


def _title() -> str:
    return said("现场巡查")


def _nothing_in(pile: Pile) -> str:
    words = {
        Pile.DUE: said("今天没有要去的窗口，也没有逾期的任务。"),
        Pile.UNDER_WAY: said("没有进行中的巡查。"),
        Pile.LATER: said("以后没有安排。"),
        Pile.FINISHED: said("还没有完成的巡查。"),
        Pile.CANCELLED: said("没有取消的巡查。"),
    }
    return words[pile]
