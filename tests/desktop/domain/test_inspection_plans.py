"""Plans that come again: their days, counted from the first, none of them a day off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import assets
from desktop.domain.calendar import read_calendar
from desktop.domain.identifiers import HallId, PlanId, UserId, WindowId
from desktop.domain.inspection_plans import InspectionPlan, Rhythm
from tests.support.profiles import DAY

CALENDAR = read_calendar(assets.calendar_files())
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def plan(rhythm: Rhythm, starts_on: date) -> InspectionPlan:
    people = (UserId("a"), UserId("b"))
    return InspectionPlan(
        PlanId("p"), HallId("h"), "例行", rhythm, (WindowId("w"),), people, "window", starts_on,
        people[0], DAY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rhythm", "starts_on", "expected"),
    [
        # Monday to Wednesday; the National Day week is no week of inspections.
        (Rhythm.DAILY, date(2026, 9, 28), [(9, 28), (9, 29), (9, 30), (10, 8), (10, 9)]),
        # Three Thursdays of the holiday's weeks; 1 October waits until the 8th, which is one.
        (Rhythm.WEEKLY, date(2026, 9, 24), [(9, 24), (10, 8)]),
        # The 31st of a month of thirty days is its last.
        (Rhythm.MONTHLY, date(2026, 8, 31), [(8, 31), (9, 30)]),
        (Rhythm.QUARTERLY, date(2026, 7, 9), [(7, 9), (10, 9)]),
    ],
)
def test_a_day_off_waits_for_a_working_day_and_two_that_meet_are_one(
    rhythm: Rhythm, starts_on: date, expected: list[tuple[int, int]]
) -> None:
    met = plan(rhythm, starts_on).days(starts_on, date(2026, 10, 9), CALENDAR)
    assert [(day.month, day.day) for day in met] == expected


@given(rhythm=st.sampled_from(Rhythm), starts_on=DAYS, first=DAYS, span=st.integers(0, 60))
def test_a_window_of_days_is_a_piece_of_the_whole(
    rhythm: Rhythm, starts_on: date, first: date, span: int
) -> None:
    last = first + timedelta(days=span)
    made = plan(rhythm, starts_on)
    whole = made.days(starts_on, last, CALENDAR)
    assert made.days(first, last, CALENDAR) == tuple(day for day in whole if day >= first)
    assert all(CALENDAR.counts(day) for day in whole)
    assert list(whole) == sorted(set(whole))
