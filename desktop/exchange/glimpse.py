"""The beginning of a foreign file, before anybody decides how it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import sha256
from itertools import islice

from desktop.exchange.encoding import Encoding
from desktop.exchange.profiles import Profile
from desktop.exchange.raw import Names, RawCase, Source
from desktop.exchange.tables import TableSource
from desktop.exchange.text_table import TextTable
from desktop.exchange.xes import XesSource
from desktop.exchange.xlsx_table import XlsxTable

ROWS = 20


class FileKind(Enum):
    """What a file is."""

    TEXT = "text"
    WORKBOOK = "workbook"
    LOG = "log"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a file is, and its first rows; of a log, its first cases.

    Attributes:
        delimiter: of a text table, with its encoding.
    """

    kind: FileKind
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: Encoding | None = None
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A field of ours and the column that it is read from; "" where the file has none."""

    field: str
    of_event: bool
    column: str


def beginning_of(source: Source, case_no: str) -> Beginning:
    """Look at the beginning.

    Args:
        case_no: field that tells the cases of a log apart.

    Raises:
        ExchangeError: a row that refuses the whole file.
    """
    if not isinstance(source, TableSource):
        return _of_cases(source, case_no)
    table = source.table
    rows = tuple(tuple(row.cells[: len(table.columns)]) for row in islice(table.rows(), ROWS))
    match table:
        case TextTable():
            encoding, delimiter = table.encoding, table.delimiter
            return Beginning(FileKind.TEXT, table.columns, rows, encoding, delimiter)
        case XlsxTable():
            return Beginning(FileKind.WORKBOOK, table.columns, rows)
    return Beginning(FileKind.JSON, table.columns, rows)


def mapped(profile: Profile, names: Names) -> tuple[Mapped, ...]:
    """Give every field of a profile with the column that the file has for it."""
    of_case = [
        Mapped(field, of_event=False, column=_present(aliases, names.case))
        for field, aliases in profile.case.items()
    ]
    of_event = [
        Mapped(field, of_event=True, column=_present(aliases, names.event))
        for field, aliases in profile.event.items()
    ]
    return (*of_case, *of_event)


def remapped(profile: Profile, wanted: Sequence[Mapped]) -> Profile:
    """Correct a profile for one file: every field is read from the column that is given.

    Its version names the correction, so that a file read otherwise is another import.
    """
    case = {each.field: (each.column,) for each in wanted if each.column and not each.of_event}
    event = {each.field: (each.column,) for each in wanted if each.column and each.of_event}
    digest = sha256(repr((sorted(case.items()), sorted(event.items()))).encode()).hexdigest()[:8]
    version = f"{profile.version.partition('+')[0]}+{digest}"
    return replace(profile, version=version, case=case, event=event)


def _of_cases(source: Source, case_no: str) -> Beginning:
    raws = [raw for raw in islice(source.cases(case_no), ROWS) if isinstance(raw, RawCase)]
    columns = tuple(dict.fromkeys(name for raw in raws for name in raw.fields))
    rows = tuple(tuple(raw.fields.get(name, "") for name in columns) for raw in raws)
    kind = FileKind.LOG if isinstance(source, XesSource) else FileKind.JSON
    return Beginning(kind, columns, rows)


def _present(aliases: Sequence[str], names: frozenset[str]) -> str:
    return next((name for name in aliases if name in names), "")
