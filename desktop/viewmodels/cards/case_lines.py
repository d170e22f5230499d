"""The approval case that a card is about, line by line, as it was found and sealed."""

from collections.abc import Iterator

from desktop.domain.findings import CaseMatter
from desktop.system.language import headed, said
from desktop.viewmodels.approvals.lamps import limit_said
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.cards.ledger import Line


def matter_of(file: CardFile) -> CaseMatter | None:
    """Give the case of a card's first finding; None for a card about a window."""
    return file.findings[0].case if file.findings else None


def case_lines(file: CardFile) -> tuple[Line, ...]:
    """Word the case."""
    matter = matter_of(file)
    return tuple(_lines(matter)) if matter else ()


def _lines(matter: CaseMatter) -> Iterator[Line]:
    yield Line(said("办件编号"), matter.case_no)
    if name := " ".join(filter(None, (matter.item_code, matter.title))):
        yield Line(headed(said("事项")), name)
    limits = (
        f"{headed(said(word))} {limit_said(limit)}"
        for word, limit in (("承诺时限", matter.promised), ("法定时限", matter.statutory))
        if limit
    )
    if told := "，".join(limits):
        yield Line(headed(said("时限")), told)
    yield Line(said("发现的问题"), matter.why)
