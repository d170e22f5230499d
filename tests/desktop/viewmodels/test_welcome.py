from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.assembly.founding import Joining
from desktop.assembly.program import Program
from desktop.domain.organisation import OrganType
from desktop.domain.roles import Role
from desktop.system.secrets import MemorySecrets, SecretName
from desktop.usecases.founding import Bureau, Founding, Newcomer
from desktop.viewmodels.opening import Opener, Opening
from desktop.viewmodels.recovery import RecoveryPaper
from desktop.viewmodels.welcome import Step, Ways, Welcome
from desktop.workers.case_desk import CaseDesk
from sync.errors import SyncError, SyncTrouble
from tests.support.profiles import SetClock, open_store

BUREAU = Bureau("大厅", "效能办", "效能", OrganType.EFFICIENCY_OFFICE, "效监", "0000")
PEOPLE = (
    Newcomer("lili", "李丽", "Tulip-417"),
    Newcomer("zhao", "赵敏", "Maple-2291"),
    Newcomer("wang", "王芳", "Cedar-8830"),
)


class Holder:
    """An open program as far as its key is concerned."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock()
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.secrets = MemorySecrets()
        self.secrets.save(SecretName.MASTER_KEY.value, bytes(range(32)))


class WaysIn:
    """Ways that write down how they were gone, and refuse as a test says."""

    def __init__(self) -> None:
        self.gone: list[Joining | Founding | str] = []
        self.refusal: Exception | None = None

    def opener(self, way: Joining | Founding | str) -> Opener:
        def open_it(_ask: object, _tell: object) -> Program:
            self.gone.append(way)
            if self.refusal is not None:
                raise self.refusal
            return Program.__new__(Program)

        return open_it


@pytest.fixture
def ways() -> WaysIn:
    return WaysIn()


@pytest.fixture
def welcome(qtbot: QtBot, ways: WaysIn) -> Iterator[Welcome]:
    played = ways.opener("demonstration")
    opening = Opening(played)
    yield Welcome(Ways(played, ways.opener, ways.opener), opening)
    opening.close()


def test_the_demonstration_needs_one_step(qtbot: QtBot, welcome: Welcome, ways: WaysIn) -> None:
    with qtbot.waitSignal(welcome.entered):
        welcome.play()
    assert ways.gone == ["demonstration"]
    assert welcome.plays


@pytest.mark.parametrize(
    ("url", "username", "password", "wrong"),
    [
        ("", "", "", {"url", "username", "password"}),
        ("http://server.example", "lili", "x", {"url"}),  # a password never travels in the clear
        ("https://li:li@server.example", "lili", "x", {"url"}),
        ("https://server.example", "lili", "", {"password"}),
    ],
)
def test_a_bad_answer_about_the_server_is_named_and_nothing_is_sent(
    welcome: Welcome, ways: WaysIn, url: str, username: str, password: str, wrong: set[str]
) -> None:
    welcome.show(Step.SERVER)
    welcome.join(url, username, password)
    assert set(welcome.faults) == wrong
    assert not ways.gone


def test_a_server_that_is_not_reached_leads_back_to_the_form(
    qtbot: QtBot, welcome: Welcome, ways: WaysIn
) -> None:
    ways.refusal = SyncError(SyncTrouble.UNREACHABLE)
    welcome.show(Step.SERVER)
    welcome.join(" https://server.example ", "lili", "x")
    qtbot.waitUntil(lambda: welcome.step is Step.SERVER)
    assert "连不上" in welcome.trouble
    assert ways.gone == [Joining("https://server.example", "lili", "x")]


def test_an_office_is_founded_with_three_people_of_different_roles(
    qtbot: QtBot, welcome: Welcome, ways: WaysIn
) -> None:
    ways.refusal = SyncError(SyncTrouble.UNREACHABLE)  # so that no real program is needed
    welcome.show(Step.BUREAU)
    welcome.name_bureau(BUREAU)
    assert welcome.step is Step.PEOPLE
    welcome.found((PEOPLE[0], PEOPLE[0], PEOPLE[2]))
    assert set(welcome.faults) == {"1.username"}
    welcome.found(PEOPLE)
    qtbot.waitUntil(lambda: welcome.step is Step.PEOPLE and bool(welcome.trouble))
    assert "本机服务器" in welcome.trouble
    founding = ways.gone[-1]
    assert isinstance(founding, Founding)
    assert [Role.SYS_ADMIN in p.roles for p in founding.people] == [True, False, False]


def test_the_code_is_shown_until_two_groups_were_copied_back(qtbot: QtBot, tmp_path: Path) -> None:
    holder = Holder(tmp_path)
    paper = RecoveryPaper(holder)
    paper.refresh()
    qtbot.waitUntil(lambda: len(paper.groups) == 14)
    paper.confirm(("", ""))
    assert paper.trouble
    right = [paper.groups[each].lower() for each in paper.asked]
    with qtbot.waitSignal(paper.confirmed):
        paper.confirm(right)
    assert not paper.groups

    later = RecoveryPaper(holder)
    with qtbot.waitSignal(later.changed):
        later.refresh()
    assert later.is_confirmed
    assert not later.groups
    holder.desk.close()
