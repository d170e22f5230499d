"""Holds one open profile on the screen: from the first window to the last one."""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.greeting import Greeting
from desktop.app.tools import Tools
from desktop.app.tray import Tray
from desktop.app.ways import owning, playing, ways_into
from desktop.assembly.demonstration import Stagehand, office
from desktop.assembly.founding import is_vacant
from desktop.assembly.opening import restore
from desktop.assembly.program import Program
from desktop.paths import Paths
from desktop.settings import Settings, SettingsError, SettingsTrouble
from desktop.storage.store import FILE_NAME
from desktop.system.autostart import set_autostart, start_command
from desktop.viewmodels.aftermath import Aftermath
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.identities import Identities, Identity
from desktop.viewmodels.links import RecordLink, read_link
from desktop.viewmodels.live.alerts import Alert
from desktop.viewmodels.opening import Opening
from desktop.viewmodels.welcome import Welcome
from desktop.viewmodels.wording import sentence
from desktop.views.appearance import Appearance
from desktop.views.main_window import MainWindow
from desktop.views.opening_view import OpeningView
from desktop.views.places import place_of
from desktop.views.review.page import CARDS_PAGE
from desktop.views.setup.page import SETUP_PAGE
from desktop.views.welcome.window import WelcomeWindow


class Host(QObject):
    """Opens, shows and closes."""

    def __init__(
        self,
        application: QApplication,
        appearance: Appearance,
        paths: Paths,
        settings: Settings,
        *,
        demo: bool,
    ) -> None:
        super().__init__()
        self._application, self._appearance = application, appearance
        self._paths, self._settings, self._demo = paths, settings, demo
        self._answers = Answers(self)
        self._closer = ThreadPoolExecutor(1, thread_name_prefix="closing")
        self._opening: Opening | None = None
        self._welcome: Welcome | None = None
        self._first: QWidget | None = None  # the window before the main one
        self._program: Program | None = None
        self._tools: Tools | None = None
        self._after: Aftermath | None = None
        self._wish, self._aside = "", False
        self.window: MainWindow | None = None
        self._sought: object = None  # a window to look at once somebody is at the desk
        self._tray = Tray(self)
        self._tray.opened.connect(self._come_back)
        self._tray.left.connect(self.end)
        self._tray.followed.connect(self._look)
        application.lastWindowClosed.connect(self._step_aside)

    def begin(self, wish: str = "", *, aside: bool = False) -> None:
        """Show the opening window and open; welcome whoever has no profile yet.

        Args:
            aside: put the main window aside as soon as it is there.
        """
        self._wish, self._aside = wish, aside
        if not self._demo and not (self._paths.store / FILE_NAME).exists():
            self._show_welcome(has_profile=False)
            return
        opener = (playing if self._demo else owning)(self._paths, self._settings)
        self._opening = Opening(opener, self, restorer=partial(restore, self._paths))
        self._opening.opened.connect(self._opened)
        self._show_first(OpeningView(self._opening))
        self._opening.begin()

    def take_wish(self, wish: str) -> None:
        """Come to the front, as a second start asks; what lies behind the sign-in waits for it."""
        shown = self.window or self._first
        if shown is not None:
            shown.showNormal()
            shown.raise_()
            shown.activateWindow()
        self._wish = wish
        link = read_link(wish)
        if self.window is not None and self.window.frame is not None and link is not None:
            self._wish = ""
            place = place_of(link) if isinstance(link, RecordLink) else (CARDS_PAGE, link)
            self.window.frame.go_to(*place)

    def end(self) -> None:
        """Close the profile away from the screen, then leave."""
        self._tray.hide()
        if self._tools is not None:
            self._tools.stop()
        if self._after is not None:
            self._after.stop()
        future: Future[None] = self._closer.submit(_close, self._opening, self._program)
        self._answers.ask(future, self._ended, self._ended)

    @property
    def _stays(self) -> bool:
        """Whether the program goes on without a window."""
        wanted = self._tools is not None and self._tools.preferences.settings.stay_in_tray
        return wanted and Tray.is_there()

    def _step_aside(self) -> None:
        """Watch on without a window, locked, or end."""
        if not self._stays or self._tools is None:
            self.end()
            return
        self._tools.desk.sign_in.lock()
        self._tray.show()

    def _ring(self, alert: Alert) -> None:
        """Say that a window is empty: by a sound where that is wanted, in the tray while aside."""
        if self._tools is not None and self._tools.preferences.settings.alert_sound:
            self._application.beep()
        self._tray.say(alert.words, alert.window_id)

    def _look(self, window_id: object) -> None:
        """Come back to what the tray told of; who was locked out signs in first."""
        self._come_back()
        if self.window is not None and self.window.frame is not None and window_id is not None:
            self.window.frame.go_to("wall", window_id)
            self._sought = None
        else:
            self._sought = window_id

    def _come_back(self) -> None:
        self._tray.hide()
        self.take_wish("")

    def _follow(self, settings: Settings) -> None:
        """Start with the machine, or not; a system that refuses is told beside the setting."""
        if self._demo or self._settings.start_with_machine == settings.start_with_machine:
            return
        self._settings = settings
        try:
            set_autostart(on=settings.start_with_machine, command=start_command())
        except OSError:
            refusal = SettingsError(SettingsTrouble.NOT_WRITABLE)
            if self._tools is not None:
                self._tools.preferences.refused.emit("start_with_machine", sentence(refusal))

    @property
    def _plays(self) -> bool:
        return self._demo or (self._welcome is not None and self._welcome.plays)

    def _show_first(self, view: QWidget) -> None:
        before, self._first = self._first, view
        view.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _show_welcome(self, *, has_profile: bool) -> None:
        if self._opening is not None:
            self._opening.close()
        ways = ways_into(self._paths, self._settings, has_profile=has_profile)
        self._opening = Opening(ways.demonstration, self)
        self._welcome = Welcome(ways, self._opening, self)
        self._welcome.entered.connect(self._enter)
        self._show_first(WelcomeWindow(self._welcome))

    def _opened(self, program: Program) -> None:
        if self._demo:
            self._enter(program)
            return
        future = self._closer.submit(_or_close, program)
        self._answers.ask(future, self._enter_or_welcome, self._enter_or_welcome)

    def _enter_or_welcome(self, program: Program | Exception | None) -> None:
        if isinstance(program, Program):
            self._enter(program)
        else:
            self._show_welcome(has_profile=True)

    def _enter(self, program: Program) -> None:
        self._program = program
        self._tools = Tools(program, self)
        self._tools.preferences.changed.connect(self._appearance.take)
        self._tools.preferences.changed.connect(self._follow)
        self._tools.watching.alerts.raised.connect(self._ring)
        identities = _identities(program, self._tools) if self._plays else None
        self.window = MainWindow(self._tools.desk, self._tools.entries, identities)
        self._after = Aftermath(program.desk, self._paths.crashes, self)
        Greeting(self._after, self._tools.desk.sign_in, self.window)
        self._tools.desk.sign_in.entered.connect(self._go_to_wish)
        self.window.left.connect(self.end)
        self.window.subject_shown.connect(self._tools.search.note)
        self._show_window(self.window)
        if self._welcome is not None and self._welcome.recovery and self.window.frame:
            self.window.frame.show_page(SETUP_PAGE)
        if self._first is not None:
            self._first.hide()
        if self._wish:
            QTimer.singleShot(0, self, self._go_to_wish)

    def _show_window(self, window: MainWindow) -> None:
        if not self._aside:
            window.show()
        elif self._stays:
            self._tray.show()
        else:
            window.showMinimized()

    def _go_to_wish(self) -> None:
        if self._wish:
            self.take_wish(self._wish)
        if self._sought is not None:
            self._look(self._sought)

    def _ended(self, _: object) -> None:
        self._closer.shutdown()
        self._application.quit()


def _close(opening: Opening | None, program: Program | None) -> None:
    if opening is not None:
        opening.close()
    if program is not None:
        program.close()


def _or_close(program: Program) -> Program | None:
    """Give a program in which somebody can sign in; another one is closed. Blocks."""
    if not is_vacant(program):
        return program
    program.close()
    return None


def _identities(program: Program, tools: Tools) -> Identities:
    people = (Identity(p.username, p.name, p.roles) for p in office())
    return Identities(tools.desk.sign_in, tuple(people), Stagehand(program).password())
