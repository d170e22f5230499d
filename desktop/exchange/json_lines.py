"""JSON lines: one object a line, a case with its events or an event alone."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.encoding import Encoding, lines
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.progress import Bytes
from desktop.exchange.raw import Fields, Names, RawCase
from desktop.exchange.tables import MOST_COLUMNS, Row, TableSource

_EVENTS = "events"
_LOOKED_AT = 100  # lines


class JsonCases:
    """A file of cases, each with a list of events."""

    def __init__(self, path: Path) -> None:
        """Open it; whoever opens has looked that the first line has events."""
        self._path = path
        self.name = path.name
        self.read = Bytes(path.stat().st_size)

    def names(self) -> Names:
        """Give the names that the first cases have."""
        case: set[str] = set()
        event: set[str] = set()
        for number, content in islice(_objects(self._path, Bytes(0)), _LOOKED_AT):
            case |= _fields(self.name, number, content).keys()
            for each in _events(self.name, number, content):
                event |= each.keys()
        return Names(frozenset(case), frozenset(event))

    def cases(self, case_no: str, apart: str = "") -> Iterator[RawCase | Complaint]:
        """Give the cases; see `Source.cases`."""
        for number, content in _objects(self._path, self.read):
            fields = _fields(self.name, number, content)
            if case_no in fields:
                yield RawCase(number, fields, _events(self.name, number, content))
            else:
                yield Complaint(number, case_no, Reason.NO_CASE_NO)


class JsonTable:
    """A file of flat objects: a table whose columns are the names that the first of them have."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name
        self.read = Bytes(path.stat().st_size)
        beginning = islice(_objects(path, Bytes(0)), _LOOKED_AT)
        names = [name for number, each in beginning for name in _fields(path.name, number, each)]
        self.columns = tuple(dict.fromkeys(names))

    def rows(self) -> Iterator[Row]:
        """Give the lines as rows; a name that comes only later is passed over."""
        for number, content in _objects(self._path, self.read):
            fields = _fields(self.name, number, content)
            yield Row(number, [fields.get(name, "") for name in self.columns])


def open_json_lines(path: Path) -> JsonCases | TableSource:
    """Open a file of either kind.

    Raises:
        ExchangeError: EMPTY, NOT_WELL_FORMED with the line.
    """
    first = next(_objects(path, Bytes(0)), None)
    if first is None:
        raise ExchangeError(ExchangeTrouble.EMPTY, path.name)
    return JsonCases(path) if _EVENTS in first[1] else TableSource(JsonTable(path))


def _objects(path: Path, read: Bytes) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(lines(path, Encoding.UTF_8, read), 1):
        if not line.strip():
            continue
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _malformed(path.name, number, type(error).__name__) from error
        if not isinstance(content, dict):
            raise _malformed(path.name, number, type(content).__name__)
        yield number, content


def _fields(name: str, number: int, content: Mapping[str, object]) -> Fields:
    """Give the plain values as texts; what is empty is left out.

    Raises:
        ExchangeError: TOO_MANY_COLUMNS.
    """
    if len(content) > MOST_COLUMNS:
        trouble, detail = ExchangeTrouble.TOO_MANY_COLUMNS, f"{len(content)} > {MOST_COLUMNS}"
        raise ExchangeError(trouble, name, row=number, detail=detail)
    return {
        field: str(value).lower() if isinstance(value, bool) else str(value)
        for field, value in content.items()
        if field != _EVENTS and value is not None and value != ""
    }


def _events(name: str, number: int, content: Mapping[str, object]) -> list[Fields]:
    events = content.get(_EVENTS) or []
    if not isinstance(events, list) or not all(isinstance(each, dict) for each in events):
        raise _malformed(name, number, _EVENTS)
    return [_fields(name, number, each) for each in events]


def _malformed(name: str, number: int, detail: str) -> ExchangeError:
    return ExchangeError(ExchangeTrouble.NOT_WELL_FORMED, name, row=number, detail=detail)
