"""A conflict of two real case files over a real server, and what a person makes of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import assets
from desktop.assembly.shelf import VaultShelf
from desktop.bridges.envelopes import Envelopes, account_of, bytes_of
from desktop.domain.entities import Book
from desktop.domain.errors import NotAllowed
from desktop.domain.organisation import Hall
from desktop.domain.roles import Actor
from desktop.storage.store import Store
from desktop.storage.vault import SealedVault
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.refused import again, shown
from desktop.workers.case_desk import CaseDesk
from desktop.workers.waiting_room import WaitingRoom
from sync.client.round import Round, RoundReport
from sync.client.session import Session
from sync.outbox.recorder import Recorder
from sync.protocol.identity import DeviceIdentity
from tests.support.profiles import KEY, SetClock, hall_plan
from tests.support.sync_client import KeptToken
from tests.support.sync_office import PASSWORD, URL, Office

BOOK = Book(assets.entity_files())
PLAN = hall_plan()


class Station:
    """A case file with its person, as one desk of an office has it."""

    def __init__(self, folder: Path, office: Office) -> None:
        clock, device = SetClock(), DeviceIdentity.new()
        recorder = Recorder(device, clock.now)
        store = Store(
            folder / "store",
            KEY,
            book=BOOK,
            outbox=Envelopes(recorder, BOOK),
            clock=clock,
            backups=folder / "backups",
        )
        self.desk = CaseDesk(store)
        self.session = Session(URL, device, KeptToken(), adapter=office.line)
        someone = office.person("DATA_MGR", scopes=("region", PLAN.hall.id))
        account = account_of(self.session.sign_in(someone.username, PASSWORD))
        self.actor: Actor | None = account.actor(device.device_id)
        self.waiting = WaitingRoom(self.desk, self)
        self._round = Round(
            self.session,
            transact=self.desk.transact,
            project=store.project,
            recorder=recorder,
            shelf=VaultShelf(SealedVault(folder / "vault", KEY)),
            bytes_of=bytes_of,
        )

    def set_up(self) -> None:
        """Keep the hall."""

        def keep(work: UnitOfWork) -> None:
            work.add(PLAN.hall)
            work.note("hall.set_up", f"hall/{PLAN.hall.id}")

        assert self.actor
        self.desk.act(self.actor, keep).result()

    def address(self, text: str) -> None:
        """Write the hall's address, as a screen would."""

        def write(work: UnitOfWork) -> None:
            work.replace(replace(work.get(Hall, PLAN.hall.id), address=text))
            work.note("hall.change", f"hall/{PLAN.hall.id}")

        assert self.actor
        self.desk.act(self.actor, write).result()

    def hall(self) -> Hall:
        return self.desk.look(lambda reading: reading.get(Hall, PLAN.hall.id)).result()

    def sync(self) -> RoundReport:
        return self._round.run(lambda *_: None, lambda: False)

    def close(self) -> None:
        self.session.close()
        self.desk.close()


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
        first.address("公园路")
        for station in (first, late):
            station.sync()
        first.address("广场路 1 号")
        late.address("车站路 9 号")
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
    assert late.hall().address == "广场路 1 号"


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

    assert first.hall().address == late.hall().address == (written or "车站路 9 号")
    assert late.waiting.look().result().refused == ()
    assert late.desk.store.chain_faults() == ()


def test_taking_theirs_leaves_everything_as_the_server_has_it(
    stations: tuple[Station, Station],
) -> None:
    _, late = stations
    (refused,) = late.waiting.look().result().refused
    late.waiting.accept(refused.op_id).result()
    assert late.sync().pushed == 0
    assert late.hall().address == "广场路 1 号"
    assert late.waiting.look().result().refused == ()


def test_nobody_at_the_desk_decides_nothing(stations: tuple[Station, Station]) -> None:
    _, late = stations
    refused = late.waiting.look().result().refused
    late.actor = None
    with pytest.raises(NotAllowed):
        late.waiting.redo(again(refused, refused[0].op_id, {}))
