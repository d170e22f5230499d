"""The shares of a window's hours, over all days of a period."""

from datetime import datetime, timedelta
from decimal import Decimal

from desktop.domain.calendar import HALL_TIME
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import CameraId, HallId, WindowId
from desktop.domain.periods import Month, Period, Span
from desktop.domain.report.hours import KINDS, window_hours
from desktop.domain.report.values import Share

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=HALL_TIME)
NOVEMBER, OCTOBER = (Period(Span.MONTH, Month(2026, month)) for month in (11, 10))


def span(minute: int, minutes: int, state: str, overlay: str = "NONE") -> StateSpan:
    start = NINE + timedelta(minutes=minute)
    end = start + timedelta(minutes=minutes)
    place = HallId("h"), WindowId("w"), CameraId("c")
    return StateSpan(f"{minute}", *place, state, overlay, start, end)


def test_a_stretch_counts_to_each_hour_that_it_touches() -> None:
    nine, ten = window_hours((span(0, 90, "SERVING"), span(90, 30, "ABSENT")), NOVEMBER)
    assert (nine.hour, nine.seconds) == (9, 3600)
    assert nine.shares[KINDS.index("SERVING")] == Share(3600, 3600)
    assert ten.shares[KINDS.index("ABSENT")] == Share(1800, 3600)


def test_paused_time_is_told_and_closed_time_is_not() -> None:
    paused, closed = span(20, 20, "ABSENT", "PAUSED"), span(40, 20, "ABSENT", "CLOSED")
    (nine,) = window_hours((span(0, 20, "READY"), paused, closed), NOVEMBER)
    assert nine.seconds == 2400
    assert nine.shares[KINDS.index("PAUSED")] == Share(1200, 2400)


def test_the_shares_of_an_hour_add_up_whatever_the_states() -> None:
    states = ("PHONE", "IDLE_STILL", "UNATTENDED_CUSTOMER", "STAFF_SHORT", "A_LATER_ONE", "UNKNOWN")
    spans = tuple(span(n * 10, 10, state) for n, state in enumerate(states))
    (nine,) = window_hours(spans, NOVEMBER)
    assert sum(Decimal(share.part) for share in nine.shares) == nine.seconds


def test_another_period_is_not_counted() -> None:
    assert window_hours((span(0, 60, "READY"),), OCTOBER) == ()
