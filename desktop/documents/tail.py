"""How a paper ends: name, date and seal, the stub to tear off, the imprint (版记)."""

from dataclasses import dataclass
from enum import Enum

from reportlab.lib.units import mm

from desktop.documents import geometry as g
from desktop.documents.fonts import Face
from desktop.documents.lines import break_lines
from desktop.documents.sheet import BODY, HEADING, Sheet, Style
from desktop.documents.template import Fields, Template, filled, filled_if_said

SEAL_SIZE = 42 * mm
STUB_LINES = 6.5
_IMPRINT = Style(Face.BODY, g.SIZE_4)
_IMPRINT_PITCH = 19.0
_IMPRINT_GAP = 7.0  # below the last line of each block
_COPIES = "抄送："


class Signing(Enum):
    """How a paper is signed at its end."""

    SEALED = "sealed"  # the seal is pressed on name and date, by picture or by hand
    NONE = "none"


def signing_of(template: Template) -> Signing:
    """Tell how a template's papers are signed."""
    return Signing(template.text_or("none", "signature", "kind"))


def lines_for(signing: Signing) -> float:
    """Give the lines that a signature needs below the text."""
    return 5.0 if signing is Signing.SEALED else 0.0


def draw_signature(sheet: Sheet, template: Template, fields: Fields, seal: bytes | None) -> None:
    """Write name and date as 7.3.5 says, and press the seal on them."""
    if signing_of(template) is Signing.NONE:
        return
    name = filled(template.text("signature", "name"), fields)
    day = filled(template.text("signature", "date"), fields)
    names = break_lines(name, g.TYPE_WIDTH - 4 * g.CHARACTER_PITCH, sheet.measure(BODY))
    _sealed(sheet, names, day, seal)


def _sealed(sheet: Sheet, names: list[str], day: str, seal: bytes | None) -> None:
    """Date four characters in, name centred on it, seal within one line of the text."""
    sheet.skip(2)
    day_width = sheet.width(day, BODY)
    x_day = g.RIGHT_EDGE - 4 * g.CHARACTER_PITCH - day_width
    middle = x_day + day_width / 2
    for name in names:
        width = sheet.width(name, BODY)
        x = min(middle - width / 2, g.RIGHT_EDGE - width)
        sheet.text(name, x, sheet.baseline(), BODY)
        sheet.skip(1)
    sheet.text(day, x_day, sheet.baseline(), BODY)
    if seal:
        sheet.picture(seal, middle - SEAL_SIZE / 2, sheet.y - SEAL_SIZE / 2, SEAL_SIZE, SEAL_SIZE)
    sheet.skip(1)


def draw_stub(sheet: Sheet, template: Template, fields: Fields, *, foot: float = 0.0) -> None:
    """Place the stub at the foot of the page, to be torn off and sent back (回执).

    Args:
        foot: points to leave below it, for an imprint on the same page.
    """
    if "stub" not in template.content:
        return
    lines = STUB_LINES + foot / g.LINE_PITCH
    if sheet.lines_left < lines + 0.5:
        sheet.new_page()
    sheet.line = g.LINES - lines
    sheet.cut_line(sheet.y)
    sheet.skip(0.3)
    sheet.centred(template.text("stub", "title"), sheet.baseline(), HEADING)
    sheet.skip(1.2)
    sheet.paragraph(filled(template.text("stub", "text"), fields))
    for line in template.texts("stub", "lines"):
        sheet.paragraph(line)


@dataclass(frozen=True, slots=True)
class Imprint:
    """The imprint's lines: 抄送, who printed, and when."""

    copies: tuple[str, ...]
    printed_by: tuple[str, ...]
    printed_on: str

    @property
    def height(self) -> float:
        """Points from its first rule to its last."""
        blocks = 1 + bool(self.copies)
        lines = len(self.copies) + len(self.printed_by)
        return lines * _IMPRINT_PITCH + blocks * _IMPRINT_GAP


def imprint_of(sheet: Sheet, template: Template, fields: Fields) -> Imprint | None:
    """Break the imprint into lines; None for papers without one."""
    if "imprint" not in template.content:
        return None
    measure, inner = sheet.measure(_IMPRINT), g.TYPE_WIDTH - 2 * g.SIZE_4
    copies = filled_if_said(template.text_or("", "imprint", "copy_to"), fields).rstrip("。")
    printed_on = filled(template.text("imprint", "printed_on"), fields)
    printed_by = filled(template.text("imprint", "printed_by"), fields)
    room = inner - measure(printed_on) - g.SIZE_4
    return Imprint(
        tuple(break_lines(f"{copies}。", inner - measure(_COPIES), measure)) if copies else (),
        tuple(break_lines(printed_by, room, measure)),
        printed_on,
    )


def draw_imprint(sheet: Sheet, imprint: Imprint | None) -> None:
    """Place the imprint on the foot of the last page; its last rule is the area's lower edge."""
    if imprint is None:
        return
    if sheet.area is not g.UPRIGHT or sheet.y - imprint.height < g.TYPE_BOTTOM - 0.01:
        sheet.new_page()
    y = g.TYPE_BOTTOM + imprint.height
    left = g.LEFT + g.SIZE_4
    sheet.rule(y, thickness=g.THICK_RULE)
    if imprint.copies:
        sheet.text(_COPIES, left, y - _IMPRINT_PITCH, _IMPRINT)
        y = _imprint_lines(sheet, imprint.copies, left + sheet.width(_COPIES, _IMPRINT), y)
        sheet.rule(y, thickness=g.THIN_RULE)
    sheet.flush_right(imprint.printed_on, g.RIGHT_EDGE - g.SIZE_4, y - _IMPRINT_PITCH, _IMPRINT)
    _imprint_lines(sheet, imprint.printed_by, left, y)
    sheet.rule(g.TYPE_BOTTOM, thickness=g.THICK_RULE)


def _imprint_lines(sheet: Sheet, lines: tuple[str, ...], x: float, y: float) -> float:
    """Write lines below a rule; answer the y of the rule that follows."""
    for number, line in enumerate(lines, 1):
        sheet.text(line, x, y - number * _IMPRINT_PITCH, _IMPRINT)
    return y - len(lines) * _IMPRINT_PITCH - _IMPRINT_GAP
