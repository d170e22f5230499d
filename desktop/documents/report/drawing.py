"""Shapes for charts: text in the paper's faces, and fills that differ in black and white."""

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color, black, white

from desktop.documents.fonts import Face, FontBook

SIZE = 9.0
# Dark, middle, light, white: told apart on any printer; red only adds to the dark one.
FILLS = (Color(0.25, 0.25, 0.25), Color(0.62, 0.62, 0.62), Color(0.86, 0.86, 0.86), white)
GRID = Color(0.82, 0.82, 0.82)


class Canvas:
    """A drawing that grows; y grows upward, in points."""

    def __init__(self, fonts: FontBook, width: float, height: float) -> None:
        self._fonts = fonts
        self.width, self.height = width, height
        self.drawing = Drawing(width, height)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        *,
        anchor: str = "start",
        size: float = SIZE,
        colour: Color = black,
    ) -> None:
        """Write text; `anchor` is start, middle or end."""
        wide = self._fonts.width(Face.BODY, text, size)
        x -= {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        for run in self._fonts.runs(Face.BODY, text):
            self.drawing.add(
                String(x, y, run.text, fontName=run.font, fontSize=size, fillColor=colour)
            )
            x += self._fonts.width(Face.BODY, run.text, size)

    def width_of(self, text: str, size: float = SIZE) -> float:
        """Measure text."""
        return self._fonts.width(Face.BODY, text, size)

    def bar(self, x: float, y: float, width: float, height: float, fill: Color) -> None:
        """Draw a filled frame."""
        self.drawing.add(
            Rect(x, y, width, height, fillColor=fill, strokeColor=black, strokeWidth=0.5)
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: Color = black,
        wide: float = 0.6,
    ) -> None:
        """Draw a line."""
        self.drawing.add(Line(x1, y1, x2, y2, strokeColor=colour, strokeWidth=wide))

    def curve(self, points: list[tuple[float, float]], *, dashed: bool) -> None:
        """Draw a line through points, whole or dashed, with marks that differ too."""
        if len(points) > 1:
            flat = [value for point in points for value in point]
            dashes = [4, 3] if dashed else None
            self.drawing.add(
                PolyLine(flat, strokeColor=black, strokeWidth=1.2, strokeDashArray=dashes)
            )
        for x, y in points:
            self.drawing.add(
                Circle(x, y, 2.2, fillColor=white if dashed else black, strokeColor=black)
            )

    def area(self, points: list[tuple[float, float]], fill: Color) -> None:
        """Draw a filled polygon."""
        flat = [value for point in points for value in point]
        self.drawing.add(Polygon(flat, fillColor=fill, strokeColor=black, strokeWidth=0.5))

    def legend(self, entries: list[tuple[str, Color]], x: float, y: float) -> None:
        """Write what fills mean, side by side."""
        for name, fill in entries:
            self.bar(x, y, 10, 7, fill)
            self.text(name, x + 13, y, size=8)
            x += 22 + self.width_of(name, 8)


def shade(share: float) -> Color:
    """Give a grey by share of the greatest, 0 white to 1 dark."""
    level = 1.0 - 0.75 * max(0.0, min(share, 1.0))
    return Color(level, level, level)


def ink_on(share: float) -> Color:
    """Give the colour of text that can be read on such a grey."""
    return white if share > 0.6 else black
