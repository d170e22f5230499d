"""One table of a report on paper: its name above, its scope, cut-off and check sums below."""

from collections.abc import Mapping
from typing import cast

from desktop.documents import geometry as g
from desktop.documents.fonts import Face
from desktop.documents.sheet import SMALL, SMALL_HEADING, Sheet, Style
from desktop.documents.table import Align, Grid, Look, draw_table, shared
from desktop.domain.report.sentences import check_line, printed
from desktop.domain.report.tables import Table, Wording

TINY = Style(Face.BODY, 8.0)
_WIDE_COLUMNS = 7  # from so many columns on a table is set smaller


def draw_report_table(sheet: Sheet, table: Table, wording: Wording) -> None:
    """Draw a table from the cursor on; a landscape one on pages of its own."""
    if table.landscape and table.rows:
        if sheet.area is not g.ON_ITS_SIDE or sheet.line:
            sheet.new_page(g.ON_ITS_SIDE)
    elif sheet.area is not g.UPRIGHT or sheet.lines_left < 4:
        sheet.new_page()
    notes = cast(Mapping[str, str], wording["notes"])
    heading = notes["table"].format(code=table.code, title=table.title)
    sheet.skip(0.3)
    sheet.centred(heading, sheet.baseline(), SMALL_HEADING)
    sheet.skip(1)
    if table.rows:
        draw_table(sheet, _grid(sheet, table), table.columns, _printed_rows(table))
    else:
        sheet.paragraph(notes["empty"], SMALL, indent=0)
    sheet.go_to(sheet.y - 3)
    line = notes["line"].format(unit=table.unit, scope=table.scope, cut_off=table.cut_off)
    sheet.block(line, TINY, pitch=12.0)
    for check in table.checks:
        said = check_line(check.name, check.table, check.ledger, wording)
        sheet.block(said, TINY, pitch=12.0)
    sheet.skip(0.3)


def _grid(sheet: Sheet, table: Table) -> Grid:
    small = len(table.columns) >= _WIDE_COLUMNS
    look = (
        Look(TINY, Style(Face.HEAVY, 8.0), pitch=12.0, padding=2.5)
        if small
        else Look(SMALL, SMALL_HEADING, pitch=14.0, padding=3.5)
    )
    aligns = tuple(_align(table, column) for column in range(len(table.columns)))
    return Grid(shared(sheet.area.width, table.weights), aligns, look)


def _align(table: Table, column: int) -> Align:
    """Numbers stand right, words left."""
    cells = [row[column] for row in table.rows if row[column] is not None]
    words = not cells or any(isinstance(cell, str) for cell in cells)
    return Align.LEFT if words and column == 0 else Align.CENTRE if words else Align.RIGHT


def _printed_rows(table: Table) -> list[list[str]]:
    return [[printed(cell) for cell in row] for row in table.rows]
