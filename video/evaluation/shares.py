"""How far the shares of serving, ready and idle time are off, where the truth tells customers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from video.evaluation.timeline import EMPTY, OCCUPIED, Timeline
from video.vocabulary.spans import Spans, seconds, shared, united, without
from video.vocabulary.state import WindowState
from video.vocabulary.truth import Interval, TrueZone

# What stands for each state; a clerk who sits still without a customer is ready.
JUDGED: Mapping[WindowState, frozenset[WindowState]] = {
    WindowState.SERVING: frozenset({WindowState.SERVING}),
    WindowState.READY: frozenset({WindowState.READY, WindowState.IDLE_STILL, WindowState.PHONE}),
    WindowState.IDLE_WINDOW: frozenset({WindowState.IDLE_WINDOW}),
}


@dataclass(frozen=True, slots=True)
class Shares:
    """Seconds of each judged state, true and said, of the seconds that were known."""

    known_s: float
    true_s: Mapping[WindowState, float]
    said_s: Mapping[WindowState, float]

    @classmethod
    def summed(cls, every: Sequence["Shares"]) -> "Shares":
        """Count several windows together."""
        return cls(
            sum(one.known_s for one in every),
            {state: sum(one.true_s[state] for one in every) for state in JUDGED},
            {state: sum(one.said_s[state] for one in every) for state in JUDGED},
        )

    def errors(self) -> Mapping[WindowState, float | None]:
        """The absolute error of each share, 0 to 1; None where nothing was known."""
        return {
            state: abs(self.said_s[state] - self.true_s[state]) / self.known_s
            if self.known_s
            else None
            for state in JUDGED
        }


def shares_of(
    post: TrueZone, customers: TrueZone | None, said: Timeline, *, idle_s: float
) -> Shares | None:
    """Compare one window in the time that is known; None where no customers are told.

    Args:
        said: of this window alone.
        idle_s: how long a clerk is ready before the window is idle.
    """
    if customers is None:
        return None
    unseen = united([*post.named("ignore"), *post.named("occluded")])
    occupied, empty = united(post.named("occupied")), united(post.named("empty"))
    known = shared(without(united([*occupied, *empty]), unseen), said.in_states(EMPTY | OCCUPIED))
    waiting = united(customers.named("occupied"))
    alone = without(occupied, waiting)
    idle = united(part for span in alone for part in _idle(span, unseen, idle_s))
    true: Mapping[WindowState, Spans] = {
        WindowState.SERVING: shared(occupied, waiting),
        WindowState.READY: without(alone, idle),
        WindowState.IDLE_WINDOW: idle,
    }
    return Shares(
        seconds(known),
        {state: seconds(shared(known, true[state])) for state in JUDGED},
        {state: seconds(shared(known, said.in_states(JUDGED[state]))) for state in JUDGED},
    )


def _idle(alone: Interval, unseen: Spans, idle_s: float) -> Iterator[Interval]:
    """The part of being alone after so many seconds in which that could be seen."""
    for part in without((alone,), unseen):
        if part.length_s > idle_s:
            yield Interval(part.start_s + max(0.0, idle_s), part.end_s)
        idle_s -= part.length_s
