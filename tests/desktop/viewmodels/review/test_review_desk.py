from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.errors import CannotVerify, Inconclusive, MissingField, NotAllowed, SamePerson
from desktop.domain.evidence import Custody, CustodyAct
from desktop.domain.findings import Finding, FindingState, ReviewResult, Verification
from desktop.domain.roles import Role
from desktop.system.theme import Tone
from desktop.viewmodels.review.checks import checks, rule_said, sealed_said
from desktop.viewmodels.review.decision import reviewers
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.review.exhibits import Showing
from desktop.viewmodels.review.rows import Queue
from tests.support.casework import FakeOffice
from tests.support.profiles import DAY


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[ReviewDesk]:
    office.enter(Role.VIDEO_SUP)
    made = ReviewDesk(office)
    yield made
    made.stop()


def open_finding(qtbot: QtBot, desk: ReviewDesk, finding: Finding) -> None:
    with qtbot.waitSignals([desk.opened, desk.exhibits.checked]):
        desk.open(finding.id)
    qtbot.waitUntil(lambda: desk.exhibits.showing is not Showing.LOADING)
    qtbot.waitUntil(lambda: desk.exhibits.integrity is not None)
    qtbot.waitUntil(lambda: desk.exhibits.records.strip is not None)


def listed(qtbot: QtBot, desk: ReviewDesk, queue: Queue = Queue.FIRST) -> list[str]:
    with qtbot.waitSignal(desk.listed):
        desk.show_queue(queue)
    return [row.title for row in desk.model.rows]


def test_what_waits_is_listed_the_latest_first(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk, qtmodeltester: ModelTester
) -> None:
    office.propose(items=())
    later = DAY + timedelta(minutes=20)
    office.propose(started_at=later, ended_at=None, customer_waited=True, items=())

    assert listed(qtbot, desk) == ["01 号窗口 离岗·有人等候", "01 号窗口 离岗"]
    assert [row.detail for row in desk.model.rows] == ["09:20 起 · 进行中",
                                                       "09:00–09:15 · 15分12秒"]  # fmt: skip
    assert desk.counts == {Queue.FIRST: 2, Queue.SECOND: 0}
    assert desk.waiting.number() == 2
    qtmodeltester.check(desk.model)
    qtmodeltester.check(desk.search)


def test_the_search_looks_at_window_unit_and_clerk(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    office.propose(items=())
    office.propose(window_id=office.plan.windows[1].id, items=())
    listed(qtbot, desk)
    for words, found in (("02", 1), ("住建 离岗", 2), ("税务", 0), ("", 2)):
        desk.search.search(words)
        assert desk.search.rowCount() == found


def test_opening_shows_the_masked_copy_and_is_written_down(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    finding = office.propose()

    open_finding(qtbot, desk, finding)

    exhibits = desk.exhibits
    still = exhibits.current
    assert still is not None
    assert (exhibits.showing, still.original.role) == (Showing.PICTURE, "threshold")
    assert not exhibits.shows_original
    assert exhibits.seen == (still.masked.sha256,) if still.masked else False
    assert exhibits.outline[0] == (0.13, 0.16)
    with qtbot.waitSignal(desk.refreshed, raising=False, timeout=400):
        pass
    links = office.desk.look(lambda reading: reading.find(Custody, subject_id=finding.id)).result()
    assert [link.act for link in links] == [CustodyAct.CAPTURED, CustodyAct.SEEN]


def test_the_original_is_shown_only_with_a_reason_that_is_written_down(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    open_finding(qtbot, desk, office.propose())
    exhibits = desk.exhibits

    with qtbot.waitSignal(exhibits.refused) as refused:
        exhibits.show_original(" ")
    assert isinstance(refused.args[0], MissingField)
    assert not exhibits.shows_original

    exhibits.show_original("辨认顶岗人员")
    qtbot.waitUntil(lambda: exhibits.shows_original and exhibits.showing is Showing.PICTURE)
    still = exhibits.current
    assert still is not None
    original = still.original
    links = office.desk.look(lambda r: r.find(Custody, subject_id=original.id)).result()
    assert [(link.act, link.reason) for link in links] == [(CustodyAct.SEEN, "辨认顶岗人员")]
    assert original.sha256 in exhibits.seen


def test_a_moment_without_a_masked_copy_stays_covered(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    items = tuple(item for item in office.items() if item.masked_of is None)
    with qtbot.waitSignal(desk.opened):
        desk.open(office.propose(items=items).id)
    assert desk.exhibits.showing is Showing.ONLY_ORIGINAL
    assert desk.exhibits.picture.isNull()


def test_a_picture_that_is_not_here_is_said_and_counted(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    finding = office.propose()
    threshold = next(i for i in office.items() if i.role == "threshold" and i.masked_of)
    office.vault.drop(threshold.sha256)

    open_finding(qtbot, desk, finding)

    assert desk.exhibits.showing is Showing.TROUBLE
    assert desk.pack is not None
    line = sealed_said(desk.pack, desk.exhibits.integrity)
    assert "1 项尚未同步" in line.text
    assert line.tone is Tone.NEAR


def test_arrows_walk_to_the_ends_and_no_further(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    open_finding(qtbot, desk, office.propose())
    for step, at in ((-1, 2), (-9, 0), (1, 1), (99, 4)):
        desk.exhibits.step(step)
        assert desk.exhibits.selected == at


def test_the_first_review_leaves_it_to_another_person(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    finding = office.propose()
    open_finding(qtbot, desk, finding)
    desk.choose(ReviewResult.TRUE)
    desk.write_note("已查考勤")

    with qtbot.waitSignal(desk.submitted) as told:
        desk.submit()

    assert told.args[0].state is FindingState.VERIFYING
    qtbot.waitUntil(lambda: desk.pack is not None and len(desk.pack.verifications) == 1)
    assert desk.pack is not None
    assert [line.text for line in reviewers(desk.pack, office.book, desk.actor)] == [
        "林敏 · 属实", "待复核（不能是第一人）",
    ]  # fmt: skip
    (seen,) = office.desk.look(lambda r: r.find(Verification, finding_id=finding.id)).result()
    assert (seen.note, seen.evidence_seen) == ("已查考勤", desk.exhibits.seen)


@pytest.mark.parametrize(
    ("role", "reviewed_by", "result", "more", "refusal"),
    [
        (Role.SUPERVISOR, Role.SUPERVISOR, ReviewResult.TRUE, {}, SamePerson),
        (Role.INSPECTOR, None, ReviewResult.TRUE, {}, NotAllowed),
        (Role.SECTION_HEAD, None, ReviewResult.TRUE, {}, NotAllowed),
        (Role.VIDEO_SUP, None, ReviewResult.TRUE, {"conclusive": False}, Inconclusive),
        (Role.VIDEO_SUP, None, ReviewResult.JUSTIFIED, {}, MissingField),
        (Role.VIDEO_SUP, None, None, {}, MissingField),
    ],
    ids=["twice", "no reviewer", "not the first", "inconclusive", "no reason", "no decision"],
)
def test_what_bars_a_decision_is_known_before_it_is_submitted(
    qtbot: QtBot,
    office: FakeOffice,
    desk: ReviewDesk,
    role: Role,
    reviewed_by: Role | None,
    result: ReviewResult | None,
    more: dict[str, object],
    refusal: type[Exception],
) -> None:
    finding = office.propose(**more)
    if reviewed_by:
        office.review(finding, reviewed_by, ReviewResult.TRUE)
    office.enter(role)
    with qtbot.waitSignal(desk.opened):
        desk.open(finding.id)
    if result:
        desk.choose(result)

    assert isinstance(desk.obstacle(), refusal)


def test_a_decision_that_would_be_refused_is_never_sent(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    open_finding(qtbot, desk, office.propose())
    desk.choose(ReviewResult.FALSE_ALARM)
    with qtbot.waitSignal(desk.refused):
        desk.submit()
    assert not desk.is_busy


def test_a_dismissal_with_its_reason_ends_it(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    open_finding(qtbot, desk, office.propose())
    desk.choose(ReviewResult.JUSTIFIED)
    desk.write_note("已请假")
    with qtbot.waitSignal(desk.submitted) as told:
        desk.submit()
    assert told.args[0].state is FindingState.DISMISSED
    assert not desk.may_review()
    assert listed(qtbot, desk, Queue.DISMISSED) == ["01 号窗口 离岗"]


def test_the_desk_follows_the_case_file_and_keeps_what_lies_open(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    finding = office.propose()
    listed(qtbot, desk)
    open_finding(qtbot, desk, finding)
    desk.choose(ReviewResult.TRUE)

    office.propose(items=())
    qtbot.waitUntil(lambda: len(desk.model.rows) == 2)

    assert desk.pack is not None
    assert desk.pack.finding.id == finding.id
    assert desk.result is ReviewResult.TRUE


def test_a_finding_of_another_queue_takes_the_list_there(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    finding = office.confirmed()
    open_finding(qtbot, desk, finding)
    qtbot.waitUntil(lambda: desk.model.row_of(finding.id) == 0)
    assert desk.queue is Queue.CONFIRMED


def test_only_what_is_known_is_claimed(qtbot: QtBot, office: FakeOffice, desk: ReviewDesk) -> None:
    open_finding(qtbot, desk, office.propose(unknown_share=0.1))
    assert desk.pack is not None
    said = {check.label: check.text for check in checks(desk.pack, desk.exhibits.records)}
    assert said["开放时间"] == "09:00–17:00"
    assert said["窗口人员"] == "未登记"
    assert said["摄像机"] == "其间 10% 无法判断（镜头被遮挡）"
    assert said["暂停服务"] == said["请假、顶岗"] == "当时没有登记"
    assert said["排队"] == "当天没有导入叫号记录"
    assert said["排班"] == "未登记，须人工核对"
    assert rule_said(desk.pack, office.catalogue).startswith("规则 R-VID-02（第 1 版）离岗：")
    line = sealed_said(desk.pack, desk.exhibits.integrity)
    assert line.text == "证据包：5 张图、1 段视频，13 项摘要全部校验"


def test_what_is_given_to_one_verifier_waits_for_that_one_alone(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    finding = office.propose()
    office.enter(Role.SECTION_HEAD)
    open_finding(qtbot, desk, finding)
    assert desk.may_assign
    assert desk.pack is not None
    able = {person.name: person.id for person in desk.pack.verifiers}
    with qtbot.waitSignal(desk.submitted) as told:
        desk.assign(office.people[Role.VIDEO_SUP].user_id)
    (assigned,) = told.args or [None]
    assert (assigned.state, assigned.assigned_to) == (
        FindingState.ASSIGNED, office.people[Role.VIDEO_SUP].user_id,
    )  # fmt: skip
    assert office.people[Role.VIDEO_SUP].user_id in able.values()
    for role, number in ((Role.SUPERVISOR, 0), (Role.VIDEO_SUP, 1)):
        office.enter(role)
        with qtbot.waitSignal(desk.listed):
            desk.refresh()
        assert desk.waiting.number() == number
    assert desk.may_review()  # and the one who is given it decides
    assert not desk.may_assign


def test_nobody_without_the_role_is_given_a_finding(
    qtbot: QtBot, office: FakeOffice, desk: ReviewDesk
) -> None:
    office.enter(Role.SECTION_HEAD)
    open_finding(qtbot, desk, office.propose())
    with qtbot.waitSignal(desk.refused) as told:
        desk.assign(office.people[Role.SEAL_CLERK].user_id)
    assert isinstance((told.args or [None])[0], CannotVerify)
