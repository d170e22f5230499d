"""The one door to pdfium: it keeps state of its own and bears a single thread at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import pypdfium2

PDFIUM = RLock()  # held for every call into pdfium, never while a caller does something else


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a document and close it; whoever uses it holds PDFIUM for each page."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()
