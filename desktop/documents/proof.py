"""The small print by which a paper is held against its record, outside the type area."""

from reportlab.lib.units import mm

from desktop.documents import geometry as g
from desktop.documents.fonts import Face
from desktop.documents.heads import Head
from desktop.documents.sheet import Sheet, Style
from desktop.documents.template import Fields, Template, code_of, content_of, digest_of, said_in
from desktop.domain.evidence import ChainHead

_SIZE, _FOOT = 15 * mm, 18.7 * mm  # below it stands the mark of an electronic signature
_LETTER_SIZE, _LETTER_FOOT = 11 * mm, g.LETTER_FOOT + 2.5 * mm  # above the letter's lower rules
_SMALL = Style(Face.DIGITS, 7)
_PITCH = 9.0
_SHOWN = 16  # characters of a digest


def draw_proof(
    sheet: Sheet, template: Template, fields: Fields, chain: ChainHead | None = None
) -> None:
    """Write digest and chain head at the foot of the first page, and the code of a number.

    What a unit writes itself has none.

    Args:
        chain: the latest row of this machine's audit chain; None where nothing is issued yet.
    """
    head = template.text_or("", "head")
    if head == Head.PLAIN.value:
        return
    digest = digest_of(content_of(template, fields))
    is_letter = head == Head.LETTER.value
    size, y = (_LETTER_SIZE, _LETTER_FOOT) if is_letter else (_SIZE, _FOOT)
    x = g.LEFT
    if doc_no := said_in(fields, "doc_no"):
        sheet.qr(code_of(doc_no, digest), x, y, size)
        x += size + 2 * mm
    told = [f"内容摘要 {digest[:_SHOWN]}"]
    if chain and chain.n:
        told.append(f"本机审计链第{chain.n}条 {chain.hash[:_SHOWN]}")
    for number, line in enumerate(reversed(told)):
        sheet.text(line, x, y + 1 + number * _PITCH, _SMALL)
