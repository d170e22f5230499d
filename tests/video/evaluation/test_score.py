"""Ratios, ranks and the interval of a count."""

import pytest

from video.evaluation.score import percentile, poisson_interval, score_of
from video.evaluation.tally import Tally


def test_a_score_is_ratios_of_counts() -> None:
    tally = Tally(true=4, said=5, matched=3, wrong_s=2, known_s=100, watched_s=7200)

    score = score_of(tally, 3600)

    assert score.event_precision == pytest.approx(0.6)
    assert score.event_recall == pytest.approx(0.75)
    assert score.event_f1 == pytest.approx(2 * 0.6 * 0.75 / (0.6 + 0.75))
    assert score.state_time_error == pytest.approx(0.02)
    assert score.false_absences == 2
    assert score.window_hours == 2
    assert score.seconds == 3600


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], None), ([7], 7), (list(range(1, 21)), 19), (list(range(1, 101)), 95)],
)
def test_a_percentile_is_a_number_that_was_measured(
    numbers: list[float], expected: float | None
) -> None:
    assert percentile(reversed(numbers), 0.95) == expected


@pytest.mark.parametrize(  # from tables of the exact interval
    ("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390)]
)
def test_the_interval_of_a_count_is_the_exact_one(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), abs=1e-3)
