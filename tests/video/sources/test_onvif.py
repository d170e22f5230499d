"""Cameras are found on the network and asked for their streams and their clock."""

import pytest

from tests.support.onvif_device import FOOT, HEAD, OnvifDevice
from video.errors import FootageError, FootageTrouble
from video.sources.discovery import device_in, discovered
from video.sources.onvif import OnvifCamera
from video.vocabulary.onvif import FoundDevice, OfferedStream, main_and_sub

GUARDED = {"username": "admin", "password": "r1ght & proper"}


def test_a_camera_that_answers_is_found_with_its_name() -> None:
    with OnvifDevice() as device:
        found = discovered(target=device.probe_at, listen_s=30.0)
        assert next(found) == FoundDevice(device.service, "127.0.0.1", "Lobby East")
        found.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "answer",
    [b"", b"<Envelope", b"<!DOCTYPE x><a/>", f"{HEAD}{FOOT}".encode()],
    ids=["nothing", "cut off", "a declaration", "no match"],
)
def test_what_is_no_answer_is_no_camera(answer: bytes) -> None:
    assert device_in(answer) is None


def test_streams_are_told_without_the_credentials_in_their_addresses() -> None:
    with OnvifDevice(**GUARDED) as device:
        told = OnvifCamera(device.service, **GUARDED).told()
    assert told.streams[0] == OfferedStream(
        "main stream", "rtsp://127.0.0.1:554/main", "h264", 1920, 1080, 25.0, 50
    )
    assert [stream.key_spacing_s for stream in told.streams] == [2.0, 10.0, 2.0]
    assert told.clock_off_s == pytest.approx(0.0, abs=2.0)


@pytest.mark.parametrize("off_s", [-3600.0, 7200.0])
def test_a_clock_that_is_off_is_told_and_does_not_keep_us_out(off_s: float) -> None:
    with OnvifDevice(**GUARDED, clock_off_s=off_s) as device:
        told = OnvifCamera(device.service, **GUARDED).told()
    assert told.clock_off_s == pytest.approx(off_s, abs=2.0)
    assert told.streams


def test_a_password_is_proved_and_never_sent() -> None:
    with OnvifDevice(**GUARDED) as device:
        OnvifCamera(device.service, **GUARDED).told()
        with pytest.raises(FootageError) as refused:
            OnvifCamera(device.service, "admin", "wr0ng").told()
    assert refused.value.trouble is FootageTrouble.WRONG_CREDENTIALS
    assert not any(b"r1ght" in seen or b"wr0ng" in seen for seen in device.seen)


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html></html>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" * 40],
    ids=["nothing", "a web page", "a bomb", "cut off"],
)
def test_an_answer_that_is_none_is_refused(answer: bytes) -> None:
    with OnvifDevice(answer=answer) as device, pytest.raises(FootageError) as refused:
        OnvifCamera(device.service).told()
    assert refused.value.trouble is FootageTrouble.UNSUPPORTED


def test_a_camera_that_is_not_there_is_named() -> None:
    with pytest.raises(FootageError) as refused:
        OnvifCamera("http://127.0.0.1:9/onvif/device_service").told()
    assert (refused.value.trouble, refused.value.subject) == (
        FootageTrouble.UNREACHABLE,
        "127.0.0.1",
    )


def stream(width: int, height: int) -> OfferedStream:
    return OfferedStream(f"{width}", "rtsp://camera/", "h264", width, height)


def test_the_largest_is_kept_and_the_smallest_that_shows_a_person_is_judged() -> None:
    large, middle, tiny = stream(2560, 1440), stream(704, 576), stream(352, 288)
    assert main_and_sub([tiny, large, middle]) == (large, middle)
    assert main_and_sub([large, tiny]) == (large, None)
    assert main_and_sub([large]) == (large, None)
