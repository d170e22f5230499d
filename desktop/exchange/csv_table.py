"""Tables for spreadsheets: CSV as Excel opens it."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.exchange.errors import ExchangeError, ExchangeTrouble

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as UTF-8 with the mark by which Excel knows it.

    A text that a spreadsheet would run as a formula is given an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(titles)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_csv(path: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table to a file.

    Raises:
        ExchangeError: NOT_WRITABLE.
    """
    try:
        path.write_bytes(csv_bytes(titles, rows))
    except OSError as error:
        detail = type(error).__name__
        raise ExchangeError(ExchangeTrouble.NOT_WRITABLE, path.name, detail=detail) from error


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
