from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QDialog
from pytestqt.qtbot import QtBot

from desktop.domain.periods import Month, Period, Span
from desktop.domain.roles import Role
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.reports.briefs import BriefDesk
from desktop.viewmodels.reports.desk import ReportDesk
from desktop.views.kit.buttons import Button
from desktop.views.papers.page import PAPERS_PAGE
from desktop.views.reports.page import ReportsPage
from tests.support.casework import FakeOffice, nameless


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[ReportDesk]:
    office.enter(Role.SECTION_HEAD)
    made = ReportDesk(office)
    yield made
    made.stop()


@pytest.fixture
def page(office: FakeOffice, desk: ReportDesk, qtbot: QtBot) -> Iterator[ReportsPage]:
    briefs = BriefDesk(office)
    made = ReportsPage(desk, briefs)
    qtbot.addWidget(made)
    made.resize(1072, 664)
    made.show()
    yield made
    briefs.stop()


def button(page: ReportsPage, text: str) -> Button:
    return next(b for b in page.findChildren(Button) if b.text() == text and b.isVisible())


def visible(page: ReportsPage, text: str) -> bool:
    return any(b.text() == text and b.isVisible() for b in page.findChildren(Button))


def test_a_report_is_made_shown_and_offered_for_export(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk, page: ReportsPage
) -> None:
    office.served()
    assert page.said_instead().startswith("选定期间")
    assert not visible(page, "导出 PDF")
    button(page, "生成报告").click()
    assert button(page, "停止").isVisible()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    assert page.outcome().startswith("2026年11月：")
    assert nameless(page) == []
    button(page, "导出 PDF").click()
    question = next(each for each in page.findChildren(QDialog) if each.isVisible())
    assert not next(b for b in question.findChildren(Button) if b.text() == "选择位置…").isEnabled()


def test_an_empty_month_is_said_in_words(qtbot: QtBot, desk: ReportDesk, page: ReportsPage) -> None:
    periods = page.findChildren(QComboBox)[1]
    periods.setCurrentIndex(1)
    assert desk.period == Period(Span.MONTH, Month(2026, 10))
    button(page, "生成报告").click()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    assert page.said_instead() == "2026年10月没有问题、发牌、办件和监看的记录，没有可写的报告。"
    assert not visible(page, "导出 PDF")


def test_a_circular_begins_with_the_reports_figures(
    qtbot: QtBot, office: FakeOffice, desk: ReportDesk, page: ReportsPage
) -> None:
    office.served()
    button(page, "生成报告").click()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    assert not visible(page, "起草督查通报")  # a section head drafts no papers
    office.enter(Role.SUPERVISOR)
    page.refresh()
    with qtbot.waitSignal(page.goes_to) as told:
        button(page, "起草督查通报").click()
    target, wish = told.args or [None, None]
    assert target == PAPERS_PAGE
    papers = PapersDesk(office)
    with qtbot.waitSignal(papers.opened):
        papers.begin_circular(wish)
    assert papers.file is not None
    said = papers.file.document.said
    assert "发出预警0次、黄牌警告1张、红牌警告0张" in str(said["overview"])
    assert said["title"] == "关于2026年11月行政审批效能督查情况的通报"
    assert papers.file.document.recipient == "各进驻单位"
    assert papers.editor.gaps == ()
    papers.stop()
