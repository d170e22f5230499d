"""Desks of an office, each with a case file of its own, over a real server."""

from pathlib import Path

from desktop import assets
from desktop.assembly.shelf import VaultShelf
from desktop.bridges.envelopes import Envelopes, account_of, bytes_of
from desktop.domain.entities import Book
from desktop.domain.roles import Actor
from desktop.storage.store import Store
from desktop.storage.vault import SealedVault
from desktop.usecases.ports import UnitOfWork
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

    def __init__(self, folder: Path, office: Office, *roles: str) -> None:
        self.clock, device = SetClock(), DeviceIdentity.new()
        clock = self.clock
        self.device_id = device.device_id
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
        someone = office.person(*(roles or ("DATA_MGR",)), scopes=("region", PLAN.hall.id))
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

    def sync(self) -> RoundReport:
        return self._round.run(lambda *_: None, lambda: False)

    def close(self) -> None:
        self.session.close()
        self.desk.close()
