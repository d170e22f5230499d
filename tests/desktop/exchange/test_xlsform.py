"""Checklists as XLSForm: there and back unchanged, and honest about what is not understood."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pyxform import xls2xform

from desktop.domain.checklists import (
    AnswerKind,
    Checklist,
    ChecklistTrouble,
    Condition,
    Item,
    Section,
    content_of,
    read_checklist,
)
from desktop.domain.errors import BadChecklist
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.xlsform import read_xlsform, write_xlsform
from tests.support.inspections import WINDOW_LIST

HEAD = ("type", "name", "label", "relevant", "points")


def form(folder: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for row in (head, *rows):
        sheet.append(row)
    choices = book.create_sheet("choices")
    for row in (("list_name", "name", "label"), ("yn", "OK", "是"), ("yn", "NOT", "否")):
        choices.append(row)
    book.save(folder / "own.xlsx")
    return folder / "own.xlsx"


def test_the_shipped_checklist_goes_there_and_back(tmp_path: Path) -> None:
    write_xlsform(WINDOW_LIST, tmp_path / "window.xlsx")
    again = read_checklist(read_xlsform(tmp_path / "window.xlsx"))
    assert again.sections == WINDOW_LIST.sections
    assert (again.key, again.version) == ("window", 1)


LABELS = st.text("巡查窗口abc=+-@", min_size=1, max_size=8).filter(str.strip).map(str.strip)


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    items: list[Item] = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(AnswerKind))
        judged = kind is AnswerKind.VERDICT
        when: tuple[Condition, ...] = ()
        if items and draw(st.booleans()):
            other = draw(st.sampled_from(items)).key
            among = draw(st.lists(st.sampled_from(["OK", "NOT", "NA"]), min_size=1, unique=True))
            when = (Condition(other, tuple(among)),)
        items.append(
            Item(
                f"k{number}",
                {"zh": draw(LABELS)},
                kind,
                points=draw(st.integers(0, 9)) if judged else 0.0,
                critical=judged and draw(st.booleans()),
                photo_on_fail=judged and draw(st.booleans()),
                is_required=draw(st.booleans()),
                choices=(("a", {"zh": "甲"}), ("b", {"zh": "乙"}))
                if kind is AnswerKind.CHOICE
                else (),
                when=when,
            )
        )
    return Checklist("own", 3, {"zh": "自建表"}, (Section("s", {"zh": "节"}, tuple(items)),))


@settings(max_examples=25)
@given(checklists())
def test_any_checklist_goes_there_and_back(
    tmp_path_factory: pytest.TempPathFactory, checklist: Checklist
) -> None:
    file = tmp_path_factory.mktemp("form") / "own.xlsx"
    write_xlsform(checklist, file)
    assert content_of(read_checklist(read_xlsform(file))) == content_of(checklist)


def test_a_label_that_looks_like_a_formula_stays_words(tmp_path: Path) -> None:
    item = Item("a", {"zh": "=1+1"})
    list_ = Checklist("own", 1, {"zh": "=表"}, (Section("s", {"zh": "节"}, (item,)),))
    write_xlsform(list_, tmp_path / "own.xlsx")
    survey = load_workbook(tmp_path / "own.xlsx")["survey"]
    assert {cell.data_type for row in survey.iter_rows() for cell in row if cell.value} == {"s"}


def test_others_find_nothing_wrong_with_the_form(tmp_path: Path) -> None:
    write_xlsform(WINDOW_LIST, tmp_path / "window.xlsx")
    result = xls2xform.convert(tmp_path / "window.xlsx", warnings=[])
    assert "asleep_photo" in result.xform


def test_a_form_without_groups_or_settings_is_taken_too(tmp_path: Path) -> None:
    rows = (
        ("today", "day", None, None, None),
        ("select_one yn", "sign", "公示牌", None, 5),
        ("text", "remark", "备注", "${sign} = 'NOT'", None),
    )
    checklist = read_checklist(read_xlsform(form(tmp_path, *rows)))
    sign, remark = checklist.items
    assert (checklist.key, sign.kind, sign.points) == ("own", AnswerKind.VERDICT, 5)
    assert (remark.kind, remark.when) == (AnswerKind.TEXT, (Condition("sign", ("NOT",)),))


def test_a_loop_in_the_logic_is_named(tmp_path: Path) -> None:
    rows = (
        ("text", "a", "甲", "${b} = 'x'", None),
        ("text", "b", "乙", "selected(${a}, 'x')", None),
    )
    with pytest.raises(BadChecklist) as refused:
        read_checklist(read_xlsform(form(tmp_path, *rows)))
    assert refused.value.trouble is ChecklistTrouble.LOOP
    assert refused.value.where == "a → b → a"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("rank yn", "a", "甲", None, None), "type"),
        (("begin_repeat", "a", "甲", None, None), "type"),
        (("text", None, "甲", None, None), "name"),
        (("text", "a", "甲", "count(${b}) > 2", None), "relevant"),
        (("text", "a", "甲", "${b} = 'x' or ${c} = 'x'", None), "relevant"),
        (("select_one yn", "a", "甲", None, "many"), "points"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_understood_is_refused_with_its_place(
    tmp_path: Path, row: tuple[Any, ...], column: str
) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_xlsform(form(tmp_path, ("text", "x", "前", None, None), row))
    assert (refused.value.trouble, refused.value.row, refused.value.column) == (
        ExchangeTrouble.BAD_FORM, 3, column,
    )  # fmt: skip


def test_a_workbook_that_is_no_form_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(ExchangeError) as refused:
        read_xlsform(tmp_path / "x.xlsx")
    assert refused.value.trouble is ExchangeTrouble.MISSING_COLUMN
    (tmp_path / "y.xlsx").write_bytes(b"PK\x03\x04 half")
    with pytest.raises(ExchangeError) as refused:
        read_xlsform(tmp_path / "y.xlsx")
    assert refused.value.trouble is ExchangeTrouble.DAMAGED
