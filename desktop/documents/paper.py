"""Prints a paper of any template: the same input gives the same bytes."""

from desktop.documents import geometry as g
from desktop.documents.annexes import Annex, draw_annexes, titles_of
from desktop.documents.flow import KEPT, Line, lines_of_text, place
from desktop.documents.fonts import FontBook
from desktop.documents.form import draw_form
from desktop.documents.heads import Head, draw_head
from desktop.documents.proof import draw_proof
from desktop.documents.sheet import Numbering, Sheet
from desktop.documents.tail import (
    draw_imprint,
    draw_signature,
    draw_stub,
    imprint_of,
    lines_for,
    signing_of,
)
from desktop.documents.template import (
    Fields,
    Template,
    filled_if_said,
    paragraphs_of,
    said_in,
)
from desktop.domain.evidence import ChainHead

_BLANK = Line("")
_IMPRINT_GAP = 8.0  # points between an imprint and what is above it on the same page


def print_paper(
    template: Template,
    fields: Fields,
    fonts: FontBook,
    annex: Annex | None = None,
    *,
    seal: bytes | None = None,
    chain: ChainHead | None = None,
) -> bytes:
    """Print a paper.

    Args:
        fields: what the template names; `doc_no` and `issued_on` may be blank in a preview,
            `text` replaces the template's paragraphs.
        seal: picture of the seal (PNG), pressed on name and date.
        chain: the latest row of this machine's audit chain, for what is issued.

    Raises:
        DocumentError: a field is missing, a character is in no font, a picture is broken.
    """
    title = said_in(fields, "title") or template.title
    sheet = Sheet(
        fonts, title=title, subject=said_in(fields, "doc_no"), numbering=_numbering(template)
    )
    draw_proof(sheet, template, fields, chain)
    if template.text("layout") == "form":
        draw_form(sheet, template, fields)
    else:
        _document(sheet, template, fields, annex or Annex(), seal)
    return sheet.finish()


def _numbering(template: Template) -> Numbering:
    if template.text_or("", "head") == Head.LETTER.value:
        return Numbering.FROM_SECOND
    return Numbering(template.text_or("every_page", "numbering"))


def _document(
    sheet: Sheet, template: Template, fields: Fields, annex: Annex, seal: bytes | None
) -> None:
    draw_head(sheet, template, fields)
    recipient = filled_if_said(template.text_or("", "main_recipient"), fields)
    lines = lines_of_text(sheet, [recipient], indent=0) if recipient else []
    lines += lines_of_text(sheet, paragraphs_of(template, fields))
    note = _attachment_note(sheet, titles_of(template, fields, annex))
    imprint = imprint_of(sheet, template, fields)
    foot = imprint.height + _IMPRINT_GAP if imprint and not note else 0.0
    tail = lines_for(signing_of(template))
    if "stub" not in template.content:
        tail += foot / g.LINE_PITCH
    place(sheet, lines + note, kept=KEPT + len(note), tail=tail)
    draw_signature(sheet, template, fields, seal)
    draw_stub(sheet, template, fields, foot=foot)
    draw_annexes(sheet, template, fields, annex)
    draw_imprint(sheet, imprint)


def _attachment_note(sheet: Sheet, titles: list[str]) -> list[Line]:
    """Write 附件： one empty line below the text, without a mark at the end."""
    if not titles:
        return []
    said = [f"1. {titles[0]}" if len(titles) > 1 else titles[0]]
    said += [f"{number}. {title}" for number, title in enumerate(titles[1:], 2)]
    leads = ["附件：", *["　　　"] * (len(said) - 1)]
    return [
        _BLANK,
        *lines_of_text(sheet, [lead + text for lead, text in zip(leads, said, strict=True)]),
    ]
