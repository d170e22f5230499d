"""Tables that go over pages: their head is repeated, a tall row is cut between lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from reportlab.lib.colors import Color

from desktop.documents import geometry as g
from desktop.documents.lines import break_lines
from desktop.documents.sheet import SMALL, SMALL_HEADING, Sheet, Style

HEAD_FILL = Color(0.93, 0.93, 0.93)


class Align(Enum):
    """Where a cell's text stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is set; lengths in points."""

    style: Style = SMALL
    head_style: Style = SMALL_HEADING
    pitch: float = 15.0
    padding: float = 4.0
    least_lines: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of a table: widths in points, how they align, how they look."""

    widths: tuple[float, ...]
    aligns: tuple[Align, ...] = ()
    look: Look = Look()

    def align(self, column: int) -> Align:
        """Answer a column's alignment; left where nothing is said."""
        return self.aligns[column] if column < len(self.aligns) else Align.LEFT


def shared(width: float, weights: Sequence[float]) -> tuple[float, ...]:
    """Share a width out by weights."""
    return tuple(width * weight / sum(weights) for weight in weights)


def draw_table(
    sheet: Sheet, grid: Grid, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Draw a table from the cursor on and leave the cursor below it."""
    head_row = _broken(sheet, grid, head, grid.look.head_style) if head else []
    head_height = _height(grid, head_row) if head else 0.0
    if head and sheet.y - head_height - _height(grid, [[""]]) < sheet.area.bottom:
        sheet.new_page(sheet.area)
    y = _head(sheet, grid, head_row, sheet.y)
    for row in rows:
        for piece in _pieces(sheet, grid, _broken(sheet, grid, row, grid.look.style)):
            if y - _height(grid, piece) < sheet.area.bottom - 0.01:
                sheet.new_page(sheet.area)
                y = _head(sheet, grid, head_row, sheet.y)
            y = _draw_row(sheet, grid, piece, y, head=False)
    sheet.go_to(y)


def row_height(sheet: Sheet, grid: Grid, cells: Sequence[str]) -> float:
    """Answer the height that a row would take, in points."""
    return _height(grid, _broken(sheet, grid, cells, grid.look.style))


Cells = Sequence[Sequence[str]]  # lines of each cell


def _broken(sheet: Sheet, grid: Grid, cells: Sequence[str], style: Style) -> Cells:
    measure = sheet.measure(style)
    return [
        [
            line
            for part in cell.split("\n")
            for line in break_lines(part, width - 2 * grid.look.padding, measure)
        ]
        for cell, width in zip(cells, grid.widths, strict=True)
    ]


def _pieces(sheet: Sheet, grid: Grid, cells: Cells) -> Iterator[Cells]:
    """Cut a row that is taller than half a page; others stay whole."""
    look = grid.look
    room = (sheet.area.top - sheet.area.bottom) / 2
    most = max(1, int((room - 2 * look.padding) // look.pitch))
    tallest = max(len(lines) for lines in cells)
    if tallest <= most:
        yield cells
        return
    for start in range(0, tallest, most):
        yield [lines[start : start + most] for lines in cells]


def _height(grid: Grid, cells: Cells) -> float:
    lines = max(grid.look.least_lines, *(len(lines) for lines in cells), 1)
    return lines * grid.look.pitch + 2 * grid.look.padding


def _head(sheet: Sheet, grid: Grid, head: Cells, y: float) -> float:
    return _draw_row(sheet, grid, head, y, head=True) if head else y


def _draw_row(sheet: Sheet, grid: Grid, cells: Cells, y: float, *, head: bool) -> float:
    height = _height(grid, cells)
    style = grid.look.head_style if head else grid.look.style
    x = sheet.area.left
    for column, (lines, width) in enumerate(zip(cells, grid.widths, strict=True)):
        sheet.box(x, y - height, width, height, fill=HEAD_FILL if head else None)
        align = Align.CENTRE if head else grid.align(column)
        _cell(sheet, grid.look, lines, (x, y, width, height), (style, align))
        x += width
    return y - height


Frame = tuple[float, float, float, float]  # x, upper y, width, height


def _cell(
    sheet: Sheet, look: Look, lines: Sequence[str], frame: Frame, how: tuple[Style, Align]
) -> None:
    """Write lines in the middle of a frame."""
    x, y, width, height = frame
    style, align = how
    first = y - (height - len(lines) * look.pitch) / 2 - look.pitch / 2 - style.size * 0.36
    for number, line in enumerate(lines):
        if not line:
            continue
        free = width - 2 * look.padding
        if align is not Align.LEFT:
            free -= sheet.width(line, style)
        shift = {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[align]
        sheet.text(line, x + look.padding + shift, first - number * look.pitch, style)


FORM = Look(Style(SMALL.face, g.SIZE_4), Style(SMALL.face, g.SIZE_4), pitch=20.0, padding=7.0)
