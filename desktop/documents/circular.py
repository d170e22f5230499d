"""Drafts the circular (督查通报) of a period from its figures; nobody has signed it yet."""

from collections.abc import Iterator, Sequence

from desktop.documents.card_paper import UNDATED, UNNUMBERED
from desktop.documents.template import Field, Template
from desktop.domain.cards import CardKind, CardState
from desktop.domain.identifiers import UnitId
from desktop.domain.report.facts import Ledger
from desktop.domain.report.figures import Figures
from desktop.domain.report.sentences import printed
from desktop.domain.report.values import Share

_PRAISED = 3  # units at most


def circular_fields(figures: Figures, template: Template, period: str) -> dict[str, Field]:
    """Give the fields of a draft; `period` names the period as the report does."""
    facts, words = figures.facts, template.table("words")
    named = {"period": period, "organ": facts.organ.name, "hall": facts.hall.name}
    has_cases = Ledger.CASES not in facts.absent
    overview = words["overview"].format(**sums_of(figures))
    if has_cases:
        overview = words["overview_cases"].format(**sums_of(figures)) + overview
    return {
        "organ": facts.organ.name,
        "doc_no": UNNUMBERED,
        "issued_on": UNDATED,
        "copy_to": "",
        "title": words["title"].format(**named),
        "recipients": words["recipients"],
        "opening": words["opening"].format(**named),
        "overview": overview,
        "praised": list(_praised(figures, words["praised"])) or [words["praised_none"]],
        "criticised": list(_criticised(figures, words["criticised"])) or [words["criticised_none"]],
        "requirements": [r.format(**named) for r in template.texts("words", "requirements")],
        "ranks": rank_rows(figures) if has_cases else [],
    }


def sums_of(figures: Figures) -> dict[str, str]:
    """Give the sums that a circular's overview names."""
    units, cards = figures.times.units, figures.cards
    completed = sum(u.completed for u in units)
    return {
        "accepted": str(figures.totals.accepted),
        "completed": str(completed),
        "on_time": printed(Share(sum(u.on_time for u in units), completed)),
        "found": str(len(figures.findings.lines)),
        "confirmed": str(sum(figures.findings.matrix.values())),
        "warnings": str(figures.findings.warnings),
        "yellow": str(cards.issued[CardKind.YELLOW]),
        "red": str(cards.issued[CardKind.RED]),
        "revoked": str(cards.revoked),
    }


def rank_rows(figures: Figures) -> list[list[str]]:
    """Give the table of units: those with few cases stand last, without a place."""
    rows = []
    for ranked in figures.ranks:
        term = ranked.term
        unit = next(u for u in figures.facts.units if u.id == term.unit_id)
        times = next(t for t in figures.times.units if t.unit_id == term.unit_id)
        kinds = _kinds(figures, term.unit_id)
        rows.append(
            [
                printed(ranked.rank),
                unit.name,
                str(times.completed),
                printed(Share(times.on_time, times.completed)),
                str(kinds.count(CardKind.YELLOW)),
                str(kinds.count(CardKind.RED)),
                printed(term.total),
                term.grade,
            ]
        )
    return rows


def _praised(figures: Figures, words: str) -> Iterator[str]:
    names = {unit.id: unit.name for unit in figures.facts.units}
    times = {each.unit_id: each for each in figures.times.units}
    good = [
        times[ranked.term.unit_id]
        for ranked in figures.ranks
        if ranked.rank is not None
        and not times[ranked.term.unit_id].overdue
        and not _kinds(figures, ranked.term.unit_id)
    ]
    for each in good[:_PRAISED]:
        early = printed(Share(each.early, each.completed))
        yield words.format(unit=names[each.unit_id], completed=each.completed, early=early)


def _criticised(figures: Figures, words: str) -> Iterator[str]:
    rules = figures.facts.rule_names
    for unit in figures.facts.units:
        kinds = _kinds(figures, unit.id)
        if not kinds:
            continue
        found = [
            f"{rules.get(rule, rule)}{count}个"
            for (rule, owner), count in sorted(figures.findings.matrix.items())
            if owner == unit.id
        ]
        yield words.format(
            unit=unit.name,
            yellow=kinds.count(CardKind.YELLOW),
            red=kinds.count(CardKind.RED),
            rules="、".join(found),
        )


def _kinds(figures: Figures, unit_id: UnitId) -> Sequence[CardKind]:
    """Give the kinds of the unit's cards that were not taken back."""
    return [
        line.card.kind
        for line in figures.cards.lines
        if line.card.unit_id == unit_id and line.card.state is not CardState.REVOKED
    ]
