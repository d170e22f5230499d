"""After service: effect, appeal, revocation, downgrade, rectification, closure."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.appeals import Appeal, Decision
from desktop.domain.calendar import read_calendar
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.errors import (
    AppealTimeRuns,
    AppealTooLate,
    CalendarUnknown,
    ExtensionRefused,
    NotAllowed,
    RecheckSaysOtherwise,
    ReturnedBefore,
    SamePerson,
    SuccessorUnfit,
    WrongState,
)
from desktop.domain.evidence import ServiceWay
from desktop.domain.identifiers import CardId, Digest
from desktop.domain.periods import Month, Period, Span
from desktop.domain.rectification import (
    Recheck,
    RecheckResult,
    Rectification,
    RectificationState,
)
from desktop.domain.roles import Actor, Role
from desktop.domain.scoring.entries import ScoreEntry, standing
from desktop.domain.scoring.profile import read_profile
from desktop.storage.numbers import add_block
from desktop.usecases import appeals, cards, effect, rectification
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.report_versions import Draft, lock_report
from desktop.usecases.service import Service
from tests.desktop.usecases.test_card_line import Office
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person

CALENDAR = read_calendar(assets.calendar_files())
GD = read_profile(assets.scoring_files()["GD-2008"])
RECEIVED = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BY_HAND = Service(ServiceWay.DIRECT, "住建局", "办公室", RECEIVED, "许文", ("甲", "乙"))
PASSED = Recheck("现场", RecheckResult.PASS)
FAILED = Recheck("现场", RecheckResult.FAIL, "两件仍未办结")


class Court(Office):
    """An office with a served card, its head and a reviewer."""

    head: Actor
    reviewer: Actor
    liaison: Actor

    def serve(self, kind: CardKind = CardKind.YELLOW, *, clerk: str = "") -> Card:
        self.head, self.reviewer = person(Role.HEAD), person(Role.APPEAL_REVIEWER)
        self.liaison = person(Role.UNIT_LIAISON)
        with self.store.write() as connection:
            add_block(connection, "某效监黄", 2026, 12, 20)
            add_block(connection, "某效监红", 2026, 3, 9)
        long = {"ended_at": DAY + timedelta(minutes=31)} if kind is CardKind.RED else {}
        finding = self.confirmed(**long)
        with self.store.act(self.supervisor) as work:
            text = replace(self.text(), person=clerk)
            draft = cards.draft_card(work, finding.id, kind, text, clock=self.clock)
        card = self.check(self.submit(draft), self.legal)
        self.sign(card, self.deputy if kind is CardKind.YELLOW else self.head)
        card = self.issue(card)
        with self.store.act(self.supervisor) as work:
            return cards.serve_card(work, card.id, BY_HAND, press=self.press, clock=self.clock)

    def act(self, who: Actor) -> AbstractContextManager[UnitOfWork]:
        return self.store.act(who)

    def days_later(self, day: date) -> None:
        self.clock.moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)

    def effective(self, card: Card, on: date = date(2026, 12, 2)) -> Card:
        self.days_later(on)  # five working days after the 24th are the 1st
        with self.store.act(self.supervisor) as work:
            return effect.let_take_effect(
                work, card.id, profile=GD, calendar=CALENDAR, clock=self.clock
            )

    def file(self, card: Card) -> Appeal:
        with self.store.act(self.supervisor) as work:
            return appeals.file_appeal(
                work, card.id, "已按清单暂停", calendar=CALENDAR, clock=self.clock
            )

    def reviewed(self, card: Card, proposal: Decision) -> Appeal:
        appeal = self.file(card)
        with self.store.act(self.reviewer) as work:
            appeals.accept_appeal(work, appeal.id, calendar=CALENDAR, clock=self.clock)
        with self.store.act(self.reviewer) as work:
            return appeals.review_appeal(work, appeal.id, "查明", proposal, clock=self.clock)

    def escalate(self, work: UnitOfWork, order: Rectification, to: Card, why: str) -> None:
        rectification.escalate(work, order.id, why, to.id, calendar=CALENDAR, clock=self.clock)

    def decide(
        self, appeal: Appeal, decision: Decision, by: Actor, to: CardId | None = None
    ) -> Card:
        with self.store.act(by) as work:
            appeals.decide_appeal(
                work, appeal.id, decision, "理由", profile=GD, clock=self.clock, successor_id=to
            )
        return self.card(appeal.card_id)

    def card(self, card_id: CardId) -> Card:
        with self.store.look() as reading:
            return reading.get(Card, card_id)

    def ledger(self, card: Card) -> tuple[ScoreEntry, ...]:
        with self.store.look() as reading:
            return reading.find(ScoreEntry, source=f"card/{card.id}")


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Court]:
    clock = SetClock()
    with open_store(tmp_path, clock) as store:
        yield Court(store, clock, hall_plan())


def test_points_count_from_the_day_the_card_takes_effect(court: Court) -> None:
    card = court.serve()
    assert court.ledger(card) == ()
    court.days_later(date(2026, 12, 1))  # the last day of appeal
    with pytest.raises(AppealTimeRuns), court.act(court.supervisor) as work:
        effect.let_take_effect(work, card.id, profile=GD, calendar=CALENDAR, clock=court.clock)
    card = court.effective(card)
    (entry,) = court.ledger(card)
    assert (card.state, entry.points, entry.dimension) == (CardState.EFFECTIVE, 5, "ATT")
    assert entry.month == Month(2026, 11)
    assert entry.source == f"card/{card.id}"


def test_a_last_day_in_a_year_without_a_notice_is_not_counted(court: Court) -> None:
    card = court.serve()
    with pytest.raises(CalendarUnknown), court.act(court.supervisor) as work:
        effect.let_take_effect(
            work, card.id, profile=GD, calendar=read_calendar({}), clock=court.clock
        )


def test_an_open_appeal_keeps_the_card_from_taking_effect(court: Court) -> None:
    card = court.serve()
    court.file(card)
    with pytest.raises(AppealTimeRuns):
        court.effective(card)


def test_an_appeal_comes_in_time_or_not_at_all(court: Court) -> None:
    card = court.serve()
    court.days_later(date(2026, 12, 2))
    with pytest.raises(AppealTooLate):
        court.file(card)


def test_only_a_served_card_is_appealed_against(court: Court) -> None:
    card = court.effective(court.serve())
    with pytest.raises(WrongState):
        court.file(card)


def test_an_appeal_that_is_declined_lets_the_card_take_effect(court: Court) -> None:
    card = court.serve()
    appeal = court.file(card)
    with court.act(court.reviewer) as work:
        appeals.decline_appeal(work, appeal.id, "不属于受理范围")
    assert court.effective(card).state is CardState.EFFECTIVE


def test_an_appeal_that_is_withdrawn_is_over(court: Court) -> None:
    card = court.serve()
    appeal = court.file(card)
    with court.act(court.supervisor) as work:
        appeals.withdraw_appeal(work, appeal.id)
    with pytest.raises(WrongState), court.act(court.reviewer) as work:
        appeals.accept_appeal(work, appeal.id, calendar=CALENDAR, clock=court.clock)


def test_whoever_signed_the_card_neither_reviews_nor_decides(court: Court) -> None:
    card = court.serve()
    appeal = court.file(card)
    signer = replace(court.deputy, roles=frozenset({Role.APPEAL_REVIEWER, Role.DEPUTY_HEAD}))
    with pytest.raises(SamePerson), court.act(signer) as work:
        appeals.accept_appeal(work, appeal.id, calendar=CALENDAR, clock=court.clock)
    with court.act(court.reviewer) as work:
        appeals.accept_appeal(work, appeal.id, calendar=CALENDAR, clock=court.clock)
        appeals.review_appeal(work, appeal.id, "查明", Decision.UPHOLD, clock=court.clock)
    with pytest.raises(SamePerson):
        court.decide(appeal, Decision.UPHOLD, court.deputy)
    with pytest.raises(NotAllowed):
        court.decide(appeal, Decision.UPHOLD, court.reviewer)


def test_a_card_that_is_upheld_takes_effect_at_once(court: Court) -> None:
    card = court.serve()
    appeal = court.reviewed(card, Decision.UPHOLD)
    assert court.decide(appeal, Decision.UPHOLD, court.head).state is CardState.EFFECTIVE
    assert [entry.points for entry in court.ledger(card)] == [5]


def test_a_card_that_is_revoked_keeps_its_number_and_costs_nothing(court: Court) -> None:
    card = court.serve()
    appeal = court.reviewed(card, Decision.REVOKE)
    card = court.decide(appeal, Decision.REVOKE, court.head)
    assert (card.state, card.doc_no) == (CardState.REVOKED, "某效监黄〔2026〕12号")
    assert standing(court.ledger(card)) == ()


def test_a_card_taken_back_after_effect_gives_its_points_back_by_an_entry(court: Court) -> None:
    card = court.effective(court.serve())
    november = Period(Span.MONTH, Month(2026, 11))
    draft = Draft(card.hall_id, november, "GD-2008", court.clock.now(), {}, Digest("ab" * 32), 9)
    with court.act(court.head) as work:
        lock_report(work, draft, clock=court.clock)
    with court.act(court.head) as work:
        card = effect.annul_card(work, card.id, "导入数据错误", clock=court.clock)
    entry, back = court.ledger(card)
    assert (entry.points + back.points, back.reverses) == (0, entry.id)
    assert (back.month, back.about) == (Month(2026, 12), Month(2026, 11))  # November is locked
    assert card.state is CardState.REVOKED


def test_a_red_card_gives_way_to_a_yellow_one_with_a_number_of_its_own(court: Court) -> None:
    red = court.serve(CardKind.RED)
    appeal = court.reviewed(red, Decision.DOWNGRADE)
    with pytest.raises(SuccessorUnfit):
        court.decide(appeal, Decision.DOWNGRADE, court.deputy)
    with court.act(court.supervisor) as work:
        as_high = cards.draft_successor(work, red.id, CardKind.RED, court.text(), clock=court.clock)
        lower = cards.draft_successor(
            work, red.id, CardKind.YELLOW, court.text(), clock=court.clock
        )
    with pytest.raises(SuccessorUnfit):
        court.decide(appeal, Decision.DOWNGRADE, court.deputy, as_high.id)
    red = court.decide(appeal, Decision.DOWNGRADE, court.deputy, lower.id)
    assert (red.state, red.successor_id) == (CardState.REPLACED, lower.id)
    yellow = court.check(court.submit(lower), court.legal)
    court.sign(yellow, court.head)
    assert court.issue(yellow).doc_no == "某效监黄〔2026〕12号"


def opened(court: Court, card: Card) -> Rectification:
    with court.act(court.supervisor) as work:
        return rectification.open_rectification(work, card.id, clock=court.clock)


def worked(court: Court, order: Rectification, found: Recheck) -> None:
    with court.act(court.supervisor) as work:
        rectification.begin_work(work, order.id)
    with court.act(court.supervisor) as work:
        rectification.report_done(work, order.id, "已完成", clock=court.clock)
    with court.act(court.section) as work:
        rectification.recheck(work, order.id, found, clock=court.clock)


def test_a_rectification_runs_on_under_appeal_and_closes_its_card(court: Court) -> None:
    card = court.serve()
    order = opened(court, card)
    appeal = court.reviewed(card, Decision.UPHOLD)
    with court.act(court.supervisor) as work:
        rectification.file_plan(work, order.id, "三步", clock=court.clock)
    worked(court, order, PASSED)
    court.decide(appeal, Decision.UPHOLD, court.head)
    with court.act(court.supervisor) as work:
        followed = rectification.follow_card(work, order.id)
    assert followed.state is CardState.SUBMITTED
    with court.act(court.deputy) as work:
        closed = rectification.close(work, order.id, clock=court.clock)
    assert closed.state is RectificationState.CLOSED
    assert court.card(card.id).state is CardState.CLOSED


def test_a_failed_recheck_sends_back_once_and_then_escalates(court: Court) -> None:
    card = court.effective(court.serve())
    order = opened(court, card)
    with court.act(court.supervisor) as work:
        rectification.follow_card(work, order.id)
        rectification.file_plan(work, order.id, "计划", clock=court.clock)
    worked(court, order, FAILED)
    with pytest.raises(RecheckSaysOtherwise), court.act(court.deputy) as work:
        rectification.close(work, order.id, clock=court.clock)
    with court.act(court.section) as work:
        rectification.send_back(work, order.id)
    assert court.card(card.id).state is CardState.RETURNED
    worked(court, order, FAILED)
    with pytest.raises(ReturnedBefore), court.act(court.section) as work:
        rectification.send_back(work, order.id)
    with court.act(court.supervisor) as work:
        red = cards.draft_successor(work, card.id, CardKind.RED, court.text(), clock=court.clock)
    with court.act(court.section) as work:
        court.escalate(work, order, red, "两次复查不合格")
    after = court.card(card.id)
    assert (after.state, after.successor_id) == (CardState.ESCALATED, red.id)


def test_whoever_did_the_recheck_does_not_close(court: Court) -> None:
    card = court.effective(court.serve())
    order = opened(court, card)
    with court.act(court.supervisor) as work:
        rectification.follow_card(work, order.id)
        rectification.file_plan(work, order.id, "计划", clock=court.clock)
    worked(court, order, PASSED)
    both = replace(court.section, roles=frozenset({Role.DEPUTY_HEAD}))
    with pytest.raises(SamePerson), court.act(both) as work:
        rectification.close(work, order.id, clock=court.clock)


def test_more_time_is_given_once_and_before_the_day(court: Court) -> None:
    order = opened(court, court.serve())
    later = order.due + timedelta(days=5)
    with pytest.raises(NotAllowed), court.act(court.supervisor) as work:
        rectification.extend(work, order.id, later, "材料待补", clock=court.clock)
    with court.act(court.deputy) as work:
        given = rectification.extend(work, order.id, later, "材料待补", clock=court.clock)
    assert order.overdue_wd(order.due + timedelta(days=1), CALENDAR) == 1
    assert order.overdue_wd(order.due + timedelta(days=1), CALENDAR, given) == 0
    with pytest.raises(ExtensionRefused), court.act(court.deputy) as work:
        rectification.extend(work, order.id, later, "再延", clock=court.clock)


def test_time_is_not_given_when_it_is_over(court: Court) -> None:
    order = opened(court, court.serve())
    court.days_later(order.due + timedelta(days=1))
    with pytest.raises(ExtensionRefused), court.act(court.deputy) as work:
        rectification.extend(work, order.id, order.due + timedelta(days=5), "晚", clock=court.clock)
