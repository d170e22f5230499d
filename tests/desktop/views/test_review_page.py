from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.findings import FindingState, ReviewResult
from desktop.domain.roles import Role
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.review.exhibits import Showing
from desktop.views.kit.buttons import Button
from desktop.views.page import Notice
from desktop.views.review.page import CARDS_PAGE, ReviewPage
from tests.support.casework import FakeOffice, nameless


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[ReviewDesk]:
    office.enter(Role.VIDEO_SUP)
    made = ReviewDesk(office)
    yield made
    made.stop()


@pytest.fixture
def page(office: FakeOffice, desk: ReviewDesk, qtbot: QtBot) -> ReviewPage:
    made = ReviewPage(desk, office)
    qtbot.addWidget(made)
    made.resize(1072, 664)
    made.show()
    return made


def arrive(qtbot: QtBot, desk: ReviewDesk, page: ReviewPage) -> None:
    """Come to the page and wait until the first finding lies open with its picture."""
    page.arrive()
    qtbot.waitUntil(lambda: desk.pack is not None)
    qtbot.waitUntil(lambda: desk.exhibits.showing is not Showing.LOADING)
    qtbot.waitUntil(lambda: desk.exhibits.integrity is not None)


def button(page: QWidget, text: str) -> Button:
    return next(each for each in page.findChildren(Button) if each.text() == text)


def focused_list(page: ReviewPage) -> QWidget:
    return next(w for w in page.findChildren(QWidget) if w.accessibleName() == "疑似问题")


def test_an_empty_list_says_that_all_is_well(
    qtbot: QtBot, desk: ReviewDesk, page: ReviewPage
) -> None:
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    assert page.said_instead() == "没有待核实的疑似问题，一切正常。"


def test_a_finding_is_decided_with_the_keyboard_alone(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    office.propose()
    arrive(qtbot, desk, page)
    at = focused_list(page)

    qtbot.keyClick(at, Qt.Key.Key_Right)
    assert desk.exhibits.selected == 4
    qtbot.keyClick(at, Qt.Key.Key_1)
    assert desk.result is ReviewResult.TRUE
    with qtbot.waitSignal(desk.submitted) as told:
        qtbot.keyClick(at, Qt.Key.Key_Return)

    assert told.args[0].state is FindingState.VERIFYING


def test_a_digit_in_the_note_is_a_digit(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    office.propose()
    arrive(qtbot, desk, page)
    note = page.findChild(QPlainTextEdit)
    assert note is not None
    note.setFocus()
    qtbot.keyClicks(note, "2 ")
    assert desk.note == "2 "
    assert desk.result is None


def test_the_button_waits_for_decision_and_reason(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    office.propose()
    arrive(qtbot, desk, page)
    submit = button(page, "提交核实结果")
    assert not submit.isEnabled()
    desk.choose(ReviewResult.FALSE_ALARM)
    assert not submit.isEnabled()
    desk.write_note("顶岗人员在座")
    assert submit.isEnabled()
    qtbot.mouseClick(submit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.pack is not None and not desk.pack.finding.state.is_open)


def test_who_may_not_decide_is_told_why(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    office.enter(Role.INSPECTOR)
    office.propose()
    arrive(qtbot, desk, page)
    assert not button(page, "提交核实结果").isEnabled()
    desk.choose(ReviewResult.TRUE)
    assert "视频监察员" in page.why_not()


def test_the_original_is_asked_for_with_a_reason(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    office.propose()
    arrive(qtbot, desk, page)
    button(page, "查看原图").click()
    question = page.findChild(QDialog)
    assert question is not None
    go = button(question, "查看原图")
    assert not go.isEnabled()
    editor = question.findChild(QPlainTextEdit)
    assert editor is not None
    editor.setPlainText("辨认顶岗人员")
    go.click()
    qtbot.waitUntil(lambda: desk.exhibits.shows_original)


def test_a_confirmed_finding_leads_to_its_card(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    finding = office.confirmed()
    with qtbot.waitSignal(desk.opened):
        page.open_subject(finding.id)
    with qtbot.waitSignal(page.goes_to) as going:
        button(page, "拟制黄牌").click()
    assert going.args == [CARDS_PAGE, finding.id]


def test_a_refusal_is_a_notice_in_words(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    with qtbot.waitSignal(page.noticed) as told:
        page.open_subject("01a2-not-here")
    notice = told.args[0]
    assert isinstance(notice, Notice)
    assert "找不到" in notice.text


def test_everything_one_can_reach_has_a_name(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, page: ReviewPage
) -> None:
    office.propose()
    arrive(qtbot, desk, page)
    assert nameless(page) == []
