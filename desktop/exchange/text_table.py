"""Comma-separated and other text tables: encoding and delimiter are found, not asked for."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.encoding import find_encoding, lines
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.progress import Bytes
from desktop.exchange.tables import Row, check_columns

_DELIMITERS = (",", "\t", ";", "|", "，")
_LOOKED_AT = 50  # rows


class TextTable:
    """A text table on disk.

    Attributes:
        encoding: found by its text.
        delimiter: found by its first rows.
    """

    def __init__(self, path: Path) -> None:
        """Look at the beginning.

        Raises:
            ExchangeError: EMPTY, ONE_COLUMN, and what the header or its encoding is refused for.
        """
        self._path = path
        self.name = path.name
        self.read = Bytes(path.stat().st_size)
        self.encoding = find_encoding(path)
        beginning = list(islice(lines(path, self.encoding, Bytes(0)), _LOOKED_AT))
        if not "".join(beginning).strip():
            raise ExchangeError(ExchangeTrouble.EMPTY, path.name)
        self.delimiter = _find_delimiter(beginning)
        header = next(self._read(Bytes(0)), (1, ()))
        if len(header[1]) < 2:
            trouble, detail = ExchangeTrouble.ONE_COLUMN, beginning[0].strip()[:80]
            raise ExchangeError(trouble, path.name, row=header[0], detail=detail)
        self.columns = check_columns(path.name, header[1], header[0])

    def rows(self) -> Iterator[Row]:
        """Give the rows after the header."""
        width = len(self.columns)
        reader = self._read(self.read)
        next(reader)
        for number, cells in reader:
            if len(cells) == width:
                yield Row(number, cells, _formula(number, self.columns, cells))
            else:
                yield Row(number, cells, _wrong_width(number, self.columns, cells))

    def _read(self, read: Bytes) -> Iterator[tuple[int, Sequence[str]]]:
        """Give rows that are not empty, each with the line on which it begins."""
        source = lines(self._path, self.encoding, read)
        reader = csv.reader(source, delimiter=self.delimiter, strict=True)
        while True:
            number = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                trouble, detail = ExchangeTrouble.DAMAGED, str(error)
                raise ExchangeError(trouble, self.name, row=number, detail=detail) from error
            if cells is None:
                return
            if any(cells):
                yield number, cells


def _find_delimiter(beginning: Sequence[str]) -> str:
    """Give the delimiter by which most rows fall into as many cells as the first."""

    def votes(delimiter: str) -> tuple[int, int]:
        try:
            rows = [row for row in csv.reader(beginning, delimiter=delimiter) if any(row)]
        except csv.Error:
            return (0, 0)
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows) if width > 1 else 0, width)

    return max(_DELIMITERS, key=votes)


def _wrong_width(number: int, columns: Sequence[str], cells: Sequence[str]) -> Complaint:
    last = columns[min(len(cells), len(columns)) - 1]
    return Complaint(number, last, Reason.WRONG_WIDTH, f"{len(cells)} / {len(columns)}")


def _formula(number: int, columns: Sequence[str], cells: Sequence[str]) -> Complaint | None:
    """Find a cell that a spreadsheet would compute; what it means is not in the file."""
    for column, cell in zip(columns, cells, strict=True):
        if cell and cell[0] in "=@" and len(cell) > 1:
            return Complaint(number, column, Reason.FORMULA, cell[:80])
    return None
