"""Tables for spreadsheets: CSV as Excel opens it, whole or not at all."""

import csv
import io
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

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


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever finds half of it.

    Raises:
        OSError: it cannot be written; what was there before still is.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
