"""Draws a fill-in form (填制式文书): a title, a frame of rows, room for signatures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from desktop.documents import geometry as g
from desktop.documents.fonts import Face
from desktop.documents.lines import title_shape
from desktop.documents.sheet import SMALL, TITLE, Sheet, Style, fitted
from desktop.documents.table import FORM, Align, Grid, Look, draw_table, row_height
from desktop.documents.template import Fields, Template, filled_if_said, said_in

_LABEL = 6.22 * g.CHARACTER_PITCH  # six characters of a label and their padding
# A form stays on one page if it can: the first look with which it fits is taken.
_LOOKS = (FORM, replace(FORM, pitch=18.5, padding=5.0), replace(FORM, pitch=17.0, padding=3.0))
_TALL_LINES = (3, 3, 2)
_FOOTER_GAP = 6.0

Rows = Sequence[Sequence[str]]


def draw_form(sheet: Sheet, template: Template, fields: Fields) -> None:
    """Draw a form; a field that is an empty text leaves its place open to be written by hand.

    A row is a label and what stands beside it, once or twice. Labels in `tall` get more room.
    """
    _head(sheet, template, fields)
    notes = template.texts_or("footer")
    tables = _fitting(sheet, template, fields, len(notes) * g.LINE_PITCH + _FOOTER_GAP)
    for grid, cells in tables:
        draw_table(sheet, grid, (), [cells])
    for note in notes:
        sheet.go_to(sheet.y - _FOOTER_GAP)
        sheet.paragraph(note, SMALL, indent=0)


def _head(sheet: Sheet, template: Template, fields: Fields) -> None:
    organ = said_in(fields, "organ")
    style = fitted(sheet, organ, Style(Face.TITLE, 18.0, bold=True), g.TYPE_WIDTH, g.SIZE_4)
    for line in title_shape(organ, max(1, int(g.TYPE_WIDTH / style.size))):
        sheet.centred(line, sheet.baseline(), style)
        sheet.skip(1)
    sheet.skip(0.4)
    sheet.centred(template.title, sheet.baseline(), TITLE)
    sheet.skip(1.4)
    if "number" in template.content:
        said = filled_if_said(template.text("number"), fields)
        sheet.flush_right(said, g.RIGHT_EDGE, sheet.baseline(), FORM.style)
        sheet.skip(1.0)


def _fitting(
    sheet: Sheet, template: Template, fields: Fields, below: float
) -> list[tuple[Grid, list[str]]]:
    tall = template.texts("tall")
    tables: list[tuple[Grid, list[str]]] = []
    for look, tall_lines in zip(_LOOKS, _TALL_LINES, strict=True):
        tables = []
        for row in cast(Rows, template.content["rows"]):
            lines = tall_lines if row[0] in tall else 1
            tables.append(_row(row, fields, replace(look, least_lines=lines)))
        height = sum(row_height(sheet, grid, cells) for grid, cells in tables)
        if height + below <= sheet.y - sheet.area.bottom:
            break
    return tables


def _row(row: Sequence[str], fields: Fields, look: Look) -> tuple[Grid, list[str]]:
    labels, texts = row[::2], row[1::2]
    width = g.TYPE_WIDTH / len(labels) - _LABEL
    cells = [
        cell
        for label, text in zip(labels, texts, strict=True)
        for cell in (label, filled_if_said(text, fields))
    ]
    return Grid((_LABEL, width) * len(labels), (Align.CENTRE, Align.LEFT) * 2, look), cells
