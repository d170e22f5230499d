"""A watched hall with its live view-model, for every screen that follows one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.roles import Role
from desktop.usecases.organisation import set_up_hall
from desktop.viewmodels.live.watch import LiveWatch
from desktop.workers.case_desk import CaseDesk
from tests.support.casework import FakeOffice, working_office
from tests.support.profiles import SetClock, open_store, person
from tests.support.watching import WatchedHall, wide_plan


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[WatchedHall]:
    clock, plan = SetClock(), wide_plan(8)
    desk = CaseDesk(open_store(tmp_path, clock))
    desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
    yield WatchedHall(desk, clock, plan)
    desk.close()


@pytest.fixture
def live(qtbot: QtBot, watched: WatchedHall) -> Iterator[LiveWatch]:
    live = LiveWatch(watched, settle_ms=0)
    qtbot.waitUntil(lambda: bool(live.roll.posts))
    yield live
    live.close()
    delete(live)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[FakeOffice]:
    """An office at work, with nobody at the desk yet."""
    with working_office(tmp_path) as made:
        yield made
