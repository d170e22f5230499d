"""A screen that stands still is noticed, with its place; one that answers is left in peace."""

import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.system.watchdog import Block, Watchdog


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    made = Watchdog(limit_s=0.05)
    made.start()
    yield made
    made.stop()


def stand_still(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass


def test_a_long_stretch_is_told_with_its_place(qtbot: QtBot, watchdog: Watchdog) -> None:
    watchdog.beat()
    with qtbot.waitSignal(watchdog.blocked) as told:
        stand_still(0.3)
        watchdog.beat()
    block = told.args[0]
    assert isinstance(block, Block)
    assert block.lasted_s >= 0.3
    assert "tests/desktop/system/test_watchdog.py" in block.where


def test_what_is_answered_in_time_is_not_told(qtbot: QtBot) -> None:
    patient = Watchdog(limit_s=3600.0)
    told: list[Block] = []
    patient.blocked.connect(told.append)
    patient.start()
    stand_still(0.01)
    patient.beat()
    patient.stop()
    assert told == []
