"""Reads event logs by an XML parser: whatever is well formed, at a quarter of a scanner's speed."""

from collections.abc import Iterator
from xml.parsers import expat

from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.raw import RawCase

_OF_CASE = 3  # depth of an attribute of a case: log, trace, attribute
_OF_EVENT = 4
_UTF_8 = {None, "utf-8", "utf8", "us-ascii", "ascii"}


class LogParser:
    """Takes a log in pieces and gives the cases that are complete.

    A document type is refused: entities could read other files or grow without end, and no log
    has one.
    """

    def __init__(self, name: str, *, starts_at: tuple[bytes, int] = (b"", 1)) -> None:
        """Begin a log, or go on where another reader stopped.

        Args:
            starts_at: the head of the file, and the line of what will be fed after it.
        """
        self._name = name
        self._parser = parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declared
        self._encoding: str | None = None
        self._path: list[str] = []
        self._case: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._events: list[dict[str, str]] = []
        self._row = self._lines_off = 0
        self._complete: list[RawCase] = []
        self.head_size = self.head_lines = 0
        self.in_cases = False
        self.unfinished = 0
        head, line = starts_at
        if head:
            self.feed(head)
            self._lines_off = line - 1 - head.count(b"\n")

    @property
    def is_utf_8(self) -> bool:
        """Whether the log says that it is UTF-8, or nothing else."""
        return self._encoding in _UTF_8

    @property
    def row(self) -> int:
        """The line that was reached."""
        return self._parser.CurrentLineNumber + self._lines_off

    def feed(self, block: bytes) -> None:
        """Read on.

        Raises:
            ExchangeError: NOT_WELL_FORMED, ENTITIES.
        """
        self.unfinished += len(block)
        self._parse(block, last=False)

    def end(self) -> None:
        """Tell that nothing follows.

        Raises:
            ExchangeError: EMPTY, NOT_WELL_FORMED.
        """
        if not self.unfinished and not self.in_cases:
            raise ExchangeError(ExchangeTrouble.EMPTY, self._name)
        self._parse(b"", last=True)

    def take(self) -> Iterator[RawCase]:
        """Give the cases that are complete, once."""
        complete, self._complete = self._complete, []
        if complete:
            self.unfinished = 0
        yield from complete

    def _parse(self, block: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as error:
            raise ExchangeError(
                ExchangeTrouble.NOT_WELL_FORMED,
                self._name,
                row=error.lineno + self._lines_off,
                column=str(error.offset + 1),
                detail=expat.ErrorString(error.code),
            ) from error

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._encoding = encoding.lower() if encoding else None

    def _refuse(self, *_: object) -> None:
        raise ExchangeError(ExchangeTrouble.ENTITIES, self._name, row=self.row, column="DOCTYPE")

    def _start(self, tag: str, attributes: list[str]) -> None:
        path = self._path
        path.append(tag.rpartition(":")[2])
        match len(path), path[-1]:
            case 1, root if root != "log":
                trouble = ExchangeTrouble.NOT_WELL_FORMED
                raise ExchangeError(trouble, self._name, row=self.row, column=tag)
            case 2, "trace":
                self._begin_case()
            case 3, "event" if path[1] == "trace":
                self._event = {}
            case 3, _ if path[1] == "trace":
                _take_attribute(self._case, attributes)
            case 4, _ if path[2] == "event":
                _take_attribute(self._event, attributes)

    def _begin_case(self) -> None:
        if not self.in_cases:
            self.in_cases = True
            self.head_size = self._parser.CurrentByteIndex
            self.head_lines = self._parser.CurrentLineNumber - 1
        self._row = self.row
        self._case, self._events = {}, []

    def _end(self, _: str) -> None:
        path = self._path
        ended = path.pop()
        if len(path) == 2 and ended == "event" and path[1] == "trace":
            self._events.append(self._event)
        elif len(path) == 1 and ended == "trace":
            self._complete.append(RawCase(self._row, self._case, self._events))


def _take_attribute(fields: dict[str, str], attributes: list[str]) -> None:
    """Keep an attribute by its key; `attributes` are names and values in turn."""
    named = dict(zip(attributes[::2], attributes[1::2], strict=True))
    if "key" in named and "value" in named:
        fields[named["key"]] = named["value"]
