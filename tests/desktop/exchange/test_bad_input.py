"""What a bad file is refused for, and where it says the fault lies; the rest goes in."""

from pathlib import Path

import pytest

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from tests.support.foreign_files import (
    GOOD,
    HEADER,
    complaints,
    judged,
    log_file,
    swollen_workbook,
    taken,
    text_file,
    trace,
    workbook,
)


def refusal(path: Path, profile: str = "") -> tuple[ExchangeTrouble, int, str]:
    with pytest.raises(ExchangeError) as caught:
        taken(path, profile)
    return caught.value.trouble, caught.value.row, caught.value.column


def place(complaint: Complaint) -> tuple[int, str, Reason]:
    return complaint.row, complaint.column, complaint.reason


def row(**changed: str) -> str:
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    return ",".join({**cells, **changed}.values())


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_bytes(b"")
    assert refusal(path)[0] is ExchangeTrouble.EMPTY
    path.write_bytes(b"\xef\xbb\xbf\r\n\r\n")
    assert refusal(path)[0] is ExchangeTrouble.EMPTY


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "无.csv")[0] is ExchangeTrouble.MISSING_FILE


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    assert refusal(text_file(tmp_path, HEADER))[0] is ExchangeTrouble.NO_ROWS
    assert refusal(workbook(tmp_path, [HEADER.split(",")]))[0] is ExchangeTrouble.NO_ROWS


def test_an_unknown_delimiter_is_refused_at_the_header(tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER.replace(",", "^"), GOOD.replace(",", "^"))
    assert refusal(path) == (ExchangeTrouble.ONE_COLUMN, 1, "")


@pytest.mark.parametrize(("first", "then"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_mixed_encodings_are_refused_with_the_row(tmp_path: Path, first: str, then: str) -> None:
    path = tmp_path / "混.csv"
    known = [HEADER, *[row(办件编号=f"A-{n}") for n in range(20)]]
    odd = row(办件编号="B-1", 办理单位="自然资源和规划局")
    path.write_bytes("\n".join(known).encode(first) + b"\n" + odd.encode(then) + b"\n")
    assert refusal(path)[:2] == (ExchangeTrouble.MIXED_ENCODINGS, 22)


def test_ten_thousand_columns_are_refused(tmp_path: Path) -> None:
    header = [f"列{n}" for n in range(10_000)]
    cells = ["x"] * 10_000
    wide = text_file(tmp_path, ",".join(header), ",".join(cells))
    assert refusal(wide) == (ExchangeTrouble.TOO_MANY_COLUMNS, 1, "列1000")
    assert refusal(workbook(tmp_path, [header, cells]))[0] is ExchangeTrouble.TOO_MANY_COLUMNS


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    assert refusal(swollen_workbook(tmp_path))[0] is ExchangeTrouble.BOMB


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    assert refusal(path)[0] is ExchangeTrouble.DAMAGED


def test_an_external_entity_is_refused_and_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    head = (
        f'<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY e SYSTEM "{secret.as_uri()}">]>\n<log>\n'
    )
    path = log_file(tmp_path, trace("&e;", ("a", "2026-03-02T09:00:00+08:00")), head=head)
    assert refusal(path) == (ExchangeTrouble.ENTITIES, 2, "DOCTYPE")


def test_a_log_that_is_cut_off_is_refused_with_the_line(tmp_path: Path) -> None:
    path = log_file(tmp_path, trace("1", ("a", "2026-03-02T09:00:00+08:00")))
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert refusal(path)[:2] == (ExchangeTrouble.NOT_WELL_FORMED, 7)
    packed = log_file(tmp_path, trace("1", ("a", "2026-03-02T09:00:00+08:00")), packed=True)
    packed.write_bytes(packed.read_bytes()[:-12])
    assert refusal(packed)[0] is ExchangeTrouble.DAMAGED


@pytest.mark.parametrize(
    "text", ["2026-02-30", "20日", "2026年13月1日", "昨天", "2026-03-02 25:00"]
)
def test_a_date_that_is_none_rejects_its_row(tmp_path: Path, text: str) -> None:
    path = text_file(tmp_path, HEADER, GOOD, row(办件编号="A-2", 受理时间=text))
    assert [place(each) for each in complaints(path)] == [(3, "受理时间", Reason.BAD_TIME)]
    assert [case.bundle.case.case_no for case in taken(path) if case.bundle] == ["A-1"]


def test_a_case_that_ends_before_it_starts_is_named_and_judged(tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER, GOOD, row(办件编号="A-2", 办结时间="2026-02-27 10:00"))
    (complaint,) = complaints(path)
    assert place(complaint) == (3, "办结时间", Reason.ENDS_BEFORE_START)
    assert complaint.kept
    verdict, _ = judged(path)
    assert verdict.findings["R-PRC-03"] == 1
    assert (verdict.cases, verdict.rejected, verdict.remarks) == (2, 0, 1)


def test_a_formula_rejects_its_row_and_names_the_cell(tmp_path: Path) -> None:
    rows = [HEADER.split(","), GOOD.split(","), row(办件编号="A-2").split(",")]
    rows[2][5] = '=HYPERLINK("http://x","y")'
    (complaint,) = complaints(workbook(tmp_path, rows))
    assert place(complaint) == (3, "F3", Reason.FORMULA)
    path = text_file(tmp_path, HEADER, GOOD, row(办件编号="A-2", 办结时间="=NOW()"))
    assert place(complaints(path)[0]) == (3, "办结时间", Reason.FORMULA)


def test_a_formula_in_the_header_refuses_the_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["办件编号", "=A1"], ["A-1", "x"]])
    assert refusal(path) == (ExchangeTrouble.FORMULA, 1, "B1")


def test_a_row_with_other_cells_than_the_header_is_rejected(tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER, GOOD, "A-2,0101", GOOD.replace("A-1", "A-3") + ",x")
    assert [(each.row, each.reason) for each in complaints(path)] == [
        (3, Reason.WRONG_WIDTH),
        (4, Reason.WRONG_WIDTH),
    ]


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path, f"{HEADER},受理时间", f"{GOOD},x")
    assert refusal(path) == (ExchangeTrouble.TWO_COLUMNS_OF_ONE_NAME, 1, "受理时间")


def test_a_row_without_a_case_number_is_rejected(tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER, row(办件编号=""), GOOD)
    assert place(complaints(path)[0]) == (2, "办件编号", Reason.NO_CASE_NO)


def test_the_same_case_twice_in_one_table_is_rejected(tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER, GOOD, GOOD)
    assert place(complaints(path)[0]) == (3, "办件编号", Reason.CASE_TWICE)


def test_a_limit_without_a_unit_is_asked_about_unless_it_is_a_permit(tmp_path: Path) -> None:
    """Edge case 14."""
    path = text_file(
        tmp_path,
        f"{HEADER},事项类型",
        f"{row(承诺时限='20日')},行政许可",
        f"{row(办件编号='A-2', 承诺时限='20')},",
    )
    (complaint,) = complaints(path)
    assert (complaint.row, complaint.reason) == (3, Reason.LIMIT_WITHOUT_UNIT)
    assert complaint.kept
    limits = [case.bundle.case.promised_limit for case in taken(path) if case.bundle]
    assert [limit and limit.amount for limit in limits] == [20, None]


def test_a_nameless_event_is_skipped_and_its_deadline_still_counts(tmp_path: Path) -> None:
    head = "办件编号,环节名称,环节时间,环节到期时间,环节完成时间"
    path = text_file(
        tmp_path,
        head,
        "A-1,受理,2026-03-02 09:00,2026-03-03,2026-03-02 10:00",
        "A-1,,2026-03-04 09:00,2026-03-05,2026-03-09 10:00",
    )
    verdict, _ = judged(path)
    assert (verdict.events, verdict.rejected) == (1, 1)
    assert (verdict.due_steps, verdict.overdue_steps) == (2, 1)


def test_a_file_that_no_profile_knows_is_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a,b", "1,2")
    assert refusal(path)[0] is ExchangeTrouble.NO_PROFILE_FITS
    assert refusal(path, "wabo") == (ExchangeTrouble.MISSING_COLUMN, 1, "concept:name")
    assert refusal(path, "none")[0] is ExchangeTrouble.UNKNOWN_PROFILE


def test_json_that_is_none_is_refused_with_the_line(tmp_path: Path) -> None:
    path = text_file(tmp_path, '{"case_no": "A-1"}', "{", name="x.jsonl")
    assert refusal(path)[:2] == (ExchangeTrouble.NOT_WELL_FORMED, 2)
