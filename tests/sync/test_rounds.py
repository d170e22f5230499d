"""Two devices and a server: what one keeps, the other sees, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from sync.errors import SyncError, SyncTrouble
from sync.outbox import queue
from sync.outbox.recorder import Draft
from sync.protocol.answers import Account
from sync.protocol.change import ChangeKind
from sync.server.audit import audit_log
from sync.server.database import Database
from sync.server.tables import changes
from tests.support.live_server import LiveServer
from tests.support.sync_client import SyncClient
from tests.support.sync_records import confirm, evidence, finding, first_review
from tests.sync.conftest import PASSWORD

NewClient = Callable[[], SyncClient]


@pytest.fixture
def video(new_client: NewClient, people: dict[str, Account]) -> SyncClient:
    client = new_client()
    client.session.sign_in("video_sup", PASSWORD)
    return client


def test_a_second_device_sees_the_record_and_verifies_its_bytes(
    video: SyncClient, new_client: NewClient
) -> None:
    body, data = finding(), b"picture" * 300_000
    video.create(video.device.device_id, "finding", body, "hall-1")
    shot = evidence(body["id"], video.keep(data), len(data))
    video.create(video.device.device_id, "evidence", shot, "hall-1")
    report = video.sync()
    assert (report.pushed, report.refused, report.uploaded, report.agreed) == (2, 0, 1, True)

    second = new_client()
    second.session.sign_in("section_head", PASSWORD)
    report = second.sync()

    assert report.agreed
    assert second.records["finding", body["id"]] == (body, 1)
    assert second.shelf.held[shot["sha256"]] == data


def test_one_person_cannot_be_both_reviewers(video: SyncClient, people: dict[str, Account]) -> None:
    video.session.sign_in("supervisor", PASSWORD)
    who, body = people["SUPERVISOR"].user_id, finding()
    video.create(video.device.device_id, "finding", body, "hall-1")
    video.record(who, first_review(body, who))
    video.record(who, confirm(body, who))

    report = video.sync()

    assert report.refused == 1
    (refused,) = video.transact(queue.refusals)
    assert refused.reason == {
        "code": "same_person",
        "act": "confirm",
        "field": "first_review_by",
    }
    assert video.records["finding", body["id"]][0]["state"] == "VERIFYING"  # type: ignore[index]


def test_a_machine_may_propose_but_never_decide(video: SyncClient) -> None:
    body, machine = finding(), video.device.device_id
    video.create(machine, "finding", body, "hall-1")
    video.record(machine, first_review(body, machine))

    video.sync()

    (refused,) = video.transact(queue.refusals)
    assert refused.reason["code"] == "not_allowed"


def test_somebody_who_never_signed_in_here_cannot_sign_here(
    video: SyncClient, people: dict[str, Account]
) -> None:
    body, stranger = finding(), people["SECTION_HEAD"].user_id
    video.create(video.device.device_id, "finding", body, "hall-1")
    video.record(stranger, first_review(body, stranger))

    video.sync()

    (refused,) = video.transact(queue.refusals)
    assert refused.reason["code"] == "unknown_user"


def test_two_decisions_on_the_same_state_meet_and_the_later_goes_to_a_person(
    video: SyncClient, new_client: NewClient, people: dict[str, Account]
) -> None:
    body, who = finding(), people["VIDEO_SUP"].user_id
    video.create(video.device.device_id, "finding", body, "hall-1")
    video.sync()
    other = new_client()
    other.session.sign_in("supervisor", PASSWORD)
    other.sync()
    video.record(who, first_review(body, who))
    other.record(people["SUPERVISOR"].user_id, first_review(body, people["SUPERVISOR"].user_id))

    video.sync()
    other.sync()

    (refused,) = other.transact(queue.refusals)
    assert refused.reason["code"] == "changed_meanwhile"
    assert other.records["finding", body["id"]] == video.records["finding", body["id"]]


def test_an_act_of_several_records_is_taken_whole_or_not_at_all(video: SyncClient) -> None:
    body, machine = finding(), video.device.device_id
    bad = evidence(body["id"], "not a digest", 3)
    drafts = [
        Draft(e, b["id"], "hall-1", ChangeKind.CREATE, {n: (None, v) for n, v in b.items()}, None)
        for e, b in (("finding", body), ("evidence", bad))
    ]
    video.record(machine, *drafts)

    report = video.sync()

    assert report.refused == 2
    assert video.records["finding", body["id"]][0] is None


def test_a_broken_upload_goes_on_where_it_stopped(video: SyncClient) -> None:
    body, data = finding(), bytes(3 * 1024 * 1024)
    video.create(video.device.device_id, "finding", body, "hall-1")
    shot = evidence(body["id"], video.keep(data), len(data))
    video.create(video.device.device_id, "evidence", shot, "hall-1")
    sent = count_pieces(video)

    video.sync(lambda: sent() == 1)
    report = video.sync()

    assert report.uploaded == 1
    assert sent() == 2  # one of 1 MiB, one of the rest


def count_pieces(client: SyncClient) -> Callable[[], int]:
    before = client.session.ask
    pieces: list[str] = []

    def ask(method: str, path: str, **words: Any) -> Any:
        pieces.append(method)
        return before(method, path, **words)

    client.session.ask = ask  # type: ignore[method-assign]
    return lambda: pieces.count("PATCH")


def test_a_wrong_password_is_named_and_not_repeated(new_client: NewClient) -> None:
    client = new_client()
    with pytest.raises(SyncError) as caught:
        client.session.sign_in("admin", "guess-of-mine")
    assert caught.value.trouble is SyncTrouble.WRONG_CREDENTIALS
    assert "guess-of-mine" not in repr(caught.value)


def test_a_server_that_is_away_is_named_and_everything_waits() -> None:
    client = SyncClient("http://127.0.0.1:9")
    client.create(client.device.device_id, "finding", finding(), "hall-1")
    with pytest.raises(SyncError) as caught:
        client.session.sign_in("admin", "guess-of-mine")
    assert caught.value.trouble is SyncTrouble.UNREACHABLE
    assert caught.value.retryable
    assert client.transact(queue.counts)["pending"] == 1
    client.close()


def test_numbers_are_leased_once_and_only_to_the_seal_clerk(
    new_client: NewClient, people: dict[str, Account]
) -> None:
    first, second = new_client(), new_client()
    first.session.sign_in("seal_clerk", PASSWORD)
    second.session.sign_in("seal_clerk", PASSWORD)
    a = first.session.lease_numbers("某效监黄", 2026, 5)
    b = second.session.lease_numbers("某效监黄", 2026, 5)
    assert (a.first, a.last, b.first, b.last) == (1, 5, 6, 10)
    first.session.sign_in("supervisor", PASSWORD)
    with pytest.raises(SyncError) as caught:
        first.session.lease_numbers("某效监黄", 2026, 5)
    assert caught.value.trouble is SyncTrouble.NOT_ALLOWED


def test_the_whole_log_checks_out_and_a_changed_row_does_not(
    server: LiveServer, video: SyncClient
) -> None:
    video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.sync()
    database = Database.in_folder(server.data)
    assert audit_log(database).faults == ()
    with database.write() as connection:
        connection.execute(
            update(changes).where(changes.c.scope == "hall-1", changes.c.seq == 1).values(ver=7)
        )
    faults = audit_log(database).faults
    with database.write() as connection:
        connection.execute(
            update(changes).where(changes.c.scope == "hall-1", changes.c.seq == 1).values(ver=1)
        )
    database.close()
    assert [(f.seq, f.trouble) for f in faults] == [(1, "leaf")]
