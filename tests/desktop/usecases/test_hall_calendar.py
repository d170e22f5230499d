"""A hall takes in a year's notice and orders days of its own; what was counted before is kept."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from desktop.domain.calendar import LocalDay, LocalKind, WorkingCalendar, Year
from desktop.domain.errors import BadField, MissingField, NotAllowed
from desktop.domain.evidence import AuditRow
from desktop.domain.identifiers import HallId
from desktop.domain.organisation import Hall, Session, SessionPlan
from desktop.domain.roles import Role
from desktop.domain.sessions import hours_of
from desktop.storage.store import Store
from desktop.usecases.hall_calendar import (
    calendars_of,
    hall_days,
    lift_order,
    order_days,
    take_in_year,
)
from desktop.usecases.organisation import set_up_hall
from tests.support.profiles import CALENDAR, SetClock, open_store, person
from tests.support.watching import wide_plan

KEEPER = person(Role.DATA_MGR)
CLOCK = SetClock()
NEXT = Year(
    2027, "国办发明电〔2026〕9号", frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 3)})
)
TYPHOON = LocalDay(date(2026, 9, 8), LocalKind.CLOSED, "某府办〔2026〕3号")
HALF = LocalDay(
    date(2026, 9, 9), LocalKind.HALF, "某府办〔2026〕4号", (Session(time(9), time(12)),)
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, CLOCK) as made:
        with made.act(KEEPER) as work:
            set_up_hall(work, wide_plan(1))
        yield made


def hall_in(store: Store) -> Hall:
    with store.look() as reading:
        return reading.find(Hall)[0]


def days_in(store: Store) -> WorkingCalendar:
    with store.look() as reading:
        return hall_days(reading, CALENDAR)


def ordered(store: Store, *days: LocalDay) -> None:
    hall_id = hall_in(store).id
    with store.act(KEEPER) as work:
        order_days(work, hall_id, days, clock=CLOCK)


def test_a_year_that_was_taken_in_is_known_and_its_deadline_certain(store: Store) -> None:
    before = CALENDAR.after(date(2026, 12, 28), 5)
    assert before.provisional  # T12
    with store.act(KEEPER) as work:
        take_in_year(work, hall_in(store).id, NEXT, clock=CLOCK)
    after = days_in(store).after(date(2026, 12, 28), 5)
    assert not after.provisional
    assert after.day == date(2027, 1, 4)  # Friday the 1st is off, Sunday the 3rd is worked
    with store.look() as reading:
        assert reading.find(AuditRow)[-1].reason == NEXT.notice


def test_orders_of_a_hall_stand_until_they_are_lifted_and_every_version_is_kept(
    store: Store,
) -> None:
    ordered(store, TYPHOON)
    ordered(store, HALF)
    days = days_in(store)
    assert not days.counts(TYPHOON.day)
    assert days.counts(HALF.day)
    hours = hours_of(hall_in(store), days)
    assert hours.sessions(HALF.day) == HALF.sessions
    with store.act(KEEPER) as work:
        lift_order(work, hall_in(store).id, TYPHOON.day, reason="台风未登陆", clock=CLOCK)
    assert days_in(store).counts(TYPHOON.day)
    with store.look() as reading:
        kept = calendars_of(reading, hall_in(store).id, CALENDAR)
    assert len(kept) == 4
    assert next(iter(kept)) == CALENDAR.version
    assert tuple(kept)[-1] == days_in(store).version
    assert days.version in kept


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ((), MissingField),
        ((LocalDay(HALF.day, LocalKind.HALF, "某"),), BadField),  # a half day of no hours
    ],
)
def test_an_order_that_orders_nothing_is_refused(
    store: Store, days: tuple[LocalDay, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), store.act(KEEPER) as work:
        order_days(work, hall_in(store).id, days, clock=CLOCK)


def test_only_who_keeps_the_data_orders_days(store: Store) -> None:
    hall_id: HallId = hall_in(store).id
    with pytest.raises(NotAllowed), store.act(person(Role.SUPERVISOR)) as work:
        order_days(work, hall_id, [TYPHOON], clock=CLOCK)
    ordered(store, HALF)
    with pytest.raises(BadField), store.act(KEEPER) as work:
        lift_order(work, hall_id, TYPHOON.day, reason="没有这一天", clock=CLOCK)


def test_a_plan_of_sessions_survives_the_store() -> None:
    friday = SessionPlan((Session(time(9), time(12)),), frozenset({4}), order_no="某办〔2026〕1号")
    assert friday.holds(date(2026, 11, 27))
    assert not friday.holds(date(2026, 11, 26))
