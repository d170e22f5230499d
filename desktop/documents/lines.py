"""Breaks text into lines: no forbidden mark at an edge (避头尾), no number torn apart."""

import re
from collections.abc import Callable, Iterator

# GB/T 15834: marks that may not begin a line, and those that may not end one.
NOT_FIRST = frozenset("。，、；：？！）》」』】〕〉”’…—·％%,.;:?!)]}")
NOT_LAST = frozenset("（《「『【〔〈“‘([{")

_TOKEN = re.compile(r"[0-9A-Za-z.,:%+\-/〔〕]*[0-9A-Za-z][0-9A-Za-z.:%+\-/]*|.", re.DOTALL)

Measure = Callable[[str], float]


def break_lines(text: str, width: float, measure: Measure, *, indent: float = 0.0) -> list[str]:
    """Break one paragraph.

    Args:
        width: of a line, in the unit that `measure` answers in.
        indent: less room on the first line.
    """
    lines: list[list[str]] = [[]]
    room = width - indent
    for token in _tokens(text, width, measure):
        size = measure(token)
        if size > room + 1e-6 and lines[-1]:
            carried = _carried(lines[-1], token)
            lines.append(carried)
            room = width - sum(measure(part) for part in carried)
        lines[-1].append(token)
        room -= size
    return ["".join(line) for line in lines]


def _tokens(text: str, width: float, measure: Measure) -> Iterator[str]:
    """Give what must stay together; something longer than a line is given by characters."""
    for token in _TOKEN.findall(text):
        if measure(token) > width:
            yield from token
        else:
            yield token


def _carried(line: list[str], token: str) -> list[str]:
    """Take from the end of a full line what must go with the next, and answer it."""
    keep = len(line)
    following = token
    while keep > 1 and (following[0] in NOT_FIRST or line[keep - 1][-1] in NOT_LAST):
        keep -= 1
        following = line[keep]
    if keep == 1 and (following[0] in NOT_FIRST or line[0][-1] in NOT_LAST):
        return []  # nothing but marks: better one at the edge than an endless line
    carried = line[keep:]
    del line[keep:]
    return carried


def title_shape(text: str, per_line: int) -> list[str]:
    """Break a title into a trapezoid: upper lines not longer than lower ones by more than one."""
    if len(text) <= per_line:
        return [text]
    count = -(-len(text) // per_line)
    size = -(-len(text) // count)
    return [text[i : i + size] for i in range(0, len(text), size)]
