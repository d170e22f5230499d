"""Tables: rows of cells under one header, and how cases are gathered from them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.progress import Bytes
from desktop.exchange.raw import Fields, Names, RawCase

MOST_COLUMNS = 1000
ROWS_AT_ONCE = 200_000
_OF_CASE = "case:"  # how event logs flattened into a table mark the fields of the case


class Row(NamedTuple):
    """One row; `fault` says why it cannot be taken."""

    number: int
    cells: Sequence[str]
    fault: Complaint | None = None


class Table(Protocol):
    """Rows under a header; `rows` may be asked again and begins anew."""

    name: str
    read: Bytes
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """Give the rows after the header; empty rows are passed over."""


def check_columns(name: str, cells: Sequence[str], row: int) -> tuple[str, ...]:
    """Take a header.

    Raises:
        ExchangeError: TOO_MANY_COLUMNS, TWO_COLUMNS_OF_ONE_NAME.
    """
    if len(cells) > MOST_COLUMNS:
        trouble, detail = ExchangeTrouble.TOO_MANY_COLUMNS, f"{len(cells)} > {MOST_COLUMNS}"
        raise ExchangeError(trouble, name, row=row, column=cells[MOST_COLUMNS][:40], detail=detail)
    columns = tuple(cell.strip() for cell in cells)
    for index, column in enumerate(columns):
        if column and column in columns[:index]:
            trouble = ExchangeTrouble.TWO_COLUMNS_OF_ONE_NAME
            raise ExchangeError(trouble, name, row=row, column=column)
    return columns


class TableSource:
    """A table as a source of cases: one row a case, or one row an event.

    `table` is the table as it lies there.

    Rows of a case need not stand together. Where they don't, the table is read in several
    passes, each for a share of the cases: memory stays bounded, and nothing that names a person
    goes into a temporary file.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.name
        self.read = table.read
        self._marked = any(column.startswith(_OF_CASE) for column in table.columns)

    def names(self) -> Names:
        """Give the columns; without marks each may be of the case and of the event."""
        columns = frozenset(filter(None, self.table.columns))
        if not self._marked:
            return Names(columns, columns, complete=True)
        case = {name for name in columns if name.startswith(_OF_CASE)}
        return Names(frozenset(map(_unmarked, case)), columns - case, complete=True)

    def cases(self, case_no: str, apart: str = "") -> Iterator[RawCase | Complaint]:
        """Give the cases; see `Source.cases`."""
        column = _OF_CASE + case_no if self._marked else case_no
        if column not in self.table.columns:
            raise ExchangeError(ExchangeTrouble.MISSING_COLUMN, self.name, row=1, column=column)
        index = self.table.columns.index(column)
        rows, together = self._survey(index)
        if not rows:
            raise ExchangeError(ExchangeTrouble.NO_ROWS, self.name)
        passes = 1 if together else -(-rows // ROWS_AT_ONCE)
        self.read.total *= 1 + passes
        if together:
            yield from self._in_one_pass(index)
            return
        for share in range(passes):
            yield from self._gathered(index, share, passes)

    def _survey(self, index: int) -> tuple[int, bool]:
        """Count the rows, and see whether those of each case stand together."""
        rows, together, before = 0, True, ""
        seen: set[int] = set()
        for row in self.table.rows():
            rows += 1
            number = row.cells[index] if row.fault is None else ""
            if not number or number == before:
                continue
            together &= hash(number) not in seen
            seen.add(hash(number))
            before = number
        return rows, together

    def _in_one_pass(self, index: int) -> Iterator[RawCase | Complaint]:
        group: list[Row] = []
        for row in self.table.rows():
            if row.fault or not row.cells[index]:
                yield row.fault or self._nameless(row, index)
                continue
            if group and group[0].cells[index] != row.cells[index]:
                yield self._case(group)
                group = []
            group.append(row)
        if group:
            yield self._case(group)

    def _gathered(self, index: int, share: int, passes: int) -> Iterator[RawCase | Complaint]:
        groups: dict[str, list[Row]] = {}
        for row in self.table.rows():
            if row.fault or not row.cells[index]:
                if share == 0:
                    yield row.fault or self._nameless(row, index)
            elif hash(row.cells[index]) % passes == share:
                groups.setdefault(row.cells[index], []).append(row)
        yield from map(self._case, groups.values())

    def _nameless(self, row: Row, index: int) -> Complaint:
        return Complaint(row.number, self.table.columns[index], Reason.NO_CASE_NO)

    def _case(self, group: Sequence[Row]) -> RawCase:
        columns = self.table.columns
        rows = [
            {name: cell for name, cell in zip(columns, row.cells, strict=True) if cell}
            for row in group
        ]
        numbers = tuple(row.number for row in group)
        if not self._marked:
            return RawCase(numbers[0], _merged(rows), rows, numbers)
        fields = _merged(
            [{_unmarked(n): v for n, v in r.items() if n.startswith(_OF_CASE)} for r in rows]
        )
        events = [{n: v for n, v in r.items() if not n.startswith(_OF_CASE)} for r in rows]
        return RawCase(numbers[0], fields, events, numbers)


def _merged(rows: Sequence[Fields]) -> Fields:
    """Give of each field the first value that a row of the case has."""
    if len(rows) == 1:
        return rows[0]
    merged: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            merged.setdefault(name, value)
    return merged


def _unmarked(name: str) -> str:
    return name.removeprefix(_OF_CASE)
