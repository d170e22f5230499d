"""Shares of serving, ready and idle time are compared in the time that was known."""

import pytest

from tests.support.truths import SQUARE, post, said, spans
from video.evaluation.shares import Shares, shares_of
from video.vocabulary.state import WindowState
from video.vocabulary.truth import TrueZone, ZoneKind

SERVING, READY, IDLE = WindowState.SERVING, WindowState.READY, WindowState.IDLE_WINDOW
CUSTOMERS = TrueZone(
    "queue", ZoneKind.CUSTOMER_ZONE, SQUARE, {"occupied": spans([(0, 30)])}, "post"
)
POST = post(occupied=[(0, 100)])


def compared(*states: tuple[WindowState, float, float]) -> Shares:
    shares = shares_of(POST, CUSTOMERS, said(*states), idle_s=50)
    assert shares is not None
    return shares


def test_what_is_said_rightly_has_no_error() -> None:
    errors = compared((SERVING, 0, 30), (READY, 30, 80), (IDLE, 80, 100)).errors()

    assert set(errors.values()) == {0.0}


def test_the_error_is_the_difference_of_shares() -> None:
    errors = compared((SERVING, 0, 20), (READY, 20, 80), (IDLE, 80, 100)).errors()

    assert errors == pytest.approx({SERVING: 0.1, READY: 0.1, IDLE: 0.0})


def test_sitting_still_is_being_ready_and_unknown_time_is_left_out() -> None:
    shares = compared(
        (SERVING, 0, 30), (READY, 30, 40), (WindowState.IDLE_STILL, 40, 60),
        (WindowState.UNKNOWN, 60, 80), (IDLE, 80, 100),
    )  # fmt: skip

    assert shares.known_s == 80
    assert set(shares.errors().values()) == {0.0}


def test_windows_add_up_and_nothing_has_no_error() -> None:
    one = compared((SERVING, 0, 30), (READY, 30, 100))

    assert Shares.summed([one, one]).known_s == 200
    assert set(Shares.summed([]).errors().values()) == {None}


def test_without_a_customer_zone_there_is_nothing_to_compare() -> None:
    assert shares_of(POST, None, said((READY, 0, 100)), idle_s=50) is None


def test_time_that_nobody_saw_pauses_being_idle_and_does_not_end_it() -> None:
    zone = post(occupied=[(0, 200)], occluded=[(60, 90)])
    timeline = said((SERVING, 0, 30), (READY, 30, 60), (READY, 90, 110), (IDLE, 110, 200))

    shares = shares_of(zone, CUSTOMERS, timeline, idle_s=50)

    assert shares is not None
    assert set(shares.errors().values()) == {0.0}
