"""A notice as GB/T 9704 wants it, measured in the PDF itself."""

import io
import re
from datetime import UTC, datetime
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop import assets
from desktop.documents import geometry as g
from desktop.documents.card_paper import lasting
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import Face, machine_fonts
from desktop.documents.form import print_form
from desktop.documents.lines import NOT_FIRST, NOT_LAST, break_lines
from desktop.documents.notice import Annex, Exhibit, Picture, numbered, print_notice
from desktop.documents.preview import page_pngs
from desktop.documents.template import content_of, digest_of, filled, read_template

NOTICE = read_template(assets.template_file("T02"))
RECEIPT = read_template(assets.template_file("T11"))
FONTS = machine_fonts()
MM = 72 / 25.4


def fields(**more: object) -> dict[str, object]:
    return {
        "organ": "某市行政效能监察办公室", "doc_no": "某效监黄〔2026〕12号",
        "unit": "某市住房和城乡建设局",
        "facts": "你单位05号窗口" + "连续无人值守，" * 20 + "无请假登记。",
        "violated": "《管理办法》第十二条", "basis": "《监察办法》第二十一条第二项",
        "requirements": ["立即恢复窗口服务", "查明原因"], "rectify_due": "2026年11月30日",
        "appeal_days": "5", "appeal_office": "申诉受理科", "contact": "周宁",
        "phone": "0000-8712345", "issued_on": "2026年11月24日", "evidence": ["ab" * 32],
    } | more  # fmt: skip


def annex() -> Annex:
    picture = io.BytesIO()
    Image.new("RGB", (320, 180), (90, 120, 150)).save(picture, "JPEG")
    exhibit = Exhibit("起始画面", datetime(2026, 11, 23, 1, 26, tzinfo=UTC), 12345, "ab" * 32)
    return Annex((exhibit,), (Picture(picture.getvalue(), "起始画面"),))


def notice(**more: object) -> bytes:
    return print_notice(NOTICE, fields(**more), annex(), FONTS)  # type: ignore[arg-type]


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    said = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return said


def test_the_same_input_gives_the_same_bytes() -> None:
    assert notice() == notice()


def test_everything_said_can_be_read_back_from_the_pdf() -> None:
    said = re.sub(r"\s", "", "".join(texts(notice())))
    for part in ("某效监黄〔2026〕12号", "黄牌警告通知书", "二、查明原因。", "附件2", "回执"):
        assert part in said.replace("\u3000", "")


def test_text_stays_inside_the_type_area() -> None:
    document = pypdfium2.PdfDocument(notice())
    for page in document:
        text = page.get_textpage()
        for n in range(text.count_chars()):
            if text.get_text_range(n, 1).strip() in {"", "—"}:
                continue
            left, bottom, right, top = text.get_charbox(n, loose=False)
            assert left > g.LEFT - 1
            assert right < g.RIGHT_EDGE + 1
            assert top < g.TYPE_TOP + 1
            assert bottom > g.TYPE_BOTTOM - g.PAGE_NUMBER_DROP - 16
    document.close()


def test_lines_and_characters_stand_on_the_grid_of_the_standard() -> None:
    document = pypdfium2.PdfDocument(notice(facts="连续无人值守窗口" * 30 + "。"))
    text = document[0].get_textpage()
    boxes = [
        (text.get_charbox(n, loose=True), text.get_text_range(n, 1))
        for n in range(text.count_chars())
    ]
    starts = sorted(b[0] for b, c in boxes if c == "续")
    lows = sorted({round(b[1], 1) for b, c in boxes if c == "续"}, reverse=True)
    document.close()
    assert (lows[0] - lows[1]) / MM == pytest.approx(10.227, abs=0.05)
    columns = sorted({round((x - g.LEFT) / g.CHARACTER_PITCH, 1) for x in starts})
    assert all(abs(c - round(c)) < 0.15 for c in columns)


def test_every_font_is_embedded() -> None:
    assert b"/Helvetica" not in notice()
    assert notice().count(b"/FontFile2") >= 3


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(DocumentError) as caught:
        notice(contact="\U000e0041")
    assert caught.value.trouble is DocumentTrouble.NO_GLYPH
    assert caught.value.subject == "\U000e0041"


def test_a_field_that_is_missing_is_named() -> None:
    with pytest.raises(DocumentError) as caught:
        notice(basis=" ")
    assert (caught.value.trouble, caught.value.subject) == (DocumentTrouble.MISSING_FIELD, "basis")


def test_the_digest_covers_the_text_but_not_number_and_day() -> None:
    digest = digest_of(content_of(NOTICE, fields()))  # type: ignore[arg-type]
    numbered_later = fields(doc_no="某效监黄〔2026〕13号", issued_on="2026年12月1日")
    assert digest_of(content_of(NOTICE, numbered_later)) == digest  # type: ignore[arg-type]
    assert digest_of(content_of(NOTICE, fields(unit="另一局"))) != digest  # type: ignore[arg-type]


def test_the_proof_of_service_ticks_one_way() -> None:
    names = ("organ", "doc_no", "recipient", "place", "received_at", "receiver")
    said = dict.fromkeys((*names, "deliverers", "recorded_by"), "某")
    said |= {"ways": "■ 直接送达\n□ 邮寄送达", "witness": "", "note": ""}
    pdf = print_form(RECEIPT, said, FONTS)
    (page,) = texts(pdf)
    assert "送达回证" in page
    assert "邮寄送达" in page


def test_a_page_can_be_looked_at() -> None:
    first = next(page_pngs(notice(), scale=1.0))
    assert Image.open(io.BytesIO(first)).size == (596, 842)


MARKED = "办理窗口无人值守，。；：（）《》“”0123456789年月日A"
words = st.text(alphabet=MARKED, min_size=1, max_size=200)


@given(words, st.integers(8, 28))
def test_no_line_begins_or_ends_with_a_forbidden_mark_and_nothing_is_lost(
    text: str, width: int
) -> None:
    def measure(part: str) -> float:
        return sum(1.0 if ord(c) > 0x2E80 or c in "“”" else 0.5 for c in part)

    lines = break_lines(text, width, measure, indent=2)
    assert "".join(lines) == text
    for before, after in pairwise(lines):
        only_marks = set(before) <= NOT_FIRST | NOT_LAST or set(after) <= NOT_FIRST | NOT_LAST
        assert only_marks or after[0] not in NOT_FIRST or _is_run(before, after)
        assert only_marks or before[-1] not in NOT_LAST or _is_run(before, after)


def _is_run(before: str, after: str) -> bool:
    """A run of marks longer than a line has nothing to be carried with."""
    marks = NOT_FIRST | NOT_LAST
    return all(c in marks for c in before[1:]) or all(c in marks for c in after[:-1])


def test_requirements_are_numbered_and_end_as_a_list() -> None:
    assert numbered(["恢复服务。", "查明原因"]) == ["一、恢复服务；", "二、查明原因。"]


def test_durations_are_written_as_people_say_them() -> None:
    assert [lasting(s) for s in (912, 900, 45)] == ["15分12秒", "15分钟", "45秒"]


def test_a_field_in_braces_is_replaced_once() -> None:
    assert filled("{a}和{b}", {"a": "{b}", "b": "乙"}) == "{b}和乙"


def test_faces_say_which_file_was_taken() -> None:
    assert {taken.face for taken in FONTS.taken} == set(Face)
