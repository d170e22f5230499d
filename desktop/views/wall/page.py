"""The page of the live wall: its summary, the tiles, patrol and full screen."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.duties import Duty
from desktop.domain.identifiers import CameraId, WindowId
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.live.alerts import Alerts
from desktop.viewmodels.live.board import Watching, tally
from desktop.viewmodels.live.duties import Ask, DutyDesk, duty_done_said
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.live.words import tally_said
from desktop.viewmodels.patrol import STAYS_S, Patrol
from desktop.viewmodels.states import STATES
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, IconButton
from desktop.views.kit.glyphs import StateTag
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.placeholders import Staged
from desktop.views.page import Notice, Page
from desktop.views.wall.alerts import AlertStrip
from desktop.views.wall.board import WallBoard
from desktop.views.wall.duties import DutyMenu, DutyQuestion
from video.vocabulary.state import WindowState

_LEGEND = (
    WindowState.SERVING,
    WindowState.READY,
    WindowState.IDLE_WINDOW,
    WindowState.ABSENT,
    WindowState.UNKNOWN,
)


class WallScreen(QWidget):
    """The wall on the whole screen, for a monitor that everybody sees."""

    closed = Signal()

    def __init__(self, board: WallBoard) -> None:
        super().__init__()
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(said("视频监察"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.CARD, Space.CARD, Space.CARD, Space.CARD)
        column.addWidget(board)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and F11 go back to the window."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_F11}:
            self.close()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Give the wall back before this goes."""
        if event.type() == QEvent.Type.Close:
            self.closed.emit()
        return super().event(event)


class WallPage(Page):
    """视频监察: every camera of the hall, live."""

    def __init__(self, live: LiveWatch, duties: DutyDesk, alerts: Alerts) -> None:
        super().__init__()
        self._live, self._duties = live, duties
        self._screen: WallScreen | None = None
        self._patrol = Patrol(self._needs_eyes, self)
        self._board = WallBoard(live)
        self._strip = AlertStrip(alerts)
        self._strip.looked.connect(self.open_subject)
        alerts.refused.connect(self._say_refused)
        self._staged = Staged(self._board)
        self._patrol_button = Button(icon=Icon.PLAY)
        self._stay = QComboBox()
        self._words = Label(tone=Tone.SOFT)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.CARD)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self._strip)
        column.addWidget(self._staged, 1)
        self._add_commands()
        self._patrol.turned.connect(self._board.show_alone)
        self._patrol.changed.connect(self._show_patrol)
        self._board.touched.connect(self._patrol.end)
        self._board.turned.connect(self._show_title)
        self._board.asked.connect(self._offer)
        duties.registered.connect(self._say_registered)
        duties.refused.connect(self._say_refused)
        live.roll_changed.connect(self._show_stage)
        live.changed.connect(self._summarise)
        live.ticked.connect(self._summarise)
        self._show_patrol()
        self._show_stage()

    def open_subject(self, subject: object) -> None:
        """Show the camera that watches a window, or all for anything else."""
        watched = self._live.roll.camera_of(subject) if isinstance(subject, str) else None  # type: ignore[arg-type]  # ids are strings
        self._board.show_alone(watched.id if watched else None)

    def arrive(self) -> None:
        """Look."""
        self._board.wake()
        self._show_stage()
        self._show_title(self._board.alone)

    def leave(self) -> None:
        """Look away; a wall on the whole screen stays awake."""
        if self._screen is None:
            self._patrol.end()
            self._board.sleep()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        for state in _LEGEND:
            tag = StateTag(size=Size.SMALL)
            tag.show_look(STATES[state], tone=Tone.SOFT)
            row.addWidget(tag)
        row.addStretch(1)
        row.addWidget(self._words)
        self._stay.setAccessibleName(said("每台停留"))
        for seconds in STAYS_S:
            self._stay.addItem(said("每台 {0} 秒").format(seconds), seconds)
        self._stay.setCurrentIndex(STAYS_S.index(self._patrol.stay_s))
        self._stay.currentIndexChanged.connect(self._set_stay)
        self._patrol_button.clicked.connect(self._toggle_patrol)
        whole = IconButton(Icon.FULL_SCREEN, said("全屏（F11）"))
        whole.clicked.connect(self._toggle_screen)
        for control in (self._stay, self._patrol_button, whole):
            row.addWidget(control)
        return row

    def _add_commands(self) -> None:
        for text, keys, deed in (
            (said("轮巡"), "P", self._toggle_patrol),
            (said("全屏"), "F11", self._toggle_screen),
            (said("查看全部摄像机"), "Ctrl+0", self._show_all),
            (said("登记暂停、请假、顶岗"), "E", self._offer_focused),
            (said("撤销登记"), "Ctrl+Z", self._duties.undo),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(deed)
            self.addAction(action)

    def _show_stage(self) -> None:
        if self._live.roll.cameras:
            self._staged.show_content()
        elif self._live.board.watching is Watching.OFF and self._live.roll.hall is None:
            self._staged.show_empty(said("还没有大厅。请先建立大厅和摄像机。"), icon=Icon.CAMERA)
        else:
            self._staged.show_empty(said("这个大厅还没有摄像机。"), icon=Icon.CAMERA)
        self._summarise()

    def _summarise(self) -> None:
        roll = self._live.roll
        words, tone = tally_said(tally(self._live.standings()))
        if self._live.board.watching is Watching.STARTING:
            words, tone = said("监看进程正在启动…"), Tone.SOFT
        self._words.setText(words if roll.posts else "")
        self._words.set_tone(tone)
        if self._board.alone is None:
            line = said("{0} 台摄像机 · {1} 个窗口")
            if self._live.board.knows_phones is False:
                line = said("{0} 台摄像机 · {1} 个窗口 · 所用模型不判断手机")
            self.context_changed.emit(line.format(len(roll.cameras), len(roll.posts)))

    def _show_title(self, camera_id: CameraId | None) -> None:
        camera = self._live.roll.cameras.get(camera_id) if camera_id else None
        self.title_changed.emit(camera.name if camera else "")
        if camera:
            self.context_changed.emit(said("按 Esc 回到全部摄像机，左右键换一台"))
        else:
            self._summarise()

    def _show_patrol(self) -> None:
        going = self._patrol.is_going
        self._patrol_button.setText(said("停止轮巡") if going else said("轮巡"))
        self._patrol_button.set_icon(Icon.PAUSE if going else Icon.PLAY)

    def _set_stay(self, index: int) -> None:
        self._patrol.stay_s = STAYS_S[index]

    def _toggle_patrol(self) -> None:
        if self._patrol.is_going:
            self._patrol.end()
            self._board.show_alone(None)
        else:
            self._patrol.begin(tuple(self._live.roll.cameras))

    def _show_all(self) -> None:
        self._patrol.end()
        self._board.show_alone(None)

    def _offer_focused(self) -> None:
        if camera := self._board.focused:
            tile = self._board.tile(camera)
            self._offer(camera, None, tile.mapToGlobal(tile.rect().center()))

    def _offer(self, camera_id: CameraId, window_id: WindowId | None, at: QPoint) -> None:
        self._patrol.end()
        posts = self._live.roll.seen_by(camera_id)
        shown = [post for post in posts if window_id in {None, post.window.id}]
        if not shown:
            return
        menu = DutyMenu(self._board)
        for post in shown:
            offers = self._duties.offers(post.window.id)
            menu.add_window(post.window.name, offers, alone=len(shown) == 1)
        menu.chosen.connect(self._do)
        menu.popup(at)

    def _do(self, deed: object) -> None:
        if not isinstance(deed, Ask):
            self._duties.do(deed)  # type: ignore[arg-type]  # what the offers hold
            return
        window = self._live.roll.posts[deed.deed.window_id].window.name
        question = DutyQuestion(self._board, deed, window, self._duties.person)
        question.answered.connect(self._duties.do)
        question.open()

    def _say_registered(self, duty: Duty) -> None:
        window = self._live.roll.posts[duty.window_id].window.name
        text = duty_done_said(duty, window)
        self.noticed.emit(Notice(text, Tone.GOOD, undo=self._duties.undo))

    def _say_refused(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))

    def _toggle_screen(self) -> None:
        if self._screen is not None:
            self._screen.close()
            return
        self._screen = WallScreen(self._board)
        self._screen.closed.connect(self._come_back)
        self._screen.addActions(self.actions())
        self._staged.show_empty(said("画面正在全屏显示。"), icon=Icon.FULL_SCREEN)
        self._board.show()  # the stack that it left has hidden it
        self._screen.showFullScreen()
        self._board.wake()

    def _come_back(self) -> None:
        screen, self._screen = self._screen, None
        self._staged.insertWidget(0, self._board)
        self._show_stage()
        self._board.show()
        if screen is not None:
            screen.deleteLater()

    def _needs_eyes(self, camera_id: CameraId) -> bool:
        posts = self._live.roll.seen_by(camera_id)
        return any(self._live.standing(post.window.id).is_absent for post in posts)
