"""Workbooks: the first sheet as a table, read row by row; nothing in them is computed."""

import warnings
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.progress import Bytes
from desktop.exchange.tables import MOST_COLUMNS, Row, check_columns

# A million rows of text unpack to some hundred megabytes, tenfold to fortyfold; the table of
# shared texts is held in memory by the reader.
_MOST_UNPACKED = 2 * 1024**3
_MOST_SHARED_TEXT = 256 * 1024**2
_MOST_RATIO = 200
_RATIO_FROM = 16 * 1024**2
_MOST_PARTS = 10_000
_SHARED_TEXT = "xl/sharedStrings.xml"


class XlsxTable:
    """The first sheet of a workbook."""

    def __init__(self, path: Path) -> None:
        """Weigh the archive, then look at the header.

        Raises:
            ExchangeError: DAMAGED, BOMB, EMPTY, ONE_COLUMN, FORMULA, and what `check_columns`
                refuses.
        """
        self._path = path
        self.name = path.name
        with damage(path.name):
            weigh(path)
        self.columns: tuple[str, ...] = ()
        self.read = Bytes(0)
        with self._sheet() as rows:
            header = next(rows, None)
        if header is None:
            raise ExchangeError(ExchangeTrouble.EMPTY, path.name)
        number, cells = header
        if len(cells) < 2:
            raise ExchangeError(ExchangeTrouble.ONE_COLUMN, path.name, row=number)
        texts, fault = _texts(number, cells[: MOST_COLUMNS + 1])
        texts += [""] * (len(cells) - len(texts))
        if fault:
            raise ExchangeError(ExchangeTrouble.FORMULA, path.name, row=number, column=fault.column)
        self.columns = check_columns(path.name, texts, number)

    def rows(self) -> Iterator[Row]:
        """Give the rows after the header; trailing empty cells may be missing in the file."""
        width = len(self.columns)
        with self._sheet() as rows:
            next(rows)
            for number, cells in rows:
                self.read.add(1)
                texts, fault = _texts(number, cells)
                if fault is None and len(texts) > width:
                    detail = f"{len(texts)} / {width}"
                    fault = Complaint(number, self.columns[-1], Reason.WRONG_WIDTH, detail)
                texts += [""] * (width - len(texts))
                yield Row(number, texts, fault)

    @contextmanager
    def _sheet(self) -> "Iterator[Iterator[tuple[int, Sequence[Any]]]]":
        with damage(self.name), warnings.catch_warnings():
            # What a workbook holds beyond cells (styles, validation) is none of our business.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(self._path, read_only=True, keep_links=False)
        rows = self._filled(book)
        try:
            yield rows
        finally:
            rows.close()  # or the archive stays open behind it
            book.close()

    def _filled(self, book: Workbook) -> "Generator[tuple[int, Sequence[Any]], None, None]":
        if not book.worksheets:
            return
        sheet = book.worksheets[0]
        if self.columns:
            self.read.total = max(self.read.total, sheet.max_row or 0)
        with damage(self.name):
            for number, row in enumerate(sheet.iter_rows(), 1):
                cells = row[: _width(row)]
                if cells:
                    yield number, cells


def _width(cells: Sequence[Any]) -> int:
    """Count the cells up to the last that is filled."""
    width = len(cells)
    while width and cells[width - 1].value in (None, ""):
        width -= 1
    return width


def _texts(number: int, cells: Sequence[Any]) -> tuple[list[str], Complaint | None]:
    texts, fault = [], None
    for cell in cells:
        value = cell.value
        texts.append("" if value is None else _text(value))
        reason = _REASONS.get(cell.data_type) if value is not None else None
        if reason:
            place = cast(Cell, cell).coordinate
            fault = fault or Complaint(number, place, reason, texts[-1][:80])
    return texts, fault


_REASONS = {"f": Reason.FORMULA, "e": Reason.CELL_ERROR}


def _text(value: object) -> str:
    """Write a cell as the text tables have it; a date without a time stays one."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return (value.date() if value.time() == time() else value).isoformat()
        case date() | time():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()


def weigh(path: Path) -> None:
    """Refuse an archive that unpacks to more than a workbook would."""
    with ZipFile(path) as archive:
        parts = archive.infolist()
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename == _SHARED_TEXT)
    too_dense = unpacked > _RATIO_FROM and unpacked > _MOST_RATIO * max(packed, 1)
    too_much = unpacked > _MOST_UNPACKED or texts > _MOST_SHARED_TEXT
    if too_dense or too_much or len(parts) > _MOST_PARTS:
        detail = f"{packed} → {unpacked}"
        raise ExchangeError(ExchangeTrouble.BOMB, path.name, detail=detail)


@contextmanager
def damage(name: str) -> Iterator[None]:
    """Name what a broken workbook makes its reader say."""
    try:
        yield
    except (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError) as error:
        detail = type(error).__name__
        raise ExchangeError(ExchangeTrouble.DAMAGED, name, detail=detail) from error
