"""The command `check`: its verdict, its list of rows, its refusals."""

import json
from pathlib import Path

import pytest

from desktop.cli import main
from tests.support.foreign_files import GOOD, HEADER, text_file


def check(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, object], str]:
    code = main(["check", *map(str, words)])
    told = capsys.readouterr()
    lines = told.out.splitlines()
    return code, json.loads(lines[-1]) if lines else {}, told.err


def late(number: int) -> str:
    return GOOD.replace("A-1", f"A-{number}").replace("2026-03-06", "2026-03-12")


def test_the_last_line_is_the_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = text_file(tmp_path, HEADER, GOOD, late(2), late(3).replace("2026-03-02", "2026-02-30"))
    code, verdict, told = check(capsys, path, "--as-of", "2026-04-01")
    assert code == 0
    assert {
        name: verdict[name]
        for name in ("mapping", "cases", "events", "rejected", "closed_cases", "overdue_cases")
    } == {
        "mapping": "standard",
        "cases": 2,
        "events": 0,
        "rejected": 1,
        "closed_cases": 2,
        "overdue_cases": 1,
    }
    assert verdict["findings"] == {"R-TIM-03": 1}
    assert {"due_steps", "overdue_steps", "seconds", "peak_mb"} <= verdict.keys()
    assert "standard" in told
    assert "2026-02-30" in told


def test_rows_that_were_not_taken_are_listed_for_whoever_sent_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = text_file(tmp_path, HEADER, GOOD, "=A-2,,,,,")
    out = tmp_path / "rejected.csv"
    check(capsys, path, "--json", "--rejected", out, "--xes", tmp_path / "out.xes.gz")
    lines = out.read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("3,办件编号,,,'=A-2,")
    assert (tmp_path / "out.xes.gz").exists()


def test_a_refusal_is_one_sentence_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, verdict, told = check(capsys, text_file(tmp_path, HEADER.replace(",", "^")))
    assert (code, verdict) == (1, {})
    assert "1" in told
    assert "Traceback" not in told


def test_rules_are_chosen_by_id_and_by_family(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = text_file(tmp_path, HEADER, late(1))
    assert check(capsys, path, "--rules", "R-TIM-03")[1]["rules"] == ["R-TIM-03"]
    chosen = check(capsys, path, "--rules", "R-PRC,R-CASE")[1]["rules"]
    assert isinstance(chosen, list)
    assert all(each.startswith(("R-PRC-", "R-CASE-")) for each in chosen)
    settings = tmp_path / "hall.toml"
    settings.write_text('off = ["R-TIM-02"]\n[R-TIM-03]\n', "utf-8")
    rules = check(capsys, path, "--rules", settings)[1]["rules"]
    assert isinstance(rules, list)
    assert "R-TIM-02" not in rules
    assert check(capsys, path, "--rules", "R-NONE")[0] == 1
