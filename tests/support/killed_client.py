"""A client in a process of its own that may end at any moment, and goes on where it was.

    python -m tests.support.killed_client URL FOLDER USERNAME PASSWORD CHANGES

It says a line for everything it did, so that who kills it can do so after any of them.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event, text

from sync.client.round import Round
from sync.client.session import Session
from sync.errors import SyncError
from sync.outbox import DDL, queue, shadow
from sync.outbox.recorder import Draft, Recorder
from sync.protocol.change import ChangeKind
from sync.protocol.identity import DeviceIdentity
from sync.settings import LineSettings
from tests.support.sync_client import LOCAL, MemoryShelf, bytes_of, project
from tests.support.sync_records import finding

T = TypeVar("T")
ACTS_A_ROUND = 5


class FileToken:
    """A refresh token in a file, put in place whole."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def load(self) -> str | None:
        return self._file.read_text("utf-8") if self._file.exists() else None

    def save(self, refresh_token: str) -> None:
        part = self._file.with_suffix(".part")
        part.write_text(refresh_token, "utf-8")
        part.replace(self._file)

    def forget(self) -> None:
        self._file.unlink(missing_ok=True)


class FileClient:
    """One device whose store, key and token lie in a folder."""

    def __init__(self, url: str, folder: Path) -> None:
        self.device = _device(folder / "device")
        self.engine = create_engine(f"sqlite:///{folder / 'store.db'}")
        event.listen(self.engine, "connect", _make_durable)
        event.listen(self.engine, "begin", _begin)
        self.transact(_make_tables)
        recorder = Recorder(self.device, lambda: datetime.now(UTC))
        self.recorder = recorder
        self.session = Session(
            url,
            self.device,
            FileToken(folder / "token"),
            settings=LineSettings(connect_s=5.0, read_s=30.0, tries=3),
        )
        self.round = Round(
            self.session,
            transact=self.transact,
            project=project,
            recorder=recorder,
            shelf=MemoryShelf(),
            bytes_of=bytes_of,
        )

    def transact(self, job: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return job(connection)

    def act(self) -> None:
        """Report one finding."""
        body = finding()
        patch = {name: (None, value) for name, value in body.items()}
        draft = Draft("finding", body["id"], "hall-1", ChangeKind.CREATE, patch, None)

        def record(connection: Connection) -> None:
            self.recorder.append(connection, user_id=self.device.device_id, drafts=[draft])
            shadow.recompute(connection, [(draft.entity, draft.id)], project)

        self.transact(record)

    def made(self) -> int:
        query = text("SELECT count(*) FROM sync_outbox")
        return int(self.transact(lambda c: c.execute(query).scalar_one()))

    def is_through(self) -> bool:
        """Go to the server once; tell whether everything is there and both sides agree."""
        try:
            agreed = self.round.run(lambda *_: None, lambda: False).agreed
        except SyncError as error:
            if not error.retryable:
                raise
            return False
        return agreed and not self.transact(queue.counts).get("pending", 0)


def main(url: str, folder: str, username: str, password: str, changes: str) -> None:
    client = FileClient(url, Path(folder))
    if client.session._tokens.load() is None:
        client.session.sign_in(username, password)
    made = client.made()
    while made < int(changes):
        client.act()
        made += 1
        _say("act")
        if made % ACTS_A_ROUND == 0:
            client.is_through()
            _say("round")
    while not client.is_through():
        _say("again")
    _say("done")


def _say(word: str) -> None:
    print(word, flush=True)


def _device(file: Path) -> DeviceIdentity:
    if not file.exists():
        new = DeviceIdentity.new()
        part = file.with_suffix(".part")
        part.write_text(f"{new.device_id} {new.private_key.hex()}", "utf-8")
        part.replace(file)
    device_id, key = file.read_text("utf-8").split()
    return DeviceIdentity(device_id, bytes.fromhex(key))


def _make_tables(connection: Connection) -> None:
    if connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one():
        return
    for statement in (*DDL, LOCAL):
        connection.exec_driver_sql(statement)


def _make_durable(raw: Any, _record: object) -> None:
    raw.isolation_level = None
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


if __name__ == "__main__":
    main(*sys.argv[1:])
