"""Fills in a PDF form as a foreign reader does: the fields' values, nothing else."""

import ctypes
import io
from collections.abc import Mapping

import pypdfium2
from pypdfium2 import raw

WIDE = ctypes.POINTER(raw.FPDF_WCHAR)


def filled_form(pdf: bytes, said: Mapping[str, str]) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for page in document:
        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, number)
            size = raw.FPDFAnnot_GetFormFieldName(document.formenv, annotation, None, 0)
            name = ctypes.create_string_buffer(size)
            raw.FPDFAnnot_GetFormFieldName(
                document.formenv, annotation, ctypes.cast(name, WIDE), size
            )
            value = said.get(name.raw.decode("utf-16-le").rstrip("\0"))
            if value is not None:
                text = ctypes.create_string_buffer((value + "\0").encode("utf-16-le"))
                raw.FPDFAnnot_SetStringValue(annotation, b"V", ctypes.cast(text, WIDE))
            raw.FPDFPage_CloseAnnot(annotation)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
