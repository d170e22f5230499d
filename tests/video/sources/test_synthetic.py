"""A drawn camera sends packets that nothing behind it can tell from a real one's."""

import numpy as np
import pytest

from tests.support.painted import hall_text, source
from video.errors import FootageError, FootageTrouble


def test_a_drawn_camera_sends_h264_with_a_key_frame_every_second() -> None:
    drawn = source(hall_text(length_s=4))

    shape = drawn.open()
    taken = list(drawn.take())

    assert (shape.codec, shape.width, shape.height) == ("h264", 320, 180)
    assert shape.extradata
    keys = [one.packet.show_s for one in taken if one.packet.key]
    assert keys == pytest.approx([0, 1, 2, 3, 4])
    assert len([frame for one in taken for frame in one.frames]) == pytest.approx(5, abs=1)


def test_a_frozen_camera_sends_the_same_picture_with_new_times() -> None:
    drawn = source(hall_text("4 freeze for_s=6", length_s=14), key_frames_only=True)
    drawn.open()

    frames = {frame.at_s: frame.pixels for one in drawn.take() for frame in one.frames}

    assert np.array_equal(frames[5.0], frames[8.0])
    assert not np.array_equal(frames[8.0], frames[11.0])


def test_opening_again_begins_the_script_anew() -> None:
    drawn = source(hall_text(length_s=2))
    firsts = []
    for _ in range(2):
        drawn.open()
        firsts.append([one.packet.data for one in drawn.take()])
        drawn.close()

    assert firsts[0] == firsts[1]


def test_a_drawn_camera_stops_when_it_is_told_to() -> None:
    drawn = source(hall_text(), wait=lambda seconds: True)
    drawn.open()

    assert list(drawn.take()) == []


def test_taking_without_opening_is_refused() -> None:
    with pytest.raises(FootageError) as refusal:
        next(source(hall_text()).take())

    assert refusal.value.trouble is FootageTrouble.STREAM_ENDED
