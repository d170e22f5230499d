"""Who must send what by when, and what follows when it does not come (F08)."""

from dataclasses import replace
from datetime import UTC, date, datetime

from desktop.domain.collection import (
    CollectionDuty,
    Delivery,
    Every,
    lacking_by_month,
    standings,
)
from desktop.domain.identifiers import HallId, UnitId, UserId
from desktop.domain.periods import Month
from desktop.domain.rules.subjects import check_batch
from tests.support.cases import CALENDAR
from tests.support.judging import RULES, levels

DUTY = CollectionDuty("d", HallId("h"), UnitId("u"), "办件数据", since=date(2026, 8, 15))
TODAY = date(2026, 10, 20)  # 5 working days after September end on 10-13 (after the holiday)


def delivery(starts_on: date, received_on: date, **more: object) -> Delivery:
    return Delivery(
        id="x",
        hall_id=HallId("h"),
        duty_id="d",
        starts_on=starts_on,
        received_on=received_on,
        recorded_by=UserId("p"),
        recorded_at=datetime(2026, 10, 19, tzinfo=UTC),
        **{"reported": 100, **more},  # type: ignore[arg-type]
    )


def test_every_period_that_is_over_has_its_due_day_in_working_days() -> None:
    september, august = standings([DUTY], [], TODAY, CALENDAR)
    assert (august.period.months[0], august.due) == (Month(2026, 8), date(2026, 9, 7))
    assert september.due == date(2026, 10, 13)
    assert (september.late_wd, september.wants_reminder) == (5, True)


def test_what_came_in_time_and_whole_owes_nothing() -> None:
    came = delivery(date(2026, 9, 1), date(2026, 10, 13), counted=100)
    september, _ = standings([DUTY], [came], TODAY, CALENDAR)
    assert (september.late_wd, september.lacking, september.wants_reminder) == (0, 0, False)
    assert check_batch(september.batch(TODAY), RULES, CALENDAR) == []


def test_what_came_late_or_short_is_found_by_the_rules() -> None:
    came = delivery(date(2026, 9, 1), date(2026, 10, 16), counted=120)
    september, august = standings([DUTY], [came], TODAY, CALENDAR)
    assert (september.late_wd, september.lacking) == (3, 20)
    found = levels(check_batch(september.batch(TODAY), RULES, CALENDAR))
    assert set(found) == {"R-DAT-02", "R-DAT-03"}
    assert "R-DAT-02" in levels(check_batch(august.batch(TODAY), RULES, CALENDAR))


def test_the_newest_word_on_a_period_counts() -> None:
    first = delivery(date(2026, 9, 1), date(2026, 10, 12), counted=120)
    later = replace(first, reported=120, recorded_at=datetime(2026, 10, 20, tzinfo=UTC))
    september, _ = standings([DUTY], [later, first], TODAY, CALENDAR)
    assert september.lacking == 0


def test_a_quarter_is_owed_once_and_an_ended_duty_not_at_all() -> None:
    quarterly = replace(DUTY, every=Every.QUARTER)
    (quarter,) = standings([quarterly], [], TODAY, CALENDAR)
    assert quarter.period.last == date(2026, 9, 30)
    assert standings([replace(DUTY, active=False)], [], TODAY, CALENDAR) == ()


def test_a_due_day_in_a_year_without_a_notice_leads_to_nothing() -> None:
    (december, *_) = standings([DUTY], [], date(2027, 2, 1), CALENDAR)[1:]
    assert december.provisional
    assert check_batch(december.batch(date(2027, 2, 1)), RULES, CALENDAR) == []


def test_what_is_kept_back_is_summed_by_unit_and_month() -> None:
    came = delivery(date(2026, 9, 1), date(2026, 10, 13), counted=103)
    found = standings([DUTY], [came], TODAY, CALENDAR)
    assert lacking_by_month(found) == {(UnitId("u"), Month(2026, 9)): 3}
