"""Pages with the grid of the standard: text set line by line, page numbers, rules, pictures."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import Color, black
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.documents import geometry as g
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import Face, FontBook
from desktop.documents.lines import break_lines

RED = Color(0.85, 0.06, 0.09)
_WIDE = 0x2E80  # from here on characters fill a square of the grid


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set; `pitch` is the width of a square of the grid, 0 for the font's own."""

    face: Face
    size: float
    pitch: float = 0.0
    colour: Color = black
    bold: bool = False


BODY = Style(Face.BODY, g.SIZE_3, g.CHARACTER_PITCH)
HEADING = Style(Face.HEAVY, g.SIZE_3, g.CHARACTER_PITCH)
TITLE = Style(Face.TITLE, g.SIZE_2, bold=True)
SMALL = Style(Face.BODY, g.SIZE_5)
SMALL_HEADING = Style(Face.HEAVY, g.SIZE_5)


class Sheet:
    """A growing PDF with a cursor that moves down the lines of the grid."""

    def __init__(self, fonts: FontBook, *, title: str, subject: str) -> None:
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
        self._page = 1
        self.line = 0.0

    @property
    def lines_left(self) -> float:
        """Lines of the grid below the cursor."""
        return g.LINES - self.line

    def finish(self) -> bytes:
        """Number the last page and answer the PDF."""
        self._number_page()
        self._canvas.showPage()
        self._canvas.save()
        return self._bytes.getvalue()

    def new_page(self) -> None:
        """Number this page and begin the next."""
        self._number_page()
        self._canvas.showPage()
        self._page += 1
        self.line = 0.0

    def skip(self, lines: float) -> None:
        """Leave lines empty."""
        self.line += lines

    def paragraph(self, text: str, style: Style = BODY, *, indent: int = 2) -> None:
        """Set a paragraph on the grid, over as many pages as it needs."""
        shift = indent * (style.pitch or style.size)
        width = self.measure(style)
        for number, line in enumerate(break_lines(text, g.TYPE_WIDTH, width, indent=shift)):
            if self.lines_left < 1:
                self.new_page()
            self.text(line, g.LEFT + (shift if number == 0 else 0), self.baseline(), style)
            self.line += 1

    def baseline(self, lines: float = 0.0) -> float:
        """Answer the y of the text on the cursor's line, or some lines below."""
        # 行: one character and 7/8 of one; the character stands in the middle of it.
        inner = (g.LINE_PITCH - g.SIZE_3) / 2 + g.SIZE_3 * 0.14
        return float(g.TYPE_TOP - (self.line + lines + 1) * g.LINE_PITCH + inner)

    def measure(self, style: Style) -> "Measured":
        """Give the function that measures text in a style."""
        return Measured(self._fonts, style)

    def width(self, text: str, style: Style) -> float:
        """Measure text in points."""
        return self.measure(style)(text)

    def centred(self, text: str, y: float, style: Style) -> None:
        """Set one line in the middle of the type area."""
        x = g.LEFT + (g.TYPE_WIDTH - self.width(text, style)) / 2
        self.text(text, x, y, style)

    def text(self, text: str, x: float, y: float, style: Style) -> None:
        """Set one line from a point on its baseline."""
        self._canvas.saveState()
        self._canvas.setFillColor(style.colour)
        self._canvas.setStrokeColor(style.colour)
        for font, piece, advance in self._pieces(text, style):
            words = self._canvas.beginText(x, y)
            words.setFont(font, style.size)
            if style.bold:
                words.setTextRenderMode(2)
                self._canvas.setLineWidth(style.size / 60)
            words.textOut(piece)
            self._canvas.drawText(words)
            x += advance
        self._canvas.restoreState()

    def rule(self, y: float, *, thickness: float, colour: Color = black) -> None:
        """Draw a line over the width of the type area."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(thickness)
        self._canvas.line(g.LEFT, y, g.RIGHT_EDGE, y)

    def cut_line(self, y: float) -> None:
        """Draw the dashed line along which a stub is torn off."""
        self._canvas.saveState()
        self._canvas.setDash(4, 3)
        self.rule(y, thickness=0.6)
        self._canvas.restoreState()

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a frame; y is its lower edge."""
        self._canvas.setStrokeColor(black)
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(x, y, width, height)

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Place a JPEG or PNG inside a frame, whole and undistorted.

        Raises:
            DocumentError: BAD_PICTURE.
        """
        try:
            image = ImageReader(io.BytesIO(data))
        except (OSError, ValueError) as error:
            raise DocumentError(DocumentTrouble.BAD_PICTURE) from error
        self._canvas.drawImage(
            image, x, y, width, height, preserveAspectRatio=True, anchor="c", mask="auto"
        )

    def qr(self, said: str, x: float, y: float, size: float) -> None:
        """Place a QR code; y is its lower edge."""
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(said)
        code.make()
        step = size / code.getModuleCount()
        self._canvas.setFillColor(black)
        for row, modules in enumerate(code.modules):
            for column, dark in enumerate(modules):
                if dark:
                    corner = (x + column * step, y + size - (row + 1) * step)
                    self._canvas.rect(*corner, step, step, stroke=0, fill=1)

    def _pieces(self, text: str, style: Style) -> Iterator[tuple[str, str, float]]:
        """Give (font, text, advance): wide characters one by one on the grid, others as runs."""
        for run in self._fonts.runs(style.face, text):
            if not style.pitch:
                width = pdfmetrics.stringWidth(run.text, run.font, style.size)
                yield run.font, run.text, width
                continue
            for character in run.text:
                width = pdfmetrics.stringWidth(character, run.font, style.size)
                yield run.font, character, style.pitch if ord(character) >= _WIDE else width

    def _number_page(self) -> None:
        """Write — n —, right on odd pages, left on even ones, one character in."""
        style = Style(Face.DIGITS, g.SIZE_4)
        said = f"— {self._page} —"
        y = g.TYPE_BOTTOM - g.PAGE_NUMBER_DROP - g.SIZE_4 * 0.36
        inset = g.SIZE_4
        x = g.RIGHT_EDGE - inset - self.width(said, style) if self._page % 2 else g.LEFT + inset
        self.text(said, x, y, style)


class Measured:
    """Measures text in one style."""

    def __init__(self, fonts: FontBook, style: Style) -> None:
        self._fonts = fonts
        self._style = style

    def __call__(self, text: str) -> float:
        """Answer a width in points."""
        style = self._style
        if not style.pitch:
            return self._fonts.width(style.face, text, style.size)
        return sum(
            style.pitch
            if ord(character) >= _WIDE
            else self._fonts.width(style.face, character, style.size)
            for character in text
        )
