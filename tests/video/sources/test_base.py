"""No password leaves a source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.sources.base import redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rtsp://admin:secret@10.0.0.2/1: refused", "rtsp://***@10.0.0.2/1: refused"),
        ("rtsp://admin@10.0.0.2/1", "rtsp://***@10.0.0.2/1"),
        ("rtsp://10.0.0.2:554/1", "rtsp://10.0.0.2:554/1"),
        ("'rtsp://a:b@h/1' and 'rtsp://c:d@h/2'", "'rtsp://***@h/1' and 'rtsp://***@h/2'"),
        ("rtsp://a:p@ss@host/1", "rtsp://***@host/1"),
        ("mail somebody@example.org", "mail somebody@example.org"),
    ],
)
def test_credentials_are_cut_out_of_addresses(text: str, expected: str) -> None:
    assert redacted(text) == expected


@given(st.text(min_size=4, alphabet="abcXYZ123!$&+%#"))
def test_a_known_password_never_stays(password: str) -> None:
    assert password not in redacted(f"could not log in with {password} twice {password}", password)
