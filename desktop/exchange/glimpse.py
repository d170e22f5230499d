"""The beginning of a foreign file, before anybody decides how it is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import sha256
from itertools import islice

from desktop.domain.approvals import EventKind
from desktop.exchange.encoding import Encoding
from desktop.exchange.profiles import CODED, Profile
from desktop.exchange.raw import Names, RawCase, Source
from desktop.exchange.tables import TableSource
from desktop.exchange.text_table import TextTable
from desktop.exchange.xes import XesSource
from desktop.exchange.xlsx_table import XlsxTable

ROWS = 20
_CODE_CASES, _CODE_ROWS = 2_000, 20_000  # looked at for codes
_MOST_CODES = 60  # of one field; a column of more is none of codes


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


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that the file has in a field, and what it means to us; "" where nobody has said."""

    field: str
    code: str
    meaning: str


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
    return _corrected(replace(profile, case=case, event=event))


def codes_of(source: Source, profile: Profile, names: Names) -> tuple[Coded, ...]:
    """Give the codes that the beginning of a file has in the fields of codes, by field."""
    found: dict[str, set[str]] = {}
    for field, text in _coded_texts(source, profile, names):
        if len(seen := found.setdefault(field, set())) <= _MOST_CODES:
            seen.add(text)
    return tuple(
        Coded(field, code, _meaning(profile, field, code))
        for field, codes in sorted(found.items())
        if len(codes) <= _MOST_CODES
        for code in sorted(codes - profile.nothing)
    )


def recoded(profile: Profile, changed: Coded) -> Profile:
    """Let a code mean what somebody says; "" leaves it unknown."""
    codes = {**profile.codes.get(changed.field, {}), changed.code: changed.meaning}
    known = {code: meaning for code, meaning in codes.items() if meaning}
    return _corrected(replace(profile, codes={**profile.codes, changed.field: known}))


def _corrected(profile: Profile) -> Profile:
    tables = [sorted(table.items()) for table in (profile.case, profile.event)]
    codes = sorted((field, sorted(known.items())) for field, known in profile.codes.items())
    digest = sha256(repr((tables, codes)).encode()).hexdigest()[:8]
    return replace(profile, version=f"{profile.version.partition('+')[0]}+{digest}")


def _meaning(profile: Profile, field: str, code: str) -> str:
    own = {each.value for each in CODED[field]}
    return profile.codes.get(field, {}).get(code, code if code in own else "")


def _coded_texts(source: Source, profile: Profile, names: Names) -> Iterator[tuple[str, str]]:
    """Give every text in a field of codes; what a special procedure is called, its step tells."""
    columns = {
        each.field: each.column
        for each in mapped(profile, names)
        if each.column and (each.field in CODED or (each.field == "step" and each.of_event))
    }
    for fields in _looked_at(source, profile, names):
        told = {field: fields.get(column, "").strip() for field, column in columns.items()}
        step, kind = told.pop("step", ""), told.get("kind", "")
        if kind and _meaning(profile, "kind", kind) in _SPECIAL:
            told["special"] = step
        yield from ((field, text) for field, text in told.items() if text)


_SPECIAL = frozenset({EventKind.SPECIAL_START.value, EventKind.SPECIAL_END.value})


def _looked_at(source: Source, profile: Profile, names: Names) -> Iterator[Mapping[str, str]]:
    if isinstance(source, TableSource):
        columns = [column.removeprefix("case:") for column in source.table.columns]
        for row in islice(source.table.rows(), _CODE_ROWS):
            if row.fault is None:
                yield dict(zip(columns, row.cells, strict=False))
        return
    for raw in islice(source.cases(profile.case_no(names)), _CODE_CASES):
        if isinstance(raw, RawCase):
            yield raw.fields
            yield from raw.events


def _of_cases(source: Source, case_no: str) -> Beginning:
    raws = [raw for raw in islice(source.cases(case_no), ROWS) if isinstance(raw, RawCase)]
    columns = tuple(dict.fromkeys(name for raw in raws for name in raw.fields))
    rows = tuple(tuple(raw.fields.get(name, "") for name in columns) for raw in raws)
    kind = FileKind.LOG if isinstance(source, XesSource) else FileKind.JSON
    return Beginning(kind, columns, rows)


def _present(aliases: Sequence[str], names: frozenset[str]) -> str:
    return next((name for name in aliases if name in names), "")
