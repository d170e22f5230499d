"""Who asked the desktop for less motion gets none from the program."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.system.motion import wants_stillness
from desktop.views.appearance import Appearance
from desktop.views.kit.placeholders import BusyBar


@pytest.mark.parametrize(
    ("file", "text", "still"),
    [
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n", False),
        ("kdeglobals", "no section at all", False),
    ],
)
def test_the_desktops_own_switch_counts(tmp_path: Path, file: str, text: str, still: bool) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert wants_stillness({"XDG_CONFIG_HOME": str(tmp_path)}) is still


def test_a_still_desktop_sees_neither_effects_nor_a_running_bar(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    (tmp_path / "kdeglobals").write_text("[KDE]\nAnimationDurationFactor=0\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    Appearance(application, Settings())
    bar = BusyBar()
    qtbot.addWidget(bar)
    assert bar.maximum() == 1
    assert not application.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    Appearance(application, Settings())
    running = BusyBar()
    qtbot.addWidget(running)
    assert running.maximum() == 0
