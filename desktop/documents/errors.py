"""What can keep a paper from being printed: a name and a subject; wording belongs to screens."""

from enum import Enum


class DocumentTrouble(Enum):
    """Why there is no paper."""

    MISSING_FIELD = "missing_field"
    NO_GLYPH = "no_glyph"
    NO_FONT = "no_font"
    BAD_TEMPLATE = "bad_template"
    BAD_PICTURE = "bad_picture"
    BAD_PDF = "bad_pdf"
    BAD_KEY = "bad_key"
    KEY_NOT_VALID = "key_not_valid"


class DocumentError(Exception):
    """The paper cannot be made.

    Attributes:
        trouble: the reason, a closed set.
        subject: the field, the character, the template or the picture; empty for a PDF.
    """

    def __init__(self, trouble: DocumentTrouble, subject: str = "") -> None:
        super().__init__(trouble, subject)
        self.trouble = trouble
        self.subject = subject
