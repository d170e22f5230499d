"""A client of the sync wing alone: its own database, its own shelf, its own keys."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from sync.client.round import Round, RoundReport
from sync.client.session import Session
from sync.outbox import DDL
from sync.outbox.blobs import add_blob
from sync.outbox.recorder import Draft, Recorder
from sync.protocol.change import ChangeKind
from sync.protocol.identity import DeviceIdentity

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


class SyncClient:
    """One device with its store."""

    def __init__(self, url: str) -> None:
        self.device = DeviceIdentity.new()
        self.engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        event.listen(self.engine, "connect", _by_hand)
        event.listen(self.engine, "begin", _begin)
        with self.engine.begin() as connection:
            for statement in DDL:
                connection.exec_driver_sql(statement)
        self.recorder = Recorder(self.device, lambda: datetime.now(UTC))
        self.session = Session(url, self.device, KeptToken())
        self.shelf = MemoryShelf()
        self.records: dict[tuple[str, str], tuple[Mapping[str, Any] | None, int]] = {}
        self.round = Round(
            self.session,
            transact=self.transact,
            project=self.project,
            shelf=self.shelf,
            bytes_of=bytes_of,
        )

    def transact(self, job: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return job(connection)

    def project(
        self,
        _connection: Connection,
        entity: str,
        record_id: str,
        body: Mapping[str, Any] | None,
        ver: int,
    ) -> None:
        self.records[entity, record_id] = (body, ver)

    def record(self, user_id: str, *drafts: Draft) -> None:
        self.transact(lambda c: self.recorder.append(c, user_id=user_id, drafts=drafts))

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


def bytes_of(entity: str, body: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    if entity != "evidence":
        return []
    return [(body["sha256"], body["size"], body["media_type"])]


def _by_hand(raw: Any, _record: object) -> None:
    raw.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
