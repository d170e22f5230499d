"""A log that two processes judge comes to what one alone makes of it."""

from pathlib import Path

from desktop.assembly.check_shares import WORTH_IT, Judged, Order, judge_shared
from desktop.assembly.checks import wished_rules
from desktop.domain.imports import Complaint
from desktop.usecases.checking import check_cases, joined
from tests.support.foreign_files import GOOD, HEADER, NOW, log_file, opened, text_file, trace

RULES = "R-PRC,R-TIM"


def fines(count: int) -> str:
    """Some of them sent late, some without a time, and the last without a number."""
    made = ""
    for number in range(count):
        sent = "2025-06-01" if number % 3 else "2025-12-01"
        times = (("Create Fine", "2025-05-01"), ("Send Fine", sent), ("Payment", "2025-12-20"))
        events = [(name, f"{day}T00:00:00+02:00") for name, day in times]
        if number % 1000 == 7:
            events.append(("Payment", "some day"))
        made += trace(f"A{number}", *events)
    return made + trace("", ("Create Fine", "2025-05-01T00:00:00+02:00"))


def shared(path: Path) -> Judged | None:
    inspection = opened(path, "road-fines", RULES)
    order = Order(path, inspection.profile, wished_rules(RULES), NOW)
    return judge_shared(inspection, order)


def test_two_processes_come_to_the_verdict_of_one(tmp_path: Path) -> None:
    path = log_file(tmp_path, fines(8000))
    assert path.stat().st_size > 3 * WORTH_IT
    alone = opened(path, "road-fines", RULES)
    complaints: list[Complaint] = []
    verdict = check_cases(
        alone.cases(), alone.checker, by_law=alone.by_law, on_complaint=complaints.append
    )
    together = shared(path)
    assert together
    assert together.verdict == verdict
    assert together.complaints == complaints
    assert len(complaints) == 9
    assert verdict.findings["R-TIM-06"] > 2000
    assert together.helper_mb > 0


def test_a_log_of_another_layout_further_on_is_left_to_one_alone(tmp_path: Path) -> None:
    odd = trace("odd", ("Create Fine", "2025-05-01T00:00:00+02:00")).replace("<event>", "<event >")
    assert shared(log_file(tmp_path, fines(6000) + odd + fines(10))) is None
    assert shared(log_file(tmp_path, odd)) is None


def test_a_table_whose_rules_compare_cases_is_left_to_one_alone(tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER + ",申请人,证件号码", GOOD + ",王某,1")
    inspection = opened(path)
    order = Order(path, inspection.profile, wished_rules(""), NOW)
    assert inspection.checker.compares_cases
    assert judge_shared(inspection, order) is None
    assert not order.is_large


def test_verdicts_of_parts_add_up(tmp_path: Path) -> None:
    inspection = opened(log_file(tmp_path, fines(40)), "road-fines", RULES)
    whole = [each for each in inspection.cases() if each.bundle]
    halves = [
        check_cases(part, inspection.checker, by_law=False, on_complaint=lambda _: None)
        for part in (whole[:11], whole[11:])
    ]
    at_once = check_cases(whole, inspection.checker, by_law=False, on_complaint=lambda _: None)
    assert joined(halves) == at_once
