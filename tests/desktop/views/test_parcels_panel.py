"""The stick in the sync centre: numbers to choose from, and a sentence for all that can happen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.viewmodels.parcels import FAULTS, ParcelDesk, fault_said
from desktop.views.parcels_panel import ParcelsPanel
from sync.client.parcels import Standing
from sync.protocol.parcel import ParcelError, ParcelFault
from tests.support.screens import LIN, FakeEntrance, FakePost, failed, unnamed


@pytest.fixture
def post() -> FakePost:
    return FakePost()


@pytest.fixture
def desk(qtbot: QtBot, post: FakePost) -> ParcelDesk:
    return ParcelDesk(post, FakeEntrance(LIN))


@pytest.fixture
def panel(qtbot: QtBot, desk: ParcelDesk) -> Iterator[ParcelsPanel]:
    panel = ParcelsPanel(desk)
    panel.show()
    with qtbot.waitSignal(desk.changed):
        desk.refresh()
    yield panel
    panel.close()
    delete(panel)


def test_a_parcel_without_an_answer_can_be_written_again_under_its_number(
    qtbot: QtBot, post: FakePost, desk: ParcelDesk, panel: ParcelsPanel
) -> None:
    box = panel.findChild(QComboBox)
    assert box is not None
    assert [box.itemData(n) for n in range(box.count())] == [3, 2]
    assert "还没有读入它的回执" in panel.standing()
    with qtbot.waitSignal(desk.done) as told:
        desk.write_out(Path("day.hwparcel"), "下乡巡查", 2)
    assert post.told == [("day.hwparcel", "下乡巡查", 2)]
    assert "第 2 包：4 项更改" in told.args[0]
    assert not unnamed(panel)


def test_a_receipt_says_what_it_brought_or_why_it_was_not_taken(
    qtbot: QtBot, post: FakePost, desk: ParcelDesk, panel: ParcelsPanel
) -> None:
    with qtbot.waitSignal(desk.done) as told:
        desk.take_in(Path("back.hwparcel"))
    assert "拒绝 1 项" in told.args[0]
    post.answer = failed(ParcelError(ParcelFault.REPLAYED))
    with qtbot.waitSignal(desk.refused) as told:
        desk.take_in(Path("back.hwparcel"))
    assert "已经读入过" in told.args[0]


def test_when_all_was_answered_there_is_one_number(
    qtbot: QtBot, post: FakePost, desk: ParcelDesk, panel: ParcelsPanel
) -> None:
    post.now = Standing(2, 2)
    with qtbot.waitSignal(desk.changed):
        desk.refresh()
    assert list(desk.numbers) == [3]
    assert "回执已经读入" in panel.standing()


def test_every_fault_is_a_sentence_of_its_own() -> None:
    assert set(FAULTS) == set(ParcelFault)
    told = {fault_said(ParcelError(fault, 7)) for fault in ParcelFault}
    assert len(told) == len(ParcelFault)
    assert "应为第 7 包" in fault_said(ParcelError(ParcelFault.GAP, 7))
