"""Writes the script of a hard day: everything that makes a detector lose people, at random.

Windows differ (near, far back, in the dark, behind hazy glass), clerks turn away, bend, are hidden
and shone upon, and the camera is dimmed, covered, frozen and turned aside in turn.
"""

import random
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from video.sources.script import Deed

CALM_S = 60.0  # at the beginning: everybody sits where he should
TRAITS = (
    "",
    "size = 0.35",
    "light = 0.12",
    "contrast = 0.12",
    "size = 0.5\nlight = 0.25",
    "size = 0.4\ncontrast = 0.4",
    "light = 0.4\ncontrast = 0.4",
    "",
)

# What may befall a clerk who is there: how often (a share), and for how long (seconds).
MISHAPS = (
    (Deed.TURN_AWAY, 0.35, (10.0, 40.0)),
    (Deed.STOOP, 0.35, (4.0, 13.0)),
    (Deed.GLARE, 0.1, (10.0, 40.0)),
    (Deed.HIDE, 0.2, (8.0, 30.0)),
)
TROUBLES = (
    (Deed.DIM, (40.0, 90.0)),
    (Deed.WALK_PAST, (8.0, 20.0)),
    (Deed.COVER, (20.0, 40.0)),
    (Deed.WALK_PAST, (8.0, 20.0)),
    (Deed.FREEZE, (20.0, 40.0)),
    (Deed.WALK_PAST, (8.0, 20.0)),
    (Deed.TURN, (20.0, 40.0)),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One act; `window` counts from 1, None for the whole camera."""

    at_s: float
    deed: Deed
    window: int | None = None
    for_s: float | None = None
    to: float | None = None

    def __str__(self) -> str:
        words = [f"at_s = {self.at_s:.1f}", f'do = "{self.deed.value}"']
        if self.window is not None:
            words.append(f'window = "window-{self.window}"')
        if self.for_s is not None:
            words.append(f"for_s = {self.for_s:.1f}")
        if self.to is not None:
            words.append(f"to = {self.to:.2f}")
        return "\n".join(["[[act]]", *words])


def hard_script(*, seed: int, length_s: float, threshold_s: float, windows: int = 8) -> str:
    """Write a script; half of its absences last longer than the threshold.

    Args:
        threshold_s: seconds after which an absence should be told.
    """
    chance = random.Random(seed)
    head = f"[hall]\nwindows = {windows}\nfps = 1\nlength_s = {length_s:.1f}\nseed = {seed}"
    traits = [
        f'[[window]]\nid = "window-{number}"\n{TRAITS[(number - 1) % len(TRAITS)]}'
        for number in range(1, windows + 1)
    ]
    lines = [*_troubles(chance, length_s)]
    for window in range(1, windows + 1):
        lines += _clerk(chance, window, length_s, threshold_s)
        lines += _customers(chance, window, length_s)
    kept = sorted((line for line in lines if line.at_s < length_s), key=lambda line: line.at_s)
    return "\n".join([head, *traits, *map(str, kept)])


def _clerk(
    chance: random.Random, window: int, length_s: float, threshold_s: float
) -> Iterator[_Line]:
    now_s = CALM_S + chance.uniform(0, 120)
    while now_s < length_s:
        now_s = yield from _presence(chance, window, now_s)
        coat = chance.random() < 0.3
        if coat:
            yield _Line(now_s - 10, Deed.COAT_ON, window)
        yield _Line(now_s, Deed.LEAVE, window)
        over = chance.random() < 0.5
        now_s += chance.uniform(60, 200) + threshold_s if over else chance.uniform(15, 45)
        yield _Line(now_s, Deed.RETURN, window)
        if coat:
            yield _Line(now_s + 10, Deed.COAT_OFF, window)
        now_s += 30


def _presence(chance: random.Random, window: int, now_s: float) -> Generator[_Line, None, float]:
    """Some minutes at the post; gives when they are over."""
    until_s = now_s + chance.uniform(120, 420)
    while now_s < until_s:
        yield _Line(now_s, chance.choice((Deed.SERVE, Deed.SERVE, Deed.SIT_STILL)), window)
        now_s += chance.uniform(15, 40)
        deed, _, times = chance.choices(MISHAPS, [share for _, share, _ in MISHAPS])[0]
        for_s = chance.uniform(*times)
        yield _Line(now_s, deed, window, for_s)
        now_s += for_s + 15
    return now_s


def _customers(chance: random.Random, window: int, length_s: float) -> Iterator[_Line]:
    now_s = chance.uniform(10, 120)
    while now_s < length_s:
        yield _Line(now_s, Deed.ARRIVE, window)
        now_s += chance.uniform(60, 240)
        yield _Line(now_s, Deed.GO, window)
        now_s += chance.uniform(30, 400)


def _troubles(chance: random.Random, length_s: float) -> Iterator[_Line]:
    now_s, turn = CALM_S + 60, 0
    while now_s < length_s:
        deed, times = TROUBLES[turn % len(TROUBLES)]
        for_s = chance.uniform(*times)
        yield _Line(now_s, deed, None, for_s, chance.uniform(0.3, 0.5))
        now_s, turn = now_s + for_s + chance.uniform(60, 180), turn + 1
