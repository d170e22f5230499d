"""Tables for spreadsheets: CSV as Excel opens it."""

import csv
import io
from collections.abc import Iterable, Sequence

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


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
