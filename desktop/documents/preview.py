"""Pictures of pages, for the screen and the manual."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: RGBA bytes, row by row from the top, and their size in pixels."""

    rgba: bytes = field(repr=False)
    width: int
    height: int


def page_pictures(pdf: bytes, *, scale: float) -> Iterator[PagePicture]:
    """Draw every page; at scale 1 a point is a pixel."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=scale, rev_byteorder=True)
            image = bitmap.to_pil().convert("RGBA")
            yield PagePicture(image.tobytes(), image.width, image.height)
    finally:
        document.close()


def page_pngs(pdf: bytes, *, scale: float) -> Iterator[bytes]:
    """Draw every page as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            out = io.BytesIO()
            page.render(scale=scale).to_pil().save(out, "PNG", optimize=True)
            yield out.getvalue()
    finally:
        document.close()
