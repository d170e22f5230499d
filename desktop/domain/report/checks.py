"""The sums by which a table is held against the ledgers it was made from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from desktop.domain.report.words import Row, Words


@dataclass(frozen=True, slots=True)
class Check:
    """A sum of the table and the ledger's own count of the same."""

    name: str
    table: int
    ledger: int


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
    period = w.figures.period
    ledger = sum(period.has(line.received_on) for line in w.figures.facts.complaints)
    yield Check(w.word("complaints"), _column(rows[:-1], 1), ledger)


def _check_measures(w: Words, rows: Sequence[Row]) -> Iterator[Check]:
    period = w.figures.period
    ledger = sum(period.has(line.on) for line in w.figures.facts.measures)
    yield Check(w.word("measures"), len(rows), ledger)


CHECKS: Mapping[str, Callable[[Words, Sequence[Row]], Iterator[Check]]] = {
    "RT1": _check_totals,
    "RT2": _check_times,
    "RT4": _check_matrix,
    "RT5": _check_cards,
    "RT6": _check_open,
    "RT9": _check_voices,
    "RT14": _check_measures,
}
