"""The visible mark of a signature, as the optional part `pades` takes it: a page of our drawing."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import StaticContentStamp, StaticStampStyle


def mark_style(page: bytes, width: float, height: float) -> StaticStampStyle:
    """Let a one-page PDF fill the field of a signature."""
    middle = AxisAlignment.ALIGN_MID
    return _MarkStyle(
        background=_Page(page, width, height),
        border_width=0,
        background_layout=SimpleBoxLayoutRule(
            x_align=middle, y_align=middle, margins=Margins(0, 0, 0, 0)
        ),
    )


class _Page(PdfContent):
    """A page taken over as a form of the signed document."""

    def __init__(self, page: bytes, width: float, height: float) -> None:
        super().__init__(box=BoxConstraints(width=round(width), height=round(height)))
        self._page = page

    def render(self) -> bytes:
        """Draw it."""
        reader = PdfFileReader(io.BytesIO(self._page))
        form = self._ensure_writer.import_page_as_xobject(reader)
        self.resources.xobject["/HallwatchMark"] = form
        return b"/HallwatchMark Do"


class _Stamp(StaticContentStamp):
    def as_form_xobject(self) -> generic.StreamObject:
        """Write the box from its lower left corner: pdfium draws nothing of one turned over."""
        form = super().as_form_xobject()
        corners = (0, 0, self.box.width, self.box.height)
        form["/BBox"] = generic.ArrayObject(map(generic.FloatObject, corners))
        return form


@dataclass(frozen=True)
class _MarkStyle(StaticStampStyle):
    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: Mapping[str, object]
    ) -> StaticContentStamp:
        """Make the stamp of one document."""
        return _Stamp(writer=writer, style=self, box=box)
