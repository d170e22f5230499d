"""Event logs by IEEE 1849 (XES), plain or packed, streamed case by case."""

import gzip
import zlib
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.progress import Bytes
from desktop.exchange.raw import Names, RawCase
from desktop.exchange.xes_parser import LogParser
from desktop.exchange.xes_scanner import LogScanner

_BLOCK = 1 << 20
_FIRST_BLOCK = 1 << 16  # the parser reads it whole, for the head that the scanner cannot
_LOOKED_AT = 200  # cases
_LONGEST_CASE = 64 * 1024**2  # bytes; a case of a hundred thousand events
_MOST_RATIO = 300  # logs of the same few names pack to a sixtieth or so
_RATIO_FROM = 256 * 1024**2
_PACKED = b"\x1f\x8b"


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
        for raw in islice(self._cases(Bytes(0)), _LOOKED_AT):
            case |= raw.fields.keys()
            for each in raw.events:
                event |= each.keys()
        return Names(frozenset(case), frozenset(event))

    def cases(self, case_no: str, apart: str = "") -> Iterator[RawCase | Complaint]:
        """Give the cases; see `Source.cases`."""
        for raw in self._cases(self.read, apart):
            if raw.fields.get(case_no):
                yield raw
            else:
                yield Complaint(raw.row, case_no, Reason.NO_CASE_NO)

    def _cases(self, read: Bytes, apart: str = "") -> Iterator[RawCase]:
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
            scanner = LogScanner(head[parser.head_size :], parser.head_lines + 1, apart)
            yield from self._scan(head, parser, scanner, blocks)

    def _scan(
        self, head: bytes, parser: LogParser, scanner: LogScanner, blocks: Iterator[bytes]
    ) -> Iterator[RawCase]:
        if parser.is_utf_8:
            yield from scanner.cases()
            while scanner.fits and (block := next(blocks, None)):
                scanner.feed(block)
                self._guard(scanner.rest)
                yield from scanner.cases()
        parser = LogParser(self.name, starts_at=(head[: parser.head_size], scanner.row))
        parser.feed(scanner.rest)
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
