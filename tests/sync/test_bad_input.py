"""What is not as it should be is refused with a stable code, and nothing is lost or left."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sync.outbox import queue
from sync.outbox.recorder import Draft
from sync.protocol.change import Change, ChangeKind
from sync.server.app import make_app
from sync.server.meters import Meters
from sync.server.pace import Pace
from sync.settings import Limits
from tests.support.sync_client import SyncClient
from tests.support.sync_office import Office, code_of
from tests.support.sync_records import finding, hall

GUESS = {"grant_type": "guess"}
BEYOND = {"scope": "hall-1", "first": 0, "second": 10**30}
BEFORE = BEYOND | {"epoch": "of another server"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()


@pytest.fixture(scope="module")
def video(office: Office) -> SyncClient:
    return office.client("VIDEO_SUP")


def waiting(video: SyncClient, **more: Any) -> Change:
    """A change that waits on the device."""
    video.create(video.device.device_id, "finding", finding(**more), "hall-1")
    return video.transact(queue.next_changes)[0]


def push(office: Office, video: SyncClient, data: bytes, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return office.ask("POST", "/v1/sync/push", video, data=data, headers=named)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_request"),
        (b"[]", 400, "bad_request"),
        (b'{"changes": [{}]}', 400, "bad_request"),
        (b'{"changes": 3}', 400, "bad_request"),
        (b'{"changes": {}}', 400, "bad_request"),
        (b"[" * 100_000, 400, "too_deep"),
        (b"\xff\xfe", 400, "bad_request"),
        (b"x" * (Limits().body + 1), 413, "too_large"),
    ],
    ids=["empty", "list", "no envelope", "number", "table", "deep", "no text", "large"],
)
def test_a_body_that_is_none_is_refused(
    office: Office, video: SyncClient, body: bytes, status: int, code: str
) -> None:
    answer = push(office, video, body)
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_bomb_is_not_unpacked(office: Office, video: SyncClient) -> None:
    bomb = gzip.compress(bytes(200 * 1024 * 1024), 9)
    assert len(bomb) < 300_000
    answer = push(office, video, bomb, Content_Encoding="gzip")
    assert (answer.status_code, code_of(answer)) == (413, "too_large")


@pytest.mark.parametrize(
    ("data", "encoding", "status"), [(b"no gzip", "gzip", 400), (b"{}", "br", 415)]
)
def test_an_encoding_that_is_none_is_refused(
    office: Office, video: SyncClient, data: bytes, encoding: str, status: int
) -> None:
    answer = push(office, video, data, Content_Encoding=encoding)
    assert (answer.status_code, code_of(answer)) == (status, "bad_encoding")


def test_a_number_that_comes_as_true_is_refused(office: Office, video: SyncClient) -> None:
    said = {"unsent": 0, "conflicts": False}
    answer = office.ask("POST", "/v1/sync/hello", video, json=said)
    assert (answer.status_code, code_of(answer)) == (422, "bad_request")


def test_a_refused_method_is_told_all_that_the_path_allows(office: Office) -> None:
    answer = office.ask("OPTIONS", "/v1/users")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")


def test_another_schema_and_another_protocol_want_an_upgrade(
    office: Office, video: SyncClient
) -> None:
    newer = replace(waiting(video), schema_ver=99).to_json()
    answer = push(office, video, json.dumps({"changes": [newer]}).encode())
    assert (answer.status_code, code_of(answer)) == (426, "other_schema")
    answer = office.ask("GET", "/v1/health", headers={"Hallwatch-Protocol": "99"})
    assert (answer.status_code, code_of(answer)) == (426, "other_protocol")
    assert answer.headers["Upgrade"] == "hallwatch/1"


def test_a_change_of_another_device_and_a_broken_seal_are_refused(
    office: Office, video: SyncClient
) -> None:
    change = waiting(video)
    for bent, code in (
        (replace(change, device_id="other"), "other_device"),
        (replace(change, wall_time="2036-11-24T01:00:00+00:00"), "bad_signature"),
    ):
        answer = push(office, video, json.dumps({"changes": [bent.to_json()]}).encode())
        assert (answer.status_code, code_of(answer)) == (403, code)


def test_a_gap_in_the_chain_is_refused_and_noted(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    change = waiting(video)
    gap = replace(change, dev_seq=7).sealed(video.device.key())
    answer = push(office, video, json.dumps({"changes": [gap.to_json()]}).encode())
    assert (answer.status_code, code_of(answer)) == (409, "broken_chain")
    assert video.sync().pushed == 1
    (device,) = office.ask("GET", "/v1/devices", video).json()
    assert device["forks"] == 1


def test_fields_that_a_newer_program_knows_are_kept(office: Office) -> None:
    manager, other = office.client("DATA_MGR"), office.client("DATA_MGR")
    assert manager.session.account
    body = hall("one") | {"colour_of_2030": "green"}
    who = manager.session.account.user_id
    manager.create(who, "hall", body, "hall-1")
    patch = {"colour_of_2030": ("green", "red")}
    manager.record(who, Draft("hall", "hall-1", "hall-1", ChangeKind.UPDATE, patch, None))
    assert manager.sync().refused == 0
    other.sync()
    shown = other.records["hall", "hall-1"][0]
    assert shown is not None
    assert shown["colour_of_2030"] == "red"


def test_words_of_an_envelope_that_a_newer_program_says_are_kept(
    office: Office, video: SyncClient
) -> None:
    change = replace(waiting(video), more={"weather": "rain"}).sealed(video.device.key())
    again = Change.from_json(json.loads(json.dumps(change.to_json())))
    assert again == change
    assert again.to_json()["weather"] == "rain"


def test_a_cursor_of_another_server_or_a_bent_one_is_refused(
    office: Office, video: SyncClient
) -> None:
    for cursor in ("x", "AAAA", "é"):
        answer = office.ask("GET", "/v1/sync/pull", video, params={"cursor": cursor})
        assert (answer.status_code, code_of(answer)) == (400, "bad_cursor")


@pytest.mark.parametrize(
    ("method", "path", "words", "status", "code"),
    [
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("PUT", "/v1/health", {}, 405, "wrong_method"),
        ("GET", "/v1/sync/pull", {"params": {"limit": "many"}}, 422, "bad_request"),
        ("POST", "/v1/auth/token", {"data": GUESS}, 400, "unsupported_grant_type"),
        ("POST", "/v1/sync/verify", {"json": {"hall-9": {}}}, 403, "not_allowed"),
        ("POST", "/v1/sync/verify", {"json": {"\ud800": {}}}, 422, "bad_request"),
        ("GET", "/v1/log/consistency", {"params": BEYOND}, 422, "beyond_log"),
        ("GET", "/v1/log/consistency", {"params": BEFORE}, 409, "other_epoch"),
        ("GET", "/v1/users", {}, 403, "not_allowed"),
    ],
)  # fmt: skip
def test_every_refusal_is_a_problem(
    office: Office,
    video: SyncClient,
    method: str,
    path: str,
    words: dict[str, Any],
    status: int,
    code: str,
) -> None:
    answer = office.ask(method, path, video, **words)
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_nobody_signed_in_is_told_how_to(office: Office) -> None:
    answer = office.ask("GET", "/v1/sync/pull")
    assert (answer.status_code, code_of(answer)) == (401, "signed_out")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_caller_in_a_hurry_is_told_when(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.doors.pace = Pace(rate=0.1, burst=2)
    answers = [office.ask("GET", "/v1/health") for _ in range(3)]
    office.close()
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert code_of(answers[2]) == "too_many_requests"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 10


def test_a_bucket_fills_again() -> None:
    pace = Pace(rate=2, burst=1)
    assert pace.wait_s("a", 0.0) == 0
    assert pace.wait_s("a", 0.0) == pytest.approx(0.5)
    assert pace.wait_s("b", 0.0) == 0
    assert pace.wait_s("a", 0.5) == 0


def test_meters_speak_the_collectors_language(office: Office, video: SyncClient) -> None:
    office.ask("GET", "/v1/sync/pull", video)
    lines = office.ask("GET", "/metrics").text.splitlines()
    assert (
        'hallwatch_requests_total{method="GET",route="/v1/sync/pull",status="200"} 1' in lines
        or any(line.startswith("hallwatch_requests_total{") for line in lines)
    )
    assert "# TYPE hallwatch_request_seconds histogram" in lines
    assert any(line.startswith("hallwatch_devices ") for line in lines)
    answer = office.ask("GET", "/metrics", headers={"X-Forwarded-For": "10.0.0.9"})
    assert (answer.status_code, code_of(answer)) == (403, "not_allowed")


def test_a_label_cannot_forge_a_line() -> None:
    meters = Meters()
    meters.count("a_total", path='x"} 9\nb 1')
    assert meters.text({}) == '# TYPE a_total counter\na_total{path="x\\"} 9\\nb 1"} 1\n'


def test_the_document_names_every_refusal_and_gives_examples(office: Office) -> None:
    document = make_app(office.doors).openapi()
    push_route = document["paths"]["/v1/sync/push"]["post"]
    assert {"401", "403", "409", "413", "415", "422", "426", "429", "503"} <= set(
        push_route["responses"]
    )
    assert push_route["requestBody"]["content"]["application/json"]["example"]["changes"]
    assert document["components"]["schemas"]["Problem"]["required"]
    routes = [(p, m) for p, ways in document["paths"].items() for m in ways]
    assert len(routes) == len(set(routes)) > 20
