"""The report's figures, tables and sentences against the ledgers they come from."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from desktop import assets
from desktop.domain.cards import CardKind
from desktop.domain.errors import ReportDoesNotAddUp
from desktop.domain.identifiers import UnitId
from desktop.domain.periods import Month, Period, Span
from desktop.domain.report.facts import Facts
from desktop.domain.report.figures import Figures, figures_of
from desktop.domain.report.running import day_of
from desktop.domain.report.sentences import (
    chapter_texts,
    period_name,
    printed,
    summary,
)
from desktop.domain.report.tables import CODES, Table, tables_of
from desktop.domain.report.unit_page import unit_texts
from desktop.domain.report.values import Change, Share, mean
from desktop.domain.scoring.profile import read_profile
from tests.support.quarter import WORDING, calendar, facts, figures, profile

TABLES = {table.code: table for table in tables_of(figures(), WORDING)}


def over(ledgers: Facts, start: Month, span: Span = Span.MONTH) -> Figures:
    return figures_of(ledgers, Period(span, start), profile=profile(), calendar=calendar())


def column(table: Table, number: int) -> list[int]:
    return [cell for row in table.rows[:-1] if isinstance(cell := row[number], int)]


def test_all_fourteen_tables_are_there_and_each_says_what_it_counts() -> None:
    assert tuple(TABLES) == CODES
    for table in TABLES.values():
        assert table.title
        assert table.scope.endswith("。")
        assert table.unit
        assert table.cut_off == "2026-10-30 18:00"
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(table.weights) == len(table.columns)


def test_sums_are_those_of_the_ledgers() -> None:
    completed = [b for b in facts().bundles if b.case.completed_at]
    assert sum(column(TABLES["RT2"], 2)) == len(completed)
    assert TABLES["RT1"].rows[2][1] == len(completed)
    assert sum(len(table.checks) for table in TABLES.values()) >= 8
    for table in TABLES.values():
        for check in table.checks:
            assert check.table == check.ledger


def test_a_sum_that_differs_from_its_ledger_stops_the_report() -> None:
    wrong = replace(figures(), totals=replace(figures().totals, completed=1))
    with pytest.raises(ReportDoesNotAddUp) as caught:
        tables_of(wrong, WORDING)
    assert caught.value.fields[0] == "RT2"


def test_an_empty_month_is_a_report_too() -> None:
    empty = over(replace(facts(), history={}), Month(2025, 3))
    tables = {table.code: table for table in tables_of(empty, WORDING)}
    (said,) = summary(empty, WORDING)
    assert "没有办件" in said
    assert len(chapter_texts(empty, WORDING)) == 12
    assert [printed(cell) for cell in tables["RT2"].rows[0][5:8]] == ["0", "—", "—"]
    assert all(row[-1] == "不参与排名" for row in tables["RT13"].rows)


def test_comparison_needs_every_month_of_the_earlier_period() -> None:
    known = over(facts(), Month(2026, 8), Span.QUARTER)
    assert known.totals.before is not None
    history = dict(facts().history)
    del history[Month(2026, 6)]
    unknown = over(replace(facts(), history=history), Month(2026, 8), Span.QUARTER)
    assert unknown.totals.before is None
    assert "无可比数据" in summary(unknown, WORDING)[0]


def test_months_add_up_to_their_quarter() -> None:
    months = [over(facts(), Month(2026, number)) for number in (8, 9, 10)]
    assert sum(m.totals.completed for m in months) == figures().totals.completed
    assert sum(len(m.cards.lines) for m in months) == len(figures().cards.lines)
    assert sum(m.findings.warnings for m in months) == figures().findings.warnings


def test_units_with_few_cases_have_a_score_and_no_rank() -> None:
    by_unit = {r.term.unit_id: r for r in figures().ranks}
    education = by_unit[UnitId("unit-education")]
    assert education.term.completed < 30
    assert education.term.total is not None
    assert education.rank is None


def test_the_score_of_a_unit_follows_its_effective_cards() -> None:
    red = next(
        line.card
        for line in facts().cards
        if line.card.kind is CardKind.RED and line.card.effective_at
    )
    term = next(r.term for r in figures().ranks if r.term.unit_id == red.unit_id)
    entries = [e for month in term.months for e in month.entries]
    assert f"card/{red.id}" in {e.source for e in entries}
    assert term.grade == "良好"  # the red card bars the best grade


def test_a_revoked_card_is_in_the_ledger_and_costs_nothing() -> None:
    revoked = next(line.card for line in facts().cards if line.card.revoked_at)
    assert revoked.doc_no in {row[1] for row in TABLES["RT5"].rows}
    assert f"card/{revoked.id}" not in {entry.source for entry in facts().entries}


def test_time_that_could_not_be_judged_is_no_absence_and_is_said() -> None:
    presence = figures().presence
    assert presence.unknown.percent
    for row in presence.windows:
        assert row.on_post_s <= row.judged_s <= row.on_duty_s
    blind = replace(facts(), spans=tuple(replace(s, state="UNKNOWN") for s in facts().spans[:500]))
    unseen = over(blind, Month(2026, 8), Span.QUARTER).presence
    assert unseen.on_post.percent is None
    assert unseen.unknown.percent == 100


def test_a_paused_or_excused_window_owes_no_time() -> None:
    paused = replace(facts(), spans=tuple(replace(s, overlay="PAUSED") for s in facts().spans[:99]))
    assert over(paused, Month(2026, 8), Span.QUARTER).presence.on_post.percent is None


def test_excluded_cases_are_left_out_of_every_count() -> None:
    first = next(b.case for b in facts().bundles if b.case.completed_at)
    fewer = over(replace(facts(), excluded={first.case_no: "诉讼"}), Month(2026, 8), Span.QUARTER)
    assert fewer.totals.completed == figures().totals.completed - 1
    assert fewer.totals.received <= figures().totals.received


def test_a_units_page_names_no_other_unit() -> None:
    for unit in facts().units:
        said = "".join(unit_texts(figures(), unit.id, WORDING))
        others = [u for u in facts().units if u.id != unit.id]
        assert not any(o.name in said or o.short_name in said for o in others)
        people = {line.person for line in facts().cards if line.card.unit_id != unit.id}
        assert not any(person in said for person in people)


def test_sentences_carry_the_numbers_of_the_tables() -> None:
    first, second, third, *_ = summary(figures(), WORDING)
    assert f"办结{figures().totals.completed}件" in first
    assert printed(TABLES["RT2"].rows[-1][6]) in second
    assert "黄牌6张、红牌2张，复核撤销1张" in third


def test_open_rectifications_age_from_service_to_the_cut_off() -> None:
    (row,) = figures().open
    line = next(
        line for line in facts().cards if line.rectification and line.rectification.state.is_open
    )
    served = day_of(line.rectification.served_at)  # type: ignore[union-attr, arg-type]
    age = calendar().count(served, day_of(facts().cut_off))
    assert age > 20
    assert (row.ages, row.overdue) == ((0, 0, 0, 1), 1)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "—"),
        (Share(1, 0), "—"),
        (Share(1, 3), "33.3%"),
        (Share(2, 3), "66.7%"),
        (Share(1, 16), "6.3%"),  # half up, not half even
        (Change(110, 100), "+10.0%"),
        (Change(110, 0), "—"),
        (Change(110, None), "—"),
        (Decimal("4.50"), "4.50"),
        (7, "7"),
    ],
)
def test_values_are_printed_one_way(value: object, said: str) -> None:
    assert printed(value) == said  # type: ignore[arg-type]


def test_a_mean_of_nothing_is_nothing() -> None:
    assert mean([]) is None
    assert mean([1, 2]) == Decimal("1.5")


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (Period(Span.MONTH, Month(2026, 9)), "2026年9月"),
        (Period(Span.QUARTER, Month(2026, 11)), "2026年11月至2027年1月"),
        (Period(Span.YEAR, Month(2026, 1)), "2026年度"),
    ],
)
def test_periods_are_named(period: Period, name: str) -> None:
    assert period_name(period, WORDING) == name


def test_late_data_does_not_change_what_was_cut_off() -> None:
    later = replace(facts(), cut_off=datetime(2026, 11, 30, 10, tzinfo=UTC))
    assert over(later, Month(2026, 8)).totals == over(facts(), Month(2026, 8)).totals


def test_another_profile_has_other_columns_and_the_same_ledgers() -> None:
    js = read_profile(assets.scoring_files()["JS-2013"])
    other = figures_of(facts(), figures().period, profile=js, calendar=calendar())
    tables = {table.code: table for table in tables_of(other, WORDING)}
    assert len(tables["RT13"].columns) == 1 + 1 + 5
    assert tables["RT2"].rows == TABLES["RT2"].rows
