"""Somebody at the real program who has a keyboard and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app.tools import Tools
from desktop.assembly.program import Program
from desktop.domain.roles import Actor, Role
from desktop.system.watchdog import Block, Watchdog
from desktop.viewmodels.naming import role_name
from desktop.views.kit.labels import ElidedLabel
from desktop.views.main_window import MainWindow
from tests.support.profiles import person

CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 20_000  # for what a busy machine does in a second
MOST_TABS = 150


class Hands:
    """Types, tabs and presses; never touches a widget but through the keyboard."""

    def __init__(self, qtbot: QtBot, program: Program, tools: Tools, window: MainWindow) -> None:
        self.qtbot, self.program, self.tools, self.window = qtbot, program, tools, window
        self.blocks: list[Block] = []

    def sit_down(self, role: Role) -> Actor:
        """Let the person of a role take the place at the desk."""
        who = person(role)
        actor = Actor(who.user_id, role_name(role), frozenset({role}), "device-1")
        self.program.door.actor = actor
        self.tools.desk.sign_in.entered.emit(actor)
        return actor

    def go_to(self, words: str) -> None:
        """Open a page, or do a command, by the palette."""
        self.press(Qt.Key.Key_K, CTRL)
        self.write(words)
        self.press(Qt.Key.Key_Return)

    def write(self, text: str) -> None:
        """Write into whatever has the keyboard, as an input method commits its words."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._focused(), event)
        QApplication.processEvents()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key."""
        self.qtbot.keyClick(self._focused(), key, modifier)
        QApplication.processEvents()

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until what is called so has the keyboard."""
        met: list[str] = []
        for _ in range(MOST_TABS):
            if name in {_named(focused := self._focused()), focused.accessibleName()}:
                return focused
            met.append(_named(focused) or type(focused).__name__)
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came by {name!r}, only by {met}")

    def push(self, name: str) -> None:
        """Tab to a button, once it can be pressed, and press it."""
        self.wait_for(lambda: any(_can_be_pushed(b, name) for b in self._buttons()))
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)

    def see(self, words: str) -> None:
        """Look on until some words stand on the screen."""
        self.wait_for(lambda: any(words in each for each in self._texts()))

    def wait_for(self, what: Callable[[], object]) -> None:
        """Look on until something is so."""
        self.qtbot.waitUntil(lambda: bool(what()), timeout=PATIENCE_MS)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.wait_for(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        with self.qtbot.waitActive(dialog):
            dialog.activateWindow()
        return dialog

    def _texts(self) -> Iterator[str]:
        window = self._focused().window()
        labels: list[QLabel | ElidedLabel] = window.findChildren(QLabel)
        labels += window.findChildren(ElidedLabel)
        yield from (label.text() for label in labels if label.isVisible())
        yield from (b.accessibleName() for b in self._buttons() if b.isVisible())

    def _buttons(self) -> list[QAbstractButton]:
        return self._focused().window().findChildren(QAbstractButton)

    def _focused(self) -> QWidget:
        popup = QApplication.activePopupWidget() or QApplication.activeWindow()
        if popup is None or not popup.isVisible():  # as a desktop gives the window its turn back
            front = QApplication.activeModalWidget() or self.window
            with self.qtbot.waitActive(front):
                front.activateWindow()
            popup = front
        return popup.focusWidget() or popup


@contextmanager
def hands_at(qtbot: QtBot, program: Program, role: Role) -> Iterator[Hands]:
    """The program's window with somebody before it; tells of every block of the screen."""
    program.door.actor = Actor(person(role).user_id, role.value, frozenset({role}), "device-1")
    owner = QObject()
    tools = Tools(program, owner)
    window = MainWindow(tools.desk, tools.entries)
    hands = Hands(qtbot, program, tools, window)
    watchdog = Watchdog(owner)
    watchdog.blocked.connect(hands.blocks.append)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    watchdog.start()
    yield hands
    watchdog.stop()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    tools.stop()


def _named(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return words or widget.accessibleName()


def _can_be_pushed(button: QAbstractButton, name: str) -> bool:
    called = name in {button.text(), button.accessibleName()}
    return called and button.isVisible() and button.isEnabled()
