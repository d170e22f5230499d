"""大厅设置: the chapters of setting up a hall at the left, the open one at the right."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter, Progress
from desktop.viewmodels.setup.words import chapter_title, progress_name
from desktop.viewmodels.wording import sentence
from desktop.views.cameras.dialog import CameraDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel, ScrollColumn
from desktop.views.kit.rows import RowList
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.setup.bases import BasesChapter
from desktop.views.setup.calendar import CalendarChapter
from desktop.views.setup.chapter import ChapterView
from desktop.views.setup.hall import HallChapter
from desktop.views.setup.limits import LimitsChapter
from desktop.views.setup.people import PeopleChapter
from desktop.views.setup.recovery import RecoveryChapter
from desktop.views.setup.seeing import SeeingChapter
from desktop.views.setup.windows import WindowsChapter

SETUP_PAGE = "setup"
SIDE = 240  # px, the chapters
_MAKERS: Mapping[Chapter, Callable[[SetupDesk], ChapterView]] = {
    Chapter.RECOVERY: RecoveryChapter,
    Chapter.HALL: HallChapter,
    Chapter.PEOPLE: PeopleChapter,
    Chapter.CALENDAR: CalendarChapter,
    Chapter.WINDOWS: WindowsChapter,
    Chapter.CAMERAS: partial(SeeingChapter, chapter=Chapter.CAMERAS),
    Chapter.ZONES: partial(SeeingChapter, chapter=Chapter.ZONES),
    Chapter.LIMITS: LimitsChapter,
    Chapter.BASES: BasesChapter,
}


class SetupPage(Page):
    """Every chapter can wait, and be taken up again here."""

    def __init__(self, desk: SetupDesk, cameras: CameraEditor | None = None) -> None:
        """Build it.

        Args:
            cameras: with which the dialog of a new camera works.
        """
        super().__init__()
        self._desk, self._cameras = desk, cameras
        self._models = QStandardItemModel(self)
        self._list = RowList(self.tr("设置步骤"))
        self._list.setModel(self._models)
        self._list.chosen.connect(self._open)
        self._stack = QStackedWidget()
        self._views: dict[Chapter, ChapterView] = {}
        self._lay_out()
        desk.changed.connect(self._show)
        desk.saved.connect(self._say_saved)
        desk.refused.connect(self._refuse)
        self._show()
        self._list.choose(self._first_open())

    def arrive(self) -> None:
        """Look again."""
        self._desk.refresh()
        self._say_context()

    def open_subject(self, subject: object) -> None:
        """Open a chapter."""
        self._list.choose(subject)

    def _view(self, chapter: Chapter) -> ChapterView:
        """The chapter's view; built when it is first opened, for nobody opens all at once."""
        if chapter not in self._views:
            view = _MAKERS[chapter](self._desk)
            view.left.connect(self._go_on)
            view.put_off.connect(self._put_off)
            if isinstance(view, SeeingChapter):
                view.goes.connect(self._go_to_cameras)
                view.adds.connect(self._add_camera)
            column = ScrollColumn(margin=Space.CARD)
            column.body.addWidget(view)
            column.body.addStretch(1)
            self._stack.addWidget(column)
            self._views[chapter] = view
            self._show_chapter(chapter)
        return self._views[chapter]

    def _lay_out(self) -> None:
        side = Panel(margin=12)
        side.setFixedWidth(SIDE)
        side.body.addWidget(self._list, 1)
        left = QVBoxLayout()
        left.addWidget(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.CARD)
        row.setSpacing(Space.CARD)
        row.addLayout(left)
        row.addWidget(self._stack, 1)

    def _first_open(self) -> Chapter:
        chapters = self._desk.chapters()
        is_open = (c for c in chapters if self._desk.progress(c) is Progress.OPEN)
        return next(is_open, chapters[0])

    def _show(self) -> None:
        chapters = self._desk.chapters()
        known = [self._models.item(n).data(RowRole.KEY) for n in range(self._models.rowCount())]
        if known != list(chapters):
            self._fill(chapters)
        for number, chapter in enumerate(chapters):
            progress = self._desk.progress(chapter)
            self._models.item(number).setData(progress_name(progress), RowRole.DETAIL)
            self._show_chapter(chapter)
        self._say_context()

    def _show_chapter(self, chapter: Chapter) -> None:
        if chapter in self._views:
            self._views[chapter].show_facts()
            is_open = self._desk.progress(chapter) is not Progress.DONE
            self._views[chapter].show_open(is_open=is_open)

    def _fill(self, chapters: tuple[Chapter, ...]) -> None:
        shown = self._list.currentIndex().data(RowRole.KEY)
        self._models.clear()
        for chapter in chapters:
            item = QStandardItem(chapter_title(chapter))
            item.setData(chapter, RowRole.KEY)
            self._models.appendRow(item)
        self._list.choose(shown if shown in chapters else chapters[0])

    def _say_context(self) -> None:
        left = sum(self._desk.progress(c) is not Progress.DONE for c in self._desk.chapters())
        told = self.tr("还有 {0} 步没有完成，随时可以接着做").format(left)
        self.context_changed.emit(told if left else self.tr("全部完成"))

    def _open(self, chapter: Chapter) -> None:
        view = self._view(chapter)
        view.show_trouble("")
        column = view.parentWidget()
        while column is not None and self._stack.indexOf(column) < 0:
            column = column.parentWidget()
        if column is not None:
            self._stack.setCurrentWidget(column)

    def _go_on(self, chapter: Chapter) -> None:
        self._list.choose(self._desk.next_after(chapter))

    def _put_off(self, chapter: Chapter) -> None:
        self._desk.put_off(chapter)
        self._go_on(chapter)

    def _add_camera(self) -> None:
        if self._cameras is not None:
            self._cameras.begin()
            CameraDialog(self.window(), self._cameras).open()

    def _go_to_cameras(self) -> None:
        self.goes_to.emit("cameras", None)

    def _say_saved(self, told: str) -> None:
        self.noticed.emit(Notice(told, Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        chapter = self._list.currentIndex().data(RowRole.KEY)
        if chapter in self._views:
            self._views[chapter].show_trouble(sentence(error))


def setup_title() -> str:
    """The page's name."""
    return said("大厅设置")


def setup_entry(desk: SetupDesk, cameras: CameraEditor | None = None) -> PageEntry:
    """The page's place at the foot of the navigation."""
    build = partial(SetupPage, desk, cameras)
    return PageEntry(SETUP_PAGE, Icon.LIST, setup_title, build, at_foot=True)
