"""A drawn seal for demonstrations, marked 演示: no real organ's seal is ever made here."""

import io
import math

from reportlab.pdfgen.canvas import Canvas

from desktop.documents.fonts import Face, FontBook
from desktop.documents.pdfium import PDFIUM, opened
from desktop.documents.sheet import RED

_SIZE = 120.0  # points; 42 mm when pressed
_SCALE = 4.0
_ARC = math.radians(230)  # over which the name is spread


def demonstration_seal(organ: str, fonts: FontBook) -> bytes:
    """Draw a round seal with the organ's name and 演示 as a transparent PNG."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_SIZE, _SIZE), invariant=1)
    canvas.translate(_SIZE / 2, _SIZE / 2)
    canvas.setStrokeColor(RED)
    canvas.setFillColor(RED)
    canvas.setLineWidth(3.2)
    canvas.circle(0, 0, _SIZE / 2 - 3)
    _star(canvas, 17.0)
    _name(canvas, organ, fonts)
    _middle(canvas, "演示", -34.0, fonts)
    canvas.save()
    return _picture(out.getvalue())


def _star(canvas: Canvas, radius: float) -> None:
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    path = canvas.beginPath()
    for corner in range(10):
        angle = math.radians(90 + 36 * corner)
        length = radius if corner % 2 == 0 else inner
        point = (length * math.cos(angle), length * math.sin(angle))
        path.lineTo(*point) if corner else path.moveTo(*point)
    path.close()
    canvas.drawPath(path, fill=1, stroke=0)


def _name(canvas: Canvas, organ: str, fonts: FontBook) -> None:
    size = min(14.0, 1.5 * 42.0 * _ARC / max(8, len(organ)) / 1.6)
    step = _ARC / max(1, len(organ) - 1) if len(organ) > 1 else 0.0
    arc = min(step, math.radians(24)) * (len(organ) - 1)
    for number, character in enumerate(organ):
        angle = arc / 2 - number * (arc / max(1, len(organ) - 1))
        canvas.saveState()
        canvas.rotate(math.degrees(angle))
        canvas.setFont(fonts.glyph(Face.TITLE, character).font, size)
        canvas.drawCentredString(0, 53.0 - size, character)
        canvas.restoreState()


def _middle(canvas: Canvas, text: str, y: float, fonts: FontBook) -> None:
    canvas.setFont(fonts.glyph(Face.HEAVY, text[0]).font, 12.0)
    canvas.drawCentredString(0, y, text)


def _picture(pdf: bytes) -> bytes:
    with opened(pdf) as document, PDFIUM:
        bitmap = document[0].render(scale=_SCALE, fill_color=(255, 255, 255, 0))
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", optimize=True)
        return out.getvalue()
