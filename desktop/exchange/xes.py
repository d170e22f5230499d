"""Event logs by IEEE 1849 (XES), plain or packed, streamed case by case."""

import gzip
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.progress import Bytes
from desktop.exchange.raw import Names, RawCase
from desktop.exchange.xes_parser import LogParser
from desktop.exchange.xes_scanner import LogCutter, Stretch, StretchReader

_BLOCK = 1 << 20
_FIRST_BLOCK = 1 << 16  # the parser reads it whole, for the head that the scanner cannot
_LOOKED_AT = 200  # cases
_LONGEST_CASE = 64 * 1024**2  # bytes; a case of a hundred thousand events
_MOST_RATIO = 300  # logs of the same few names pack to a sixtieth or so
_RATIO_FROM = 256 * 1024**2
_PACKED = b"\x1f\x8b"
T = TypeVar("T")


class XesSource:
    """A log on disk.

    What looks like the layout that nearly all tools write is scanned; from the first case that
    looks otherwise on, and always for the head of the file, an XML parser reads it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name
        self.read = Bytes(path.stat().st_size)

    def names(self) -> Names:
        """Give the keys that the first cases have."""
        case: set[str] = set()
        event: set[str] = set()
        for raw in islice(self._pieces(Bytes(0), StretchReader().cases), _LOOKED_AT):
            case |= raw.fields.keys()
            for each in raw.events:
                event |= each.keys()
        return Names(frozenset(case), frozenset(event))

    def cases(self, case_no: str, apart: str = "") -> Iterator[RawCase | Complaint]:
        """Give the cases; see `Source.cases`."""
        yield from numbered(self._pieces(self.read, StretchReader(apart).cases), case_no)

    def stretches(self) -> Generator[Stretch | RawCase, None, None]:
        """Give the log in stretches for others to read, and the cases that no stretch holds.

        Whoever finds that one does not have the layout must begin anew with `cases`.
        """
        return self._pieces(self.read, lambda stretch: (stretch,))

    def _pieces(
        self, read: Bytes, take: Callable[[Stretch], Iterable[T] | None]
    ) -> Generator[T | RawCase, None, None]:
        """Give what is made of the stretches, and the cases from the first that is refused on."""
        with self._blocks(read) as blocks:
            parser = LogParser(self.name)
            head = b""
            while not parser.in_cases:
                block = next(blocks, None)
                if block is None:
                    parser.end()
                    yield from parser.take()
                    return
                head += block
                parser.feed(block)
                self._guard(head)
            start, head = head[parser.head_size :], head[: parser.head_size]
            cutter = LogCutter(start, parser.head_lines + 1)
            if parser.is_utf_8:
                yield from self._scanned(cutter, blocks, take)
            yield from self._parsed(head, cutter, blocks)

    def _scanned(
        self,
        cutter: LogCutter,
        blocks: Iterator[bytes],
        take: Callable[[Stretch], Iterable[T] | None],
    ) -> Iterator[T]:
        while cutter.fits:
            stretch = cutter.cut()
            made = take(stretch) if stretch else ()
            if stretch and made is None:
                cutter.put_back(stretch)
                return
            yield from made or ()
            block = next(blocks, None)
            if block is None:
                return
            cutter.feed(block)
            self._guard(cutter.rest)

    def _parsed(self, head: bytes, cutter: LogCutter, blocks: Iterator[bytes]) -> Iterator[RawCase]:
        parser = LogParser(self.name, starts_at=(head, cutter.row))
        parser.feed(cutter.rest)
        yield from parser.take()
        for block in blocks:
            parser.feed(block)
            yield from parser.take()
            if parser.unfinished > _LONGEST_CASE:
                raise ExchangeError(ExchangeTrouble.TOO_LONG, self.name, row=parser.row)
        parser.end()
        yield from parser.take()

    def _guard(self, kept: bytes) -> None:
        if len(kept) > _LONGEST_CASE:
            raise ExchangeError(ExchangeTrouble.TOO_LONG, self.name)

    @contextmanager
    def _blocks(self, read: Bytes) -> Iterator[Iterator[bytes]]:
        with self._path.open("rb") as raw:
            packed = raw.read(2) == _PACKED
            raw.seek(0)
            file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
            with file, closing(self._read(raw, file, read)) as blocks:
                yield blocks

    def _read(self, raw: BinaryIO, file: BinaryIO, read: Bytes) -> Generator[bytes, None, None]:
        unpacked = 0
        # While one block is read as a log, the next is unpacked beside it.
        with ThreadPoolExecutor(1, thread_name_prefix="unpack") as ahead:
            coming = ahead.submit(file.read, _FIRST_BLOCK)
            while block := self._sound(coming):
                coming = ahead.submit(file.read, _BLOCK)
                read.done = packed = raw.tell()
                unpacked += len(block)
                if unpacked > _RATIO_FROM and unpacked > _MOST_RATIO * packed:
                    detail = f"{packed} → {unpacked}"
                    raise ExchangeError(ExchangeTrouble.BOMB, self.name, detail=detail)
                yield block
            read.done = read.total

    def _sound(self, coming: "Future[bytes]") -> bytes:
        try:
            return coming.result()
        except (EOFError, OSError, zlib.error) as error:
            detail = type(error).__name__
            raise ExchangeError(ExchangeTrouble.DAMAGED, self.name, detail=detail) from error


def numbered(cases: Iterable[RawCase], case_no: str) -> Iterator[RawCase | Complaint]:
    """Complain of the cases that have no number."""
    for raw in cases:
        yield raw if raw.fields.get(case_no) else Complaint(raw.row, case_no, Reason.NO_CASE_NO)
