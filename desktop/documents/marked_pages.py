"""A copy of a PDF on which one page is a picture: what is covered on it is not below it."""

import io

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.errors import DocumentError, DocumentTrouble


def with_page_picture(pdf: bytes, number: int, picture: bytes) -> bytes:
    """Put a picture in the place of a page, as wide as the page was.

    Args:
        number: of the page, from 0.
        picture: PNG.

    Raises:
        DocumentError: BAD_PDF.
    """
    try:
        pages = PdfReader(io.BytesIO(pdf)).pages
        before = pages[number]
        sides = (float(before.mediabox.width), float(before.mediabox.height))
        width = sides[1] if before.rotation % 180 else sides[0]
        writer = PdfWriter()
        for place, page in enumerate(pages):
            writer.add_page(_page_of(picture, width) if place == number else page)
    except (PyPdfError, ValueError, IndexError) as error:
        raise DocumentError(DocumentTrouble.BAD_PDF) from error
    writer.add_metadata({"/Creator": "Hallwatch"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page_of(picture: bytes, width: float) -> PageObject:
    image = ImageReader(io.BytesIO(picture))
    pixels = image.getSize()
    height = width * pixels[1] / pixels[0]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    canvas.drawImage(image, 0, 0, width, height)
    canvas.save()
    return PdfReader(out).pages[0]
