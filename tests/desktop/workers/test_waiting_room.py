"""A conflict of two real case files over a real server, and what a person makes of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import NotAllowed
from desktop.domain.organisation import Hall
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.refused import again, shown
from tests.support.stations import PLAN, Station
from tests.support.sync_office import Office


def address(station: Station, text: str) -> None:
    """Write the hall's address, as a screen would."""

    def write(work: UnitOfWork) -> None:
        work.replace(replace(work.get(Hall, PLAN.hall.id), address=text))
        work.note("hall.change", f"hall/{PLAN.hall.id}")

    assert station.actor
    station.desk.act(station.actor, write).result()


def hall_of(station: Station) -> Hall:
    return station.desk.look(lambda reading: reading.get(Hall, PLAN.hall.id)).result()


@pytest.fixture
def stations(tmp_path: Path) -> Iterator[tuple[Station, Station]]:
    """Two desks that hold the same hall, and wrote different addresses; the second came late."""
    with ExitStack() as ends:
        office = Office(tmp_path / "server")
        ends.callback(office.close)
        first, late = Station(tmp_path / "a", office), Station(tmp_path / "b", office)
        ends.callback(first.close)
        ends.callback(late.close)
        first.set_up()
        address(first, "公园路")
        for station in (first, late):
            station.sync()
        address(first, "广场路 1 号")
        address(late, "车站路 9 号")
        for station in (first, late):
            station.sync()
        yield first, late


def test_a_conflict_shows_what_was_what_is_and_what_i_wrote_by_whom_and_when(
    stations: tuple[Station, Station],
) -> None:
    first, late = stations
    assert first.actor
    assert late.actor
    waiting = late.waiting.look().result()
    (refused,) = (shown(each, waiting.people) for each in waiting.refused)
    (told,) = refused.differences
    assert (told.base, told.server, told.mine) == ("公园路", "广场路 1 号", "车站路 9 号")
    assert refused.mine_by.startswith(f"{late.actor.name} · 2026-11-24 09:00:00")
    assert refused.theirs_by.startswith(f"{first.actor.name} · ")
    assert hall_of(late).address == "广场路 1 号"


@pytest.mark.parametrize("written", [None, "车站路 9 号（广场路口）"])
def test_taking_mine_makes_it_anew_for_everybody(
    stations: tuple[Station, Station], written: str | None
) -> None:
    first, late = stations
    refused = late.waiting.look().result().refused
    chosen = {"address": written} if written else {}

    late.waiting.redo(again(refused, refused[0].op_id, chosen)).result()
    for station in (late, first):
        assert station.sync().refused == 0

    assert hall_of(first).address == hall_of(late).address == (written or "车站路 9 号")
    assert late.waiting.look().result().refused == ()
    assert late.desk.store.chain_faults() == ()


def test_taking_theirs_leaves_everything_as_the_server_has_it(
    stations: tuple[Station, Station],
) -> None:
    _, late = stations
    (refused,) = late.waiting.look().result().refused
    late.waiting.accept(refused.op_id).result()
    assert late.sync().pushed == 0
    assert hall_of(late).address == "广场路 1 号"
    assert late.waiting.look().result().refused == ()


def test_nobody_at_the_desk_decides_nothing(stations: tuple[Station, Station]) -> None:
    _, late = stations
    refused = late.waiting.look().result().refused
    late.actor = None
    with pytest.raises(NotAllowed):
        late.waiting.redo(again(refused, refused[0].op_id, {}))
