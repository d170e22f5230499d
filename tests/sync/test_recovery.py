"""What one machine lost the others give back, and what is refused holds nothing else up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from sync.outbox import progress, queue
from sync.outbox.recorder import Draft
from sync.protocol.change import ChangeKind
from tests.support.sync_client import Killed, SyncClient
from tests.support.sync_office import Office
from tests.support.sync_records import evidence, finding, first_review, hall


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def change_hall(client: SyncClient, **fields: tuple[object, object]) -> None:
    draft = Draft("hall", "hall-1", "hall-1", ChangeKind.UPDATE, fields, None)
    client.record(user_of(client), draft)


def user_of(client: SyncClient) -> str:
    assert client.session.account
    return client.session.account.user_id


def shown(client: SyncClient, entity: str, record_id: str) -> dict[str, object]:
    body = client.records[entity, record_id][0]
    assert body is not None
    return dict(body)


def about_to_forget(office: Office) -> tuple[SyncClient, SyncClient, bytes]:
    """Two clients who know a hall, and a backup of the server from before it."""
    maker, editor = office.client("DATA_MGR"), office.client("DATA_MGR")
    backup = office.image()
    maker.create(user_of(maker), "hall", hall("one"), "hall-1")
    maker.sync()
    editor.sync()
    return maker, editor, backup


def test_bytes_of_a_refused_record_hold_nothing_else_up(office: Office) -> None:
    video, other = office.client("VIDEO_SUP"), office.client("DATA_MGR")
    other.create(user_of(other), "hall", hall("one"), "hall-1")
    other.sync()
    shot = evidence("f", video.keep(b"picture"), 7) | {"taken_at": "not a time"}
    video.create(video.device.device_id, "evidence", shot, "hall-1")

    report = video.sync()

    assert (report.refused, report.uploaded) == (1, 0)
    assert shown(video, "hall", "hall-1")["name"] == "one"


def test_the_same_bytes_of_two_devices_are_sent_once(office: Office) -> None:
    clients = [office.client("VIDEO_SUP"), office.client("VIDEO_SUP")]
    for client in clients:
        body = finding()
        client.create(client.device.device_id, "finding", body, "hall-1")
        shot = evidence(body["id"], client.keep(b"picture"), 7)
        client.create(client.device.device_id, "evidence", shot, "hall-1")
        client.sync()
    assert [client.transact(queue.counts)["blobs_waiting"] for client in clients] == [0, 0]


def test_a_change_behind_a_conflict_is_not_held_up_when_the_answer_was_lost(
    office: Office,
) -> None:
    one, other = office.client("DATA_MGR"), office.client("DATA_MGR")
    one.create(user_of(one), "hall", hall("one"), "hall-1")
    one.sync()
    other.sync()
    change_hall(one, name=("one", "two"))
    one.sync()
    change_hall(other, name=("one", "three"))
    other.commits_left = 4  # greeting, epoch, batch; the answer comes and is never written down
    with pytest.raises(Killed):
        other.sync()
    other.restart()
    other.session.resume()
    change_hall(other, address=(None, "the square"))

    other.sync()

    assert [r.reason["code"] for r in other.transact(queue.refusals)] == ["changed_meanwhile"]
    body = shown(other, "hall", "hall-1")
    assert (body["name"], body["address"]) == ("two", "the square")


def test_a_server_from_a_backup_is_given_back_what_it_forgot(office: Office) -> None:
    manager = office.client("DATA_MGR")
    backup = office.image()
    manager.create(user_of(manager), "hall", hall("one"), "hall-1")
    change_hall(manager, name=("one", "two"))
    manager.sync()

    office.restore(backup)
    report = manager.sync()

    assert report.restored
    assert report.pushed == 2
    assert report.agreed
    newcomer = office.client("DATA_MGR")
    newcomer.sync()
    assert shown(newcomer, "hall", "hall-1")["name"] == "two"


def test_a_change_that_came_back_before_what_it_rests_on_is_made_again(office: Office) -> None:
    maker, editor, backup = about_to_forget(office)
    change_hall(editor, address=(None, "the square"))
    editor.sync()

    office.restore(backup)
    for client in (editor, maker, editor, maker):
        client.sync()

    assert shown(maker, "hall", "hall-1")["address"] == "the square"
    assert editor.transact(queue.refusals) == ()


def test_what_waited_on_a_forgotten_record_waits_through_two_restores(office: Office) -> None:
    maker, editor, backup = about_to_forget(office)
    change_hall(editor, address=(None, "the park"))  # never pushed before the restore
    change_hall(editor, address=("the park", "the square"))
    for _ in range(2):
        office.restore(backup)
        editor.sync()
    for client in (maker, editor, maker):
        client.sync()

    assert shown(maker, "hall", "hall-1")["address"] == "the square"
    assert editor.transact(queue.refusals) == ()


def test_what_was_refused_before_a_restore_stays_refused(office: Office) -> None:
    clerk = office.client("SEAL_CLERK")
    backup = office.image()
    clerk.create(user_of(clerk), "hall", hall("one"), "hall-1")
    clerk.sync()

    office.restore(backup)
    clerk.sync()

    (refused,) = clerk.transact(queue.refusals)
    assert refused.reason["code"] == "not_allowed"


def test_a_device_from_a_backup_goes_on_behind_its_own_chain(office: Office) -> None:
    manager = office.client("DATA_MGR")
    manager.create(user_of(manager), "hall", hall("one"), "hall-1")
    manager.sync()
    backup = manager.image()
    change_hall(manager, name=("one", "two"))
    manager.sync()

    manager.restore(backup)
    manager.session.resume()
    manager.session.resume()
    change_hall(manager, address=(None, "the square"))
    report = manager.sync()

    assert (report.pushed, report.refused, report.agreed) == (1, 0, True)
    body = shown(manager, "hall", "hall-1")
    assert (body["name"], body["address"]) == ("two", "the square")


def test_a_record_that_leaves_a_users_sight_leaves_the_device(office: Office) -> None:
    both = office.client("VIDEO_SUP", scopes=("region", "hall-1", "hall-2"))
    body = finding(hall_id="hall-2")
    both.create(both.device.device_id, "finding", body, "hall-2")
    both.sync()
    one = office.person("VIDEO_SUP")
    both.session.sign_in(one.username, "correct horse battery")

    both.sync()

    assert both.records["finding", body["id"]][0] is None


def test_an_act_larger_than_a_request_goes_whole(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    machine = video.device.device_id
    drafts = [
        Draft(
            "finding",
            b["id"],
            "hall-1",
            ChangeKind.CREATE,
            {n: (None, v) for n, v in b.items()},
            None,
        )
        for b in (finding() for _ in range(queue.CHANGE_LIMIT + 5))
    ]
    video.record(machine, *drafts)
    video.record(machine, first_review({"id": drafts[0].id}, machine))

    report = video.sync()

    assert (report.pushed, report.refused) == (queue.CHANGE_LIMIT + 6, 1)


def test_what_is_done_to_a_forgotten_record_after_a_restore_waits_for_it_too(
    office: Office,
) -> None:
    maker, editor, backup = about_to_forget(office)
    office.restore(backup)
    editor.sync()
    change_hall(editor, address=(None, "the park"))
    change_hall(editor, address=("the park", "the square"))
    editor.sync()
    for client in (maker, editor, maker):
        client.sync()

    assert shown(maker, "hall", "hall-1")["address"] == "the square"
    assert editor.transact(queue.refusals) == ()


@pytest.mark.parametrize("rounds_between", [0, 1])
def test_an_act_on_a_forgotten_record_gives_way_to_the_next_one(
    office: Office, rounds_between: int
) -> None:
    maker, editor, backup = about_to_forget(office)
    office.restore(backup)
    change_hall(editor, address=(None, "the park"))
    editor.sync()  # refused: the hall is not there
    change_hall(editor, address=(None, "the square"))
    for _ in range(rounds_between):
        editor.sync()
    for client in (maker, editor, maker):
        client.sync()

    assert shown(maker, "hall", "hall-1")["address"] == "the square"
    assert editor.transact(queue.refusals) == ()


def test_a_record_that_comes_back_by_comparing_is_waited_for_too(office: Office) -> None:
    maker, editor, backup = about_to_forget(office)
    office.restore(backup)
    change_hall(editor, address=(None, "the square"))
    editor.sync()  # refused: the hall is not there
    maker.sync()
    page = office.ask("GET", "/v1/sync/pull", editor).json()

    def skip(connection: Connection) -> None:
        """Be told where the logs stand, and miss what they say."""
        progress.remember(connection, "cursor", page["next_cursor"])
        for scope, seq in page["heads"].items():
            progress.advance(connection, scope, seq)

    editor.transact(skip)
    for client in (editor, editor, maker):
        client.sync()

    assert shown(maker, "hall", "hall-1")["address"] == "the square"
    assert editor.transact(queue.refusals) == ()


def test_a_device_that_forgot_what_it_did_is_in_no_conflict_with_itself(office: Office) -> None:
    manager = office.client("DATA_MGR")
    manager.create(user_of(manager), "hall", hall("one"), "hall-1")
    manager.sync()
    backup = manager.image()
    change_hall(manager, name=("one", "two"))
    manager.sync()

    manager.restore(backup)
    manager.session.resume()
    change_hall(manager, name=("one", "three"))

    assert manager.sync().refused == 0
    assert shown(manager, "hall", "hall-1")["name"] == "three"


def test_a_device_that_forgot_is_in_conflict_with_who_came_after_it(office: Office) -> None:
    manager, other = office.client("DATA_MGR"), office.client("DATA_MGR")
    manager.create(user_of(manager), "hall", hall("one"), "hall-1")
    manager.sync()
    backup = manager.image()
    change_hall(manager, name=("one", "two"))
    manager.sync()
    other.sync()
    change_hall(other, name=("two", "four"))
    other.sync()

    manager.restore(backup)
    manager.session.resume()
    change_hall(manager, name=("one", "three"))

    assert manager.sync().refused == 1
    (refused,) = manager.transact(queue.refusals)
    assert (refused.reason["by"], refused.server) == (user_of(other), hall("four"))


def test_what_an_older_backup_refused_counts_once_a_newer_one_has_taken_it(office: Office) -> None:
    _, editor, older = about_to_forget(office)
    change_hall(editor, name=("one", "two"))
    editor.sync()
    newer = office.image()
    office.restore(older)
    assert editor.sync().refused == 1  # the maker has not given the hall back yet

    office.restore(newer)
    editor.sync()

    assert editor.transact(queue.refusals) == ()
    assert shown(editor, "hall", "hall-1")["name"] == "two"
