"""Says once, when somebody is at the desk, what the last run left and what an update brought."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.viewmodels.aftermath import Aftermath
from desktop.viewmodels.sign_in import SignIn
from desktop.views.aftermath import CrashDialog, NewsDialog
from desktop.views.main_window import MainWindow


class Greeting(QObject):
    """Opens the dialogs over the main window; nothing while only the sign-in is shown."""

    def __init__(self, after: Aftermath, sign_in: SignIn, window: MainWindow) -> None:
        super().__init__(window)
        self._after, self._window = after, window
        self._is_told = False
        after.crashed.connect(self._show_crash)
        after.renewed.connect(self._show_news)
        sign_in.entered.connect(self._look)
        if sign_in.actor is not None:
            self._look()

    def _look(self) -> None:
        if not self._is_told:
            self._is_told = True
            self._after.look()

    def _show_crash(self, report: str) -> None:
        CrashDialog(self._window, report).open()

    def _show_news(self, names: Sequence[str]) -> None:
        NewsDialog(self._window, names).open()
