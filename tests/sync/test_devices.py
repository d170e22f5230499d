"""Devices and users as an administrator rules them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.errors import SyncError, SyncTrouble
from sync.outbox import queue
from sync.server.tables import quarantine
from tests.support.sync_client import SyncClient
from tests.support.sync_office import PASSWORD, Office, code_of
from tests.support.sync_records import finding


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def admin(office: Office) -> SyncClient:
    return office.client("SYS_ADMIN", scopes=("region",))


def test_a_device_tells_what_waits_and_its_owner_sees_only_his(
    office: Office, admin: SyncClient
) -> None:
    video = office.client("VIDEO_SUP")
    video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.sync()
    (mine,) = office.ask("GET", "/v1/devices", video).json()
    assert (mine["device_id"], mine["unsent"], mine["dev_seq"]) == (video.device.device_id, 1, 1)
    assert mine["last_seen"]
    assert len(office.ask("GET", "/v1/devices", admin).json()) == 2
    answer = office.ask("DELETE", f"/v1/devices/{admin.device.device_id}", video)
    assert (answer.status_code, code_of(answer)) == (403, "not_allowed")


def test_the_last_push_of_a_revoked_device_goes_into_quarantine(
    office: Office, admin: SyncClient
) -> None:
    video = office.client("VIDEO_SUP")
    video.sync()
    body = finding()
    video.create(video.device.device_id, "finding", body, "hall-1")
    assert office.ask("DELETE", f"/v1/devices/{video.device.device_id}", admin).status_code == 204

    for _ in range(2):
        with pytest.raises(SyncError) as caught:
            video.sync()
        assert caught.value.trouble is SyncTrouble.DEVICE_REVOKED

    with office.doors.database.read() as connection:
        (held,) = connection.execute(quarantine.select()).all()
    assert held.envelope["id"] == body["id"]
    assert video.transact(queue.counts)["pending"] == 1
    admin.sync()
    assert ("finding", body["id"]) not in admin.records
    with pytest.raises(SyncError) as caught:
        video.session.sign_in(office.person("HEAD").username, PASSWORD)
    assert caught.value.trouble is SyncTrouble.DEVICE_REVOKED


def test_only_a_revoked_device_has_last_words(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    path = f"/v1/devices/{video.device.device_id}/last-words"
    answer = office.ask("POST", path, json={"changes": []})
    assert (answer.status_code, code_of(answer)) == (403, "not_revoked")


def test_new_roles_reach_devices_and_an_ended_user_is_signed_out(
    office: Office, admin: SyncClient
) -> None:
    video = office.client("VIDEO_SUP")
    assert video.session.account
    path = f"/v1/users/{video.session.account.user_id}"
    changed = office.ask("PATCH", path, admin, json={"roles": ["SUPERVISOR"]}).json()
    assert changed["roles"] == ["SUPERVISOR"]
    video.sync()
    card = video.records["user_card", video.session.account.user_id][0]
    assert card is not None
    assert card["roles"] == ["SUPERVISOR"]

    assert office.ask("PATCH", path, admin, json={"active": False}).status_code == 200

    with pytest.raises(SyncError) as caught:
        video.sync()
    assert caught.value.trouble is SyncTrouble.SIGNED_OUT


def test_the_last_administrator_stays(office: Office, admin: SyncClient) -> None:
    assert admin.session.account
    path = f"/v1/users/{admin.session.account.user_id}"
    answer = office.ask("PATCH", path, admin, json={"active": False})
    assert (answer.status_code, code_of(answer)) == (409, "last_administrator")


def test_the_page_runs_nothing_but_its_own_script(office: Office, admin: SyncClient) -> None:
    page = office.ask("GET", "/admin/")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "admin.js" in page.text
    assert "<script>" not in page.text
    assert office.ask("GET", "/admin/admin.js").status_code == 200
    assert office.ask("GET", "/admin/..%2Fapp.py").status_code == 404
    found = office.ask("GET", "/v1/admin/overview", admin).json()
    assert [device["device_id"] for device in found["devices"]] == [admin.device.device_id]


def test_a_first_load_comes_by_snapshot_and_goes_on_by_the_log(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    for _ in range(30):
        video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.sync()
    newcomer = office.client("VIDEO_SUP")

    report = newcomer.sync()

    assert report.agreed
    assert len([key for key in newcomer.records if key[0] == "finding"]) == 30
    video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.sync()
    assert newcomer.sync().pulled == 1


def test_pages_of_a_first_load_hold_every_record_once(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    for _ in range(20):
        video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.sync()
    seen, after, cursor = [], "", ""
    while not cursor:
        words = {"after": after, "limit": 7}
        page = office.ask("GET", "/v1/sync/snapshot", video, params=words).json()
        seen += [row["id"] for row in page["rows"] if row["entity"] == "finding"]
        after, cursor = page["after"], page["next_cursor"]
    assert len(seen) == len(set(seen)) == 20
    pulled = office.ask("GET", "/v1/sync/pull", video, params={"cursor": cursor}).json()
    assert pulled["rows"] == []
