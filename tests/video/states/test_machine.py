"""What a window is in follows from what was seen, and from nothing else."""

import itertools
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.observations import observations, played
from video.settings import CLIP, HALL
from video.states.changes import (
    Alerted,
    Change,
    Reminded,
    SpanEnded,
    SpellBegan,
    SpellEnded,
    SpellForgotten,
)
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.state import Overlay, WindowState

RULES = Rules.of(HALL, Limits(threshold_s=120.0, reminder_s=60.0, waiting_threshold_s=80.0))
CLIP_RULES = Rules.of(CLIP, Limits(900.0, 300.0, 300.0))
T = TypeVar("T")
LETTERS = st.text("ynsc?bqphP", min_size=2, max_size=400)


def of_kind(changes: list[Change], kind: type[T]) -> list[T]:
    return [change for change in changes if isinstance(change, kind)]


def states(changes: list[Change]) -> list[WindowState]:
    return [span.state for span in of_kind(changes, SpanEnded)]


def test_a_seat_that_empties_is_absent_from_the_first_empty_tick() -> None:
    _, changes = played(observations("y" * 60 + "n" * 60), RULES)

    spans = of_kind(changes, SpanEnded)
    assert states(changes) == [WindowState.UNKNOWN, WindowState.READY, WindowState.ABSENT]
    assert spans[-1].start.at_s == 60


def test_the_alert_comes_at_start_plus_threshold_and_the_reminder_at_half() -> None:
    _, changes = played(observations("y" * 60 + "n" * 200), RULES)

    (began,), (reminded,) = of_kind(changes, SpellBegan), of_kind(changes, Reminded)
    (alerted,) = of_kind(changes, Alerted)
    assert began.spell.start.at_s == 60
    assert reminded.spell.counted_s == 60
    assert alerted.at.at_s == 180
    assert alerted.spell.alert_state is WindowState.ABSENT


def test_a_return_closes_the_event_at_the_first_tick_of_the_return() -> None:
    _, changes = played(observations("y" * 60 + "n" * 200 + "y" * 60), RULES)

    (ended,) = of_kind(changes, SpellEnded)
    assert ended.end is not None
    assert ended.end.at_s == 260


def test_an_absence_under_the_threshold_alerts_nobody() -> None:
    _, changes = played(observations("y" * 60 + "n" * 100 + "y" * 60), RULES)

    assert not of_kind(changes, Alerted)
    (forgotten,) = of_kind(changes, SpellForgotten)
    assert forgotten.end is not None
    assert forgotten.end.at_s == 160


def test_a_return_shorter_than_half_a_minute_does_not_restart_the_count() -> None:
    _, changes = played(observations("y" * 60 + "n" * 100 + "y" * 20 + "n" * 60), RULES)

    (alerted,) = of_kind(changes, Alerted)
    assert alerted.spell.start.at_s == 60
    assert WindowState.READY in states(changes)[2:]


def test_blindness_pauses_the_timer_and_is_told() -> None:
    _, changes = played(observations("y" * 60 + "n" * 60 + "b" * 50 + "n" * 100), RULES)

    (alerted,) = of_kind(changes, Alerted)
    assert alerted.at.at_s == pytest.approx(60 + 120 + 50, abs=16)
    assert alerted.spell.unknown_share(alerted.at.at_s) > 0.2
    assert not alerted.spell.is_conclusive(alerted.at.at_s)


def test_a_gap_over_a_minute_makes_an_absence_inconclusive() -> None:
    _, changes = played(observations("y" * 60 + "n" * 300 + "b" * 70 + "n" * 300), RULES)

    (ended,) = of_kind(changes, SpellEnded)
    assert ended.spell.unknown_share(ended.last.at_s) < 0.2
    assert not ended.spell.is_conclusive(ended.last.at_s)


def test_a_customer_who_waits_shortens_the_threshold() -> None:
    _, changes = played(observations("s" * 60 + "c" * 200), RULES)

    (alerted,) = of_kind(changes, Alerted)
    assert alerted.spell.alert_state is WindowState.UNATTENDED_CUSTOMER
    assert alerted.at.at_s == pytest.approx(60 + 80, abs=16)
    assert WindowState.UNATTENDED_CUSTOMER in states(changes)


def test_time_nobody_watched_is_unknown_and_not_absence() -> None:
    before = list(observations("y" * 60 + "n" * 60))
    after = list(observations("n" * 10, from_s=4000.0))

    _, changes = played([*before, *after], RULES)

    assert not of_kind(changes, Alerted)
    unknown = of_kind(changes, SpanEnded)[-1]
    assert unknown.state is WindowState.UNKNOWN
    assert unknown.end.at_s - unknown.start.at_s > 3800


def test_after_a_restart_the_state_is_unknown() -> None:
    memory, _ = played(observations("nn"), RULES)

    assert memory.state is WindowState.UNKNOWN


@pytest.mark.parametrize("overlay", [Overlay.CLOSED, Overlay.PAUSED, Overlay.EXCUSED])
def test_an_overlay_suppresses_alerts_and_keeps_the_timeline(overlay: Overlay) -> None:
    letters = "y" * 60 + "n" * 400

    _, changes = played(observations(letters), RULES, [overlay] * len(letters))

    assert not of_kind(changes, Alerted)
    assert WindowState.ABSENT in states(changes)


def test_after_a_pause_an_absence_counts_from_its_end_plus_the_grace() -> None:
    overlays = [Overlay.PAUSED] * 200 + [Overlay.NONE] * 200

    _, changes = played(observations("y" * 60 + "n" * 340), RULES, overlays)

    (alerted,) = of_kind(changes, Alerted)
    assert alerted.spell.start.at_s == 200 + HALL.overlay_grace_s
    assert alerted.at.at_s == 200 + HALL.overlay_grace_s + 120


def test_a_clerk_without_movement_for_five_minutes_is_still_not_absent() -> None:
    _, changes = played(observations("y" * 30 + "q" * 400 + "y" * 30), RULES)

    assert states(changes) == [
        WindowState.UNKNOWN, WindowState.READY, WindowState.IDLE_STILL, WindowState.READY,
    ]  # fmt: skip


def test_a_window_without_customers_for_twenty_minutes_is_idle() -> None:
    _, changes = played(observations("y" * 1300 + "s" * 60), RULES)

    assert states(changes) == [
        WindowState.UNKNOWN, WindowState.READY, WindowState.IDLE_WINDOW, WindowState.SERVING,
    ]  # fmt: skip


def test_short_unknown_time_pauses_being_idle_and_long_unknown_time_ends_it() -> None:
    _, short = played(observations("y" * 700 + "?" * 40 + "y" * 600), RULES)
    _, long = played(observations("y" * 700 + "?" * 80 + "y" * 600), RULES)

    assert states(short)[-1] is WindowState.IDLE_WINDOW
    assert states(long)[-1] is WindowState.READY


def test_a_window_that_is_idle_for_long_is_idle_however_still_its_clerk_sits() -> None:
    _, changes = played(observations("q" * 1300), RULES)

    assert states(changes) == [
        WindowState.UNKNOWN, WindowState.READY, WindowState.IDLE_STILL, WindowState.IDLE_WINDOW,
    ]  # fmt: skip


def test_the_clip_profile_answers_after_two_seconds_and_asks_for_no_threshold() -> None:
    _, changes = played(observations("y" * 40 + "n" * 20 + "y" * 20, every_s=0.25), CLIP_RULES)

    (ended,) = of_kind(changes, SpellEnded)
    assert ended.spell.start.at_s == 10.0
    assert ended.end is not None
    assert ended.end.at_s == 15.0


@given(LETTERS)
def test_spans_meet_without_gaps_and_add_up_to_the_time_that_passed(letters: str) -> None:
    _, changes = played(observations(letters), RULES)

    spans = of_kind(changes, SpanEnded)
    assert spans[0].start.at_s == 0
    assert spans[-1].end.at_s == len(letters) - 1
    assert all(one.end == next_.start for one, next_ in itertools.pairwise(spans))


@given(LETTERS, st.lists(st.sampled_from(Overlay), min_size=400, max_size=400))
def test_no_alert_comes_early_or_under_an_overlay(letters: str, overlays: list[Overlay]) -> None:
    overlays = overlays[: len(letters)]

    _, changes = played(observations(letters), RULES, overlays)

    for alerted in of_kind(changes, Alerted):
        least_s = min(RULES.limits.threshold_s, RULES.limits.waiting_threshold_s)
        assert alerted.at.at_s - alerted.spell.start.at_s >= least_s
        assert overlays[round(alerted.at.at_s)] is Overlay.NONE


@given(LETTERS)
def test_an_absence_needs_empty_ticks_for_at_least_its_threshold(letters: str) -> None:
    _, changes = played(observations(letters), RULES)

    for alerted in of_kind(changes, Alerted):
        passed = letters[int(alerted.spell.start.at_s) : int(alerted.at.at_s) + 1]
        empty = sum(passed.count(letter) for letter in "nc")
        assert empty >= 0.5 * RULES.limits.waiting_threshold_s


@given(st.lists(st.sampled_from("yn"), min_size=1, max_size=3), st.integers(60, 200))
def test_no_single_tick_changes_a_state(odd: list[str], length: int) -> None:
    for steady in "yn":
        letters = list(steady * length)
        for index, letter in enumerate(odd):
            letters[40 + 6 * index] = letter

        _, changes = played(observations("".join(letters)), RULES)

        assert len(states(changes)) == 2


@given(st.text("?b", min_size=2, max_size=300))
def test_what_cannot_be_seen_is_never_an_absence(letters: str) -> None:
    memory, changes = played(observations(letters), CLIP_RULES)

    assert memory.state is WindowState.UNKNOWN
    assert not of_kind(changes, SpellBegan)


@given(LETTERS)
def test_every_alert_is_ended_once(letters: str) -> None:
    _, changes = played(observations(letters * 3), RULES)

    assert len(of_kind(changes, Alerted)) == len(of_kind(changes, SpellEnded))
