"""Opens a foreign file by what it is, not by what it is called."""

from collections.abc import Iterator
from pathlib import Path

from desktop.domain.imports import Complaint, Taken
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.json_lines import open_json_lines
from desktop.exchange.making import CaseMaker
from desktop.exchange.raw import Source
from desktop.exchange.tables import TableSource
from desktop.exchange.text_table import TextTable
from desktop.exchange.xes import XesSource

_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def open_source(path: Path) -> Source:
    """Open a table, a log or JSON lines.

    Raises:
        ExchangeError: MISSING_FILE, NOT_READABLE, EMPTY, and what its reader refuses.
    """
    try:
        with path.open("rb") as file:
            start = file.read(256)
        return _by_content(path, start)
    except FileNotFoundError as error:
        raise ExchangeError(ExchangeTrouble.MISSING_FILE, path.name) from error
    except OSError as error:
        detail = type(error).__name__
        raise ExchangeError(ExchangeTrouble.NOT_READABLE, path.name, detail=detail) from error


def taken_cases(source: Source, maker: CaseMaker, case_no: str) -> Iterator[Taken]:
    """Make the cases of an opened file, one after the other.

    Raises:
        ExchangeError: the file as a whole is refused; NO_CASES when there was none in it.
    """
    anything = False
    for raw in source.cases(case_no, maker.apart):
        anything = True
        yield Taken(None, (raw,)) if isinstance(raw, Complaint) else maker.taken(raw)
    if not anything:
        raise ExchangeError(ExchangeTrouble.NO_CASES, source.name)


def _by_content(path: Path, start: bytes) -> Source:
    if not start:
        raise ExchangeError(ExchangeTrouble.EMPTY, path.name)
    if start.startswith(_ZIP):
        from desktop.exchange.xlsx_table import XlsxTable  # noqa: PLC0415  # loads NumPy too

        return TableSource(XlsxTable(path))
    if start.startswith(_GZIP):
        return XesSource(path)
    plain = start
    for mark in _MARKS:
        plain = plain.removeprefix(mark)
    match plain.replace(b"\x00", b"").lstrip()[:1]:
        case b"<":
            return XesSource(path)
        case b"{":
            return open_json_lines(path)
    return TableSource(TextTable(path))
