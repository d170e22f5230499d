"""The tus client of browsers sends bytes here, goes on after a break, and is refused."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.live_server import LiveServer
from tests.support.node import missing, send_with_tus_js
from tests.support.sync_client import SyncClient
from tests.support.sync_office import PASSWORD
from tests.support.sync_records import evidence, finding

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "present")

PIECE = 64 * 1024
Send = Callable[..., dict[str, object]]


@pytest.fixture
def send(
    server: LiveServer, people: object, new_client: Callable[[], SyncClient], tmp_path: Path
) -> Send:
    """Let tus-js-client send bytes; a record names `said`, or nothing where that is empty."""
    device = new_client()
    device.session.sign_in("video_sup", PASSWORD)

    def run(data: bytes, said: bytes, *, stop_at: int = 0, url: str = "") -> dict[str, object]:
        body, sha256 = finding(), hashlib.sha256(said or data).hexdigest()
        if said and not url:
            device.create(device.device.device_id, "finding", body, "hall-1")
            shot = evidence(body["id"], sha256, len(data))
            device.create(device.device.device_id, "evidence", shot, "hall-1")
            assert device.sync().agreed
        device.session.resume()
        (tmp_path / "bytes").write_bytes(data)
        words = (f"{server.url}/v1/blobs", device.session._access, str(tmp_path / "bytes"), sha256)
        return send_with_tus_js(*words, str(stop_at), url)

    return run


def test_bytes_arrive(send: Send) -> None:
    data = bytes(range(256)) * 1024
    assert send(data, data)["done"] is True


def test_an_upload_that_was_broken_off_goes_on_where_it_stopped(send: Send) -> None:
    data = b"evidence" * 40_000
    first = send(data, data, stop_at=2 * PIECE)
    assert first["stopped"] == 2 * PIECE
    again = send(data, data, url=first["url"])
    assert again == {"done": True, "url": first["url"]}


def test_bytes_that_no_record_names_are_refused(send: Send) -> None:
    assert send(b"never named", b"") == {"status": 403}


def test_bytes_other_than_the_record_named_are_refused(send: Send) -> None:
    assert send(b"other!", b"as named") == {"status": 460}
