"""Charts C1 to C9 of the report: sharp, with text that can be selected, readable without colour."""

import math
from collections.abc import Callable, Mapping
from typing import cast

from reportlab.graphics.shapes import Drawing

from desktop.documents.fonts import FontBook
from desktop.documents.report.drawing import FILLS, GRID, Canvas, ink_on, shade
from desktop.domain.report.facts import Board
from desktop.domain.report.figures import Figures
from desktop.domain.report.running import BINS
from desktop.domain.report.sentences import printed
from desktop.domain.report.tables import Wording
from desktop.domain.report.values import Share

WIDTH = 440.0
_LEFT = 58.0
_ROUND = (1, 2, 3, 4, 5, 6, 8, 10)


class Maker:
    """What a chart is made with."""

    def __init__(self, figures: Figures, wording: Wording, fonts: FontBook) -> None:
        self.figures = figures
        self._wording, self._fonts = wording, fonts

    def canvas(self, height: float) -> Canvas:
        """Begin a drawing."""
        return Canvas(self._fonts, WIDTH, height)

    def word(self, name: str) -> str:
        """Give a word of charts."""
        return self.table("chart_words")[name]

    def table(self, name: str) -> Mapping[str, str]:
        """Give a table of words."""
        return cast(Mapping[str, str], self._wording[name])

    def unit(self, unit_id: str) -> str:
        """Give a unit's short name."""
        return next(u.short_name for u in self.figures.facts.units if u.id == unit_id)


def chart(code: str, figures: Figures, wording: Wording, fonts: FontBook) -> Drawing:
    """Draw a chart by its code."""
    return _CHARTS[code](Maker(figures, wording, fonts)).drawing


def _months(m: Maker) -> Canvas:
    """C1: received and completed of twelve months; a month without data is a gap."""
    c = m.canvas(150)
    months = m.figures.totals.months
    known = [t for _, t in months if t]
    top = _ceiling(max((max(t.received, t.completed) for t in known), default=1))
    step, base, high = (WIDTH - _LEFT - 12) / 11, 24.0, 100.0
    _scale(c, top, base, high)
    curves: tuple[list[tuple[float, float]], ...] = ([], [])
    for number, (month, totals) in enumerate(months):
        x = _LEFT + number * step
        c.text(f"{month.number}月", x, base - 13, anchor="middle", size=8)
        if totals:
            values = (totals.received, totals.completed)
            for curve, value in zip(curves, values, strict=True):
                curve.append((x, base + value / top * high))
    c.curve(curves[0], dashed=False)
    c.curve(curves[1], dashed=True)
    for place, (name, dashed) in enumerate((("received", False), ("completed", True))):
        x = WIDTH - 150 + place * 75
        c.curve([(x, 142), (x + 24, 142)], dashed=dashed)
        c.text(m.word(name), x + 29, 139, size=8)
    return c


def _channels(m: Maker) -> Canvas:
    """C2: a pie; its pieces carry the numbers under which they are named beside it."""
    c = m.canvas(150)
    counts = sorted(m.figures.totals.channels.items(), key=lambda pair: -pair[1])
    whole = sum(count for _, count in counts)
    if not whole:
        c.text(m.word("none"), WIDTH / 2, 70, anchor="middle")
        return c
    x, y, radius, angle = 110.0, 74.0, 62.0, 90.0
    names = m.table("channels")
    for number, (channel, count) in enumerate(counts, 1):
        fill = shade(1 - number / (len(counts) + 1))
        end = angle - 360 * count / whole
        c.area([(x, y), *_arc(x, y, radius, angle, end)], fill)
        ((at_x, at_y), *_) = _arc(x, y, radius + 9, (angle + end) / 2, (angle + end) / 2)
        c.text(str(number), at_x, at_y - 3, anchor="middle", size=8)
        angle = end
        row = 144 - number * 20
        c.bar(230, row, 14, 10, fill)
        share = printed(Share(count, whole))
        c.text(str(number), 222, row + 1, anchor="end", size=8)
        c.text(f"{names[channel.value]}　{count}件　{share}", 252, row + 1)
    return c


def _arc(x: float, y: float, radius: float, start: float, end: float) -> list[tuple[float, float]]:
    steps = max(2, int(abs(end - start) / 3))
    angles = (math.radians(start + (end - start) * n / steps) for n in range(steps + 1))
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]


def _unit_bars(m: Maker) -> Canvas:
    """C3: early, on time and overdue of each unit, stacked, as shares of what was completed."""
    units = m.figures.times.units
    c = m.canvas(30 + 19 * len(units))
    room = WIDTH - _LEFT - 60
    for number, u in enumerate(units):
        y = c.height - 42 - number * 19
        c.text(m.unit(u.unit_id), _LEFT - 4, y + 3, anchor="end", size=8)
        parts = (u.early, u.on_time - u.early, u.overdue)
        x = _LEFT
        for place, count in enumerate(parts):
            if not count:
                continue
            width = room * count / u.completed
            c.bar(x, y, width, 13, (FILLS[2], FILLS[3], FILLS[0])[place])
            if width > 16:
                colour = ink_on(1.0 if place == 2 else 0.0)
                c.text(str(count), x + width / 2, y + 3, anchor="middle", size=8, colour=colour)
            x += width
        said = printed(Share(u.on_time, u.completed))
        c.text(said, _LEFT + room + 6, y + 3, size=8)
    names = (("early", FILLS[2]), ("on_time", FILLS[3]), ("overdue", FILLS[0]))
    c.legend([(m.word(name), fill) for name, fill in names], _LEFT, c.height - 14)
    return c


def _histogram(m: Maker) -> Canvas:
    """C4: completed cases by tenth of the promise used; what is over stands apart, dark."""
    c = m.canvas(140)
    bins = m.figures.times.bins
    top, base, high = _ceiling(max(*bins, 1)), 24.0, 94.0
    _scale(c, top, base, high)
    step = (WIDTH - _LEFT - 12) / (BINS + 1)
    for number, count in enumerate(bins):
        x = _LEFT + number * step
        tall = count / top * high
        c.bar(x + 2, base, step - 4, tall, FILLS[0] if number == BINS else FILLS[2])
        c.text(str(count), x + step / 2, base + tall + 3, anchor="middle", size=8)
        name = m.word("over") if number == BINS else f"≤{(number + 1) * 10}%"
        c.text(name, x + step / 2, base - 13, anchor="middle", size=8)
    return c


def _heat(m: Maker) -> Canvas:
    """C5: confirmed findings by board and unit; each field carries its number."""
    units, found = m.figures.facts.units, m.figures.findings.boards
    names = m.table("boards")
    c = m.canvas(24 + 22 * len(Board))
    step = (WIDTH - _LEFT) / max(1, len(units))
    most = max(found.values(), default=0)
    for column, unit in enumerate(units):
        x = _LEFT + (column + 0.5) * step
        c.text(unit.short_name, x, c.height - 14, anchor="middle", size=8)
    for row, board in enumerate(Board):
        y = c.height - 42 - row * 22
        c.text(names[board.value], _LEFT - 4, y + 7, anchor="end", size=8)
        for column, unit in enumerate(units):
            count = found.get((board, unit.id), 0)
            share = count / most if most else 0.0
            c.bar(_LEFT + column * step, y, step, 22, shade(share))
            said = str(count) if count else "·"
            x = _LEFT + (column + 0.5) * step
            c.text(said, x, y + 7, anchor="middle", colour=ink_on(share))
    return c


def _funnel(m: Maker) -> Canvas:
    """C6: how many cards came how far."""
    cards = m.figures.cards
    stages = (
        ("issued", len(cards.lines)),
        ("served", cards.served),
        ("effective", cards.effective),
        ("closed", cards.closed),
    )
    c = m.canvas(20 + 24 * len(stages))
    room, most = WIDTH - 2 * _LEFT - 40, max(1, len(cards.lines))
    for number, (name, count) in enumerate(stages):
        y = c.height - 32 - number * 24
        width = max(room * count / most, 1.0)
        c.bar(WIDTH / 2 - width / 2, y, width, 17, FILLS[2])
        c.text(m.word(name), _LEFT, y + 5, anchor="end")
        c.text(str(count), WIDTH / 2, y + 5, anchor="middle")
        c.text(printed(Share(count, len(cards.lines))), WIDTH - _LEFT + 4, y + 5)
    return c


def _calendar(m: Maker) -> Canvas:
    """C7: confirmed absences by day, one row a month."""
    months = m.figures.period.months
    days = m.figures.presence.days
    most = max(days.values(), default=0)
    c = m.canvas(30 + 22 * len(months))
    step = (WIDTH - _LEFT) / 31
    for day in range(1, 32):
        if day % 5 == 1:
            c.text(str(day), _LEFT + (day - 0.5) * step, c.height - 12, anchor="middle", size=7)
    for row, month in enumerate(months):
        y = c.height - 38 - row * 22
        c.text(f"{month.number}月", _LEFT - 6, y + 6, anchor="end", size=8)
        for day in range(1, month.last.day + 1):
            count = days.get(month.first.replace(day=day), 0)
            share = (0.4 + 0.6 * count / most) if count else 0.0
            x = _LEFT + (day - 1) * step
            c.bar(x, y, step, 18, shade(share))
            if count:
                c.text(
                    str(count), x + step / 2, y + 6, anchor="middle", size=8, colour=ink_on(share)
                )
    return c


def _satisfaction(m: Maker) -> Canvas:
    """C8: satisfied of valid ratings by unit, with how many there were."""
    rows = [(m.unit(v.unit_id), v.satisfaction, v.ratings) for v in m.figures.voices]
    c = m.canvas(14 + 19 * len(rows))
    room = WIDTH - _LEFT - 96
    for number, (name, share, count) in enumerate(rows):
        y = c.height - 22 - number * 19
        c.text(name, _LEFT - 4, y + 3, anchor="end", size=8)
        c.bar(_LEFT, y, room, 13, FILLS[3])
        if share.percent:
            c.bar(_LEFT, y, room * float(share.percent) / 100, 13, FILLS[2])
        c.text(f"{printed(share)}（{count}条）", _LEFT + room + 6, y + 3, size=8)
    return c


def _scores(m: Maker) -> Canvas:
    """C9: totals by unit, ranked first; units that are not ranked are white."""
    rows = [r for r in m.figures.ranks if r.term.total is not None]
    c = m.canvas(16 + 19 * max(1, len(rows)))
    if not rows:
        c.text(m.word("none"), WIDTH / 2, 10, anchor="middle")
        return c
    most = max(float(r.term.total or 0) for r in rows) or 1.0
    room = WIDTH - _LEFT - 96
    for number, row in enumerate(rows):
        y = c.height - 22 - number * 19
        total = float(row.term.total or 0)
        fill = FILLS[3] if row.rank is None else FILLS[2]
        c.text(m.unit(row.term.unit_id), _LEFT - 4, y + 3, anchor="end", size=8)
        c.bar(_LEFT, y, max(room * total / most, 0.0), 13, fill)
        place = f"第{row.rank}" if row.rank else "—"
        said = f"{row.term.total}　{row.term.grade}　{place}"
        c.text(said, _LEFT + room + 6, y + 3, size=8)
    return c


def _scale(c: Canvas, top: int, base: float, high: float) -> None:
    """Draw four lines of a scale with their numbers."""
    for quarter in range(5):
        y = base + high * quarter / 4
        c.line(_LEFT, y, WIDTH - 6, y, colour=GRID if quarter else FILLS[0])
        c.text(f"{top * quarter // 4}", _LEFT - 6, y - 3, anchor="end", size=8)


def _ceiling(value: int) -> int:
    """Give the next number that four lines divide into round steps."""
    step = max(1, -(-value // 4))
    size = 10 ** (len(str(step)) - 1)
    return int(4 * size * next(n for n in _ROUND if n * size >= step))


_CHARTS: Mapping[str, Callable[[Maker], Canvas]] = {
    "C1": _months,
    "C2": _channels,
    "C3": _unit_bars,
    "C4": _histogram,
    "C5": _heat,
    "C6": _funnel,
    "C7": _calendar,
    "C8": _satisfaction,
    "C9": _scores,
}
