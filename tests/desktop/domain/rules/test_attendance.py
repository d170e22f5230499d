"""Rules over a window's day: what counts, what never counts against anybody."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.duties import (
    Duties,
    Excuse,
    ExcuseKind,
    ExcuseReason,
    PauseReason,
    WindowPause,
)
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import CameraId, ExcuseId, HallId, PauseId, UserId, WindowId
from desktop.domain.organisation import HallRules
from desktop.domain.rules.attendance import WindowDay, WindowHit, judge_day
from tests.support.profiles import DAY

RULES = HallRules()
HALL, WINDOW, CAMERA = HallId("hall"), WindowId("window"), CameraId("camera")
CLOSES = DAY + timedelta(hours=3)


def minute(number: float) -> datetime:
    return DAY + timedelta(minutes=number)


def spans(*parts: tuple[str, float], overlay: str = "NONE", start: float = 0) -> list[StateSpan]:
    """Stretches that follow one another: state and minutes; "-" is time nobody watched."""
    made, at = [], start
    for state, lasts in parts:
        if state != "-":
            name, _, own = state.partition("/")
            span = StateSpan(
                f"{at}", HALL, WINDOW, CAMERA, name, own or overlay, minute(at), minute(at + lasts)
            )
            made.append(span)
        at += lasts
    return made


def day(*parts: tuple[str, float], now: float = 240, duties: Duties | None = None) -> WindowDay:
    return WindowDay(
        window_id=WINDOW,
        camera_id=CAMERA,
        sessions=((DAY, CLOSES),),
        spans=tuple(spans(*parts)),
        elsewhere=(),
        duties=duties or Duties(),
        sees_customers=True,
        now=minute(now),
    )


def hits(seen: WindowDay) -> dict[str, WindowHit]:
    return {hit.rule_id: hit for hit in judge_day(seen, RULES)}


def test_several_short_uses_of_a_phone_within_an_hour_are_one_hit_and_no_card() -> None:
    uses = [("PHONE", 2.5), ("READY", 12)] * 3

    found = hits(day(*uses, ("SERVING", 60)))["R-VID-06"]

    assert found.facts == {"uses": 3, "which": "often"}
    assert (found.level, found.started_at, found.ended_at) == (1, DAY, minute(31.5))
    assert "R-VID-06" not in hits(day(*uses[:4], ("SERVING", 60)))
    assert "R-VID-06" not in hits(day(*[("PHONE", 2.5), ("READY", 30)] * 3))


def test_a_long_use_of_a_phone_is_told_by_its_own_event_and_counts_as_idle_time() -> None:
    seen = day(("READY", 10), ("PHONE", 15), ("SERVING", 60))

    assert "R-VID-06" not in hits(seen)
    assert hits(seen)["R-VID-13"].facts["idle_s"] == 25 * 60


def leave(kind: ExcuseKind, reason: ExcuseReason = ExcuseReason.SICK, name: str = "") -> Excuse:
    return Excuse(
        ExcuseId(f"{kind.value}"),
        HALL,
        WINDOW,
        kind,
        minute(0),
        minute(60),
        reason,
        "赵科",
        UserId("u"),
        name,
    )


def pause(minutes: float, *, sign: bool | None) -> WindowPause:
    return WindowPause(
        PauseId("p"),
        HALL,
        WINDOW,
        minute(0),
        minute(minutes),
        PauseReason.EQUIPMENT,
        "赵科",
        UserId("u"),
        sign_shown=sign,
    )


def test_a_window_at_which_nobody_came_was_never_opened() -> None:
    found = hits(day(("ABSENT", 180)))
    assert found.keys() == {"R-VID-12"}
    assert (found["R-VID-12"].started_at, found["R-VID-12"].ended_at) == (DAY, CLOSES)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((("ABSENT", 100), ("UNKNOWN", 80)), "too much could not be told"),
        ((("ABSENT", 100), ("-", 80)), "too much was not watched"),
        ((("ABSENT/CLOSED", 180),), "the hall was closed"),
        ((("ABSENT/EXCUSED", 180),), "the clerk was excused"),
    ],
)
def test_what_was_not_seen_or_not_due_is_no_window_that_never_opened(
    parts: tuple[tuple[str, float], ...], why: str
) -> None:
    assert "R-VID-12" not in hits(day(*parts)), why


def test_never_opened_is_said_when_the_session_is_over_and_not_before() -> None:
    assert "R-VID-12" not in hits(day(("ABSENT", 170), now=170))


def test_opening_eleven_minutes_late_is_told_and_nine_is_not() -> None:
    late = hits(day(("ABSENT", 11), ("SERVING", 169)))["R-VID-09"]
    assert (late.started_at, late.ended_at) == (DAY, minute(11))
    assert "R-VID-09" not in hits(day(("ABSENT", 9), ("SERVING", 171)))


def test_watching_that_began_late_makes_nobody_late() -> None:
    assert "R-VID-09" not in hits(day(("-", 60), ("SERVING", 120)))


def test_closing_early_is_told_when_the_session_is_over() -> None:
    parts = (("SERVING", 165), ("ABSENT", 15))
    early = hits(day(*parts))["R-VID-09"]
    assert (early.started_at, early.ended_at) == (minute(165), CLOSES)
    assert "R-VID-09" not in hits(day(*parts, now=179))


def test_59_ten_short_breaks_within_an_hour_count_together() -> None:
    breaks = [part for _ in range(10) for part in (("ABSENT", 4 + 5 / 6), ("SERVING", 1.0))]
    found = hits(day(("SERVING", 30), *breaks, ("SERVING", 60)))["R-VID-02"]
    assert found.threshold_s == 1200
    assert float(str(found.facts["empty_s"])) > 1200


def test_short_breaks_that_add_up_to_twenty_minutes_in_two_hours_do_not() -> None:
    breaks = [part for _ in range(10) for part in (("ABSENT", 4.0), ("SERVING", 12.0))]
    assert "R-VID-02" not in hits(day(*breaks))


def test_one_long_absence_is_not_counted_a_second_time() -> None:
    assert "R-VID-02" not in hits(day(("SERVING", 30), ("ABSENT", 25), ("SERVING", 125)))


def test_a_window_without_a_customer_for_long_is_idle_whatever_its_clerk_does() -> None:
    seen = day(("SERVING", 10), ("READY", 20), ("IDLE_WINDOW", 3), ("SERVING", 100))
    found = hits(seen)["R-VID-13"]
    assert (found.level, found.started_at, found.ended_at) == (0, minute(10), minute(33))


def test_an_idle_window_is_graver_while_somebody_waits_at_another() -> None:
    seen = day(("READY", 30), ("SERVING", 10))
    waiting = replace(spans(("UNATTENDED_CUSTOMER", 5), start=10)[0], window_id=WindowId("other"))
    assert hits(replace(seen, elsewhere=(waiting,)))["R-VID-13"].level == 1


def test_a_window_whose_customers_are_not_seen_is_never_called_idle() -> None:
    assert "R-VID-13" not in hits(replace(day(("READY", 60)), sees_customers=False))


def test_an_idle_window_that_goes_on_has_no_end() -> None:
    assert hits(day(("READY", 30), now=30.1))["R-VID-13"].ended_at is None


@pytest.mark.parametrize(
    ("minutes", "sign", "rules"),
    [
        (20, True, set()),
        (20, None, set()),  # nobody has looked: nothing is claimed
        (20, False, {"R-WIN-01"}),
        (31, True, {"R-WIN-02"}),
        (45, False, {"R-WIN-01", "R-WIN-02"}),
    ],
)
def test_46_a_pause_with_its_sign_and_within_its_time_is_in_order(
    minutes: float, sign: bool | None, rules: set[str]
) -> None:
    found = hits(day(("ABSENT/PAUSED", 45), duties=Duties((pause(minutes, sign=sign),))))
    assert found.keys() == rules


def test_a_long_pause_is_told_once_it_is_long() -> None:
    duties = Duties((pause(45, sign=True),))
    assert not hits(day(("ABSENT/PAUSED", 20), now=20, duties=duties))


def test_47_a_leave_wants_a_stand_in_and_one_of_another_unit_will_do() -> None:
    away = leave(ExcuseKind.LEAVE)
    alone = day(("ABSENT/EXCUSED", 30), now=30, duties=Duties(excuses=(away,)))
    assert hits(alone).keys() == {"R-WIN-03"}
    instead = leave(ExcuseKind.STAND_IN, name="李明")
    assert not hits(replace(alone, duties=Duties(excuses=(away, instead))))


def test_a_short_rest_and_a_seat_that_somebody_holds_want_no_stand_in() -> None:
    rest = Duties(excuses=(leave(ExcuseKind.LEAVE, ExcuseReason.REST),))
    assert not hits(day(("ABSENT/EXCUSED", 10), now=10, duties=rest))
    held = Duties(excuses=(leave(ExcuseKind.LEAVE),))
    assert not hits(day(("SERVING/EXCUSED", 30), now=30, duties=held))


STATES = ("ABSENT", "SERVING", "READY", "UNKNOWN", "-", "ABSENT/PAUSED", "SERVING/CLOSED")
PARTS = st.lists(st.tuples(st.sampled_from(STATES), st.integers(1, 40)), max_size=12)


@given(PARTS)
def test_nobody_is_charged_with_time_that_was_not_seen_to_be_empty(
    parts: list[tuple[str, float]],
) -> None:
    empty_s = sum(60 * lasts for state, lasts in parts if state == "ABSENT")
    for hit in judge_day(day(*parts, now=600), RULES):
        assert float(str(hit.facts.get("empty_s", 0.0))) <= empty_s + 1e-6


@given(PARTS, st.integers(0, 500))
def test_what_is_judged_later_names_the_same_hits_by_the_same_parts(
    parts: list[tuple[str, float]], now: int
) -> None:
    seen = day(*parts, now=600)
    early = replace(seen, now=minute(now))
    names = [(hit.rule_id, hit.part) for hit in judge_day(seen, RULES)]
    assert len(names) == len(set(names))
    sure = {"R-VID-12", "R-WIN-01"}
    told = {(h.rule_id, h.part) for h in judge_day(early, RULES) if h.rule_id in sure}
    assert told <= set(names)
    assert all(a.started_at <= b.started_at for a, b in pairwise(seen.spans))
