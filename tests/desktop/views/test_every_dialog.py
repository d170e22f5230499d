"""Every dialog that a button of a page opens: names, targets, words, and the order of Tab."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.views.kit.dialogs import Question
from desktop.views.main_window import MainWindow
from tests.desktop.views.test_every_page import faults_of, pages, window
from tests.support.screens import reachable, walked

__all__ = ["window"]  # the fixture

ASKS = "…"  # ends the word of every button that opens a dialog


def opened(page: QWidget) -> Iterator[QDialog]:
    """Press every such button of a page and give what opens; the system's own are closed."""
    for button in page.findChildren(QAbstractButton):
        there = isValid(button) and button.isVisible() and button.isEnabled()
        if not (there and button.text().endswith(ASKS)):
            continue
        button.click()
        QApplication.processEvents()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                if not isinstance(dialog, QFileDialog):
                    yield dialog
                dialog.reject()
        QApplication.processEvents()


def test_every_dialog_can_be_read_out_walked_and_pressed(qtbot: QtBot, window: MainWindow) -> None:
    seen: dict[str, list[str]] = {}
    for page_id, page in pages(window):
        for dialog in opened(page):
            with qtbot.waitActive(dialog):
                dialog.activateWindow()
            told = faults_of(dialog)
            if not dialog.accessibleName():
                told.append("has no name")
            told += _out_of_order(dialog)
            seen[f"{page_id} {type(dialog).__name__}"] = told
    assert len(seen) >= 5, seen
    assert {name: told for name, told in seen.items() if told} == {}


def _out_of_order(dialog: QDialog) -> list[str]:
    """What Tab misses, and a question that begins at its buttons."""
    first = next(reachable(dialog), None)
    if first is None:
        return ["nothing takes the focus"]
    begun = dialog.focusWidget()
    met = set(walked(dialog, begun or first))
    told = [f"Tab misses {type(w).__name__}" for w in reachable(dialog) if w not in met]
    if isinstance(dialog, Question) and begun is dialog.go and len(met) > 2:
        told.append("begins at its button")
    return told
