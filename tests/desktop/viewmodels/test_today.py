"""What waits is told by role, in the words of the pages where it is dealt with."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop import assets
from desktop.domain.roles import Role, machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.usecases.findings import propose_finding
from desktop.viewmodels.patrol import Patrol
from desktop.viewmodels.review.rows import Queue
from desktop.viewmodels.today import Destination, TodayDesk
from tests.support.profiles import DAY, person, sighting
from tests.support.watching import WatchedHall


@pytest.fixture
def today(qtbot: QtBot, watched: WatchedHall) -> Iterator[TodayDesk]:
    rules = Catalogue(assets.rule_files())
    seen = sighting(watched.plan, ended_at=DAY + timedelta(minutes=16))
    propose = partial(
        propose_finding,
        sighting=seen,
        catalogue=rules,
        calendar=watched.calendar,
        clock=watched.clock,
    )
    watched.desk.act(machine("device"), propose).result()
    made = TodayDesk(watched)
    yield made
    made.close()
    delete(made)


def look(qtbot: QtBot, today: TodayDesk) -> TodayDesk:
    with qtbot.waitSignal(today.changed):
        today.refresh()
    return today


def test_a_finding_waits_for_who_may_review_it(qtbot: QtBot, today: TodayDesk) -> None:
    morning = look(qtbot, today).morning
    assert morning is not None
    assert [each.destination for each in morning.waiting] == [Destination.REVIEW]
    assert morning.waiting[0].title == "01号窗口 离岗"
    assert morning.findings[Queue.FIRST] == 1


def test_nothing_waits_for_who_may_not(
    qtbot: QtBot, today: TodayDesk, watched: WatchedHall
) -> None:
    watched.door.actor = person(Role.SEAL_CLERK)
    morning = look(qtbot, today).morning
    assert morning is not None
    assert not morning.waiting
    assert morning.findings[Queue.FIRST] == 1


def test_nobody_at_the_desk_has_nothing_to_do(
    qtbot: QtBot, today: TodayDesk, watched: WatchedHall
) -> None:
    watched.door.actor = None
    morning = look(qtbot, today).morning
    assert morning is not None
    assert not morning.waiting


def test_a_patrol_goes_round_and_ends_where_it_is(
    qtbot: QtBot, watched: WatchedHall, today: TodayDesk
) -> None:
    cameras = [camera.id for camera in watched.plan.cameras]
    patrol = Patrol(cameras[1].__eq__, today)
    turned: list[object] = []
    patrol.turned.connect(turned.append)
    patrol.begin(cameras)
    patrol.turn()
    patrol.turn()
    patrol.end()
    assert turned == [cameras[0], cameras[1], cameras[0]]
    assert not patrol.is_going
