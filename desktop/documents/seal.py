"""An organ's seal: its picture made fit for paper, and a drawn one for demonstrations (演示)."""

import io
import math

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import Face, FontBook
from desktop.documents.pdfium import PDFIUM, opened
from desktop.documents.sheet import RED

LEAST_SEAL = 200  # pixels; below that a seal of 42 mm is coarse at 120 dpi
_LARGEST_SEAL = 1200
_PAPER = 225  # grey from which on a scan is paper
_OPAQUE = (255, 255)  # least and greatest alpha
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


def seal_of(picture: bytes) -> bytes:
    """Make a picture of a seal fit to be pressed on text: trimmed, square, its paper transparent.

    Raises:
        DocumentError: BAD_PICTURE with what is wrong: not a picture, too small, or empty.
    """
    try:
        with Image.open(io.BytesIO(picture)) as opened_picture:
            image = opened_picture.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise DocumentError(DocumentTrouble.BAD_PICTURE) from error
    if image.getchannel("A").getextrema() == _OPAQUE:  # a scan, whose paper would hide the text
        image.putalpha(image.convert("L").point(_ink))
    box = image.getchannel("A").point(_is_there).getbbox()
    if box is None or max(box[2] - box[0], box[3] - box[1]) < LEAST_SEAL:
        raise DocumentError(DocumentTrouble.BAD_PICTURE, f"{image.width}×{image.height}")
    inked = image.crop(box)
    side = max(inked.size)
    square = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    square.paste(inked, ((side - inked.width) // 2, (side - inked.height) // 2))
    square.thumbnail((_LARGEST_SEAL, _LARGEST_SEAL))
    out = io.BytesIO()
    square.save(out, "PNG", optimize=True)
    return out.getvalue()


def _ink(level: int) -> int:
    """Give how opaque a grey of a scan is: paper not at all, what is darker the more."""
    return 0 if level > _PAPER else min(255, (_PAPER - level) * 4)


def _is_there(alpha: int) -> int:
    return 255 if alpha > 32 else 0


def _picture(pdf: bytes) -> bytes:
    with opened(pdf) as document, PDFIUM:
        bitmap = document[0].render(scale=_SCALE, fill_color=(255, 255, 255, 0))
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", optimize=True)
        return out.getvalue()
