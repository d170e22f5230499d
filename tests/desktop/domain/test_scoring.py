"""Scores: the worked example of the specification, and what a point may rest on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import assets
from desktop.domain.errors import (
    AlreadyReversed,
    BadProfile,
    CoefficientOutOfBounds,
)
from desktop.domain.identifiers import HallId, UnitId
from desktop.domain.periods import Month, Period, Span, month_of, period_of
from desktop.domain.scoring.entries import (
    Charge,
    Ruling,
    ScoreEntry,
    booked,
    entries_for,
    reversal,
)
from desktop.domain.scoring.profile import DeductBy, read_profile
from desktop.domain.scoring.score import MonthFigures, UnitScore, ranking, score_month
from desktop.domain.scoring.terms import score_term

GD = read_profile(assets.scoring_files()["GD-2008"])
JS = read_profile(assets.scoring_files()["JS-2013"])
HALL, HOUSING = HallId("hall"), UnitId("housing")
SEPTEMBER = Month(2026, 9)
NOW = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)


def charge(name: str, rule: str, level: int = 1, **more: object) -> Charge:
    words = {"carded": level > 1} | more
    return Charge(name, HALL, HOUSING, SEPTEMBER, rule, f"card/{name}", level, **words)  # type: ignore[arg-type]


# Worked example 8.4; the two overdue cases are measured against the statutory limit.
CHARGES = (
    charge("a", "R-TIM-04", 2),
    charge("b", "R-TIM-05", 3),
    charge("c", "R-CASE-03", 2),
    charge("d", "R-CASE-04", ruling=Ruling("GD-2008", Decimal("0.5"))),
    charge("e", "R-LST-06"),
    charge("f", "R-VID-10"),
)
FIGURES = MonthFigures(
    HOUSING, SEPTEMBER, completed=412, early=301, incomplete=6,
    least_cut=Decimal(30), mean_cut=Decimal(42),
)  # fmt: skip


def worked(**more: object) -> UnitScore:
    profile = replace(GD, **more)  # type: ignore[arg-type]
    return score_month(profile, FIGURES, entries_for(profile, CHARGES))


def test_the_worked_example_gives_85_5() -> None:
    score = worked()
    assert score.total == Decimal("85.5")
    assert score.grade == "良好"
    assert [str(d.score) for d in score.dimensions] == [
        "9", "8.5", "0", "8", "10", "7", "14", "10", "10",
    ]  # fmt: skip
    assert (score.base, score.early_bonus, score.promise_bonus) == (Decimal("76.5"), 7, 4)
    assert (score.bonus, score.data_deduction) == (10, 1)


def test_without_the_cap_it_gives_86_5() -> None:
    assert worked(bonus_cap=None).total == Decimal("86.5")


def test_the_profile_of_2013_gives_96_5_on_the_same_facts() -> None:
    score = score_month(JS, FIGURES, entries_for(JS, CHARGES))
    assert score.total == Decimal("96.5")


def test_each_point_names_the_record_it_rests_on() -> None:
    score = worked()
    for part in score.dimensions:
        entries = [e for e in score.entries if e.dimension == part.code]
        assert sum(e.points for e in entries) == part.deducted
        assert all(e.source.startswith("card/") and e.rule_id for e in entries)


def test_a_card_that_is_not_in_effect_costs_nothing() -> None:
    assert entries_for(GD, [charge("a", "R-TIM-03", 3, carded=False)]) == ()


def test_a_carded_fault_costs_its_card_or_its_item_never_both() -> None:
    quarrel = charge("q", "R-VID-10", 2)
    (by_card,) = entries_for(GD, [quarrel])
    (by_item,) = entries_for(replace(GD, deduct_by=DeductBy.ITEM), [quarrel])
    assert (by_card.points, by_item.points) == (5, 3)


def test_a_fault_that_touches_two_dimensions_is_deducted_in_both() -> None:
    entries = entries_for(GD, [charge("h", "R-PRC-06", 3)])
    assert [(e.dimension, e.points) for e in entries] == [("PROC", 10), ("LIAB", 10)]


def test_revoked_points_come_back_by_an_entry_of_their_own() -> None:
    ledger = list(entries_for(GD, CHARGES))
    red = next(e for e in ledger if e.points == 10)
    back = reversal(red, ledger, entry_id="back", reason="复核撤销")
    score = score_month(GD, FIGURES, [*ledger, back])
    assert score.dimensions[2].score == 9
    assert score.total == Decimal("94.5")
    assert score.grade == "优秀"  # the revoked red card no longer bars it
    with pytest.raises(AlreadyReversed):
        reversal(red, [*ledger, back], entry_id="again", reason="")
    with pytest.raises(AlreadyReversed):
        reversal(back, [*ledger, back], entry_id="again", reason="")


def test_a_red_card_bars_the_best_grade_and_integrity_leaves_the_last() -> None:
    red = entries_for(GD, [charge("r", "R-FEE-01", 3)])
    good = replace(FIGURES, incomplete=0)
    assert score_month(GD, good, red).total >= 90
    assert score_month(GD, good, red).grade == "良好"
    veto = entries_for(GD, [charge("i", "R-INT-01", 2)])
    assert score_month(GD, good, veto).grade == "不合格"


def test_a_coefficient_outside_the_profile_is_refused() -> None:
    with pytest.raises(CoefficientOutOfBounds):
        score_month(GD, replace(FIGURES, coefficient=Decimal("1.2")), ())
    assert score_month(GD, replace(FIGURES, coefficient=Decimal("0.9")), ()).total == Decimal(
        "98.1"
    )


def test_few_cases_are_not_ranked_and_equals_share_a_rank() -> None:
    totals = {
        UnitId("a"): (Decimal(90), 100), UnitId("b"): (Decimal(95), 29),
        UnitId("c"): (Decimal(90), 30), UnitId("d"): (Decimal(80), 31),
    }  # fmt: skip
    assert ranking(totals) == {"a": 1, "b": None, "c": 1, "d": 3}


def test_a_month_without_cases_divides_by_nothing_and_is_not_in_the_mean() -> None:
    empty = score_month(GD, MonthFigures(HOUSING, Month(2026, 8), 0), ())
    assert not empty.ranked
    term = score_term(GD, Period(Span.HALF_YEAR, Month(2026, 7)), HOUSING, [empty, worked()])
    assert (term.total, term.completed, len(term.months)) == (Decimal("85.50"), 412, 1)
    nothing = score_term(GD, Period(Span.MONTH, Month(2026, 8)), HOUSING, [empty])
    assert (nothing.total, nothing.grade) == (None, "")


def test_discipline_is_deducted_once_from_the_year() -> None:
    year = Period(Span.YEAR, Month(2026, 1))
    term = score_term(GD, year, HOUSING, [worked()], disciplined=["DEMERIT"])
    assert (term.total, term.grade) == (Decimal("70.50"), "合格")
    half = score_term(GD, Period(Span.HALF_YEAR, Month(2026, 7)), HOUSING, [worked()],
                      disciplined=["DEMERIT"])  # fmt: skip
    assert half.total == Decimal("85.50")


def test_what_comes_late_for_a_locked_month_is_booked_in_the_next_open_one() -> None:
    (entry,) = entries_for(GD, [charge("late", "R-TIM-03", 3)])
    late = booked(entry, [SEPTEMBER, Month(2026, 10)])
    assert (late.month, late.about) == (Month(2026, 11), SEPTEMBER)
    assert booked(entry, []) == entry


def test_a_profile_that_names_an_unknown_dimension_is_refused() -> None:
    content = dict(assets.scoring_files()["GD-2008"])
    with pytest.raises(BadProfile):
        read_profile(content | {"veto": {"dimensions": ["NOWHERE"]}})
    with pytest.raises(BadProfile):
        read_profile(content | {"deduct_by": "GUESS"})


def test_a_hundred_points_are_shared_out() -> None:
    for profile in (GD, JS):
        assert sum(d.points for d in profile.dimensions) == 100


RULES = sorted({*GD.items, "R-TIM-04", "R-STP-01", "R-FEE-02", "R-CMP-05"})
charges = st.builds(
    charge,
    st.uuids().map(str),
    st.sampled_from(RULES),
    st.integers(1, 3),
)


@given(st.lists(charges, max_size=12, unique_by=lambda c: c.id))
def test_taking_everything_back_restores_the_full_score(given_charges: list[Charge]) -> None:
    ledger: list[ScoreEntry] = list(entries_for(GD, given_charges))
    scored = score_month(GD, FIGURES, ledger)
    assert all(0 <= d.score <= d.full for d in scored.dimensions)
    for entry in tuple(ledger):
        ledger.append(reversal(entry, ledger, entry_id=f"{entry.id}!", reason="撤销"))
    assert score_month(GD, FIGURES, ledger).base == 100


def test_periods_begin_with_the_year() -> None:
    assert period_of(Span.QUARTER, date(2026, 11, 25)).start == Month(2026, 10)
    half = period_of(Span.HALF_YEAR, date(2026, 11, 25))
    assert (half.first, half.last) == (date(2026, 7, 1), date(2026, 12, 31))
    assert half.before.start == Month(2026, 1)
    assert half.year_ago.start == Month(2025, 7)
    assert half.has(date(2026, 12, 31))
    assert str(month_of(date(2026, 2, 3))) == "2026-02"
