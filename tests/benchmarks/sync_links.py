"""What bad and thin lines cost: re-sent bytes of a clip, and a month's work in one go.

    python -m tests.benchmarks.sync_links clip [--mib 200] [--breaks 5] [--mbit 64]
    python -m tests.benchmarks.sync_links month [--changes 5000] [--mbit 10] [--delay-ms 50]

The peer is the line itself: bytes of the clip, and the time that the bytes need at its speed.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import SyncError
from sync.outbox import queue
from sync.settings import LineSettings
from tests.support.fault_proxy import FaultProxy, Weather
from tests.support.live_server import live_server
from tests.support.sync_client import SyncClient
from tests.support.sync_records import evidence, finding

PASSWORD = "correct horse battery"


@contextmanager
def line(weather: Weather, settings: LineSettings) -> Iterator[tuple[FaultProxy, SyncClient]]:
    """A new server, a line with this weather, and somebody who reports findings over it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        live_server(Path(folder)) as server,
        FaultProxy(server.port) as proxy,
    ):
        admin = SyncClient(server.url)
        admin.session.sign_in("admin", server.admin_password)
        admin.session.add_user(
            username="video",
            name="video",
            password=PASSWORD,
            roles=["VIDEO_SUP"],
            scopes=["region", "hall-1"],
        )
        admin.close()
        client = SyncClient(proxy.url, settings=settings)
        client.session.sign_in("video", PASSWORD)
        client.sync()
        client.session.close()
        proxy.sent, proxy.weather = 0, weather
        yield proxy, client
        proxy.weather = Weather()
        client.close()


def clip(options: argparse.Namespace) -> None:
    """Upload one clip over a line that breaks."""
    size = options.mib * 1024 * 1024
    weather = Weather(breaks_every_s=options.breaks, bytes_per_s=options.mbit * 125_000)
    with line(weather, LineSettings(read_s=10.0, tries=3)) as (proxy, client):
        body = finding()
        client.create(client.device.device_id, "finding", body, "hall-1")
        shot = evidence(body["id"], client.keep(os.urandom(size)), size)
        client.create(client.device.device_id, "evidence", shot, "hall-1")
        began, rounds = time.monotonic(), 0
        while client.transact(queue.counts)["blobs_waiting"]:
            rounds += 1
            try:
                client.sync()
            except SyncError as error:
                print(f"round {rounds} broke off: {error.trouble.value} {error.detail}")
        seconds = time.monotonic() - began
    print(
        f"{options.mib} MiB in {seconds:.0f} s, {proxy.breaks} breaks, {rounds} rounds:"
        f" {100 * (proxy.sent - size) / size:.2f} % re-sent, headers included;"
        f" {seconds / (size / weather.bytes_per_s):.2f} times the line's own time"
    )


def month(options: argparse.Namespace) -> None:
    """Push what was done in a month offline."""
    weather = Weather(delay_s=options.delay_ms / 1000, bytes_per_s=options.mbit * 125_000)
    with line(weather, LineSettings()) as (proxy, client):
        for _ in range(options.changes):
            client.create(client.device.device_id, "finding", finding(), "hall-1")
        began = time.monotonic()
        report = client.sync()
        seconds = time.monotonic() - began
    assert (report.pushed, report.refused, report.agreed) == (options.changes, 0, True)
    print(
        f"{options.changes} changes in {seconds:.1f} s, {proxy.sent / 1e6:.1f} MB sent:"
        f" {seconds / (proxy.sent / weather.bytes_per_s):.1f} times the line's own time"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("clip")
    one.add_argument("--mib", type=int, default=200)
    one.add_argument("--breaks", type=float, default=5.0)
    one.add_argument("--mbit", type=float, default=64.0)
    one.set_defaults(run=clip)
    other = commands.add_parser("month")
    other.add_argument("--changes", type=int, default=5000)
    other.add_argument("--mbit", type=float, default=10.0)
    other.add_argument("--delay-ms", type=float, default=50.0, help="each way")
    other.set_defaults(run=month)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
