"""Of one matter one card a level (7.4): what carries which card, what gives way, and its points."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.appeals import Decision
from desktop.domain.cards import Card, CardKind, CardState, card_kind
from desktop.domain.errors import (
    CardTooHigh,
    ClockWentBack,
    EscalationUnfounded,
    FindingAlreadyCarded,
    RecheckSaysOtherwise,
    SamePerson,
    SuccessorUnfit,
    WrongState,
)
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import FindingId, new_id
from desktop.domain.rectification import Rectification, RectificationState
from desktop.domain.roles import Role, machine
from desktop.domain.scoring.entries import standing
from desktop.usecases import cards, inquiry, rectification
from tests.desktop.usecases.test_after_service import (
    BY_HAND,
    FAILED,
    PASSED,
    RECEIVED,
    Court,
)
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person

LONG = {"ended_at": DAY + timedelta(minutes=31)}


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Court]:
    clock = SetClock()
    with open_store(tmp_path, clock) as store:
        yield Court(store, clock, hall_plan())


def graver(court: Court, finding: Finding) -> Finding:
    """The same matter, found again as a graver thing, and confirmed."""
    again = replace(
        finding, id=FindingId(new_id()), rule_id="R-VID-04", level=3, state=FindingState.DETECTED,
        first_review_by=None, first_review_at=None, confirmed_by=None, confirmed_at=None,
    )  # fmt: skip
    with court.act(machine("device")) as work:
        work.add(again)
        work.note("finding.propose", again.id)
    court.review(court.video, again)
    return court.review(court.section, again)


def draft(court: Court, finding: Finding, kind: CardKind) -> Card:
    with court.act(court.supervisor) as work:
        return cards.draft_card(work, finding.id, kind, court.text(), clock=court.clock)


def test_a_finding_carries_the_card_of_its_level_or_a_lighter_one(court: Court) -> None:
    light, grave = court.confirmed(), court.confirmed(**LONG)
    assert (card_kind(light), card_kind(grave)) == (CardKind.YELLOW, CardKind.RED)
    with pytest.raises(CardTooHigh):
        draft(court, light, CardKind.RED)
    card = draft(court, grave, CardKind.RED)
    with court.act(court.supervisor) as work:
        assert cards.change_kind(work, card.id, CardKind.YELLOW).kind is CardKind.YELLOW
        assert cards.change_kind(work, card.id, CardKind.RED).kind is CardKind.RED
    yellow = draft(court, light, CardKind.YELLOW)
    with pytest.raises(CardTooHigh), court.act(court.supervisor) as work:
        cards.change_kind(work, yellow.id, CardKind.RED)


def test_60_a_yellow_draft_gives_way_to_the_red_card_of_the_same_matter(court: Court) -> None:
    finding = court.confirmed()
    yellow = court.submit(draft(court, finding, CardKind.YELLOW))
    red = draft(court, graver(court, finding), CardKind.RED)
    after = court.card(yellow.id)
    assert (after.state, after.successor_id) == (CardState.SUPERSEDED, red.id)
    assert after.number is None
    with pytest.raises(WrongState):
        court.check(yellow, court.legal)


def test_one_matter_has_one_card_a_level(court: Court) -> None:
    finding = court.confirmed()
    draft(court, graver(court, finding), CardKind.RED)
    for kind in CardKind:
        with pytest.raises((FindingAlreadyCarded, CardTooHigh)):
            draft(court, finding, kind)
    with pytest.raises(FindingAlreadyCarded):
        draft(court, finding, CardKind.YELLOW)


def test_points_of_a_served_yellow_card_are_replaced_when_the_red_one_takes_effect(
    court: Court,
) -> None:
    yellow = court.serve()
    with court.store.look() as reading:
        finding = reading.get(Finding, yellow.finding_ids[0])
    yellow = court.effective(yellow)
    red = draft(court, graver(court, finding), CardKind.RED)
    assert court.card(yellow.id).state is CardState.EFFECTIVE  # until the red one holds
    court.check(court.submit(red), court.legal)
    court.sign(red, court.head)
    court.issue(red)
    received = replace(BY_HAND, received_at=court.clock.now())
    with court.act(court.supervisor) as work:
        served = cards.serve_card(work, red.id, received, press=court.press, clock=court.clock)
    red = court.effective(served, date(2026, 12, 10))
    after = court.card(yellow.id)
    assert (after.state, after.doc_no) == (CardState.SUPERSEDED, yellow.doc_no)
    assert sum(entry.points for entry in court.ledger(yellow)) == 0
    assert [entry.points for entry in standing(court.ledger(red))] == [10]


def test_a_cancelled_card_leaves_its_finding_free_and_a_revoked_one_does_not(court: Court) -> None:
    finding = court.confirmed()
    first = draft(court, finding, CardKind.YELLOW)
    with court.act(court.supervisor) as work:
        cards.cancel_card(work, first.id, "单位名称有误")
    draft(court, finding, CardKind.YELLOW)
    served = court.serve()
    court.decide(court.reviewed(served, Decision.REVOKE), Decision.REVOKE, court.head)
    with court.store.look() as reading:
        decided = reading.get(Finding, served.finding_ids[0])
    with pytest.raises(FindingAlreadyCarded):
        draft(court, decided, CardKind.YELLOW)


def redone(court: Court) -> Card:
    card = court.serve()
    return court.decide(court.reviewed(card, Decision.REDO), Decision.REDO, court.head)


def test_what_is_to_be_looked_into_anew_goes_to_two_reviewers_again_with_its_evidence(
    court: Court,
) -> None:
    card = redone(court)
    assert (card.state, standing(court.ledger(card))) == (CardState.REVOKED, ())
    with court.act(court.supervisor) as work:
        (again,) = inquiry.look_into_anew(work, card.id, clock=court.clock)
    assert (again.state, again.redo_of) == (FindingState.DETECTED, card.finding_ids[0])
    with court.store.look() as reading:
        old, new = (
            {item.sha256 for item in reading.find(Evidence, finding_id=each)}
            for each in (card.finding_ids[0], again.id)
        )
    assert old == new
    with pytest.raises(WrongState), court.act(court.supervisor) as work:
        inquiry.look_into_anew(work, card.id, clock=court.clock)  # once
    court.review(court.video, again)
    confirmed = court.review(court.section, again)
    assert draft(court, confirmed, CardKind.YELLOW).state is CardState.DRAFT


def test_whoever_raised_a_finding_does_not_verify_it(court: Court) -> None:
    card = redone(court)
    raiser = replace(
        court.supervisor, roles=frozenset({Role.SUPERVISOR, Role.VIDEO_SUP, Role.SECTION_HEAD})
    )
    with court.act(raiser) as work:
        (again,) = inquiry.look_into_anew(work, card.id, clock=court.clock)
    with pytest.raises(SamePerson):
        court.review(raiser, again)
    court.review(court.video, again)
    with pytest.raises(SamePerson):
        court.review(raiser, again)


def test_a_revoked_card_is_not_looked_into_anew(court: Court) -> None:
    card = court.serve()
    court.decide(court.reviewed(card, Decision.REVOKE), Decision.REVOKE, court.head)
    with pytest.raises(WrongState), court.act(court.supervisor) as work:
        inquiry.look_into_anew(work, card.id, clock=court.clock)


def test_what_is_put_right_at_once_needs_neither_service_nor_plan(court: Court) -> None:
    court.head = person(Role.HEAD)
    court.lease()
    card = court.issue(court.signed())
    with court.act(court.supervisor) as work:
        order = rectification.put_right_at_once(work, card.id, "当场恢复服务", clock=court.clock)
    assert (order.state, order.served_at, order.plan) == (RectificationState.REPORTED, None, "")
    court.clock.moment = RECEIVED + timedelta(minutes=5)
    with court.act(court.supervisor) as work:
        rectification.serve_with_order(work, card.id, BY_HAND, press=court.press, clock=court.clock)
    with court.act(court.section) as work:
        rectification.recheck(work, order.id, PASSED, clock=court.clock)
    court.effective(card)
    with court.act(court.supervisor) as work:
        assert rectification.follow_card(work, order.id).state is CardState.SUBMITTED
    with court.act(court.deputy) as work:
        rectification.close(work, order.id, clock=court.clock)
    assert court.card(card.id).state is CardState.CLOSED
    with court.store.look() as reading:
        assert len(reading.find(Rectification, card_id=card.id)) == 1


def test_only_an_issued_card_is_put_right_at_once(court: Court) -> None:
    card = court.serve()
    with pytest.raises(WrongState), court.act(court.supervisor) as work:
        rectification.put_right_at_once(work, card.id, "已改", clock=court.clock)


def rectifying(court: Court) -> tuple[Card, Rectification, Card]:
    """A card in effect, its order, and the draft of a higher card."""
    card = court.effective(court.serve())
    with court.act(court.supervisor) as work:
        order = rectification.open_rectification(work, card.id, clock=court.clock)
        rectification.follow_card(work, order.id)
        red = cards.draft_successor(work, card.id, CardKind.RED, court.text(), clock=court.clock)
    return card, order, red


def test_an_escalation_waits_until_it_is_long_overdue(court: Court) -> None:
    _card, order, red = rectifying(court)  # due on the 1st
    court.days_later(date(2026, 12, 7))
    with pytest.raises(EscalationUnfounded) as told, court.act(court.section) as work:
        court.escalate(work, order, red, "逾期")
    assert told.value.fields[1:] == (4, 5)
    court.days_later(date(2026, 12, 8))
    with court.act(court.section) as work:
        court.escalate(work, order, red, "逾期")


def test_a_first_failed_recheck_is_sent_back_and_does_not_escalate(court: Court) -> None:
    _card, order, red = rectifying(court)
    with court.act(court.supervisor) as work:
        rectification.file_plan(work, order.id, "三步", clock=court.clock)
        rectification.begin_work(work, order.id)
        rectification.report_done(work, order.id, "已完成", clock=court.clock)
    with court.act(court.section) as work:
        rectification.recheck(work, order.id, FAILED, clock=court.clock)
    with pytest.raises(RecheckSaysOtherwise), court.act(court.section) as work:
        court.escalate(work, order, red, "不合格")


def test_a_card_about_something_else_follows_no_escalation(court: Court) -> None:
    _card, order, _red = rectifying(court)
    other = draft(court, court.confirmed(**LONG), CardKind.RED)
    court.days_later(date(2026, 12, 8))
    with pytest.raises(SuccessorUnfit), court.act(court.section) as work:
        court.escalate(work, order, other, "逾期")


def test_a_clock_set_back_by_an_hour_signs_nothing_at_all(court: Court) -> None:
    card, order, red = rectifying(court)
    with court.act(court.supervisor) as work:
        rectification.file_plan(work, order.id, "三步", clock=court.clock)
        rectification.begin_work(work, order.id)
        rectification.report_done(work, order.id, "已完成", clock=court.clock)
    with court.act(court.section) as work:
        rectification.recheck(work, order.id, PASSED, clock=court.clock)
    court.confirmed(started_at=court.clock.now())  # the last signed act
    waiting = court.propose()
    court.review(court.video, waiting)
    court.clock.pass_time(hours=-1)
    with pytest.raises(ClockWentBack):
        court.review(court.section, waiting)
    with pytest.raises(ClockWentBack), court.act(court.deputy) as work:
        rectification.close(work, order.id, clock=court.clock)
    with pytest.raises(ClockWentBack), court.act(court.section) as work:
        court.escalate(work, order, red, "逾期")
    assert court.card(card.id).state is CardState.SUBMITTED
