"""Garbage is collected on the screen's thread alone."""

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from weakref import finalize

import pytest
from pytestqt.qtbot import QtBot

from desktop.system.collector import Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    made = Collector(every_ms=1)
    yield made
    made.stop()
    assert gc.isenabled()


class Knot:
    """Garbage that counting references cannot free."""

    def __init__(self) -> None:
        self.itself = self


def allocate() -> None:
    for _ in range(5 * gc.get_threshold()[0]):
        Knot()


def test_a_knot_dies_on_the_screens_thread_whoever_allocates(
    qtbot: QtBot, collector: Collector
) -> None:
    died_on: list[threading.Thread] = []
    finalize(Knot(), lambda: died_on.append(threading.current_thread()))
    with ThreadPoolExecutor(1) as desk:
        desk.submit(allocate).result()
    qtbot.waitUntil(lambda: bool(died_on))
    assert died_on == [threading.main_thread()]
