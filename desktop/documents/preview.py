"""Pictures of pages, for the screen and the manual."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.documents.pdfium import PDFIUM, opened


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: RGBA bytes, row by row from the top, and their size in pixels."""

    rgba: bytes = field(repr=False)
    width: int
    height: int


def page_pictures(pdf: bytes, *, scale: float) -> Iterator[PagePicture]:
    """Draw every page; at scale 1 a point is a pixel."""
    with opened(pdf) as document:
        for number in range(len(document)):
            with PDFIUM:
                bitmap = document[number].render(scale=scale, rev_byteorder=True)
                image = bitmap.to_pil().convert("RGBA")
            yield PagePicture(image.tobytes(), image.width, image.height)


def page_pngs(pdf: bytes, *, scale: float) -> Iterator[bytes]:
    """Draw every page as a PNG."""
    with opened(pdf) as document:
        for number in range(len(document)):
            with PDFIUM:
                image = document[number].render(scale=scale).to_pil().copy()
            out = io.BytesIO()
            image.save(out, "PNG", optimize=True)
            yield out.getvalue()


def page_count(pdf: bytes) -> int:
    """Count the pages."""
    with opened(pdf) as document, PDFIUM:
        return len(document)


def page_for_print(pdf: bytes, number: int, *, dots_per_inch: int) -> PagePicture:
    """Draw one page as it lies on the sheet: a table on its side is not turned to be read.

    Args:
        number: from 0.
    """
    with opened(pdf) as document, PDFIUM:
        page = document[number]
        upright = -page.get_rotation()
        bitmap = page.render(scale=dots_per_inch / 72, rotation=upright % 360, rev_byteorder=True)
        image = bitmap.to_pil().convert("RGBA")
    return PagePicture(image.tobytes(), image.width, image.height)
