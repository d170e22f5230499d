"""A camera whose own clock is wrong is named soon, and nobody is absent by its pictures."""

import pytest

from tests.support.blindfolded import blindfolded, shown
from video.messages import CameraHealth, EventOpened, Report, WindowStatus
from video.vocabulary.observation import Health, HealthCause
from video.vocabulary.state import WindowState

WATCHED_S = 150  # an empty seat proves itself in one minute, and counts half a minute
FIFTY_YEARS_S = 50 * 365 * 86_400.0


@pytest.mark.parametrize("off_s", [61.0, -FIFTY_YEARS_S])
def test_a_wrong_clock_is_named_within_fifteen_seconds_and_nobody_is_absent(off_s: float) -> None:
    line = blindfolded(threshold_s=30.0)
    told: list[Report] = []
    for second in range(0, WATCHED_S, 2):
        told += line.take(shown(float(second), clock_off_s=off_s))
    named = next(r for r in told if isinstance(r, CameraHealth) if r.health is Health.BLIND)
    assert (named.cause, named.clock_off_s) == (HealthCause.CLOCK_OFF, off_s)
    states = [r for r in told if isinstance(r, WindowStatus)]
    first = next(s for s in states if s.observation.cause is HealthCause.CLOCK_OFF)
    assert first.observation.at_s <= 15.0
    assert states[-1].state is WindowState.UNKNOWN
    assert not any(isinstance(report, EventOpened) for report in told)


def test_a_clock_that_is_put_right_is_believed_again() -> None:
    line = blindfolded()
    told: list[Report] = []
    for second in range(30):
        off_s = -FIFTY_YEARS_S if second < 15 else 1.0
        told += line.take(shown(float(second), clock_off_s=off_s))
    healths = [r.cause for r in told if isinstance(r, CameraHealth)]
    assert healths == [HealthCause.NONE, HealthCause.CLOCK_OFF, HealthCause.NONE]


def test_an_absence_by_the_same_pictures_and_a_right_clock_is_one() -> None:
    line = blindfolded(threshold_s=30.0)
    told = [r for s in range(0, WATCHED_S, 2) for r in line.take(shown(float(s), clock_off_s=2.0))]
    assert any(isinstance(report, EventOpened) for report in told)
