"""A device is let in by a code that its owner confirms on another of his devices."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from sync.errors import SyncError, SyncTrouble
from sync.protocol.answers import CodeShown
from sync.server.tables import sign_in_codes, users
from tests.support.sync_client import SyncClient
from tests.support.sync_office import URL, Office, code_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def owner(office: Office) -> SyncClient:
    return office.client("VIDEO_SUP")


@pytest.fixture
def stranger(office: Office) -> Iterator[SyncClient]:
    client = SyncClient(URL, office.line)
    yield client
    client.close()


def test_a_confirmed_code_lets_the_device_in_as_who_confirmed(
    owner: SyncClient, stranger: SyncClient
) -> None:
    shown = stranger.session.begin_by_code()
    assert stranger.session.go_on_by_code(shown) is None
    asking = owner.session.who_asks(shown.user_code)
    assert asking.device_id == stranger.device.device_id
    typed = f" {shown.user_code[:4].lower()}-{shown.user_code[4:].lower()}"
    owner.session.confirm(typed)
    assert stranger.session.go_on_by_code(shown) == owner.session.account
    assert stranger.session.go_on_by_code(shown) == owner.session.account  # an answer was lost
    assert stranger.sync().agreed
    assert len(owner.session.devices()) == 2


def test_a_code_is_confirmed_once_and_only_while_it_is_shown(
    owner: SyncClient, stranger: SyncClient
) -> None:
    first = stranger.session.begin_by_code()
    second = stranger.session.begin_by_code()
    for gone in (first.user_code, "", "BCDFGHJK"):
        with pytest.raises(SyncError) as caught:
            owner.session.confirm(gone or "-")
        assert caught.value.detail == "not_found"
    owner.session.confirm(second.user_code)
    with pytest.raises(SyncError) as caught:
        owner.session.confirm(second.user_code)
    assert caught.value.detail == "not_found"


def test_a_code_that_nobody_confirmed_in_time_is_over(
    office: Office, owner: SyncClient, stranger: SyncClient
) -> None:
    shown = stranger.session.begin_by_code()
    with office.doors.database.write() as connection:
        connection.execute(update(sign_in_codes).values(expires_at=0.0))
    with pytest.raises(SyncError) as caught:
        stranger.session.go_on_by_code(shown)
    assert (caught.value.trouble, caught.value.detail) == (SyncTrouble.REFUSED, "expired_token")
    with pytest.raises(SyncError) as caught:
        owner.session.who_asks(shown.user_code)
    assert caught.value.detail == "not_found"


def test_nobody_is_let_in_whose_account_ended_meanwhile(
    office: Office, owner: SyncClient, stranger: SyncClient
) -> None:
    shown = stranger.session.begin_by_code()
    owner.session.confirm(shown.user_code)
    with office.doors.database.write() as connection:
        connection.execute(update(users).values(active=False))
    with pytest.raises(SyncError) as caught:
        stranger.session.go_on_by_code(shown)
    assert caught.value.trouble is SyncTrouble.SIGNED_OUT


def test_codes_are_not_tried_one_after_the_other(office: Office, owner: SyncClient) -> None:
    answers = [office.ask("GET", "/v1/auth/device/BCDFGHJK", owner) for _ in range(60)]
    assert {answer.status_code for answer in answers} == {404, 429}
    assert code_of(answers[-1]) == "too_many_requests"


def test_a_key_of_no_device_is_refused(office: Office) -> None:
    said = {"device_id": "d", "public_key": "none"}
    answer = office.ask("POST", "/v1/auth/device", data=said)
    assert (answer.status_code, code_of(answer)) == (422, "bad_public_key")


def test_the_secret_of_a_code_is_not_shown_by_accident() -> None:
    assert "secret" not in repr(CodeShown("secret", "BCDFGHJK", 5.0))
