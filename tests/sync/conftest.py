"""A real server in its own process, and clients with users of their own."""

from collections.abc import Callable, Iterator

import pytest

from sync.protocol.answers import Account
from tests.support.live_server import LiveServer, live_server
from tests.support.sync_client import SyncClient

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with live_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def new_client(server: LiveServer) -> Iterator[Callable[[], SyncClient]]:
    made: list[SyncClient] = []

    def make() -> SyncClient:
        made.append(SyncClient(server.url))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture(scope="module")
def people(server: LiveServer) -> Iterator[dict[str, Account]]:
    """One user a role, all of hall-1 and the region."""
    admin = SyncClient(server.url)
    admin.session.sign_in("admin", server.admin_password)
    roles = ("DATA_MGR", "VIDEO_SUP", "SUPERVISOR", "SECTION_HEAD", "SEAL_CLERK")
    yield {
        role: admin.session.add_user(
            username=role.lower(),
            name=role,
            password=PASSWORD,
            roles=[role],
            scopes=["region", "hall-1"],
        )
        for role in roles
    }
    admin.close()
