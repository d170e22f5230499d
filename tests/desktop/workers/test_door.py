"""Signing in with a real server, and without one where that was done before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import assets
from desktop.assembly.tokens import KeptToken, device_of
from desktop.domain.errors import NeverSignedInHere, WrongPassword
from desktop.domain.roles import Role
from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.secrets import MemorySecrets, SecretName
from desktop.workers.case_desk import CaseDesk
from desktop.workers.door import Door
from desktop.workers.server_process import ServerNotStarted, ServerProcess, ServerReady
from sync.client.session import Session
from sync.errors import SyncError, SyncTrouble
from tests.support.profiles import SetClock, open_store

PASSWORD = "correct horse battery"


class Doorway:
    """A door with all that is behind it."""

    def __init__(self, folder: Path, ready: ServerReady, secrets: MemorySecrets) -> None:
        device = device_of(secrets)
        self.desk = CaseDesk(open_store(folder, SetClock()))
        self.session = Session(ready.url, device, KeptToken(secrets))
        self.door = Door(self.session, self.desk, device_id=device.device_id, clock=SetClock())

    def close(self) -> None:
        self.door.close()
        self.session.close()
        self.desk.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServerProcess, ServerReady]]:
    process = ServerProcess(tmp_path_factory.mktemp("server"), assets.folder("entities"))
    ready = process.start()
    secrets = MemorySecrets()
    admin = Session(ready.url, device_of(secrets), KeptToken(secrets))
    admin.sign_in(ready.admin, ready.admin_password)
    for username, role in (("linmin", "VIDEO_SUP"), ("yinjie", "SEAL_CLERK")):
        admin.add_user(
            username=username, name="林敏", password=PASSWORD, roles=[role], scopes=["region"]
        )
    admin.close()
    yield process, ready
    process.stop()


@pytest.fixture
def doorway(tmp_path: Path, server: tuple[ServerProcess, ServerReady]) -> Iterator[Doorway]:
    doorway = Doorway(tmp_path, server[1], MemorySecrets())
    yield doorway
    doorway.close()


def test_whom_the_server_knows_may_act_with_the_roles_it_gives(doorway: Doorway) -> None:
    actor = doorway.door.sign_in("linmin", PASSWORD).result()
    assert actor.roles == {Role.VIDEO_SUP}
    assert doorway.door.actor == actor
    assert doorway.door.known().result() == ("linmin",)


def test_a_wrong_password_is_refused_and_nobody_acts(doorway: Doorway) -> None:
    with pytest.raises(WrongPassword):
        doorway.door.sign_in("linmin", "wrong").result()
    assert doorway.door.actor is None


def test_without_a_network_only_those_who_were_here_come_in(
    doorway: Doorway, tmp_path: Path
) -> None:
    doorway.door.sign_in("linmin", PASSWORD).result()
    doorway.door.sign_out().result()
    assert doorway.door.actor is None
    nowhere = ServerReady("http://127.0.0.1:9", 0)
    doorway.session._url = nowhere.url
    assert doorway.door.sign_in("linmin", PASSWORD).result().name == "林敏"
    with pytest.raises(WrongPassword):
        doorway.door.sign_in("linmin", "wrong").result()
    with pytest.raises(NeverSignedInHere):
        doorway.door.sign_in("yinjie", PASSWORD).result()


def test_numbers_are_leased_once_and_used_from_the_block(doorway: Doorway) -> None:
    doorway.door.sign_in("yinjie", PASSWORD).result()
    assert doorway.door.have_numbers("某效监黄", 2026).result() == 20
    doorway.session.close()
    assert doorway.door.have_numbers("某效监黄", 2026).result() == 20


def test_only_the_seal_clerk_leases_numbers(doorway: Doorway) -> None:
    doorway.door.sign_in("linmin", PASSWORD).result()
    with pytest.raises(SyncError) as caught:
        doorway.door.have_numbers("某效监黄", 2027).result()
    assert caught.value.trouble is SyncTrouble.NOT_ALLOWED


def test_the_device_stays_the_same_and_a_damaged_key_is_refused() -> None:
    secrets = MemorySecrets()
    assert device_of(secrets) == device_of(secrets)
    secrets.save(SecretName.DEVICE_KEY.value, b"half")
    with pytest.raises(SecretsError) as caught:
        device_of(secrets)
    assert caught.value.trouble is SecretsTrouble.DAMAGED


def test_a_server_that_cannot_start_tells_the_end_of_its_log(tmp_path: Path) -> None:
    with pytest.raises(ServerNotStarted) as caught:
        ServerProcess(tmp_path / "server", tmp_path / "no-such-folder").start()
    assert "no entity files" in caught.value.detail
