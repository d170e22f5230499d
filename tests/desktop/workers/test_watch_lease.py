"""Each network camera is watched by one machine; without the server, what was held goes on."""

from collections.abc import Iterator, Sequence
from queue import Queue

import pytest

from desktop.bridges.footage import network_cameras, shared_plan
from desktop.workers.watch_lease import WatchLease, WatchShare, share_without_server
from sync.errors import SyncError, SyncTrouble
from sync.protocol.answers import Tenure
from tests.support.drawn import START
from video.messages import CameraPlan, WatchPlan
from video.vocabulary.source import DrawnPlan, RtspPlan

PLAN = WatchPlan(
    (
        CameraPlan("drawn", DrawnPlan("", START), ()),
        CameraPlan("one", RtspPlan("rtsp://one"), ()),
        CameraPlan("two", RtspPlan("rtsp://two"), ()),
    )
)


class Server:
    """Answers what a test says; `asked` has every question."""

    def __init__(self) -> None:
        self.elsewhere: dict[str, str] = {}
        self.gone = False
        self.asked: Queue[tuple[str, ...]] = Queue()

    def hold(self, scope: str, names: Sequence[str]) -> Tenure:
        self.asked.put(tuple(names))
        if self.gone:
            raise SyncError(SyncTrouble.UNREACHABLE)
        others = {name: who for name, who in self.elsewhere.items() if name in names}
        return Tenure(frozenset(names) - others.keys(), others, 60.0)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def told() -> "Queue[WatchShare]":
    return Queue()


@pytest.fixture
def lease(server: Server, told: "Queue[WatchShare]") -> Iterator[WatchLease]:
    made = WatchLease(server, told.put, renew_s=0.01)
    made.start()
    yield made
    made.stop()


def told_until(told: "Queue[WatchShare]", wanted: WatchShare) -> None:
    while told.get(timeout=30) != wanted:
        pass


def test_nothing_is_asked_before_something_is_wanted(lease: WatchLease, server: Server) -> None:
    lease.want("hall", ["one"])
    assert server.asked.get(timeout=30) == ("one",)


def test_a_camera_of_another_machine_is_left_to_it_until_it_is_free(
    lease: WatchLease, server: Server, told: "Queue[WatchShare]"
) -> None:
    server.elsewhere = {"two": "李明"}
    lease.want("hall", ["one", "two"])
    told_until(told, WatchShare(frozenset({"one"}), {"two": "李明"}))
    server.elsewhere = {}
    told_until(told, WatchShare(frozenset({"one", "two"})))


def test_without_the_server_what_was_held_is_watched_on_and_that_is_said(
    lease: WatchLease, server: Server, told: "Queue[WatchShare]"
) -> None:
    server.elsewhere = {"two": "李明"}
    lease.want("hall", ["one", "two"])
    told_until(told, WatchShare(frozenset({"one"}), {"two": "李明"}))
    server.gone = True
    told_until(told, WatchShare(frozenset({"one"}), {"two": "李明"}, confirmed=False))


def test_what_was_never_asked_is_watched_rather_than_left_dark() -> None:
    share = share_without_server(WatchShare(), ["one", "two"])
    assert share == WatchShare(frozenset({"one", "two"}), confirmed=False)


def test_the_end_lets_go_of_everything(server: Server, told: "Queue[WatchShare]") -> None:
    lease = WatchLease(server, told.put, renew_s=60.0)
    lease.start()
    lease.want("hall", ["one"])
    told_until(told, WatchShare(frozenset({"one"})))
    lease.stop()
    assert list(server.asked.queue)[-1] == ()


def test_only_network_cameras_are_shared() -> None:
    assert network_cameras(PLAN) == {"one", "two"}
    assert [c.camera_id for c in shared_plan(PLAN, {"two"}).cameras] == ["drawn", "two"]
