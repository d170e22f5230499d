"""How long the state machine takes for a working day of a hall, against the bare loop over it.

    python -m tests.benchmarks.replay

24 windows, one observation a second from nine to five, with clerks who serve, leave and come back,
cameras that fail, and seats that cannot be told. The floor is to look at every observation once.
"""

import random
import time
from collections.abc import Callable, Sequence

from tests.support.observations import observations, played
from video.settings import HALL
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.observation import Answer, Observation

WINDOWS = 24
DAY_S = 8 * 3600
RULES = Rules.of(HALL, Limits(900.0, 300.0, 300.0))
# Letter of tests.support.observations, its share of the stretches, and seconds that one lasts.
STRETCHES = (("s", 8, 300), ("y", 8, 240), ("q", 2, 200), ("n", 2, 240), ("c", 1, 60), ("b", 1, 30))


def day(window: int) -> str:
    """Draw a window's day: one letter a second, each sixtieth of them a miss of the detector."""
    chance = random.Random(window)
    letters = ""
    kinds = [(letter, lasts) for letter, share, lasts in STRETCHES for _ in range(share)]
    while len(letters) < DAY_S:
        letter, lasts = chance.choice(kinds)
        letters += letter * chance.randint(lasts // 2, 2 * lasts)
    return "".join(
        other if chance.random() < 1 / 60 else own
        for own, other in zip(letters[:DAY_S], chance.choices("?ny", k=DAY_S), strict=True)
    )


def took_s(work: Callable[[], object]) -> float:
    """Give seconds of the better of two runs."""
    best = float("inf")
    for _ in range(2):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def looked_at(days: Sequence[Sequence[Observation]]) -> int:
    """Do the least that any judgement does: read each answer once."""
    return sum(seen.clerk.answer is Answer.YES for one in days for seen in one)


def replayed(days: Sequence[Sequence[Observation]]) -> int:
    """Run every day through the machine; count what happened."""
    return sum(len(played(one, RULES)[1]) for one in days)


def main() -> None:
    """Print both and their ratio."""
    days = [tuple(observations(day(window))) for window in range(WINDOWS)]
    steps = sum(map(len, days))
    floor_s, machine_s = took_s(lambda: looked_at(days)), took_s(lambda: replayed(days))
    print(f"{WINDOWS} windows, {steps} observations, {replayed(days)} changes")
    print(f"bare loop      {floor_s:8.3f} s  {1e6 * floor_s / steps:8.3f} us an observation")
    print(f"state machine  {machine_s:8.3f} s  {1e6 * machine_s / steps:8.3f} us an observation")
    print(f"ratio          {machine_s / floor_s:8.1f}")


if __name__ == "__main__":
    main()
