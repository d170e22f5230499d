"""Verified bytes in a bucket: signed as Amazon says, taken whole, given by ranges."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.errors import SyncError
from sync.server.blobs import BlobRoom
from sync.server.holdings import Bucket, BucketHoldings, bucket_of, signed
from sync.settings import Limits
from tests.support.fake_bucket import Objects, fake_bucket
from tests.support.sync_client import SyncClient
from tests.support.sync_office import Office, code_of
from tests.support.sync_records import evidence, finding

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_request_is_signed_as_in_amazons_own_example() -> None:
    # "Example: GET Object" of the S3 documentation on Signature Version 4.
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"  # published
    bucket = Bucket("https://examplebucket.s3.amazonaws.com", "AKIAIOSFODNN7EXAMPLE", secret)
    at = datetime(2013, 5, 24, tzinfo=UTC)
    url = f"{bucket.url}/test.txt"
    headers = signed(bucket, "GET", url, EMPTY, {"range": "bytes=0-9"}, now=at)
    assert headers["authorization"].endswith(
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )


def test_the_bucket_comes_by_environment_and_its_secret_is_not_shown() -> None:
    assert bucket_of({}) is None
    named = {"HALLWATCH_S3_URL": "https://s3/evidence/", "HALLWATCH_S3_SECRET": "hush"}
    bucket = bucket_of(named)
    assert bucket is not None
    assert bucket.url == "https://s3/evidence"
    assert "hush" not in repr(bucket)


@pytest.fixture
def bucket() -> Iterator[Objects]:
    with fake_bucket() as objects:
        yield objects


@pytest.fixture
def office(tmp_path: Path, bucket: Objects) -> Iterator[Office]:
    office = Office(tmp_path)
    holdings = BucketHoldings(Bucket(bucket.url, "key", "secret"))
    office.doors.blobs = BlobRoom(tmp_path, Limits(), holdings)
    yield office
    office.close()


def report(client: SyncClient, data: bytes) -> str:
    body = finding()
    client.create(client.device.device_id, "finding", body, "hall-1")
    shot = evidence(body["id"], client.keep(data), len(data))
    client.create(client.device.device_id, "evidence", shot, "hall-1")
    return str(shot["sha256"])


def test_bytes_go_into_the_bucket_and_come_out_of_it(
    office: Office, bucket: Objects, tmp_path: Path
) -> None:
    video, other = office.client("VIDEO_SUP"), office.client("DATA_MGR")
    data = bytes(range(256)) * 8192
    sha256 = report(video, data)
    assert video.sync().uploaded == 1
    assert bucket.held == {f"/evidence/{sha256[:2]}/{sha256}": data}
    assert list((tmp_path / "uploads").iterdir()) == []

    assert other.sync().fetched == 1

    assert other.shelf.read(sha256) == data
    head = office.ask("HEAD", f"/v1/blobs/{sha256}", video)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(data)))
    beyond = {"Range": f"bytes={len(data)}-{len(data) + 1}"}
    answer = office.ask("GET", f"/v1/blobs/{sha256}", video, headers=beyond)
    assert (answer.status_code, code_of(answer)) == (416, "range")


def test_a_bucket_that_is_down_loses_nothing(office: Office, bucket: Objects) -> None:
    video = office.client("VIDEO_SUP")
    sha256 = report(video, b"picture")
    bucket.down = True
    with pytest.raises(SyncError, match="store_down"):
        video.sync()
    bucket.down = False

    assert video.sync().uploaded == 1

    assert office.ask("GET", f"/v1/blobs/{sha256}", video).content == b"picture"
