"""Two real case files and a real server folder: one device far from the network, one beside it."""

import argparse
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop import assets
from desktop.assembly.shelf import VaultShelf
from desktop.bridges.envelopes import Envelopes, bytes_of
from desktop.cli import parcelling
from desktop.domain.entities import Book
from desktop.domain.errors import MissingField
from desktop.domain.identifiers import UserId
from desktop.domain.organisation import Hall
from desktop.domain.roles import Actor, Role
from desktop.storage.store import Store
from desktop.storage.vault import SealedVault
from desktop.usecases.organisation import set_up_hall
from desktop.workers.case_desk import CaseDesk
from desktop.workers.parcel_post import ParcelPost
from sync import cli
from sync.client.parcels import Parcels
from sync.client.round import Round
from sync.client.taking import Taking
from sync.outbox import queue
from sync.outbox.recorder import Recorder
from sync.protocol.parcel import ParcelError, ParcelFault
from sync.server.database import Database
from tests.support.profiles import KEY, SetClock, hall_plan
from tests.support.sync_client import SyncClient
from tests.support.sync_office import ENTITIES, Office

SCOPES = ("*", "region")


class Machine:
    """A desktop profile without its window: a case file, a vault, a line and a stick."""

    def __init__(self, folder: Path, office: Office, role: Role) -> None:
        client: SyncClient = office.client(role.value, scopes=SCOPES)
        account = client.session.account
        assert account is not None
        self.actor = Actor(
            UserId(account.user_id), account.name, frozenset({role}), client.device.device_id
        )
        clock, book = SetClock(), Book(assets.entity_files())
        recorder = Recorder(client.device, clock.now)
        store = Store(
            folder / "store",
            KEY,
            book=book,
            outbox=Envelopes(recorder, book),
            clock=clock,
            backups=folder / "backups",
        )
        self.desk = CaseDesk(store)
        shelf = VaultShelf(SealedVault(folder / "vault", KEY))
        words = {"transact": self.desk.transact, "project": store.project, "shelf": shelf}
        self.round = Round(client.session, recorder=recorder, bytes_of=bytes_of, **words)  # type: ignore[arg-type]
        taking = Taking(store.project, recorder, shelf, bytes_of)
        parcels = Parcels(client.device, taking=taking, **words)  # type: ignore[arg-type]
        self.post = ParcelPost(self.desk, parcels, clock, lambda: "2026")

    def sync(self) -> bool:
        return self.round.run(lambda *_: None, lambda: False).agreed

    def waiting(self) -> int:
        return self.desk.transact(queue.counts).get("pending", 0)

    def halls(self) -> set[str]:
        return {hall.name for hall in self.desk.look(lambda r: r.find(Hall)).result()}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "server", Database.in_folder(tmp_path / "server"))
    yield made
    made.close()


@pytest.fixture
def far(tmp_path: Path, office: Office) -> Iterator[Machine]:
    made = Machine(tmp_path / "far", office, Role.DATA_MGR)
    assert made.sync()
    yield made
    made.desk.close()


@pytest.fixture
def near(tmp_path: Path, office: Office) -> Iterator[Machine]:
    made = Machine(tmp_path / "near", office, Role.DATA_MGR)
    yield made
    made.desk.close()


def carry(tmp_path: Path, stick: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Go to the server with a stick, and come back with its receipt."""
    back = tmp_path / "receipt.hwparcel"
    words = ["take-parcel", str(stick), "--data", str(tmp_path / "server"), "--out", str(back)]
    assert cli.main([*words, "--schema", str(ENTITIES)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["refused"] == 0
    return back


def test_a_day_far_from_the_network_reaches_everybody_and_nothing_is_lost(
    tmp_path: Path, far: Machine, near: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    near.desk.act(near.actor, partial(set_up_hall, plan=hall_plan())).result()
    assert near.sync()
    far.desk.act(far.actor, partial(set_up_hall, plan=hall_plan())).result()
    stick = tmp_path / "day.hwparcel"
    written = far.post.write_out(far.actor, stick, "下乡巡查").result()
    assert written.changes == far.waiting()
    assert "政务服务大厅".encode() not in stick.read_bytes()
    back = carry(tmp_path, stick, capsys)
    answered = far.post.take_in(far.actor, back).result()
    assert answered.changes == written.changes
    assert far.waiting() == 1  # the row that says that the receipt was taken
    assert near.sync()
    assert len(near.desk.look(lambda r: r.find(Hall)).result()) == 2
    assert len(far.desk.look(lambda r: r.find(Hall)).result()) == 2
    assert far.sync()


def test_the_command_line_says_why_a_receipt_is_not_taken(
    tmp_path: Path, far: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "day.hwparcel"
    words = {"out": stick, "receipt": None, "reason": "下乡巡查", "number": 0}
    assert parcelling.exchange(far.post, far.actor, argparse.Namespace(**words)) == 0
    back = carry(tmp_path, stick, capsys)
    taking = argparse.Namespace(**words | {"out": None, "receipt": back})
    assert parcelling.exchange(far.post, far.actor, taking) == 0
    assert parcelling.exchange(far.post, far.actor, taking) == 1
    assert "已经读入过" in capsys.readouterr().err
    back.write_bytes(back.read_bytes()[:-1])
    assert parcelling.exchange(far.post, far.actor, taking) == 1


def test_nothing_leaves_without_a_reason_and_what_cannot_be_read_is_named(
    tmp_path: Path, far: Machine
) -> None:
    with pytest.raises(MissingField):
        far.post.write_out(far.actor, tmp_path / "day.hwparcel", " ").result()
    assert not (tmp_path / "day.hwparcel").exists()
    with pytest.raises(ParcelError) as refused:
        far.post.take_in(far.actor, tmp_path / "none.hwparcel").result()
    assert refused.value.fault is ParcelFault.UNREADABLE
