"""The administrator's page in a real browser: signing in, what it shows, and what it refuses."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.chromium import Page, chromium_page, missing
from tests.support.live_server import LiveServer
from tests.support.sync_client import SyncClient
from tests.support.sync_office import PASSWORD
from tests.support.sync_records import finding

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "present")

SIGN_IN = """
new Promise((told) => {{
  const state = document.getElementById("state");
  new MutationObserver(() => told(state.textContent)).observe(state, {{ childList: true }});
  document.getElementById("username").value = "{0}";
  document.getElementById("password").value = "{1}";
  document.querySelector("#door button").click();
}})
"""
CELLS = (
    "[...document.querySelectorAll('#{0} tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium_page() as page:
        yield page


def test_the_administrator_sees_devices_what_they_have_not_sent_and_the_heads(
    page: Page, server: LiveServer, people: object, new_client: Callable[[], SyncClient]
) -> None:
    device = new_client()
    device.session.sign_in("video_sup", PASSWORD)
    device.create(device.device.device_id, "finding", finding(), "hall-1")
    device.sync()
    device.session.ask_json("POST", "/v1/sync/hello", {"unsent": 7, "conflicts": 2})

    page.open(f"{server.url}/admin/")
    assert page.run("document.getElementById('overview').hidden")
    assert page.run(SIGN_IN.format("admin", server.admin_password)).startswith("纪元")

    rows = {row[0]: row for row in page.run(CELLS.format("devices"))}
    assert rows[device.device.device_id][3:5] == ["7", "2"]
    assert rows[device.device.device_id][2] != "—"
    scopes = {row[0]: row for row in page.run(CELLS.format("scopes"))}
    assert int(scopes["hall-1"][1]) >= 1
    assert page.run("document.querySelectorAll('#overview button, #overview input').length") == 0
    assert page.violations == []


def test_who_is_no_administrator_is_told_so_and_sees_nothing(
    page: Page, server: LiveServer, people: object
) -> None:
    page.open(f"{server.url}/admin/")
    assert page.run(SIGN_IN.format("video_sup", PASSWORD)) == "此页只供系统管理员查看。"
    assert page.run("document.getElementById('overview').hidden")


def test_a_wrong_password_is_told(page: Page, server: LiveServer) -> None:
    page.open(f"{server.url}/admin/")
    assert page.run(SIGN_IN.format("admin", "wrong password")) == "用户名或密码不对。"
