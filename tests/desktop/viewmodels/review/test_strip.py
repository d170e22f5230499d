import json

import pytest

from desktop.viewmodels.review.strip import Mark, read_manifest, read_strip
from tests.support.casework import manifest_bytes, strip_bytes


def test_a_strip_is_read_tick_by_tick() -> None:
    strip = read_strip(strip_bytes(480))

    assert len(strip.clerk) == 480
    assert strip.tick_s == 2.0
    assert strip.clerk[:6] == (Mark.YES,) * 5 + (Mark.NO,)
    assert strip.healthy[324] is Mark.NO
    assert strip.causes == ("covered",)
    assert strip.share(strip.clerk, Mark.YES) == pytest.approx(11 / 480)


def test_a_strip_of_no_ticks_is_a_strip() -> None:
    strip = read_strip(strip_bytes(0))
    assert (strip.at_s, strip.tick_s, strip.share(strip.clerk, Mark.YES)) == ((), 0.0, 0.0)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"\xff", json.dumps({"at_s": 3}).encode()],
    ids=["nothing", "a list", "no rows", "no text", "a number of ticks"],
)
def test_what_is_no_strip_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_strip(data)
    with pytest.raises(ValueError, match=r"."):
        read_manifest(data)


def test_rows_of_different_length_are_refused() -> None:
    content = json.loads(strip_bytes(4)) | {"clerk": "yy"}
    with pytest.raises(ValueError, match="different length"):
        read_strip(json.dumps(content).encode())


def test_a_manifest_tells_by_what_was_judged() -> None:
    manifest = read_manifest(manifest_bytes())
    assert manifest.seat[0] == (0.13, 0.16)
    assert manifest.profile == "hall"
    assert manifest.missing == ()


def test_phones_are_a_row_only_where_they_were_judged() -> None:
    content = json.loads(strip_bytes(4))

    assert read_strip(json.dumps(content | {"phone": "????"}).encode()).phone == ()
    judged = read_strip(json.dumps(content | {"phone": "yn?n"}).encode())
    assert judged.phone == (Mark.YES, Mark.NO, Mark.UNKNOWN, Mark.NO)
