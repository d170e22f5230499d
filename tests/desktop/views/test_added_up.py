"""What the records lead to, from the hourly judging through both reviewers to the red card."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.cards import CardKind, CardState
from desktop.domain.findings import Finding, FindingState, ReviewResult
from desktop.domain.roles import Role
from desktop.usecases.record_findings import Bench
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.views.cards.page import CardsPage
from desktop.views.review.case_evidence import CaseColumn
from desktop.views.review.page import ReviewPage
from desktop.workers.handling_keeper import HandlingKeeper
from tests.support.casework import FakeOffice, nameless
from tests.support.screens import clipped


@pytest.fixture
def keeper(office: FakeOffice) -> HandlingKeeper:
    bench = Bench(office.catalogue, office.calendar, office.clock, "不合格")
    return HandlingKeeper(office.desk, lambda: bench, device_id="device")


@pytest.fixture
def review(office: FakeOffice, qtbot: QtBot) -> Iterator[ReviewDesk]:
    desk = ReviewDesk(office)
    yield desk
    desk.stop()


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[CardDesk]:
    made = CardDesk(office)
    yield made
    made.stop()


def on(office: FakeOffice, day: int) -> None:
    office.clock.moment = datetime(2026, 12, day, 2, tzinfo=UTC)


def found(office: FakeOffice, rule_id: str) -> Finding:
    return office.desk.look(lambda r: r.find(Finding, rule_id=rule_id)[0]).result()


def do(qtbot: QtBot, office: FakeOffice, desk: CardDesk, role: Role, act: Act) -> None:
    office.enter(role)
    qtbot.waitUntil(lambda: act in desk.acts)
    with qtbot.waitSignal(desk.done):
        desk.do(act, "逾期五个工作日" if act is Act.ESCALATE else None)


def test_an_overdue_rectification_is_reviewed_and_a_red_card_follows_it(
    qtbot: QtBot,
    office: FakeOffice,
    keeper: HandlingKeeper,
    review: ReviewDesk,
    desk: CardDesk,
) -> None:
    card = office.served()
    on(office, 2)
    cards = CardsPage(desk, office)
    qtbot.addWidget(cards)
    with qtbot.waitSignal(desk.opened):
        desk.open(card.id)
    do(qtbot, office, desk, Role.SUPERVISOR, Act.TAKE_EFFECT)
    on(office, 8)
    assert keeper.judge() > 0
    assert keeper.judge() == 0
    finding = found(office, "AG-7")

    office.enter(Role.VIDEO_SUP)
    page = ReviewPage(review, office)
    qtbot.addWidget(page)
    page.resize(1232, 764)
    page.show()
    with qtbot.waitSignal(review.opened):
        page.open_subject(finding.id)
    column = page.findChild(CaseColumn)
    assert column is not None
    assert "已逾期 5 个工作日" in column.said()
    assert nameless(page) == []
    qtbot.waitUntil(lambda: clipped(column) == [])
    for role in (Role.VIDEO_SUP, Role.SECTION_HEAD):
        finding = office.review(finding, role, ReviewResult.TRUE)
    assert finding.state is FindingState.CONFIRMED

    office.enter(Role.SUPERVISOR)
    with qtbot.waitSignal(desk.listed):
        cards.arrive()
    with qtbot.waitSignal(desk.opened):
        cards.open_subject(finding.id)
    assert desk.file is not None
    assert desk.file.card.kind is CardKind.RED
    assert desk.file.card.finding_ids == (*card.finding_ids, finding.id)
    assert "已逾期" in desk.file.card.facts_text

    with qtbot.waitSignal(desk.opened):
        cards.open_subject(card.id)
    do(qtbot, office, desk, Role.SECTION_HEAD, Act.ESCALATE)
    qtbot.waitUntil(lambda: office.card(card.id).state is CardState.ESCALATED)


def test_the_keeper_judges_when_it_starts_and_ends_when_it_is_told(
    qtbot: QtBot, office: FakeOffice, keeper: HandlingKeeper
) -> None:
    office.propose()
    on(office, 1)
    keeper.start()
    rules = lambda: [  # noqa: E731
        f.rule_id for f in office.desk.look(lambda r: r.find(Finding, level=0)).result()
    ]
    qtbot.waitUntil(lambda: rules() == ["R-LIM-01"])
    keeper.stop()
