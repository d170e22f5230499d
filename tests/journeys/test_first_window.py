"""From the opening screen over the sign-in to the sync centre, with the keyboard alone."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app.tools import Tools
from desktop.assembly.program import Program
from desktop.assembly.stages import Stage
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.secrets import MemorySecrets, PinPrompt, SecretName
from desktop.viewmodels.devices import Devices
from desktop.viewmodels.opening import Opening
from desktop.viewmodels.parcels import ParcelDesk
from desktop.viewmodels.sync_truth import Mark
from desktop.views.appearance import Appearance
from desktop.views.main_window import Desk, MainWindow
from desktop.views.opening_view import OpeningView
from desktop.views.page import PageEntry
from desktop.views.settings_page import settings_entry
from desktop.views.sync_page import sync_entry

SLOW_MS = 60_000  # the embedded server starts in seconds, on a busy machine in more


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Appearance(application, Settings())

    def opener(_ask: PinPrompt, tell: Callable[[Stage], None]) -> Program:
        return Program(Paths(tmp_path), Settings(), MemorySecrets(), tell=tell)

    opening = Opening(opener)
    view = OpeningView(opening)
    qtbot.addWidget(view)
    view.show()
    with qtbot.waitSignal(opening.opened, timeout=SLOW_MS) as opened:
        opening.begin()
    opening.close()
    view.close()
    assert opened.args
    yield opened.args[0]
    opened.args[0].close()


@pytest.fixture
def desk(program: Program) -> Iterator[Desk]:
    owner = QObject()
    tools = Tools(program, owner)
    yield tools.desk
    tools.stop()


@pytest.fixture
def window(qtbot: QtBot, program: Program, desk: Desk) -> Iterator[MainWindow]:
    def entries() -> Sequence[PageEntry]:
        parcels = ParcelDesk(program.parcels, program.door)
        sync = sync_entry(desk.sync, Devices(program.door), parcels)
        return (sync, settings_entry(desk.preferences))

    made = MainWindow(desk, entries)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


def test_the_first_person_signs_in_and_syncs(
    qtbot: QtBot, program: Program, desk: Desk, window: MainWindow
) -> None:
    secret = (program.secrets.load(SecretName.SERVER_ADMIN.value) or b"").decode()
    name, password = window.findChildren(QLineEdit)[:2]
    qtbot.waitUntil(name.hasFocus)
    qtbot.keyClicks(name, "admin")
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    qtbot.keyClicks(password, secret)
    with qtbot.waitSignal(desk.sign_in.entered, timeout=SLOW_MS):
        qtbot.keyClick(password, Qt.Key.Key_Return)

    assert window.frame
    assert window.frame.current_id == "sync"
    desk.sync.sync_now()
    qtbot.waitUntil(lambda: desk.sync.truth.mark is Mark.DONE, timeout=SLOW_MS)
    assert window.frame.bar.sync.accessibleName().startswith("已同步")

    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.frame is None
    assert program.door.actor is None
