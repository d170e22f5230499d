"""Prints a short report or a register."""

from collections.abc import Mapping
from typing import cast

from desktop.documents.fonts import FontBook
from desktop.documents.lines import title_shape
from desktop.documents.report.ledger import TINY, draw_report_table
from desktop.documents.sheet import BODY, SMALL_HEADING, TITLE, Sheet
from desktop.domain.evidence import ChainHead
from desktop.domain.report.briefs import Brief
from desktop.domain.report.tables import Wording

_TITLE_CHARACTERS = 18


def print_brief(
    brief: Brief, wording: Wording, fonts: FontBook, chain: ChainHead | None = None
) -> bytes:
    """Print it; the same brief gives the same bytes.

    Args:
        chain: the latest row of this machine's audit chain, said below the last table.

    Raises:
        DocumentError: a character is in no font.
    """
    sheet = Sheet(fonts, title=brief.title, subject=brief.span)
    for line in (*title_shape(brief.organ, _TITLE_CHARACTERS), brief.title):
        sheet.centred(line, sheet.baseline(), TITLE)
        sheet.skip(1.2)
    sheet.centred(f"（{brief.span}）", sheet.baseline(), SMALL_HEADING)
    sheet.skip(1.3)
    for sentence in brief.sentences:
        sheet.paragraph(sentence, BODY)
    for table in brief.tables:
        draw_report_table(sheet, table, wording)
    if chain and chain.n:
        said = cast(Mapping[str, str], wording["notes"])["chain"]
        sheet.block(said.format(n=chain.n, hash=chain.hash), TINY, pitch=12.0)
    return sheet.finish()
