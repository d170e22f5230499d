"""Every page of the real program: names, targets, tab order, words that fit in any language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.app.tools import Tools
from desktop.assembly.demonstration import drawn_plan
from desktop.assembly.program import Program
from desktop.domain.roles import Actor, Role
from desktop.paths import Paths
from desktop.settings import Language, Settings, Theme
from desktop.system.secrets import MemorySecrets
from desktop.usecases.organisation import set_up_hall
from desktop.views.appearance import Appearance
from desktop.views.help.page import HELP_PAGE
from desktop.views.main_window import MainWindow
from tests.support.profiles import person
from tests.support.screens import clipped, reachable, ringless, too_small, unnamed, walked

CHINESE = re.compile(r"[㐀-鿿]")
NOWHERE = "http://127.0.0.1:9"  # where nobody answers: the pages must not need a server


class Pseudo(QTranslator):
    """A language whose words are a third longer than Chinese ones, and marked."""

    def isEmpty(self) -> bool:  # noqa: N802  (Qt's name)
        return False

    def translate(
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return f"{source}{'～' * max(1, len(source) // 3)}" if CHINESE.search(source) else None


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings(server_url=NOWHERE, theme=Theme.LIGHT)
    with Program(Paths(tmp_path), settings, MemorySecrets()) as program:
        program.desk.act(
            person(Role.DATA_MGR), lambda work: set_up_hall(work, drawn_plan())
        ).result()
        everybody = frozenset(role for role in Role if role is not Role.MACHINE)
        program.door.actor = Actor(person(Role.HEAD).user_id, "林敏", everybody, "device-1")
        owner = QObject()
        tools = Tools(program, owner)
        made = MainWindow(tools.desk, tools.entries)
        made.resize(1280, 720)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        yield made
        made.close()
        made.deleteLater()  # it would furnish itself anew in the next test's language
        QApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
        tools.stop()


def pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    frame = window.frame
    assert frame is not None
    for page_id in frame.page_ids:
        frame.show_page(page_id)
        QApplication.processEvents()
        QApplication.processEvents()  # what came meanwhile asked for another layout
        page = frame.page(page_id)
        assert page is not None
        yield page_id, page


def faults_of(page: QWidget) -> list[str]:
    return [*unnamed(page), *too_small(page), *clipped(page)]


def test_every_page_can_be_read_out_and_pressed_and_no_word_is_clipped(
    qtbot: QtBot, window: MainWindow, appearance: Appearance
) -> None:
    assert window.frame is not None
    assert len(window.frame.page_ids) >= 10
    assert faults(window) == {}
    before = window.frame
    appearance.take(Settings(theme=Theme.LIGHT, language=Language.ENGLISH))
    qtbot.waitUntil(lambda: window.frame is not before)
    assert faults(window) == {}
    before = window.frame
    appearance.take(Settings(theme=Theme.LIGHT))
    qtbot.waitUntil(lambda: window.frame is not before)


def test_words_that_are_a_third_longer_still_fit(qtbot: QtBot, window: MainWindow) -> None:
    application = QApplication.instance()
    assert application is not None
    before, longer = window.frame, Pseudo(application)
    application.installTranslator(longer)
    qtbot.waitUntil(lambda: window.frame is not before)
    told = faults(window)
    assert any("～" in label.text() for label in window.findChildren(QLabel))
    before = window.frame
    application.removeTranslator(longer)
    qtbot.waitUntil(lambda: window.frame is not before)
    assert told == {}


def test_every_page_has_its_chapter_in_both_manuals(window: MainWindow) -> None:
    assert window.frame is not None
    wanted = set(window.frame.page_ids) - {HELP_PAGE}
    assert wanted <= set(assets.manual_files("zh"))
    assert wanted <= set(assets.manual_files("en"))


def test_tab_comes_by_everything_on_every_page(window: MainWindow) -> None:
    for page_id, page in pages(window):
        first = next(reachable(page), None)
        if first is None:
            continue  # a placeholder without a button
        seen = set(walked(window, first))
        missed = [each for each in reachable(page) if each not in seen and not _inner(each)]
        assert not missed, page_id


def faults(window: MainWindow) -> dict[str, list[str]]:
    told = {page_id: faults_of(page) for page_id, page in pages(window)}
    return {page_id: told_of for page_id, told_of in told.items() if told_of}


def _inner(widget: QWidget) -> bool:
    """One of a group that the arrows walk: Tab stops at one of them."""
    return isinstance(widget, QAbstractButton) and (
        widget.group() is not None or widget.autoExclusive()
    )


def test_what_has_the_keyboard_is_seen_to_have_it(window: MainWindow) -> None:
    assert window.frame is not None
    elsewhere = window.frame.navigation.findChildren(QAbstractButton)[0]
    told = {page_id: ringless(page, elsewhere) for page_id, page in pages(window)}
    assert {page_id: names for page_id, names in told.items() if names} == {}
