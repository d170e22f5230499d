"""A file is seen before it is taken in, and every guess can be corrected."""

from pathlib import Path

import pytest

from desktop.assembly.checks import inspect_file
from desktop.assembly.previews import Preview, preview_file
from desktop.domain.approvals import Decision
from desktop.domain.rules.told import told_by
from desktop.exchange.encoding import Encoding
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.glimpse import Coded, FileKind, Mapped
from tests.support.foreign_files import GOOD, HEADER, NOW, log_file, text_file, trace, workbook


def column_of(preview: Preview, field: str) -> str:
    return next(each.column for each in preview.fields if each.field == field)


def test_a_text_table_tells_its_encoding_its_delimiter_and_its_first_rows(tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER, *[GOOD] * 30, encoding="gb18030")
    preview = preview_file(path)
    beginning = preview.beginning
    assert (beginning.kind, beginning.encoding) == (FileKind.TEXT, Encoding.GB18030)
    assert beginning.delimiter == ","
    assert beginning.columns == tuple(HEADER.split(","))
    assert len(beginning.rows) == 20
    assert column_of(preview, "accepted_at") == "受理时间"
    assert column_of(preview, "refuse_reason") == ""


def test_a_workbook_and_a_log_are_known_by_what_they_are(tmp_path: Path) -> None:
    book = workbook(tmp_path, [HEADER.split(","), GOOD.split(",")])
    assert preview_file(book).beginning.kind is FileKind.WORKBOOK
    log = log_file(tmp_path, trace("A-1", ("受理", "2026-03-02T09:00:00+08:00")))
    beginning = preview_file(log).beginning
    assert beginning.kind is FileKind.LOG
    assert beginning.rows[0][beginning.columns.index("concept:name")] == "A-1"


def test_a_correction_names_itself_in_the_version(tmp_path: Path) -> None:
    preview = preview_file(text_file(tmp_path, HEADER, GOOD))
    changed = preview.remap(Mapped("title", of_event=False, column="办理单位"))
    again = changed.remap(Mapped("title", of_event=False, column=""))
    assert len({each.profile.version for each in (preview, changed, again)}) == 3
    taken = list(inspect_file(changed.path, profile=changed.profile, now=NOW).cases())
    assert taken[0].bundle is not None
    assert taken[0].bundle.case.title == "住建局"


def test_a_file_that_no_profile_fits_can_still_be_mapped(tmp_path: Path) -> None:
    preview = preview_file(text_file(tmp_path, "甲,乙", "1,2"))
    assert (preview.fits, preview.can_go) == (False, False)
    assert preview.remap(Mapped("case_no", of_event=False, column="甲")).can_go


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with pytest.raises(ExchangeError) as refusal:
        preview_file(path)
    assert refusal.value.trouble is ExchangeTrouble.EMPTY


def test_stored_cases_never_tell_more_than_their_file_could(tmp_path: Path) -> None:
    inspection = inspect_file(text_file(tmp_path, HEADER, GOOD), now=NOW)
    told = [told_by(taken.bundle) for taken in inspection.cases() if taken.bundle]
    assert frozenset().union(*told) == inspection.maker.inputs


CODED = "办件编号,事项编码,受理时间,决定,申办渠道"
CODED_ROWS = ("A-1,0101,2026-03-02 09:00,01,窗口", "A-2,0101,2026-03-03 09:00,02,9")


def test_codes_of_the_file_stand_with_what_they_mean(tmp_path: Path) -> None:
    preview = preview_file(text_file(tmp_path, CODED, *CODED_ROWS))
    told = {(each.field, each.code): each.meaning for each in preview.codes}
    assert told == {
        ("channel", "9"): "",
        ("channel", "窗口"): "WINDOW",
        ("decision", "01"): "",
        ("decision", "02"): "",
    }


def test_a_code_that_was_given_a_meaning_is_read_by_it(tmp_path: Path) -> None:
    path = text_file(tmp_path, CODED, *CODED_ROWS)
    preview = preview_file(path).recode(Coded("decision", "01", "GRANT"))
    assert preview.profile.version.startswith("1+")
    again = preview_file(path, preview.profile)
    told = {each.code: each.meaning for each in again.codes if each.field == "decision"}
    assert told == {"01": "GRANT", "02": ""}
    inspection = inspect_file(path, profile=preview.profile, now=NOW)
    taken = [each.bundle.case.decision for each in inspection.cases() if each.bundle]
    assert taken[0] is Decision.GRANT


def test_special_procedures_are_codes_where_events_tell_them(tmp_path: Path) -> None:
    header = "办件编号,环节名称,环节类型,环节时间"
    path = text_file(
        tmp_path, header, "A-1,受理,受理,2026-03-02", "A-1,专家论证,特别程序开始,2026-03-03"
    )
    told = {each.code: each.meaning for each in preview_file(path).codes if each.field == "special"}
    assert told == {"专家论证": ""}
