"""Three persons: who administers, audits and does business are never one; the server sees to it."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from desktop.domain.roles import Role
from sync.errors import SyncError
from sync.protocol.duties import clash
from sync.server.problems import Problem
from tests.support.sync_client import SyncClient
from tests.support.sync_office import Office

ADMINISTRATION, AUDIT, NEUTRAL = {"SYS_ADMIN"}, {"SEC_AUDITOR"}, {"DATA_MGR"}
BUSINESS = {role.value for role in Role} - ADMINISTRATION - AUDIT - NEUTRAL


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def admin(office: Office) -> SyncClient:
    return office.client("SYS_ADMIN", scopes=("region",))


def side(role: str) -> int:
    return next(
        n for n, group in enumerate((ADMINISTRATION, AUDIT, BUSINESS, NEUTRAL)) if role in group
    )


@pytest.mark.parametrize("pair", [*product((r.value for r in Role), repeat=2)], ids="+".join)
def test_every_pair_of_roles_is_on_one_side_or_named(pair: tuple[str, str]) -> None:
    sides = {side(role) for role in pair}
    may = len(sides) == 1 or sides in ({0, 3}, {2, 3})
    assert (clash(pair) is None) == may
    if not may:
        assert set(clash(pair) or ()) == set(pair)


def test_nobody_is_made_who_is_two_of_the_three(office: Office) -> None:
    with pytest.raises(Problem) as refused:
        office.person("SYS_ADMIN", "SUPERVISOR")
    assert refused.value.code == "duties_clash"
    assert refused.value.fields["roles"] == ["SYS_ADMIN", "SUPERVISOR"]


def test_nobody_becomes_two_of_the_three(office: Office, admin: SyncClient) -> None:
    lin = office.person("SUPERVISOR")
    with pytest.raises(SyncError) as refused:
        admin.session.change_user(lin.user_id, roles=["SUPERVISOR", "SEC_AUDITOR"])
    assert refused.value.detail == "duties_clash"
    assert admin.session.change_user(lin.user_id, roles=["HEAD"]).roles == ("HEAD",)


def test_a_locked_account_is_told_from_an_active_one_and_lets_nobody_in(
    office: Office, admin: SyncClient
) -> None:
    lin = office.person("SUPERVISOR")
    assert not admin.session.change_user(lin.user_id, active=False).active
    states = {each.user_id: each.active for each in admin.session.users()}
    assert states[lin.user_id] is False
    assert states[admin.session.account.user_id] is True  # type: ignore[union-attr]
    with pytest.raises(SyncError):
        SyncClient("http://server", office.line).session.sign_in(
            lin.username, "correct horse battery"
        )
    assert admin.session.change_user(lin.user_id, active=True).active


def test_a_new_password_ends_the_waiting_after_wrong_ones(
    office: Office, admin: SyncClient
) -> None:
    lin = office.person("SUPERVISOR")
    stranger = SyncClient("http://server", office.line)
    for _ in range(6):
        with pytest.raises(SyncError):
            stranger.session.sign_in(lin.username, "wrong horse battery")
    admin.session.change_user(lin.user_id, password="another horse battery")
    assert stranger.session.sign_in(lin.username, "another horse battery").user_id == lin.user_id
