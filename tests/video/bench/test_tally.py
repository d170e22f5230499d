"""Missed verdicts are counted from the seconds of the stream, so that jitter is no miss."""

import pytest

from video.bench.tally import Cost, Verdict, missed


def verdicts(*seconds: float) -> tuple[Verdict, ...]:
    return tuple(Verdict(at_s, 0.05) for at_s in seconds)


@pytest.mark.parametrize(
    ("told", "lost", "why"),
    [
        ((1, 3, 5, 7, 9), 0, "every two seconds"),
        ((1.2, 3.0, 5.1, 7.0, 9.1), 0, "with jitter"),
        ((3, 5, 7, 9), 0, "the first came a moment too early to be counted"),
        ((1, 3, 7, 9), 1, "one in the middle"),
        ((1, 9), 3, "three in the middle"),
        ((7, 9), 2, "the beginning"),
        ((), 4, "all of them"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_verdict_that_did_not_come_is_missed(
    told: tuple[float, ...], lost: int, why: str
) -> None:
    assert missed(verdicts(*told), 2.0, 10.0) == lost


def test_a_cost_is_told_by_camera() -> None:
    cost = Cost(4, 2.0, 10.0, 300.0, 20, (verdicts(1, 3, 5, 7, 9), verdicts(1, 3, 7, 9)))

    assert cost.cpu_of_camera == pytest.approx(0.05)
    assert (cost.ticks, cost.missed(2.0)) == (9, 1)
    assert cost.latencies_ms == pytest.approx((50, 50))
    assert Cost(4, 2.0, 10.0, 300.0, 20).latencies_ms is None
