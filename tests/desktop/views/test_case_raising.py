"""Raising findings from the page of approvals, and meeting the case again on the other pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.domain.findings import Finding, FindingState, ReviewResult
from desktop.domain.roles import Role
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.views.approvals.raising import FindingCard, ManyQuestion, RaisingBar
from desktop.views.cards.case import CaseLines
from desktop.views.cards.page import CardsPage
from desktop.views.kit.buttons import Button
from desktop.views.kit.tables import Table
from desktop.views.review.case_evidence import CaseColumn
from desktop.views.review.page import ReviewPage
from tests.desktop.views.test_approvals_page import Floor, press
from tests.support.casework import FakeOffice, nameless

LATE = "A-1,施工许可,王建国,0101,住建,2026-11-10 09:00,5个工作日,2026-11-20 10:00"
STRANGE = "A-2,食品经营许可,李明,0202,市场局,2026-11-10 09:00,5个工作日,2026-11-18 10:00"


@pytest.fixture
def floor(office: FakeOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Floor]:
    made = Floor(office, tmp_path, qtbot)
    made.arrive()
    made.take_in(LATE, STRANGE)
    made.desk.refresh()
    yield made
    made.close()


def case_id(floor: Floor, row: int) -> str:
    number = floor.desk.found.numbers[row]
    return floor.desk.book.glimpse([number]).result().lines[0].id


def open_row(floor: Floor, row: int) -> None:
    floor.office.enter(Role.SUPERVISOR)
    key = case_id(floor, row)
    with floor.qtbot.waitSignals([floor.desk.opened, floor.raising.changed]):
        floor.desk.open(key)


def findings(floor: Floor) -> tuple[Finding, ...]:
    return floor.office.desk.look(lambda reading: reading.find(Finding)).result()


def card_of(floor: Floor) -> FindingCard:
    return next(c for c in floor.page.findChildren(FindingCard) if not c.isHidden())


def test_a_tick_and_a_button_let_two_people_decide(floor: Floor) -> None:
    open_row(floor, 0)
    bar = floor.page.findChild(RaisingBar)
    assert bar is not None
    assert not bar.go.isEnabled()
    assert nameless(floor.page) == []

    card_of(floor).tick.click()
    assert bar.go.text() == "提交核实（1）"
    with floor.qtbot.waitSignal(floor.page.noticed) as told:
        bar.go.click()

    assert told.args[0].text == "已提出 1 项，待两人核实。"
    floor.qtbot.waitUntil(lambda: not card_of(floor).tick.isVisible())
    assert floor.raising.said_of(next(iter(floor.raising.standing))) == "已提出：待核实"
    assert [finding.level for finding in findings(floor)] == [3]


def test_a_unit_of_nobody_has_to_be_chosen_first(floor: Floor) -> None:
    open_row(floor, 1)
    card_of(floor).tick.click()
    bar = floor.page.findChild(RaisingBar)
    assert bar is not None
    assert not bar.go.isEnabled()
    bar.owner.setCurrentIndex(1)
    bar.owner.activated.emit(1)
    with floor.qtbot.waitSignal(floor.raising.raised):
        bar.go.click()
    assert findings(floor)[0].unit_id == floor.office.plan.units[0].id


def test_who_only_keeps_data_is_offered_nothing(floor: Floor) -> None:
    with floor.qtbot.waitSignal(floor.desk.opened):
        floor.desk.open(case_id(floor, 0))
    bar = floor.page.findChild(RaisingBar)
    assert bar is not None
    assert not bar.isVisible()
    assert not card_of(floor).tick.isVisible()


def test_many_cases_are_raised_from_the_list(floor: Floor) -> None:
    floor.office.enter(Role.SUPERVISOR)
    floor.arrive()
    table = next(t for t in floor.page.findChildren(Table) if t.accessibleName() == "办件")
    table.selectAll()
    press(floor.page, "提交核实…")
    question = floor.page.findChild(ManyQuestion)
    assert question is not None
    box = question.findChild(QComboBox)
    assert box is not None
    assert box.accessibleName() == "责任单位"
    with floor.qtbot.waitSignal(floor.page.noticed) as told:
        question.go.click()
    assert told.args[0].text == (
        "已提出 1 项，待两人核实。以下单位不在名录内，请选择责任单位：市场局。"
    )


def test_review_shows_the_case_as_it_was_sealed(floor: Floor, qtbot: QtBot) -> None:
    finding = raised(floor)
    review = ReviewDesk(floor.office)
    page = ReviewPage(review, floor.office)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    with qtbot.waitSignals([review.opened, review.exhibits.checked]):
        page.open_subject(finding.id)
    column = page.findChild(CaseColumn)
    assert column is not None
    assert column.isVisible()
    assert "2026年11月17日" in column.said()
    with qtbot.waitSignal(page.goes_to) as told:
        press(column, "打开办件")
    assert told.args == ["approvals", finding.case_id]
    assert nameless(page) == []
    review.stop()


def test_a_card_names_its_case_and_leads_to_it(floor: Floor, qtbot: QtBot) -> None:
    finding = raised(floor)
    for role in (Role.VIDEO_SUP, Role.SECTION_HEAD):
        finding = floor.office.review(finding, role, ReviewResult.TRUE)
    assert finding.state is FindingState.CONFIRMED
    cards = CardDesk(floor.office)
    page = CardsPage(cards, floor.office)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(cards.opened):
        cards.draft(finding.id)
    lines = page.findChild(CaseLines)
    assert lines is not None
    assert lines.isVisible()
    with qtbot.waitSignal(page.goes_to) as told:
        next(b for b in lines.findChildren(Button)).click()
    assert told.args == ["approvals", finding.case_id]
    cards.stop()


def raised(floor: Floor) -> Finding:
    """Raise what the first case has."""
    open_row(floor, 0)
    sheet = floor.desk.sheet
    assert sheet is not None
    floor.raising.choose(sheet.findings()[0].key, wanted=True)
    with floor.qtbot.waitSignal(floor.raising.raised):
        floor.raising.raise_chosen()
    return findings(floor)[0]
