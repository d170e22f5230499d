"""Ranking and trend of a report as a screen shows them, and what lies behind a bar."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.identifiers import CardId, UnitId
from desktop.domain.periods import Month
from desktop.domain.report.facts import Ledger
from desktop.domain.report.figures import Figures
from desktop.system.language import said


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit: `share` of the longest bar; units with few cases are shown and not ranked."""

    unit_id: UnitId
    name: str
    share: float
    text: str
    is_ranked: bool = True


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of the trend: shares of the tallest; a month without data has none."""

    month: Month
    received: int | None
    completed: int | None
    received_share: float = 0.0
    completed_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Behind:
    """A line of what a bar is made of; with a card it can be opened."""

    text: str
    card_id: CardId | None = None


def score_bars(figures: Figures) -> tuple[Bar, ...]:
    """Give the units by score, ranked first; none where no cases are kept."""
    if Ledger.CASES in figures.facts.absent:
        return ()
    names = _names(figures)
    scored = [(ranked, ranked.term.total) for ranked in figures.ranks]
    most = max((total for _, total in scored if total is not None), default=Decimal(0))
    bars = []
    for ranked, total in scored:
        words = (
            said("不参与排名")
            if total is None
            else said("{0} 分 {1}").format(total, ranked.term.grade)
        )
        if total is not None:
            place = said("样本少") if ranked.rank is None else said("第 {0} 名").format(ranked.rank)
            words = f"{words} {place}"
        share = float(total / most) if total and most else 0.0
        unit_id = ranked.term.unit_id
        bars.append(Bar(unit_id, names[unit_id], share, words, ranked.rank is not None))
    return tuple(bars)


def finding_bars(figures: Figures) -> tuple[Bar, ...]:
    """Give the units by confirmed findings, the most first."""
    names, counts = _names(figures), dict.fromkeys(_names(figures), 0)
    for (_, unit_id), count in figures.findings.matrix.items():
        counts[unit_id] += count
    most = max(counts.values(), default=0)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], names[pair[0]]))
    return tuple(
        Bar(unit, names[unit], count / most if most else 0.0, said("{0} 个").format(count))
        for unit, count in ordered
    )


def month_bars(figures: Figures) -> tuple[MonthBar, ...]:
    """Give the twelve months that end with the period; none where no cases are kept."""
    if Ledger.CASES in figures.facts.absent:
        return ()
    months = figures.totals.months
    most = max((max(t.received, t.completed) for _, t in months if t), default=0) or 1
    return tuple(
        MonthBar(month, t.received, t.completed, t.received / most, t.completed / most)
        if t
        else MonthBar(month, None, None)
        for month, t in months
    )


def behind(figures: Figures, unit_id: UnitId) -> tuple[Behind, ...]:
    """List what a unit's bar rests on: points, cards and confirmed findings."""
    return (*_points(figures, unit_id), *_cards(figures, unit_id), *_findings(figures, unit_id))


def _points(figures: Figures, unit_id: UnitId) -> Iterator[Behind]:
    term = next(r.term for r in figures.ranks if r.term.unit_id == unit_id)
    dimensions = {d.code: d.name for d in figures.profile.dimensions}
    rules, words = figures.facts.rule_names, said("{0} {1} 扣 {2} 分：{3}")
    for entry in (entry for month in term.months for entry in month.entries):
        rule = rules.get(entry.rule_id, entry.rule_id)
        text = words.format(entry.month, dimensions[entry.dimension], entry.points, rule)
        kind, _, record = entry.source.partition("/")
        yield Behind(text, CardId(record) if kind == "card" else None)


def _cards(figures: Figures, unit_id: UnitId) -> Iterator[Behind]:
    for line in figures.cards.lines:
        if line.card.unit_id == unit_id:
            yield Behind(f"{line.card.doc_no} {line.problem}", line.card.id)


def _findings(figures: Figures, unit_id: UnitId) -> Iterator[Behind]:
    rules = figures.facts.rule_names
    for (rule, owner), count in sorted(figures.findings.matrix.items()):
        if owner == unit_id:
            yield Behind(said("属实问题 {0}：{1} 个").format(rules.get(rule, rule), count))


def _names(figures: Figures) -> dict[UnitId, str]:
    return {unit.id: unit.short_name for unit in figures.facts.units}
