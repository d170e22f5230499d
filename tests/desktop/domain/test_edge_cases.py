"""Section 15 of the specification, edge cases 1 to 45: one test each, by number."""

from dataclasses import replace
from datetime import date, time, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.approvals import CaseBundle, Decision, EventKind, JointCase, SubCase
from desktop.domain.calendar import LocalDay, LocalKind, Year
from desktop.domain.case_life import (
    heir_of,
    holder_on,
    holdings,
    moved_due,
    with_limits_of,
)
from desktop.domain.clock_faults import ClockFault
from desktop.domain.clocks import Clocks, Lamp, Outage, Reading, lamp_of_case, read_clocks
from desktop.domain.identifiers import UnitId
from desktop.domain.items import Limit, LimitUnit, SpecialKind
from desktop.domain.limits import due_day, due_moment
from desktop.domain.organisation import REGION, Session, SessionPlan, Unit
from desktop.domain.rules.joint import JointFile, clock_of_part
from desktop.domain.sessions import OpeningHours
from desktop.domain.stops import ExtensionRules
from desktop.usecases.case_findings import unit_of
from tests.support.cases import (
    CALENDAR,
    DAY_SESSIONS,
    OPENING,
    at,
    bundle,
    case,
    event,
    extension,
    item,
    on,
    scene,
    stop,
    working,
)
from tests.support.judging import FLOWS, checker, found, levels

K = EventKind
PERIOD = {"accepted_at": at("03-02"), "promised_limit": working(5)}  # due Monday 03-09


def clocks(now: str, *, known: object = None, rules: object = None, **more: object) -> Clocks:
    moment = scene(now) if rules is None else scene(now, extension=rules)
    return read_clocks(bundle(**more), known or item(), moment)  # type: ignore[arg-type]


def promised(now: str, **more: object) -> Reading:
    reading = clocks(now, **more).promised
    assert reading
    return reading


def lamp(now: str, **more: object) -> Lamp | None:
    known = bundle(**more)
    return lamp_of_case(read_clocks(known, item(), scene(now)), known.case, scene(now).rules)


def test_01_weekend_days_that_are_made_up_are_working_days() -> None:
    for day in ("02-14", "02-28", "05-09", "09-20", "10-10", "01-04"):
        assert CALENDAR.is_working(on(day))
        assert on(day).weekday() >= 5


def test_02_a_due_date_never_falls_inside_a_block_of_days_off() -> None:
    assert due_day(on("02-10"), working(5), CALENDAR).day == on("02-24")
    assert due_day(on("2025-09-26"), working(5), CALENDAR).day == on("2025-10-10")


def test_03_no_card_follows_from_a_date_in_a_year_without_a_notice() -> None:
    late = bundle(accepted_at=at("12-28"), promised_limit=working(2))
    assert not promised("12-29", accepted_at=at("12-28"), promised_limit=working(2)).provisional
    into_2027 = bundle(accepted_at=at("12-28"), promised_limit=working(5))
    assert max(each.level for each in found(scene("2027-02-01"), late)) == 3
    assert max(each.level for each in found(scene("2027-02-01"), into_2027)) <= 1


def test_04_a_notice_that_comes_later_moves_open_cases_and_leaves_closed_ones() -> None:
    notice = Year(2027, "国办发明电〔2026〕X号", frozenset({date(2027, 1, 1)}), frozenset())
    before = scene("12-30")
    after = replace(before, calendar=CALENDAR.with_year(notice))
    is_open = bundle(accepted_at=at("12-28"), promised_limit=working(5))
    change = moved_due(is_open, item(), before, after)
    assert change
    assert change.promised == (on("2027-01-04"), on("2027-01-05"))
    assert change.calendar_version == after.calendar.version
    closed = bundle(accepted_at=at("12-28"), promised_limit=working(5), completed_at=at("12-29"))
    assert moved_due(closed, item(), before, after) is None


def test_05_a_local_closure_moves_the_cases_of_its_hall_alone() -> None:
    typhoon = LocalDay(on("03-05"), LocalKind.CLOSED, "某应急〔2026〕3号")
    hall = replace(scene("03-02"), calendar=CALENDAR.with_local([typhoon]))
    reading = read_clocks(bundle(**PERIOD), item(), hall).promised
    assert reading
    assert (reading.due, promised("03-02", **PERIOD).due) == (on("03-10"), on("03-09"))


def test_06_a_case_accepted_on_an_open_saturday_counts_from_the_next_working_day() -> None:
    saturday = promised("03-07", accepted_at=at("03-07"), promised_limit=working(1))
    assert saturday.due == on("03-09")


def test_07_what_comes_online_at_night_or_on_a_holiday_is_received_then() -> None:
    night = bundle(received_at=at("03-02 23:50"))
    holiday = bundle(received_at=at("10-03 09:00"))
    assert not read_clocks(night, item(), scene("03-09")).deemed
    assert read_clocks(night, item(), scene("03-10")).deemed
    assert not read_clocks(holiday, item(), scene("10-13")).deemed  # 10-08, 09, 10, 12, 13
    assert read_clocks(holiday, item(), scene("10-14")).deemed


def test_08_accepted_and_completed_on_one_day_uses_nothing() -> None:
    reading = promised("03-20", **PERIOD, completed_at=at("03-02 12:30"))
    assert (reading.used, reading.overdue, reading.remaining) == (0, 0, 0)


def test_09_sessions_differ_by_season_and_weekday() -> None:
    summer = (Session(time(9), time(12)), Session(time(14), time(18)))
    friday = (Session(time(9), time(12)),)
    hours = OpeningHours(
        CALENDAR,
        [
            SessionPlan(DAY_SESSIONS),
            SessionPlan(summer, valid_from=on("06-01"), valid_to=on("09-30")),
            SessionPlan(friday, weekdays=frozenset({4})),
        ],
    )
    assert hours.minutes(at("05-11 13:00"), at("05-11 19:00")) == 240
    assert hours.minutes(at("06-15 13:00"), at("06-15 17:30")) == 210
    assert hours.minutes(at("06-12 09:00"), at("06-12 18:00")) == 180  # a Friday
    assert hours.minutes(at("09-24 08:00"), at("09-24 08:59")) == 0
    assert hours.minutes(at("09-24 20:00"), at("09-24 23:00")) == 0


def test_10_a_half_day_changes_minutes_and_no_working_day() -> None:
    half = LocalDay(on("03-06"), LocalKind.HALF, "某政办〔2026〕4号", (Session(time(9), time(12)),))
    hall = CALENDAR.with_local([half])
    hours = OpeningHours(hall, [SessionPlan(DAY_SESSIONS)])
    assert hours.minutes(at("03-06 09:00"), at("03-06 17:30")) == 180
    assert due_day(on("03-02"), working(5), hall).day == on("03-09")


def test_11_a_limit_in_minutes_runs_on_after_the_holiday() -> None:
    limit = Limit(60, LimitUnit.WORKING_MINUTE)
    assert due_moment(at("09-30 17:00"), limit, OPENING) == at("10-08 09:30")
    fields = {"accepted_at": at("09-30 17:00"), "promised_limit": Limit(1, LimitUnit.HOUR)}
    for done, overdue in (("10-08 09:30", 0), ("10-08 09:31", 1)):
        reading = promised("10-09", **fields, completed_at=at(done))
        assert (reading.due_at, reading.overdue) == (at("10-08 09:30"), overdue)


def test_12_a_limit_in_calendar_days_that_ends_on_a_day_off_moves() -> None:
    assert due_day(on("07-06"), Limit(90, LimitUnit.CALENDAR_DAY), CALENDAR).day == on("10-08")


def test_13_moments_are_compared_as_instants_whatever_their_zone() -> None:
    due = at("03-09 10:00")
    same = due.astimezone(timezone(timedelta(hours=1)))
    fields = {"accepted_at": at("03-02"), "due_promised_at": due}
    assert promised("03-20", **fields, completed_at=same).overdue == 0
    assert promised("03-20", **fields, completed_at=same + timedelta(seconds=1)).overdue == 1


def test_15_what_stood_still_before_acceptance_is_no_stop() -> None:
    reading = promised("03-20", **PERIOD, stops=[stop("02-24", "02-27")])
    assert (reading.excluded, reading.due) == (0, on("03-09"))


def test_16_two_overlapping_stops_are_one() -> None:
    reading = promised("03-20", **PERIOD, stops=[stop("03-03", "03-05"), stop("03-04", "03-06")])
    assert (reading.excluded, reading.due) == (3, on("03-12"))


def test_17_while_a_stop_is_open_the_due_date_is_provisional() -> None:
    reading = promised("03-05", **PERIOD, stops=[stop("03-03")])
    assert (reading.provisional, reading.excluded, reading.due) == (True, 2, on("03-11"))
    assert lamp("03-05", **PERIOD, stops=[stop("03-03")]) is Lamp.GREY


def test_18_a_stop_after_the_due_date_has_no_effect() -> None:
    reading = promised("03-12", **PERIOD, stops=[stop("03-10", "03-12")])
    assert (reading.due, reading.overdue, reading.stopped_late) == (on("03-09"), 3, True)


def test_19_a_stop_said_to_have_begun_last_week_is_found() -> None:
    back_dated = stop("03-05", recorded_at=at("03-12"))
    assert levels(found(scene("03-12"), bundle(**PERIOD, stops=[back_dated])))["R-STP-05"] == 3


def test_20_a_clock_that_nobody_resumed_is_found() -> None:
    forgotten = stop("03-03", result_at=at("03-04"))
    assert levels(found(scene("03-09"), bundle(**PERIOD, stops=[forgotten])))["R-STP-06"] == 1


def test_21_of_a_stop_that_is_too_long_the_maximum_is_taken_off() -> None:
    hearing = stop("03-03", "03-20", kind=SpecialKind.HEARING)  # 5 of 13
    reading = promised("03-30", **PERIOD, stops=[hearing])
    assert (reading.excluded, reading.due) == (5, on("03-16"))


def test_22_a_stop_over_a_holiday_takes_off_working_days_alone() -> None:
    reading = promised(
        "10-20", accepted_at=at("09-28"), promised_limit=working(5), stops=[stop("09-30", "10-08")]
    )
    assert (reading.excluded, reading.due) == (1, on("10-12"))


def test_23_a_stop_may_begin_on_the_day_of_acceptance() -> None:
    assert promised("03-20", **PERIOD, stops=[stop("03-02", "03-04")]).excluded == 2


def test_24_a_case_may_be_completed_while_it_stands_still() -> None:
    reading = promised("03-20", **PERIOD, completed_at=at("03-06"), stops=[stop("03-03")])
    assert (reading.used, reading.overdue, reading.provisional) == (1, 0, False)


def test_25_an_extension_counts_on_the_due_day_and_not_the_day_after() -> None:
    assert promised("03-20", **PERIOD, extensions=[extension(5, "03-09 23:00")]).extended == 5
    late = promised("03-20", **PERIOD, extensions=[extension(5, "03-10")])
    assert (late.extended, late.extended_late) == (0, (on("03-10"),))


def test_26_the_law_gives_one_extension() -> None:
    twice = [extension(5, "03-05"), extension(5, "03-06")]
    assert promised("03-20", **PERIOD, extensions=twice).extended == 5
    assert "R-TIM-12" in levels(found(scene("03-20"), bundle(**PERIOD, extensions=twice)))


def test_27_the_promise_alone_is_prolonged_by_local_rule_only() -> None:
    fields = {
        **PERIOD,
        "statutory_limit": working(20),
        "extensions": [extension(5, "03-05", promised_only=True)],
    }
    assert promised("03-06", **fields).due == on("03-09")
    allowed = clocks("03-06", rules=ExtensionRules(promise_alone=True), **fields)
    assert allowed.promised
    assert allowed.statutory
    assert (allowed.promised.due, allowed.statutory.due) == (on("03-16"), on("03-30"))


TRANSFERRED = event(K.TRANSFER, "03-05", detail={"unit": "unit-2"}, opinion="属消防职责")


def test_28_each_holder_keeps_its_time_and_the_clock_never_starts_anew() -> None:
    moved = bundle(TRANSFERRED, **PERIOD, completed_at=at("03-11"))
    held = holdings(moved, scene("03-20"))
    assert [(each.unit_id, each.used_wd) for each in held] == [("unit-1", 3), ("unit-2", 4)]
    reading = read_clocks(moved, item(), scene("03-20")).promised
    assert reading
    assert (reading.due, reading.used) == (on("03-09"), 7)
    assert holder_on(held, reading.due, CALENDAR) == "unit-2"
    assert holder_on(held, on("03-04"), CALENDAR) == "unit-1"


def test_29_what_was_sent_wrongly_and_passed_on_at_once_is_no_fault() -> None:
    prompt = bundle(TRANSFERRED._replace(at=at("03-03")), **PERIOD)
    assert [each.mistaken for each in holdings(prompt, scene("03-04"))] == [True, False]
    assert [each.mistaken for each in holdings(bundle(TRANSFERRED, **PERIOD), scene("03-09"))] == [
        False,
        False,
    ]


def test_30_a_unit_inherits_from_those_merged_into_it() -> None:
    merged = {UnitId("a"): UnitId("b"), UnitId("b"): UnitId("c")}
    assert heir_of(UnitId("a"), merged) == "c"
    assert heir_of(UnitId("c"), merged) == "c"
    old, new = (Unit(UnitId(name), REGION, name, name) for name in ("old", "new"))
    units = [replace(old, merged_into=new.id), new]
    assert unit_of(units, "old") == "new"
    assert heir_of(UnitId("a"), {UnitId("a"): UnitId("b"), UnitId("b"): UnitId("a")}) == "b"


def test_31_withdrawn_after_the_due_date_is_still_overdue() -> None:
    withdrawn = bundle(**PERIOD, decided_at=at("03-12"), decision=Decision.WITHDRAW)
    assert levels(found(scene("03-20"), withdrawn))["R-TIM-03"] == 3


def test_32_a_case_handed_in_anew_is_linked_to_the_one_returned() -> None:
    judged = checker(scene("03-20"))
    for each in (
        bundle(case_no="1", **PERIOD, decided_at=at("03-03"), decision=Decision.RETURN),
        bundle(
            case_no="2", previous_case_no="1", decision=Decision.GRANT,
            accepted_at=at("03-04"), decided_at=at("03-04 15:00"),
        ),
    ):  # fmt: skip
        judged.check(each)
    (linked,) = (each for each in judged.finish() if each.rule_id == "R-CASE-08")
    assert (linked.subject_id, linked.facts["first"]) == ("2", "1")


def test_35_a_notice_after_deemed_acceptance_changes_nothing() -> None:
    late = bundle(
        event(K.CORRECTION_NOTICE, "03-10"),
        event(K.CORRECTION_RECEIVED, "03-12"),
        event(K.ACCEPT, "03-13"),
        received_at=at("03-02"),
        accepted_at=at("03-13"),
        promised_limit=working(5),
    )
    reading = read_clocks(late, item(), scene("03-20"))
    assert reading.deemed
    assert reading.promised
    assert reading.promised.due == on("03-09")


def test_35_corrected_material_that_was_asked_for_in_time_is_received_anew() -> None:
    corrected = bundle(
        event(K.CORRECTION_NOTICE, "03-04"),
        event(K.CORRECTION_RECEIVED, "03-16"),
        event(K.ACCEPT, "03-17"),
        received_at=at("03-02"),
        accepted_at=at("03-17"),
        promised_limit=working(5),
    )
    reading = read_clocks(corrected, item(), scene("03-20"))
    assert not reading.deemed
    assert reading.promised
    assert reading.promised.due == on("03-24")


def test_36_a_renewal_that_nobody_decided_counts_as_granted_and_is_found() -> None:
    undecided = bundle(**PERIOD, expires_on=on("03-10"))
    assert levels(found(scene("03-11"), undecided))["R-TIM-16"] == 2


def test_37_a_documented_notice_to_fetch_the_result_is_delivery_in_time() -> None:
    told = {"decision": Decision.GRANT, "decided_at": at("03-02"), "accepted_at": at("03-02")}
    assert "R-TIM-10" in levels(found(scene("03-20"), bundle(**told)))
    fetched_never = bundle(**told, delivery_notice_at=at("03-04"))
    assert "R-TIM-10" not in levels(found(scene("03-20"), fetched_never))


def test_38_a_case_under_appeal_says_so() -> None:
    assert case(disputed=True).disputed
    assert not case().disputed


def test_39_a_limit_changed_midway_does_not_reach_accepted_cases() -> None:
    at_acceptance = item(promised_limit=working(5), statutory_limit=working(20))
    accepted = with_limits_of(case(accepted_at=at("03-02")), at_acceptance)
    stricter = item(promised_limit=working(2))
    clocks_now = read_clocks(CaseBundle(accepted), stricter, scene("03-05"))
    assert clocks_now.promised
    assert clocks_now.statutory
    assert (clocks_now.promised.due, clocks_now.statutory.due) == (on("03-09"), on("03-30"))
    assert with_limits_of(accepted, stricter) == accepted


def test_40_an_item_cancelled_midway_stands_still_by_law() -> None:
    cancelled = item(cancelled_on=on("03-04"))
    standing = stop("03-04", kind=SpecialKind.ITEM_CANCELLED, notice_at=None)
    assert promised("03-09", known=cancelled, **PERIOD, stops=[standing]).standing
    assert not promised("03-09", **PERIOD, stops=[standing]).standing


def test_41_on_the_spot_is_not_the_same_as_no_promise() -> None:
    on_the_spot = {"accepted_at": at("03-02"), "promised_limit": working(0)}
    assert promised("03-03", **on_the_spot).overdue == 1
    assert clocks("03-03", accepted_at=at("03-02")).promised is None


def test_42_a_decision_before_acceptance_shows_black_and_is_found() -> None:
    absurd = {**PERIOD, "decided_at": at("03-01")}
    assert clocks("03-20", **absurd).fault is ClockFault.DECIDED_BEFORE_ACCEPTED
    assert lamp("03-20", **absurd) is Lamp.BLACK
    assert "R-PRC-03" in levels(found(scene("03-20"), bundle(**absurd)))


def test_43_what_was_keyed_in_after_an_outage_on_record_is_no_fault() -> None:
    keyed = bundle(event(K.STEP, "03-03", recorded_at=at("03-09")), accepted_at=at("03-02"))
    outage = Outage(at("03-02"), at("03-06 17:00"), "某数〔2026〕2号")
    assert "R-DAT-04" in levels(found(scene("03-20"), keyed))
    assert "R-DAT-04" not in levels(found(replace(scene("03-20"), outages=(outage,)), keyed))


def test_44_a_hearing_of_one_department_stops_its_own_branch_alone() -> None:
    hearing = stop("03-03", "03-10", kind=SpecialKind.HEARING)
    heard = SubCase(UnitId("a"), at("03-02"), working(5), stops=(hearing,), item_code="000101")
    other = SubCase(UnitId("b"), at("03-02"), working(5), item_code="000101")

    def due_days(*parts: SubCase) -> list[date]:
        joint = JointCase("j", UnitId("lead"), at("03-02"), working(45), parts)
        file = JointFile(joint, FLOWS["joint"], {"000101": item()}, scene("03-09"))
        return [clock_of_part(file, part).due for part in parts]

    assert due_days(heard, other) == [on("03-16"), on("03-09")]
    assert due_days(replace(heard, blocks=(UnitId("b"),)), other) == [on("03-16"), on("03-16")]


def test_45_two_windows_of_one_unit_are_one_holder() -> None:
    split = bundle(
        event(K.ACCEPT, "03-02", by="window-1"), event(K.STEP, "03-03", by="window-2"), **PERIOD
    )
    assert [each.unit_id for each in holdings(split, scene("03-05"))] == ["unit-1"]


def test_lamps_from_green_to_red() -> None:
    lamps = {day: lamp(day, **PERIOD) for day in ("03-05", "03-06", "03-08", "03-09", "03-10")}
    assert list(lamps.values()) == [Lamp.GREEN, Lamp.YELLOW, Lamp.YELLOW, Lamp.ORANGE, Lamp.RED]
    assert lamp("03-20", **PERIOD, completed_at=at("03-09")) is Lamp.GREEN
    assert lamp("03-20", **PERIOD, completed_at=at("03-10")) is Lamp.RED
    assert lamp("03-20") is None


DAYS = st.integers(-10, 40)


@given(st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=4), st.integers(0, 30))
def test_a_stop_never_makes_a_case_due_earlier_nor_used_up_faster(
    stops: list[tuple[int, int]], limit: int
) -> None:
    start = at("03-02")
    fields = {"accepted_at": start, "promised_limit": working(limit)}
    plain = promised("04-30", **fields)
    spans = [
        replace(
            stop("03-02"),
            started_at=start + timedelta(days=first),
            ended_at=start + timedelta(days=first + length),
        )
        for first, length in stops
    ]
    stopped = promised("04-30", **fields, stops=spans)
    assert stopped.due >= plain.due
    assert stopped.used == plain.used - stopped.excluded >= 0
    assert CALENDAR.count(start.date(), stopped.due) == limit + stopped.excluded


@given(st.integers(0, 30), st.integers(0, 60))
def test_used_and_left_make_up_the_limit_until_it_runs_out(limit: int, days: int) -> None:
    now = at("03-02") + timedelta(days=days)
    moment = replace(scene("03-02"), now=now)
    known = bundle(accepted_at=at("03-02"), promised_limit=working(limit))
    reading = read_clocks(known, item(), moment).promised
    assert reading
    assert reading.used + reading.remaining - reading.overdue == limit
    assert not (reading.remaining and reading.overdue)
