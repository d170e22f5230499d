"""The dialog of recordings leads from a folder to the findings, by keyboard too."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.assembly.recordings import Ending, Reviewed
from desktop.viewmodels.cameras.recordings import Stage
from desktop.viewmodels.watching import Watching
from desktop.views.cameras.recordings import RecordingsDialog
from tests.support.recorded import START, export
from tests.support.screens import clipped, too_small, unnamed
from tests.support.watching import WatchedHall


@pytest.fixture
def watching(qtbot: QtBot, watched: WatchedHall) -> Iterator[Watching]:
    watching = Watching(watched)
    qtbot.waitUntil(lambda: bool(watching.live.roll.posts))
    yield watching
    watching.close()
    delete(watching)


@pytest.fixture
def dialog(qtbot: QtBot, watching: Watching) -> RecordingsDialog:
    dialog = RecordingsDialog(None, watching.recordings)  # type: ignore[arg-type]
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_a_folder_is_listed_and_a_time_corrected(
    qtbot: QtBot, dialog: RecordingsDialog, watching: Watching, tmp_path: Path
) -> None:
    export(tmp_path / "export", (0, 4), (10, 14))
    assert not dialog.go.isEnabled()
    dialog._take(str(tmp_path / "export"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=30_000)
    dialog.table.selectRow(1)
    assert dialog.times.editor.dateTime() == QDateTime(2026, 11, 24, 10, 0, 10)
    dialog.times.editor.setDateTime(QDateTime(2026, 11, 24, 11, 0, 0))
    dialog.times.give.click()
    assert watching.recordings.files[1].begins == START + timedelta(hours=1)
    assert not unnamed(dialog)
    assert not too_small(dialog)
    qtbot.waitUntil(lambda: not clipped(dialog))
    dialog.reject()


def test_the_result_leads_to_the_findings(
    qtbot: QtBot, dialog: RecordingsDialog, watching: Watching
) -> None:
    desk = watching.recordings
    finding = object()
    desk.reviewed = Reviewed(Ending.DONE, 1, (finding,), (), 100.0, 4.0)  # type: ignore[arg-type]
    desk.stage = Stage.RESULT
    desk.changed.emit()
    assert "25 倍速" in dialog.banner.text()
    assert dialog.results.isVisible()
    with qtbot.waitSignal(dialog.goes_on):
        dialog.results.click()
