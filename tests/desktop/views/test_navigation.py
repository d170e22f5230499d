"""The rail on a low screen: all pages can be reached, and the foot stays."""

from pytestqt.qtbot import QtBot

from desktop.views.kit.icons import Icon
from desktop.views.navigation import NavButton, Navigation
from desktop.views.page import Page, PageEntry


def entry(number: int, *, at_foot: bool = False) -> PageEntry:
    return PageEntry(f"p{number}", Icon.GRID, lambda: "页", Page, at_foot=at_foot)


def test_more_pages_than_there_is_room_for_scroll(qtbot: QtBot) -> None:
    pages = [entry(number) for number in range(24)]
    rail = Navigation([*pages, entry(99, at_foot=True)], "督察")
    qtbot.addWidget(rail)
    assert rail.minimumSizeHint().height() <= 400
    rail.resize(208, 480)
    rail.show()
    last = next(b for b in rail.findChildren(NavButton) if b.entry.page_id == "p23")
    assert last.visibleRegion().isEmpty()
    rail.show_current("p23")
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    foot = next(b for b in rail.findChildren(NavButton) if b.entry.at_foot)
    assert not foot.visibleRegion().isEmpty()
