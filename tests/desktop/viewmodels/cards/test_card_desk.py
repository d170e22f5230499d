from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.domain.cards import Card, CardState
from desktop.domain.errors import DomainError, NotAllowed, NotFound
from desktop.domain.evidence import Custody, CustodyAct, Paper
from desktop.domain.findings import Finding
from desktop.domain.report.briefs import BriefKind, brief_of
from desktop.domain.report.tables import Row
from desktop.domain.roles import Role
from desktop.storage import records
from desktop.storage.errors import StorageError
from desktop.usecases import cards
from desktop.usecases.briefs import gather_ledgers
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.rows import Pile, columns
from desktop.viewmodels.cards.steps import step_now, steps
from sync.errors import SyncError, SyncTrouble
from tests.support.casework import FakeOffice


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[CardDesk]:
    office.enter(Role.SUPERVISOR)
    made = CardDesk(office)
    yield made
    made.stop()


def drafted(qtbot: QtBot, desk: CardDesk, finding: Finding) -> Card:
    with qtbot.waitSignal(desk.opened):
        desk.draft(finding.id)
    assert desk.file is not None
    return desk.file.card


def listed(qtbot: QtBot, desk: CardDesk, pile: Pile = Pile.MINE) -> list[str]:
    with qtbot.waitSignal(desk.listed):
        desk.refresh()
    desk.search.show_pile(pile)
    return [desk.search.index(n, 0).data() for n in range(desk.search.rowCount())]


def test_a_draft_begins_with_what_the_program_can_write(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    card = drafted(qtbot, desk, office.confirmed())

    assert card.facts_text.startswith("你单位01 号窗口于2026年11月24日9时00分00秒至")
    assert len(card.violated) == len(card.basis) == 1
    assert len(card.requirements) == 3
    assert card.rectify_due == date(2026, 12, 1)
    assert desk.editor.missing == ()
    assert desk.acts == (Act.SUBMIT, Act.CANCEL)


def test_the_piles_tell_what_waits_for_whom(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, qtmodeltester: ModelTester
) -> None:
    office.confirmed()
    drafted(qtbot, desk, office.confirmed(window_id=office.plan.windows[1].id))

    assert listed(qtbot, desk) == ["待拟稿", "草稿"]
    assert listed(qtbot, desk, Pile.TO_DRAFT) == ["待拟稿"]
    assert listed(qtbot, desk, Pile.UNDER_WAY) == ["草稿"]
    assert listed(qtbot, desk, Pile.SERVED) == []
    assert desk.waiting.number() == 2
    desk.search.show_pile(Pile.MINE)
    desk.search.search("02 号")
    assert desk.search.rowCount() == 1
    assert desk.model.columnCount() == len(columns())
    office.enter(Role.SEAL_CLERK)
    assert listed(qtbot, desk) == []
    qtmodeltester.check(desk.model)
    qtmodeltester.check(desk.search)


def test_what_is_written_is_kept_a_moment_later_and_printed(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    card = drafted(qtbot, desk, office.confirmed())
    qtbot.waitUntil(lambda: bool(desk.preview.pages) and not desk.preview.is_busy, timeout=10_000)
    before = desk.preview.pages[0]
    assert desk.editor.text is not None

    with qtbot.waitSignal(desk.editor.kept):
        desk.editor.take(replace(desk.editor.text, facts_text="窗口无人值守。"))
        assert desk.editor.is_dirty

    assert office.card(card.id).facts_text == "窗口无人值守。"
    assert not desk.editor.is_dirty
    qtbot.waitUntil(lambda: not desk.preview.is_busy, timeout=10_000)
    assert desk.preview.pages[0] != before


def test_what_is_being_written_is_not_lost_to_a_refresh(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    drafted(qtbot, desk, office.confirmed())
    assert desk.editor.text is not None
    desk.editor.take(replace(desk.editor.text, facts_text="正在写"))

    office.propose(items=(), window_id=office.plan.windows[1].id)
    with qtbot.waitSignal(desk.listed):
        desk.refresh()

    assert desk.editor.text.facts_text == "正在写"


def test_closing_the_card_keeps_the_last_change(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    card = drafted(qtbot, desk, office.confirmed())
    assert desk.editor.text is not None
    desk.editor.take(replace(desk.editor.text, facts_text="最后一句。"))
    desk.close()
    assert desk.file is None
    qtbot.waitUntil(lambda: office.card(card.id).facts_text == "最后一句。")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"facts_text": " "}, "还缺“查实的问题”"),
        ({"violated": ()}, "还缺“违反的规定”"),
        ({"basis": ()}, "还缺“发牌依据”"),
        ({"requirements": ()}, "还缺“整改要求”"),
        ({"rectify_due": date(2026, 11, 24)}, "整改期限须晚于今天"),
        ({"rectify_due": date(2026, 11, 28)}, "整改期限落在非工作日"),
        ({"rectify_due": date(2027, 1, 5)}, "2027 年"),
    ],
    ids=["facts", "conduct", "power", "requirements", "today", "a Saturday", "an unknown year"],
)
def test_what_is_missing_is_said_before_the_button_is_pressed(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, change: dict[str, object], said: str
) -> None:
    drafted(qtbot, desk, office.confirmed())
    assert desk.editor.text is not None
    desk.editor.take(replace(desk.editor.text, **change))  # type: ignore[arg-type]
    (gap,) = desk.editor.missing
    assert said in gap


def test_a_draft_without_its_basis_is_shown_with_the_place_left_open(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    drafted(qtbot, desk, office.confirmed())
    assert desk.editor.text is not None
    desk.editor.take(replace(desk.editor.text, basis=(), violated=(), facts_text=""))
    qtbot.waitUntil(lambda: bool(desk.preview.pages) and not desk.preview.is_busy, timeout=10_000)
    assert desk.preview.trouble is None


def test_a_card_sent_back_tells_why_and_can_be_written_again(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    drafted(qtbot, desk, office.confirmed())
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        desk.do(Act.SUBMIT)
    assert not desk.editor.may_edit
    office.enter(Role.SECTION_HEAD)
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        desk.do(Act.RETURN, "事实写得不清楚")
    office.enter(Role.SUPERVISOR)
    assert desk.file is not None
    assert desk.file.card.return_reason == "事实写得不清楚"
    assert desk.editor.may_edit
    assert desk.acts == (Act.SUBMIT, Act.CANCEL)


def test_the_steps_tell_who_did_what_and_who_has_it(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    drafted(qtbot, desk, office.confirmed())
    assert desk.file is not None
    assert step_now(desk.file.track) == 0
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        desk.do(Act.SUBMIT)
    assert step_now(desk.file.track) == 1
    told = [(step.title, step.person) for step in steps(desk.file, office.book)]
    assert told[:3] == [
        ("拟稿", "陈璐 11-24 09:30"), ("核稿", "待 法制核稿、科室负责人"), ("签发", ""),
    ]  # fmt: skip
    assert isinstance(desk.bar, NotAllowed)


def test_a_voided_card_frees_its_finding(qtbot: QtBot, office: FakeOffice, desk: CardDesk) -> None:
    drafted(qtbot, desk, office.confirmed())
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        desk.do(Act.CANCEL, "对象有误")
    assert desk.file is not None
    assert desk.file.card.state is CardState.CANCELLED
    assert desk.acts == ()
    assert listed(qtbot, desk, Pile.VOID) == ["已作废"]
    assert listed(qtbot, desk, Pile.TO_DRAFT) == ["待拟稿"]


def test_a_refusal_of_the_case_file_is_told_and_ends_the_wait(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    finding = office.confirmed()
    card = drafted(qtbot, desk, finding)
    office.desk.act(
        office.people[Role.SUPERVISOR],
        lambda work: cards.cancel_card(work, card.id, "他人作废"),
    ).result()
    with qtbot.waitSignal(desk.refused) as told:
        desk.do(Act.SUBMIT)
    assert isinstance(told.args[0], DomainError)
    assert not desk.is_busy


def test_an_export_writes_the_paper_and_its_reason(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, tmp_path: Path
) -> None:
    card = office.issued(office.confirmed())
    with qtbot.waitSignal(desk.opened):
        desk.open(card.id)
    assert desk.file is not None
    (paper,) = desk.file.papers
    target = tmp_path / "out.pdf"

    with qtbot.waitSignal(desk.exported):
        desk.export(paper, target, "归档")

    assert target.read_bytes() == office.vault.get(paper.pdf_sha256)
    links = office.desk.look(lambda r: r.find(Custody, subject_id=paper.id)).result()
    assert [(link.act, link.reason) for link in links] == [(CustodyAct.EXPORTED, "归档")]


def test_an_export_that_cannot_be_written_is_not_written_down(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, tmp_path: Path
) -> None:
    card = office.issued(office.confirmed())
    with qtbot.waitSignal(desk.opened):
        desk.open(card.id)
    assert desk.file is not None
    (paper,) = desk.file.papers
    for target, reason in ((tmp_path / "nowhere" / "out.pdf", "归档"), (tmp_path / "o.pdf", " ")):
        with qtbot.waitSignal(desk.refused) as told:
            desk.export(paper, target, reason)
        assert isinstance(told.args[0], StorageError | DomainError)
        assert not target.exists()
    assert not office.desk.look(lambda r: r.find(Custody, subject_id=paper.id)).result()


def test_an_issued_paper_is_shown_as_it_lies_in_the_vault(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    card = office.issued(office.confirmed())
    with qtbot.waitSignal(desk.opened):
        desk.open(card.id)
    qtbot.waitUntil(lambda: bool(desk.preview.pages), timeout=10_000)
    assert len(desk.gallery.items) == 5

    (paper,) = office.desk.look(lambda r: r.find(Paper, card_id=card.id)).result()
    office.vault.drop(paper.pdf_sha256)
    desk.show_paper(paper)
    qtbot.waitUntil(lambda: desk.preview.trouble is not None)


def test_a_card_whose_finding_was_erased_elsewhere_opens_with_its_paper(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    card = office.served()
    with office.desk.store.write() as connection:
        records.erase(connection, (Finding.ENTITY, card.finding_ids[0]))
    with qtbot.waitSignal(desk.listed):
        desk.refresh()
    assert [row.matter for row in desk.model.rows] == ["问题记录不在本机"]
    with qtbot.waitSignal(desk.opened):
        desk.open(card.id)
    qtbot.waitUntil(lambda: len(desk.preview.pages) > 0 and not desk.preview.is_busy)
    assert desk.preview.trouble is None
    assert desk.file is not None
    assert desk.file.card == card  # all that was decided is here
    assert Act.SUCCESSOR not in desk.acts
    office.enter(Role.SUPERVISOR)
    office.clock.pass_time(days=14)
    with qtbot.waitSignal(desk.refused) as told:
        desk.do(Act.TAKE_EFFECT)
    assert isinstance((told.args or [None])[0], NotFound)  # it cannot be scored here, and says so


def test_a_card_that_can_have_no_number_goes_by_a_temporary_one_until_it_has(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk
) -> None:
    card = office.signed(office.confirmed())
    office.enter(Role.SEAL_CLERK)
    with qtbot.waitSignal(desk.opened):
        desk.open(card.id)
    office.door.trouble = SyncError(SyncTrouble.UNREACHABLE)
    numbers = []
    for _ in range(2):  # asked again, it has the same
        with qtbot.waitSignal(desk.named) as told:
            desk.do(Act.ISSUE)
        numbers += told.args or []
    temporary = f"临-{office.people[Role.SEAL_CLERK].device_id[-4:].upper()}-1"
    assert numbers == [temporary, temporary]
    qtbot.waitUntil(lambda: desk.file is not None and desk.file.temporary_no == temporary)
    assert office.card(card.id).state is CardState.SIGNED  # and bears no seal
    with qtbot.waitSignal(desk.listed):
        desk.refresh()
    assert [row.number for row in desk.model.rows] == [temporary]
    assert [row[:2] for row in register(office)] == [(temporary, "黄牌")]

    office.door.trouble = None
    with qtbot.waitSignal(desk.done):
        desk.do(Act.ISSUE)
    issued = office.card(card.id)
    assert (issued.state, issued.doc_no) == (CardState.ISSUED, "某效监黄〔2026〕12号")
    first, *_ = register(office)
    assert (first[0], first[-1]) == (issued.doc_no, f"原临时编号{temporary}")


def register(office: FakeOffice) -> tuple[Row, ...]:
    """What the register of numbers prints."""
    read = partial(gather_ledgers, cut_off=office.clock.now(), rule_names={})
    hall = partial(read, hall_id=office.plan.hall.id, calendar=office.calendar)
    ledgers = office.desk.look(hall).result()
    return brief_of(BriefKind.NUMBERS, ledgers, assets.report_wording("briefs")).tables[0].rows
