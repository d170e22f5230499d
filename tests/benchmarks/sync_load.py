"""What many clients and a first load cost a server, in a process of its own on SQLite.

    python -m tests.benchmarks.sync_load poll [--clients 100] [--every 5] [--seconds 60]
    python -m tests.benchmarks.sync_load first [--records 100000]

The peer of a poll is the server's health, asked beside it on the same machine: one look into the
database without a caller. The peer of a first load is reading the same records from the server's
own file.
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import insert, select, text

from sync.errors import SyncError
from sync.server.database import Database
from sync.server.tables import records, scope_heads
from tests.support.live_server import LiveServer, live_server
from tests.support.sync_client import SyncClient
from tests.support.sync_records import finding

PASSWORD = "correct horse battery"
_AT_ONCE = 2000


def poll(options: argparse.Namespace) -> None:
    """Let clients greet and pull, each at its own moment, and time every answer."""
    with tempfile.TemporaryDirectory() as folder, _office(Path(folder)) as (server, stack):
        idle_mb = _resident_mb(server.pid)
        clients = [_signed_in(server, stack) for _ in range(options.clients)]
        waits: dict[str, list[float]] = {"poll": [], "health": []}
        jobs = [threading.Thread(target=_asking, args=(each, options, waits)) for each in clients]
        for number, job in enumerate(jobs):
            time.sleep(options.every / len(jobs) if number else 0)
            job.start()
        for job in jobs:
            job.join()
        polled, floor = (_p95(waits[name]) * 1000 for name in ("poll", "health"))
        print(f"{len(waits['poll'])} polls of {options.clients} clients: p95 {polled:.1f} ms")
        print(f"health beside them: p95 {floor:.1f} ms, {polled / floor:.1f} times")
        print(f"server: {idle_mb:.0f} MB idle, {_resident_mb(server.pid):.0f} MB after")


def first(options: argparse.Namespace) -> None:
    """Let a new client load a hall of many records."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with live_server(data) as server:
            password = server.admin_password
        _fill(data, options.records)
        began = time.perf_counter()
        read = _read_bare(data)
        floor = time.perf_counter() - began
        with live_server(data) as server, ExitStack() as stack:
            server.admin_password = password
            _make_user(server)
            client = _signed_in(server, stack)
            began = time.perf_counter()
            report = client.sync()
            took = time.perf_counter() - began
        print(f"{report.pulled} of {read} records: {took:.1f} s, agreed: {report.agreed}")
        print(f"read from the server's own file: {floor:.1f} s, {took / floor:.1f} times")


@contextmanager
def _office(folder: Path) -> Iterator[tuple[LiveServer, ExitStack]]:
    with live_server(folder) as server, ExitStack() as stack:
        _make_user(server)
        yield server, stack


def _make_user(server: LiveServer) -> None:
    admin = SyncClient(server.url)
    admin.session.sign_in("admin", server.admin_password)
    scopes = ["region", "hall-1"]
    admin.session.add_user(
        username="video", name="video", password=PASSWORD, roles=["VIDEO_SUP"], scopes=scopes
    )
    admin.close()


def _signed_in(server: LiveServer, stack: ExitStack) -> SyncClient:
    client = SyncClient(server.url)
    stack.callback(client.close)
    while True:
        try:
            client.session.sign_in("video", PASSWORD)
        except SyncError as error:  # the server lets people in at a steady pace
            time.sleep(error.retry_s or 1.0)
        else:
            return client


def _asking(client: SyncClient, options: argparse.Namespace, waits: dict[str, list[float]]) -> None:
    until = time.monotonic() + options.seconds
    while time.monotonic() < until:
        began = time.monotonic()
        client.session.ask_json("POST", "/v1/sync/hello", {"unsent": 0, "conflicts": 0})
        client.session.ask_json("GET", "/v1/sync/pull", None, limit=500)
        greeted = time.monotonic()
        waits["poll"].append((greeted - began) / 2)
        requests.get(f"{client.session.url}/v1/health", timeout=30)
        waits["health"].append(time.monotonic() - greeted)
        time.sleep(max(0.0, began + options.every - time.monotonic()))


def _fill(data: Path, count: int) -> None:
    """Put records straight into the tables, as if they had come long ago."""
    database = Database.in_folder(data)
    made: list[dict[str, Any]] = []
    with database.write() as connection:
        for _ in range(count):
            body = finding()
            key = {"entity": "finding", "id": body["id"], "scope": "hall-1"}
            made.append(key | {"ver": 1, "body": body})
        for start in range(0, count, _AT_ONCE):
            connection.execute(insert(records), made[start : start + _AT_ONCE])
        connection.execute(insert(scope_heads).values(scope="hall-1", last_seq=0))
    database.close()


def _read_bare(data: Path) -> int:
    database = Database.in_folder(data)
    with database.read() as connection:
        rows = connection.execute(select(text("entity, id, ver, body")).select_from(records))
        count = sum(1 for row in rows if json.loads(row.body))
    database.close()
    return count


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    polls = commands.add_parser("poll")
    polls.add_argument("--clients", type=int, default=100)
    polls.add_argument("--every", type=float, default=5.0)
    polls.add_argument("--seconds", type=float, default=60.0)
    polls.set_defaults(run=poll)
    load = commands.add_parser("first")
    load.add_argument("--records", type=int, default=100_000)
    load.set_defaults(run=first)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
