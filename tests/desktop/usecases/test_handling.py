"""From records to findings: what adds up is proposed once, escalates, and costs nothing twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.cards import Card, CardKind, CardState, card_kind
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import Digest, DocumentId, HallId, OrganId, UnitId, UserId
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.rectification import Rectification
from desktop.domain.replies import UnitReply
from desktop.domain.roles import machine
from desktop.domain.rules.aggregation import UnitRecord
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.domain.rules.subjects import check_proposal, check_record
from desktop.usecases import cards, effect, rectification
from desktop.usecases.evidence import note_export
from desktop.usecases.handling import judge_handling, propose_handling
from desktop.usecases.record_findings import Bench
from tests.desktop.usecases.test_after_service import BY_HAND, CALENDAR, Court
from tests.support.profiles import DAY, SetClock, hall_plan, open_store

CATALOGUE = Catalogue(assets.rule_files())


class Records(Court):
    """A court whose records are judged."""

    def judge(self) -> list[str]:
        bench = Bench(CATALOGUE, CALENDAR, self.clock, "不合格")
        hall_id = self.plan.hall.id
        with self.store.look() as reading:
            candidates = judge_handling(reading, hall_id, bench)
        with self.store.act(machine("device")) as work:
            return [f.rule_id for f in propose_handling(work, hall_id, candidates, bench)]

    def finding(self, rule_id: str) -> Finding:
        with self.store.look() as reading:
            return next(f for f in reading.find(Finding, rule_id=rule_id))

    def confirm(self, rule_id: str) -> Finding:
        finding = self.finding(rule_id)
        self.review(self.video, finding)
        return self.review(self.section, finding)

    def draft_on(self, finding: Finding) -> Card:
        with self.act(self.supervisor) as work:
            text = replace(self.text(), rectify_due=date(2026, 12, 30))
            return cards.draft_card(work, finding.id, card_kind(finding), text, clock=self.clock)

    def lead(self, card: Card, effective_on: date) -> Card:
        """Lead a red draft to its effect."""
        self.check(self.submit(card), self.legal)
        self.sign(card, self.head)
        self.issue(card)
        service = replace(BY_HAND, received_at=self.clock.now())
        with self.act(self.supervisor) as work:
            served = cards.serve_card(work, card.id, service, press=self.press, clock=self.clock)
        return self.effective(served, effective_on)

    def points(self, *of: Card) -> Decimal:
        return sum((e.points for card in of for e in self.ledger(card)), Decimal(0))


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Records]:
    clock = SetClock()
    with open_store(tmp_path, clock) as store:
        yield Records(store, clock, hall_plan())


def yellow_of(court: Records, person: str) -> Card:
    """A yellow card of a person, in effect."""
    card = court.serve(clerk=person)
    effective = court.effective(card)
    court.clock.moment = DAY
    return effective


def ordered(court: Records, card: Card) -> Rectification:
    with court.act(court.supervisor) as work:
        order = rectification.open_rectification(work, card.id, clock=court.clock)
        rectification.follow_card(work, order.id)
    return order


def test_what_stays_undone_is_found_grows_and_leads_to_a_red_card_in_its_place(
    court: Records,
) -> None:
    card = court.effective(court.serve())
    order = ordered(court, card)  # due on the 1st
    court.days_later(date(2026, 12, 3))
    assert court.judge() == ["R-RCT-01"]
    assert court.judge() == []
    court.days_later(date(2026, 12, 8))
    assert "AG-7" in court.judge()
    finding = court.confirm("AG-7")
    assert (finding.level, finding.escalates, finding.unit_id) == (3, card.id, card.unit_id)
    assert finding.case is not None
    assert "已逾期 5 个工作日" in finding.case.why

    red = court.draft_on(finding)
    assert red.kind is CardKind.RED
    assert red.finding_ids == (*card.finding_ids, finding.id)
    with court.act(court.section) as work:
        court.escalate(work, order, red, "逾期五个工作日")
    red = court.lead(red, date(2026, 12, 17))
    assert court.card(card.id).state is CardState.ESCALATED
    assert court.points(card) == 0
    assert court.points(red) == 10  # for the absence; that it was not put right raised the level


def test_two_yellow_cards_of_one_person_lead_to_a_red_one_that_replaces_their_points(
    court: Records,
) -> None:
    first, second = yellow_of(court, "张三"), yellow_of(court, "张三")
    court.days_later(date(2026, 12, 2))
    assert court.judge() == ["AG-2"]
    assert court.points(first, second) == 10
    red = court.draft_on(court.confirm("AG-2"))
    assert set(red.rests_on) == {first.id, second.id}
    red = court.lead(red, date(2026, 12, 10))
    assert (court.points(first, second), court.points(red)) == (0, 10)
    assert court.card(first.id).state is CardState.EFFECTIVE  # it has still to be put right

    with court.act(court.head) as work:
        effect.annul_card(work, red.id, "责任人认定有误", clock=court.clock)
    assert (court.points(first, second), court.points(red)) == (10, 0)
    with court.act(court.head) as work:
        effect.annul_card(work, first.id, "数据有误", clock=court.clock)
    assert court.points(first, second) == 5


def test_a_reminder_of_our_own_limits_goes_once_it_was_done(court: Records) -> None:
    waiting = court.propose()
    court.days_later(date(2026, 12, 1))
    assert court.judge() == ["R-LIM-01"]
    assert court.finding("R-LIM-01").level == 0
    court.review(court.video, waiting)
    court.review(court.section, waiting)
    court.judge()
    assert court.finding("R-LIM-01").state is FindingState.EXPIRED


def test_an_office_without_cards_proposes_nothing(court: Records) -> None:
    rows = court.store.chain_head().n
    assert court.judge() == []
    assert court.store.chain_head().n == rows


def test_a_package_that_nobody_signs_for_is_told_after_a_working_day(court: Records) -> None:
    court.lease()
    card = court.issue(court.signed())
    with court.act(court.clerk) as work:
        note_export(work, card.hall_id, f"card/{card.id}", "送达", clock=court.clock)
    court.days_later(date(2026, 11, 25))
    assert "R-LIM-07" not in court.judge()
    court.days_later(date(2026, 11, 26))
    assert "R-LIM-07" in court.judge()
    told = court.finding("R-LIM-07").case
    assert told is not None
    assert "已发出 2 个工作日" in told.why


def test_a_reminder_that_nobody_needed_goes_after_thirty_days(court: Records) -> None:
    reminder = court.propose(is_reminder=True, threshold_s=300.0, items=())
    assert reminder.level == 0
    court.clock.pass_time(days=30, seconds=-1)
    court.judge()
    assert court.finding(reminder.rule_id).state is FindingState.DETECTED
    court.clock.pass_time(seconds=1)
    court.judge()
    assert court.finding(reminder.rule_id).state is FindingState.EXPIRED


@pytest.mark.parametrize("meant", [False, True])
def test_one_red_card_with_intent_is_enough_to_propose_an_admonition(
    court: Records, meant: bool
) -> None:
    red = replace(court.effective(court.serve(CardKind.RED, clerk="王强")), bad_intent=meant)
    today = date(2026, 12, 3)
    record = UnitRecord(red.unit_id, [red], [], [], None, today, CALENDAR)
    found = [each.rule_id for each in check_record(record, RuleSet(CATALOGUE))]
    assert ("AG-5" in found) is meant


PROPOSAL = OfficialDocument(
    DocumentId("d"), HallId("h"), OrganId("o"), "T06", UserId("u"), DAY,
    unit_id=UnitId("x"), said={"reply_days": "30"}, doc_no="某效监建〔2026〕1号", served_at=DAY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "said", "on", "found"),
    [
        (PROPOSAL, None, date(2026, 12, 24), False),  # the thirtieth day
        (PROPOSAL, None, date(2026, 12, 25), True),
        (PROPOSAL, {"receiver": "许文"}, date(2026, 12, 25), True),  # received is not answered
        (PROPOSAL, {"explanation": "已采纳"}, date(2026, 12, 25), False),
        (replace(PROPOSAL, said={"reply_days": "十日"}), None, date(2026, 12, 25), True),
        (replace(PROPOSAL, served_at=None), None, date(2027, 3, 1), False),
    ],
)
def test_a_proposal_of_supervision_is_answered_or_found(
    paper: OfficialDocument, said: dict[str, str] | None, on: date, found: bool
) -> None:
    reply = UnitReply("r", HallId("h"), said or {}, Digest(""), 0, UserId("u"), DAY)
    judged = check_proposal(paper, [reply] if said else [], RuleSet(CATALOGUE), on)
    assert [(each.rule_id, each.unit_id) for each in judged] == [("R-RCT-03", "x")] * found
    assert CATALOGUE.rule("R-RCT-03").transfer  # where it is confirmed, AG-6 hands it over
