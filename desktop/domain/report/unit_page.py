"""What a unit's own page says."""

from collections.abc import Mapping
from typing import cast

from desktop.domain.cards import CardKind
from desktop.domain.identifiers import UnitId
from desktop.domain.report.facts import Ledger
from desktop.domain.report.figures import Figures
from desktop.domain.report.sentences import period_name, printed
from desktop.domain.report.tables import Wording
from desktop.domain.report.values import Share


def unit_texts(figures: Figures, unit_id: UnitId, wording: Wording) -> tuple[str, ...]:
    """Write a unit's own page; it names no other unit and nobody of another unit."""
    say = cast(Mapping[str, str], wording["unit_page"])
    times = next(u for u in figures.times.units if u.unit_id == unit_id)
    voice = next(v for v in figures.voices if v.unit_id == unit_id)
    rules = _unit_rules(figures, unit_id)
    cards = [line.card for line in figures.cards.lines if line.card.unit_id == unit_id]
    intro = say["intro"].format(
        period=period_name(figures.period, wording),
        accepted=times.accepted,
        completed=times.completed,
        on_time=printed(Share(times.on_time, times.completed)),
        early=printed(Share(times.early, times.completed)),
        used=printed(times.used),
    )
    found = say["findings" if rules else "findings_none"].format(
        confirmed=sum(rules.values()),
        rules="、".join(f"{name}{count}个" for name, count in rules.items()),
    )
    received = say["cards"].format(
        yellow=sum(card.kind is CardKind.YELLOW for card in cards),
        red=sum(card.kind is CardKind.RED for card in cards),
        revoked=sum(card.state.name == "REVOKED" for card in cards),
        open=sum(row.total for row in figures.open if row.unit_id == unit_id),
    )
    unheard = Ledger.COMPLAINTS in figures.facts.absent
    heard = say["ratings" if unheard else "voices"].format(
        complaints=voice.complaints,
        in_time=voice.in_time,
        ratings=voice.ratings,
        satisfaction=printed(voice.satisfaction),
    )
    texts = (
        (Ledger.CASES, intro),
        (None, found),
        (None, received),
        (Ledger.VOICES, heard),
        (Ledger.CASES, _unit_score(figures, unit_id, say)),
    )
    return tuple(text for ledger, text in texts if ledger not in figures.facts.absent)


def _unit_rules(figures: Figures, unit_id: UnitId) -> dict[str, int]:
    names = figures.facts.rule_names
    return {
        names.get(rule, rule): count
        for (rule, owner), count in sorted(figures.findings.matrix.items())
        if owner == unit_id
    }


def _unit_score(figures: Figures, unit_id: UnitId, say: Mapping[str, str]) -> str:
    ranked = next(r for r in figures.ranks if r.term.unit_id == unit_id)
    if ranked.term.total is None:
        return say["score_none"]
    of = sum(r.rank is not None for r in figures.ranks)
    place = (
        say["unranked"] if ranked.rank is None else say["ranked"].format(of=of, rank=ranked.rank)
    )
    return say["score"].format(total=ranked.term.total, grade=ranked.term.grade, rank=place)
