"""An address is taken as its kind demands it, and never with a secret in it."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cameras import AddressTrouble, OpenAddress, address_trouble, taken_apart
from desktop.domain.organisation import CameraKind

CASES = [
    (CameraKind.RTSP, "", AddressTrouble.EMPTY, "nothing was typed"),
    (CameraKind.FILE, "   ", AddressTrouble.EMPTY, "nothing but spaces"),
    (CameraKind.RTSP, "192.168.1.64", AddressTrouble.NOT_RTSP, "an address without a scheme"),
    (CameraKind.RTSP, "http://camera/live", AddressTrouble.NOT_RTSP, "a web page"),
    (CameraKind.RTSP, "rtsp://camera:port/live", AddressTrouble.NOT_RTSP, "a port of letters"),
    (CameraKind.RTSP, "rtsp:///live", AddressTrouble.NO_HOST, "no host"),
    (CameraKind.RTSP, "rtsp://a:b@camera/", AddressTrouble.HAS_SECRET, "credentials before the @"),
    (CameraKind.RTSP, "rtsp://c/user=a&password=b", AddressTrouble.HAS_SECRET, "a named password"),
    (CameraKind.RTSP, "rtsp://c/user={user}&password={password}", None, "marks for the keyring"),
    (CameraKind.RTSP, "rtsp://192.168.1.64:554/Streaming/Channels/102", None, "as makers write it"),
    (CameraKind.FILE, "C:\\录像\\大厅 1.mp4", None, "a path of any system"),
]


@pytest.mark.parametrize(("kind", "address", "trouble", "_reason"), CASES)
def test_an_address_is_taken_or_refused_for_a_reason(
    kind: CameraKind, address: str, trouble: AddressTrouble | None, _reason: str
) -> None:
    assert address_trouble(kind, address) is trouble


def test_credentials_in_a_pasted_address_are_taken_out() -> None:
    pasted = " rtsp://admin:p%40ss%3Aword@192.168.1.64:554/live?channel=1 "
    assert taken_apart(pasted) == OpenAddress(
        "rtsp://192.168.1.64:554/live?channel=1", "admin", "p@ss:word"
    )


@given(st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_any_user_and_password_come_out_as_they_went_in(username: str, password: str) -> None:
    who = f"{quote(username, safe='')}:{quote(password, safe='')}"
    apart = taken_apart(f"rtsp://{who}@camera:554/live")
    assert apart == OpenAddress("rtsp://camera:554/live", username, password)


def test_an_address_that_is_none_stays_as_it_was_typed() -> None:
    assert taken_apart("rtsp://[half@an/address") == OpenAddress("rtsp://[half@an/address")
