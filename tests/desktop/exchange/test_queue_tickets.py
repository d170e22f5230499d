"""What a queue machine exports, in every dress in which it comes."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.identifiers import UnitId, WindowId
from desktop.domain.imports import Reason
from desktop.domain.organisation import Window
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.queue_tickets import (
    QueueFile,
    look_at_queue_file,
    read_aliases,
    read_tickets_of,
)
from tests.support.foreign_files import log_file, text_file, trace, workbook
from tests.support.queue_files import HEADER, queue_file, ticket_row
from tests.support.tables import table

ALIASES = read_aliases(assets.queue_columns())
WINDOWS = tuple(
    Window(WindowId(f"w{n}"), "hall", f"{n:02}", f"{n:02}号窗口", UnitId("u"))  # type: ignore[arg-type]
    for n in (1, 2)
)
NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def looked(path: Path) -> QueueFile:
    return look_at_queue_file(path, ALIASES)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16-le"])
def test_text_is_read_however_it_is_encoded(tmp_path: Path, encoding: str) -> None:
    path = queue_file(tmp_path, ticket_row("A001", "09:00", "09:12"), encoding=encoding)
    ((ticket,), complaints) = read_tickets_of(looked(path), WINDOWS)
    assert (ticket.number, ticket.queue, ticket.window_id) == ("A001", "户政", "w1")
    assert (ticket.taken_at, ticket.called_at) == (NINE, NINE.replace(minute=12))
    assert not complaints


def test_a_workbook_with_the_day_in_a_column_of_its_own_is_read(tmp_path: Path) -> None:
    rows = [
        ["排队号", "日期", "取号时间", "叫号时间", "窗口号"],
        ["A001", date(2026, 11, 24), time(9, 0), time(9, 12), "2号窗口"],
    ]
    ((ticket,), _) = read_tickets_of(looked(workbook(tmp_path, rows)), WINDOWS)
    assert (ticket.taken_at, ticket.window_id) == (NINE, "w2")


@table(
    "row reason column kept",
    {
        "no number": (ticket_row("", "09:00"), Reason.NO_TICKET_NO, "票号", False),
        "no time": ("A1,户政,,,,,", Reason.NO_TIME, "取号时间", False),
        "no time of day": ("A1,户政,2026-11-24,,,,", Reason.BAD_TIME, "取号时间", False),
        "no such time": (ticket_row("A1", "25:61"), Reason.BAD_TIME, "取号时间", False),
        "called before taken": (
            ticket_row("A1", "09:10", "09:00"), Reason.ENDS_BEFORE_START, "叫号时间", False
        ),
        "called on another day": (
            "A1,户政,2026-11-24 16:00,2026-11-25 09:00,,1,", Reason.BAD_TIME, "叫号时间", False
        ),
        "too few cells": ("A1,户政", Reason.WRONG_WIDTH, "业务类型", False),
        "a formula": ("=A2,户政,2026-11-24 09:00,,,,", Reason.FORMULA, "票号", False),
        "no such window": (
            ticket_row("A1", "09:00", "09:10", "77"), Reason.UNKNOWN_WINDOW, "窗口", True
        ),
    },
)  # fmt: skip
def test_a_row_that_is_wrong_is_named_with_its_number_and_reason(
    tmp_path: Path, row: str, reason: Reason, column: str, kept: bool
) -> None:
    path = queue_file(tmp_path, ticket_row("A0", "08:59"), row)
    read = read_tickets_of(looked(path), WINDOWS)
    (complaint,) = read.complaints
    assert (complaint.row, complaint.reason, complaint.column) == (3, reason, column)
    assert complaint.kept == kept
    assert len(read.tickets) == 1 + kept


def test_the_same_ticket_twice_is_taken_once(tmp_path: Path) -> None:
    row = ticket_row("A1", "09:00")
    read = read_tickets_of(looked(queue_file(tmp_path, row, row)), WINDOWS)
    assert len(read.tickets) == 1
    assert [each.reason for each in read.complaints] == [Reason.TICKET_TWICE]


def test_a_column_that_was_not_recognised_can_be_named(tmp_path: Path) -> None:
    path = text_file(tmp_path, "编号甲,取号时间,叫号时间", "A1,2026-11-24 09:00,2026-11-24 09:05")
    file = looked(path)
    assert file.missing == ("number",)
    with pytest.raises(ExchangeError) as refused:
        read_tickets_of(file, WINDOWS)
    assert refused.value.trouble is ExchangeTrouble.MISSING_COLUMN
    assert read_tickets_of(file.remapped("number", "编号甲"), WINDOWS).tickets[0].number == "A1"


def test_a_log_is_no_table_and_an_empty_table_has_no_rows(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as refused:
        looked(log_file(tmp_path, trace("A", ("步骤", "2026-11-24T09:00:00+08:00"))))
    assert refused.value.trouble is ExchangeTrouble.NOT_A_TABLE
    with pytest.raises(ExchangeError) as empty:
        read_tickets_of(looked(text_file(tmp_path, HEADER)), WINDOWS)
    assert empty.value.trouble is ExchangeTrouble.NO_ROWS
