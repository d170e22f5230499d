"""Everything is found from one page, the palette and a link; what one opened comes first."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.findings import Finding
from desktop.domain.roles import Role
from desktop.viewmodels.links import RecordLink, read_link
from desktop.viewmodels.search import SearchDesk, Span, Wishes
from desktop.views.frame import Frame
from desktop.views.kit.icons import Icon
from desktop.views.page import Page, PageEntry
from desktop.views.search_page import SearchPage, search_entry
from desktop.workers.finder import Finder
from tests.support.casework import FakeOffice
from tests.support.screens import unnamed

LONG = 30_000  # ms: a busy machine is no fault of the code


@pytest.fixture
def finding(office: FakeOffice) -> Finding:
    return office.confirmed()


@pytest.fixture
def desk(qtbot: QtBot, office: FakeOffice, finding: Finding) -> Iterator[SearchDesk]:
    titles = {rule.id: rule.wording["zh"].name for rule in office.catalogue.rules()}
    finder = Finder(office.desk, titles)
    finder.start()
    office.enter(Role.SUPERVISOR)
    desk = SearchDesk(office, finder)
    desk.take_reader()
    yield desk
    desk.stop()
    finder.stop()
    office.close()  # nothing must be posting into what is deleted
    delete(desk)


@pytest.fixture
def page(qtbot: QtBot, desk: SearchDesk) -> Iterator[SearchPage]:
    page = SearchPage(desk)
    page.show()
    page.arrive()
    yield page
    page.close()
    delete(page)  # before what it shows


def look(qtbot: QtBot, desk: SearchDesk, words: str, wishes: Wishes = Wishes()) -> list[str]:  # noqa: B008  # frozen
    """Look until something is there; the index follows what was written."""

    def there() -> bool:
        with qtbot.waitSignal(desk.changed, timeout=LONG):
            desk.search(words, wishes)
        return bool(desk.model.rows)

    qtbot.waitUntil(there, timeout=LONG)
    return [row.cells[0] for row in desk.model.rows]


def test_a_few_characters_find_records_and_the_manual(
    qtbot: QtBot, desk: SearchDesk, page: SearchPage
) -> None:
    assert "疑似问题" in look(qtbot, desk, "住房")
    assert "共" in page.heading()
    assert "手册" in look(qtbot, desk, "拟稿")
    assert not unnamed(page)


def test_typing_asks_by_itself_and_nothing_found_says_what_to_do(
    qtbot: QtBot, desk: SearchDesk, page: SearchPage
) -> None:
    page.field.setText("查无此词")
    qtbot.waitUntil(lambda: "没有找到" in page.said_instead(), timeout=LONG)


def test_filters_narrow(qtbot: QtBot, desk: SearchDesk, page: SearchPage) -> None:
    assert set(look(qtbot, desk, "", Wishes(kind="finding"))) == {"疑似问题"}
    assert look(qtbot, desk, "住房", Wishes("finding", Span.YEAR, state="CONFIRMED"))
    assert ("CONFIRMED", "属实") in desk.states()


def test_what_was_opened_and_pinned_is_there_next_time(
    qtbot: QtBot, office: FakeOffice, desk: SearchDesk, page: SearchPage, finding: Finding
) -> None:
    look(qtbot, desk, "住房", Wishes(kind="finding"))
    key = f"finding/{finding.id}"
    with qtbot.waitSignal(page.goes_to, timeout=LONG) as led:
        page.table.opened.emit(key)
    assert led.args == ["review", finding.id]
    desk.turn_pin(key)
    desk.note("window", office.plan.windows[0].id)
    office.desk.write(lambda _: None).result()  # what was noted is kept by now
    again = SearchDesk(office, desk._finder)
    with qtbot.waitSignal(again.changed, timeout=LONG):
        again.take_reader()
    qtbot.waitUntil(lambda: len(again.model.rows) == 2, timeout=LONG)
    assert again.model.rows[0].cells[1].startswith("★")
    assert again.count is None
    again.stop()


def test_a_link_leads_to_what_it_was_copied_from(
    qtbot: QtBot, desk: SearchDesk, page: SearchPage, finding: Finding
) -> None:
    look(qtbot, desk, "住房", Wishes(kind="finding"))
    page.copy.click()
    link = read_link(QGuiApplication.clipboard().text())
    assert link == RecordLink("finding", finding.id)


@pytest.fixture
def frame(desk: SearchDesk) -> Iterator[Frame]:
    entries = [PageEntry("blank", Icon.GRID, lambda: "空白", Page), search_entry(desk)]
    frame = Frame(entries, QMenu())
    frame.show()
    yield frame
    frame.close()
    delete(frame)  # before what it shows


def test_the_palette_searches_everywhere(qtbot: QtBot, desk: SearchDesk, frame: Frame) -> None:
    frame.show_page("blank")
    page = frame.page("blank")
    assert page is not None
    with qtbot.waitSignal(frame.subject_shown) as shown:
        page.subject_shown.emit("card", "card-1")
    assert shown.args == ["card", "card-1"]
    copy = next(each for each in frame.actions() if each.text() == "复制这条记录的链接")
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "hallwatch://card/card-1"
    frame._search_for("住房")
    assert frame.current_id == "search"
    assert not copy.isEnabled()
    qtbot.waitUntil(lambda: desk.words == "住房", timeout=LONG)
