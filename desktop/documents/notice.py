"""Prints a notice under a red head (文件格式): text, signature, stub to tear off, annexes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reportlab.lib.units import mm

from desktop.documents import geometry as g
from desktop.documents.fonts import Face, FontBook
from desktop.documents.lines import break_lines, title_shape
from desktop.documents.sheet import (
    BODY,
    HEADING,
    RED,
    SMALL,
    SMALL_HEADING,
    TITLE,
    Sheet,
    Style,
)
from desktop.documents.template import Fields, Template, code_of, content_of, digest_of, filled

QR_SIZE = 19 * mm
STUB_LINES = 6.5
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the annex: JPEG or PNG bytes and what stands below it."""

    data: bytes = field(repr=False)
    caption: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A line of the evidence list; size in bytes."""

    name: str
    taken_at: datetime
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Annex:
    """What is attached to a notice."""

    exhibits: tuple[Exhibit, ...] = ()
    pictures: tuple[Picture, ...] = ()


def print_notice(
    template: Template, fields: Fields, annex: Annex, fonts: FontBook, *, seal: bytes | None = None
) -> bytes:
    """Print a notice; the same input gives the same bytes.

    Args:
        fields: what the template names; `doc_no` and `issued_on` may be blank in a preview.
        seal: picture of the seal (PNG), pressed on name and date.

    Raises:
        DocumentError: a field is missing, a character is in no font, a picture is broken.
    """
    sheet = Sheet(fonts, title=template.title, subject=str(fields["doc_no"]))
    _head(sheet, template, fields)
    _text(sheet, template, fields)
    _attachment_note(sheet, template, annex)
    _signature(sheet, fields, seal)
    _stub(sheet, template, fields)
    if annex.exhibits:
        _evidence_list(sheet, template, annex.exhibits)
    if annex.pictures:
        _pictures(sheet, template, annex)
    return sheet.finish()


def _head(sheet: Sheet, template: Template, fields: Fields) -> None:
    digest = digest_of(content_of(template, fields))
    code = code_of(str(fields["doc_no"]), digest)
    sheet.qr(code, g.RIGHT_EDGE - QR_SIZE, g.TYPE_TOP - QR_SIZE, QR_SIZE)
    caption = Style(Face.DIGITS, 7)
    said = f"内容摘要 {digest[:16]}"
    sheet.text(said, g.RIGHT_EDGE - sheet.width(said, caption), g.TYPE_TOP - QR_SIZE - 9, caption)
    organ = str(fields["organ"])
    size = min(40.0, g.TYPE_WIDTH / max(1, len(organ)) * 0.96)
    head = Style(Face.TITLE, size, colour=RED, bold=True)
    sheet.centred(organ, g.TYPE_TOP - g.RED_HEAD_DROP - size * 0.86, head)
    below = g.RED_HEAD_DROP + size
    number_y = g.TYPE_TOP - below - 2 * g.LINE_PITCH - g.SIZE_3 * 0.86
    sheet.centred(str(fields["doc_no"]), number_y, Style(Face.BODY, g.SIZE_3))
    rule_y = number_y - g.SIZE_3 * 0.14 - g.RULE_DROP
    sheet.rule(rule_y, thickness=g.THICK_RULE * 2, colour=RED)
    sheet.line = (g.TYPE_TOP - rule_y) / g.LINE_PITCH + 1
    for line in title_shape(template.title, 16):
        sheet.centred(line, sheet.baseline(), TITLE)
        sheet.skip(1.2)
    sheet.skip(0.6)


def _text(sheet: Sheet, template: Template, fields: Fields) -> None:
    sheet.paragraph(filled(template.text("main_recipient"), fields), indent=0)
    for paragraph in template.texts("paragraphs"):
        if paragraph == "{requirements}":
            for line in numbered(fields["requirements"]):
                sheet.paragraph(line)
        else:
            sheet.paragraph(filled(paragraph, fields))


def numbered(sentences: str | Sequence[str]) -> list[str]:
    """Number requirements by the first level (一、二、…), each with its mark at the end."""
    given = [sentences] if isinstance(sentences, str) else list(sentences)
    said = [sentence.rstrip("。；;. ") for sentence in given]
    last = len(said) - 1
    return [
        f"{_NUMERALS[n]}、{sentence}{'。' if n == last else '；'}"
        for n, sentence in enumerate(said)
    ]


def _attachment_note(sheet: Sheet, template: Template, annex: Annex) -> None:
    titles = []
    if annex.exhibits:
        titles.append(template.text("annex", "list_title"))
    if annex.pictures:
        titles.append(template.text("annex", "pictures_title"))
    if not titles:
        return
    sheet.skip(1)
    for number, title in enumerate(titles, 1):
        lead = "附件：" if number == 1 else "　　　"
        sheet.paragraph(f"{lead}{number}. {title}")


def _signature(sheet: Sheet, fields: Fields, seal: bytes | None) -> None:
    """Place name and date for a seal: date four characters in, name centred on it (7.3.5.1)."""
    if sheet.lines_left < 5:
        sheet.new_page()
    sheet.skip(2)
    organ, day = str(fields["organ"]), str(fields["issued_on"])
    day_width, organ_width = sheet.width(day, BODY), sheet.width(organ, BODY)
    x_day = g.RIGHT_EDGE - 4 * g.CHARACTER_PITCH - day_width
    middle = x_day + day_width / 2
    x_organ = min(middle - organ_width / 2, g.RIGHT_EDGE - organ_width)
    sheet.text(organ, x_organ, sheet.baseline(), BODY)
    sheet.text(day, x_day, sheet.baseline(1), BODY)
    if seal:
        size = 42 * mm
        sheet.picture(seal, middle - size / 2, sheet.baseline(0.5) - size / 2, size, size)
    sheet.skip(2)


def _stub(sheet: Sheet, template: Template, fields: Fields) -> None:
    """Place the stub at the foot of the page, to be torn off and sent back."""
    if sheet.lines_left < STUB_LINES + 1:
        sheet.new_page()
    sheet.line = g.LINES - STUB_LINES
    sheet.cut_line(g.TYPE_TOP - sheet.line * g.LINE_PITCH)
    sheet.skip(0.3)
    sheet.centred(template.text("stub", "title"), sheet.baseline(), HEADING)
    sheet.skip(1.2)
    sheet.paragraph(filled(template.text("stub", "text"), fields))
    for line in template.texts("stub", "lines"):
        sheet.paragraph(line)


def _annex_head(sheet: Sheet, number: int, title: str) -> None:
    """Begin an annex: its number top left in 黑体, its title centred on the third line."""
    sheet.new_page()
    sheet.text(f"附件{number}", g.LEFT, sheet.baseline(), HEADING)
    sheet.skip(2)
    sheet.centred(title, sheet.baseline(), TITLE)
    sheet.skip(2)


def _evidence_list(sheet: Sheet, template: Template, exhibits: Sequence[Exhibit]) -> None:
    _annex_head(sheet, 1, template.text("annex", "list_title"))
    widths = [32.0, 112.0, 124.0, 60.0, g.TYPE_WIDTH - 328.0]
    y = _table_row(sheet, template.texts("annex", "columns"), widths, sheet.baseline(), head=True)
    for number, exhibit in enumerate(exhibits, 1):
        if y < g.TYPE_BOTTOM + 40:
            sheet.new_page()
            columns = template.texts("annex", "columns")
            y = _table_row(sheet, columns, widths, sheet.baseline(), head=True)
        cells = (
            str(number),
            exhibit.name,
            f"{exhibit.taken_at:%Y-%m-%d %H:%M:%S}",
            _size(exhibit.size),
            exhibit.sha256[:16],
        )
        y = _table_row(sheet, cells, widths, y)


def _table_row(
    sheet: Sheet, cells: Sequence[str], widths: Sequence[float], y: float, *, head: bool = False
) -> float:
    """Draw a row whose upper edge is at y; answer the y of its lower edge."""
    style = SMALL_HEADING if head else SMALL
    measure = sheet.measure(style)
    broken = [break_lines(c, w - 8, measure) for c, w in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in broken) * 15 + 7
    x = g.LEFT
    for lines, width in zip(broken, widths, strict=True):
        sheet.box(x, y - height, width, height)
        for n, line in enumerate(lines):
            sheet.text(line, x + 4, y - 14 - n * 15, style)
        x += width
    return y - height


def _pictures(sheet: Sheet, template: Template, annex: Annex) -> None:
    number = 2 if annex.exhibits else 1
    _annex_head(sheet, number, template.text("annex", "pictures_title"))
    sheet.paragraph(template.text("annex", "note"), SMALL, indent=0)
    sheet.skip(0.5)
    gap, columns = 8 * mm, 2
    width = (g.TYPE_WIDTH - gap * (columns - 1)) / columns
    height = width * 9 / 16
    step = height + 40
    y = g.TYPE_TOP - sheet.line * g.LINE_PITCH
    for index, picture in enumerate(annex.pictures):
        column = index % columns
        if column == 0 and index:
            y -= step
        if y - step < g.TYPE_BOTTOM:
            sheet.new_page()
            y = g.TYPE_TOP
        x = g.LEFT + column * (width + gap)
        sheet.picture(picture.data, x, y - height, width, height)
        sheet.box(x, y - height, width, height)
        for n, line in enumerate(break_lines(picture.caption, width, sheet.measure(SMALL))[:2]):
            sheet.text(line, x, y - height - 14 - n * 14, SMALL)


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{count / 1024:.1f} KB"
