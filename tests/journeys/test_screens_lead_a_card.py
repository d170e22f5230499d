"""From a proposed finding to a served card, through the screens' view-models, by six people."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.cards import Card, CardState
from desktop.domain.errors import NotAllowed, SamePerson
from desktop.domain.evidence import AuditRow, Custody, CustodyAct, Paper
from desktop.domain.findings import FindingState, ReviewResult, Verification
from desktop.domain.roles import Role
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.rows import Pile
from desktop.viewmodels.paperwork.service import Served, first_form
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.review.rows import Queue
from tests.support.casework import FakeOffice, working_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[FakeOffice]:
    with working_office(tmp_path) as made:
        yield made


@pytest.fixture
def review(office: FakeOffice, qtbot: QtBot) -> Iterator[ReviewDesk]:
    desk = ReviewDesk(office)
    yield desk
    desk.stop()


@pytest.fixture
def cards(office: FakeOffice, qtbot: QtBot) -> Iterator[CardDesk]:
    desk = CardDesk(office)
    yield desk
    desk.stop()


def confirm(qtbot: QtBot, desk: ReviewDesk) -> None:
    desk.choose(ReviewResult.TRUE)
    with qtbot.waitSignal(desk.submitted):
        desk.submit()


def do(qtbot: QtBot, desk: CardDesk, act: Act, told: object = None) -> Card:
    """Do one act and wait until the open card shows it."""
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        desk.do(act, told)
    assert desk.file is not None
    return desk.file.card


def test_a_card_is_served_by_six_people_and_nobody_does_two_steps(
    qtbot: QtBot, office: FakeOffice, review: ReviewDesk, cards: CardDesk
) -> None:
    finding = office.propose()

    office.enter(Role.VIDEO_SUP)
    with qtbot.waitSignal(review.opened):
        review.open(finding.id)
    confirm(qtbot, review)
    review.choose(ReviewResult.TRUE)
    assert isinstance(review.obstacle(), NotAllowed | SamePerson)

    office.enter(Role.SECTION_HEAD)
    confirm(qtbot, review)
    with qtbot.waitSignal(review.listed):
        review.show_queue(Queue.CONFIRMED)
    assert [row.key for row in review.model.rows] == [finding.id]

    office.enter(Role.SUPERVISOR)
    with qtbot.waitSignal(cards.listed):
        cards.refresh()
    assert cards.counts[Pile.MINE] == cards.counts[Pile.TO_DRAFT] == 1
    with qtbot.waitSignal(cards.opened):
        cards.open(finding.id)
    assert cards.editor.missing == ()
    do(qtbot, cards, Act.SUBMIT)
    assert isinstance(cards.bar, NotAllowed)
    assert cards.acts == (Act.CANCEL,)

    office.enter(Role.LEGAL_CHECK)
    assert cards.acts == (Act.CHECK, Act.RETURN, Act.RECUSE)
    do(qtbot, cards, Act.CHECK, "依据适当")

    office.enter(Role.DEPUTY_HEAD)
    do(qtbot, cards, Act.SIGN)

    office.enter(Role.SEAL_CLERK)
    issued = do(qtbot, cards, Act.ISSUE)
    assert issued.doc_no == "某效监黄〔2026〕12号"
    assert cards.file is not None
    form = first_form(cards.file, "尹洁", office.clock.now())
    assert form.service().missing() == ("place", "receiver")

    whole = replace(form, place="住建局办公室", receiver="许文")
    served = do(qtbot, cards, Act.SERVE, Served(whole.service()))

    assert served.state is CardState.SERVED
    with office.desk.store.look() as reading:
        assert {paper.template for paper in reading.find(Paper)} == {"T02", "T11"}
        assert {v.verified_by for v in reading.find(Verification)} == {
            office.people[Role.VIDEO_SUP].user_id,
            office.people[Role.SECTION_HEAD].user_id,
        }
        seen = [link for link in reading.find(Custody) if link.act is CustodyAct.SEEN]
        assert seen
        acts = [row.action for row in reading.find(AuditRow) if row.action.startswith("card.")]
    assert acts == ["card.draft", "card.submit", "card.check", "card.sign", "card.issue",
                    "card.serve"]  # fmt: skip
    assert office.desk.store.chain_faults() == ()
    assert review.pack is not None
    assert review.pack.finding.state is FindingState.CONFIRMED
