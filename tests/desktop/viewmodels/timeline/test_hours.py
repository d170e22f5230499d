"""The shares of each hour add up to the time in which a window was due."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.domain.calendar import HALL_TIME
from desktop.viewmodels.live.hour import hour_said
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.states import OVERLAYS, STATES, UNWATCHED
from desktop.viewmodels.timeline.bands import Stretch
from desktop.viewmodels.timeline.hours import hour_cells, hour_shares
from tests.support.profiles import DAY
from tests.support.watching import WatchedHall, seen_span, status
from video.messages import Ready
from video.vocabulary.state import Overlay, WindowState

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=HALL_TIME)
SERVING, READY, IDLE = WindowState.SERVING, WindowState.READY, WindowState.IDLE_WINDOW
States = st.sampled_from([None, *WindowState])


def laid(*pieces: tuple[int, WindowState | None, Overlay]) -> list[Stretch]:
    """Stretches one after the other, each so many minutes long, from nine on."""
    start, told = NINE, []
    for minutes, state, overlay in pieces:
        end = start + timedelta(minutes=minutes)
        told.append(Stretch(start, end, state, overlay))
        start = end
    return told


def test_a_stretch_over_a_whole_hour_counts_to_both() -> None:
    nine, ten = hour_shares(
        laid((45, SERVING, Overlay.NONE), (30, READY, Overlay.NONE), (45, IDLE, Overlay.NONE))
    )
    assert nine.shares == {STATES[SERVING]: 0.75, STATES[READY]: 0.25}
    assert ten.shares == {STATES[READY]: 0.25, STATES[IDLE]: 0.75}
    assert hour_cells(ten)[:4] == ("10:00–11:00", "—", "25.0%", "75.0%")


def test_paused_time_is_told_and_time_in_which_nobody_was_due_counts_nowhere() -> None:
    (hour,) = hour_shares(
        laid(
            (20, SERVING, Overlay.CLOSED),
            (10, WindowState.ABSENT, Overlay.PAUSED),
            (10, None, Overlay.NONE),
            (20, WindowState.ABSENT, Overlay.EXCUSED),
        )
    )
    assert hour.seconds == 20 * 60
    assert hour.shares == {OVERLAYS[Overlay.PAUSED]: 0.5, UNWATCHED: 0.5}


def test_an_hour_in_which_the_window_was_closed_has_no_row() -> None:
    assert hour_shares(laid((60, SERVING, Overlay.CLOSED))) == ()


@given(st.lists(st.tuples(st.integers(1, 200), States, st.sampled_from(Overlay)), max_size=8))
def test_the_shares_of_every_hour_add_up(
    pieces: list[tuple[int, WindowState | None, Overlay]],
) -> None:
    stretches = laid(*pieces)
    hours = hour_shares(stretches)
    assert all(abs(sum(hour.shares.values()) - 1) < 1e-9 for hour in hours)
    due = [s for s in stretches if s.overlay in {Overlay.NONE, Overlay.PAUSED}]
    assert abs(sum(h.seconds for h in hours) - sum(s.seconds for s in due)) < 1e-6


def test_the_wall_tells_the_running_hour_of_a_window(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch
) -> None:
    qtbot.waitUntil(lambda: bool(live.roll.posts))
    window = watched.plan.windows[0].id
    assert hour_said(live, window) == ""  # nothing was heard
    watched.clock.pass_time(minutes=30)
    now = watched.clock.now()
    with qtbot.waitSignal(live.changed):
        watched.say(
            Ready(1, "test"),
            seen_span(watched.plan, 0, READY, DAY, DAY + timedelta(minutes=20)),
            status(watched.plan, 0, WindowState.ABSENT, lasted_s=600, at=now),
        )
    assert hour_said(live, window) == "01号窗口 本小时：在岗 67%、离岗 33%"
