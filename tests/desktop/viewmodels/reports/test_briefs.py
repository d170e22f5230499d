"""Short reports and registers from the real case file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.domain.cards import CardState
from desktop.domain.errors import NoNumberLeft
from desktop.domain.evidence import Custody
from desktop.domain.findings import FindingState
from desktop.domain.official_documents import DocumentState
from desktop.domain.rectification import RectificationState
from desktop.domain.report.briefs import Brief, BriefKind
from desktop.domain.roles import Role, machine
from desktop.storage.numbers import take_number
from desktop.usecases import cards
from desktop.usecases.numbering import void_past_numbers
from desktop.viewmodels.reports.briefs import BriefDesk, BriefForm, kind_said
from desktop.views.reports.briefs import BriefsView
from tests.support.casework import FakeOffice, nameless
from tests.support.profiles import DAY


@pytest.fixture
def desk(office: FakeOffice) -> Iterator[BriefDesk]:
    office.enter(Role.SUPERVISOR)
    made = BriefDesk(office)
    yield made
    made.stop()


def brief(qtbot: QtBot, desk: BriefDesk, kind: BriefKind) -> Brief:
    desk.make(kind)
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    assert desk.trouble is None
    assert desk.made is not None
    return desk.made.brief


def test_the_day_and_the_week_tell_what_was_found_and_issued(
    qtbot: QtBot, office: FakeOffice, desk: BriefDesk
) -> None:
    office.served()
    office.propose(items=(), window_id=office.plan.windows[1].id)
    day = brief(qtbot, desk, BriefKind.DAILY)
    assert day.span == "2026-11-24"
    assert day.sentences[0] == "发现疑似问题2个，其中核实属实1个、不属实0个、待核实1个。"
    assert day.sentences[1] == "签发黄牌1张、红牌0张；送达1张。"
    assert [len(table.rows) for table in day.tables] == [2, 1, 1]
    office.clock.moment += timedelta(days=2)
    assert brief(qtbot, desk, BriefKind.DAILY).sentences[0].startswith("发现疑似问题0个")
    week = brief(qtbot, desk, BriefKind.WEEKLY)
    assert (week.span, week.sentences[0][:8]) == ("2026-11-23至2026-11-26", "发现疑似问题2个")


def test_a_rectification_that_is_late_stands_first_and_is_counted(
    qtbot: QtBot, office: FakeOffice, desk: BriefDesk
) -> None:
    office.served()
    office.clock.moment += timedelta(days=14)
    told = brief(qtbot, desk, BriefKind.PROGRESS)
    assert told.sentences == ("未销号整改1项，其中逾期1项、三个工作日内到期0项。",)
    assert told.tables[0].rows[0][8] == 5  # 2026-12-01 to 2026-12-08


def test_the_register_of_numbers_keeps_void_ones_and_names_holes(
    qtbot: QtBot, office: FakeOffice, desk: BriefDesk
) -> None:
    first = office.issued(office.confirmed())
    office.desk.act(
        office.people[Role.DEPUTY_HEAD],
        lambda work: cards.cancel_card(work, first.id, "单位名称有误"),
    ).result()
    # another machine takes the 13
    office.desk.write(partial(take_number, series="某效监黄", year=2026)).result()
    office.issued(office.confirmed(started_at=DAY + timedelta(hours=2)))
    rows = brief(qtbot, desk, BriefKind.NUMBERS).tables[0].rows
    assert [row[0] for row in rows] == [f"某效监黄〔2026〕{n}号" for n in (12, 13, 14)]
    assert [row[5] for row in rows] == ["作废", "空号", "待送达"]
    assert rows[0][6] == "单位名称有误"


def test_the_register_lists_what_is_left_of_the_leased_blocks_and_voids_it_with_the_year(
    qtbot: QtBot, office: FakeOffice, desk: BriefDesk
) -> None:
    office.issued(office.confirmed())
    told = brief(qtbot, desk, BriefKind.NUMBERS)
    assert told.sentences == ("登记文号1个；作废0个，空号0个。本机领用的号段尚余9个号未用。",)
    (block,) = told.tables[1].rows
    assert block[1:] == ("某效监黄", 2026, "12—21", 1, 9, "13—21")

    office.clock.moment = datetime(2027, 1, 4, 1, tzinfo=UTC)
    void = partial(void_past_numbers, hall_id=office.plan.hall.id, clock=office.clock)
    assert len(office.desk.act(machine("device"), void).result()) == 1
    assert office.desk.act(machine("device"), void).result() == ()  # once
    told = brief(qtbot, desk, BriefKind.NUMBERS)
    assert [row[5] for row in told.tables[0].rows] == ["待送达", *["作废"] * 9]
    assert told.tables[0].rows[-1][6] == "年度终了，号段未用，列表作废"
    assert told.tables[1].rows[0][5] == 0
    with pytest.raises(NoNumberLeft):
        office.desk.write(partial(take_number, series="某效监黄", year=2026)).result()


def test_the_register_of_service_is_printed_and_leaves_with_its_reason(
    qtbot: QtBot, office: FakeOffice, desk: BriefDesk, tmp_path: Path
) -> None:
    office.served()
    told = brief(qtbot, desk, BriefKind.SERVICE)
    assert told.tables[0].rows[0][1:4] == ("某效监黄〔2026〕12号", "住建局", "直接送达")
    for form in BriefForm:
        with qtbot.waitSignal(desk.exported):
            desk.export(form, tmp_path / desk.file_name(form), "归档")
    table = (tmp_path / desk.file_name(BriefForm.CSV)).read_text("utf-8-sig").splitlines()
    assert table[1].startswith("1,某效监黄〔2026〕12号,住建局,直接送达")
    document = pypdfium2.PdfDocument(tmp_path / desk.file_name(BriefForm.PDF))
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "送达台账" in said
    assert "统计口径" in said
    links = office.desk.look(lambda reading: reading.find(Custody)).result()
    assert [each.reason for each in links if each.subject_id.startswith("brief/")] == ["归档"] * 3


@pytest.mark.parametrize("kind", BriefKind)
def test_an_empty_case_file_gives_an_empty_brief(
    qtbot: QtBot, desk: BriefDesk, kind: BriefKind
) -> None:
    told = brief(qtbot, desk, kind)
    assert told.title == kind_said(kind)
    assert all(table.rows == () for table in told.tables)


def test_the_view_names_what_the_keyboard_reaches(qtbot: QtBot, desk: BriefDesk) -> None:
    view = BriefsView(desk)
    qtbot.addWidget(view)
    view.show()
    assert nameless(view) == []


@pytest.mark.parametrize(
    "states", [FindingState, CardState, DocumentState, RectificationState], ids=lambda s: s.__name__
)
def test_every_state_that_a_register_can_meet_has_its_word(states: type[Enum]) -> None:
    words = assets.report_wording("briefs")["state"]
    assert [state.value for state in states if state.value not in words] == []  # type: ignore[operator]
