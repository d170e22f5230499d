"""Kills client and server processes after random steps, and counts what is left of their work."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine, select, text

from sync.client.session import Session
from sync.protocol.identity import DeviceIdentity
from sync.server.audit import audit_log
from sync.server.database import Database
from sync.server.tables import changes
from tests.support.sync_client import KeptToken

PASSWORD = "correct horse battery"
MOST_STEPS = 25  # of a client between two kills


@dataclass(frozen=True, slots=True)
class Left:
    """What is left after the kills.

    Attributes:
        lost: changes that the client keeps as taken, or its user made, and the server has not.
        doubled: changes that stand in the log more than once.
    """

    kills: int
    made: int
    lost: int
    doubled: int
    faults: int


class _Child:
    """A process that is killed and started again."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._command, self._environment = command, environment
        self.process = self._start()

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", *self._command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **self._environment},
        )

    @property
    def said(self) -> IO[str]:
        assert self.process.stdout
        return self.process.stdout

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.said.close()

    def start_again(self) -> None:
        self.process = self._start()


def run_kills(folder: Path, count: int, kills: int, seed: int, database_url: str = "") -> Left:
    """Let a client make so many changes while it and its server are killed so often."""
    chance = random.Random(seed)  # repeatable, not secret
    told = {"DATABASE_URL": database_url}
    data, desk = folder / "server", folder / "client"
    desk.mkdir(parents=True)
    with ExitStack() as ends:
        serving = ["sync", "serve", "--data", str(data)]
        server = _Child(serving, told)
        ends.callback(server.kill)
        ready = json.loads(server.said.readline())
        url = ready["url"]
        _make_person(url, ready["admin_password"])
        server._command = [*serving, "--port", url.rpartition(":")[2]]
        words = [url, str(desk), "video", PASSWORD, str(count)]
        client = _Child(["tests.support.killed_client", *words], {})
        ends.callback(client.kill)
        done = sum(_kill_one(chance, client, server) for _ in range(kills))
        for word in client.said:
            if word == "done\n":
                break
        else:
            raise AssertionError("the client ended before it was through")
    return _what_is_left(desk, data, database_url, done)


def _kill_one(chance: random.Random, client: _Child, server: _Child) -> int:
    """Let the client do a few steps, and kill one of the two; tell whether there was a chance."""
    for _ in range(chance.randint(1, MOST_STEPS)):
        if client.said.readline() in {"done\n", ""}:
            client.kill()
            client.start_again()
            return 0
    victim = chance.choice([client, server])
    victim.kill()
    victim.start_again()
    if victim is server:
        assert server.said.readline(), "the server did not come back"
    return 1


def _make_person(url: str, admin_password: str) -> None:
    admin = Session(url, DeviceIdentity.new(), KeptToken())
    admin.sign_in("admin", admin_password)
    admin.add_user(
        username="video",
        name="video",
        password=PASSWORD,
        roles=["VIDEO_SUP"],
        scopes=["region", "hall-1"],
    )
    admin.close()


def _what_is_left(desk: Path, data: Path, database_url: str, kills: int) -> Left:
    store = create_engine(f"sqlite:///{desk / 'store.db'}")
    with store.connect() as connection:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        made = set(connection.scalars(text("SELECT op_id FROM sync_outbox")))
    store.dispose()
    database = Database.at(database_url) if database_url else Database.in_folder(data)
    with database.read() as connection:
        envelopes = connection.scalars(select(changes.c.envelope)).all()
    logged = Counter(envelope["op_id"] for envelope in envelopes)
    faults = audit_log(database).faults
    database.close()
    doubled = sum(number - 1 for number in logged.values())
    return Left(kills, len(made), len(made - logged.keys()), doubled, len(faults))
