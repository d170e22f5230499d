"""The text of a paper: levels 一、（一）1.（1）, lines of the grid, pages without a lone seal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.sheet import BODY, HEADING, SUBHEADING, Sheet, Style

_NUMERALS = "零一二三四五六七八九十"
_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), HEADING),
    (re.compile(r"（[一二三四五六七八九十]+）"), SUBHEADING),
)
_LONGEST_HEADING = 26  # characters; a longer first sentence is text, not a heading
KEPT = 2  # lines of text that go with a signature to a new page


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: how far it is indented, and how many characters stand as a heading."""

    text: str
    shift: float = 0.0
    heading: int = 0
    heading_style: Style = HEADING
    ends: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading and nothing more: it never stands last on a page."""
        return self.ends and bool(self.text) and self.heading == len(self.text)


def lines_of_text(
    sheet: Sheet, paragraphs: Sequence[str], *, indent: int = 2, style: Style = BODY
) -> list[Line]:
    """Break paragraphs into lines; headings are known by their numbers."""
    lines = list[Line]()
    shift = indent * style.square
    for paragraph in paragraphs:
        length, heading_style = heading_of(paragraph)
        broken = sheet.broken(paragraph, style, shift)
        for number, text in enumerate(broken):
            lines.append(
                Line(
                    text,
                    shift if number == 0 else 0.0,
                    max(0, min(length, len(text))),
                    heading_style,
                    ends=number == len(broken) - 1,
                )
            )
            length -= len(text)
    return lines


def place(sheet: Sheet, lines: Sequence[Line], *, kept: int = KEPT, tail: float = 0.0) -> None:
    """Set lines over as many pages as they need.

    Args:
        tail: lines of the grid that must still fit below the last line; where they don't, the
            last `kept` lines go to the next page with them (7.3.5: no page for a seal alone).
    """
    while kept < len(lines) and lines[-kept - 1].is_heading:
        kept += 1
    for index, line in enumerate(lines):
        rest = len(lines) - index
        needed = rest + tail if rest <= kept else 1 + line.is_heading
        if sheet.lines_left < needed and sheet.line > 0:
            sheet.new_page(sheet.area)
        _set_line(sheet, line)
        sheet.skip(1)


def heading_of(paragraph: str) -> tuple[int, Style]:
    """Tell how many characters of a paragraph stand as a heading, and in which style."""
    for pattern, style in _LEVELS:
        if not pattern.match(paragraph):
            continue
        first = paragraph.find("。")
        if first == -1 and paragraph[-1] not in "；：，":
            return len(paragraph), style
        if 0 < first < min(_LONGEST_HEADING, len(paragraph) - 1):
            return first + 1, style
    return 0, BODY


def numeral(number: int) -> str:
    """Write a number as the first two levels do, up to 99."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    lead = "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return lead + (_NUMERALS[ones] if ones else "")


def numbered(sentences: str | Sequence[str], level: int = 1) -> list[str]:
    """Number sentences of a list, each with its mark at the end: ； and, for the last, 。

    A sentence alone needs no number.
    """
    given = [sentences] if isinstance(sentences, str) else list(sentences)
    said = [sentence.rstrip("。；;. ") for sentence in given]
    if len(said) == 1:
        return [f"{said[0]}。"]
    last = len(said) - 1
    return [
        f"{ordinal(n + 1, level)}{sentence}{'。' if n == last else '；'}"
        for n, sentence in enumerate(said)
    ]


def ordinal(number: int, level: int) -> str:
    """Write the number of a level: 一、（一）1.（1）."""
    return (
        f"{numeral(number)}、",
        f"（{numeral(number)}）",
        f"{number}. ",
        f"（{number}）",
    )[level - 1]


def _set_line(sheet: Sheet, line: Line) -> None:
    x, y = sheet.area.left + line.shift, sheet.baseline()
    stretch = sheet.stretch(line.text, BODY, line.shift, is_last=line.ends) if line.text else 0.0
    head, rest = line.text[: line.heading], line.text[line.heading :]
    if head:
        sheet.text(head, x, y, line.heading_style, stretch=stretch)
        x += sheet.width(head, line.heading_style) + stretch * len(head)
    if rest:
        sheet.text(rest, x, y, BODY, stretch=stretch)
