"""A timeline has no hole and no overlap, and its seconds add up to the span."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.viewmodels.states import STATES, UNWATCHED
from desktop.viewmodels.timeline.bands import Stretch, laid, share_on_post, totals
from tests.support.profiles import DAY
from video.vocabulary.state import Overlay, WindowState

SERVING, ABSENT = WindowState.SERVING, WindowState.ABSENT


def stretch(first: float, last: float, state: WindowState | None = SERVING) -> Stretch:
    return Stretch(DAY + timedelta(minutes=first), DAY + timedelta(minutes=last), state)


def hour(*stretches: Stretch) -> tuple[Stretch, ...]:
    return laid(stretches, DAY, DAY + timedelta(hours=1))


stretches = st.lists(
    st.builds(
        lambda start, length, state, overlay: Stretch(
            DAY + timedelta(seconds=start), DAY + timedelta(seconds=start + length), state, overlay
        ),
        st.floats(-600, 4200),
        st.floats(0, 900),
        st.sampled_from(WindowState),
        st.sampled_from(Overlay),
    ),
    max_size=20,
)


@given(stretches)
def test_seconds_add_up_whatever_was_heard(known: list[Stretch]) -> None:
    rows = hour(*known)
    assert sum(totals(rows).values()) == 3600
    assert rows[0].start == DAY
    assert all(one.end == other.start for one, other in pairwise(rows))
    assert all(row.seconds == int(row.seconds) > 0 for row in rows)


def test_time_that_nobody_watched_has_its_own_name() -> None:
    rows = hour(stretch(10, 20))
    assert [row.look for row in rows] == [UNWATCHED, STATES[SERVING], UNWATCHED]
    assert totals(rows)[UNWATCHED] == 50 * 60


def test_the_newer_word_holds_where_two_overlap() -> None:
    rows = hour(stretch(0, 40), stretch(30, 60, ABSENT))
    assert [(row.state, row.seconds) for row in rows] == [(SERVING, 1800), (ABSENT, 1800)]


def test_what_goes_on_the_same_is_one_stretch() -> None:
    assert len(hour(stretch(0, 30), stretch(30, 60))) == 1


def test_the_share_counts_judged_time_alone() -> None:
    rows = hour(stretch(0, 30), stretch(30, 40, ABSENT), stretch(40, 50, WindowState.UNKNOWN))
    assert share_on_post(rows) == 0.75
    assert share_on_post(hour()) is None


def test_what_the_schedule_took_off_is_no_absence() -> None:
    paused = Stretch(DAY, DAY + timedelta(minutes=30), ABSENT, Overlay.PAUSED)
    assert share_on_post(hour(paused, stretch(30, 60))) == 1.0
