"""A network camera's clock is believed as far as ours agrees, and its password stays unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.errors import FootageError, FootageTrouble
from video.sources.rtsp import RtspSource, StreamClock
from video.vocabulary.source import RtspPlan


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_the_cameras_own_stamps_space_its_pictures() -> None:
    hand = Hand()
    clock = StreamClock(hand)

    times = []
    for stamp_s, arrived_s in ((50.0, 1000.0), (50.2, 1000.5), (50.4, 1000.5), (50.6, 1000.6)):
        hand.now_s = arrived_s
        times.append(clock.seconds(stamp_s))

    assert times == pytest.approx([0.0, 0.2, 0.4, 0.6])


def test_a_camera_whose_clock_jumps_is_put_right_by_ours() -> None:
    hand = Hand()
    clock = StreamClock(hand)
    clock.seconds(50.0)
    hand.now_s += 10

    assert clock.seconds(99_999.0) == 10.0


def test_a_camera_that_counts_anew_after_a_reconnect_goes_on() -> None:
    hand = Hand()
    clock = StreamClock(hand)
    clock.seconds(500.0)
    hand.now_s += 60
    clock.reconnected()

    assert clock.seconds(0.0) == 60.0


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(-1e6, 1e6)), min_size=1, max_size=40))
def test_stream_seconds_never_run_backwards(arrivals: list[tuple[float, float]]) -> None:
    hand = Hand()
    clock = StreamClock(hand)
    times = []
    for later_s, stamp_s in arrivals:
        hand.now_s += later_s
        times.append(clock.seconds(stamp_s))

    assert times == sorted(times)


def test_a_camera_that_is_not_there_is_named_without_its_password() -> None:
    plan = RtspPlan("rtsp://127.0.0.1:9/1", username="watch", password="s3cret&")
    source = RtspSource(
        plan, camera_id="camera-1", tick_s=1.0, key_frames_only=True, wait=lambda seconds: False
    )

    with pytest.raises(FootageError) as refusal:
        source.open()
    source.close()

    error = refusal.value
    assert (error.trouble, error.subject) == (FootageTrouble.UNREACHABLE, "camera-1")
    assert error.retryable
    assert "s3cret" not in f"{error!r}{error.__cause__!r}{plan!r}"
