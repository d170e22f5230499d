"""Versions of a report: what was signed stays, and a later one lists what differs from it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, cast

from desktop.domain.errors import PeriodLocked
from desktop.domain.identifiers import Digest, HallId, UserId
from desktop.domain.periods import Month, Period
from desktop.domain.report.sentences import NOTHING, printed
from desktop.domain.report.tables import Table

Printed = Mapping[str, object]  # by code of the table: its title, columns and rows as text


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """A report as it was locked.

    Attributes:
        version: from 1 within its hall and period.
        figures: every cell of its tables as printed, so that a later report can be compared.
    """

    ENTITY: ClassVar = "report_version"

    id: str
    hall_id: HallId
    period: Period
    version: int
    profile_id: str
    cut_off: datetime
    figures: Printed
    pdf_sha256: Digest
    pdf_size: int
    locked_by: UserId
    locked_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that a later report changes; — where a row was not or is no longer there."""

    table: str
    row: str
    column: str
    before: str
    after: str


def figures_of_tables(tables: Sequence[Table]) -> dict[str, object]:
    """Give the cells of all tables as they are printed."""
    return {
        table.code: {
            "title": table.title,
            "columns": list(table.columns),
            "rows": [[printed(cell) or NOTHING for cell in row] for row in table.rows],
        }
        for table in tables
    }


def differences(before: Printed, after: Printed) -> tuple[Difference, ...]:
    """List the cells that differ, table by table and row by row."""
    return tuple(
        Difference(code, row, column, was, now)
        for code in dict.fromkeys((*before, *after))
        for row, column, was, now in _changed(_cells(before, code), _cells(after, code))
    )


def next_version(
    period: Period, earlier: Sequence[ReportVersion], figures: Mapping[str, object]
) -> int:
    """Give the number of the version that these figures make.

    Raises:
        PeriodLocked: nothing differs from the version that stands.
    """
    own = [each for each in earlier if each.period == period]
    if own and not differences(own[-1].figures, figures):
        raise PeriodLocked(str(period.start), own[-1].version)
    return max((each.version for each in own), default=0) + 1


def locked_months(versions: Sequence[ReportVersion]) -> frozenset[Month]:
    """Give the months whose figures were signed; what comes late is booked after them."""
    return frozenset(month for each in versions for month in each.period.months)


Cells = Mapping[str, Mapping[str, str]]  # by row and column


def _changed(before: Cells, after: Cells) -> Iterator[tuple[str, str, str, str]]:
    for row in dict.fromkeys((*before, *after)):
        old, new = before.get(row, {}), after.get(row, {})
        for column in dict.fromkeys((*old, *new)):
            was, now = old.get(column, NOTHING), new.get(column, NOTHING)
            if was != now:
                yield row, column, was, now


def _cells(figures: Printed, code: str) -> Cells:
    """Name rows by what they are about: a running number is no name, and a name may recur."""
    table = cast(Mapping[str, Sequence[object]], figures.get(code, {"columns": (), "rows": ()}))
    columns = cast(Sequence[str], table["columns"])
    rows = cast(Sequence[Sequence[str]], table["rows"])
    numbered = bool(rows) and [row[0] for row in rows] == [str(n + 1) for n in range(len(rows))]
    first, seen, cells = int(numbered), Counter[str](), dict[str, Mapping[str, str]]()
    for row in rows:
        name = row[first]
        seen[name] += 1
        key = name if seen[name] == 1 else f"{name}（{seen[name]}）"
        cells[key] = dict(zip(columns[first + 1 :], row[first + 1 :], strict=True))
    return cells
