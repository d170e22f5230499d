"""The report on paper: every chapter, table and chart, text that can be read back, same bytes."""

import re

import pypdfium2
import pytest

from desktop import assets
from desktop.documents import geometry as g
from desktop.documents.circular import circular_fields, rank_rows
from desktop.documents.fonts import machine_fonts
from desktop.documents.report.charts import chart
from desktop.documents.report.paper import print_report, print_unit_page
from desktop.documents.template import read_template
from desktop.domain.periods import Month, Period, Span
from desktop.domain.report.figures import figures_of
from tests.support.quarter import WORDING, calendar, facts, figures, profile

FONTS = machine_fonts()
MM = 72 / 25.4


@pytest.fixture(scope="module")
def report() -> bytes:
    return print_report(figures(), WORDING, FONTS)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    said = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return said


def test_the_same_figures_give_the_same_bytes(report: bytes) -> None:
    assert print_report(figures(), WORDING, FONTS) == report


def test_every_chapter_table_and_chart_is_there(report: bytes) -> None:
    said = "".join(pages(report))
    for chapter in WORDING["chapter"]:  # type: ignore[attr-defined]
        assert chapter["title"] in said
    for number in range(1, 15):
        assert f"表RT{number}" in said
    for number in range(1, 10):
        assert f"图C{number}" in said


def test_every_table_says_its_scope_its_cut_off_and_its_check(report: bytes) -> None:
    said = "".join(pages(report))
    tables = 15 + said.count("逐月得分") + said.count("扣分明细")
    assert said.count("统计口径：") == tables
    assert said.count("截止时间：2026-10-3018:00。") == tables
    assert said.count("一致。") >= 8


def test_text_of_charts_can_be_selected(report: bytes) -> None:
    page = next(text for text in pages(report) if "图C2" in text)
    assert "窗口345件57.6%" in page


def test_text_stays_inside_the_page_margins(report: bytes) -> None:
    document = pypdfium2.PdfDocument(report)
    for page in document:
        if page.get_rotation():
            continue
        text = page.get_textpage()
        for n in range(text.count_chars()):
            if text.get_text_range(n, 1).strip() in {"", "—"}:
                continue
            left, bottom, right, top = text.get_charbox(n, loose=False)
            assert left > g.LEFT - 2
            assert right < g.RIGHT_EDGE + 2
            assert top < g.TYPE_TOP + 2
            assert bottom > g.TYPE_BOTTOM - g.PAGE_NUMBER_DROP - 16
    document.close()


def test_a_table_of_contents_leads_to_every_chapter_and_unit(report: bytes) -> None:
    document = pypdfium2.PdfDocument(report)
    titles = [item.get_title() for item in document.get_toc()]
    document.close()
    assert len(titles) == 1 + 12 + 1 + 8


def test_each_units_page_says_nothing_of_others() -> None:
    for unit in facts().units[:3]:
        (said,) = pages(print_unit_page(figures(), unit.id, WORDING, FONTS))
        assert unit.name in said
        others = [u for u in facts().units if u.id != unit.id]
        assert not any(o.name in said or o.short_name in said for o in others)


def test_an_empty_month_is_printed_whole() -> None:
    empty = figures_of(
        facts(), Period(Span.MONTH, Month(2024, 2)), profile=profile(), calendar=calendar()
    )
    said = "".join(pages(print_report(empty, WORDING, FONTS)))
    assert "本期没有办件" in said
    assert "本期无记录。" in said
    assert "不参与排名" in said


@pytest.mark.parametrize("number", range(1, 10))
def test_charts_use_no_colour_to_tell_things_apart(number: int) -> None:
    drawing = chart(f"C{number}", figures(), WORDING, FONTS)
    for shape in drawing.contents:
        for name in ("fillColor", "strokeColor"):
            colour = getattr(shape, name, None)
            if colour is not None:
                assert colour.red == pytest.approx(colour.green)
                assert colour.green == pytest.approx(colour.blue)


def test_a_circular_names_the_good_and_the_warned_as_the_ledgers_do() -> None:
    template = read_template(assets.template_file("T15"))
    fields = circular_fields(figures(), template, "2026年8月至10月")
    assert "受理办件600件，办结561件" in str(fields["overview"])
    assert [row[0] for row in rank_rows(figures())] == ["1", "2", "3", "4", "5", "5", "7", "—"]
    warned = {str(line).split("。")[0] for line in fields["criticised"]}
    assert warned.isdisjoint(str(line).split("。")[0] for line in fields["praised"])
    assert "某市住房和城乡建设局" in warned
