"""Scans event logs in the layout that nearly all tools write, four times as fast as a parser.

It never guesses: every "<" of a stretch must be one that the layout explains, or the stretch is
left to the parser. Names and values with references, nested attributes, comments, another order
are all well-formed logs that do not fit.
"""

import re
from collections.abc import Iterator
from typing import cast

from desktop.exchange.raw import Fields, RawCase

_ATTRIBUTE = re.compile(
    r"<(?:string|date|int|float|boolean|id)"
    r' key="([^"&<\x00-\x1f]*)" value="([^"&<\x00-\x1f]*)"\s?/>'
)
_NEXT_EVENT = re.compile(rb"</event>\s*<event>")
_NEXT_CASE = re.compile(rb"</event>\s*</trace>\s*<trace>")
_FIRST = b"<trace>"
_MOST_KNOWN = 20_000  # texts of events, half a kilobyte each


class LogScanner:
    """Takes a log from its first case on and gives the cases of each stretch that fits.

    Attributes:
        fits: whether all that was scanned had the layout.
        rest: bytes that are not scanned yet, from the beginning of a case on.
        row: the line on which `rest` begins.
    """

    def __init__(self, start: bytes, row: int, apart: str = "") -> None:
        self.rest = start
        self.row = row
        self.fits = start.startswith(_FIRST)
        self._next_event = self._next_case = ""
        self._apart = f'key="{apart}" value="' if apart else ""
        self._known: dict[str, tuple[int, Fields]] = {}

    def feed(self, block: bytes) -> None:
        """Take more of the log."""
        self.rest += block

    def cases(self) -> Iterator[RawCase]:
        """Give the cases that are complete in what was taken."""
        if not self.fits or not self._knows_layout():
            return
        between = self._next_case.encode()
        end = self.rest.rfind(between)
        if end < 0:
            return
        cases = self._scanned(self.rest[len(_FIRST) : end])
        if cases is None:
            self.fits = False
            return
        after = end + len(between)
        self.row += self.rest.count(b"\n", 0, after)
        self.rest = _FIRST + self.rest[after:]
        yield from cases

    def _knows_layout(self) -> bool:
        """Learn what stands between events and between cases from the first of them."""
        if not self._next_case:
            event, case = _NEXT_EVENT.search(self.rest), _NEXT_CASE.search(self.rest)
            if event and case:
                self._next_event, self._next_case = event[0].decode(), case[0].decode()
        return bool(self._next_case)

    def _scanned(self, stretch: bytes) -> list[RawCase] | None:
        try:
            text = stretch.decode()
        except UnicodeDecodeError:
            return None
        row, lines_between = self.row, self._next_case.count("\n")
        explained = 3 * text.count(self._next_case)
        cases = []
        for inner in text.split(self._next_case):
            head, begins, events = inner.partition("<event>")
            if not begins:
                return None
            attributes = _ATTRIBUTE.findall(head)
            each = events.split(self._next_event)
            case = RawCase(row, dict(attributes), [], (), [] if self._apart else ())
            explained += len(attributes) + 2 * len(each) - 1 + self._take(each, case)
            cases.append(case)
            row += inner.count("\n") + lines_between
        return cases if text.count("<") == explained and "&" not in text else None

    def _take(self, texts: list[str], case: RawCase) -> int:
        """Add events to a case; answer how many attributes they have."""
        key, known = self._apart, self._known
        attributes = 0
        events, apart = cast(list[Fields], case.events), cast(list[str], case.apart)
        for text in texts:
            rest = text
            if key:
                before, _, after = text.partition(key)
                stamp, _, after = after.partition('"')
                apart.append(stamp)
                rest = f'{before}{key}"{after}'
            found = known.get(rest) or self._read(rest)
            attributes += found[0]
            events.append(found[1])
        return attributes

    def _read(self, text: str) -> tuple[int, Fields]:
        """Read the attributes of an event, and remember them: without its time it is often the
        same text as an earlier one."""
        attributes = _ATTRIBUTE.findall(text)
        found = len(attributes), dict(attributes)
        if len(self._known) < _MOST_KNOWN:
            self._known[text] = found
        return found
