"""Ratios out of counts, and how far a count may be trusted."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from video.evaluation.tally import Tally

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """How well footage was watched; shares are 0 to 1, None where there is nothing to count.

    Attributes:
        false_absences: said absences without a true one.
        window_hours: hours of windows that the truth speaks of.
        seconds: of footage.
    """

    event_precision: float | None
    event_recall: float | None
    event_f1: float | None
    state_time_error: float | None
    state_time_error_raw: float | None
    alert_delay_p95_s: float | None
    unknown_share: float | None
    false_absences: int
    window_hours: float
    seconds: float


def score_of(tally: Tally, seconds: float) -> Score:
    """Turn counts into a score."""
    return Score(
        event_precision=_ratio(tally.matched, tally.said),
        event_recall=_ratio(tally.matched, tally.true),
        event_f1=_ratio(2 * tally.matched, tally.said + tally.true),
        state_time_error=_ratio(tally.wrong_s, tally.known_s),
        state_time_error_raw=_ratio(tally.wrong_raw_s, tally.known_raw_s),
        alert_delay_p95_s=percentile(tally.delays_s, 0.95),
        unknown_share=_ratio(tally.unknown_s, tally.visible_s),
        false_absences=tally.said - tally.matched,
        window_hours=tally.watched_s / 3600,
        seconds=seconds,
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def percentile(numbers: Iterable[float], share: float) -> float | None:
    """The smallest number that so large a share does not exceed (nearest rank)."""
    ranked = sorted(numbers)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else None


def poisson_interval(count: int) -> tuple[float, float]:
    """The exact interval (Garwood) of what a count that came by chance may stand for."""
    tail = (1 - CONFIDENCE) / 2
    low = _mean_at(1 - tail, count - 1) if count else 0.0
    return low, _mean_at(tail, count)


def _mean_at(chance: float, count: int) -> float:
    """The mean with which at most so many come by this chance; the more is expected, the less."""
    low, high = 0.0, count + 10.0 + 10.0 * math.sqrt(count + 1.0)
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        if _at_most(count, middle) > chance:
            low = middle
        else:
            high = middle
    return high


def _at_most(count: int, mean: float) -> float:
    logarithms = (
        number * math.log(mean) - mean - math.lgamma(number + 1) for number in range(count + 1)
    )
    return sum(map(math.exp, logarithms))
