"""What the desk offers after service, to whom and until when, and what it comes to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.appeals import Decision
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.errors import DomainError, NotAllowed
from desktop.domain.evidence import Custody
from desktop.domain.rectification import Recheck, RecheckResult, RectificationState
from desktop.domain.roles import Role
from desktop.domain.scoring.entries import ScoreEntry, standing
from desktop.system.theme import Tone
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.deeds import Accepted, Answer, MoreTime, Verdict
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.ledger import ledger_lines
from desktop.viewmodels.cards.ledger import standing as said_of
from desktop.viewmodels.cards.rows import Pile
from desktop.viewmodels.cards.steps import step_now, steps
from tests.support.casework import FakeOffice

PASSED = Recheck("现场复查", RecheckResult.PASS)
FAILED = Recheck("现场复查", RecheckResult.FAIL, "仍无人值守")


class AfterDesk:
    """A desk on which a served card lies open, and people who come to it."""

    def __init__(self, qtbot: QtBot, office: FakeOffice, desk: CardDesk) -> None:
        self.qtbot, self.office, self.desk = qtbot, office, desk

    def open(self, card: Card) -> None:
        with self.qtbot.waitSignal(self.desk.opened):
            self.desk.open(card.id)

    def on(self, day: date) -> None:
        """Let the days pass and look again."""
        self.office.clock.moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        with self.qtbot.waitSignal(self.desk.refreshed):
            self.desk.refresh()

    def may(self, role: Role) -> tuple[Act, ...]:
        self.office.enter(role)
        return self.desk.acts

    def do(self, role: Role, act: Act, answer: Answer = None) -> Card:
        assert act in self.may(role)
        with self.qtbot.waitSignals([self.desk.done, self.desk.refreshed]):
            self.desk.do(act, answer)
        return self.card()

    def card(self) -> Card:
        assert self.desk.file is not None
        return self.desk.file.card

    def said(self) -> tuple[str, Tone]:
        assert self.desk.file is not None
        return said_of(self.desk.file.track, self.office.book)

    def points(self) -> int:
        source = f"card/{self.card().id}"
        return self.office.desk.look(
            lambda reading: len(standing(reading.find(ScoreEntry, source=source)))
        ).result()


@pytest.fixture
def after(office: FakeOffice, qtbot: QtBot) -> Iterator[AfterDesk]:
    desk = CardDesk(office)
    made = AfterDesk(qtbot, office, desk)
    made.open(office.served())
    yield made
    desk.stop()


def effective(after: AfterDesk) -> None:
    after.on(date(2026, 12, 2))
    after.do(Role.SUPERVISOR, Act.TAKE_EFFECT)


def reported(after: AfterDesk) -> None:
    after.do(Role.UNIT_LIAISON, Act.PLAN, "增设顶岗")
    after.do(Role.UNIT_LIAISON, Act.BEGIN)
    after.do(Role.UNIT_LIAISON, Act.REPORT, "已落实顶岗")


def test_service_begins_the_ledger_and_the_days_of_appeal(after: AfterDesk) -> None:
    file = after.desk.file
    assert file is not None
    assert file.track.order is not None
    assert file.track.order.state is RectificationState.SERVED
    assert after.said() == (
        "申诉期至 2026年12月1日 星期二，还剩 5 个工作日。届满无人申诉即可生效。",
        Tone.SOFT,
    )
    assert after.may(Role.SUPERVISOR) == (Act.PLAN, Act.APPEAL)
    assert after.may(Role.LEGAL_CHECK) == ()
    assert [step.title for step in steps(file, after.office.book)] == [
        "送达", "申诉期", "生效", "整改", "复查", "销号",
    ]  # fmt: skip
    assert step_now(file.track) == 1


def test_a_card_goes_the_whole_way_to_its_closure(after: AfterDesk) -> None:
    assert Act.TAKE_EFFECT not in after.may(Role.SUPERVISOR)
    effective(after)
    assert after.card().state is CardState.RECTIFYING
    assert after.points() == 1
    reported(after)
    assert after.card().state is CardState.SUBMITTED
    assert after.may(Role.SUPERVISOR)[0] is Act.RECHECK
    after.do(Role.INSPECTOR, Act.RECHECK, PASSED)
    assert after.said()[0] == "复查认定整改到位，可以销号。待分管领导、主要负责人办理。"
    closed = after.do(Role.DEPUTY_HEAD, Act.CLOSE)
    assert closed.state is CardState.CLOSED
    assert after.said() == ("整改到位，已经销号。", Tone.GOOD)
    file = after.desk.file
    assert file is not None
    assert step_now(file.track) == len(steps(file, after.office.book))
    labels = [line.label for line in ledger_lines(file)]
    assert labels == ["拟稿、核稿、签发", "签收", "申诉期限", "生效", "整改期限", "整改方案",
                      "整改报告", "复查"]  # fmt: skip
    assert after.may(Role.HEAD) == ()


def test_an_appeal_is_reviewed_by_one_and_decided_by_another(after: AfterDesk) -> None:
    after.do(Role.SUPERVISOR, Act.APPEAL, "当时已挂牌暂停")
    assert after.may(Role.APPEAL_REVIEWER)[:2] == (Act.ACCEPT, Act.DECLINE)
    after.do(Role.APPEAL_REVIEWER, Act.ACCEPT, Accepted(suspends=False))
    assert after.card().state is CardState.APPEALED
    assert after.said()[0].startswith("申诉已受理，应在 2026年12月1日 星期二 前决定。")
    after.do(Role.APPEAL_REVIEWER, Act.REVIEW, Verdict(Decision.REVOKE, "确已暂停"))
    assert Act.DECIDE not in after.may(Role.DEPUTY_HEAD)  # who signed the card does not decide
    revoked = after.do(Role.HEAD, Act.DECIDE, Verdict(Decision.REVOKE, "事实有误"))
    assert revoked.state is CardState.REVOKED
    assert after.said() == ("已撤销：事实有误", Tone.SOFT)
    assert after.points() == 0


def test_a_card_that_stands_goes_on_to_its_rectification(after: AfterDesk) -> None:
    after.do(Role.SUPERVISOR, Act.APPEAL, "不服")
    after.do(Role.APPEAL_REVIEWER, Act.ACCEPT, Accepted(suspends=False))
    after.do(Role.APPEAL_REVIEWER, Act.REVIEW, Verdict(Decision.UPHOLD, "属实"))
    after.do(Role.HEAD, Act.DECIDE, Verdict(Decision.UPHOLD, "维持"))
    assert after.card().state is CardState.EFFECTIVE
    assert after.points() == 1
    after.do(Role.SUPERVISOR, Act.FOLLOW)
    assert after.card().state is CardState.RECTIFYING


def test_an_effective_card_taken_back_gives_its_points_back(after: AfterDesk) -> None:
    effective(after)
    assert after.points() == 1
    annulled = after.do(Role.HEAD, Act.ANNUL, "时钟有误")
    assert annulled.state is CardState.REVOKED
    assert after.points() == 0
    assert after.may(Role.SUPERVISOR) == ()


def test_a_failed_recheck_sends_back_once_and_then_escalates(after: AfterDesk) -> None:
    effective(after)
    reported(after)
    after.do(Role.INSPECTOR, Act.RECHECK, FAILED)
    assert Act.ESCALATE not in after.may(Role.SECTION_HEAD)
    after.do(Role.SECTION_HEAD, Act.SEND_BACK)
    assert after.card().state is CardState.RETURNED
    after.do(Role.SUPERVISOR, Act.BEGIN)
    after.do(Role.UNIT_LIAISON, Act.REPORT, "再次报送")
    after.do(Role.INSPECTOR, Act.RECHECK, FAILED)
    assert Act.SEND_BACK not in after.may(Role.SECTION_HEAD)
    assert after.said()[0].startswith("复查结论：未整改到位。应当拟好接替的牌")

    assert Act.ESCALATE not in after.may(Role.SECTION_HEAD)
    with after.qtbot.waitSignal(after.desk.refused) as told:  # no successor is drafted yet
        after.desk.do(Act.ESCALATE, "两次未到位")
    assert isinstance(told.args[0], DomainError)
    yellow = after.card()
    after.may(Role.SUPERVISOR)
    with after.qtbot.waitSignal(after.desk.opened):
        after.desk.do(Act.SUCCESSOR)
    assert after.card().kind is CardKind.RED
    after.open(yellow)
    assert Act.SUCCESSOR not in after.may(Role.SUPERVISOR)
    assert after.do(Role.SECTION_HEAD, Act.ESCALATE, "两次未到位").state is CardState.ESCALATED


def test_what_stays_undone_for_five_working_days_may_be_followed_by_a_higher_card(
    after: AfterDesk,
) -> None:
    effective(after)
    after.on(date(2026, 12, 7))
    assert Act.SUCCESSOR not in after.may(Role.SUPERVISOR)
    after.on(date(2026, 12, 8))
    assert Act.SUCCESSOR in after.may(Role.SUPERVISOR)


def test_more_time_is_given_once_and_before_the_day(after: AfterDesk) -> None:
    effective_later = MoreTime(date(2026, 12, 8), "备件未到")
    after.do(Role.DEPUTY_HEAD, Act.EXTEND, effective_later)
    assert Act.EXTEND not in after.may(Role.DEPUTY_HEAD)
    file = after.desk.file
    assert file is not None
    assert file.track.due == date(2026, 12, 8)
    after.on(date(2026, 12, 9))
    assert after.desk.file is not None
    assert after.desk.file.track.overdue_wd == 1


def test_the_ledger_shows_the_longest_overdue_first_and_only_that_in_red(
    after: AfterDesk, office: FakeOffice, qtbot: QtBot
) -> None:
    late = after.card()
    office.clock.moment = datetime(2026, 12, 2, 2, tzinfo=UTC)
    other = office.served(window_id=office.plan.windows[1].id, rectify_due=date(2026, 12, 9))
    after.on(date(2026, 12, 3))
    desk = after.desk
    with qtbot.waitSignal(desk.listed):
        desk.refresh()
    desk.search.show_pile(Pile.LEDGER)
    keys = [desk.search.index(n, 0).data(0x0100) for n in range(desk.search.rowCount())]
    assert len(keys) == desk.counts[Pile.LEDGER] == 2
    rows = {row.key: row for row in desk.model.rows}
    assert rows[late.id].time_left == "逾期 2 个工作日"
    assert rows[other.id].time_left == "剩 4 个工作日"
    assert [rows[k].overdue_wd for k in (late.id, other.id)] == [2, 0]
    assert desk.search.index(0, 1).data() == late.doc_no


def test_the_ledger_leaves_as_a_table_with_its_reason(
    after: AfterDesk, office: FakeOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    after.on(date(2026, 12, 3))
    ledger, target = after.desk.ledger, tmp_path / after.desk.ledger.file_name
    with qtbot.waitSignal(after.desk.listed):
        after.desk.refresh()
    office.enter(Role.SUPERVISOR)
    with qtbot.waitSignal(ledger.refused):
        ledger.export(target, " ")
    assert not target.exists()
    with qtbot.waitSignal(ledger.exported):
        ledger.export(target, "例会")
    (titles, row) = target.read_text("utf-8-sig").splitlines()
    assert "期限情况" in titles
    assert "逾期 2 个工作日" in row
    links = office.desk.look(lambda reading: reading.find(Custody)).result()
    assert [link.reason for link in links if link.subject_id.startswith("ledger/")] == ["例会"]


def test_a_refusal_names_who_may_do_it(after: AfterDesk) -> None:
    after.office.enter(Role.LEGAL_CHECK)
    assert isinstance(after.desk.bar, NotAllowed)
