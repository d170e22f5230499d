"""The same cases come out of every kind of file; what is equal is read equally."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.approvals import CaseBundle, Channel, EventKind
from desktop.domain.items import Limit, SpecialKind
from desktop.exchange import tables
from desktop.exchange.opening import open_source
from desktop.exchange.people import masked, told_apart
from desktop.exchange.raw import RawCase
from desktop.exchange.xes import XesSource
from desktop.exchange.xes_parser import LogParser
from desktop.exchange.xes_scanner import LogCutter, StretchReader
from tests.support.foreign_files import GOOD, HEADER, log_file, taken, text_file, trace, workbook


def bundles(path: Path) -> list[CaseBundle]:
    return [case.bundle for case in taken(path) if case.bundle]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [line.replace(",", delimiter) for line in (HEADER, GOOD)]
    (bundle,) = bundles(text_file(tmp_path, *lines, encoding=encoding))
    assert (bundle.case.case_no, bundle.case.unit_id) == ("A-1", "住建局")
    assert bundle.case.promised_limit == Limit(5)


def test_all_kinds_of_tables_give_the_same_case(tmp_path: Path) -> None:
    names, cells = HEADER.split(","), GOOD.split(",")
    flat = json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False)
    files = (
        text_file(tmp_path, HEADER, GOOD),
        workbook(tmp_path, [names, cells]),
        text_file(tmp_path, flat, name="办件.jsonl"),
        text_file(tmp_path, flat[:-1] + ', "events": []}', name="带环节.jsonl"),
    )
    first, *others = [bundles(path) for path in files]
    assert len(first) == 1
    assert all(each == first for each in others)


def test_dates_of_a_workbook_stay_dates(tmp_path: Path) -> None:
    header = ["办件编号", "受理时间", "承诺办结日期"]
    accepted = datetime(2026, 3, 2, 9)  # noqa: DTZ001  # as spreadsheets have it
    path = workbook(tmp_path, [header, ["A-1", accepted, date(2026, 3, 9)]])
    (bundle,) = bundles(path)
    assert bundle.case.due_promised == date(2026, 3, 9)
    assert bundle.case.accepted_at is not None
    assert bundle.case.accepted_at.isoformat() == "2026-03-02T01:00:00+00:00"


def test_a_due_date_with_a_time_is_an_instant(tmp_path: Path) -> None:
    path = text_file(tmp_path, "办件编号,受理时间,承诺办结时间", "A-1,2026-03-02,2026-03-09 17:00")
    (bundle,) = bundles(path)
    assert bundle.case.due_promised is None
    assert bundle.case.due_promised_at is not None


def test_rows_of_a_case_that_stand_apart_are_gathered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 3)
    rows = [f"A-{n % 4},步骤{n},2026-03-0{n % 9 + 1} 09:00" for n in range(12)]
    path = text_file(tmp_path, "办件编号,环节名称,环节时间", *rows)
    found = {bundle.case.case_no: bundle for bundle in bundles(path)}
    assert {no: len(bundle.events) for no, bundle in found.items()} == dict.fromkeys(
        ("A-0", "A-1", "A-2", "A-3"), 3
    )


def test_kinds_of_events_tell_milestones_and_stops(tmp_path: Path) -> None:
    path = text_file(
        tmp_path,
        "办件编号,环节名称,环节类型,环节时间,文书号",
        "A-1,收件,收件,2026-03-02 09:00,",
        "A-1,受理,受理,2026-03-02 10:00,受〔2026〕1号",
        "A-1,专家评审,特别程序开始,2026-03-04 09:00,告〔2026〕1号",
        "A-1,专家评审,特别程序结束,2026-03-09 09:00,",
        "A-1,决定,决定,2026-03-11 09:00,",
    )
    (bundle,) = bundles(path)
    case, (stop,) = bundle.case, bundle.stops
    assert case.accepted_at == bundle.events[1].at
    assert case.decided_at == bundle.events[4].at
    assert (stop.kind, stop.notice_no) == (SpecialKind.EXPERT_REVIEW, "告〔2026〕1号")
    assert stop.ended_at == bundle.events[3].at
    assert bundle.events[1].kind is EventKind.ACCEPT


def test_people_are_masked_and_still_told_apart(tmp_path: Path) -> None:
    path = text_file(
        tmp_path,
        "办件编号,申请人,证件号码,申办渠道",
        "A-1,张三丰,110101199001011234,网上",
        "A-2,某市建工有限公司,91110000x,窗口",
    )
    person, firm = (bundle.case for bundle in bundles(path))
    assert (person.applicant_name, firm.applicant_name) == ("张*丰", "某市建工有限公司")
    assert person.channel is Channel.ONLINE
    assert "1101" not in person.applicant_hash
    assert person.applicant_hash != firm.applicant_hash
    assert masked("张三") == "张*"
    assert told_apart("91x ", b"k") == told_apart("91X", b"k") != told_apart("91X", b"other")


def parsed(path: Path) -> list[RawCase]:
    parser = LogParser(path.name)
    parser.feed(path.read_bytes())
    parser.end()
    return list(parser.take())


def scanned(path: Path, apart: str = "") -> list[RawCase]:
    cases = [
        raw for raw in XesSource(path).cases("concept:name", apart) if isinstance(raw, RawCase)
    ]
    return [
        raw._replace(
            events=[
                {**fields, apart: stamp}
                for fields, stamp in zip(raw.events, raw.apart, strict=True)
            ],
            apart=(),
        )
        if raw.apart
        else raw
        for raw in cases
    ]


_STAMP = "2026-03-02T09:00:00+08:00"
_names = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters='"&<'), min_size=1
)
_odd = st.sampled_from(
    [
        "",
        "<!-- <trace></trace> -->",
        '<string key="x" value="a&amp;b"/>',
        '<string key="x" value="1"><string key="concept:name" value="inner"/></string>',
        "<string key='single' value='quotes'/>",
        '<list key="l"><values><string key="v" value="1"/></values></list>',
        '<string value="turned" key="round"/>',
        "<![CDATA[</event></trace><trace>]]>",
    ]
)


@given(st.lists(st.tuples(st.lists(_names, max_size=4), _odd, _odd), min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_scanner_reads_what_a_parser_reads(
    tmp_path: Path, cases: list[tuple[list[str], str, str]]
) -> None:
    body = ""
    for number, (names, in_case, in_event) in enumerate(cases, 1):
        text = trace(str(number), *[(name, _STAMP) for name in names])
        text = text.replace("\t\t<event>\n", f"\t\t{in_case}<event>\n", 1)
        body += text.replace("\t\t</event>", f"\t\t{in_event}</event>", 1)
    path = log_file(tmp_path, body)
    assert scanned(path) == scanned(path, "time:timestamp") == parsed(path)


def test_the_usual_layout_is_scanned_to_its_last_case_but_one() -> None:
    cases = "".join(trace(str(n), ("受理", _STAMP), ("办结", _STAMP)) for n in range(3))
    for apart in ("", "time:timestamp"):
        cutter = LogCutter(cases.strip().encode(), 1)
        stretch = cutter.cut()
        assert stretch
        read = StretchReader(apart).cases(stretch)
        assert read
        assert [raw.fields["concept:name"] for raw in read] == ["0", "1"]
        assert cutter.fits


def test_what_is_put_back_is_cut_off_again() -> None:
    cases = "".join(trace(str(n), ("受理", _STAMP), ("办结", _STAMP)) for n in range(3))
    cutter = LogCutter(cases.strip().encode(), 7)
    whole = cutter.rest
    stretch = cutter.cut()
    assert stretch
    assert cutter.row == 7 + stretch.data.count(b"\n") + stretch.layout.case.count("\n")
    cutter.put_back(stretch)
    assert (cutter.rest, cutter.row) == (whole, 7)
    assert cutter.cut() == stretch


def test_a_log_in_another_encoding_is_read(tmp_path: Path) -> None:
    body = "".join(trace(f"案{n}", ("受理", _STAMP), ("办结", _STAMP)) for n in range(3))
    path = tmp_path / "log.xes"
    head = '<?xml version="1.0" encoding="UTF-16"?>\n<log>\n'
    path.write_bytes(f"{head}{body}</log>".encode("utf-16"))
    assert [bundle.case.case_no for bundle in bundles(path)] == ["案0", "案1", "案2"]


def test_what_was_read_is_told_as_a_share(tmp_path: Path) -> None:
    source = open_source(text_file(tmp_path, HEADER, GOOD))
    assert source.read.share == 0
    list(source.cases("办件编号"))
    assert source.read.share == pytest.approx(1.0)
