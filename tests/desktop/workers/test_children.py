"""A camera is tried out in a child: what it shows comes here, and it ends when nobody looks."""

import threading
from collections.abc import Callable
from queue import Queue

from desktop.assembly.cameras import Tried
from desktop.workers.children import Child, ChildEnded, Entry, begin
from tests.support.footage import encoded
from tests.support.rtsp_server import RtspServer
from tests.support.video_entries import lasting_trial
from video.errors import FootageTrouble
from video.messages import (
    CameraPlan,
    CameraStream,
    CameraTrouble,
    Preview,
)
from video.process.camera_trial import try_out
from video.vocabulary.source import RtspPlan


def begun(entry: Entry, plan: RtspPlan, **more: float) -> tuple[Queue[Tried], threading.Event]:
    heard: Queue[Tried] = Queue()
    stopping = threading.Event()
    begin(Child(entry, (CameraPlan("camera-1", plan, ()),), heard.put, stopping, **more))
    return heard, stopping


def until(heard: Queue[Tried], wanted: Callable[[Tried], bool]) -> list[Tried]:
    """What comes, up to what is wanted."""
    told = [heard.get(timeout=30)]
    while not wanted(told[-1]):
        told.append(heard.get(timeout=30))
    return told


def test_a_camera_shows_its_picture_its_size_and_its_key_frames() -> None:
    with RtspServer(*encoded(key_every=5)) as camera:
        heard, stopping = begun(try_out, RtspPlan(camera.url))
        told = until(heard, lambda h: isinstance(h, CameraStream) and h.keys_alone)
        stopping.set()
    stream = told[-1]
    assert isinstance(stream, CameraStream)
    assert (stream.codec, stream.width, stream.height) == ("h264", 160, 96)
    assert stream.key_spacing_s == 0.5
    assert any(isinstance(each, Preview) and each.jpeg[:2] == b"\xff\xd8" for each in told)


def test_a_wrong_password_ends_the_trial_and_is_not_told_on() -> None:
    with RtspServer(*encoded(), username="admin", password="right") as camera:
        heard, _ = begun(try_out, RtspPlan(camera.url, "admin", "wrong-secret"))
        told = until(heard, lambda h: isinstance(h, ChildEnded))
    (trouble,) = [each for each in told if isinstance(each, CameraTrouble)]
    assert (trouble.trouble, trouble.retry_s) == (FootageTrouble.WRONG_CREDENTIALS, None)
    assert "wrong-secret" not in repr(told)


def test_a_trial_that_is_given_up_says_nothing_more() -> None:
    heard, stopping = begun(lasting_trial, RtspPlan("rtsp://127.0.0.1/live"))
    until(heard, lambda h: isinstance(h, CameraStream))
    stopping.set()
    for thread in threading.enumerate():
        if thread.name == "child-owner":
            thread.join(30)
            assert not thread.is_alive()
    assert heard.empty()


def test_a_trial_that_falls_silent_is_ended() -> None:
    heard, _ = begun(lasting_trial, RtspPlan("rtsp://127.0.0.1/live"), silence_s=0.5)
    ended = until(heard, lambda h: isinstance(h, ChildEnded))[-1]
    assert ended == ChildEnded(silent=True)
