"""The report as a web page: whole, well formed, escaped, and on its own."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from desktop.documents.fonts import machine_fonts
from desktop.documents.report.html import report_html
from desktop.domain.report.figures import figures_of
from tests.support.quarter import WORDING, calendar, facts, figures, profile

PAGE = report_html(figures(), WORDING, machine_fonts())
VOID = {"meta", "br"}


class Tags(HTMLParser):
    """Follows the open tags and refuses one that closes another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_chapter_table_and_chart_is_on_the_page() -> None:
    tags = Tags()
    tags.feed(PAGE.decode())
    assert tags.open == []
    counts = {tag: tags.seen.count(tag) for tag in ("h2", "table", "svg")}
    assert counts == {"h2": 12, "table": 15, "svg": 9}


def test_the_same_figures_give_the_same_page_and_nothing_is_fetched() -> None:
    assert report_html(figures(), WORDING, machine_fonts()) == PAGE
    assert not re.search(r"<(script|link|img|iframe)|(src|href)=\"http", PAGE.decode())


def test_a_name_that_is_markup_is_shown_as_it_is_written() -> None:
    organ = replace(facts().organ, name="<b>甲&乙</b>")
    named = replace(facts(), organ=organ)
    made = figures_of(named, figures().period, profile=profile(), calendar=calendar())
    page = report_html(made, WORDING, machine_fonts()).decode()
    assert "&lt;b&gt;甲&amp;乙&lt;/b&gt;" in page
    assert "<b>" not in page
