"""Reports go out in order; of a camera's wall pictures only the last."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from video.messages import Alive, Preview, Report
from video.process.outbox import Outbox

WALL = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def beat(number: int) -> Alive:
    return Alive(float(number), 1.0, {})


def preview(camera: str, jpeg: bytes) -> Preview:
    return Preview(camera, WALL, jpeg)


class Wire:
    """Takes reports once it is opened."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.sent: list[Report] = []
        self.broken = False

    def send(self, report: Report) -> None:
        self.open.wait(30)
        if self.broken:
            raise BrokenPipeError
        self.sent.append(report)


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.open.set()


def test_reports_keep_their_order_and_the_last_preview_of_each_camera_follows(wire: Wire) -> None:
    outbox = Outbox(wire.send)
    for number in range(3):
        outbox.put(beat(number))
        outbox.put(preview("a", bytes([number])))
    outbox.put(preview("b", b"b"))

    outbox.start()
    wire.open.set()
    outbox.close(within_s=10)

    assert wire.sent == [*map(beat, range(3)), preview("a", b"\2"), preview("b", b"b")]


def test_whoever_reports_too_much_waits_and_nothing_is_lost(wire: Wire) -> None:
    outbox = Outbox(wire.send, room=2)
    outbox.start()
    maker = threading.Thread(target=lambda: [outbox.put(beat(n)) for n in range(50)])
    maker.start()
    assert maker.is_alive()

    wire.open.set()
    maker.join(10)
    outbox.close(within_s=10)

    assert wire.sent == list(map(beat, range(50)))


def test_with_nobody_at_the_other_end_nobody_waits(wire: Wire) -> None:
    wire.broken = True
    wire.open.set()
    outbox = Outbox(wire.send, room=2)
    outbox.start()

    for number in range(10):
        outbox.put(beat(number))
    outbox.close(within_s=10)

    assert wire.sent == []
