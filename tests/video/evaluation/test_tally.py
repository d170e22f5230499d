"""What is said of footage is counted by the published rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.truths import alternating, as_true, post, said
from video.evaluation.score import score_of
from video.evaluation.tally import Tally, tally_window
from video.evaluation.timeline import Timeline
from video.vocabulary.state import WindowState
from video.vocabulary.truth import TrueZone

ABSENT, READY, UNKNOWN = WindowState.ABSENT, WindowState.READY, WindowState.UNKNOWN
UNATTENDED, SERVING = WindowState.UNATTENDED_CUSTOMER, WindowState.SERVING
CLIP_S = 100.0


def counted(zone: TrueZone, timeline: Timeline, clip_s: float = CLIP_S) -> Tally:
    return tally_window(zone, timeline.of_window("post"), clip_s)


@st.composite
def days(draw: st.DrawFn) -> tuple[TrueZone, float]:
    lengths = draw(st.lists(st.integers(4, 60), min_size=2, max_size=12))
    edges = [0.0]
    for length in lengths:
        edges.append(edges[-1] + length)
    return alternating(edges, empty_first=draw(st.booleans())), edges[-1]


@given(days())
def test_a_perfect_timeline_scores_perfectly(day: tuple[TrueZone, float]) -> None:
    zone, clip_s = day

    tally = counted(zone, as_true(zone), clip_s)

    score = score_of(tally, clip_s)
    assert score.event_precision == score.event_recall == score.event_f1 == 1
    assert score.state_time_error_raw == score.unknown_share == score.false_absences == 0
    assert score.alert_delay_p95_s == 2.0
    assert tally.matched == len(zone.named("empty"))


@given(days(), st.floats(0.0, 0.9))
def test_being_late_by_less_than_a_second_costs_raw_time_alone(
    day: tuple[TrueZone, float], later_s: float
) -> None:
    zone, clip_s = day

    tally = counted(zone, as_true(zone, later_s=later_s), clip_s)

    assert tally.matched == tally.true == tally.said
    assert tally.wrong_s == 0
    changes = len(zone.named("empty")) + len(zone.named("occupied")) - 1
    assert tally.wrong_raw_s == pytest.approx(changes * later_s, abs=1e-6)


@given(days())
def test_knowing_nothing_is_neither_right_nor_wrong(day: tuple[TrueZone, float]) -> None:
    zone, clip_s = day

    score = score_of(counted(zone, said((UNKNOWN, 0, clip_s)), clip_s), clip_s)

    assert score.unknown_share == 1
    assert score.state_time_error is None
    assert score.event_precision is None
    assert score.event_recall == 0
    assert score.false_absences == 0


@given(days(), days())
def test_windows_add_up(one: tuple[TrueZone, float], other: tuple[TrueZone, float]) -> None:
    tallies = [counted(zone, as_true(zone, later_s=3.0), clip_s) for zone, clip_s in (one, other)]

    both = Tally.summed(tallies)

    assert both.true == sum(tally.true for tally in tallies)
    assert both.wrong_s == pytest.approx(sum(tally.wrong_s for tally in tallies))
    assert both.delays_s == tallies[0].delays_s + tallies[1].delays_s


def test_nothing_at_all_adds_up_to_nothing() -> None:
    score = score_of(Tally.summed([]), 0.0)

    assert score.event_f1 is None
    assert score.state_time_error is None
    assert score.alert_delay_p95_s is None
    assert score.false_absences == 0


@pytest.mark.parametrize(
    ("length_s", "late_s", "found"),
    [
        (20, 5.0, 1),  # five seconds are allowed
        (20, 5.1, 0),
        (90, 9.0, 1),  # or a tenth of the length
        (90, 9.1, 0),
        (9, 4.6, 0),  # but half of both together must be common
    ],
)
def test_a_late_onset_is_forgiven_within_bounds(length_s: float, late_s: float, found: int) -> None:
    zone = post(occupied=[(0, 5)], empty=[(5, 5 + length_s)])
    timeline = said((READY, 0, 5 + late_s), (ABSENT, 5 + late_s, 5 + length_s))

    tally = counted(zone, timeline)

    assert (tally.matched, tally.true, tally.said) == (found, 1, 1)


def test_an_absence_counts_once_whoever_says_it_twice() -> None:
    zone = post(occupied=[(0, 10)], empty=[(10, 60)])
    timeline = said((READY, 0, 10), (ABSENT, 10, 40), (READY, 40, 42), (ABSENT, 42, 60))

    tally = counted(zone, timeline)

    assert (tally.matched, tally.true, tally.said) == (1, 1, 2)


def test_an_absence_with_somebody_there_is_false() -> None:
    zone = post(occupied=[(0, 100)])
    timeline = said((READY, 0, 50), (ABSENT, 50, 53), (READY, 53, 100))

    tally = counted(zone, timeline)

    assert (tally.said, tally.matched) == (1, 0)
    assert tally.wrong_s == 3


def test_an_absence_under_four_seconds_does_not_count_nor_what_is_said_inside_it() -> None:
    zone = alternating([0, 40, 43.9, 100])
    timeline = said((READY, 0, 40.3), (ABSENT, 40.3, 44.5), (READY, 44.5, 100))

    tally = counted(zone, timeline)

    assert (tally.true, tally.said) == (0, 0)


def test_a_customer_who_waits_at_an_empty_post_does_not_split_the_absence() -> None:
    zone = alternating([0, 20, 60, 100])
    timeline = said((READY, 0, 20), (ABSENT, 20, 30), (UNATTENDED, 30, 60), (SERVING, 60, 100))

    tally = counted(zone, timeline)

    assert (tally.matched, tally.said) == (1, 1)
    assert tally.wrong_raw_s == 0


def test_unknown_time_pauses_an_absence_and_does_not_end_it() -> None:
    zone = alternating([0, 20, 60, 100])
    timeline = said((READY, 0, 20), (ABSENT, 20, 30), (UNKNOWN, 30, 40), (ABSENT, 40, 60))

    tally = counted(zone, timeline)

    assert (tally.matched, tally.said) == (1, 1)
    assert tally.unknown_s == 10 + 40


def test_ignored_time_counts_for_nothing() -> None:
    zone = post(occupied=[(0, 100)], ignore=[(40, 60)])
    timeline = said((READY, 0, 39.5), (ABSENT, 39.5, 60.5), (READY, 60.5, 100))

    tally = counted(zone, timeline)

    assert (tally.said, tally.wrong_s, tally.watched_s) == (0, 1.0, 80)


def test_uncovered_time_counts_for_nothing() -> None:
    zone = post(occupied=[(0, 30)], empty=[(50, 100)])
    timeline = said((READY, 0, 30), (ABSENT, 30, 100))

    tally = counted(zone, timeline)

    assert (tally.matched, tally.true, tally.said) == (1, 1, 1)
    assert tally.wrong_raw_s == 0
    assert tally.watched_s == 80


def test_where_nobody_can_see_unknown_is_right() -> None:
    zone = post(occupied=[(0, 40), (60, 100)], occluded=[(40, 60)])
    timeline = said((READY, 0, 40), (UNKNOWN, 40, 60), (READY, 60, 100))

    tally = counted(zone, timeline)

    assert (tally.said, tally.wrong_raw_s, tally.unknown_s) == (0, 0, 0)


def test_where_nobody_can_see_absent_is_wrong() -> None:
    zone = post(occupied=[(0, 40), (60, 100)], occluded=[(40, 60)])
    timeline = said((READY, 0, 44), (ABSENT, 44, 58), (READY, 58, 100))

    tally = counted(zone, timeline)

    assert (tally.said, tally.matched) == (1, 0)
    assert tally.wrong_raw_s == 14


def test_an_absence_that_began_in_sight_is_not_false_because_the_view_closes() -> None:
    zone = post(occupied=[(0, 20)], empty=[(20, 100)], occluded=[(50, 70)])
    timeline = said((READY, 0, 20), (ABSENT, 20, 55), (UNKNOWN, 55, 72), (ABSENT, 72, 100))

    tally = counted(zone, timeline)

    assert (tally.matched, tally.true, tally.said) == (2, 2, 2)
    assert tally.wrong_raw_s == 5


def test_an_alert_is_late_by_the_time_after_true_start_and_threshold() -> None:
    zone = alternating([0, 20, 60, 100])
    timeline = said((READY, 0, 21), (ABSENT, 21, 60), (READY, 60, 100), alert_after_s=3.0)

    assert counted(zone, timeline).delays_s == (4.0,)
