"""Finds out how a text file is written, and gives its lines."""

import codecs
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.progress import Bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_LONGEST_LINE = 4 * 1024 * 1024  # a line of a table that is longer is no line
_IDEOGRAPHS = range(0x4E00, 0xA000)


class Encoding(Enum):
    """How text is written here. GB18030 holds GB2312 and GBK; UTF-8 holds ASCII."""

    UTF_8 = "utf-8"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    GB18030 = "gb18030"


def find_encoding(path: Path) -> Encoding:
    """Tell the encoding from a mark, from zero bytes, or from the first text that is not ASCII."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return Encoding(name.removesuffix("-sig"))
        zeros = [start[half::2].count(0) for half in (0, 1)]
        if max(zeros) > len(start) // 8:
            return Encoding.UTF_16_BE if zeros[0] > zeros[1] else Encoding.UTF_16_LE
        block = start
        while block.isascii() and (more := file.read(_SAMPLE)):
            block = more
        block += file.readline(_LONGEST_LINE)
    telling = [line for line in block.splitlines() if not line.isascii()]
    # The first line of a later block may begin inside a character.
    whole = telling[1:] if block is not start and len(telling) > 1 else telling
    # Most lines decide; a line that is written otherwise is then refused with its number.
    agreeing = sum(map(_is_utf_8, whole))
    return Encoding.UTF_8 if agreeing * 2 >= len(whole) else Encoding.GB18030


def lines(path: Path, encoding: Encoding, read: Bytes) -> Iterator[str]:
    """Give the lines, each with its end, as csv wants them.

    Raises:
        ExchangeError: MIXED_ENCODINGS or UNKNOWN_ENCODING with the row, TOO_LONG.
    """
    if encoding in {Encoding.UTF_16_LE, Encoding.UTF_16_BE}:
        yield from _wide_lines(path, encoding, read)
        return
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
            if len(line) >= _LONGEST_LINE:
                raise ExchangeError(ExchangeTrouble.TOO_LONG, path.name, row=number)
            read.add(len(line))
            if line.isascii():
                yield line.decode("ascii")
                continue
            try:
                text = line.decode(encoding.value)
            except UnicodeDecodeError as error:
                raise _undecodable(path, number, line, encoding) from error
            if encoding is Encoding.GB18030 and _is_chinese_utf_8(line):
                raise ExchangeError(ExchangeTrouble.MIXED_ENCODINGS, path.name, row=number)
            yield text.removeprefix("\ufeff") if number == 1 else text


def _wide_lines(path: Path, encoding: Encoding, read: Bytes) -> Iterator[str]:
    with path.open(encoding=encoding.value, newline="") as file:
        number = 0
        try:
            for number, line in enumerate(file, 1):
                read.add(2 * len(line))
                yield line.removeprefix("\ufeff") if number == 1 else line
        except UnicodeDecodeError as error:
            trouble = ExchangeTrouble.MIXED_ENCODINGS
            raise ExchangeError(trouble, path.name, row=number + 1) from error


def _undecodable(path: Path, number: int, line: bytes, encoding: Encoding) -> ExchangeError:
    """Tell a line that is written otherwise from one that is no text at all."""
    other = Encoding.GB18030 if encoding is Encoding.UTF_8 else Encoding.UTF_8
    try:
        line.decode(other.value)
    except UnicodeDecodeError:
        return ExchangeError(ExchangeTrouble.UNKNOWN_ENCODING, path.name, row=number)
    return ExchangeError(ExchangeTrouble.MIXED_ENCODINGS, path.name, row=number)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese_utf_8(line: bytes) -> bool:
    """Tell whether a line of a GB18030 file is surely UTF-8.

    GB18030 takes nearly any bytes; that it is also UTF-8 with two Chinese characters or more is
    no accident.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(ord(letter) in _IDEOGRAPHS for letter in text) >= 2
