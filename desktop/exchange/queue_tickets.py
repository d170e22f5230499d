"""Reads the tickets of a queue machine's export; persons' names and numbers are passed over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple, cast

from desktop.domain.calendar import HALL_TIME
from desktop.domain.identifiers import WindowId
from desktop.domain.imports import Complaint, Reason
from desktop.domain.organisation import Window
from desktop.domain.queue import Ticket
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.opening import open_source
from desktop.exchange.tables import Row, Table, TableSource
from desktop.exchange.times import TimeReader

FIELDS = ("number", "queue", "window", "day", "taken_at", "called_at", "ended_at")
NEEDED = ("number", "taken_at", "called_at")
SHOWN = 20  # rows of the beginning
MOST = 200_000  # tickets in a file: half a year of a large hall
_CLOCK = re.compile(r"\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?")

Columns = Mapping[str, str]
Aliases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class QueueFile:
    """A file of tickets before it is taken in.

    Attributes:
        columns: field and the column that it is read from; a field without one is left out.
        rows: the first of them, as they stand.
    """

    path: Path
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which nothing can be read."""
        return tuple(name for name in NEEDED if name not in self.columns)

    def remapped(self, field: str, column: str) -> "QueueFile":
        """Read one field from another column, or from none."""
        rest = {name: title for name, title in self.columns.items() if name != field}
        columns = {**rest, field: column} if column else rest
        return QueueFile(self.path, self.titles, self.rows, columns)


class ReadTickets(NamedTuple):
    """What came of a file: tickets, and the rows that were complained of."""

    tickets: tuple[Ticket, ...]
    complaints: tuple[Complaint, ...]


def read_aliases(content: Mapping[str, object]) -> Aliases:
    """Take the names of columns from their data file."""
    return cast(Aliases, content["columns"])


def look_at_queue_file(path: Path, aliases: Aliases) -> QueueFile:
    """Look at the beginning of a file and find its columns.

    Raises:
        ExchangeError: NOT_A_TABLE, and what the reader of tables refuses.
    """
    table = _table(path)
    rows = tuple(tuple(row.cells[: len(table.columns)]) for row in islice(table.rows(), SHOWN))
    columns = {
        field: column
        for field in FIELDS
        if (column := next((a for a in aliases[field] if a in table.columns), ""))
    }
    return QueueFile(path, table.columns, rows, columns)


def read_tickets_of(file: QueueFile, windows: Sequence[Window]) -> ReadTickets:
    """Read all tickets; a row that cannot be taken is complained of with its number.

    Raises:
        ExchangeError: MISSING_COLUMN, NO_ROWS, TOO_MANY_ROWS, and what the reader refuses.
    """
    for field in file.missing:
        raise ExchangeError(ExchangeTrouble.MISSING_COLUMN, file.path.name, column=field)
    table = _table(file.path)
    reader = _Reader(file.columns, table.columns, windows)
    tickets: dict[tuple[str, datetime], Ticket] = {}
    complaints: list[Complaint] = []
    for count, row in enumerate(table.rows()):
        if count >= MOST:
            trouble, detail = ExchangeTrouble.TOO_MANY_ROWS, f"> {MOST}"
            raise ExchangeError(trouble, file.path.name, row=row.number, detail=detail)
        try:
            ticket, remarks = reader.ticket(row)
            key = ticket.number, ticket.taken_at
            if key in tickets:
                raise _Rejected(reader.complaint(row, "number", Reason.TICKET_TWICE))
            tickets[key] = ticket
            complaints += remarks
        except _Rejected as rejected:
            complaints.append(rejected.complaint)
    if not tickets and not complaints:
        raise ExchangeError(ExchangeTrouble.NO_ROWS, file.path.name)
    return ReadTickets(tuple(tickets.values()), tuple(complaints))


class _Rejected(Exception):
    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint)
        self.complaint = complaint


class _Reader:
    """Makes tickets of rows."""

    def __init__(self, columns: Columns, titles: Sequence[str], windows: Sequence[Window]) -> None:
        self._titles = columns
        self._at = {field: titles.index(column) for field, column in columns.items()}
        self._times = TimeReader(HALL_TIME)
        self._windows = _windows_by_name(windows)

    def ticket(self, row: Row) -> tuple[Ticket, Sequence[Complaint]]:
        if row.fault:
            raise _Rejected(row.fault)
        number, taken = self._cell(row, "number"), self._time(row, "taken_at")
        if not number:
            raise _Rejected(self.complaint(row, "number", Reason.NO_TICKET_NO))
        if taken is None:
            raise _Rejected(self.complaint(row, "taken_at", Reason.NO_TIME))
        called, ended = self._time(row, "called_at"), self._time(row, "ended_at")
        self._must_follow(row, "called_at", taken, called)
        self._must_follow(row, "ended_at", called or taken, ended)
        name = self._cell(row, "window")
        window = self._windows.get(_plain(name), WindowId(""))
        ticket = Ticket(number, self._cell(row, "queue"), taken, called, ended, window)
        if name and not window:
            return ticket, (self.complaint(row, "window", Reason.UNKNOWN_WINDOW, kept=True),)
        return ticket, ()

    def complaint(self, row: Row, field: str, reason: Reason, *, kept: bool = False) -> Complaint:
        value = self._cell(row, field)[:80]
        return Complaint(row.number, self._titles[field], reason, value, kept=kept)

    def _cell(self, row: Row, field: str) -> str:
        at = self._at.get(field)
        return "" if at is None else row.cells[at].strip()

    def _time(self, row: Row, field: str) -> datetime | None:
        text = self._cell(row, field)
        if not text:
            return None
        if _CLOCK.fullmatch(text):
            text = f"{self._cell(row, 'day')[:10]} {text}"
        try:
            moment = self._times.moment(text)
        except (ValueError, OverflowError) as error:
            raise _Rejected(self.complaint(row, field, Reason.BAD_TIME)) from error
        if moment.whole_day:
            raise _Rejected(self.complaint(row, field, Reason.BAD_TIME))
        return moment.at

    def _must_follow(self, row: Row, field: str, before: datetime, after: datetime | None) -> None:
        """Refuse what ends before it begins, or on another day: numbers hold for one day."""
        if after is None:
            return
        if after < before:
            raise _Rejected(self.complaint(row, field, Reason.ENDS_BEFORE_START))
        if after.astimezone(HALL_TIME).date() != before.astimezone(HALL_TIME).date():
            raise _Rejected(self.complaint(row, field, Reason.BAD_TIME))


def _table(path: Path) -> Table:
    source = open_source(path)
    if not isinstance(source, TableSource):
        raise ExchangeError(ExchangeTrouble.NOT_A_TABLE, path.name)
    return source.table


def _windows_by_name(windows: Sequence[Window]) -> Mapping[str, WindowId]:
    """Know each window by its number and its name; a name that two share is nobody's."""
    known: dict[str, WindowId] = {}
    for name, window in _names(windows):
        known[name] = WindowId("") if known.get(name, window) != window else window
    return known


def _names(windows: Sequence[Window]) -> Iterator[tuple[str, WindowId]]:
    for window in windows:
        for name in {_plain(window.number), _plain(window.name)}:
            yield name, window.id


def _plain(name: str) -> str:
    """Write 03号窗口, 窗口3 and 3 alike."""
    bare = re.sub(r"号?窗口|\s|号$", "", name).casefold()
    return bare.lstrip("0") or bare
