"""What people do most, in the real program, with the keyboard alone; and the screen never stops."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.assembly.demonstration import drawn_plan, existing_hall
from desktop.assembly.program import Program
from desktop.assembly.sample_cases import take_sample_cases
from desktop.domain.cards import Card, CardKind, CardState, series_of
from desktop.domain.findings import Finding, FindingState
from desktop.domain.roles import Role, machine
from desktop.paths import Paths
from desktop.settings import Settings, Theme
from desktop.storage.numbers import add_block
from desktop.system.secrets import MemorySecrets
from desktop.usecases.findings import propose_finding
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.views.appearance import Appearance
from tests.support.hands import Hands, hands_at
from tests.support.profiles import person, sighting

NOWHERE = "http://127.0.0.1:9"
LONGEST_S = 0.5  # processor seconds; the machine may be busy with others


@pytest.fixture
def plan() -> HallPlan:
    return drawn_plan()


@pytest.fixture
def program(tmp_path: Path, plan: HallPlan) -> Iterator[Program]:
    """A hall whose server cannot be reached, as a morning without a network."""
    settings = Settings(server_url=NOWHERE, theme=Theme.LIGHT)
    with Program(Paths(tmp_path), settings, MemorySecrets()) as made:
        made.desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
        yield made


@pytest.fixture
def hands(qtbot: QtBot, program: Program) -> Iterator[Hands]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Appearance(application, program.settings)
    with hands_at(qtbot, program, Role.VIDEO_SUP) as made:
        yield made
    assert [block for block in made.blocks if block.busy_s > LONGEST_S] == []


def proposed(program: Program, plan: HallPlan) -> Finding:
    """An absence of a quarter of an hour that has just ended."""
    now = program.clock.now()
    seen = sighting(plan, started_at=now - timedelta(minutes=17), ended_at=now)
    propose = partial(
        propose_finding,
        sighting=seen,
        catalogue=program.catalogue,
        calendar=program.calendar,
        clock=program.clock,
    )
    finding = program.desk.act(machine("device-1"), propose).result()
    assert finding is not None
    return finding


def test_an_absence_is_confirmed_by_two_and_its_card_is_issued(
    program: Program, plan: HallPlan, hands: Hands
) -> None:
    finding = proposed(program, plan)
    series, year = series_of(plan.organ, CardKind.YELLOW), program.clock.now().year
    program.desk.transact(lambda c: add_block(c, series, year, 12, 21))  # leased while online

    def now() -> Finding:
        return program.desk.look(lambda r: r.get(Finding, finding.id)).result()

    for role, state in (
        (Role.VIDEO_SUP, FindingState.VERIFYING),
        (Role.SECTION_HEAD, FindingState.CONFIRMED),
    ):
        hands.sit_down(role)
        hands.go_to("核实疑似问题")
        hands.see("核对情况")
        hands.tab_to("属实")
        hands.press(Qt.Key.Key_1)
        hands.tab_to("说明")
        hands.write("查看全部画面，座席无人，没有登记。")
        hands.push("提交核实结果")
        hands.wait_for(lambda state=state: now().state is state)
    hands.sit_down(Role.SUPERVISOR)
    hands.push("拟制黄牌")
    hands.push("提交核稿")

    def card() -> Card:
        return program.desk.look(lambda r: r.find(Card)).result()[0]

    hands.wait_for(lambda: card().state is CardState.UNDER_CHECK)
    for role, act, state in (
        (Role.LEGAL_CHECK, "核稿通过", CardState.UNDER_APPROVAL),
        (Role.DEPUTY_HEAD, "签发", CardState.SIGNED),
        (Role.SEAL_CLERK, "编号用印", CardState.ISSUED),
    ):
        hands.sit_down(role)
        hands.push(act)
        hands.dialog()
        hands.push(act)
        hands.wait_for(lambda state=state: card().state is state)
    assert card().doc_no.endswith("12号")


def test_a_month_of_approvals_is_checked_and_its_report_is_made(
    program: Program, hands: Hands
) -> None:
    hall = existing_hall(program)
    assert hall is not None
    take_sample_cases(program, hall, hands.sit_down(Role.DATA_MGR))
    hands.sit_down(Role.SUPERVISOR)
    hands.go_to("办件监察")
    hands.see("超期 ")
    hands.tab_to("办件")
    hands.press(Qt.Key.Key_Return)
    hands.see("基本情况")
    hands.go_to("报告与文书")
    hands.push("生成报告")
    hands.see("未签发，仅供审阅")
    hands.push("导出 PDF")
    assert hands.dialog().accessibleName()
    hands.press(Qt.Key.Key_Escape)


def test_a_backup_is_made_and_wished_back(program: Program, hands: Hands) -> None:
    hands.sit_down(Role.DATA_MGR)
    hands.go_to("设置")
    hands.push("立即备份")
    hands.wait_for(lambda: program.backups.last is not None and program.backups.last.done())
    hands.push("从备份恢复…")
    hands.dialog()
    hands.push("下次启动时恢复")
    hands.see("下次启动")
