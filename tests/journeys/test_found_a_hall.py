"""From the first window to the first window of a hall of one's own, with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.tools import Tools
from desktop.assembly.demonstration import existing_hall
from desktop.assembly.founding import Joining, found_office
from desktop.assembly.program import Program
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.secrets import MemorySecrets
from desktop.usecases.founding import Founding
from desktop.viewmodels.opening import Opener, Opening
from desktop.viewmodels.setup.facts import Chapter, Progress
from desktop.viewmodels.welcome import Step, Ways, Welcome
from desktop.views.appearance import Appearance
from desktop.views.main_window import MainWindow
from desktop.views.setup.page import SETUP_PAGE
from desktop.views.welcome.window import WelcomeWindow

SLOW_MS = 60_000  # the embedded server starts in seconds, on a busy machine in more
BUREAU = ("County Hall", "Efficiency Office", "Efficiency", None, "XJ", "0000-1234567")
PEOPLE = (
    ("Li Li", "lili", "Tulip-417"),
    ("Zhao Min", "zhao", "Maple-2291"),
    ("Wang Fang", "wang", "Cedar-8830"),
)


@pytest.fixture
def welcome(qtbot: QtBot, tmp_path: Path) -> Iterator[Welcome]:
    """A welcome whose own hall keeps its keys in memory: no test touches the user's keyring."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Appearance(application, Settings())

    def founded(founding: Founding) -> Opener:
        def open_it(_ask: object, tell: object) -> Program:
            program = Program(Paths(tmp_path), Settings(), MemorySecrets())
            found_office(program, founding)
            return program

        return open_it

    def joined(_: Joining) -> Opener:
        raise AssertionError("nobody joins a server here")

    opening = Opening(lambda _ask, _tell: Program.__new__(Program))
    yield Welcome(Ways(opening.begin, joined, founded), opening)  # type: ignore[arg-type]
    opening.close()


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def type_in(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    qtbot.keyClicks(focused, text)


def test_a_hall_is_founded_and_its_setting_up_begins(qtbot: QtBot, welcome: Welcome) -> None:
    window = WelcomeWindow(welcome)
    qtbot.addWidget(window)
    _shown(qtbot, window)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    assert welcome.step is Step.BUREAU
    for answer in BUREAU:
        if answer is not None:
            type_in(qtbot, answer)
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Backtab)
    press(qtbot, Qt.Key.Key_Return)
    assert welcome.step is Step.PEOPLE, welcome.faults
    for person in PEOPLE:
        for answer in person:
            type_in(qtbot, answer)
            press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Backtab)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: welcome.step is Step.CODE, timeout=SLOW_MS)
    paper = welcome.recovery
    assert paper is not None
    qtbot.waitUntil(lambda: bool(paper.groups))
    with qtbot.waitSignal(welcome.entered) as entered:
        paper.confirm([paper.groups[each] for each in paper.asked])
    assert entered.args
    _go_on(qtbot, entered.args[0])


def _go_on(qtbot: QtBot, program: Program) -> None:
    hall = existing_hall(program)
    assert hall is not None
    assert hall.name == "County Hall"
    owner = QObject()
    tools = Tools(program, owner)
    window = MainWindow(tools.desk, tools.entries)
    _shown(qtbot, window)
    assert window.frame is not None
    window.frame.show_page(SETUP_PAGE)
    qtbot.waitUntil(lambda: tools.setup.facts is not None)
    qtbot.waitUntil(lambda: tools.setup.progress(Chapter.RECOVERY) is Progress.DONE)
    assert tools.setup.progress(Chapter.WINDOWS) is Progress.OPEN
    window.close()
    window.deleteLater()  # it would furnish itself anew in the next test's language
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    tools.stop()
    program.close()


def _shown(qtbot: QtBot, window: QWidget) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
