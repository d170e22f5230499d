"""What holds for every test of the screens."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.settings import Settings, Theme
from desktop.views.appearance import Appearance


class WindowBook(QObject):
    """Writes down every widget that was shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


@pytest.fixture(autouse=True)
def no_part_flashes_as_a_window(qtbot: QtBot) -> Iterator[None]:
    """Fail a test in which a part was shown before it had a parent: it blinks."""
    application = QApplication.instance()
    assert application
    book = WindowBook()
    application.installEventFilter(book)
    yield
    application.removeEventFilter(book)
    flashed = [type(each).__name__ for each in book.shown if isValid(each) and not each.isWindow()]
    assert not flashed


@pytest.fixture
def appearance(qtbot: QtBot) -> Iterator[Appearance]:
    """The program's own look and language; a test may change both."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = Appearance(application, Settings(theme=Theme.LIGHT))
    yield made
    made.take(Settings(theme=Theme.LIGHT))
