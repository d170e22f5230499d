"""The page of data collection: who owes what, what came, and the reminder."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from desktop.assembly.imports import import_file
from desktop.domain.collection import CollectionDuty
from desktop.domain.evidence import AuditRow
from desktop.domain.identifiers import new_id
from desktop.domain.periods import Month
from desktop.domain.roles import Role
from desktop.usecases.collection import lacking_of
from desktop.usecases.registers import keep_record
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.collection import CollectionDesk, Received
from desktop.viewmodels.quality import QualityDesk
from desktop.views.collection.page import CollectionPage, ReceivedQuestion
from desktop.views.kit.buttons import Button
from desktop.workers.errands import Errands
from tests.support.casework import FakeOffice, nameless
from tests.support.foreign_files import text_file
from tests.support.profiles import person

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[CollectionDesk]:
    office.door.actor = person(Role.DATA_MGR)
    made = CollectionDesk(office)
    yield made
    made.stop()


def owing(office: FakeOffice) -> CollectionDuty:
    plan = office.plan
    duty = CollectionDuty(new_id(), plan.hall.id, plan.units[0].id, "办件数据", since=OCTOBER)
    keep = partial(keep_record, thing=duty, is_new=True)
    office.desk.act(person(Role.DATA_MGR), keep).result()
    return duty


@pytest.fixture
def quality(office: FakeOffice, qtbot: QtBot) -> Iterator[QualityDesk]:
    errands = Errands()
    approvals = ApprovalsDesk(office, errands)
    made = QualityDesk(office, approvals, errands)
    with qtbot.waitSignal(approvals.listed):
        approvals.refresh()
    yield made
    made.stop()
    approvals.stop()
    errands.close()


def arrived(qtbot: QtBot, desk: CollectionDesk, quality: QualityDesk) -> CollectionPage:
    page = CollectionPage(desk, quality)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    return page


def press(page: CollectionPage, text: str) -> None:
    next(b for b in page.findChildren(Button) if b.text() == text and b.isVisible()).click()


def test_without_duties_the_page_says_where_they_are_registered(
    qtbot: QtBot, desk: CollectionDesk, quality: QualityDesk
) -> None:
    page = arrived(qtbot, desk, quality)
    assert page.said_instead().startswith("还没有到期的报送责任")
    assert nameless(page) == []


def test_what_did_not_come_is_reminded_of_on_paper(
    qtbot: QtBot, office: FakeOffice, desk: CollectionDesk, quality: QualityDesk, tmp_path: Path
) -> None:
    owing(office)
    page = arrived(qtbot, desk, quality)
    (row,) = desk.model.rows
    assert row.cells[2:4] == ("2026-10", "2026-11-06")
    assert row.cells[-1] == "未报，超期 12 个工作日"
    desk.choose(row.key)
    target = tmp_path / "催报单.pdf"
    with qtbot.waitSignal(page.noticed):
        desk.remind(target, "月度催报")
    with pypdfium2.PdfDocument(target.read_bytes()) as pdf:
        said = "".join("".join(p.get_textpage().get_text_range() for p in pdf).split())
    for words in ("数据催报单", "某市住房和城乡建设局", "办件数据", "已超过报送期限12个工作日"):
        assert words in said
    with office.desk.store.look() as reading:
        (note,) = (each for each in reading.find(AuditRow) if each.action == "collection.remind")
    assert note.reason == "月度催报"


def test_what_came_short_is_written_down_and_counts_in_the_score(
    qtbot: QtBot, office: FakeOffice, desk: CollectionDesk, quality: QualityDesk
) -> None:
    duty = owing(office)
    page = arrived(qtbot, desk, quality)
    desk.choose(desk.model.rows[0].key)
    press(page, "登记报送…")
    question = page.findChild(ReceivedQuestion)
    assert question is not None
    question.reported.setValue(95)
    question.counted.setValue(100)
    with qtbot.waitSignals([desk.recorded, desk.listed]):
        question.go.click()
    qtbot.waitUntil(lambda: desk.model.rows[0].cells[5] == "95")
    assert desk.model.rows[0].cells[-1] == "迟报 12 个工作日；少报 5 件"
    assert desk.owing == 1
    with office.desk.store.look() as reading:
        lacking = lacking_of(reading, duty.hall_id, desk.today(), office.calendar)
    assert lacking == {(duty.unit_id, Month(2026, 10)): 5}
    desk.record(Received(desk.today(), 100, 100))
    qtbot.waitUntil(lambda: desk.owing == 0)
    desk.narrow(only_owed=True)
    assert page.said_instead() == "都已按时报全。"


def test_a_delivery_before_the_period_is_over_is_refused(
    qtbot: QtBot, office: FakeOffice, desk: CollectionDesk, quality: QualityDesk
) -> None:
    owing(office)
    arrived(qtbot, desk, quality)
    desk.choose(desk.model.rows[0].key)
    with qtbot.waitSignal(desk.refused):
        desk.record(Received(date(2026, 10, 20), 1))


def test_who_keeps_no_data_records_nothing(
    qtbot: QtBot, office: FakeOffice, desk: CollectionDesk, quality: QualityDesk
) -> None:
    owing(office)
    office.enter(Role.SUPERVISOR)
    arrived(qtbot, desk, quality)
    assert not desk.may_record()


def test_the_quality_of_what_units_sent_is_summed_up_and_leaves_as_a_table(
    qtbot: QtBot, office: FakeOffice, desk: CollectionDesk, quality: QualityDesk, tmp_path: Path
) -> None:
    rows = (
        "A-1,0101,住建,2026-11-02 09:00,2026-11-03 09:00,5个工作日,2026-11-04 10:00",
        "A-2,,住建,2026-11-02 09:00,2026-11-03 09:00,,2026-11-04 10:00",
        "A-3,0101,住建,2026-11-02 09:00,2026-11-05 09:00,5个工作日,2026-11-04 10:00",
        "B-1,0202,市场局,2026-11-02 09:00,2026-11-03 09:00,5个工作日,2026-11-04 10:00",
    )
    header = "办件编号,事项编码,办理单位,收件时间,受理时间,承诺时限,办结时间"
    path = text_file(tmp_path, header, *rows)
    hall, actor = office.plan.hall.id, person(Role.DATA_MGR)
    import_file(office.desk, path, hall_id=hall, actor=actor, clock=office.clock)
    page = arrived(qtbot, desk, quality)
    quality.begin()
    qtbot.waitUntil(lambda: bool(quality.model.rows))
    told = [row.cells for row in quality.model.rows]
    assert told == [
        ("住建", "3", "1", "1", "1", "0", "33.3%"),
        ("市场局", "1", "0", "0", "0", "0", "100.0%"),
    ]
    target = tmp_path / "quality.csv"
    with qtbot.waitSignal(page.noticed):
        quality.export(target, "发单位补正")
    assert "住建,3,1,1,1,0,33.3%" in target.read_text("utf-8-sig")
