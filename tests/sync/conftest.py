"""A real server in its own process, and clients with users of their own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.protocol.answers import Account
from tests.support.sync_client import SyncClient

PASSWORD = "correct horse battery"


@dataclass
class LiveServer:
    url: str
    admin_password: str
    data: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    data = tmp_path_factory.mktemp("server")
    child = subprocess.Popen(
        [sys.executable, "-m", "sync", "serve", "--data", str(data), "--parent-pipe"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin
    assert child.stdout
    ready = json.loads(child.stdout.readline())
    yield LiveServer(ready["url"], ready["admin_password"], data)
    child.stdin.close()
    assert child.wait(20) == 0
    child.stdout.close()


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
