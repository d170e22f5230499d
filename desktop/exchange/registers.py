"""Registers as tables: each field with its column, how it is read, and how it is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar, cast

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.opening import open_source
from desktop.exchange.tables import Row, Table, TableSource
from desktop.exchange.values import Unreadable

MOST = 20_000  # rows of a register
_ENTRIES = str.maketrans({"\n": "；", ";": "；", "\r": ""})


class Record(Protocol):
    """A thing of a register."""

    @property
    def id(self) -> str:
        """What it is known by."""


R = TypeVar("R", bound=Record)
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a register.

    Attributes:
        titles: the names its column may have; the first is written.
        read: text to value; raises Unreadable.
        choices: the texts that there are, where there are few.
        several: holds entries, one a line.
    """

    field: str
    titles: tuple[str, ...]
    read: Callable[[str], object]
    write: Callable[[object], str]
    required: bool = False
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Form(Generic[R]):
    """What the records of one register are made of.

    Attributes:
        make: a new record of its values, or the successor of one.
        key: what tells records apart for an import; a row of a known key changes that record.
    """

    entity: str
    columns: tuple[Column, ...]
    make: Callable[[Values, R | None], R]
    key: Callable[[R], str]

    def texts(self, thing: R) -> dict[str, str]:
        """Write a record, by field."""
        return {each.field: each.write(getattr(thing, each.field)) for each in self.columns}

    def made(self, texts: Mapping[str, str], before: R | None) -> R:
        """Make a record of what was written.

        Raises:
            FieldUnreadable: one of the texts is none of its field.
        """
        return self.make(dict(self._values(texts)), before)

    def _values(self, texts: Mapping[str, str]) -> Iterator[tuple[str, object]]:
        for column in self.columns:
            text = texts.get(column.field)
            if text is None:
                continue
            if not text.strip():
                if column.required:
                    raise FieldUnreadable(column, Reason.NO_VALUE, text)
                yield column.field, column.read("")
                continue
            try:
                yield column.field, column.read(text.strip())
            except Unreadable as error:
                raise FieldUnreadable(column, error.reason, text) from error


class FieldUnreadable(Exception):
    """A text of one field is none: column, reason, text."""

    def __init__(self, column: Column, reason: Reason, text: str) -> None:
        super().__init__(column.field, reason, text)
        self.column, self.reason, self.text = column, reason, text


class ReadRegister(NamedTuple, Generic[R]):
    """What came of a table: records, new or changed, the keys in it, and rows complained of."""

    changed: tuple[R, ...]
    keys: frozenset[str]
    complaints: tuple[Complaint, ...]


def read_register(path: Path, form: Form[R], known: Sequence[R]) -> ReadRegister[R]:
    """Read a table of records; a row that cannot be taken is complained of with its place.

    Args:
        known: what the register has; a row of the same key changes it, an empty cell takes
            nothing back but a cell that says so.

    Raises:
        ExchangeError: NOT_A_TABLE, MISSING_COLUMN, NO_ROWS, TOO_MANY_ROWS, and what the reader
            of tables refuses.
    """
    table = _table(path)
    places = _places(table, form)
    here = {form.key(each): each for each in known}
    changed: dict[str, R] = {}
    keys: set[str] = set()
    complaints: list[Complaint] = []
    for row in _rows(table):
        if row.fault:
            complaints.append(row.fault)
            continue
        try:
            key, thing = _taken(row, form, places, here)
        except FieldUnreadable as error:
            title = table.columns[places[error.column.field]]
            complaints.append(Complaint(row.number, title, error.reason, error.text[:80]))
            continue
        keys.add(key)
        if thing != here.get(key):
            changed[key] = here[key] = thing
    if not keys and not complaints:
        raise ExchangeError(ExchangeTrouble.NO_ROWS, path.name)
    return ReadRegister(tuple(changed.values()), frozenset(keys), tuple(complaints))


def register_table(form: Form[R], things: Sequence[R]) -> tuple[list[str], list[list[str]]]:
    """Write a register as a table that can be read again: titles and rows."""
    titles = [each.titles[0] for each in form.columns]
    rows = [list(form.texts(each).values()) for each in things]
    return titles, rows


def entries(text: str) -> list[list[str]]:
    """Take a cell of several entries apart."""
    whole = [entry.strip() for entry in text.translate(_ENTRIES).split("；")]
    return [[part.strip() for part in entry.split("|")] for entry in whole if entry]


def aliases_of(content: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    """Take the names of columns from the data file of a register."""
    rows = cast(Mapping[str, Sequence[str]], content["columns"])
    return {field: tuple(names) for field, names in rows.items()}


def _taken(
    row: Row, form: Form[R], places: Mapping[str, int], here: Mapping[str, R]
) -> tuple[str, R]:
    texts = {field: row.cells[place] for field, place in places.items()}
    fresh = form.made(texts, None)
    key = form.key(fresh)
    told = {field: text for field, text in texts.items() if text.strip()}
    before = here.get(key)
    return key, form.made(told, before) if before else fresh


def _rows(table: Table) -> Iterator[Row]:
    for count, row in enumerate(islice(table.rows(), MOST + 1)):
        if count == MOST:
            trouble, detail = ExchangeTrouble.TOO_MANY_ROWS, f"> {MOST}"
            raise ExchangeError(trouble, table.name, row=row.number, detail=detail)
        yield row


def _places(table: Table, form: Form[R]) -> Mapping[str, int]:
    places: dict[str, int] = {}
    for column in form.columns:
        title = next((each for each in column.titles if each in table.columns), None)
        if title is not None:
            places[column.field] = table.columns.index(title)
        elif column.required:
            trouble = ExchangeTrouble.MISSING_COLUMN
            raise ExchangeError(trouble, table.name, row=1, column=column.titles[0])
    return places


def _table(path: Path) -> Table:
    source = open_source(path)
    if not isinstance(source, TableSource):
        raise ExchangeError(ExchangeTrouble.NOT_A_TABLE, path.name)
    return source.table
