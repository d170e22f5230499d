"""Arithmetic of stretches of time: sorted, disjoint intervals in, the same out."""

from collections.abc import Iterable, Sequence

from video.vocabulary.truth import Interval

Spans = Sequence[Interval]


def united(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """Join what overlaps or touches; stretches without length vanish."""
    joined: list[Interval] = []
    for one in sorted(spans, key=lambda span: span.start_s):
        if one.length_s == 0:
            continue
        if joined and one.start_s <= joined[-1].end_s:
            joined[-1] = Interval(joined[-1].start_s, max(joined[-1].end_s, one.end_s))
        else:
            joined.append(one)
    return tuple(joined)


def shared(some: Spans, others: Spans) -> tuple[Interval, ...]:
    """The time that lies in both."""
    found: list[Interval] = []
    one = other = 0
    while one < len(some) and other < len(others):
        start_s = max(some[one].start_s, others[other].start_s)
        end_s = min(some[one].end_s, others[other].end_s)
        if start_s < end_s:
            found.append(Interval(start_s, end_s))
        if some[one].end_s < others[other].end_s:
            one += 1
        else:
            other += 1
    return tuple(found)


def without(some: Spans, holes: Spans) -> tuple[Interval, ...]:
    """The time of the first that does not lie in the second."""
    starts = [float("-inf"), *(hole.end_s for hole in holes)]
    ends = [*(hole.start_s for hole in holes), float("inf")]
    gaps = [Interval(start, end) for start, end in zip(starts, ends, strict=True)]
    return shared(some, gaps)


def seconds(spans: Iterable[Interval]) -> float:
    """How long they are together."""
    return sum(span.length_s for span in spans)


def overlap_s(one: Interval, other: Interval) -> float:
    """Seconds that two stretches share."""
    return max(0.0, min(one.end_s, other.end_s) - max(one.start_s, other.start_s))
