"""A year's days off come from a file of any of four kinds, or with a reason not at all."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop import assets
from desktop.domain.calendar import read_year
from desktop.domain.errors import MissingField
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.year_file import read_year_file
from tests.support.shared_data import shared_data

NOTICE = "国办发明电〔2026〕9号"
ROWS = (("2027-01-01", "放假"), ("2027-01-02", "放假"), ("2027-01-09", "调休上班"))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def table(folder: Path, *rows: tuple[str, str], header: str = "日期,安排") -> Path:
    return written(folder, "年.csv", "\n".join((header, *map(",".join, rows))))


def test_a_table_of_days_is_a_year(tmp_path: Path) -> None:
    year = read_year_file(table(tmp_path, *ROWS), NOTICE)
    assert (year.year, year.notice) == (2027, NOTICE)
    assert year.off == {date(2027, 1, 1), date(2027, 1, 2)}
    assert year.worked == {date(2027, 1, 9)}


def test_a_workbook_is_read_as_the_table_is(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("日期", "安排"), *((date.fromisoformat(day), order) for day, order in ROWS)):
        sheet.append(row)
    path = tmp_path / "年.xlsx"
    book.save(path)
    assert read_year_file(path, NOTICE) == read_year_file(table(tmp_path, *ROWS), NOTICE)


def test_the_shipped_form_and_the_public_one_say_the_same(tmp_path: Path) -> None:
    public = shared_data("calendars", "2026.json")
    shipped = read_year(assets.calendar_files()["2026"])
    year = read_year_file(public, shipped.notice)
    assert (year.off, year.worked) == (shipped.off, shipped.worked)
    path = written(
        tmp_path, "2026.toml", (assets.folder("calendars") / "2026.toml").read_text("utf-8")
    )
    assert read_year_file(path) == shipped


def test_a_year_without_its_notice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingField) as refused:
        read_year_file(table(tmp_path, *ROWS))
    assert refused.value.field == "notice"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        pytest.param(("2027-02-30", "放假"), (3, "日期", "2027-02-30"), id="no such day"),
        pytest.param(("20日", "放假"), (3, "日期", "20日"), id="no date"),
        pytest.param(("2027-01-03", "也许"), (3, "安排", "也许"), id="no order"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken(
    tmp_path: Path, row: tuple[str, str], place: tuple[int, str, str]
) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_year_file(table(tmp_path, ROWS[0], row), NOTICE)
    error = refused.value
    assert error.trouble is ExchangeTrouble.NOT_A_CALENDAR
    assert (error.row, error.column, error.detail) == place


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.json", "{", id="no JSON"),
        pytest.param("a.json", json.dumps({"year": 2027}), id="no days"),
        pytest.param("a.toml", "year = 2027", id="no days off"),
        pytest.param("a.csv", "日期,安排\n2027-01-04,上班\n2027-01-01,放假", id="a Monday made up"),
    ],
)
def test_what_is_no_year_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_year_file(written(tmp_path, name, text), NOTICE)
    assert refused.value.trouble is ExchangeTrouble.NOT_A_CALENDAR
