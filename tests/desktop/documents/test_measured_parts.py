"""The parts of a red-head paper, measured in millimetres by a reader that is not ours."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pytest
from pypdfium2 import raw

from desktop import assets
from desktop.documents.paper import print_paper
from desktop.documents.template import read_template
from tests.support.golden_pages import shipped_fonts

MM = 72 / 25.4
SAMPLES = dict(assets.sample_papers())
LINE = 225 / 22  # millimetres
SQUARE = 156 / 28
Box = tuple[float, float, float, float]  # left, right, top, bottom in mm from the upper left corner


class Page:
    """What stands on a page, and where."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page, self._high = page, page.get_height()
        text = page.get_textpage()
        self.characters = [
            (text.get_text_range(n, 1), self._box(*text.get_charbox(n, loose=False)))
            for n in range(text.count_chars())
        ]
        self.sizes = [
            (text.get_text_range(n, 1), raw.FPDFText_GetFontSize(text, n))
            for n in range(text.count_chars())
        ]

    def first(self, words: str) -> tuple[Box, Box]:
        """The boxes of the first and the last character of words."""
        said = "".join(c for c, _ in self.characters)
        at = said.index(words)
        return self.characters[at][1], self.characters[at + len(words) - 1][1]

    def size_of(self, words: str) -> float:
        said = "".join(c for c, _ in self.sizes)
        return self.sizes[said.index(words)][1]

    def rules(self) -> Iterator[tuple[Box, float]]:
        """Lines over the width of the type area, with their thickness."""
        for item in self._page.get_objects():
            if item.type != raw.FPDF_PAGEOBJ_PATH:
                continue
            left, bottom, right, top = item.get_bounds()
            wide = ctypes.c_float()
            raw.FPDFPageObj_GetStrokeWidth(item, wide)
            if (right - left) / MM > 150 and (top - bottom) / MM < 2:
                yield self._box(left, bottom, right, top), wide.value / MM

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        return left / MM, right / MM, (self._high - top) / MM, (self._high - bottom) / MM


@pytest.fixture(scope="module")
def pages() -> Iterator[list[Page]]:
    fields = {**SAMPLES["common"], **SAMPLES["T07"]}  # type: ignore[dict-item]
    pdf = print_paper(read_template(assets.template_file("T07")), fields, shipped_fonts())
    document = pypdfium2.PdfDocument(pdf)
    yield [Page(page) for page in document]
    document.close()


def middle(box: Box) -> float:
    return (box[2] + box[3]) / 2


def test_the_red_head_begins_35_mm_below_the_type_area(pages: list[Page]) -> None:
    organ, _ = pages[0].first("某市行政效能监察办公室")
    assert organ[2] == pytest.approx(37 + 35, abs=2)  # ink begins a little below the square


def test_the_number_stands_in_the_middle_two_lines_below_and_the_rule_4_mm_under_it(
    pages: list[Page],
) -> None:
    first, last = pages[0].first("某效监〔2026〕15号")
    _, organ = pages[0].first("某市行政效能监察办公室")
    assert (first[0] + last[1]) / 2 == pytest.approx(28 + 78, abs=1)
    assert first[2] - organ[3] == pytest.approx(2 * LINE, abs=2)
    (rule, _), *_ = pages[0].rules()
    assert (rule[2] + rule[3]) / 2 - first[3] == pytest.approx(4, abs=1)
    assert (rule[0], rule[1]) == (pytest.approx(28, abs=1), pytest.approx(184, abs=1))


def test_title_text_and_page_number_have_the_sizes_of_the_standard(pages: list[Page]) -> None:
    assert pages[0].size_of("关于开展效能监察的通知") == pytest.approx(22, abs=0.1)
    assert pages[0].size_of("根据《某市") == pytest.approx(16, abs=0.1)
    assert pages[0].size_of("— 1 —") == pytest.approx(14, abs=0.1)


def test_a_paragraph_begins_two_characters_in(pages: list[Page]) -> None:
    first, _ = pages[0].first("根据《某市")
    assert first[0] == pytest.approx(28 + 2 * SQUARE, abs=1)


def test_the_page_number_stands_7_mm_below_the_type_area(pages: list[Page]) -> None:
    for number, page in enumerate(pages, 1):
        dash, _ = page.first(f"— {number} —")
        assert middle(dash) == pytest.approx(37 + 225 + 7, abs=1)


def test_the_date_ends_four_characters_from_the_edge_and_the_organ_is_centred_on_it(
    pages: list[Page],
) -> None:
    first, last = pages[-1].first("2026年10月16日")
    assert last[1] == pytest.approx(184 - 4 * SQUARE, abs=1.5)
    said = "".join(c for c, _ in pages[-1].characters)
    organ = said.rindex("某市行政效能监察办公室", 0, said.index("2026年10月16日"))
    name, end = pages[-1].characters[organ][1], pages[-1].characters[organ + 10][1]
    assert (name[0] + end[1]) / 2 == pytest.approx((first[0] + last[1]) / 2, abs=1.5)
    assert middle(first) - middle(name) == pytest.approx(LINE, abs=0.5)


def test_the_imprint_ends_with_the_type_area_in_a_rule_of_035_mm(pages: list[Page]) -> None:
    rules = sorted(pages[-1].rules(), key=lambda each: each[0][2])
    (first, thick), (_, thin), (last, thickest) = rules
    assert (last[2] + last[3]) / 2 == pytest.approx(37 + 225, abs=0.3)
    assert (thick, thin, thickest) == (
        pytest.approx(0.35, abs=0.02), pytest.approx(0.25, abs=0.02), pytest.approx(0.35, abs=0.02),
    )  # fmt: skip
    assert first[2] < last[2]
