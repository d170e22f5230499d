"""Working days: by the notices, by hall, day by day against the published lists."""

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import assets
from desktop.domain.bulk_days import DayTable
from desktop.domain.calendar import (
    LocalDay,
    LocalKind,
    WorkingCalendar,
    Year,
    read_calendar,
    read_year,
)
from desktop.domain.errors import BadField, CalendarUnknown, DomainError, MissingField
from desktop.domain.organisation import Session
from tests.support.shared_data import shared_data
from tests.support.tables import table

CALENDAR = read_calendar(assets.calendar_files())
DAYS = st.dates(date(2017, 1, 1), date(2028, 12, 31))


def test_working_days_of_each_month_are_those_of_the_specification() -> None:
    months = {
        2025: [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23],
        2026: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
    }
    for year, counts in months.items():
        ends = [date(year, month, 1) - timedelta(days=1) for month in range(1, 13)]
        ends.append(date(year, 12, 31))
        assert [CALENDAR.count(a, b) for a, b in pairwise(ends)] == counts


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, days: int) -> None:
    assert CALENDAR.count(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_every_day_of_2018_to_2026_is_as_published() -> None:
    published: dict[date, bool] = {}
    for year in range(2018, 2027):
        content = json.loads(Path(shared_data("calendars", f"{year}.json")).read_text("utf-8"))
        for day in content["days"]:
            published[date.fromisoformat(day["date"])] = not day["isOffDay"]
    day = date(2018, 1, 1)
    while day.year < 2027:
        assert CALENDAR.is_working(day) == published.get(day, day.weekday() < 5), day
        day += timedelta(days=1)


@given(DAYS, st.integers(0, 400))
def test_adding_is_the_inverse_of_counting(start: date, days: int) -> None:
    due = CALENDAR.after(start, days).day
    assert CALENDAR.count(start, due) == days
    assert days == 0 or CALENDAR.count(start, due - timedelta(days=1)) == days - 1


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(one: date, two: date, three: date) -> None:
    a, b, c = sorted((one, two, three))
    assert CALENDAR.count(a, b) + CALENDAR.count(b, c) == CALENDAR.count(a, c)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_a_longer_limit_is_never_due_earlier(start: date, days: int, more: int) -> None:
    assert CALENDAR.after(start, days).day <= CALENDAR.after(start, days + more).day


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20))
def test_columns_count_as_single_days_do(pairs: list[tuple[date, date]]) -> None:
    table = DayTable(CALENDAR, np.datetime64("2016-12-31"), np.datetime64("2028-12-31"))
    after, upto = (np.array(days, "datetime64[D]") for days in zip(*pairs, strict=True))
    assert table.count(after, upto).tolist() == [CALENDAR.count(a, b) for a, b in pairs]


@given(DAYS, st.integers(0, 30))
def test_weekends_alone_count_the_same_with_and_without_a_table(start: date, days: int) -> None:
    table = WorkingCalendar([Year(2020, "no day off", frozenset(), frozenset())])
    assert WorkingCalendar([]).after(start, days).day == table.after(start, days).day


def test_a_year_without_a_notice_is_counted_by_weekends_and_marked() -> None:
    due = CALENDAR.after(date(2026, 12, 28), 5)
    assert (due.day, due.provisional) == (date(2027, 1, 4), True)
    with pytest.raises(CalendarUnknown):
        CALENDAR.is_working(date(2027, 1, 1))


def test_a_notice_that_comes_later_moves_the_date_and_ends_the_doubt() -> None:
    notice = Year(2027, "a notice", frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 2)}))
    newer = CALENDAR.with_year(notice)
    assert newer.after(date(2026, 12, 28), 3).day == date(2026, 12, 31)
    assert newer.after(date(2026, 12, 28), 4).day == date(2027, 1, 2)
    assert not newer.after(date(2026, 12, 28), 5).provisional
    assert newer.version != CALENDAR.version


def test_a_closure_by_local_order_holds_for_that_hall_alone() -> None:
    typhoon = LocalDay(date(2026, 8, 5), LocalKind.CLOSED, "某应急〔2026〕7号")
    hall = CALENDAR.with_local([typhoon])
    assert hall.after(date(2026, 8, 4), 1).day == date(2026, 8, 6)
    assert CALENDAR.after(date(2026, 8, 4), 1).day == date(2026, 8, 5)
    assert hall.local(date(2026, 8, 5)) == typhoon


def test_a_local_order_may_make_a_saturday_a_working_day() -> None:
    order = LocalDay(date(2026, 8, 8), LocalKind.OPEN, "某政办〔2026〕9号")
    assert CALENDAR.with_local([order]).after(date(2026, 8, 7), 1).day == date(2026, 8, 8)


def test_a_half_day_stays_a_working_day() -> None:
    morning = (Session(time(9), time(12)),)
    order = LocalDay(date(2026, 8, 7), LocalKind.HALF, "某政办〔2026〕9号", morning)
    assert CALENDAR.with_local([order]).after(date(2026, 8, 6), 1).day == date(2026, 8, 7)


def test_a_local_order_needs_its_number() -> None:
    with pytest.raises(MissingField):
        LocalDay(date(2026, 8, 5), LocalKind.CLOSED, "")


def test_sessions_belong_to_half_days_only() -> None:
    with pytest.raises(BadField):
        LocalDay(date(2026, 8, 5), LocalKind.CLOSED, "no. 1", (Session(time(9), time(12)),))


def test_an_equal_calendar_has_an_equal_version() -> None:
    assert read_calendar(assets.calendar_files()).version == CALENDAR.version


def test_a_moment_lies_on_the_day_of_the_calendars_zone() -> None:
    late_evening_utc = datetime(2026, 9, 20, 16, 30, tzinfo=UTC)
    assert CALENDAR.day(late_evening_utc) == date(2026, 9, 21)


SPAN = {"name": "元旦", "from": date(2027, 1, 1), "to": date(2027, 1, 3)}


@table(
    "content",
    {
        "nothing in it": ({},),
        "the year is text": ({"year": "2027", "notice": "n", "off": [SPAN]},),
        "no notice": ({"year": 2027, "notice": "", "off": [SPAN]},),
        "no day off": ({"year": 2027, "notice": "n", "off": []},),
        "days of another year": ({"year": 2025, "notice": "n", "off": [SPAN]},),
        "a span that is text": ({"year": 2027, "notice": "n", "off": ["元旦"]},),
        "ends first": ({"year": 2027, "notice": "n", "off": [{**SPAN, "to": date(2026, 12, 31)}]},),
        "no date": ({"year": 2027, "notice": "n", "off": [{**SPAN, "from": "2027-02-30"}]},),
        "a Monday": ({"year": 2027, "notice": "n", "off": [{**SPAN, "work": [date(2027, 1, 4)]}]},),
        "both": ({"year": 2027, "notice": "n", "off": [{**SPAN, "work": [date(2027, 1, 3)]}]},),
    },
)
def test_a_year_file_that_cannot_be_right_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        read_year(content)
