"""Versions of a report: what was signed stays, and what differs is listed cell by cell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain.errors import PeriodLocked
from desktop.domain.identifiers import Digest, HallId, UserId
from desktop.domain.periods import Month, Period, Span
from desktop.domain.report.tables import Table, tables_of
from desktop.domain.report.versions import (
    Difference,
    ReportVersion,
    differences,
    figures_of_tables,
    locked_months,
    next_version,
)
from tests.support.quarter import WORDING, figures

QUARTER = Period(Span.QUARTER, Month(2026, 7))
AT = datetime(2026, 10, 31, tzinfo=UTC)


def table(code: str, *rows: tuple[str | int, ...]) -> Table:
    return Table(code, "表", ("序号", "单位", "件"), (1.0, 1.0, 1.0), rows, "件", "全部", "")


def version(number: int, told: dict[str, object]) -> ReportVersion:
    return ReportVersion(
        f"v{number}", HallId("h"), QUARTER, number, "GD-2008", AT, told, Digest("ab" * 32), 9,
        UserId("head"), AT,
    )  # fmt: skip


def test_the_same_report_differs_in_nothing() -> None:
    told = figures_of_tables(tables_of(figures(), WORDING))
    assert differences(told, told) == ()
    assert list(told) == [f"RT{number}" for number in range(1, 16)]


def test_a_cell_that_changed_is_named_by_table_row_and_column() -> None:
    before = figures_of_tables([table("RT2", (1, "住建局", 3), (2, "卫健委", 4))])
    after = figures_of_tables([table("RT2", (1, "卫健委", 4), (2, "住建局", 5))])
    assert differences(before, after) == (Difference("RT2", "住建局", "件", "3", "5"),)


def test_a_row_that_came_or_went_differs_from_nothing() -> None:
    before = figures_of_tables([table("RT2", (1, "住建局", 3))])
    after = figures_of_tables([table("RT2", (1, "卫健委", 4), (2, "卫健委", 6))])
    found = [(d.row, d.before, d.after) for d in differences(before, after)]
    assert found == [("住建局", "3", "—"), ("卫健委", "—", "4"), ("卫健委（2）", "—", "6")]


def test_versions_count_on_and_an_equal_one_is_refused() -> None:
    told = figures_of_tables([table("RT2", (1, "住建局", 3))])
    first = version(1, told)
    assert next_version(QUARTER, [], told) == 1
    with pytest.raises(PeriodLocked):
        next_version(QUARTER, [first], told)
    changed = figures_of_tables([table("RT2", (1, "住建局", 4))])
    assert next_version(QUARTER, [first], changed) == 2
    other = replace(first, period=Period(Span.MONTH, Month(2026, 7)))
    assert next_version(QUARTER, [other], told) == 1


def test_a_locked_quarter_closes_its_three_months() -> None:
    assert locked_months([version(1, {})]) == {Month(2026, n) for n in (7, 8, 9)}
