"""The main window: the sign-in while nobody is at the desk, else the frame with its pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from desktop.domain.roles import Actor
from desktop.settings import Language, Settings, Theme
from desktop.viewmodels.identities import Identities
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.sign_in import SignIn, person_line
from desktop.viewmodels.sync_centre import SyncCentre
from desktop.viewmodels.watch_health import WatchHealth
from desktop.views.frame import Frame
from desktop.views.idle import IdleWatch
from desktop.views.page import PageEntry
from desktop.views.sign_in_view import SignInView

SMALLEST = (1024, 640)


@dataclass(frozen=True, slots=True)
class Desk:
    """The view-models that the window itself shows."""

    sign_in: SignIn
    sync: SyncCentre
    preferences: Preferences
    health: WatchHealth


class MainWindow(QMainWindow):
    """One window; `entries` is asked again when the language changes.

    `left` says that the person wants the program to end, not only the window to close.
    """

    left = Signal()
    subject_shown = Signal(str, str)  # kind and id of the record that a page laid open

    def __init__(
        self,
        desk: Desk,
        entries: Callable[[], Sequence[PageEntry]],
        identities: Identities | None = None,
    ) -> None:
        """Build it.

        Args:
            identities: the people of a demonstration, who take turns without a password.
        """
        super().__init__()
        self._desk, self._entries, self._identities = desk, entries, identities
        self._root = QStackedWidget()
        self._frame: Frame | None = None
        self._entrance: SignInView | None = None
        self._idle = IdleWatch(desk.preferences.settings.lock_after_min, self)
        self._idle.idle.connect(desk.sign_in.lock)
        self.setCentralWidget(self._root)
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 800)
        desk.sign_in.entered.connect(self._enter)
        desk.sign_in.left.connect(self._leave)
        desk.sync.changed.connect(self._show_truth)
        desk.health.changed.connect(self._show_health)
        desk.preferences.changed.connect(self._take_settings)
        self._furnish()

    @property
    def frame(self) -> Frame | None:
        """The frame, while somebody is at the desk."""
        return self._frame

    def changeEvent(self, event: QEvent) -> None:
        """Furnish again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            # After the event: the widgets that are hearing it now must not be gone yet.
            QTimer.singleShot(0, self, self._furnish)
        super().changeEvent(event)

    def _furnish(self) -> None:
        self.setWindowTitle(self.tr("政务大厅效能督察"))
        shown = self._frame.current_id if self._frame else ""
        self._clear()
        if self._desk.sign_in.actor is None:
            self._show_entrance("")
        else:
            self._show_frame(shown)

    def _show_frame(self, page_id: str) -> None:
        entries = tuple(self._entries())
        menu = self._person_menu()
        frame = Frame(entries, menu)
        menu.setParent(frame, menu.windowFlags())
        frame.bar.wants_sync.connect(self._open_sync)
        frame.subject_shown.connect(self.subject_shown)
        if self._identities is not None:
            frame.bar.mark_samples()
        self._frame = frame
        self._root.addWidget(frame)
        self._root.setCurrentWidget(frame)
        known = {entry.page_id for entry in entries}
        frame.show_page(page_id if page_id in known else entries[0].page_id)
        frame.navigation.take_focus()
        self._idle.begin()
        actor = self._desk.sign_in.actor
        if actor:
            frame.bar.person.show_person(actor.name, person_line(actor))
        self._show_truth()
        self._show_health()

    def _show_entrance(self, username: str) -> None:
        view = SignInView(self._desk.sign_in, username)
        self._entrance = view
        self._root.addWidget(view)
        self._root.setCurrentWidget(view)

    def _clear(self) -> None:
        for each in (self._frame, self._entrance):
            if each is not None:
                self._root.removeWidget(each)
                each.hide()
                each.deleteLater()
        self._frame = self._entrance = None

    def _enter(self, _: Actor) -> None:
        shown = self._frame.current_id if self._frame else ""
        self._clear()
        self._show_frame(shown)

    def _leave(self, username: str) -> None:
        self._idle.end()
        self._clear()
        self._show_entrance(username)

    def _take_settings(self, settings: Settings) -> None:
        self._idle.set_minutes(settings.lock_after_min)

    def _show_truth(self) -> None:
        if self._frame:
            self._frame.show_truth(self._desk.sync.truth)

    def _show_health(self) -> None:
        if self._frame:
            self._frame.show_trouble(self._desk.health.sentence)

    def _open_sync(self) -> None:
        if self._frame:
            self._frame.show_page("sync")

    def _person_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("用户菜单"))
        sign_in = self._desk.sign_in
        if self._identities is not None:
            self._add_identities(menu, self._identities)
        self._add(menu, self.tr("锁定"), "Ctrl+L", sign_in.lock)
        self._add(menu, self.tr("换人登录"), "", sign_in.switch)
        self._add(menu, self.tr("退出登录"), "", sign_in.sign_out)
        menu.addSeparator()
        self._add_options(menu, "language", list(Language))
        self._add_options(menu, "theme", list(Theme))
        menu.addSeparator()
        self._add(menu, self.tr("退出程序"), "Ctrl+Q", self._quit)
        return menu

    def _quit(self) -> None:
        self.left.emit()

    def _add_identities(self, menu: QMenu, identities: Identities) -> None:
        inner = menu.addMenu(self.tr("演示身份"))
        for person in identities.people:
            inner.addAction(person.line).setData(person.username)
        inner.triggered.connect(self._play)
        menu.addSeparator()

    def _play(self, action: QAction) -> None:
        if self._identities is not None:
            self._identities.become(str(action.data()))

    def _add(self, menu: QMenu, text: str, keys: str, deed: Callable[[], object]) -> None:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(deed)

    def _add_options(self, menu: QMenu, name: str, values: Sequence[Language | Theme]) -> None:
        setting = self._desk.preferences.setting(name)
        inner = menu.addMenu(setting.label)
        group = QActionGroup(inner)
        for value, word in setting.options:
            action = inner.addAction(word)
            action.setCheckable(True)
            action.setChecked(value == setting.value)
            action.setData((name, value))
            group.addAction(action)
        group.triggered.connect(self._set_option)

    def _set_option(self, action: QAction) -> None:
        name, value = action.data()
        self._desk.preferences.change(name, value)
