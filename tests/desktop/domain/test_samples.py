"""Cases that are held against their paper files (F09)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CaseId, HallId, UnitId, UserId
from desktop.domain.periods import Month
from desktop.domain.samples import SampleCheck, SampleResult, drawn, failed_by_month

AT = datetime(2026, 11, 24, tzinfo=UTC)
FAILED = SampleCheck(
    "1",
    HallId("h"),
    CaseId("c"),
    "A-1",
    date(2026, 10, 8),
    SampleResult.DIFFERENT,
    UserId("p"),
    AT,
    UnitId("u"),
    "日期不同",
)


@given(st.sets(st.integers(1, 10**6), min_size=1, max_size=200), st.floats(0, 1), st.text())
def test_a_draw_can_be_made_again_and_holds_at_least_one(
    numbers: set[int], share: float, seed: str
) -> None:
    cases = sorted(numbers)
    sample = drawn(cases, share, seed)
    assert sample == drawn(cases, share, seed)
    assert sample
    assert set(sample) <= numbers


def test_about_the_wanted_share_is_drawn() -> None:
    assert 400 < len(drawn(range(10_000), 0.05, "2026-11-24")) < 600
    assert drawn(range(100), 1.0, "") == tuple(range(100))
    assert drawn((), 0.5, "") == ()


def test_what_failed_counts_in_the_month_in_which_the_case_was_closed() -> None:
    assert failed_by_month([FAILED]) == {(UnitId("u"), Month(2026, 10)): 1}
    assert failed_by_month([replace(FAILED, unit_id=None)]) == {}


def test_the_newest_check_of_a_case_counts() -> None:
    later = replace(FAILED, id="2", result=SampleResult.SAME, at=AT + timedelta(days=1))
    assert failed_by_month([later, FAILED]) == {}
