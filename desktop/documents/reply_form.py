"""The form that a unit fills in on its screen and sends back: printed, and read again."""

import ctypes
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, cast

import pypdfium2
from pypdfium2 import raw

from desktop.documents import geometry as g
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import FontBook
from desktop.documents.pdfium import PDFIUM, opened
from desktop.documents.sheet import HEADING, SMALL, TITLE, Sheet
from desktop.documents.template import Fields, Template, paragraphs_of

CARD_FIELD, DOCUMENT_FIELD = "hallwatch.card", "hallwatch.document"
DIGEST_FIELD = "hallwatch.digest"
_FIELD_PITCH, _PADDING = 18.0, 6.0  # points a line of a field, and above and below them
_NUMERALS = "一二三四五六"
_SIGNED = "signed"  # the part that says who filled it in
_LABEL = 15.0  # points that a label takes


def print_reply_form(
    template: Template,
    fields: Fields,
    fonts: FontBook,
    *,
    hidden: Mapping[str, str],
    parts: Collection[str] = (),
) -> bytes:
    """Print the fillable form.

    Args:
        hidden: what it carries unseen: the paper's record and the digest of its content.
        parts: kinds of the parts that it has, all where none is named; who fills it in always has.

    Raises:
        DocumentError: a field is missing, a character is in no font.
    """
    sheet = Sheet(fonts, title=template.title, subject=str(fields["doc_no"]))
    sheet.centred(template.title, sheet.baseline(), TITLE)
    sheet.skip(1.6)
    for paragraph in paragraphs_of(template, fields):
        sheet.block(paragraph, SMALL, pitch=18.0, indent=2)
    sheet.skip(0.3)
    for name, value in hidden.items():
        sheet.hidden_field(name, value)
    every = cast(Sequence[Mapping[str, object]], template.content["part"])
    shown = [part for part in every if not parts or part["kind"] in {*parts, _SIGNED}]
    for numeral, part in zip(_NUMERALS, shown, strict=False):
        _part(sheet, part, f"{numeral}、{part['title']}")
    return sheet.finish()


def read_form(pdf: bytes) -> dict[str, str]:
    """Give the fields of a form by name, whoever filled it in; empty for a PDF without any.

    Raises:
        DocumentError: BAD_PDF.
    """
    try:
        with opened(pdf) as document, PDFIUM:
            document.init_forms()
            return dict(_fields_of(document)) if document.formenv else {}
    except pypdfium2.PdfiumError as error:
        raise DocumentError(DocumentTrouble.BAD_PDF) from error


def _fields_of(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, str]]:
    for page in document:
        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, number)
            try:
                name = _told(raw.FPDFAnnot_GetFormFieldName, document, annotation)
                yield name, _told(raw.FPDFAnnot_GetFormFieldValue, document, annotation)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _told(ask: Callable[..., int], document: pypdfium2.PdfDocument, annotation: Any) -> str:
    """Call one of pdfium's functions that fill a buffer with UTF-16."""
    size = ask(document.formenv, annotation, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    ask(document.formenv, annotation, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r", "\n")


def _part(sheet: Sheet, part: Mapping[str, object], title: str) -> None:
    rows = cast(Sequence[Mapping[str, object]], part["field"])
    heights = [_LABEL + _PADDING + _FIELD_PITCH * cast(int, row["lines"]) for row in rows]
    if sheet.y - 1.2 * g.LINE_PITCH - heights[0] < sheet.area.bottom:
        sheet.new_page()
    sheet.text(title, sheet.area.left, sheet.baseline(), HEADING)
    sheet.skip(1.1)
    for row, height in zip(rows, heights, strict=True):
        if sheet.y - height < sheet.area.bottom:
            sheet.new_page()
        label, lines = str(row["label"]), cast(int, row["lines"])
        sheet.text(label, sheet.area.left, sheet.y - _LABEL + 4, SMALL)
        tall = height - _LABEL
        sheet.field(str(row["name"]), label, sheet.y - height, tall, is_long=lines > 1)
        sheet.go_to(sheet.y - height - _PADDING)
    sheet.skip(0.2)
