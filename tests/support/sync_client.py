"""A client of the sync wing alone: its own database, its own shelf, its own keys."""

import hashlib
import json
import math
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from requests.adapters import BaseAdapter
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import StaticPool

from sync.client.round import Round, RoundReport
from sync.client.session import Session
from sync.outbox import DDL, shadow
from sync.outbox.blobs import add_blob
from sync.outbox.recorder import Draft, Recorder
from sync.outbox.shadow import Placed
from sync.protocol.change import ChangeKind
from sync.protocol.identity import DeviceIdentity
from sync.settings import LineSettings

T = TypeVar("T")


class KeptToken:
    """A refresh token in memory."""

    def __init__(self) -> None:
        self.token: str | None = None

    def load(self) -> str | None:
        return self.token

    def save(self, refresh_token: str) -> None:
        self.token = refresh_token

    def forget(self) -> None:
        self.token = None


class MemoryShelf:
    """Bytes in memory."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def read(self, sha256: str) -> bytes:
        return self.held[sha256]

    def write(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self.held[sha256] = data
        return sha256

    def has(self, sha256: str) -> bool:
        return sha256 in self.held

    def drop(self, sha256: str) -> None:
        self.held.pop(sha256, None)


class Killed(BaseException):
    """The process of a client ended here."""


class SyncClient:
    """One device with its store, in memory; what is written survives `restart` and nothing else."""

    def __init__(
        self,
        url: str,
        adapter: BaseAdapter | None = None,
        settings: LineSettings = LineSettings(tries=1),  # noqa: B008  # frozen
    ) -> None:
        self.settings = settings
        self.device = DeviceIdentity.new()
        self.engine = _client_engine()
        with self.engine.begin() as connection:
            for statement in (*DDL, LOCAL):
                connection.exec_driver_sql(statement)
        self.tokens = KeptToken()
        self.shelf = MemoryShelf()
        self.commits_left: float = math.inf
        self._url, self._adapter = url, adapter
        self._begin()

    def _begin(self) -> None:
        self.recorder = Recorder(self.device, lambda: datetime.now(UTC))
        self.session = Session(
            self._url, self.device, self.tokens, settings=self.settings, adapter=self._adapter
        )
        self.round = Round(
            self.session,
            transact=self.transact,
            project=project,
            recorder=self.recorder,
            shelf=self.shelf,
            bytes_of=bytes_of,
        )

    @property
    def records(self) -> dict[tuple[str, str], tuple[Mapping[str, Any] | None, int]]:
        with self.engine.begin() as connection:
            rows = connection.execute(text("SELECT entity, id, body, ver FROM local")).all()
        return {(r.entity, r.id): (json.loads(r.body), r.ver) for r in rows}

    def restart(self) -> None:
        """Begin again with nothing but what was committed."""
        self.commits_left = math.inf
        self._begin()

    def image(self) -> bytes:
        """A backup of the store."""
        return image_of(self.engine)

    def restore(self, image: bytes) -> None:
        """Go back to a backup of the store."""
        self.engine.dispose()
        self.engine = _client_engine(image)
        self.restart()

    def transact(self, job: Callable[[Connection], T]) -> T:
        """Commit; with `commits_left` at zero the process ends just before one."""
        with self.engine.begin() as connection:
            done = job(connection)
            self.commits_left -= 1
            if self.commits_left < 0:
                raise Killed
        return done

    def record(self, user_id: str, *drafts: Draft) -> None:
        """Do one act: what it changes is shown at once, and waits for the server."""

        def act(connection: Connection) -> None:
            self.recorder.append(connection, user_id=user_id, drafts=drafts)
            touched = [(draft.entity, draft.id) for draft in drafts]
            shadow.recompute(connection, touched, project)

        self.transact(act)

    def create(self, user_id: str, entity: str, body: Mapping[str, Any], scope: str) -> None:
        patch = {name: (None, value) for name, value in body.items()}
        draft = Draft(entity, body["id"], scope, ChangeKind.CREATE, patch, None)
        self.record(user_id, draft)

    def keep(self, data: bytes) -> str:
        sha256 = self.shelf.write(data)
        self.transact(lambda c: add_blob(c, sha256, len(data), "image/jpeg"))
        return sha256

    def sync(self, cancelled: Callable[[], bool] = lambda: False) -> RoundReport:
        return self.round.run(lambda *_: None, cancelled)

    def close(self) -> None:
        self.session.close()
        self.engine.dispose()


LOCAL = (
    "CREATE TABLE local (entity TEXT, id TEXT, body TEXT, ver INTEGER, PRIMARY KEY (entity, id))"
)


def project(connection: Connection, placed: Sequence[Placed]) -> None:
    connection.execute(
        text("INSERT OR REPLACE INTO local VALUES (:entity, :id, :body, :ver)"),
        [
            {"entity": entity, "id": record_id, "body": json.dumps(body), "ver": ver}
            for entity, record_id, body, ver in placed
        ],
    )


def memory_engine(image: bytes = b"") -> Engine:
    """A SQLite database in memory that several threads may use, one after another."""

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        if image:
            raw.deserialize(image)
        return raw

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def _client_engine(image: bytes = b"") -> Engine:
    engine = memory_engine(image)
    event.listen(engine, "begin", _begin)
    return engine


def image_of(engine: Engine) -> bytes:
    """All bytes of a database in memory."""
    with closing(engine.raw_connection()) as raw:
        return bytes(cast(sqlite3.Connection, raw.driver_connection).serialize())


def bytes_of(entity: str, body: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    if entity != "evidence":
        return []
    return [(body["sha256"], body["size"], body["media_type"])]


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
