"""The guide of installers/deployment.md, run as it says: its unit behind its proxy."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from sync.errors import SyncError, SyncTrouble
from sync.settings import LineSettings
from tests.support import deployment, postgres
from tests.support.deployment import Deployment, deployed
from tests.support.sync_client import SyncClient
from tests.support.sync_office import PASSWORD
from tests.support.sync_records import evidence, finding

REASON = deployment.missing() or postgres.missing()
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON or "present")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("deployment")
    with postgres.postgres_server() as url, deployed(folder, url) as office:
        yield office


def client_of(office: Deployment, authorities: Path | None) -> SyncClient:
    line = LineSettings(tries=1)
    return SyncClient(office.url, settings=replace(line, authorities=authorities))


def test_a_round_with_a_clip_goes_through_proxy_and_processes(office: Deployment) -> None:
    admin = client_of(office, office.certificate)
    admin.session.sign_in("admin", office.admin_password)
    who = {"username": "video", "name": "video", "password": PASSWORD}
    admin.session.add_user(**who, roles=["VIDEO_SUP"], scopes=["region", "hall-1"])
    video = client_of(office, office.certificate)
    video.session.sign_in("video", PASSWORD)
    data = os.urandom(3 * 1024 * 1024)
    body = finding()
    video.create(video.device.device_id, "finding", body, "hall-1")
    shot = evidence(body["id"], video.keep(data), len(data))
    video.create(video.device.device_id, "evidence", shot, "hall-1")
    report = video.sync()
    assert (report.pushed, report.refused, report.uploaded, report.agreed) == (2, 0, 1, True)
    admin.close()
    video.close()


def test_a_certificate_of_nobody_we_know_is_refused(office: Deployment) -> None:
    stranger = client_of(office, None)
    with pytest.raises(SyncError) as refused:
        stranger.session.sign_in("admin", office.admin_password)
    assert refused.value.trouble is SyncTrouble.UNTRUSTED
    stranger.close()


def test_meters_are_not_shown_to_the_outside(office: Deployment) -> None:
    with requests.Session() as http:
        http.trust_env, http.verify = False, str(office.certificate)
        assert http.get(f"{office.url}/metrics", timeout=30).status_code == 404
        assert http.get(f"{office.url}/v1/health", timeout=30).json()["status"] == "ok"
