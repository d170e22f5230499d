"""Rounds over lines that break, stall, forget the answer or say everything twice."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from sync.attachments.transfer import Pace
from sync.client.session import Session
from sync.errors import SyncError, SyncTrouble
from sync.outbox import blobs, queue
from sync.outbox.blobs import Rank
from sync.protocol.answers import Account
from sync.protocol.identity import DeviceIdentity
from sync.settings import LineSettings
from tests.support.asgi_line import AsgiLine
from tests.support.fault_proxy import Fault, FaultProxy, Weather
from tests.support.live_server import LiveServer
from tests.support.sync_client import KeptToken, SyncClient
from tests.support.sync_records import evidence, finding
from tests.sync.conftest import PASSWORD

QUICK = LineSettings(connect_s=2.0, read_s=1.0, tries=3)


@pytest.fixture
def proxy(server: LiveServer) -> Iterator[FaultProxy]:
    with FaultProxy(urlsplit(server.url).port or 0) as proxy:
        yield proxy


@pytest.fixture
def video(
    proxy: FaultProxy, server: LiveServer, people: dict[str, Account]
) -> Iterator[SyncClient]:
    client = SyncClient(proxy.url, settings=QUICK)
    client.session.sign_in("video_sup", PASSWORD)
    yield client
    client.close()


def report_with_bytes(client: SyncClient, data: bytes) -> str:
    body = finding()
    client.create(client.device.device_id, "finding", body, "hall-1")
    shot = evidence(body["id"], client.keep(data), len(data))
    client.create(client.device.device_id, "evidence", shot, "hall-1")
    return str(shot["sha256"])


def until_agreed(client: SyncClient, rounds: int = 6) -> None:
    """What a program does: a round that breaks off is followed by another."""
    for _ in range(rounds):
        try:
            if client.sync().agreed:
                return
        except SyncError as error:
            if not error.retryable:
                raise
    raise AssertionError("no agreement")


@pytest.mark.parametrize(
    "weather",
    [
        Weather(Fault.CUT, after=100, connections=4),
        Weather(Fault.CUT, after=1500, connections=4),
        Weather(Fault.CUT, after=400_000, connections=3),
        Weather(Fault.DROP_ANSWER, connections=4),
        Weather(Fault.DUPLICATE, connections=1000),
        Weather(Fault.HALF_OPEN, after=1500, connections=2),
        Weather(Fault.HALF_OPEN, after=400_000, connections=2),
        Weather(delay_s=0.01),
    ],
    ids=lambda w: f"{w.fault.value}-{w.after}",
)
def test_a_bad_line_loses_and_doubles_nothing(
    proxy: FaultProxy, video: SyncClient, server: LiveServer, weather: Weather
) -> None:
    video.session.close()  # connections that are open already know no bad weather
    sha256 = report_with_bytes(video, bytes(range(256)) * 4096)
    proxy.weather = weather

    until_agreed(video)

    counts = video.transact(queue.counts)
    assert (counts.get("pending", 0), counts["inbox"]) == (0, 0)
    video.sync()
    other = SyncClient(server.url)
    other.session.sign_in("section_head", PASSWORD)
    report = other.sync()
    assert report.agreed
    assert sha256 in other.shelf.held
    mine = {key: value for key, value in video.records.items() if value[0] is not None}
    assert {key: other.records[key] for key in mine} == mine
    other.close()


def test_only_what_was_on_the_line_is_sent_again(proxy: FaultProxy, video: SyncClient) -> None:
    video.session.close()
    size = 4 * 1024 * 1024
    report_with_bytes(video, bytes(size))
    video.transact(lambda c: None)
    proxy.weather = Weather(Fault.CUT, after=900_000, connections=6)
    before = proxy.sent

    until_agreed(video)
    video.sync()

    assert video.transact(queue.counts)["blobs_waiting"] == 0
    # Beginning anew after each of six cuts would send well over twice as much.
    assert proxy.sent - before < 2 * size


def test_what_stands_between_may_answer_anything() -> None:
    async def portal(scope: object, receive: object, send: Callable[..., object]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[misc]
        await send({"type": "http.response.body", "body": b"<html>Please pay"})  # type: ignore[misc]

    line = AsgiLine(portal)
    session = Session("http://server", DeviceIdentity.new(), KeptToken(), adapter=line)
    with pytest.raises(SyncError) as caught:
        session.sign_in("a", "b")
    assert (caught.value.trouble, caught.value.detail) == (SyncTrouble.DAMAGED, "no_json")
    session.close()
    line.end()


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    answers = [503, 429, 200]
    waited: list[float] = []

    async def busy(scope: object, receive: object, send: Callable[..., object]) -> None:
        status = answers.pop(0)
        headers = [(b"retry-after", b"3")]
        await send({"type": "http.response.start", "status": status, "headers": headers})  # type: ignore[misc]
        await send({"type": "http.response.body", "body": b'{"code": "busy"}'})  # type: ignore[misc]

    line = AsgiLine(busy)
    session = Session(
        "http://server", DeviceIdentity.new(), KeptToken(), adapter=line, wait=waited.append
    )
    with pytest.raises(KeyError):  # this server has no tokens to give
        session.sign_in("a", "b")
    assert (answers, waited) == ([], [3.0, 3.0])
    session.close()
    line.end()


def test_small_goes_before_large_and_a_paid_line_carries_no_photos() -> None:
    client = SyncClient("http://server")
    for media_type, size in (
        ("video/mp4", 10),
        ("image/jpeg", 900_000),
        ("image/jpeg", 9_000),
        ("application/pdf", 2_000_000),
    ):
        client.transact(
            lambda c, m=media_type, s=size: blobs.add_blob(c, f"{m}-{s}", s, m)  # type: ignore[misc]
        )
    order = [blob.sha256 for blob in client.transact(blobs.waiting)]
    assert order == [
        "application/pdf-2000000",
        "image/jpeg-9000",
        "image/jpeg-900000",
        "video/mp4-10",
    ]
    few = client.transact(lambda c: blobs.waiting(c, Rank.PREVIEW))
    assert [blob.sha256 for blob in few] == order[:2]
    client.close()


def test_a_limit_of_bytes_a_second_is_kept() -> None:
    clock = [0.0]

    def wait(seconds: float) -> None:
        clock[0] += seconds

    pace = Pace(1_000_000, now=lambda: clock[0], wait=wait)
    sent = 0
    for _ in range(20):
        size = pace.next_size()
        sent += size
        pace.done(size)
    assert clock[0] == pytest.approx(sent / 1_000_000, abs=1.1)


def test_pieces_grow_on_a_good_line_and_shrink_on_a_bad_one() -> None:
    pace = Pace(now=lambda: 0.0)
    sizes = []
    for _ in range(5):
        sizes.append(pace.next_size())
        pace.done(sizes[-1])
    assert sizes == [1 << 20, 1 << 21, 1 << 22, 1 << 23, 1 << 23]
    pace.broke()
    assert pace.next_size() == 1 << 22
