"""Says on paper what an official document is: what was drafted, and what came after signing."""

from desktop.documents.card_paper import UNDATED, UNNUMBERED, day
from desktop.documents.slots import whole
from desktop.documents.template import Field, Template
from desktop.domain.calendar import HALL_TIME
from desktop.domain.official_documents import OfficialDocument


def drafted_fields(template: Template, document: OfficialDocument) -> dict[str, Field]:
    """Give the fields of a paper; the digest of its evidence and pictures is part of it."""
    issued = document.issued_at
    return {
        **whole(template, document.said),
        "evidence": document.evidence,
        "pictures": document.pictures,
        "doc_no": document.doc_no or (UNNUMBERED if document.is_numbered else ""),
        "issued_on": day(issued.astimezone(HALL_TIME).date()) if issued else UNDATED,
    }


def is_sealed(template: Template) -> bool:
    """Tell whether the organ's seal is pressed on it."""
    return template.text_or("", "signature", "name") == "{organ}"
