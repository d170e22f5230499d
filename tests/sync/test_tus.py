"""A probe of tus 1.0, one check a line of the protocol, and what of it a broken line needs."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests

from sync.attachments.transfer import Pace, upload
from sync.outbox.blobs import Blob
from sync.server.accounts import Caller
from sync.server.tables import uploads
from tests.support.sync_client import SyncClient
from tests.support.sync_office import Office, code_of
from tests.support.sync_records import evidence, finding

DATA = bytes(range(256)) * 40
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = TUS | {"Content-Type": "application/offset+octet-stream"}


@dataclass
class Probe:
    office: Office
    client: SyncClient
    sha256: str

    def ask(
        self, method: str, path: str, data: bytes | None = None, **headers: str
    ) -> requests.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.office.ask(method, path, self.client, headers=named, data=data)

    def begin(self, size: int = len(DATA), **more: str) -> requests.Response:
        said = "sha256 " + base64.b64encode(self.sha256.encode()).decode()
        headers = {"Upload-Length": str(size), "Upload-Metadata": said} | TUS | more
        return self.ask("POST", "/v1/blobs", **headers)

    def place(self) -> str:
        return self.begin().headers["Location"]

    def patch(self, place: str, offset: int, data: bytes, **more: str) -> requests.Response:
        return self.ask("PATCH", place, data, **(PIECE | {"Upload-Offset": str(offset)} | more))

    def offset(self, place: str) -> int:
        return int(self.ask("HEAD", place, **TUS).headers["Upload-Offset"])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("tus"))
    yield office
    office.close()


@pytest.fixture(scope="module")
def video(office: Office) -> SyncClient:
    return office.client("VIDEO_SUP")


@pytest.fixture
def probe(office: Office, video: SyncClient) -> Probe:
    """Bytes of their own, named by a record that was pushed, and not yet sent."""
    body = finding()
    data = DATA
    sha256 = hashlib.sha256(data).hexdigest()
    video.create(video.device.device_id, "finding", body, "hall-1")
    shot = evidence(body["id"], sha256, len(data))
    video.create(video.device.device_id, "evidence", shot, "hall-1")
    video.sync()
    return Probe(office, video, sha256)


def test_01_options_tell_versions_extensions_and_size(probe: Probe) -> None:
    answer = probe.office.http.options("http://server/v1/blobs")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation", "checksum", "expiration", "termination",
    }  # fmt: skip
    assert int(answer.headers["Tus-Max-Size"]) > 1024**3
    assert {"sha1", "sha256"} <= set(answer.headers["Tus-Checksum-Algorithm"].split(","))


def test_02_creation_answers_a_place(probe: Probe) -> None:
    answer = probe.begin()
    assert answer.status_code == 201
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Location"].startswith("/v1/blobs/uploads/")


def test_03_creation_needs_a_length(probe: Probe) -> None:
    answer = probe.ask("POST", "/v1/blobs", **TUS)
    assert (answer.status_code, code_of(answer)) == (400, "missing_length")


def test_04_creation_beyond_the_limit_is_refused(probe: Probe) -> None:
    answer = probe.begin(2**50)
    assert (answer.status_code, code_of(answer)) == (413, "too_large")


def test_05_a_new_upload_stands_at_nothing(probe: Probe) -> None:
    answer = probe.ask("HEAD", probe.place(), **TUS)
    assert answer.status_code == 200
    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == (
        "0",
        str(len(DATA)),
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_06_a_piece_moves_the_offset(probe: Probe) -> None:
    place = probe.place()
    answer = probe.patch(place, 0, DATA[:100])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "100")
    assert probe.offset(place) == 100


def test_07_another_offset_is_a_conflict(probe: Probe) -> None:
    answer = probe.patch(probe.place(), 5, DATA[5:10])
    assert (answer.status_code, code_of(answer)) == (409, "other_offset")


def test_08_another_content_type_is_refused(probe: Probe) -> None:
    wrong = PIECE | {"Content-Type": "text/plain", "Upload-Offset": "0"}
    answer = probe.ask("PATCH", probe.place(), DATA, **wrong)
    assert (answer.status_code, code_of(answer)) == (415, "bad_type")


def test_09_another_version_is_told_which_is_spoken(probe: Probe) -> None:
    answer = probe.ask("HEAD", probe.place(), Tus_Resumable="0.2.2")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_10_a_piece_beyond_the_end_is_refused_and_leaves_nothing(probe: Probe) -> None:
    place = probe.place()
    answer = probe.patch(place, 0, DATA + b"more")
    assert (answer.status_code, code_of(answer)) == (413, "too_large")
    assert probe.offset(place) == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_11_a_checksum_that_fits_is_taken(probe: Probe, algorithm: str) -> None:
    digest = base64.b64encode(hashlib.new(algorithm, DATA[:50]).digest()).decode()
    answer = probe.patch(probe.place(), 0, DATA[:50], Upload_Checksum=f"{algorithm} {digest}")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "50")


def test_12_a_checksum_that_does_not_fit_leaves_nothing(probe: Probe) -> None:
    place = probe.place()
    digest = base64.b64encode(hashlib.sha1(b"other").digest()).decode()
    answer = probe.patch(place, 0, DATA[:50], Upload_Checksum=f"sha1 {digest}")
    assert (answer.status_code, code_of(answer)) == (460, "wrong_checksum")
    assert probe.offset(place) == 0


def test_13_an_unknown_algorithm_is_a_bad_request(probe: Probe) -> None:
    answer = probe.patch(probe.place(), 0, DATA[:50], Upload_Checksum="crc32 AAAA")
    assert (answer.status_code, code_of(answer)) == (400, "bad_checksum")


def test_14_an_upload_expires(probe: Probe) -> None:
    begun = probe.begin()
    assert begun.headers["Upload-Expires"].endswith("GMT")
    name = begun.headers["Location"].rsplit("/", 1)[1]
    with probe.office.doors.database.write() as connection:
        connection.execute(uploads.update().where(uploads.c.id == name).values(expires_at=1.0))
    answer = probe.patch(begun.headers["Location"], 0, DATA)
    assert (answer.status_code, code_of(answer)) == (410, "expired")


def test_15_an_upload_is_given_up(probe: Probe) -> None:
    place = probe.place()
    probe.patch(place, 0, DATA[:10])
    assert probe.ask("DELETE", place, **TUS).status_code == 204
    assert probe.ask("HEAD", place, **TUS).status_code == 404


def test_16_a_browser_of_another_origin_may_ask(probe: Probe) -> None:
    asked = {"Origin": "https://hall.example", "Access-Control-Request-Method": "PATCH"}
    answer = probe.office.http.options("http://server/v1/blobs/uploads/x", headers=asked)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
    assert "Tus-Resumable" in answer.headers["Access-Control-Allow-Headers"]
    assert "Location" in probe.begin().headers["Access-Control-Expose-Headers"]


def test_17_a_proxy_without_patch_is_got_round(probe: Probe) -> None:
    headers = PIECE | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = probe.ask("POST", probe.place(), DATA[:7], **headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "7")


def test_a_wrong_digest_begins_again(probe: Probe) -> None:
    place = probe.place()
    answer = probe.patch(place, 0, bytes(len(DATA)))
    assert (answer.status_code, code_of(answer)) == (460, "wrong_digest")
    assert probe.offset(place) == 0


def test_a_later_request_takes_over_from_one_whose_line_died(probe: Probe) -> None:
    place = probe.place()
    name = place.rsplit("/", 1)[1]
    caller = caller_of(probe)
    with probe.office.doors.database.write() as connection:
        dead = probe.office.doors.blobs.seize(connection, caller, name, 0)
    probe.patch(place, 0, DATA[:20])
    with probe.office.doors.database.read() as connection:
        assert not probe.office.doors.blobs.holds(connection, dead)


def test_bytes_that_no_record_names_are_not_taken(office: Office, video: SyncClient) -> None:
    answer = Probe(office, video, "0" * 64).begin()
    assert (answer.status_code, code_of(answer)) == (403, "not_named")


def test_a_name_never_leaves_the_folder_of_uploads(probe: Probe) -> None:
    for name in ("..%2F..%2Fserver.db", "..", "%2Fetc%2Fpasswd"):
        answer = probe.ask("HEAD", f"/v1/blobs/uploads/{name}", **TUS)
        assert answer.status_code in {404, 405}


def test_whole_bytes_are_fetched_by_ranges(probe: Probe) -> None:
    assert probe.patch(probe.place(), 0, DATA).status_code == 204
    answer = probe.ask("GET", f"/v1/blobs/{probe.sha256}", Range="bytes=10-19")
    assert (answer.status_code, answer.content) == (206, DATA[10:20])


def caller_of(probe: Probe) -> Caller:
    assert probe.client.session.account
    return Caller(probe.client.session.account, probe.client.device.device_id)


def test_bytes_that_were_all_there_when_the_server_died_are_still_verified(
    office: Office, video: SyncClient
) -> None:
    data = b"nobody has these bytes yet"
    sha256 = hashlib.sha256(data).hexdigest()
    shot = evidence("f", sha256, len(data))
    video.create(video.device.device_id, "evidence", shot, "hall-1")
    video.sync()
    probe = Probe(office, video, sha256)
    place = probe.begin(len(data)).headers["Location"]
    office.doors.blobs.part(place.rpartition("/")[2]).write_bytes(data)  # and then it died

    blob = Blob(sha256, len(data), "image/jpeg", place)
    whole = upload(
        video.session, blob, data, begun=lambda _: None, cancelled=lambda: False, pace=Pace()
    )

    assert whole
    assert probe.ask("GET", f"/v1/blobs/{sha256}").content == data
    assert probe.patch(place, len(data), b"").status_code == 204  # once more changes nothing
