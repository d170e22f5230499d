"""A client of tus that others wrote sends bytes here, goes on after a break, and is refused."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from tests.support.live_server import LiveServer
from tests.support.sync_client import SyncClient
from tests.support.sync_office import PASSWORD
from tests.support.sync_records import evidence, finding

PIECE = 64 * 1024


@dataclass
class Sender:
    """A device whose record names some bytes, and a foreign client with its token."""

    device: SyncClient
    tus: TusClient

    def metadata(self, data: bytes, *, said: bytes | None = None) -> dict[str, str]:
        sha256 = hashlib.sha256(data if said is None else said).hexdigest()
        body = finding()
        self.device.create(self.device.device.device_id, "finding", body, "hall-1")
        shot = evidence(body["id"], sha256, len(data))
        self.device.create(self.device.device.device_id, "evidence", shot, "hall-1")
        assert self.device.sync().agreed
        return {"sha256": sha256}


@pytest.fixture
def sender(server: LiveServer, people: object, new_client: Callable[[], SyncClient]) -> Sender:
    device = new_client()
    device.session.sign_in("video_sup", PASSWORD)
    device.session.resume()
    token = {"Authorization": f"Bearer {device.session._access}"}
    return Sender(device, TusClient(f"{server.url}/v1/blobs", headers=token))


def test_bytes_arrive_in_pieces_with_their_checksums(sender: Sender) -> None:
    data = bytes(range(256)) * 1024
    uploader = sender.tus.uploader(
        file_stream=BytesIO(data),
        chunk_size=PIECE,
        metadata=sender.metadata(data),
        upload_checksum=True,
    )
    uploader.upload()
    assert uploader.offset == len(data)


def test_an_upload_that_was_broken_off_goes_on_where_it_stopped(sender: Sender) -> None:
    data = b"evidence" * 40_000
    named = sender.metadata(data)
    first = sender.tus.uploader(file_stream=BytesIO(data), chunk_size=PIECE, metadata=named)
    first.upload(stop_at=2 * PIECE)
    again = sender.tus.uploader(file_stream=BytesIO(data), chunk_size=PIECE, url=first.url)
    assert again.offset == 2 * PIECE
    again.upload()
    assert again.offset == len(data)


def test_bytes_that_no_record_names_are_refused(sender: Sender) -> None:
    unknown = {"sha256": hashlib.sha256(b"never named").hexdigest()}
    with pytest.raises(TusCommunicationError) as refused:
        sender.tus.uploader(file_stream=BytesIO(b"never named"), metadata=unknown).upload()
    assert refused.value.status_code == 403


def test_bytes_other_than_the_record_named_are_refused(sender: Sender) -> None:
    named = sender.metadata(b"named!", said=b"as named")
    uploader = sender.tus.uploader(file_stream=BytesIO(b"other!"), metadata=named)
    with pytest.raises(TusUploadFailed) as refused:
        uploader.upload()
    assert refused.value.status_code == 460
