"""The report's tables in foreign files: numbers as numbers, texts harmless."""

import csv
import io
from dataclasses import replace

import openpyxl

from desktop.domain.report.tables import tables_of
from desktop.exchange.report_tables import as_csv, as_xlsx
from tests.support.quarter import WORDING, figures

TABLES = tables_of(figures(), WORDING)


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(TABLES)), read_only=True)
    assert book.sheetnames == [table.code for table in TABLES]
    rows = list(book["RT2"].iter_rows(values_only=True))
    assert rows[0][0] == "各单位办理时效"
    assert rows[2][2] == TABLES[1].rows[0][2]
    assert 0 < rows[2][6] <= 1  # a share is a number
    book.close()


def test_what_cannot_be_divided_is_a_dash() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(TABLES[8]).decode("utf-8-sig"))))
    assert rows[0][0] == "单位"
    assert "—" in {cell for row in rows for cell in row}


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    table = TABLES[9]
    evil = replace(table, rows=((1, "=HYPERLINK()", "@a", "-b", None, "+c"),))
    row = list(csv.reader(io.StringIO(as_csv(evil).decode("utf-8-sig"))))[1]
    assert row == ["1", "'=HYPERLINK()", "'@a", "'-b", "—", "'+c"]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([evil])))
    assert book["RT10"]["B3"].data_type == "s"


def test_several_tables_of_one_file_stand_under_their_titles() -> None:
    first, second = TABLES[:2]
    lines = as_csv(first, second).decode("utf-8-sig").splitlines()
    assert lines[0] == first.title
    blank = lines.index("")
    assert lines[blank + 1] == second.title
    assert as_csv(second).decode("utf-8-sig").splitlines() == lines[blank + 2 :]
