"""A red card, an immediate correction and a new inquiry, from the pages as people use them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.domain.appeals import Decision
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.findings import Finding, FindingState
from desktop.domain.rectification import RectificationState
from desktop.domain.roles import Role
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.deeds import Accepted, Verdict
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.rows import Pile
from desktop.views.cards.page import CardsPage
from desktop.views.kit.buttons import Button
from tests.support.casework import FakeOffice
from tests.support.profiles import DAY

LONG = {"ended_at": DAY + timedelta(minutes=31)}


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[CardDesk]:
    office.clock.moment = DAY + timedelta(minutes=40)
    office.enter(Role.SUPERVISOR)
    made = CardDesk(office)
    yield made
    made.stop()


@pytest.fixture
def page(office: FakeOffice, desk: CardDesk, qtbot: QtBot) -> CardsPage:
    made = CardsPage(desk, office)
    qtbot.addWidget(made)
    made.resize(1072, 664)
    made.show()
    with qtbot.waitSignal(desk.listed):
        made.arrive()
    return made


def open_subject(qtbot: QtBot, desk: CardDesk, page: CardsPage, key: str) -> None:
    with qtbot.waitSignal(desk.opened):
        page.open_subject(key)


def named(page: CardsPage, kind: type, name: str) -> object:
    """The visible editor of this name."""
    shown = (each for each in page.findChildren(kind) if each.isVisible())
    return next(each for each in shown if each.accessibleName() == name)


def card_of(desk: CardDesk) -> Card:
    assert desk.file is not None
    return desk.file.card


def press(qtbot: QtBot, desk: CardDesk, page: CardsPage, act: Act) -> None:
    button = next(b for b in page.findChildren(Button) if b.property("act") is act)
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        button.click()
        for dialog in page.findChildren(QDialog):
            if dialog.isVisible():
                answer = dialog.findChild(QPlainTextEdit)
                if answer is not None:
                    answer.setPlainText("已当场恢复服务")
                dialog.go.click()  # type: ignore[attr-defined]


def test_a_long_absence_leads_to_a_red_card_with_measures_and_copies(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    finding = office.confirmed(**LONG)
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    open_subject(qtbot, desk, page, finding.id)
    assert card_of(desk).kind is CardKind.RED
    measures = named(page, QPlainTextEdit, "处理建议")
    assert isinstance(measures, QPlainTextEdit)
    measures.setPlainText("约谈单位主要负责人")
    copies = named(page, QLineEdit, "抄送")
    assert isinstance(copies, QLineEdit)
    copies.setText("市纪委监委驻住建局纪检监察组")
    press(qtbot, desk, page, Act.SUBMIT)
    qtbot.waitUntil(lambda: card_of(desk).state is CardState.UNDER_CHECK)
    card = card_of(desk)
    assert card.measures == "约谈单位主要负责人"
    assert card.copy_to == "市纪委监委驻住建局纪检监察组"


def test_the_drafter_may_choose_the_lighter_card(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    finding = office.confirmed(**LONG)
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    open_subject(qtbot, desk, page, finding.id)
    kinds = named(page, QComboBox, "牌种")
    assert isinstance(kinds, QComboBox)
    kinds.setCurrentIndex(0)
    kinds.activated.emit(0)
    qtbot.waitUntil(lambda: card_of(desk).kind is CardKind.YELLOW)
    assert not any(line.accessibleName() == "抄送" for line in shown_lines(page))


def shown_lines(page: CardsPage) -> list[QLineEdit]:
    return [line for line in page.findChildren(QLineEdit) if line.isVisible()]


def test_what_was_put_right_on_the_spot_is_recorded_before_service(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    card = office.issued(office.confirmed())
    open_subject(qtbot, desk, page, card.id)
    press(qtbot, desk, page, Act.AT_ONCE)
    qtbot.waitUntil(lambda: desk.file is not None and desk.file.track.order is not None)
    assert desk.file is not None
    assert desk.file.track.order is not None
    assert desk.file.track.order.state is RectificationState.REPORTED
    assert desk.file.track.next_act is Act.SERVE


def test_a_decision_to_inquire_anew_waits_for_a_supervisor_and_reaches_the_reviewers(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    open_subject(qtbot, desk, page, office.served().id)
    for role, act, answer in (
        (Role.SUPERVISOR, Act.APPEAL, "当时在岗"),
        (Role.APPEAL_REVIEWER, Act.ACCEPT, Accepted(suspends=False)),
        (Role.APPEAL_REVIEWER, Act.REVIEW, Verdict(Decision.REDO, "画面不清")),
        (Role.HEAD, Act.DECIDE, Verdict(Decision.REDO, "重新查处")),
    ):
        office.enter(role)
        qtbot.waitUntil(lambda act=act: act in desk.acts)  # type: ignore[misc]
        with qtbot.waitSignals([desk.done, desk.refreshed]):
            desk.do(act, answer)
    office.enter(Role.SUPERVISOR)
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    assert desk.counts[Pile.MINE] == 1
    press(qtbot, desk, page, Act.ANEW)
    waiting = office.desk.look(
        lambda reading: reading.find(Finding, state=FindingState.DETECTED)
    ).result()
    assert [finding.redo_of for finding in waiting] == list(card_of(desk).finding_ids)
    qtbot.waitUntil(lambda: desk.acts == ())
