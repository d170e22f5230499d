"""Breaks text into lines: no forbidden mark at an edge (避头尾), no number torn apart."""

import re
from collections.abc import Callable, Iterator

# GB/T 15834: marks that may not begin a line, and those that may not end one.
NOT_FIRST = frozenset("。，、；：？！）》」』】〕〉”’…—·％%,.;:?!)]}")
NOT_LAST = frozenset("（《「『【〔〈“‘([{")
# Marks whose right half is blank: at the end of a line it may stand outside.
_HANGING = frozenset("。，、；：！）》」』】〕")

_NUMBER = r"[0-9A-Za-z.,:%+\-/〔〕]*[0-9A-Za-z][0-9A-Za-z.:%+\-/]*"
_TOKEN = re.compile(rf"{_NUMBER}|.", re.DOTALL)

Measure = Callable[[str], float]


def break_lines(
    text: str, width: float, measure: Measure, *, indent: float = 0.0, give: float = 0.0
) -> list[str]:
    """Break one paragraph; a mark that just misses the end of a line is kept on it.

    Args:
        width: of a line, in the unit that `measure` answers in.
        indent: less room on the first line.
        give: how much a line may be closed up for a mark, beside the mark's own blank half.
    """
    lines: list[list[str]] = [[]]
    room = width - indent
    for token in _tokens(text, width, measure):
        size = measure(token)
        hangs = token in _HANGING and size - blank_after(token, measure) <= room + give + 1e-6
        if size > room + 1e-6 and lines[-1] and not hangs:
            carried = _carried(lines[-1], token)
            lines.append(carried)
            room = width - sum(measure(part) for part in carried)
        lines[-1].append(token)
        room -= size
    return ["".join(line) for line in lines]


def blank_after(line: str, measure: Measure) -> float:
    """Measure what of a line's last mark is blank and may stand outside."""
    return measure(line[-1]) / 2 if line[-1] in _HANGING else 0.0


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


# In a title a number keeps what it counts: 10月, 第3季度, 30个工作日.
_COUNTED = "个工作日|个月|季度|年度|[年月日时分号件项次个张人天届期级季%]"
_TITLE_TOKEN = re.compile(rf"第?(?:{_NUMBER})(?:{_COUNTED})?|.", re.DOTALL)

# After these a title may well be broken; a break elsewhere costs more.
_GOOD_BREAKS = frozenset("的和与及》、，；）")


def title_shape(text: str, per_line: int) -> list[str]:
    """Break a title into the fewest lines, shaped as a trapezoid (two) or a diamond (more)."""
    count = -(-len(text) // per_line)
    tokens = _TITLE_TOKEN.findall(text)
    while count > 1:
        shaped = _shaped(tokens, _ideal(len(text), count), per_line)
        if shaped:
            return shaped
        count += 1
        if count > len(tokens):
            return [text[i : i + per_line] for i in range(0, len(text), per_line)]
    return [text]


def _ideal(length: int, count: int) -> list[int]:
    """Give the lengths aimed at: the lower of two longer, the middle of more the longest."""
    even = length / count
    if count == 2:
        return [round(even - 1), round(even + 1)]
    return [round(even + (1 if 0 < n < count - 1 else -1)) for n in range(count)]


def _shaped(tokens: list[str], ideal: list[int], per_line: int) -> list[str]:
    """Choose breaks that come nearest to the aims and tear nothing; empty when there are none."""
    ends: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for aim in ideal:
        following: dict[int, tuple[float, list[str]]] = {}
        for start, (cost, lines) in ends.items():
            line = ""
            for end in range(start, len(tokens)):
                line += tokens[end]
                if len(line) > per_line:
                    break
                more = cost + (len(line) - aim) ** 2 + _break_cost(tokens, end + 1)
                if end + 1 not in following or more < following[end + 1][0]:
                    following[end + 1] = (more, [*lines, line])
        ends = following
    return ends.get(len(tokens), (0.0, []))[1]


def _break_cost(tokens: list[str], at: int) -> float:
    if at == len(tokens):
        return 0.0
    if tokens[at][0] in NOT_FIRST or tokens[at - 1][-1] in NOT_LAST:
        return 1000.0
    return 0.0 if tokens[at - 1][-1] in _GOOD_BREAKS or tokens[at][0] in "关《（" else 4.0
