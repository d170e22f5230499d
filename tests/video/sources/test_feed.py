"""A live camera is read beside the judging: silence is told, lateness counted, losses mended."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from tests.support.acted import SHAPE, ActedSource, nothing, shows
from tests.support.footage import encoded
from tests.support.rtsp_server import RtspServer
from video.errors import FootageError, FootageTrouble
from video.evidence.nal import units
from video.sources.base import Taken
from video.sources.feed import Arrival, Broken, Connected, Kept, LiveFeed, Silent
from video.sources.rtsp import RtspSource
from video.vocabulary.frame import EncodedPacket, StreamShape
from video.vocabulary.source import RtspPlan

GONE = FootageError(FootageTrouble.STREAM_ENDED, "camera-1", retryable=True)


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def feed_of(source: ActedSource, stop: threading.Event, **how: float) -> LiveFeed:
    """Reconnects after half a second."""
    return LiveFeed(source, tick_s=0.01, stop=stop, jitter=lambda: 0.0, **how)


def test_what_comes_is_handed_on_in_order(stop: threading.Event) -> None:
    feed = feed_of(ActedSource([shows(0.0, 1.0, 2.0)]), stop)

    first, *rest = islice(feed.arrivals(), 4)

    assert first == Connected(SHAPE)
    assert [one.packet.show_s for one in rest if isinstance(one, Taken)] == [0.0, 1.0, 2.0]


def test_a_camera_that_shows_nothing_is_silent_from_its_last_picture_on(
    stop: threading.Event,
) -> None:
    source = ActedSource([])
    feed = feed_of(source, stop, no_picture_s=0.05)

    arrivals = feed.arrivals()
    assert next(arrivals) == Connected(SHAPE)
    told = [next(arrivals) for _ in range(3)]
    source.left.set()

    moments = [one.moment.at_s for one in told if isinstance(one, Silent)]
    assert len(moments) == 3
    assert 0.05 <= moments[0] < moments[1] < moments[2]


def test_a_lost_camera_is_tried_again_and_the_loss_is_told(stop: threading.Event) -> None:
    source = ActedSource([shows(0.0, then=GONE), shows(1.0)])

    told = list(islice(feed_of(source, stop).arrivals(), 5))

    assert [type(one) for one in told] == [Connected, Taken, Broken, Connected, Taken]
    assert told[2] == Broken(GONE, 0.5)
    assert source.closed >= 1


def test_a_trouble_that_waiting_does_not_cure_ends_the_feed(stop: threading.Event) -> None:
    lasting = FootageError(FootageTrouble.UNSUPPORTED, "camera-1", "mjpeg")
    feed = feed_of(ActedSource([shows(then=lasting)]), stop)

    with pytest.raises(FootageError) as refused:
        list(feed.arrivals())

    assert refused.value is lasting


def test_a_fault_in_reading_is_raised_where_the_camera_is_judged(
    stop: threading.Event,
) -> None:
    def faulty() -> Iterator[Taken]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(feed_of(ActedSource([faulty]), stop).arrivals())


def test_a_picture_that_waited_too_long_is_dropped_and_counted_but_its_packet_is_kept(
    stop: threading.Event,
) -> None:
    feed = feed_of(ActedSource([shows(0.0, 1.0)]), stop, late_s=-1.0)

    told = list(islice(feed.arrivals(), 3))

    assert [one.frames for one in told if isinstance(one, Taken)] == [(), ()]
    assert feed.dropped == 2


def test_stopping_ends_the_arrivals(stop: threading.Event) -> None:
    arrivals = feed_of(ActedSource([shows(0.0), nothing]), stop).arrivals()
    next(arrivals)

    stop.set()

    assert len(list(arrivals)) <= 2


def played(url: str, stop: threading.Event, **who: str) -> Iterator[Arrival]:
    source = RtspSource(
        RtspPlan(url, **who),
        camera_id="camera-1",
        tick_s=0.2,
        key_frames_only=False,
        wait=stop.wait,
    )
    return LiveFeed(source, tick_s=0.2, stop=stop, jitter=lambda: 0.0).arrivals()


def test_a_network_camera_gives_the_packets_that_it_sent(stop: threading.Event) -> None:
    shape, packets = encoded(seconds=2)

    with RtspServer(shape, packets, username="viewer", password="geheim/9") as camera:
        told = []
        for arrival in played(camera.url, stop, username="viewer", password="geheim/9"):
            told.append(arrival)
            if isinstance(arrival, Broken):
                break

    connected, *rest = told
    assert isinstance(connected, Connected)
    assert (connected.shape.codec, connected.shape.width) == ("h264", shape.width)
    sent = [units(packet.data) for packet in packets]
    came = [units(one.packet.data) for one in rest if isinstance(one, Taken)]
    assert came == sent[-len(came) :]
    assert len(came) > 15
    assert any(one.frames for one in rest if isinstance(one, Taken))


def test_a_wrong_password_is_told_without_the_password(
    stop: threading.Event, capfd: pytest.CaptureFixture[str]
) -> None:
    shape, packets = encoded()

    with RtspServer(shape, packets, username="viewer", password="right") as camera:
        broken = next(played(camera.url, stop, username="viewer", password="geheim/9"))

    assert isinstance(broken, Broken)
    assert broken.error.trouble is FootageTrouble.WRONG_CREDENTIALS
    assert broken.retry_s >= 30  # or the camera locks the account
    printed = capfd.readouterr()
    for text in (repr(broken), repr(broken.error), printed.out, printed.err):
        assert "geheim" not in text


def test_a_main_stream_is_kept_beside_and_its_loss_changes_nothing(stop: threading.Event) -> None:
    main = ActedSource([shows(0.0, then=GONE), shows(5.0, 6.0)])
    own = ActedSource([shows(0.0, 1.0)])
    feed = LiveFeed(own, tick_s=0.01, stop=stop, main=main, jitter=lambda: 0.0)

    told: list[Arrival] = []
    for arrival in feed.arrivals():
        told.append(arrival)
        kept = [one.item for one in told if isinstance(one, Kept)]
        if len(kept) >= 5 and sum(isinstance(one, Taken) for one in told) == 2:
            break
    for source in (main, own):
        source.left.set()

    assert [type(item) for item in kept[:5]] == [
        StreamShape, EncodedPacket, FootageError, StreamShape, EncodedPacket,
    ]  # fmt: skip
    assert kept[2] is GONE
    assert not any(isinstance(one, Broken) for one in told)


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_network_camera_is_read_over_either_transport(
    transport: str, stop: threading.Event
) -> None:
    with RtspServer(*encoded(key_every=5)) as camera:
        plan = RtspPlan(camera.url, transport=transport)
        source = RtspSource(
            plan, camera_id="camera-1", tick_s=0.2, key_frames_only=True, wait=stop.wait
        )
        shape = source.open()
        pictures = [frame for taken in islice(source.take(), 15) for frame in taken.frames]
        source.close()
    assert (shape.width, shape.height) == (160, 96)
    assert len(pictures) >= 2


def test_a_camera_that_changes_its_resolution_is_connected_anew(stop: threading.Event) -> None:
    shape, packets = encoded(key_every=5)
    larger, later = encoded(key_every=5, seconds=2, size=(320, 192))
    sets = larger.extradata  # in band, as cameras send them
    after = [
        replace(p, data=sets + p.data, show_s=p.show_s + 1, decode_s=p.decode_s + 1) for p in later
    ]
    with RtspServer(shape, (*packets[:10], *after)) as camera:
        source = RtspSource(
            RtspPlan(camera.url),
            camera_id="camera-1",
            tick_s=0.2,
            key_frames_only=True,
            wait=stop.wait,
        )
        source.open()
        with pytest.raises(FootageError) as ended:
            for _ in source.take():
                pass
        source.close()
    assert (ended.value.trouble, ended.value.retryable) == (FootageTrouble.STREAM_ENDED, True)
    assert ended.value.detail == "another size of picture"
