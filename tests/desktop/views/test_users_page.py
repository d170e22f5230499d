"""Accounts and roles: kept by the server, changed by the administrator alone."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop import assets
from desktop.domain.entities import Book
from desktop.domain.errors import DutiesClash
from desktop.domain.identifiers import UserId
from desktop.domain.recusals import Recusal
from desktop.domain.roles import Actor, Role
from desktop.storage.accounts import SeenHere
from desktop.usecases.founding import Newcomer
from desktop.usecases.organisation import set_up_hall
from desktop.viewmodels.users import UserDesk, refusal_said
from desktop.views.appearance import Appearance
from desktop.views.users_page import UsersPage
from desktop.workers.case_desk import CaseDesk
from sync.errors import SyncError, SyncTrouble
from sync.protocol.answers import Account
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person
from tests.support.screens import clipped, done, failed, too_small, unnamed

LONG = 30_000  # ms: a busy machine is no fault of the code
LIN = Account("u-lin", "linmin", "林敏", ("SUPERVISOR", "VIDEO_SUP"), ("region",))
WANG = Account("u-wang", "wangfang", "王芳", ("SYS_ADMIN",), ("region",), active=False)


class FakeDoor:
    """A door to a server that knows two people, or to none."""

    def __init__(self) -> None:
        self.actor: Actor | None = person(Role.SYS_ADMIN)
        self.reached = True
        self.accounts = {each.user_id: each for each in (LIN, WANG)}
        self.seen = (SeenHere(UserId("u-lin"), "linmin", DAY, True, DAY + timedelta(minutes=9)),)
        self.told: list[object] = []

    def people(self) -> "Future[tuple[Account, ...]]":
        if not self.reached:
            return failed(SyncError(SyncTrouble.UNREACHABLE, retryable=True))
        return done(tuple(self.accounts.values()))

    def seen_here(self) -> "Future[tuple[SeenHere, ...]]":
        return done(self.seen)

    def add_person(self, newcomer: Newcomer, scopes: Sequence[str]) -> "Future[None]":
        self.told.append((newcomer.username, newcomer.roles, tuple(scopes)))
        return done(None)

    def change_person(self, user_id: str, **wanted: object) -> "Future[Account]":
        self.told.append((user_id, wanted))
        return done(self.accounts[user_id])

    def end_waiting(self, username: str) -> "Future[None]":
        self.seen = tuple(replace(each, waits_until=None) for each in self.seen)
        return done(None)


class Office:
    """An open program as far as accounts go."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock()
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.door = FakeDoor()
        self.book = Book(assets.entity_files())
        self.plan = hall_plan()
        self.desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, self.plan)).result()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def desk(qtbot: QtBot, office: Office) -> Iterator[UserDesk]:
    made = UserDesk(office)
    yield made
    made.stop()
    office.desk.close()
    delete(made)


@pytest.fixture
def page(qtbot: QtBot, appearance: Appearance, desk: UserDesk) -> Iterator[UsersPage]:
    page = UsersPage(desk)
    page.resize(1040, 640)
    page.show()
    page.arrive()
    qtbot.waitUntil(lambda: len(desk.model.rows) == 2 and bool(desk.units), timeout=LONG)
    yield page
    page.close()
    delete(page)  # before what it shows


def test_the_administrator_sees_everybody_and_what_this_device_knows(
    qtbot: QtBot, desk: UserDesk, page: UsersPage
) -> None:
    assert [row.cells for row in desk.model.rows] == [
        ("林敏", "linmin", "监察员、视频监察员", "启用"),
        ("王芳", "wangfang", "系统管理员", "已停用"),
    ]
    page.open_subject("u-lin")
    assert "没有网络时也能登录" in page.sheet.details()
    assert page.sheet.again.isVisible()  # too many wrong tries
    page.sheet.again.click()
    qtbot.waitUntil(lambda: not page.sheet.again.isVisible(), timeout=LONG)
    assert not unnamed(page)
    assert not too_small(page)
    assert not clipped(page)


def test_roles_account_and_password_are_changed_on_the_server(
    qtbot: QtBot, office: Office, desk: UserDesk, page: UsersPage
) -> None:
    page.open_subject("u-lin")
    page.sheet.roles[Role.VIDEO_SUP].setChecked(False)
    page.sheet.save.click()
    desk.lock()
    desk.reset("correct horse battery")
    assert office.door.told == [
        ("u-lin", {"roles": (Role.SUPERVISOR,)}),
        ("u-lin", {"active": False}),
        ("u-lin", {"password": "correct horse battery"}),
    ]
    page.open_subject("u-wang")
    assert page.sheet.unlock.isVisible()
    assert not page.sheet.lock.isVisible()


def test_a_weak_password_never_leaves_the_machine(
    qtbot: QtBot, office: Office, desk: UserDesk, page: UsersPage
) -> None:
    page.open_subject("u-lin")
    with qtbot.waitSignal(desk.refused) as told:
        desk.reset("linmin")
    assert "密码至少 8 位" in refusal_said(told.args[0])
    assert office.door.told == []


def test_somebody_new_gets_an_account(
    qtbot: QtBot, office: Office, desk: UserDesk, page: UsersPage
) -> None:
    page.new.click()
    texts = {"name": "新人", "username": "xinren", "password": "correct horse battery"}
    for name, words in texts.items():
        page.sheet.field(name).line.setText(words)
    page.sheet.roles[Role.INSPECTOR].setChecked(True)
    page.sheet.enrol.click()
    hall = office.plan.hall.id
    assert office.door.told == [("xinren", (Role.INSPECTOR,), ("region", hall))]


def test_without_the_server_everything_is_read_only_and_says_why(
    qtbot: QtBot, office: Office, desk: UserDesk, page: UsersPage
) -> None:
    office.door.reached = False
    with qtbot.waitSignal(desk.changed, timeout=LONG):
        desk.refresh()
    qtbot.waitUntil(lambda: "只能查看" in page.standing(), timeout=LONG)
    page.open_subject("u-lin")
    assert not page.new.isVisible()
    assert not page.sheet.save.isVisible()
    assert not page.sheet.roles[Role.HEAD].isEnabled()
    desk.lock()
    assert office.door.told == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYS_ADMIN])
def test_nobody_else_changes_an_account(
    qtbot: QtBot, office: Office, desk: UserDesk, role: Role
) -> None:
    office.door.actor = person(role)
    desk.refresh()
    desk.choose("u-lin")
    assert not desk.may_change
    desk.lock()
    desk.end_waiting()
    assert office.door.told == []


def test_one_stands_aside_from_a_unit_and_it_is_shown(
    qtbot: QtBot, office: Office, desk: UserDesk, page: UsersPage
) -> None:
    office.door.actor = replace(person(Role.SUPERVISOR), user_id=UserId("u-lin"))
    desk.refresh()
    assert desk.may_stand_aside
    with qtbot.waitSignal(desk.saved, timeout=LONG):
        desk.stand_aside(office.plan.units[0].id, "曾任该局副局长")
    recusals = office.desk.look(lambda reading: reading.find(Recusal)).result()
    assert [each.declared_by for each in recusals] == ["u-lin"]


def test_the_table_of_rights_is_the_rules_themselves(desk: UserDesk, page: UsersPage) -> None:
    rows = {row.key: row.cells[2] for row in desk.rights.rows}
    assert rows["card.sign"] == "分管领导、主要负责人"
    assert rows["user_card.create"] == "系统管理员"
    assert "audit.edit" not in rows


def test_a_clash_of_duties_names_both_roles() -> None:
    told = refusal_said(DutiesClash("SYS_ADMIN", "SUPERVISOR"))
    assert "系统管理员" in told
    assert "监察员" in told
