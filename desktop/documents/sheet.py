"""Pages with the grid of the standard: text set line by line, page numbers, rules, pictures."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.documents import geometry as g
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import Face, FontBook
from desktop.documents.lines import blank_after, break_lines

RED = Color(0.85, 0.06, 0.09)
_MASK = 0  # of the QR code; any is valid, and weighing all eight takes longer than the page
_WIDEST_GAP = 5.0  # squares of the grid that a line may be short and still be spread
_JPEG = b"\xff\xd8\xff"
_LONGEST_FIELD = 4000  # characters
_WIDE = 0.95  # share of the size from which on a character fills a square of the grid


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set; `pitch` is the width of a square of the grid, 0 for the font's own."""

    face: Face
    size: float
    pitch: float = 0.0
    colour: Color = black
    bold: bool = False

    @property
    def square(self) -> float:
        """Points that one wide character takes."""
        return self.pitch or self.size


BODY = Style(Face.BODY, g.SIZE_3, g.CHARACTER_PITCH)
HEADING = Style(Face.HEAVY, g.SIZE_3, g.CHARACTER_PITCH)
SUBHEADING = Style(Face.KAI, g.SIZE_3, g.CHARACTER_PITCH)
TITLE = Style(Face.TITLE, g.SIZE_2, bold=True)
SMALL = Style(Face.BODY, g.SIZE_5)
SMALL_HEADING = Style(Face.HEAVY, g.SIZE_5)


class Numbering(Enum):
    """Whether pages carry their number; a letter's first page does not (10.1)."""

    EVERY_PAGE = "every_page"
    FROM_SECOND = "from_second"
    NONE = "none"


class Sheet:
    """A growing PDF with a cursor that moves down the lines of the grid."""

    def __init__(
        self,
        fonts: FontBook,
        *,
        title: str,
        subject: str,
        numbering: Numbering = Numbering.EVERY_PAGE,
    ) -> None:
        self._fonts = fonts
        self._bytes = io.BytesIO()
        self._canvas = Canvas(
            self._bytes,
            pagesize=(g.PAGE_WIDTH, g.PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setAuthor("")
        self._canvas.setCreator("Hallwatch")
        self._canvas.setProducer("Hallwatch")
        self._numbering = numbering
        self.page = 1
        self.area = g.UPRIGHT
        self.line = 0.0

    @property
    def lines_left(self) -> float:
        """Lines of the grid below the cursor."""
        return self.area.lines - self.line

    @property
    def y(self) -> float:
        """The upper edge of the cursor's line."""
        return float(self.area.top - self.line * g.LINE_PITCH)

    def go_to(self, y: float) -> None:
        """Put the cursor at a height of the page."""
        self.line = (self.area.top - y) / g.LINE_PITCH

    def finish(self) -> bytes:
        """Number the last page and answer the PDF."""
        self._end_page()
        self._canvas.save()
        return self._bytes.getvalue()

    def new_page(self, area: g.Area = g.UPRIGHT) -> None:
        """Number this page and begin the next, upright or on its side."""
        self._end_page()
        self.page += 1
        self.area = area
        self.line = 0.0
        if area is g.ON_ITS_SIDE:
            # reportlab swaps the sides of a turned page: given swapped, they come out upright.
            self._canvas.setPageSize((g.PAGE_HEIGHT, g.PAGE_WIDTH))
            self._canvas.setPageRotation(90)
            self._canvas.saveState()
            self._canvas.transform(0, 1, -1, 0, g.PAGE_WIDTH, 0)

    def skip(self, lines: float) -> None:
        """Leave lines empty."""
        self.line += lines

    def paragraph(self, text: str, style: Style = BODY, *, indent: int = 2) -> None:
        """Set a paragraph on the grid, over as many pages as it needs."""
        shift = indent * style.square
        lines = self.broken(text, style, shift)
        for number, line in enumerate(lines, 1):
            if self.lines_left < 1:
                self.new_page(self.area)
            inset = shift if number == 1 else 0.0
            stretch = self.stretch(line, style, inset, is_last=number == len(lines))
            self.text(line, self.area.left + inset, self.baseline(), style, stretch=stretch)
            self.line += 1

    def block(self, text: str, style: Style, *, pitch: float, indent: int = 0) -> None:
        """Set a paragraph off the grid, its lines `pitch` points apart."""
        shift = indent * style.size
        lines = self.broken(text, style, shift)
        for number, line in enumerate(lines, 1):
            if self.y - pitch < self.area.bottom - 0.01:
                self.new_page(self.area)
            inset = shift if number == 1 else 0.0
            stretch = self.stretch(line, style, inset, is_last=number == len(lines))
            y = self.y - pitch / 2 - style.size * 0.36
            self.text(line, self.area.left + inset, y, style, stretch=stretch)
            self.go_to(self.y - pitch)

    def broken(self, text: str, style: Style, indent: float) -> list[str]:
        """Break a paragraph into lines of the type area; `indent` in points."""
        give, measure = style.square / 2, self.measure(style)
        return break_lines(text, self.area.width, measure, indent=indent, give=give)

    def stretch(self, line: str, style: Style, inset: float, *, is_last: bool) -> float:
        """Give the space after each character with which a line is full.

        Less than none closes up a line that ends with one mark too many; the last line of a
        paragraph is never spread.
        """
        gap = self.area.width - inset - self.width(line, style)
        if gap < 0:
            gap = min(0.0, gap + blank_after(line, self.measure(style)))
        elif is_last or gap > _WIDEST_GAP * style.square:
            return 0.0
        return gap / max(1, len(line) - 1)

    def baseline(self, lines: float = 0.0) -> float:
        """Answer the y of the text on the cursor's line, or some lines below."""
        # 行: one character and 7/8 of one; the character stands in the middle of it.
        inner = (g.LINE_PITCH - g.SIZE_3) / 2 + g.SIZE_3 * 0.14
        return float(self.area.top - (self.line + lines + 1) * g.LINE_PITCH + inner)

    def measure(self, style: Style) -> "Measured":
        """Give the function that measures text in a style."""
        return Measured(self._fonts, style)

    def width(self, text: str, style: Style) -> float:
        """Measure text in points."""
        return self.measure(style)(text)

    def centred(self, text: str, y: float, style: Style) -> None:
        """Set one line in the middle of the type area."""
        x = self.area.left + (self.area.width - self.width(text, style)) / 2
        self.text(text, x, y, style)

    def flush_right(self, text: str, right: float, y: float, style: Style) -> None:
        """Set one line that ends at a point on its baseline."""
        self.text(text, right - self.width(text, style), y, style)

    def text(self, text: str, x: float, y: float, style: Style, *, stretch: float = 0.0) -> None:
        """Set one line from a point on its baseline, each character `stretch` points wider."""
        self._canvas.setFillColor(style.colour)
        words = self._canvas.beginText(x, y)
        if style.bold:
            self._canvas.setStrokeColor(style.colour)
            self._canvas.setLineWidth(style.size / 60)
            words.setTextRenderMode(2)
        for font, piece, extra in self._pieces(text, style):
            words.setFont(font, style.size)
            words.setCharSpace(extra + stretch)
            words.textOut(piece)
        words.setCharSpace(0)
        if style.bold:
            words.setTextRenderMode(0)
        self._canvas.drawText(words)

    def rule(self, y: float, *, thickness: float, colour: Color = black) -> None:
        """Draw a line over the width of the type area."""
        self.stroke(self.area.left, y, self.area.right, y, thickness=thickness, colour=colour)

    def stroke(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        thickness: float = 0.5,
        colour: Color = black,
    ) -> None:
        """Draw a line."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x1, y1, x2, y2)

    def cut_line(self, y: float) -> None:
        """Draw the dashed line along which a stub is torn off."""
        self._canvas.saveState()
        self._canvas.setDash(4, 3)
        self.rule(y, thickness=0.6)
        self._canvas.restoreState()

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: Color | None = None
    ) -> None:
        """Draw a frame; y is its lower edge."""
        self._canvas.setStrokeColor(black)
        self._canvas.setLineWidth(0.5)
        if fill:
            self._canvas.setFillColor(fill)
        self._canvas.rect(x, y, width, height, fill=1 if fill else 0)

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Place a JPEG or PNG inside a frame, whole and undistorted.

        Raises:
            DocumentError: BAD_PICTURE.
        """
        try:
            image = _Jpeg(data) if data.startswith(_JPEG) else ImageReader(io.BytesIO(data))
        except (OSError, ValueError) as error:
            raise DocumentError(DocumentTrouble.BAD_PICTURE) from error
        self._canvas.drawImage(
            image, x, y, width, height, preserveAspectRatio=True, anchor="c", mask="auto"
        )

    def drawing(self, drawing: Drawing, x: float, y: float) -> None:
        """Place a chart; y is its lower edge."""
        renderPDF.draw(drawing, self._canvas, x, y)

    def field(self, name: str, hint: str, y: float, height: float, *, is_long: bool) -> None:
        """Place a field to be filled in, over the width of the type area; y is its lower edge."""
        self._canvas.acroForm.textfield(
            name=name,
            tooltip=hint,
            x=self.area.left,
            y=y,
            width=self.area.width,
            height=height,
            fontSize=12,
            borderWidth=0.5,
            fillColor=white,
            maxlen=_LONGEST_FIELD,
            fieldFlags="multiline" if is_long else "",
        )

    def hidden_field(self, name: str, value: str) -> None:
        """Carry a value (ASCII) in the form that nobody sees or changes."""
        self._canvas.acroForm.textfield(
            name=name,
            value=value,
            x=self.area.left,
            y=self.area.bottom,
            width=1,
            height=1,
            maxlen=_LONGEST_FIELD,
            annotationFlags="hidden",
            fieldFlags="readOnly",
        )

    def bookmark(self, title: str, level: int) -> None:
        """Let the reader's table of contents lead to this page."""
        key = f"p{self.page}-{title}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key, level=level, closed=level > 0)

    def qr(self, said: str, x: float, y: float, size: float) -> None:
        """Place a QR code; y is its lower edge."""
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(said)
        code.version = code.calculate_version()
        code.makeImpl(False, _MASK)
        self._canvas.saveState()
        self._canvas.setFillColor(black)
        self._canvas.translate(x, y)
        self._canvas.scale(size / code.getModuleCount(), size / code.getModuleCount())
        # Whole numbers as they are: formatting a thousand floats takes longer than a page.
        self._canvas.addLiteral(" ".join((*_squares(code), "f")))
        self._canvas.restoreState()

    def _pieces(self, text: str, style: Style) -> Iterator[tuple[str, str, float]]:
        """Give (font, text, space after each character): wide characters stand on the grid."""
        font, piece, extra = "", "", 0.0
        glyphs = self._fonts.glyphs(style.face)
        for character in text:
            glyph = glyphs[character]
            more = _spacing(style, glyph.advance)
            if piece and (glyph.font, more) != (font, extra):
                yield font, piece, extra
                piece = ""
            font, extra = glyph.font, more
            piece += character
        if piece:
            yield font, piece, extra

    def _end_page(self) -> None:
        if self.area is g.ON_ITS_SIDE:
            self._canvas.restoreState()
        first_is_bare = self._numbering is Numbering.FROM_SECOND and self.page == 1
        if self._numbering is not Numbering.NONE and not first_is_bare:
            self._number_page()
        self._canvas.showPage()
        self._canvas.setPageRotation(0)
        self._canvas.setPageSize((g.PAGE_WIDTH, g.PAGE_HEIGHT))

    def _number_page(self) -> None:
        """Write — n —, right on odd pages, left on even ones, one character in."""
        style = Style(Face.DIGITS, g.SIZE_4)
        said = f"— {self.page} —"
        y = g.TYPE_BOTTOM - g.PAGE_NUMBER_DROP - g.SIZE_4 * 0.36
        inset = g.SIZE_4
        x = g.RIGHT_EDGE - inset - self.width(said, style) if self.page % 2 else g.LEFT + inset
        self.text(said, x, y, style)


def _squares(code: QRCode) -> Iterator[str]:
    """Give the dark runs of a code's rows as rectangles of a page, the last row at 0."""
    for y, row in enumerate(reversed(code.modules)):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"{x} {y} {length} 1 re"
            x += length


def _spacing(style: Style, advance: float) -> float:
    if not style.pitch or advance < _WIDE:
        return 0.0
    return round(style.pitch - advance * style.size, 4)


class _Jpeg(ImageReader):  # type: ignore[misc]  # reportlab has no types
    """A photograph that goes into the file as it is: reportlab decodes it to name it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._data, self._dataA = data, None


class Measured:
    """Measures text in one style."""

    def __init__(self, fonts: FontBook, style: Style) -> None:
        self._glyphs = fonts.glyphs(style.face)
        self._style = style

    def __call__(self, text: str) -> float:
        """Answer a width in points."""
        style, glyphs, total = self._style, self._glyphs, 0.0
        for character in text:
            advance = glyphs[character].advance
            total += style.pitch if style.pitch and advance >= _WIDE else advance * style.size
        return total


def fitted(sheet: Sheet, text: str, style: Style, width: float, least: float) -> Style:
    """Give the style with the largest size, down to `least`, in which text fits a width."""
    wide = sheet.width(text, style)
    if wide <= width:
        return style
    return replace(style, size=max(least, style.size * width / wide))
