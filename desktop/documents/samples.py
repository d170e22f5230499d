"""Samples of every paper, filled from the demonstration's ledgers."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import cast

from desktop.documents.card_paper import day
from desktop.documents.circular import rank_rows, sums_of
from desktop.documents.fonts import FontBook
from desktop.documents.paper import print_paper
from desktop.documents.seal import demonstration_seal
from desktop.documents.template import Field, Fields, Template, read_template, said_in
from desktop.domain.cards import CardKind, CardState
from desktop.domain.report.facts import CardLine
from desktop.domain.report.figures import Figures

Parsed = Mapping[str, object]
_OF_YELLOW = ("T02", "T11", "T12", "T13")
_OF_REVOKED = ("T14", "T14A", "T14B")


def sample_papers(
    templates: Mapping[str, Parsed], content: Parsed, figures: Figures, fonts: FontBook
) -> Iterator[tuple[str, bytes]]:
    """Print a sample of every paper that the samples' file fills: code and PDF.

    Args:
        content: what the papers say beside the ledgers, by template; `common` for all.
    """
    seals: dict[str, bytes] = {}
    common = cast(Fields, content["common"])
    for code in sorted(content.keys() - {"common"}):
        template = read_template(templates[code])
        own = cast(Fields, content[code])
        fields = {**common, **own, **_from_ledgers(code, template, figures)}
        if code == "T15":
            fields["overview"] = said_in(own, "overview").format(**sums_of(figures))
        organ = said_in(fields, "organ")
        seal = seals.get(organ) or seals.setdefault(organ, demonstration_seal(organ, fonts))
        sealed_by_organ = template.text_or("", "signature", "name") == "{organ}"
        yield code, print_paper(template, fields, fonts, seal=seal if sealed_by_organ else None)


def _from_ledgers(code: str, template: Template, figures: Figures) -> dict[str, Field]:
    """Give the fields that the demonstration's cards and scores know."""
    if code == "T03":
        line = _line(figures, CardKind.RED, CardState.RECTIFYING)
        return _case(figures, line, template) | _numbers(figures, line) | _before(figures, line)
    if code in _OF_YELLOW:
        line = _line(figures, CardKind.YELLOW, CardState.CLOSED)
        fields = _numbers(figures, line) | {"card_no": line.card.doc_no}
        return fields | (_case(figures, line, template) if code == "T02" else {})
    if code in _OF_REVOKED:
        line = _line(figures, CardKind.YELLOW, CardState.REVOKED)
        return {"card_no": line.card.doc_no, "unit": _unit(figures, line)}
    return {"ranks": rank_rows(figures)} if code == "T15" else {}


def _line(figures: Figures, kind: CardKind, state: CardState) -> CardLine:
    """Find a card that rests on a case's time or stop."""
    return next(
        line
        for line in figures.cards.lines
        if line.card.kind is kind
        and line.card.state is state
        and ("时限" in line.problem or state is CardState.REVOKED)
    )


def _numbers(figures: Figures, line: CardLine) -> dict[str, Field]:
    return {
        "doc_no": line.card.doc_no,
        "unit": _unit(figures, line),
        "issued_on": day(cast(datetime, line.card.issued_at).date()),
        "rectify_due": day(line.card.rectify_due),
    }


def _case(figures: Figures, line: CardLine, template: Template) -> dict[str, Field]:
    """Word the facts of an overdue case as the template does."""
    facts = figures.facts
    case = next(b.case for b in facts.bundles if b.case.case_no == line.case_no)
    item = next(i for i in facts.items if i.code == case.item_code)
    accepted, done = cast(datetime, case.accepted_at), cast(datetime, case.completed_at)
    promised = item.promised_limit.amount if item.promised_limit else 0
    calendar = figures.calendar
    due = calendar.after(accepted.date(), promised).day
    said = template.text("words", "facts_case").format(
        window=next(w.name for w in facts.windows if w.id == case.window_id),
        item=item.name,
        case_no=case.case_no,
        problem=line.problem,
        due=day(due),
        done=day(done.date()),
        overdue=calendar.count(due, done.date()),
    )
    return {"facts": said}


def _before(figures: Figures, line: CardLine) -> dict[str, Field]:
    earlier = [
        other.card.kind
        for other in figures.cards.lines
        if other.card.unit_id == line.card.unit_id
        and other.card.state is not CardState.REVOKED
        and other.card.drafted_at < line.card.drafted_at
    ]
    return {
        "yellow_before": str(earlier.count(CardKind.YELLOW)),
        "red_before": str(earlier.count(CardKind.RED)),
    }


def _unit(figures: Figures, line: CardLine) -> str:
    return next(u.name for u in figures.facts.units if u.id == line.card.unit_id)
