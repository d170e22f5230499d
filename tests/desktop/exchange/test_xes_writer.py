"""What was taken goes out as an event log and comes back the same."""

from pathlib import Path

import pytest

from desktop.domain.approvals import CaseBundle
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.xes_writer import xes_log
from tests.support.foreign_files import log_file, taken, text_file, trace


def bundles(path: Path) -> list[CaseBundle]:
    return [each.bundle for each in taken(path) if each.bundle]


@pytest.mark.parametrize("name", ["out.xes", "out.xes.gz"])
def test_a_log_comes_back_as_it_went_out(tmp_path: Path, name: str) -> None:
    stamp = "2026-03-02T09:00:00+08:00"
    source = log_file(
        tmp_path,
        trace("1", ("受理", stamp), ("审查 R&amp;D &lt;一&gt;", stamp))
        + trace("2", ("受理", stamp)),
    )
    before = bundles(source)
    with xes_log(tmp_path / name) as add:
        for bundle in before:
            add(bundle)
    assert bundles(tmp_path / name) == before
    assert before[0].events[1].step == "审查 R&D <一>"


def test_a_table_goes_out_with_the_fields_of_its_cases(tmp_path: Path) -> None:
    table = text_file(
        tmp_path,
        "办件编号,申请人,证件号码,受理时间,承诺时限,办结时间",
        "A-1,张三丰,110101199001011234,2026-03-02 09:00,5个工作日,2026-03-06",
    )
    out = tmp_path / "out.xes"
    with xes_log(out) as add:
        for bundle in bundles(table):
            add(bundle)
    text = out.read_text("utf-8")
    assert '<date key="accepted_at" value="2026-03-02T01:00:00+00:00"/>' in text
    assert '<string key="promised_limit" value="5 WORKING_DAY"/>' in text
    assert "张*丰" in text
    assert "applicant_hash" not in text


def test_a_place_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as caught, xes_log(tmp_path / "none" / "out.xes"):
        pass
    assert caught.value.trouble is ExchangeTrouble.NOT_WRITABLE
