"""The page of the queue: a file is chosen, its columns checked, taken in, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QComboBox, QTableView
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.roles import Role
from desktop.exchange.errors import ExchangeError
from desktop.settings import Theme
from desktop.viewmodels.queue.desk import QueueDesk
from desktop.views.kit.look import Look
from desktop.views.page import Notice
from desktop.views.queue.page import QueuePage
from desktop.workers.errands import Errands
from tests.support.casework import FakeOffice
from tests.support.profiles import DAY
from tests.support.queue_files import queue_file, ticket_row
from tests.support.screens import clipped, too_small, unnamed


@pytest.fixture
def desk(qtbot: QtBot, office: FakeOffice) -> Iterator[QueueDesk]:
    """At eleven, with a video supervisor at the desk."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application, Theme.LIGHT)
    office.enter(Role.VIDEO_SUP)
    office.clock.pass_time(hours=2)
    errands = Errands()
    made = QueueDesk(office, errands)
    yield made
    made.stop()
    errands.close()
    delete(made)


@pytest.fixture
def page(qtbot: QtBot, desk: QueueDesk) -> QueuePage:
    made = QueuePage(desk)
    qtbot.addWidget(made)
    made.resize(QSize(1072, 664))
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: desk.is_read)
    return made


def morning(folder: Path, *more: str) -> Path:
    rows = [ticket_row(f"A{n:02}", f"09:{n:02}", f"09:{n * 2 + 5:02}") for n in range(20)]
    return queue_file(folder, *rows, *more)


def taken_in(qtbot: QtBot, desk: QueueDesk, path: Path) -> None:
    desk.choose(path)
    qtbot.waitUntil(lambda: desk.file is not None)
    desk.begin()
    qtbot.waitUntil(lambda: desk.taken is not None and bool(desk.sheet.tickets))


def is_sound(page: QueuePage) -> bool:
    return not (unnamed(page) or too_small(page) or clipped(page))


def test_every_step_can_be_read_out_and_nothing_is_clipped(
    qtbot: QtBot, desk: QueueDesk, page: QueuePage, tmp_path: Path
) -> None:
    assert is_sound(page)
    desk.choose(morning(tmp_path, ticket_row("", "09:30")))
    qtbot.waitUntil(lambda: desk.file is not None)
    assert is_sound(page)
    desk.begin()
    qtbot.waitUntil(lambda: desk.taken is not None and bool(desk.sheet.tickets))
    assert desk.complaints.rows[0].cells[:2] == ("22", "票号")
    assert is_sound(page)
    desk.forget()
    assert is_sound(page)


def test_a_day_says_how_long_people_waited(
    qtbot: QtBot, desk: QueueDesk, page: QueuePage, tmp_path: Path
) -> None:
    taken_in(qtbot, desk, morning(tmp_path))
    assert (desk.day, desk.sheet.whole.called) == (DAY.date(), 20)
    assert desk.windows.rows[0].cells[1:3] == ("20", "14分30秒")
    assert desk.queues.rows[0].cells[:2] == ("户政", "20")


def test_a_column_is_chosen_by_hand_before_anything_is_taken_in(
    qtbot: QtBot, desk: QueueDesk, page: QueuePage, tmp_path: Path
) -> None:
    desk.choose(morning(tmp_path))
    qtbot.waitUntil(lambda: desk.file is not None)
    box = next(b for b in page.findChildren(QComboBox) if b.accessibleName() == "票号")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert not desk.can_begin
    box.setCurrentIndex(box.findData("票号"))
    box.activated.emit(1)
    assert desk.can_begin


def test_an_import_is_taken_back(
    qtbot: QtBot, desk: QueueDesk, page: QueuePage, tmp_path: Path
) -> None:
    taken_in(qtbot, desk, morning(tmp_path))
    batch = desk.sheet.imports[0].id
    assert desk.can_withdraw(batch)
    with qtbot.waitSignal(desk.withdrawn):
        desk.withdraw(batch)
    qtbot.waitUntil(lambda: not desk.sheet.tickets)
    assert not desk.can_withdraw(batch)
    assert desk.imports.rows[0].cells[-1] == "已撤回"


def test_who_may_not_import_sees_how_the_file_is_read_and_no_more(
    qtbot: QtBot, office: FakeOffice, desk: QueueDesk, page: QueuePage, tmp_path: Path
) -> None:
    office.enter(Role.LEGAL_CHECK)
    desk.choose(morning(tmp_path))
    qtbot.waitUntil(lambda: desk.file is not None)
    assert not desk.can_begin
    assert any(table.model().rowCount() == 20 for table in page.findChildren(QTableView))


def test_a_file_that_is_none_is_refused_in_words(
    qtbot: QtBot, desk: QueueDesk, page: QueuePage, tmp_path: Path
) -> None:
    notices: list[Notice] = []
    page.noticed.connect(notices.append)
    with qtbot.waitSignal(desk.refused) as refused:
        desk.choose(tmp_path / "没有.csv")
    assert isinstance(refused.args[0], ExchangeError)
    assert notices[0].text.startswith("找不到文件")
    assert not desk.is_busy
