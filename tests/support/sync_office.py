"""A server in this process with its people, and clients that reach it without a socket."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import requests

from sync.protocol.answers import Account
from sync.server.app import make_app
from sync.server.database import Database
from sync.server.directory import NewUser, create_user
from sync.server.doors.shared import Doors
from sync.server.facts import renew_epoch
from tests.support.asgi_line import AsgiLine
from tests.support.sync_client import SyncClient, image_of, memory_engine

ENTITIES = Path(__file__).resolve().parents[2] / "resources" / "entities"
PASSWORD = "correct horse battery"
URL = "http://server"


class Office:
    """Everything on one machine; `close` it."""

    def __init__(self, folder: Path, database: Database | None = None) -> None:
        self.doors = Doors(folder, ENTITIES, database or Database(memory_engine()))
        self.line = AsgiLine(make_app(self.doors))
        self.http = requests.Session()
        self.http.mount(URL, self.line)
        self._clients: list[SyncClient] = []
        self._numbers = count()

    def person(self, *roles: str, scopes: tuple[str, ...] = ("region", "hall-1")) -> Account:
        name = f"{'-'.join(roles).lower()}-{next(self._numbers)}-{'-'.join(scopes)}"
        who = NewUser(name, name, PASSWORD, roles, scopes)
        with self.doors.database.write() as connection:
            return create_user(connection, "server", who)

    def client(self, *roles: str, scopes: tuple[str, ...] = ("region", "hall-1")) -> SyncClient:
        """A device on which a new person has signed in."""
        client = SyncClient(URL, self.line)
        self._clients.append(client)
        client.session.sign_in(self.person(*roles, scopes=scopes).username, PASSWORD)
        return client

    def ask(
        self, method: str, path: str, by: SyncClient | None = None, **words: Any
    ) -> requests.Response:
        """Ask the server something by hand."""
        headers = dict(words.pop("headers", {}))
        if by is not None:
            by.session.resume()
            headers["Authorization"] = f"Bearer {by.session._access}"
        return self.http.request(method, URL + path, headers=headers, **words)

    def image(self) -> bytes:
        return image_of(self.doors.database.engine)

    def restore(self, image: bytes) -> None:
        """Come back from a backup, as another state of the server."""
        self.doors.database.close()
        self.doors.database = Database(memory_engine(image))
        with self.doors.database.write() as connection:
            renew_epoch(connection)

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.http.close()
        self.line.end()
        self.doors.database.close()


def code_of(answer: requests.Response) -> str:
    """The stable code of a refusal, which must be a problem document."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    plain = json.loads(answer.text)
    assert plain["status"] == answer.status_code
    return str(plain["code"])
