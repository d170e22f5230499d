"""The thirty worked vectors of the specification (4.6), a reason a row, and the table of law."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import assets
from desktop.domain.approvals import EventKind
from desktop.domain.clocks import Reading, read_clocks
from desktop.domain.items import Limit, LimitUnit
from desktop.domain.limits import Measure, due_day, due_moment, read_limits
from tests.support.cases import (
    CALENDAR,
    OPENING,
    at,
    bundle,
    event,
    extension,
    item,
    on,
    scene,
    stop,
    working,
)
from tests.support.tables import table

LIMITS = read_limits(assets.limit_file())


def promised(now: str, **more: object) -> Reading:
    """Read the promised clock of a case."""
    reading = read_clocks(bundle(**more), item(), scene(now)).promised
    assert reading
    return reading


@table(
    "accepted days due",
    {
        "T1 春节 lies between, 02-14 is worked": ("02-10", 5, "02-24"),
        "T2 a Saturday that is worked": ("02-13", 1, "02-14"),
        "T3 both make-up Saturdays of 春节": ("02-13", 20, "03-19"),
        "T4 Sunday 20 is worked": ("09-18", 5, "09-24"),
        "T5 中秋 lies between": ("09-24", 3, "09-30"),
        "T6 劳动节 lies between": ("04-30", 3, "05-08"),
        "T7 Sunday 01-26 is worked, then 春节": ("2025-01-24", 5, "2025-02-07"),
        "T8 Sunday 09-28 is worked, then eight days off": ("2025-09-26", 5, "2025-10-10"),
        "T9 over the year's end, Sunday 01-04 is worked": ("2025-12-30", 3, "2026-01-05"),
        "T10 a Saturday that is worked": ("10-09", 1, "10-10"),
        "T11 端午": ("06-18", 1, "06-22"),
    },
)
def test_a_due_date_in_working_days(accepted: str, days: int, due: str) -> None:
    deadline = due_day(on(accepted), working(days), CALENDAR)
    assert (deadline.day, deadline.provisional) == (on(due), False)


def test_t12_a_due_date_in_a_year_without_a_notice_is_provisional() -> None:
    deadline = due_day(on("12-28"), working(5), CALENDAR)
    assert (deadline.day, deadline.provisional) == (on("2027-01-04"), True)


@table(
    "accepted days stops excluded due",
    {
        "T13 the day of resumption is excluded": ("03-02", 5, [("03-04", "03-09")], 3, "03-12"),
        "T14 only working days of 春节": ("02-09", 10, [("02-12", "02-25")], 4, "03-05"),
        "T15 two stops, over 国庆": (
            "09-14",
            15,
            [("09-16", "09-22"), ("09-28", "10-12")],
            11,
            "10-26",
        ),
    },
)
def test_a_stop_moves_the_due_date(
    accepted: str, days: int, stops: list[tuple[str, str]], excluded: int, due: str
) -> None:
    reading = promised(
        "10-13",
        accepted_at=at(accepted),
        promised_limit=working(days),
        stops=[stop(*each) for each in stops],
    )
    assert (reading.excluded, reading.due) == (excluded, on(due))


@table(
    "accepted days more due later",
    {
        "T16 one agency": ("04-28", 20, 10, "05-28", "06-11"),
        "T17 joint handling": ("01-05", 45, 15, "03-13", "04-03"),
    },
)
def test_an_extension_moves_the_due_date(
    accepted: str, days: int, more: int, due: str, later: str
) -> None:
    fields = {"accepted_at": at(accepted), "promised_limit": working(days)}
    assert promised(accepted, **fields).due == on(due)
    rules = scene(accepted).rules.extension
    extended = bundle(**fields, extensions=[extension(more, due)])
    longer = scene(due, extension=type(rules)(max_amount=more))
    reading = read_clocks(extended, item(), longer).promised
    assert reading
    assert (reading.due, reading.extended) == (on(later), more)


def test_t18_a_late_notice_of_what_is_missing_means_accepted_from_receipt() -> None:
    assert due_day(on("09-21"), LIMITS["LL-03"].limit(), CALENDAR).day == on("09-29")
    fields = {"received_at": at("09-21"), "promised_limit": working(5)}
    in_time = bundle(event(EventKind.CORRECTION_NOTICE, "09-29"), **fields)
    late = bundle(event(EventKind.CORRECTION_NOTICE, "09-30"), **fields)
    assert not read_clocks(in_time, item(), scene("09-30")).deemed
    clocks = read_clocks(late, item(), scene("09-30"))
    assert clocks.deemed
    assert clocks.promised
    assert clocks.promised.due == on("09-29")


@table(
    "due done overdue",
    {
        "T19 中秋 does not count": ("09-24", "09-28", 1),
        "T20 国庆 does not count": ("09-30", "10-08", 1),
        "T20 a day more": ("09-30", "10-09", 2),
        "T21 02-14, 02-24 and 02-25": ("02-13", "02-25", 3),
    },
)
def test_days_over_the_due_date(due: str, done: str, overdue: int) -> None:
    reading = promised(
        "10-20", accepted_at=at("02-02"), due_promised=on(due), completed_at=at(done)
    )
    assert reading.overdue == overdue


@table(
    "start days due",
    {
        "T22 a petition, raw 10-02": ("08-03", 60, "10-08"),
        "T22 prolonged by 30, raw 11-01, a Sunday": ("08-03", 90, "11-02"),
        "T23 a petition to be registered, raw 10-03": ("09-18", 15, "10-08"),
        "T24 a deposit, raw 10-03": ("09-28", 5, "10-08"),
        "T25 a penalty, raw 10-04": ("07-06", 90, "10-08"),
    },
)
def test_calendar_days_that_end_on_a_day_off_move(start: str, days: int, due: str) -> None:
    assert due_day(on(start), Limit(days, LimitUnit.CALENDAR_DAY), CALENDAR).day == on(due)


@table(
    "start end minutes",
    {
        "T26 lunch counts nothing": ("09-24 11:30", "09-24 14:00", 60),
        "T27 over 中秋": ("09-24 16:30", "09-28 09:45", 105),
        "T28 lunch alone": ("09-24 12:05", "09-24 13:20", 0),
        "T29 a Sunday that is worked": ("09-20 09:00", "09-20 17:30", 420),
        "T30 over 国庆": ("09-30 17:00", "10-08 09:30", 60),
        "before opening counts as opening": ("09-24 07:00", "09-24 09:10", 10),
    },
)
def test_minutes_are_counted_within_the_sessions(start: str, end: str, minutes: int) -> None:
    assert OPENING.minutes(at(start), at(end)) == minutes


@given(
    st.datetimes(at("2025-02-01").replace(tzinfo=None), at("11-01").replace(tzinfo=None)),
    st.integers(1, 2000),
)
def test_minutes_added_are_minutes_counted(start, minutes) -> None:  # type: ignore[no-untyped-def]
    begin = start.replace(tzinfo=CALENDAR.zone, second=0, microsecond=0)
    end = OPENING.after(begin, minutes)
    assert OPENING.minutes(begin, end) == minutes
    assert OPENING.minutes(begin, end - timedelta(minutes=1)) == minutes - 1


@table(
    "start limit due",
    {
        "minutes over 国庆": ("09-30 17:00", Limit(60, LimitUnit.WORKING_MINUTE), "10-08 09:30"),
        "hours do not stop (LL-31)": ("09-30 17:00", Limit(24, LimitUnit.HOUR), "10-01 17:00"),
    },
)
def test_limits_in_minutes_and_hours_end_at_a_moment(start: str, limit: Limit, due: str) -> None:
    assert due_moment(at(start), limit, OPENING) == at(due)


def test_a_month_ends_on_its_last_day_where_the_day_is_missing() -> None:
    one_month = LIMITS["LL-30b"].limit()
    assert due_day(on("2025-12-31"), one_month, CALENDAR).day == on("02-02")  # raw 01-31, Saturday
    assert due_day(on("2025-03-31"), one_month, CALENDAR).day == on("2025-04-30")


def test_all_thirty_two_rows_of_the_table_are_data_with_a_basis() -> None:
    assert {code[:5] for code in LIMITS} == {f"LL-{number:02}" for number in range(1, 33)}
    assert all(row.basis.startswith("[") for row in LIMITS.values())
    assert all((row.amount is None) == (row.measure is Measure.RULE) for row in LIMITS.values())


@pytest.mark.parametrize(
    ("code", "amount", "measure", "extension"),
    [
        ("LL-01", 20, Measure.WORKING_DAY, 10),
        ("LL-02", 45, Measure.WORKING_DAY, 15),
        ("LL-11", 90, Measure.CALENDAR_DAY, 0),
        ("LL-16", 60, Measure.CALENDAR_DAY, 30),
        ("LL-18", 20, Measure.WORKING_DAY, 20),
        ("LL-31a", 24, Measure.HOUR, 0),
    ],
)
def test_the_unit_of_a_limit_is_that_of_its_law(
    code: str, amount: int, measure: Measure, extension: int
) -> None:
    row = LIMITS[code]
    assert (row.amount, row.measure, row.extension) == (amount, measure, extension)
