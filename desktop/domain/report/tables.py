"""The report's tables RT1 to RT15 as values: the same for paper, XLSX and CSV."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from desktop.domain.cards import CardState
from desktop.domain.errors import ReportDoesNotAddUp
from desktop.domain.identifiers import UnitId
from desktop.domain.report.facts import CardLine, Ledger
from desktop.domain.report.figures import Figures
from desktop.domain.report.hours import hour_rows
from desktop.domain.report.running import day_of, reported_bundles
from desktop.domain.report.values import Change, Share

Value = str | int | Decimal | date | Share | Change | None
Row = tuple[Value, ...]
Wording = Mapping[str, object]

CODES = tuple(f"RT{number}" for number in range(1, 16))


@dataclass(frozen=True, slots=True)
class Check:
    """A sum of the table and the ledger's own count of the same."""

    name: str
    table: int
    ledger: int


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        scope: what is counted and how (统计口径).
        weights: relative widths of the columns.
        total: the last row is a sum.
    """

    code: str
    title: str
    columns: tuple[str, ...]
    weights: tuple[float, ...]
    rows: tuple[Row, ...]
    unit: str
    scope: str
    cut_off: str
    landscape: bool = False
    total: bool = False
    checks: tuple[Check, ...] = ()


def tables_of(figures: Figures, wording: Wording) -> tuple[Table, ...]:
    """Make all tables.

    Args:
        wording: titles, columns and words by table code, as the report's template gives them.

    Raises:
        ReportDoesNotAddUp: a sum differs from its ledger: table, what, sum, ledger.
    """
    return tuple(_table(code, figures, wording) for code in CODES)


def _table(code: str, figures: Figures, wording: Wording) -> Table:
    said = cast(Wording, wording[code])
    words = Words(figures, said, cast(Mapping[str, str], wording["words"]))
    rows = tuple(_ROWS[code](words))
    checks = tuple(_CHECKS[code](words, rows)) if code in _CHECKS else ()
    for check in checks:
        if check.table != check.ledger:
            raise ReportDoesNotAddUp(code, check.name, check.table, check.ledger)
    columns, weights = _columns(code, words, said)
    return Table(
        code=code,
        title=str(said["title"]),
        columns=columns,
        weights=weights,
        rows=rows,
        unit=str(said["unit"]),
        scope=str(said["scope"]),
        cut_off=f"{figures.facts.cut_off:%Y-%m-%d %H:%M}",
        landscape=bool(said.get("landscape", False)),
        total=bool(rows) and rows[-1][0] == words.word("total"),
        checks=checks,
    )


def _columns(code: str, words: "Words", said: Wording) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Give columns and widths; two tables have a column for each unit or dimension."""
    columns = tuple(cast(Sequence[str], said["columns"]))
    weights = tuple(cast(Sequence[float], said["weights"]))
    match code:
        case "RT4":
            names = [words.unit(unit.id) for unit in words.figures.facts.units]
            more = (*names, words.word("total"))
        case "RT13":
            names = [dimension.name for dimension in words.figures.profile.dimensions]
            more = (*names, *cast(Sequence[str], said["tail"]))
            tail = cast(Sequence[float], said["tail_weights"])
            return (*columns, *more), (*weights, *(5.0 for _ in names), *tail)
        case _:
            return columns, weights
    return (*columns, *more), (*weights, *(68.0 / len(more) for _ in more))


class Words:
    """What the rows of one table are made with: figures, names and the template's words."""

    def __init__(self, figures: Figures, said: Wording, words: Mapping[str, str]) -> None:
        self.figures = figures
        self._said = said
        self._words = words
        self._units = {unit.id: unit.short_name for unit in figures.facts.units}
        self._windows = {window.id: window.name for window in figures.facts.windows}

    def unit(self, unit_id: UnitId) -> str:
        """Name a unit."""
        return self._units[unit_id]

    def window(self, window_id: str) -> str:
        """Name a window."""
        return next(name for known, name in self._windows.items() if known == window_id)

    def rule(self, rule_id: str) -> str:
        """Name a rule."""
        return f"{rule_id} {self.figures.facts.rule_names.get(rule_id, '')}".rstrip()

    def word(self, name: str) -> str:
        """Give a word that all tables share."""
        return self._words[name]

    def label(self, name: str) -> str:
        """Give a word of this table."""
        return cast(Mapping[str, str], self._said["labels"])[name]


def _totals(w: Words) -> Iterator[Row]:
    t, before, ago = w.figures.totals, w.figures.totals.before, w.figures.totals.year_ago
    for name in ("received", "accepted", "completed"):
        now: int = getattr(t, name)
        earlier: int | None = getattr(before, name) if before else None
        year: int | None = getattr(ago, name) if ago else None
        yield w.label(name), now, earlier, Change(now, earlier), year, Change(now, year)
    for name in ("in_progress", "returned", "withdrawn"):
        yield w.label(name), getattr(t, name), None, None, None, None


def _times(w: Words) -> Iterator[Row]:
    units = w.figures.times.units
    for u in units:
        yield (
            w.unit(u.unit_id), u.accepted, u.completed, u.on_time, u.early, u.overdue,
            Share(u.on_time, u.completed), Share(u.early, u.completed),
            u.stopped, Share(u.stopped, u.accepted), u.extended, u.used,
        )  # fmt: skip
    sums = [
        sum(getattr(u, name) for u in units)
        for name in ("accepted", "completed", "on_time", "early", "overdue", "stopped", "extended")
    ]
    accepted, completed, on_time, early, overdue, stopped, extended = sums
    yield (
        w.word("total"), accepted, completed, on_time, early, overdue,
        Share(on_time, completed), Share(early, completed),
        stopped, Share(stopped, accepted), extended, None,
    )  # fmt: skip


def _slowest(w: Words) -> Iterator[Row]:
    for number, row in enumerate(w.figures.times.slowest, 1):
        used = Share(row.used, row.promised)
        unit = w.unit(row.item.unit_id)
        yield number, row.item.name, unit, row.completed, row.used, row.promised, used, row.overdue


def _matrix(w: Words) -> Iterator[Row]:
    found, units = w.figures.findings, w.figures.facts.units
    for rule in found.rules:
        counts = [found.matrix.get((rule, unit.id), 0) for unit in units]
        yield (w.rule(rule), *(count or None for count in counts), sum(counts))
    sums = [sum(found.matrix.get((rule, u.id), 0) for rule in found.rules) for u in units]
    yield (w.word("total"), *sums, sum(sums))


def _cards(w: Words) -> Iterator[Row]:
    for number, line in enumerate(w.figures.cards.lines, 1):
        card, order = line.card, line.rectification
        place = w.window(card.window_id) if card.window_id else None
        yield (
            number, card.doc_no, _on(card.issued_at),
            w.unit(card.unit_id), place, line.person or None, line.problem, line.basis,
            _on(card.served_at), card.rectify_due, _on(order.reported_at) if order else None,
            _on(card.closed_at), _appeal(w, line),
        )  # fmt: skip


def _on(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def _appeal(w: Words, line: CardLine) -> str | None:
    if line.card.state is CardState.REVOKED:
        return w.label("revoked")
    return w.label("appealed") if line.appeal else None


def _open(w: Words) -> Iterator[Row]:
    rows = w.figures.open
    for row in rows:
        yield (w.unit(row.unit_id), *row.ages, row.total, row.overdue)
    ages = [sum(row.ages[n] for row in rows) for n in range(4)]
    yield (w.word("total"), *ages, sum(ages), sum(row.overdue for row in rows))


def _presence(w: Words) -> Iterator[Row]:
    units = {window.id: window.unit_id for window in w.figures.facts.windows}
    for row in w.figures.presence.windows:
        yield (
            w.window(row.window_id), w.unit(units[row.window_id]), _hours(row.on_duty_s),
            _hours(row.judged_s), row.on_post, row.unknown,
            row.faults.get("R-VID-02", 0), row.faults.get("R-VID-03", 0),
            row.faults.get("R-VID-05", 0), row.inspection,
        )  # fmt: skip


def _hours(seconds: int) -> Decimal:
    return (Decimal(seconds) / 3600).quantize(Decimal("0.1"))


def _fees(w: Words) -> Iterator[Row]:
    rows = w.figures.fees
    for row in rows:
        difference = row.charged + row.waived - row.should
        yield (
            w.unit(row.unit_id), row.cases, _yuan(row.should), _yuan(row.charged),
            _yuan(row.waived), _yuan(difference), row.anomalies,
        )  # fmt: skip
    should, charged = sum(r.should for r in rows), sum(r.charged for r in rows)
    waived = sum(r.waived for r in rows)
    yield (
        w.word("total"), sum(r.cases for r in rows), _yuan(should), _yuan(charged), _yuan(waived),
        _yuan(charged + waived - should), sum(r.anomalies for r in rows),
    )  # fmt: skip


def _yuan(fen: int) -> Decimal:
    return (Decimal(fen) / 100).quantize(Decimal("0.01"))


_NO_COMPLAINTS: Row = (None,) * 5


def _voices(w: Words) -> Iterator[Row]:
    rows = w.figures.voices
    known = Ledger.COMPLAINTS not in w.figures.facts.absent
    for v in rows:
        complained: Row = (v.complaints, v.in_time, *v.grades) if known else _NO_COMPLAINTS
        yield (
            w.unit(v.unit_id), *complained, v.ratings, v.satisfaction,
            v.bad, Share(v.rectified, v.bad), Share(v.called_back, v.real_name_bad),
        )  # fmt: skip
    grades = [sum(v.grades[n] for v in rows) for n in range(3)]
    ratings, satisfied = sum(v.ratings for v in rows), sum(v.satisfied for v in rows)
    bad, rectified = sum(v.bad for v in rows), sum(v.rectified for v in rows)
    named, called = sum(v.real_name_bad for v in rows), sum(v.called_back for v in rows)
    sums: Row = (sum(v.complaints for v in rows), sum(v.in_time for v in rows), *grades)
    yield (
        w.word("total"), *(sums if known else _NO_COMPLAINTS),
        ratings, Share(satisfied, ratings), bad, Share(rectified, bad), Share(called, named),
    )  # fmt: skip


def _gaps(w: Words) -> Iterator[Row]:
    for number, gap in enumerate(w.figures.rest.gaps, 1):
        said = w.label("explained" if gap.explained else "open")
        yield number, gap.place, w.rule(gap.rule_id), gap.item, gap.on, said


def _joints(w: Words) -> Iterator[Row]:
    for row in w.figures.rest.joints:
        lead, unit = w.unit(row.lead_unit_id), w.unit(row.unit_id)
        yield row.case_no, lead, unit, row.sent_on, row.due, row.opinion_on, row.overdue_wd


def _projects(w: Words) -> Iterator[Row]:
    for number, row in enumerate(w.figures.rest.projects, 1):
        late = row.overdue_days if row.due else None
        yield number, row.name, w.rule(row.rule_id), row.on, row.due, row.done, late


def _scores(w: Words) -> Iterator[Row]:
    for ranked in w.figures.ranks:
        term = ranked.term
        if not term.months:
            blanks: Row = (None,) * (len(w.figures.profile.dimensions) + 4)
            yield (w.unit(term.unit_id), *blanks, w.label("no_cases"))
            continue
        months = len(term.months)
        parts = [
            sum((m.dimensions[n].score for m in term.months), Decimal(0)) / months
            for n in range(len(w.figures.profile.dimensions))
        ]
        bonus = sum((m.bonus - m.data_deduction for m in term.months), Decimal(0)) / months
        yield (
            w.unit(term.unit_id), *(_tenth(part) for part in parts), _tenth(bonus),
            term.months[-1].coefficient, term.total, term.grade,
            ranked.rank if ranked.rank is not None else w.label("few"),
        )  # fmt: skip


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))


def _measures(w: Words) -> Iterator[Row]:
    for number, row in enumerate(w.figures.rest.measures, 1):
        state = w.label("done" if row.done else "open")
        unit = w.unit(row.unit_id) if row.unit_id else row.recipient or None
        kind, cause = w.label(row.template), w.rule(row.cause) or None
        yield number, unit, kind, row.doc_no, row.on, cause, state


_ROWS: Mapping[str, Callable[[Words], Iterator[Row]]] = {
    "RT1": _totals,
    "RT2": _times,
    "RT3": _slowest,
    "RT4": _matrix,
    "RT5": _cards,
    "RT6": _open,
    "RT7": _presence,
    "RT8": _fees,
    "RT9": _voices,
    "RT10": _gaps,
    "RT11": _joints,
    "RT12": _projects,
    "RT13": _scores,
    "RT14": _measures,
    "RT15": hour_rows,
}


def _column(rows: Sequence[Row], column: int) -> int:
    return sum(cell for row in rows if isinstance(cell := row[column], int))


def _check_totals(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    channels = sum(w.figures.totals.channels.values()) + w.figures.totals.no_channel
    yield Check(w.label("by_channel"), channels, cast(int, rows[0][1]))


def _check_times(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    yield Check(w.word("completed"), _column(rows[:-1], 2), w.figures.totals.completed)
    yield Check(w.word("accepted"), _column(rows[:-1], 1), w.figures.totals.accepted)


def _check_matrix(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    from_lines = sum(line.outcome.value == "CONFIRMED" for line in w.figures.findings.lines)
    yield Check(w.word("confirmed"), _column(rows[:-1], len(rows[-1]) - 1), from_lines)


def _check_cards(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    yield Check(w.word("cards"), len(rows), sum(w.figures.cards.issued.values()))


def _check_open(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    orders = [line.rectification for line in w.figures.facts.cards]
    ledger = sum(order is not None and order.state.is_open for order in orders)
    yield Check(w.word("open"), _column(rows[:-1], 5), ledger)


def _check_voices(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    period, facts = w.figures.period, w.figures.facts
    if Ledger.COMPLAINTS not in facts.absent:
        ledger = sum(period.has(line.received_on) for line in facts.complaints)
        yield Check(w.word("complaints"), _column(rows[:-1], 1), ledger)
    rated = sum(period.has(day_of(r.at)) for b in reported_bundles(facts) for r in b.ratings)
    yield Check(w.word("ratings"), _column(rows[:-1], 6), rated)


def _check_measures(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    period = w.figures.period
    ledger = sum(period.has(line.on) for line in w.figures.facts.measures)
    yield Check(w.word("measures"), len(rows), ledger)


_CHECKS: Mapping[str, Callable[[Words, Sequence[Row]], Iterator[Check]]] = {
    "RT1": _check_totals,
    "RT2": _check_times,
    "RT4": _check_matrix,
    "RT5": _check_cards,
    "RT6": _check_open,
    "RT9": _check_voices,
    "RT14": _check_measures,
}
