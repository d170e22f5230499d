"""A report from the real case file: what is in it, what is said to be missing, how it leaves."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from desktop.domain.errors import DomainError
from desktop.domain.evidence import Custody, StateSpan
from desktop.domain.identifiers import new_id
from desktop.domain.periods import Month, Period, Span, period_of
from desktop.domain.roles import Role, machine
from desktop.storage import cases
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.reports.desk import Form, ReportDesk, period_said
from tests.support.casework import FakeOffice
from tests.support.profiles import DAY
from tests.support.quarter import facts as quarter

NOVEMBER = Period(Span.MONTH, Month(2026, 11))


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[ReportDesk]:
    office.enter(Role.SECTION_HEAD)
    made = ReportDesk(office)
    yield made
    made.stop()


def made(qtbot: QtBot, desk: ReportDesk) -> None:
    desk.make()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)


def watched(office: FakeOffice, minutes: dict[str, int]) -> None:
    """Keep a window's timeline from nine o'clock on."""

    def keep(work: UnitOfWork) -> None:
        at = DAY
        for state, lasting in minutes.items():
            end = at + timedelta(minutes=lasting)
            window, camera = office.plan.windows[0], office.plan.cameras[0]
            span = StateSpan(
                new_id(), office.plan.hall.id, window.id, camera.id, state, "NONE", at, end
            )
            work.add(span)
            at = end
        work.note("watch.keep", f"window/{office.plan.windows[0].id}")

    office.desk.act(machine("device"), keep).result()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "".join(pages).replace("\r", "").replace("\n", "")


def test_a_report_tells_what_the_case_file_holds_and_what_it_does_not(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk
) -> None:
    office.served()
    office.propose(items=(), window_id=office.plan.windows[1].id)
    watched(office, {"READY": 45, "ABSENT": 15, "UNKNOWN": 20})
    desk.choose(NOVEMBER)
    made(qtbot, desk)

    report = desk.report
    assert report is not None
    assert len(desk.pages) == len(report.pages) > 3
    told = text_of(report.pdf)
    assert "发现疑似问题2个，核实属实1个" in told
    assert "黄牌1张、红牌0张" in told
    (row,) = next(table for table in report.tables if table.code == "RT5").rows
    assert row[1] == "某效监黄〔2026〕12号"
    assert "在岗率75.0%" in told
    assert "不能判断25.0%" in told
    assert "没有监看记录，未计入在岗率" in told
    assert "本系统没有办件台账" in told
    assert "受理0件" not in told
    assert [table.code for table in report.tables] == ["RT4", "RT5", "RT6", "RT7", "RT14", "RT15"]
    assert len(desk.absent()) == 6


def test_cases_that_were_taken_in_are_counted_and_those_of_strangers_named(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk
) -> None:
    unit, hall = office.plan.units[0].id, office.plan.hall.id
    months = [bundle for bundle in quarter().bundles if bundle.case.completed_at][:40]
    own = [b._replace(case=b.case._replace(unit_id=unit)) for b in months[1:]]

    def take_in(connection: Connection) -> None:
        cases.stage(connection, cases.Arrival(hall, "batch"), [months[0], *own])
        cases.settle(connection, "batch")

    office.desk.write(take_in).result()
    first = min(b.case.completed_at for b in own if b.case.completed_at)
    desk.choose(period_of(Span.QUARTER, first.date()))
    made(qtbot, desk)

    assert desk.trouble is None
    assert desk.report is not None
    (unit_row, total) = next(t for t in desk.report.tables if t.code == "RT2").rows
    assert unit_row[2] == total[2] == 39
    told = text_of(desk.report.pdf)
    assert f"{months[0].case.case_no}：承办单位未在本系统登记" in told
    assert "没有窗口监看记录" in told


def test_a_period_without_a_record_is_answered_with_no_report(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk
) -> None:
    office.served()
    desk.choose(Period(Span.MONTH, Month(2026, 10)))
    made(qtbot, desk)
    assert desk.report is not None
    assert desk.report.is_empty
    assert desk.pages == ()
    assert desk.trouble is None


def test_making_can_be_stopped(qtbot: QtBot, office: FakeOffice, desk: ReportDesk) -> None:
    office.served()
    desk.make()
    assert desk.is_busy
    desk.cancel()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    assert desk.report is None or desk.report.pdf
    made(qtbot, desk)
    assert desk.report is not None


def test_a_report_leaves_in_four_forms_and_each_time_with_its_reason(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk, tmp_path: Path
) -> None:
    office.served()
    made(qtbot, desk)
    assert desk.report is not None
    for form, code in ((Form.PDF, ""), (Form.XLSX, ""), (Form.CSV, "RT5"), (Form.HTML, "")):
        target = tmp_path / desk.file_name(form, code)
        with qtbot.waitSignal(desk.exported):
            desk.export(form, target, "送审", code)
    names = sorted(path.name for path in tmp_path.glob("效能评估报告*"))
    assert names == [
        "效能评估报告 2026年11月 RT5.csv", "效能评估报告 2026年11月.html",
        "效能评估报告 2026年11月.pdf", "效能评估报告 2026年11月.xlsx",
    ]  # fmt: skip
    assert "某效监黄〔2026〕12号" in (tmp_path / names[1]).read_text("utf-8")
    assert (tmp_path / names[2]).read_bytes() == desk.report.pdf
    book = load_workbook(io.BytesIO((tmp_path / names[3]).read_bytes()))
    assert book.sheetnames == [table.code for table in desk.report.tables]
    assert "某效监黄〔2026〕12号" in (tmp_path / names[0]).read_text("utf-8-sig")
    links = office.desk.look(lambda reading: reading.find(Custody)).result()
    assert [each.reason for each in links if each.subject_id.startswith("report/")] == ["送审"] * 4

    with qtbot.waitSignal(desk.refused) as refusal:
        desk.export(Form.PDF, tmp_path / "no.pdf", " ")
    assert isinstance(refusal.args[0], DomainError)
    assert not (tmp_path / "no.pdf").exists()


def test_the_periods_offered_have_begun(office: FakeOffice, desk: ReportDesk) -> None:
    office.clock.moment = datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert desk.periods(Span.MONTH)[0] == NOVEMBER
    assert [period_said(desk.periods(span)[0]) for span in Span] == [
        "2026年11月", "2026年第4季度", "2026年下半年", "2026年",
    ]  # fmt: skip
    assert desk.periods(Span.YEAR)[-1].start == Month(2021, 1)


def test_a_locked_report_stays_and_a_later_one_lists_what_differs(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk
) -> None:
    office.served()
    made(qtbot, desk)
    assert not desk.may_lock  # a section head checks reports and does not sign them
    office.enter(Role.HEAD)
    assert desk.may_lock
    with qtbot.waitSignal(desk.locked):
        desk.lock()
    assert not desk.may_lock
    first = desk.report
    assert first is not None

    made(qtbot, desk)
    assert desk.report is not None
    assert desk.report.differences == ()
    assert [each.locked_by for each in desk.report.kept] == ["孙正"]

    office.propose(items=(), window_id=office.plan.windows[1].id)
    office.issued(office.confirmed(started_at=DAY + timedelta(hours=2)))
    made(qtbot, desk)
    assert desk.report is not None
    assert any(d.table == "RT5" and "13号" in d.row for d in desk.report.differences)
    assert "与上一版本的差异" in text_of(desk.report.pdf)
    with qtbot.waitSignal(desk.locked) as number:
        desk.lock()
    assert number.args == [2]

    with qtbot.waitSignal(desk.changed):
        desk.show_version(first.kept[0].version if first.kept else desk.report.kept[0].version)
    qtbot.waitUntil(lambda: len(desk.pages) == len(first.pages), timeout=20_000)
    desk.show_made()
    assert desk.pages == desk.report.pages


def test_a_circular_is_drafted_from_the_figures_without_number_day_and_seal(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk, tmp_path: Path
) -> None:
    office.served()
    made(qtbot, desk)
    target = tmp_path / desk.file_name(Form.CIRCULAR)
    assert target.name == "督查通报（稿） 2026年11月.pdf"
    with qtbot.waitSignal(desk.exported):
        desk.export(Form.CIRCULAR, target, "拟稿")
    told = text_of(target.read_bytes())
    assert "（待编号）" in told
    assert "受到黄牌警告1次、红牌警告0次" in told
    assert "受理办件" not in told  # no cases are kept here
