"""Holds one open profile on the screen: from the opening window to the last one."""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app.tools import Tools
from desktop.assembly.demonstration import Stagehand, office
from desktop.assembly.opening import Tell, open_demonstration, open_profile
from desktop.assembly.program import Program
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.secrets import PinPrompt
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.identities import Identities, Identity
from desktop.viewmodels.links import read_link
from desktop.viewmodels.opening import Opening
from desktop.views.appearance import Appearance
from desktop.views.main_window import MainWindow
from desktop.views.opening_view import OpeningView
from desktop.views.review.page import CARDS_PAGE


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
        self._application = application
        self._appearance = appearance
        self._demo = demo
        self._opening = Opening(partial(_open, paths, settings, demo), self)
        self._opening.opened.connect(self._opened)
        self._view = OpeningView(self._opening)
        self._answers = Answers(self)
        self._closer = ThreadPoolExecutor(1, thread_name_prefix="closing")
        self._program: Program | None = None
        self._tools: Tools | None = None
        self._wish = ""
        self.window: MainWindow | None = None
        application.lastWindowClosed.connect(self.end)

    def begin(self, wish: str = "") -> None:
        """Show the opening window and open."""
        self._wish = wish
        self._view.show()
        self._opening.begin()

    def take_wish(self, wish: str) -> None:
        """Come to the front, as a second start asks; what lies behind the sign-in waits for it."""
        shown = self.window or self._view
        shown.showNormal()
        shown.raise_()
        shown.activateWindow()
        self._wish = wish
        link = read_link(wish)
        if self.window is not None and self.window.frame is not None and link is not None:
            self._wish = ""
            self.window.frame.go_to(CARDS_PAGE, link)

    def end(self) -> None:
        """Close the profile away from the screen, then leave."""
        if self._tools is not None:
            self._tools.stop()
        future: Future[None] = self._closer.submit(_close, self._opening, self._program)
        self._answers.ask(future, self._ended, self._ended)

    def _opened(self, program: Program) -> None:
        self._program = program
        self._tools = Tools(program, self)
        self._tools.preferences.changed.connect(self._appearance.take)
        identities = _identities(program, self._tools) if self._demo else None
        self.window = MainWindow(self._tools.desk, self._tools.entries, identities)
        self._tools.desk.sign_in.entered.connect(self._go_to_wish)
        self.window.show()
        self._view.hide()
        if self._wish:
            QTimer.singleShot(0, self, self._go_to_wish)

    def _go_to_wish(self) -> None:
        if self._wish:
            self.take_wish(self._wish)

    def _ended(self, _: object) -> None:
        self._closer.shutdown()
        self._application.quit()


def _open(paths: Paths, settings: Settings, demo: bool, ask_pin: PinPrompt, tell: Tell) -> Program:
    if demo:
        return open_demonstration(paths, settings, tell)
    return open_profile(paths, settings, ask_pin, tell)


def _close(opening: Opening, program: Program | None) -> None:
    opening.close()
    if program is not None:
        program.close()


def _identities(program: Program, tools: Tools) -> Identities:
    people = (Identity(p.username, p.name, p.roles) for p in office())
    return Identities(tools.desk.sign_in, tuple(people), Stagehand(program).password())
