"""How a paper begins: red head (文件), letter (信函), form (填制式) or a title alone."""

from enum import Enum

from desktop.documents import geometry as g
from desktop.documents.fonts import Face
from desktop.documents.lines import title_shape
from desktop.documents.sheet import BODY, HEADING, RED, TITLE, Sheet, Style, fitted
from desktop.documents.template import Fields, Template, said_in

TITLE_CHARACTERS = 18  # of 22 pt in a line of 156 mm, two left for the shape
_LARGEST_RED_HEAD, _LEAST_RED_HEAD = 40.0, 18.0


class Head(Enum):
    """Kinds of heads."""

    RED = "red"
    LETTER = "letter"
    FORM = "form"
    PLAIN = "plain"


def draw_head(sheet: Sheet, template: Template, fields: Fields) -> None:
    """Draw the head and leave the cursor where the text begins."""
    match Head(template.text("head")):
        case Head.RED:
            _red(sheet, template, fields)
        case Head.LETTER:
            _letter(sheet, template, fields)
        case Head.FORM:
            _form(sheet, template, fields)
        case Head.PLAIN:
            _title(sheet, template, fields)


def _red(sheet: Sheet, template: Template, fields: Fields) -> None:
    _marks(sheet, fields)
    names, style = _organ_name(sheet, said_in(fields, "organ"))
    y = g.TYPE_TOP - g.RED_HEAD_DROP
    for name in names:
        sheet.centred(name, y - style.size * 0.86, style)
        y -= style.size * 1.15
    number_y = y + style.size * 0.15 - 2 * g.LINE_PITCH - g.SIZE_3 * 0.86
    sheet.centred(said_in(fields, "doc_no"), number_y, Style(Face.BODY, g.SIZE_3))
    rule_y = number_y - g.SIZE_3 * 0.14 - g.RULE_DROP
    sheet.rule(rule_y, thickness=g.THICK_RULE * 2, colour=RED)
    sheet.go_to(rule_y)
    sheet.skip(1)
    _title(sheet, template, fields)


def _organ_name(sheet: Sheet, organ: str) -> tuple[list[str], Style]:
    """Set the organ as large as one line lets it; a very long name takes several lines."""
    largest = Style(Face.TITLE, _LARGEST_RED_HEAD, colour=RED, bold=True)
    style = fitted(sheet, organ, largest, g.TYPE_WIDTH * 0.96, _LEAST_RED_HEAD)
    per_line = int(g.TYPE_WIDTH * 0.96 / style.size)
    return title_shape(organ, max(per_line, 1)), style


def _letter(sheet: Sheet, template: Template, fields: Fields) -> None:
    top = g.PAGE_HEIGHT - g.LETTER_HEAD_DROP
    names, style = _organ_name(sheet, said_in(fields, "organ"))
    y = top
    for name in names:
        sheet.centred(name, y - style.size * 0.86, style)
        y -= style.size * 1.15
    y = y + style.size * 0.15 - g.RULE_DROP
    _double_rule(sheet, y, thick_above=True)
    _double_rule(sheet, g.LETTER_FOOT + 3, thick_above=False)
    sheet.go_to(y - 8)
    sheet.flush_right(said_in(fields, "doc_no"), g.RIGHT_EDGE, sheet.baseline(), BODY)
    _marks(sheet, fields)
    sheet.skip(max(2, _mark_count(fields)) + 0.5)
    _title(sheet, template, fields)


def _double_rule(sheet: Sheet, y: float, *, thick_above: bool) -> None:
    left = (g.PAGE_WIDTH - g.LETTER_RULE_WIDTH) / 2
    right = left + g.LETTER_RULE_WIDTH
    upper, lower = (2.2, 0.8) if thick_above else (0.8, 2.2)
    sheet.stroke(left, y, right, y, thickness=upper, colour=RED)
    sheet.stroke(left, y - 3, right, y - 3, thickness=lower, colour=RED)


def _form(sheet: Sheet, template: Template, fields: Fields) -> None:
    _marks(sheet, fields)
    organ = fitted(sheet, said_in(fields, "organ"), TITLE, g.TYPE_WIDTH, g.SIZE_4)
    for line in title_shape(said_in(fields, "organ"), max(1, int(g.TYPE_WIDTH / organ.size))):
        sheet.centred(line, sheet.baseline(), organ)
        sheet.skip(1.1)
    sheet.skip(0.35)
    sheet.centred(template.title, sheet.baseline(), Style(Face.TITLE, 26.0, bold=True))
    sheet.skip(1.75)
    sheet.flush_right(said_in(fields, "doc_no"), g.RIGHT_EDGE, sheet.baseline(), BODY)
    sheet.skip(1.4)


def _title(sheet: Sheet, template: Template, fields: Fields) -> None:
    title = said_in(fields, "title") or template.title
    for line in title_shape(title, TITLE_CHARACTERS):
        sheet.centred(line, sheet.baseline(), TITLE)
        sheet.skip(1.2)
    sheet.skip(0.8)


def _marks(sheet: Sheet, fields: Fields) -> None:
    """Write 份号, 密级和保密期限 and 紧急程度 at the left, one below the other."""
    styles = {"copy_no": BODY, "secrecy": HEADING, "urgency": HEADING}
    row = 0
    for name, style in styles.items():
        if said := said_in(fields, name):
            sheet.text(said, g.LEFT, sheet.baseline(row), style)
            row += 1


def _mark_count(fields: Fields) -> int:
    return sum(bool(said_in(fields, name)) for name in ("copy_no", "secrecy", "urgency"))
