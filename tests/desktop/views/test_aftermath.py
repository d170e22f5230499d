from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.viewmodels.aftermath import NEWS_SEEN, Aftermath
from desktop.views.aftermath import CrashDialog, NewsDialog
from desktop.views.appearance import Appearance
from desktop.views.kit.buttons import Button
from desktop.workers.case_desk import CaseDesk
from tests.support.profiles import SetClock, open_store
from tests.support.screens import clipped, too_small, unnamed


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CaseDesk]:
    made = CaseDesk(open_store(tmp_path / "store", SetClock()))
    yield made
    made.close()


def test_a_crash_is_told_once(qtbot: QtBot, desk: CaseDesk, tmp_path: Path) -> None:
    (tmp_path / "crash-20261124T010000.txt").write_text("ValueError in desk", "utf-8")
    after = Aftermath(desk, tmp_path)
    with qtbot.waitSignal(after.crashed) as crashed:
        after.look()
    assert crashed.args == ["ValueError in desk"]
    after.stop()
    desk.remember(NEWS_SEEN, "[]").result()  # what writes keeps its order

    told: list[str] = []
    again = Aftermath(desk, tmp_path)
    again.crashed.connect(told.append)
    with qtbot.waitSignal(again.renewed):
        again.look()
    assert told == []
    again.stop()


def test_a_new_profile_hears_no_news_and_an_updated_one_only_the_new(
    qtbot: QtBot, desk: CaseDesk, tmp_path: Path
) -> None:
    after = Aftermath(desk, tmp_path)
    after.look()
    qtbot.waitUntil(lambda: desk.recall(NEWS_SEEN).result() is not None)
    desk.remember(NEWS_SEEN, '["wall.added"]').result()
    with qtbot.waitSignal(after.renewed) as renewed:
        after.look()
    assert renewed.args
    assert "welcome.added" in renewed.args[0]
    assert "wall.added" not in renewed.args[0]
    after.stop()


def test_both_dialogs_can_be_read_out_and_left_with_a_key(
    qtbot: QtBot, appearance: Appearance
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    crash, news = CrashDialog(window, "ValueError"), NewsDialog(window, ["wall.added"])
    for dialog in (crash, news):
        dialog.open()
        for problem in (unnamed, too_small, clipped):
            assert not problem(dialog)
    next(b for b in crash.findChildren(Button) if b.text() == "复制报告").click()
    assert QGuiApplication.clipboard().text() == "ValueError"
    for dialog in (crash, news):
        dialog.accept()
