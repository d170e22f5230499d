"""The report's tables as CSV and XLSX: numbers as numbers, — where nothing can be divided."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from desktop.domain.report.sentences import NOTHING, printed
from desktop.domain.report.tables import Table, Value
from desktop.domain.report.values import Change, Share

# A spreadsheet runs a text that begins so; an apostrophe keeps it a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 120.0  # characters that all columns of a sheet share


def as_csv(*tables: Table) -> bytes:
    """Write tables as CSV, in UTF-8 with a mark so that spreadsheets read it right.

    Several stand below one another, each under its title.
    """
    out = io.StringIO()
    rows = csv.writer(out)
    for number, table in enumerate(tables):
        if len(tables) > 1:
            rows.writerows([[]] * bool(number) + [[table.title]])
        rows.writerow(table.columns)
        rows.writerows([_plain(cell) for cell in row] for row in table.rows)
        rows.writerows([note] for note in _notes(table))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """Write all tables as one workbook, a sheet each."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.code)
        whole = sum(table.weights)
        for number, weight in enumerate(table.weights, 1):
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = max(6.0, _WIDTH * weight / whole)
        sheet.append([_bold(sheet, table.title)])
        sheet.append([_bold(sheet, column) for column in table.columns])
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
        for note in _notes(table):
            sheet.append([note])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _notes(table: Table) -> Iterator[str]:
    yield f"{table.unit}　{table.scope}　{table.cut_off}"
    for check in table.checks:
        yield f"{check.name}　{check.table} = {check.ledger}"


def _plain(value: Value) -> str:
    return _harmless(value) if isinstance(value, str) else printed(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    """Make a cell: a share is a number shown as percent, so that it can be worked with."""
    known, number_format = _known(value)
    cell = WriteOnlyCell(sheet, value=known)
    if number_format:
        cell.number_format = number_format
    return cell


def _known(value: Value) -> tuple[str | float | datetime, str]:
    """Give a value as a spreadsheet knows it, and how it is shown."""
    match value:
        case None:
            return NOTHING, ""
        case str():
            return _harmless(value), ""
        case Share() | Change():
            percent = value.percent
            return (NOTHING, "") if percent is None else (float(percent) / 100, "0.0%")
        case Decimal():
            return float(value), "0.00" if value.as_tuple().exponent == -2 else "0.0"
        case date():
            return datetime(value.year, value.month, value.day), "yyyy-mm-dd"  # noqa: DTZ001  # a day
        case _:
            return value, ""
