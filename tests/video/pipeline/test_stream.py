"""What a camera sends is measured as it comes, and told when it is new."""

import pytest

from tests.support.acted import SHAPE, taken
from video.messages import CameraStream
from video.pipeline.stream import StreamWatch


def told(*times: float) -> list[CameraStream]:
    watch = StreamWatch("camera-1")
    news = [watch.connected(SHAPE), *(watch.came(taken(at_s)) for at_s in times)]
    return [each for each in news if each is not None]


def test_the_size_is_told_before_anything_was_measured() -> None:
    assert told() == [CameraStream("camera-1", "h264", 64, 48)]


def test_close_key_frames_are_enough_alone_once_some_have_come() -> None:
    last = told(0.0, 2.0, 4.0, 6.0, 8.0)[-1]
    assert (last.key_spacing_s, last.keys_alone) == (2.0, True)


def test_sparse_key_frames_are_told_as_such() -> None:
    last = told(0.0, 10.0, 20.0, 30.0, 40.0)[-1]
    assert (last.key_spacing_s, last.keys_alone) == (10.0, False)


def test_jitter_is_no_news() -> None:
    assert len(told(0.0, 1.0, 2.0, 3.0, 4.05, 5.0, 6.1, 7.0)) == len(told(0.0, 1.0, 2.0, 3.0))


def test_one_late_key_frame_does_not_pass_for_the_usual() -> None:
    assert told(0.0, 1.0, 2.0, 3.0, 8.0)[-1].key_spacing_s == pytest.approx(1.0)
