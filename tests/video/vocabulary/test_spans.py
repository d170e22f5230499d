"""Arithmetic of time, checked second by second."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from video.vocabulary.spans import seconds, shared, united, without
from video.vocabulary.truth import Interval

SECONDS = 40


@st.composite
def some_spans(draw: st.DrawFn) -> tuple[Interval, ...]:
    pairs = draw(st.lists(st.tuples(st.integers(0, SECONDS), st.integers(0, SECONDS)), max_size=6))
    return united(Interval(min(pair), max(pair)) for pair in pairs)


def inside(spans: tuple[Interval, ...]) -> set[int]:
    return {second for second in range(SECONDS) if any(span.holds(second + 0.5) for span in spans)}


@given(some_spans(), some_spans())
def test_stretches_of_time_behave_like_sets_of_seconds(
    some: tuple[Interval, ...], others: tuple[Interval, ...]
) -> None:
    assert inside(shared(some, others)) == inside(some) & inside(others)
    assert inside(without(some, others)) == inside(some) - inside(others)
    assert inside(united([*some, *others])) == inside(some) | inside(others)
    assert seconds(some) == len(inside(some))


@given(some_spans(), some_spans())
def test_results_are_sorted_and_apart(
    some: tuple[Interval, ...], others: tuple[Interval, ...]
) -> None:
    for spans in (united([*some, *others]), without(some, others)):
        assert all(one.end_s < next_.start_s for one, next_ in itertools.pairwise(spans))
