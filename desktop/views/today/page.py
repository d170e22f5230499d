"""今日: the hall at a glance, what waits for me, and the day so far."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.clocks import Lamp
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.cards.rows import Pile
from desktop.viewmodels.live.board import Watching as State
from desktop.viewmodels.live.board import tally
from desktop.viewmodels.live.words import camera_said, camera_tone, tally_said
from desktop.viewmodels.review.rows import Queue
from desktop.viewmodels.states import STATES
from desktop.viewmodels.sync_truth import waiting
from desktop.viewmodels.times import clock_short, day_said
from desktop.viewmodels.today import Destination, Morning, Waiting
from desktop.viewmodels.watching import Watching
from desktop.viewmodels.wording import sentence
from desktop.views.boards.glance import BoardsGlance
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.glyphs import StateTag
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, show_if
from desktop.views.kit.panels import Panel, ScrollColumn, emptied
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import WorkRow
from desktop.views.kit.tiles import StatTile
from desktop.views.page import Page
from desktop.views.timeline.bands import TimelineBands
from desktop.views.timeline.paint import BandLegend
from desktop.views.today.cells import WindowGrid
from video.vocabulary.state import WindowState

SIDE = 340  # px, the column of what waits
SHOWN = 8  # things that wait are listed up to here; the tile opens the rest
_LEGEND = (
    WindowState.SERVING,
    WindowState.READY,
    WindowState.IDLE_WINDOW,
    WindowState.ABSENT,
    WindowState.UNKNOWN,
)


class TodayPage(Page):
    """The page that a supervisor opens every morning."""

    def __init__(self, watching: Watching) -> None:
        super().__init__()
        self._watching, self._live = watching, watching.live
        self._on_post = StatTile(said("在岗窗口"))
        self._mine = StatTile(said("待我处理"))
        self._cards = StatTile(said("黄红牌"))
        self._sync = StatTile(said("待同步"))
        self._ledger = StatTile(said("未销号的整改"), small=True)
        self._limits = StatTile(said("超期办件"), small=True)
        self._cameras = StatTile(said("画面正常的摄像机"), small=True)
        self._grid = WindowGrid(self._live)
        self._windows = Staged(self._grid)
        self._bands = TimelineBands()
        self._legend = BandLegend()
        self._walked = ElidedLabel(size=Size.SMALL, tone=Tone.SOFT)
        self._timeline = Panel(said("今日时间线"))
        listed = QWidget()
        self._list = QVBoxLayout(listed)
        self._work = Staged(listed)
        self._lay_out()
        self._connect()
        self._show_all()

    def arrive(self) -> None:
        """Look anew: somebody else may be at the desk."""
        self._watching.today.refresh()
        if self._watching.deadlines is not None:
            self._watching.deadlines.refresh()
        if self._watching.boards is not None:
            self._watching.boards.refresh()
        self._watching.day.show_day(self._watching.day.today())
        self._show_context()

    def leave(self) -> None:
        """Draw no timeline that nobody sees."""
        self._watching.day.rest()

    def _connect(self) -> None:
        watching, live = self._watching, self._live
        self._on_post.clicked.connect(self._open_wall)
        self._mine.clicked.connect(self._open_first)
        self._cards.clicked.connect(self._open_cards)
        self._sync.clicked.connect(self._open_sync)
        self._ledger.clicked.connect(self._open_ledger)
        self._limits.clicked.connect(self._open_limits)
        self._cameras.clicked.connect(self._open_cameras)
        self._grid.chosen.connect(self._open_window)
        self._bands.opened.connect(self._open_timeline)
        self._bands.walked.connect(self._walked.setText)
        live.changed.connect(self._show_hall)
        live.ticked.connect(self._tick)
        live.roll_changed.connect(self._show_all)
        watching.today.changed.connect(self._show_morning)
        watching.today.refused.connect(self._show_refusal)
        watching.day.changed.connect(self._show_day)
        if watching.sync is not None:
            watching.sync.changed.connect(self._show_sync)
        if watching.deadlines is not None:
            watching.deadlines.changed.connect(self._show_limits)

    def _lay_out(self) -> None:
        column = ScrollColumn(margin=Space.MARGIN)
        tiles = QHBoxLayout()
        tiles.setSpacing(Space.CARD)
        for tile in (self._on_post, self._mine, self._cards, self._sync):
            tiles.addWidget(tile)
        show_if(self._sync, wanted=self._watching.sync is not None)
        more = QHBoxLayout()
        more.setSpacing(Space.CARD)
        for tile in (self._limits, self._ledger, self._cameras):
            more.addWidget(tile)
        show_if(self._limits, wanted=self._watching.deadlines is not None)
        grid = QGridLayout()
        grid.setSpacing(Space.CARD)
        grid.addWidget(self._hall_panel(), 0, 0)
        grid.addWidget(self._day_panel(), 1, 0)
        grid.addLayout(self._side(), 0, 1, 2, 1)
        grid.setColumnStretch(0, 1)
        column.body.addLayout(tiles)
        column.body.addLayout(more)
        column.body.addLayout(grid)
        column.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(column)
        refresh = QAction(said("刷新"), self)
        refresh.setShortcut(QKeySequence("F5"))
        refresh.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        refresh.triggered.connect(self.arrive)
        self.addAction(refresh)

    def _hall_panel(self) -> Panel:
        panel = Panel(said("窗口状态"))
        for state in _LEGEND:
            tag = StateTag(size=Size.SMALL)
            tag.show_look(STATES[state], tone=Tone.SOFT)
            panel.header.add(tag)
        panel.body.addWidget(self._windows)
        return panel

    def _day_panel(self) -> Panel:
        more = Button(said("查看明细与表格"), Rank.QUIET)
        more.clicked.connect(self._open_whole_timeline)
        self._timeline.header.add(more)
        self._timeline.body.addWidget(self._bands)
        foot = QHBoxLayout()
        foot.addWidget(self._legend)
        foot.addWidget(self._walked, 1)
        self._timeline.body.addLayout(foot)
        return self._timeline

    def _work_panel(self) -> Panel:
        panel = Panel(said("待我处理"))
        panel.setFixedWidth(SIDE)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(Space.INSIDE)
        self._work.show_loading(said("正在读取…"))
        panel.body.addWidget(self._work, 1)
        return panel

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(Space.CARD)
        side.addWidget(self._work_panel(), 1)
        if self._watching.boards is not None:
            boards = BoardsGlance(self._watching.boards)
            boards.setFixedWidth(SIDE)
            boards.opened.connect(self._open_board)
            side.addWidget(boards)
        return side

    def _tick(self) -> None:
        self._show_hall()
        if self.isVisible() and not self._watching.day.is_today:
            self.arrive()  # midnight has passed

    def _show_all(self) -> None:
        self._show_context()
        self._show_hall()
        self._show_day()
        self._show_sync()
        self._show_limits()
        if self._watching.today.morning is not None:
            self._show_morning()

    def _show_context(self) -> None:
        hall, parts = self._live.roll.hall, [day_said(self._watching.day.today())]
        if hall is not None:
            spans = ", ".join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in hall.sessions)
            parts += [hall.name, said("开放 {0}").format(spans)]
        self.context_changed.emit(" · ".join(parts))

    def _show_hall(self) -> None:
        self._show_cameras()
        if not self._live.roll.posts:
            self._windows.show_empty(said("还没有窗口。请先建立大厅和摄像机。"), icon=Icon.GRID)
            self._on_post.show_figures("–")
            return
        self._windows.show_content()
        counted = tally(self._live.standings())
        words, tone = tally_said(counted)
        if self._live.board.watching is State.STARTING:
            words, tone = said("监看进程正在启动…"), Tone.SOFT
        self._on_post.show_figures(f"{counted.on_post} / {counted.expected}", words, tone)

    def _show_morning(self) -> None:
        morning = self._watching.today.morning or Morning()
        counted = (
            (morning.findings.get(Queue.FIRST, 0), said("{0} 件待核实")),
            (morning.findings.get(Queue.SECOND, 0), said("{0} 件待第二人核实")),
        )
        hint = " · ".join(text.format(count) for count, text in counted if count)
        mine = len(morning.waiting)
        self._mine.show_figures(str(mine), hint or said("没有疑似问题待核实"))
        under_way, served = morning.cards.get(Pile.UNDER_WAY, 0), morning.cards.get(Pile.SERVED, 0)
        drafts = morning.cards.get(Pile.TO_DRAFT, 0)
        told = [said("{0} 件已送达").format(served)]
        if drafts:
            told.insert(0, said("{0} 件待拟稿").format(drafts))
        self._cards.show_figures(str(under_way), " · ".join(told))
        self._cards.set_label(said("办理中的黄红牌"))
        late = said("其中 {0} 件逾期").format(morning.overdue)
        tone = Tone.BAD if morning.overdue else Tone.SOFT
        remark = late if morning.overdue else said("没有逾期")
        self._ledger.show_figures(str(morning.cards.get(Pile.LEDGER, 0)), remark, tone)
        self._list_work(morning.waiting)

    def _show_limits(self) -> None:
        deadlines = self._watching.deadlines
        if deadlines is None or not deadlines.total:
            self._limits.show_figures("–", said("还没有导入办件"))
            return
        near = said("另有 {0} 件临近到期").format(deadlines.near)
        tone = Tone.BAD if deadlines.overdue else Tone.SOFT
        self._limits.show_figures(str(deadlines.overdue), near if deadlines.near else "", tone)

    def _show_cameras(self) -> None:
        cameras = self._live.roll.cameras.values()
        moment = self._live.now()
        told = [(each, self._live.board.camera(each.id)) for each in cameras]
        ill = [pair for pair in told if camera_tone(pair[1], old=False) is not Tone.SOFT]
        hint = camera_said(*ill[0], moment) if ill else said("全部正常")
        if not told:
            hint = said("还没有摄像机")
        tone = Tone.NEAR if ill else Tone.SOFT
        number = f"{len(told) - len(ill)} / {len(told)}" if told else "–"
        self._cameras.show_figures(number, hint, tone)

    def _list_work(self, work: Sequence[Waiting]) -> None:
        if not work:
            self._work.show_empty(said("没有等您处理的事。"))
            return
        emptied(self._list)
        for each in work[:SHOWN]:
            row = WorkRow(each, each.title, each.detail, each.action, each.tone)
            row.acted.connect(self._open_work)
            self._list.addWidget(row)
        if len(work) > SHOWN:
            rest = said("还有 {0} 件").format(len(work) - SHOWN)
            self._list.addWidget(ElidedLabel(rest, size=Size.SMALL, tone=Tone.SOFT))
        self._list.addStretch(1)
        self._work.show_content()

    def _show_refusal(self, refusal: Exception) -> None:
        self._work.show_trouble(sentence(refusal))

    def _show_day(self) -> None:
        day = self._watching.day
        if not day.is_today:
            return
        start = day.watched_from or day.start
        self._bands.show_rows(day.rows, start, day.end)
        self._legend.show_looks(
            {s.look for row in day.rows for s in row.stretches if s.end > start}
        )
        remark = said("{0} 至 现在").format(clock_short(start))
        if start > day.start:
            remark = said("{0} · 之前未监测").format(remark)
        self._timeline.show_title(said("今日时间线"), remark)

    def _show_sync(self) -> None:
        if self._watching.sync is not None:
            truth = self._watching.sync.truth
            self._sync.show_figures(
                str(waiting(self._watching.sync.counts)), truth.line, truth.tone
            )

    def _open_wall(self) -> None:
        self.goes_to.emit("wall", None)

    def _open_window(self, window_id: object) -> None:
        self.goes_to.emit("wall", window_id)

    def _open_timeline(self, window_id: str) -> None:
        self.goes_to.emit("timeline", window_id)

    def _open_whole_timeline(self) -> None:
        self.goes_to.emit("timeline", None)

    def _open_first(self) -> None:
        morning = self._watching.today.morning
        if morning and morning.waiting:
            self._open_work(morning.waiting[0])

    def _open_cards(self) -> None:
        self.goes_to.emit(Destination.CARDS.value, Pile.UNDER_WAY)

    def _open_ledger(self) -> None:
        self.goes_to.emit(Destination.CARDS.value, Pile.LEDGER)

    def _open_limits(self) -> None:
        self.goes_to.emit("approvals", Lamp.RED)

    def _open_cameras(self) -> None:
        self.goes_to.emit("cameras", None)

    def _open_board(self, board: object) -> None:
        self.goes_to.emit("boards", board)

    def _open_sync(self) -> None:
        self.goes_to.emit("sync", None)

    def _open_work(self, work: Waiting) -> None:
        self.goes_to.emit(work.destination.value, work.subject)
