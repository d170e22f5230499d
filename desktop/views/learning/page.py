"""座席学习: mark pictures of a seat, learn, see how well that works, and switch it."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.domain.learning import LessonUse, Seen
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.learning.desk import THUMB, LearningDesk
from desktop.viewmodels.learning.words import (
    USES,
    course_said,
    score_said,
    trust_said,
    use_said,
)
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import RowList
from desktop.views.learning.heat import SeatView
from desktop.views.page import Notice, Page, PageEntry

SIDE = 208  # px, the list of windows


class LearningPage(Page):
    """Windows at the left, the seat and its pictures beside them, what was learned at the right."""

    def __init__(self, desk: LearningDesk) -> None:
        super().__init__()
        self._desk = desk
        self._seats = RowList(said("窗口"))
        self._view = SeatView()
        self._clerk = Button(said("标记：有人"))
        self._empty = Button(said("标记：空座"))
        self._marks = QListView()
        self._shelf = Staged(self._marks)
        self._drop = Button(said("删除所选参考图"), Rank.QUIET)
        self._learned = _Learned(desk)
        self._content = QWidget()
        self._staged = Staged(self._content)
        self._lay_out()
        self._connect()
        self._list()

    def arrive(self) -> None:
        """Fetch what there is, and follow the picture."""
        self._desk.refresh()
        self._desk.look()

    def leave(self) -> None:
        """Look away."""
        self._desk.rest()

    def _connect(self) -> None:
        desk = self._desk
        self._seats.chosen.connect(desk.choose)
        self._clerk.clicked.connect(self._mark_clerk)
        self._empty.clicked.connect(self._mark_empty)
        self._drop.clicked.connect(self._withdraw)
        self._marks.selectionModel().selectionChanged.connect(self._weigh)
        desk.changed.connect(self._show)
        desk.pictured.connect(self._show_picture)
        desk.told.connect(self._say)
        desk.refused.connect(self._say_refused)
        desk.live.roll_changed.connect(desk.refresh)
        desk.seats.modelReset.connect(self._list)

    def _lay_out(self) -> None:
        left, middle = Panel(margin=12), Panel(margin=12)
        left.setFixedWidth(SIDE)
        left.show_title(said("窗口"))
        self._seats.setModel(self._desk.seats)
        left.body.addWidget(self._seats, 1)
        middle.show_title(said("参考图"))
        self._hang_pictures()
        words = said("看清此刻座席上有没有工作人员，再标记。只保存座席这一小块，加密存放在本机。")
        middle.body.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        middle.body.addWidget(self._view, 2)
        middle.body.addLayout(_row(self._clerk, self._empty))
        middle.body.addWidget(self._shelf, 1)
        middle.body.addLayout(_row(self._drop))
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD)
        row.addWidget(left)
        row.addWidget(middle, 1)
        row.addWidget(self._learned, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.CARD)
        outer.addWidget(self._staged)

    def _hang_pictures(self) -> None:
        marks = self._marks
        marks.setAccessibleName(said("参考图"))
        marks.setViewMode(QListView.ViewMode.IconMode)
        marks.setResizeMode(QListView.ResizeMode.Adjust)
        marks.setMovement(QListView.Movement.Static)
        marks.setIconSize(QSize(THUMB, THUMB))
        marks.setSpacing(Space.HAIR)
        marks.setModel(self._desk.marks)

    def _list(self) -> None:
        if not self._desk.seats.rows:
            words = said("还没有画好座席区域的窗口。请先在“摄像机与区域”画座席。")
            self._staged.show_empty(words, icon=Icon.CAMERA)
            return
        self._staged.show_content()
        seat = self._desk.seat
        known = [row.key for row in self._desk.seats.rows]
        self._seats.choose(seat.window_id if seat and seat.window_id in known else known[0])

    def _show(self) -> None:
        self._learned.refresh()
        self._show_picture()

    def _show_picture(self) -> None:
        self._view.show_image(self._desk.view())
        self._weigh()

    def _weigh(self) -> None:
        if self._desk.marks.rowCount():
            self._shelf.show_content()
        else:
            self._shelf.show_empty(said("还没有参考图。"), icon=Icon.CAMERA)
        for button in (self._clerk, self._empty):
            button.setEnabled(self._desk.may_mark)
        self._drop.setEnabled(self._marks.selectionModel().hasSelection())

    def _mark_clerk(self) -> None:
        self._desk.mark(Seen.CLERK)

    def _mark_empty(self) -> None:
        self._desk.mark(Seen.EMPTY)

    def _withdraw(self) -> None:
        for index in self._marks.selectedIndexes():
            self._desk.withdraw(str(index.data(RowRole.KEY)))

    def _say(self, words: str) -> None:
        self.noticed.emit(Notice(words, Tone.GOOD))

    def _say_refused(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


class _Learned(Panel):
    """How well it judges what it has not seen, where it looks, and the switch."""

    def __init__(self, desk: LearningDesk) -> None:
        super().__init__(said("学到了什么"))
        self._desk = desk
        self._course = Label(wraps=True)
        self._teach = Button(said("开始学习"), Rank.PRIMARY)
        self._score = Label(wraps=True)
        self._heat = SeatView()
        self._state = Label(wraps=True)
        self._trust = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        words = {use: said(word) for use, word in USES.items()}
        self._uses = Chips(said("怎样使用"), words, columns=len(words))
        self._uses.chosen.connect(self._use)
        self._teach.clicked.connect(desk.teach)
        for part in (self._course, self._score):
            self.body.addWidget(part)
        self.body.addWidget(self._heat, 1)
        self.body.addWidget(self._state)
        self.body.addWidget(self._uses)
        self.body.addWidget(self._trust)
        self.body.addLayout(_row(self._teach))
        self.refresh()

    def refresh(self) -> None:
        """Show how things stand."""
        desk, lesson = self._desk, self._desk.lesson
        course = desk.course
        self._course.setText(course_said(course) if course else said("正在读取…"))
        self._score.setText(score_said(lesson) if lesson else "")
        show_if(self._score, wanted=lesson is not None)
        self._heat.show_image(desk.view())
        self._heat.show_heat(lesson.heat if lesson and desk.fits else ())
        words, tone = use_said(lesson, desk.seat)
        obstacle = desk.obstacle
        self._state.setText(obstacle or words)
        self._state.set_tone(Tone.NEAR if obstacle else tone)
        self._trust.setText(trust_said(lesson.score) if lesson else "")
        show_if(self._trust, wanted=bool(self._trust.text()))
        self._teach.setText(said("正在学习…") if desk.is_busy else said("开始学习"))
        free = not desk.is_busy and not obstacle
        self._teach.setEnabled(free and bool(course and course.leads))
        self._uses.setEnabled(free and desk.fits)
        self._uses.press(lesson.use if lesson else LessonUse.OFF)

    def _use(self, use: LessonUse) -> None:
        self._desk.use(use)
        if self._desk.lesson is not None:
            self._uses.press(self._desk.lesson.use)  # until it is so


def learning_entry(desk: LearningDesk) -> PageEntry:
    """Give the page."""
    return PageEntry("learning", Icon.EYE, _title, partial(LearningPage, desk))


def _title() -> str:
    return said("座席学习")


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.INSIDE)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return row
