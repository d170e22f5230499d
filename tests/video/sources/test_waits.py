"""A camera that is lost is tried again, ever more seldom, and never all at once."""

from hypothesis import given
from hypothesis import strategies as st

from video.errors import FootageTrouble
from video.sources.waits import CALM_S, MOST_LOCKED_S, MOST_S, Waits

LOST = FootageTrouble.TIMED_OUT


def test_each_failure_in_a_row_waits_twice_as_long_up_to_a_minute() -> None:
    waits = Waits(lambda: 1.0)

    told = [waits.after(LOST, held_s=0.0) for _ in range(8)]

    assert told == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_connection_that_held_starts_the_count_anew_and_one_that_flaps_does_not() -> None:
    waits = Waits(lambda: 1.0)
    for _ in range(3):
        waits.after(LOST, held_s=CALM_S - 1)

    assert waits.after(LOST, held_s=CALM_S - 1) == 8
    assert waits.after(LOST, held_s=CALM_S) == 1


def test_a_wrong_password_is_tried_seldom() -> None:
    waits = Waits(lambda: 0.0)

    told = [waits.after(FootageTrouble.WRONG_CREDENTIALS, held_s=0.0) for _ in range(6)]

    assert told[0] == 30
    assert told[-1] == MOST_LOCKED_S / 2


@given(st.floats(0, 1), st.integers(1, 40))
def test_no_wait_is_shorter_than_half_of_the_longest(jitter: float, failures: int) -> None:
    waits = Waits(lambda: jitter)
    for _ in range(failures - 1):
        waits.after(LOST, held_s=0.0)

    longest = min(MOST_S, 2.0 ** (failures - 1))
    assert longest / 2 <= waits.after(LOST, held_s=0.0) <= longest
