"""Edge cases of cards and papers (domain specification, section 15), by their numbers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.appeals import Decision, last_day
from desktop.domain.calendar import read_calendar
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.errors import (
    AppealTooLate,
    ClockWentBack,
    ContentChanged,
    MissingField,
    NoNumberLeft,
    RecheckSaysOtherwise,
    Recused,
    SamePerson,
    WrongState,
)
from desktop.domain.evidence import ServiceReceipt, ServiceWay
from desktop.domain.identifiers import Digest, HallId
from desktop.domain.numbers import VoidedNumbers
from desktop.domain.organisation import Window
from desktop.domain.periods import Month, Period, Span
from desktop.domain.rectification import Recheck, RecheckResult
from desktop.domain.report.figures import figures_of
from desktop.domain.report.tables import tables_of
from desktop.domain.roles import Role, machine
from desktop.storage.numbers import add_block, take_number
from desktop.usecases import cards, effect, rectification
from desktop.usecases.numbering import void_past_numbers
from desktop.usecases.recusal import stand_aside
from desktop.usecases.report_versions import Draft, lock_report
from desktop.usecases.reporting import Question, gather_facts
from desktop.usecases.service import Service
from tests.desktop.usecases.test_after_service import GD, RECEIVED, Court
from tests.support.profiles import SetClock, hall_plan, open_store, person
from tests.support.quarter import WORDING

CALENDAR = read_calendar(assets.calendar_files())


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Court]:
    clock = SetClock()
    with open_store(tmp_path, clock) as store:
        yield Court(store, clock, hall_plan())


def service(way: ServiceWay, **more: object) -> Service:
    said = {"recipient": "住建局", "place": "办公室", "received_at": RECEIVED, "receiver": "许文"}
    return Service(way=way, **{**said, "deliverers": ("甲", "乙"), **more})  # type: ignore[arg-type]


def test_61_days_of_appeal_that_begin_before_a_holiday_are_working_days(court: Court) -> None:
    card = replace(court.serve(), served_at=datetime(2026, 9, 30, 8, tzinfo=UTC))
    # 10-01 to 10-07 are off; 10-08, 09, 10 (made up), 12 and 13 are the five days.
    assert last_day(card, CALENDAR).day == date(2026, 10, 13)


def test_62_who_refuses_is_served_by_leaving_it_before_a_witness() -> None:
    left = service(ServiceWay.LEFT, refusal="拒收，2026-11-24")
    assert left.missing() == ("witness",)
    assert replace(left, witness="社区居委会王某").missing() == ()
    assert replace(left, deliverers=("甲",), witness="王某").missing() == ("deliverers",)


def test_63_when_the_head_is_on_leave_somebody_takes_it_for_the_unit(court: Court) -> None:
    court.lease()
    card = court.issue(court.signed())
    entrusted = service(ServiceWay.ENTRUSTED)
    with pytest.raises(MissingField), court.act(court.supervisor) as work:
        cards.serve_card(work, card.id, entrusted, press=court.press, clock=court.clock)
    entrusted = replace(entrusted, proxy="罗凯，主持工作的副局长")
    with court.act(court.supervisor) as work:
        cards.serve_card(work, card.id, entrusted, press=court.press, clock=court.clock)
    with court.store.look() as reading:
        (receipt,) = reading.find(ServiceReceipt, card_id=card.id)
    assert (receipt.recipient, receipt.proxy) == ("住建局", "罗凯，主持工作的副局长")


def test_64_an_appeal_that_is_upheld_in_part_gives_the_lower_card_a_number_of_its_own(
    court: Court,
) -> None:
    red = court.serve(CardKind.RED)
    appeal = court.reviewed(red, Decision.DOWNGRADE)
    with court.act(court.supervisor) as work:
        text, clock = court.text(), court.clock
        lower = cards.draft_successor(work, red.id, CardKind.YELLOW, text, clock=clock)
    replaced = court.decide(appeal, Decision.DOWNGRADE, court.deputy, lower.id)
    yellow = court.check(court.submit(lower), court.legal)
    court.sign(yellow, court.head)
    assert court.issue(yellow).doc_no == "某效监黄〔2026〕12号"
    assert (replaced.state, replaced.doc_no) == (CardState.REPLACED, red.doc_no)
    assert court.ledger(replaced) == ()


def test_65_a_signed_paper_found_wrong_is_voided_and_the_next_has_a_number_of_its_own(
    court: Court,
) -> None:
    court.lease()
    wrong = court.issue(court.signed())
    with court.act(court.deputy) as work:
        wrong = cards.cancel_card(work, wrong.id, "单位名称有误")
    assert (wrong.state, wrong.doc_no) == (CardState.CANCELLED, "某效监黄〔2026〕12号")
    with court.store.look() as reading:
        finding_id = reading.get(Card, wrong.id).finding_ids[0]
    with court.act(court.supervisor) as work:
        draft = cards.draft_card(work, finding_id, wrong.kind, court.text(), clock=court.clock)
    court.check(court.submit(draft), court.legal)
    court.sign(draft, court.deputy)
    assert court.issue(draft).doc_no == "某效监黄〔2026〕13号"


def test_66_blocks_that_the_year_left_unused_are_void_by_list_and_nobody_takes_them(
    court: Court,
) -> None:
    court.lease()
    court.issue(court.signed())
    court.clock.moment = datetime(2027, 1, 4, 1, tzinfo=UTC)
    with court.act(machine("device")) as work:
        listed = void_past_numbers(work, court.plan.hall.id, clock=court.clock)
    with court.store.look() as reading:
        (void,) = reading.find(VoidedNumbers)
        assert not any(len(block.unused) for block in reading.number_blocks())
    assert listed == (void,)
    assert (void.series, void.year, void.first) == ("某效监黄", 2026, 13)
    with court.store.write() as connection, pytest.raises(NoNumberLeft):
        take_number(connection, "某效监黄", 2026)


def test_67_a_signer_who_is_related_stands_aside_and_another_signs(court: Court) -> None:
    card = court.submit(court.draft(court.confirmed()))
    court.check(card, court.legal)
    with court.act(court.deputy) as work:
        stand_aside(work, card.id, "配偶在该单位任职", clock=court.clock)
    with pytest.raises(Recused):
        court.sign(card, court.deputy)
    assert court.sign(card, person(Role.DEPUTY_HEAD)).state is CardState.SIGNED
    court.deputy = replace(court.deputy, roles=frozenset({Role.VIDEO_SUP}))
    with pytest.raises(Recused):
        court.review(court.deputy, court.propose())


def test_68_points_stay_with_the_unit_of_the_time(court: Court) -> None:
    card = court.serve()
    window, other = court.plan.windows[0], court.plan.units[-1]
    with court.act(person(Role.DATA_MGR)) as work:
        work.replace(replace(window, unit_id=other.id, clerk="新来的人"))
        work.note("window.change", f"window/{window.id}")
    (entry,) = court.ledger(court.effective(card))
    assert entry.unit_id == card.unit_id
    with court.store.look() as reading:
        assert reading.get(Window, card.window_id).unit_id == other.id


def test_69_a_report_that_the_recheck_shows_to_be_false_may_only_escalate(court: Court) -> None:
    card = court.serve()
    with court.act(court.supervisor) as work:
        order = rectification.open_rectification(work, card.id, clock=court.clock)
        rectification.file_plan(work, order.id, "整改", clock=court.clock)
        rectification.begin_work(work, order.id)
        rectification.report_done(work, order.id, "已整改", clock=court.clock)
    found = Recheck("现场", RecheckResult.FALSE_REPORT, "同类问题再次发生")
    with court.act(court.section) as work:
        rectification.recheck(work, order.id, found, clock=court.clock)
    with pytest.raises(RecheckSaysOtherwise), court.act(court.head) as work:
        rectification.close(work, order.id, clock=court.clock)


def test_70_a_card_that_rests_on_wrong_data_is_taken_back_and_costs_nothing(court: Court) -> None:
    card = court.effective(court.serve())
    with court.act(court.head) as work:
        card = effect.annul_card(work, card.id, "数据单位导入有误", clock=court.clock)
    assert (card.state, card.revoke_reason) == (CardState.REVOKED, "数据单位导入有误")
    assert sum(entry.points for entry in court.ledger(card)) == 0
    assert {entry.month for entry in court.ledger(card)} == {Month(2026, 11)}


def test_73_a_month_without_cases_has_no_score_and_no_rank(court: Court) -> None:
    court.serve()
    november = Period(Span.MONTH, Month(2026, 11))
    question = Question(court.plan.hall.id, november, court.clock.now(), {}, "没有登记")
    with court.store.look() as reading:
        facts = gather_facts(reading, question, CALENDAR, lambda: True)
    figures = figures_of(facts, november, profile=GD, calendar=CALENDAR)
    assert {(ranked.rank, ranked.term.total) for ranked in figures.ranks} == {(None, None)}
    (row, *_) = next(each.rows for each in tables_of(figures, WORDING) if each.code == "RT13")
    assert row[-1] == "不参与排名"


def test_74_what_a_locked_month_receives_late_is_booked_in_the_next(court: Court) -> None:
    card = court.serve()
    november = Period(Span.MONTH, Month(2026, 11))
    draft = Draft(
        card.hall_id, november, GD.id, court.clock.now(), {}, Digest("ab" * 32), pdf_size=3
    )
    with court.act(court.head) as work:
        lock_report(work, draft, clock=court.clock)
    entries = court.ledger(court.effective(card))
    assert [(entry.month, entry.about) for entry in entries] == [(Month(2026, 12), Month(2026, 11))]


def test_a_version_locked_twice_without_a_line_has_one_name(tmp_path: Path) -> None:
    november = Period(Span.MONTH, Month(2026, 11))
    clock, names = SetClock(), []
    for desk in ("one", "other"):
        with open_store(tmp_path / desk, clock) as store:
            draft = Draft(
                HallId("hall-1"), november, GD.id, clock.now(), {}, Digest("ab" * 32), pdf_size=3
            )
            with store.act(person(Role.HEAD)) as work:
                version = lock_report(work, draft, clock=clock)
            names.append((version.id, version.version))
    assert names[0] == names[1]  # the server takes the first and refuses the second: it exists


def test_a_clock_set_back_by_an_hour_does_not_sign(court: Court) -> None:
    court.lease()
    first = court.signed()
    assert first.signed_at is not None
    second = court.draft(court.confirmed(window_id=court.plan.windows[1].id))
    court.check(court.submit(second), court.legal)
    court.clock.moment = first.signed_at - timedelta(hours=1)
    with pytest.raises(ClockWentBack):
        court.sign(second, court.deputy)
    court.clock.moment = first.signed_at - timedelta(minutes=4)  # two machines may differ so far
    assert court.sign(second, court.deputy).state is CardState.SIGNED


def test_two_people_signing_the_same_paper_leave_one_signature(court: Court) -> None:
    signed = court.signed()
    with pytest.raises(WrongState):
        court.sign(signed, person(Role.DEPUTY_HEAD))
    assert court.card(signed.id).signed_by == court.deputy.user_id


def test_a_paper_signed_by_its_checker_is_refused(court: Court) -> None:
    draft = court.submit(court.draft(court.confirmed()))
    both = replace(court.legal, roles=frozenset({Role.LEGAL_CHECK, Role.DEPUTY_HEAD}))
    court.check(draft, both)
    with pytest.raises(SamePerson):
        court.sign(draft, both)


def test_a_text_changed_after_its_signature_takes_no_number(court: Court) -> None:
    with court.store.write() as connection:
        add_block(connection, "某效监黄", 2026, 12, 13)
    signed = court.signed()
    court.press.says = "99" * 32
    with pytest.raises(ContentChanged):
        court.issue(signed)
    court.press.says = "11" * 32
    assert court.issue(signed).number == 12


def test_an_appeal_on_the_day_after_the_last_is_too_late_and_changes_nothing(court: Court) -> None:
    card = court.serve()
    court.days_later(date(2026, 12, 2))
    with pytest.raises(AppealTooLate):
        court.file(card)
    assert court.card(card.id).state is CardState.SERVED
