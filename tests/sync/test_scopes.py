"""What a user may not see is not on the user's device, and is not told by a refusal either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.outbox import progress, queue
from sync.outbox.recorder import Draft
from sync.protocol.change import ChangeKind
from sync.server.accounts import user_id_of
from sync.server.administration import UserChange, change_user
from tests.support.sync_client import SyncClient
from tests.support.sync_office import PASSWORD, Office
from tests.support.sync_records import evidence, finding

BOTH = ("region", "hall-1", "hall-2")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def report(client: SyncClient, hall_id: str, data: bytes) -> tuple[str, str]:
    """A finding with one picture; answers the ids of both."""
    body = finding(hall_id=hall_id)
    client.create(client.device.device_id, "finding", body, hall_id)
    shot = evidence(body["id"], client.keep(data), len(data)) | {"hall_id": hall_id}
    client.create(client.device.device_id, "evidence", shot, hall_id)
    return body["id"], shot["sha256"]


def narrow(office: Office, client: SyncClient, *scopes: str) -> None:
    assert client.session.account
    with office.doors.database.write() as connection:
        user_id = user_id_of(connection, client.session.account.username)
        change_user(connection, "admin", user_id, UserChange(scopes=scopes))


@pytest.mark.parametrize(
    ("kind", "code"), [(ChangeKind.UPDATE, "not_found"), (ChangeKind.CREATE, "exists")]
)
def test_a_guessed_name_tells_nothing_of_another_hall(
    office: Office, kind: ChangeKind, code: str
) -> None:
    there = office.client("VIDEO_SUP", scopes=("region", "hall-2"))
    here = office.client("VIDEO_SUP")
    record_id, _ = report(there, "hall-2", b"picture")
    there.sync()

    for scope in ("hall-1", "hall-2"):
        draft = Draft("finding", record_id, scope, kind, {"level": (2, 3)}, 1)
        here.record(here.device.device_id, draft)
        here.sync()

    refusals = here.transact(queue.refusals)
    assert [each.reason["code"] for each in refusals] == [code] * 2
    assert [each.server for each in refusals] == [None] * 2
    assert here.records["finding", record_id][0] is None


def test_a_hall_that_is_taken_from_a_user_leaves_the_device_with_its_bytes(
    office: Office,
) -> None:
    client = office.client("VIDEO_SUP", scopes=BOTH)
    gone, gone_bytes = report(client, "hall-2", b"only there")
    kept, shared_bytes = report(client, "hall-1", b"in both")
    report(client, "hall-2", b"in both")
    client.sync()
    client.sync()  # bytes go up once their records are there
    narrow(office, client, "region", "hall-1")

    client.sync()

    shown = {key for key, (body, _) in client.records.items() if body is not None}
    assert ("finding", gone) not in shown
    assert ("finding", kept) in shown
    assert not client.shelf.has(gone_bytes)
    assert client.shelf.has(shared_bytes)
    assert client.transact(queue.counts)["inbox"] == 0


def test_bytes_that_never_reached_the_server_stay_where_they_are(office: Office) -> None:
    client = office.client("VIDEO_SUP", scopes=BOTH)
    _, sha256 = report(client, "hall-2", b"not sent yet")
    client.sync(lambda: bool(client.transact(queue.counts).get("applied")))  # records only
    narrow(office, client, "region", "hall-1")
    client.sync()
    assert client.shelf.has(sha256)
    assert client.transact(queue.counts)["blobs_waiting"] == 1


def test_a_hall_leaves_also_when_the_device_reads_from_the_start(office: Office) -> None:
    client = office.client("VIDEO_SUP", scopes=BOTH)
    gone, _ = report(client, "hall-2", b"picture")
    client.sync()
    narrow(office, client, "region", "hall-1")
    client.transact(progress.start_over)
    client.sync()
    assert client.records["finding", gone][0] is None


def test_a_hall_that_is_given_back_is_there_again(office: Office) -> None:
    client = office.client("VIDEO_SUP", scopes=BOTH)
    record_id, sha256 = report(client, "hall-2", b"picture")
    client.sync()
    client.sync()
    for scopes in (("region", "hall-1"), BOTH):
        narrow(office, client, *scopes)
        client.sync()
    assert client.records["finding", record_id][0] is not None
    assert client.shelf.has(sha256)


def test_work_of_one_user_goes_up_under_another_who_may_not_see_it(office: Office) -> None:
    device = office.client("VIDEO_SUP", scopes=BOTH)
    device.sync()
    record_id, _ = report(device, "hall-2", b"picture")
    other = office.person("VIDEO_SUP", scopes=("region", "hall-1"))
    device.session.sign_in(other.username, PASSWORD)

    said = device.sync()

    assert (said.refused, said.agreed) == (0, True)
    assert device.records["finding", record_id][0] is None
    colleague = office.client("VIDEO_SUP", scopes=BOTH)
    colleague.sync()
    assert colleague.records["finding", record_id][0] is not None
