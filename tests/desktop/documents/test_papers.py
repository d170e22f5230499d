"""Papers as GB/T 9704 wants them, measured in the PDF itself by a reader that is not ours."""

import io
import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop import assets
from desktop.documents import geometry as g
from desktop.documents.annexes import Annex, Exhibit, Picture
from desktop.documents.card_paper import caption_of, found_by, lasting
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.flow import heading_of, numbered, numeral
from desktop.documents.fonts import Face, machine_fonts
from desktop.documents.lines import NOT_FIRST, NOT_LAST, break_lines, title_shape
from desktop.documents.paper import print_paper
from desktop.documents.preview import page_pngs
from desktop.documents.seal import demonstration_seal
from desktop.documents.template import code_of, content_of, digest_of, filled, read_template
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CameraId, Digest, EvidenceId, FindingId, HallId
from tests.support.golden_pages import shipped_fonts

NOTICE = read_template(assets.template_file("T02"))
RECEIPT = read_template(assets.template_file("T11"))
FONTS = machine_fonts()
RARE = "𬺓"  # no font that is shipped has it
MM = 72 / 25.4
IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE


def fields(**more: object) -> dict[str, object]:
    return {
        "organ": "某市行政效能监察办公室", "doc_no": "某效监黄〔2026〕12号",
        "unit": "某市住房和城乡建设局", "found_by": "视频监察",
        "facts": "你单位05号窗口" + "连续无人值守，" * 20 + "无请假登记。",
        "violated": "《管理办法》第十二条", "basis": "《监察办法》第二十一条第二项",
        "requirements": ["立即恢复窗口服务", "查明原因"], "rectify_due": "2026年11月30日",
        "appeal_days": "5", "appeal_office": "申诉受理科", "contact": "周宁",
        "phone": "0000-8712345", "issued_on": "2026年11月24日", "evidence": ["ab" * 32],
        "copy_to": "",
    } | more  # fmt: skip


def annex() -> Annex:
    picture = io.BytesIO()
    Image.new("RGB", (320, 180), (90, 120, 150)).save(picture, "JPEG")
    exhibit = Exhibit("起始画面", datetime(2026, 11, 23, 1, 26, tzinfo=UTC), 12345, "ab" * 32)
    return Annex((exhibit,), (Picture(picture.getvalue(), "起始画面"),))


def notice(**more: object) -> bytes:
    return print_paper(NOTICE, fields(**more), FONTS, annex())  # type: ignore[arg-type]


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
            assert bottom > g.TYPE_BOTTOM - 17 * MM  # below stands an electronic signature
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


@pytest.mark.parametrize(
    ("more", "way"),
    [
        ({}, "视频监察"),
        ({"inspection_id": "i"}, "现场巡查"),
        ({"case_id": "c", "case": "办件"}, "电子监察"),
        ({"case": "台账"}, "台账核查"),
    ],
)
def test_a_card_says_how_it_was_found(more: dict[str, object], way: str) -> None:
    at = datetime(2026, 11, 24, 1, 26, tzinfo=UTC)
    texts = ("id", "hall_id", "rule_id", "rule_version", "unit_id", "event_id", "dedupe_key")
    required = dict.fromkeys(texts, "x") | {"level": 2, "started_at": at, "detected_at": at}
    finding = Finding(**required, **more)  # type: ignore[arg-type]
    assert found_by(NOTICE, [finding, finding]) == way


def test_the_digest_covers_the_text_but_not_number_and_day() -> None:
    digest = digest_of(content_of(NOTICE, fields()))  # type: ignore[arg-type]
    numbered_later = fields(doc_no="某效监黄〔2026〕13号", issued_on="2026年12月1日")
    assert digest_of(content_of(NOTICE, numbered_later)) == digest  # type: ignore[arg-type]
    assert digest_of(content_of(NOTICE, fields(unit="另一局"))) != digest  # type: ignore[arg-type]


def test_the_proof_of_service_ticks_one_way() -> None:
    names = ("organ", "document", "doc_no", "recipient", "place", "received_at", "receiver")
    said = dict.fromkeys((*names, "deliverers", "recorded_by"), "某")
    said |= {
        "ways": "■ 直接送达\n□ 邮寄送达",
        "witness": "",
        "note": "",
        "proxy": "",
        "refusal": "",
    }
    pdf = print_paper(RECEIPT, said, FONTS)
    (page,) = texts(pdf)
    assert "送达回证" in page
    assert "邮寄送达" in page


@pytest.mark.parametrize("code", ["T02", "T07", "T10"])
def test_another_reader_finds_number_and_digest_in_the_qr_code(code: str) -> None:
    template = read_template(assets.template_file(code))
    said = {**SAMPLES["common"], **SAMPLES[code]}  # type: ignore[dict-item]
    wanted = code_of(said["doc_no"], digest_of(content_of(template, said)))
    assert wanted in {qr_read(sample(code), scale) for scale in (3.5, 4.0, 5.0)}


def qr_read(pdf: bytes, scale: float) -> str:
    picture = Image.open(io.BytesIO(next(page_pngs(pdf, scale=scale)))).convert("L")
    foot = picture.crop((0, picture.height * 7 // 8, picture.width // 2, picture.height))
    return cv2.QRCodeDetector().detectAndDecode(np.asarray(foot))[0]


def test_a_page_can_be_looked_at() -> None:
    first = next(page_pngs(notice(), scale=1.0))
    assert Image.open(io.BytesIO(first)).size == (596, 842)


@pytest.mark.parametrize("mark", "。，、；：）》")
def test_a_mark_that_misses_the_end_of_a_line_stays_on_it_and_inside(mark: str) -> None:
    document = pypdfium2.PdfDocument(sample("T15", text=["口" * 26 + mark + "田" * 9]))
    try:
        boxes = Measured(document[0]).boxes
    finally:
        document.close()
    line = [box for character, box in boxes if character == "口"]
    (kept,) = [
        box for character, box in boxes if character == mark and box[1] > line[-1][1] - 9 and
        box[3] < line[-1][3] + 9 and box[0] > line[-1][0]
    ]  # fmt: skip
    assert len({round(box[1]) for box in line}) == 1
    assert kept[2] / MM < 28 + 156 + 0.6


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


SAMPLES = dict(assets.sample_papers())
CODES = sorted(SAMPLES.keys() - {"common"})
LONG = "政务服务效能监察通报正文" * 260


def sample(code: str, **more: object) -> bytes:
    template = read_template(assets.template_file(code))
    said = {**SAMPLES["common"], **SAMPLES[code], **more}  # type: ignore[dict-item]
    return print_paper(template, said, FONTS)


class Measured:
    """Where the characters of one page stand, in millimetres from its upper left corner."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        text = page.get_textpage()
        self.height = page.get_height()
        self.boxes = [
            (text.get_text_range(n, 1), text.get_charbox(n, loose=False))
            for n in range(text.count_chars())
        ]

    def ink(self) -> tuple[float, float, float, float]:
        """Left, right, top and bottom of all characters but the page number."""
        inside = [b for c, b in self.boxes if c.strip() and b[1] > g.TYPE_BOTTOM - 2]
        return (
            min(b[0] for b in inside) / MM,
            max(b[2] for b in inside) / MM,
            (self.height - max(b[3] for b in inside)) / MM,
            (self.height - min(b[1] for b in inside)) / MM,
        )

    def lines(self, of: str) -> list[list[float]]:
        """Left edges (points) of a character that recurs, line by line from the top."""
        rows: dict[float, list[float]] = {}
        for character, box in self.boxes:
            if character == of:
                rows.setdefault(round(box[1], 1), []).append(box[0])
        return [rows[y] for y in sorted(rows, reverse=True)]

    def baselines(self) -> list[float]:
        """Lower edges (points) of the character 口, which all faces draw alike."""
        return sorted({round(b[1], 2) for c, b in self.boxes if c == "口"}, reverse=True)


def full_page() -> Measured:
    document = pypdfium2.PdfDocument(sample("T15", text=["口" * 28 * 60]))
    try:
        return Measured(document[1])
    finally:
        document.close()


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    rows = full_page().lines("口")
    assert [len(row) for row in rows] == [28] * 22


def test_lines_stand_28_99_points_apart() -> None:
    lows = full_page().baselines()
    assert all(a - b == pytest.approx(28.99, abs=0.1) for a, b in pairwise(lows))
    assert (lows[0] - lows[-1]) / 21 == pytest.approx(225 / 22 * MM, abs=0.01)


def test_the_type_area_is_156_by_225_at_37_and_28() -> None:
    page = full_page()
    rows = page.lines("口")
    side = (rows[0][1] - rows[0][0]) / MM  # one square of the grid
    left, right, top, bottom = page.ink()
    box = next(b for c, b in page.boxes if c == "口")
    margin_x = (side - (box[2] - box[0]) / MM) / 2
    margin_y = (g.LINE_PITCH - (box[3] - box[1])) / MM / 2
    assert left - margin_x == pytest.approx(28, abs=1)
    assert right + margin_x == pytest.approx(28 + 156, abs=1)
    assert top - margin_y == pytest.approx(37, abs=1)
    assert bottom + margin_y == pytest.approx(37 + 225, abs=1)


@pytest.mark.parametrize("code", CODES)
def test_a_sample_of_each_paper_prints_the_same_twice_and_embeds_its_fonts(code: str) -> None:
    pdf = sample(code)
    assert sample(code) == pdf
    assert b"/Helvetica" not in pdf


@pytest.mark.parametrize("code", [c for c in CODES if c != "T10"])  # a letter's head stands higher
def test_a_sample_of_each_paper_stays_in_its_area(code: str) -> None:
    document = pypdfium2.PdfDocument(sample(code))
    for page in document:
        if page.get_rotation() == 0:
            left, right, top, bottom = Measured(page).ink()
            assert left > 27.5
            assert right < 184.6
            assert top > 36.5
            assert bottom < 262.5
    document.close()


@pytest.mark.parametrize("code", [c for c in CODES if c not in {"T01", "T10"}])
def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(code: str) -> None:
    document = pypdfium2.PdfDocument(sample(code))
    for number, page in enumerate(document, 1):
        left, right = page_number_edges(page)
        if number % 2:
            assert right == pytest.approx(184 - 4.9, abs=1)
        else:
            assert left == pytest.approx(28 + 4.9, abs=1)
    document.close()


def page_number_edges(page: pypdfium2.PdfPage) -> tuple[float, float]:
    page.set_rotation(0)
    text = page.get_textpage()
    dashes = [
        box
        for n in range(text.count_chars())
        if text.get_text_range(n, 1) == "—"
        and (box := text.get_charbox(n, loose=False))[1] < g.TYPE_BOTTOM - 10
    ]
    return min(b[0] for b in dashes) / MM, max(b[2] for b in dashes) / MM


def test_a_letter_has_no_number_on_its_first_page() -> None:
    first, second = texts(sample("T10"))
    assert "— 1 —" not in first
    assert "— 2 —" in second


@pytest.mark.parametrize("extra", range(0, 24))
def test_no_page_holds_a_seal_alone(extra: int) -> None:
    paragraphs = ["首段"] + ["延长一行"] * extra
    *_, last = texts(sample("T07", text=paragraphs))
    body = last.split("2026年10月16日")[0]
    assert body.count("延长一行") >= 2 or (extra < 2 and "首段" in body)


def test_a_heading_never_stands_last_on_a_page() -> None:
    for extra in range(12, 24):
        paragraphs = ["正文。"] * extra + ["一、工作要求", "做好工作。", "做好工作。", "做好工作。"]
        for page in texts(sample("T07", text=paragraphs)):
            assert not page.rstrip().endswith("工作要求")


def test_a_name_of_400_characters_and_a_text_of_12_pages_are_printed_whole() -> None:
    unit = "某市" + "行政审批局" * 80
    pages = texts(sample("T02", unit=unit))
    assert "".join("".join(pages).split()).count("行政审批局") >= 80
    assert len(texts(sample("T15", text=[LONG] * 2))) >= 10


def test_a_very_long_organ_keeps_its_head_inside_the_page() -> None:
    organ = "某省某市某县人民政府办公室行政审批制度改革和政务服务效能监督检查工作领导小组办公室"
    document = pypdfium2.PdfDocument(sample("T07", organ=organ))
    left, right, _, _ = Measured(document[0]).ink()
    document.close()
    assert left > 27.5
    assert right < 184.6


def test_a_seal_is_pressed_on_name_and_date() -> None:
    template = read_template(assets.template_file("T02"))
    said = {**SAMPLES["common"], **SAMPLES["T02"]}  # type: ignore[dict-item]
    seal = demonstration_seal(said["organ"], FONTS)
    assert demonstration_seal(said["organ"], FONTS) == seal
    bare = pypdfium2.PdfDocument(print_paper(template, said, FONTS))
    pressed = pypdfium2.PdfDocument(print_paper(template, said, FONTS, seal=seal))
    counts = [
        sum(1 for page in document for item in page.get_objects() if item.type == IMAGE)
        for document in (bare, pressed)
    ]
    page = pressed[len(pressed) - 1]
    left, bottom, right, top = next(
        item.get_bounds() for item in page.get_objects() if item.type == IMAGE
    )
    text = page.get_textpage()
    date = next(b for b in boxes_of(text, "年") if left < b[0] < right)
    assert bottom < date[1] < top
    assert counts == [0, 1]
    bare.close()
    pressed.close()


def boxes_of(text: pypdfium2.PdfTextPage, character: str) -> list[tuple[float, ...]]:
    return [
        text.get_charbox(n, loose=False)
        for n in range(text.count_chars())
        if text.get_text_range(n, 1) == character
    ]


def test_a_form_that_does_not_fit_goes_over_to_a_second_page_whole() -> None:
    pages = texts(sample("T08R", content="谈话内容一行。" * 300))
    assert len(pages) > 1
    said = "".join("".join(pages).split())
    assert said.count("谈话内容一行。") > 300 - len(pages)  # a page number stands in some


def test_rare_characters_in_names_appear() -> None:
    said = "".join(texts(sample("T03")))
    assert "䶮" in said
    assert "镕" in said
    assert "喆" in "".join(texts(sample("T02", contact="周喆")))


def test_a_character_beyond_the_first_plane_is_printed_and_can_be_searched() -> None:
    try:
        FONTS.glyph(Face.BODY, "𠮷")
    except DocumentError:
        pytest.skip("no font of this machine has 𠮷; it is refused by name")
    assert "周𠮷" in "".join(texts(sample("T02", contact="周𠮷")))


def test_a_table_on_its_side_has_its_head_at_the_binding_edge() -> None:
    document = pypdfium2.PdfDocument(sample("T04"))
    page = document[len(document) - 1]
    assert page.get_rotation() == 90
    assert page.get_mediabox()[2:] == pytest.approx((210 * MM, 297 * MM), abs=1)
    page.set_rotation(0)
    text = page.get_textpage()
    heads = [
        text.get_charbox(n, loose=False)[0]
        for n in range(text.count_chars())
        if text.get_text_range(n, 1) == "附"
    ]
    document.close()
    assert min(heads) / MM == pytest.approx(28 + 4, abs=3)


def test_a_text_that_the_drafter_changed_is_covered_by_the_digest() -> None:
    changed = fields(text=["另一段话。"])
    assert digest_of(content_of(NOTICE, changed)) != digest_of(content_of(NOTICE, fields()))  # type: ignore[arg-type]


def test_a_title_breaks_into_a_trapezoid_and_tears_nothing() -> None:
    title = "关于2026年第三季度行政审批效能督查情况的通报"
    lines = title_shape(title, 18)
    assert "".join(lines) == title
    assert len(lines) == 2
    assert len(lines[0]) <= len(lines[1])
    assert any("2026年" in line for line in lines)


@given(st.integers(2, 18), st.sampled_from(["10月", "第3季度", "30个工作日", "2026年", "15%"]))
def test_a_title_keeps_a_number_with_what_it_counts(before: int, number: str) -> None:
    title = f"{'关于政务大厅效能监察窗口离岗情况'[:before]}{number}{'督察情况通报整改要求说明'}"
    lines = title_shape(title, 18)
    assert "".join(lines) == title
    assert any(number in line for line in lines)


def test_a_picture_says_its_digest_on_a_line_of_its_own() -> None:
    at = datetime(2026, 11, 24, 1, 26, tzinfo=UTC)
    item = Evidence(
        id=EvidenceId("e"),
        hall_id=HallId("h"),
        finding_id=FindingId("f"),
        role="start",
        sha256=Digest("ab" * 32),
        size=3,
        media_type="image/jpeg",
        taken_at=at,
        camera_id=CameraId("c"),
    )
    first, second = caption_of(NOTICE, item).splitlines()
    assert first.endswith("2026-11-24 09:26:00")
    assert second == "摘要 abababababab"


@given(st.text(alphabet="政务服务效能监察的和2026年《》", min_size=1, max_size=90))
def test_a_title_of_any_kind_keeps_all_its_characters(title: str) -> None:
    lines = title_shape(title, 18)
    assert "".join(lines) == title
    assert max(len(line) for line in lines) <= max(
        18, len(max(lines, key=len)) if "2" in title else 18
    )


def test_every_template_file_is_a_template() -> None:
    for code, content in assets.template_files().items():
        assert read_template(content).code == code


def test_levels_are_known_by_their_numbers() -> None:
    assert heading_of("一、总体情况")[0] == 6
    assert heading_of("一、立即整改；")[0] == 0
    assert heading_of("（一）时限方面。本月办结三百件。")[0] == 8
    assert heading_of("正文")[0] == 0
    assert [numeral(n) for n in (1, 10, 11, 20, 36)] == ["一", "十", "十一", "二十", "三十六"]
    assert numbered(["甲", "乙"], 2) == ["（一）甲；", "（二）乙。"]
    assert numbered(["甲"], 3) == ["甲。"]


def test_requirements_are_numbered_and_end_as_a_list() -> None:
    assert numbered(["恢复服务。", "查明原因"]) == ["一、恢复服务；", "二、查明原因。"]


def test_durations_are_written_as_people_say_them() -> None:
    assert [lasting(s) for s in (912, 900, 45)] == ["15分12秒", "15分钟", "45秒"]


def test_a_field_in_braces_is_replaced_once() -> None:
    assert filled("{a}和{b}", {"a": "{b}", "b": "乙"}) == "{b}和乙"


def test_a_rare_character_is_taken_from_any_font_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refusal:
        shipped_fonts().glyph(Face.BODY, RARE)
    assert refusal.value.subject == RARE
    rare_font(tmp_path / "of the office.ttf", RARE)
    glyph = shipped_fonts(tmp_path).glyph(Face.BODY, RARE)
    assert (glyph.font, glyph.advance) == ("hw-of the office", 1.0)


def rare_font(path: Path, character: str) -> None:
    """Write a font that has one character, a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({ord(character): "rare"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "rare": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Office", "styleName": "Regular"})
    builder.setupOS2(fsType=0)
    builder.setupPost()
    builder.save(path)


def test_faces_say_which_file_was_taken() -> None:
    assert {taken.face for taken in FONTS.taken} == set(Face)


BESIDE_THE_GRID = {"T01", "T08R", "T09R", "T11", "T13"}  # forms: their rows have their own height


@pytest.mark.parametrize("code", [c for c in CODES if c not in BESIDE_THE_GRID])
def test_each_papers_text_stands_on_the_grid(code: str) -> None:
    """22 lines of 28 characters on a full page, measured in every paper that has running text."""
    document = pypdfium2.PdfDocument(sample(code, text=["口" * 28 * 48]))
    try:
        page = Measured(document[1])
    finally:
        document.close()
    rows, lows = page.lines("口"), page.baselines()
    assert [len(row) for row in rows] == [28] * 22
    assert all(a - b == pytest.approx(225 / 22 * MM, abs=0.1) for a, b in pairwise(lows))
    side = rows[0][1] - rows[0][0]
    ink = next(box for character, box in page.boxes if character == "口")
    bearing = (side - (ink[2] - ink[0])) / 2
    assert (rows[0][0] - bearing) / MM == pytest.approx(28, abs=1)
    assert (rows[0][-1] - bearing + side) / MM == pytest.approx(184, abs=1)
    blank = (g.LINE_PITCH - (ink[3] - ink[1])) / 2
    assert (page.height - lows[0] - (ink[3] - ink[1]) - blank) / MM == pytest.approx(37, abs=1)
    assert (page.height - lows[-1] + blank) / MM == pytest.approx(37 + 225, abs=1)
