"""Observations written as letters: one letter, one second."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from video.states.changes import Change
from video.states.machine import Memory, Rules, begin, finish, step
from video.vocabulary.observation import Answer, Evidence, Health, HealthCause, Observation
from video.vocabulary.state import Overlay

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)

# y: the clerk sits there · n: the seat is empty · ?: cannot be told · b: blind
# s: clerk and customer · c: empty seat, and a customer waits · q: clerk, and nothing moves
# p: clerk with a phone · h: clerk with free hands · P: clerk with a phone, and a customer
_CLERK = dict.fromkeys("ysqphP", Answer.YES) | dict.fromkeys("nc", Answer.NO)
_PHONE = {"p": Answer.YES, "P": Answer.YES, "h": Answer.NO}


def observations(
    letters: str, *, every_s: float = 1.0, from_s: float = 0.0
) -> Iterator[Observation]:
    for index, letter in enumerate(letters):
        at_s = from_s + index * every_s
        blind = letter == "b"
        yield Observation(
            window_id="window-1",
            at_s=at_s,
            at_wall=START + timedelta(seconds=at_s),
            health=Health.BLIND if blind else Health.OK,
            cause=HealthCause.COVERED if blind else HealthCause.NONE,
            clerk=Evidence(_CLERK.get(letter, Answer.UNKNOWN), 0.9),
            customer=Evidence(Answer.YES if letter in "scP" else Answer.NO, 0.9),
            motion=Evidence(Answer.NO if letter == "q" else Answer.YES, 0.9),
            phone=Evidence(_PHONE.get(letter, Answer.UNKNOWN), 0.9),
        )


def played(
    seen: Iterable[Observation],
    rules: Rules,
    overlays: Iterable[Overlay] | None = None,
) -> tuple[Memory, list[Change]]:
    """Run the machine over all, and end it."""
    ticks = list(seen)
    laid = list(overlays) if overlays is not None else [Overlay.NONE] * len(ticks)
    memory = begin(ticks[0], laid[0])
    changes: list[Change] = []
    for tick, overlay in zip(ticks[1:], laid[1:], strict=True):
        memory, happened = step(memory, tick, overlay, rules)
        changes += happened
    return memory, [*changes, *finish(memory)]
