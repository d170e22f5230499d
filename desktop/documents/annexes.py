"""What is attached to a paper: evidence lists, pictures and tables, each on a page of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reportlab.lib.units import mm

from desktop.documents import geometry as g
from desktop.documents.lines import break_lines
from desktop.documents.sheet import HEADING, SMALL, TITLE, Sheet
from desktop.documents.table import Align, Grid, draw_table, shared
from desktop.documents.template import Fields, TableForm, Template

_CAPTION_PITCH, _CAPTION_GAP = 14.0, 12.0  # points
_SHORT = 8  # characters


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the annex: JPEG or PNG bytes and what stands below it, line by line."""

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
    """What is attached besides the tables that the paper's fields hold."""

    exhibits: tuple[Exhibit, ...] = ()
    pictures: tuple[Picture, ...] = ()


def titles_of(template: Template, fields: Fields, annex: Annex) -> list[str]:
    """Name the annexes in their order, as the note below the text does."""
    titles = [form.title for form, _ in attached_tables(template, fields)]
    if annex.exhibits:
        titles.append(template.text("annex", "list_title"))
    if annex.pictures:
        titles.append(template.text("annex", "pictures_title"))
    return titles


def draw_annexes(sheet: Sheet, template: Template, fields: Fields, annex: Annex) -> None:
    """Draw all annexes, each from a new page on."""
    heads = _heads(titles_of(template, fields, annex))
    for form, rows in attached_tables(template, fields):
        _annex_head(sheet, next(heads), g.ON_ITS_SIDE if form.landscape else g.UPRIGHT)
        aligns = [_align([row[n] for row in rows]) for n in range(len(form.columns))]
        grid = Grid(shared(sheet.area.width, form.weights), tuple(aligns))
        draw_table(sheet, grid, form.columns, rows)
    if annex.exhibits:
        _annex_head(sheet, next(heads))
        _evidence_list(sheet, template, annex.exhibits)
    if annex.pictures:
        _annex_head(sheet, next(heads))
        _pictures(sheet, template, annex.pictures)


def attached_tables(
    template: Template, fields: Fields
) -> Iterator[tuple[TableForm, Sequence[Sequence[str]]]]:
    """Give the tables that a template attaches and for which there are rows."""
    for form in template.table_forms():
        rows = fields.get(form.name)
        if form.attached and rows and not isinstance(rows, str):
            yield form, [list(row) for row in rows]


def _heads(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give what stands over each annex; one alone has no number, as in the note (7.3.4)."""
    for number, title in enumerate(titles, 1):
        yield f"附件{number}" if len(titles) > 1 else "附件", title


def _align(cells: Sequence[str]) -> Align:
    """Numbers and short words stand in the middle of a column, sentences at its left."""
    return Align.CENTRE if max(map(len, cells)) <= _SHORT else Align.LEFT


def _annex_head(sheet: Sheet, head: tuple[str, str], area: g.Area = g.UPRIGHT) -> None:
    """Begin an annex: its number top left in 黑体, its title centred on the third line."""
    sheet.new_page(area)
    number, title = head
    sheet.text(number, sheet.area.left, sheet.baseline(), HEADING)
    sheet.skip(2)
    sheet.centred(title, sheet.baseline(), TITLE)
    sheet.skip(1.6)


def _evidence_list(sheet: Sheet, template: Template, exhibits: Sequence[Exhibit]) -> None:
    widths = (32.0, 112.0, 124.0, 60.0, g.TYPE_WIDTH - 328.0)
    rows = [
        (
            str(number),
            exhibit.name,
            f"{exhibit.taken_at:%Y-%m-%d %H:%M:%S}",
            _size(exhibit.size),
            exhibit.sha256[:16],
        )
        for number, exhibit in enumerate(exhibits, 1)
    ]
    draw_table(sheet, Grid(widths), template.texts("annex", "columns"), rows)


def _pictures(sheet: Sheet, template: Template, pictures: Sequence[Picture]) -> None:
    sheet.paragraph(template.text("annex", "note"), SMALL, indent=0)
    sheet.skip(0.5)
    gap, columns = 8 * mm, 2
    width = (g.TYPE_WIDTH - gap * (columns - 1)) / columns
    height = width * 9 / 16
    captions = [_caption_lines(sheet, picture.caption, width) for picture in pictures]
    step = height + _CAPTION_GAP + _CAPTION_PITCH * max(map(len, captions))
    y = sheet.y
    for index, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
        column = index % columns
        if column == 0 and index:
            y -= step
        if y - step < g.TYPE_BOTTOM:
            sheet.new_page()
            y = g.TYPE_TOP
        x = g.LEFT + column * (width + gap)
        sheet.picture(picture.data, x, y - height, width, height)
        sheet.box(x, y - height, width, height)
        for n, line in enumerate(caption, 1):
            sheet.text(line, x, y - height - n * _CAPTION_PITCH, SMALL)
    sheet.go_to(y - step)


def _caption_lines(sheet: Sheet, caption: str, width: float) -> list[str]:
    measure = sheet.measure(SMALL)
    return [line for part in caption.splitlines() for line in break_lines(part, width, measure)]


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{count / 1024:.1f} KB"
