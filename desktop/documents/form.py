"""Prints a fill-in form (填制式文书): a number, a frame of rows, room for signatures."""

from collections.abc import Sequence
from typing import cast

from desktop.documents import geometry as g
from desktop.documents.fonts import Face, FontBook
from desktop.documents.lines import break_lines
from desktop.documents.sheet import SMALL, TITLE, Sheet, Style
from desktop.documents.template import Fields, Template, filled

LABEL_WIDTH = 9 * g.CHARACTER_PITCH
_LABEL = Style(Face.BODY, g.SIZE_4)
_PITCH = 20.0


def print_form(template: Template, fields: Fields, fonts: FontBook) -> bytes:
    """Print a form; a field that is an empty text leaves its row open to be written by hand.

    Raises:
        DocumentError: a field is missing, or a character is in no font.
    """
    sheet = Sheet(fonts, title=template.title, subject=str(fields["doc_no"]))
    sheet.centred(str(fields["organ"]), sheet.baseline(), Style(Face.TITLE, g.SIZE_3, bold=True))
    sheet.skip(1.5)
    sheet.centred(template.title, sheet.baseline(), TITLE)
    sheet.skip(1.6)
    y = g.TYPE_TOP - sheet.line * g.LINE_PITCH
    tall = template.texts("tall")
    for label, text in cast(Sequence[Sequence[str]], template.content["rows"]):
        y = _row(sheet, label, _said(text, fields), y, tall=label in tall)
    sheet.text(template.text("footer"), g.LEFT, y - 20, SMALL)
    return sheet.finish()


def _said(text: str, fields: Fields) -> str:
    name = text.strip("{}")
    if text == "{" + name + "}" and fields.get(name) == "":
        return ""
    return filled(text, fields)


def _row(sheet: Sheet, label: str, text: str, y: float, *, tall: bool) -> float:
    width = g.TYPE_WIDTH - LABEL_WIDTH
    labels = break_lines(label, LABEL_WIDTH - 12, sheet.measure(_LABEL))
    lines = [
        line
        for part in text.split("\n")
        for line in break_lines(part, width - 16, sheet.measure(_LABEL))
    ]
    height = max(len(labels), len(lines), 2 if tall else 1) * _PITCH + 16
    sheet.box(g.LEFT, y - height, LABEL_WIDTH, height)
    sheet.box(g.LEFT + LABEL_WIDTH, y - height, width, height)
    _middle(sheet, labels, g.LEFT + 6, y, height)
    _middle(sheet, lines, g.LEFT + LABEL_WIDTH + 8, y, height)
    return y - height


def _middle(sheet: Sheet, lines: Sequence[str], x: float, y: float, height: float) -> None:
    first = y - (height - len(lines) * _PITCH) / 2 - _PITCH / 2 - g.SIZE_4 * 0.36
    for number, line in enumerate(lines):
        sheet.text(line, x, first - number * _PITCH, _LABEL)
