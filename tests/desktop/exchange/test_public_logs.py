"""Facts about public logs, counted before by other programs, come out exactly."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.assembly.checks import calendar_of
from desktop.domain.imports import Complaint, Reason
from desktop.domain.rules.judgement import Candidate
from desktop.usecases.checking import check_cases
from tests.support.foreign_files import judged, opened
from tests.support.shared_data import shared_data

THEN = datetime(2016, 1, 1, tzinfo=UTC)
RECEIPT = "Receipt_phase_of_an_environmental_permit_application_process_WABO_CoSeLoG_project.xes.gz"


@pytest.mark.parametrize("name", [RECEIPT, "receipt.csv"])
def test_the_receipt_phase_is_late_in_377_of_1329_cases(name: str) -> None:
    verdict, inspection = judged(shared_data("logs", name), now=THEN)
    assert inspection.profile.id == "wabo-receipt"
    assert (verdict.cases, verdict.events) == (1434, 8577)
    assert (verdict.closed_cases, verdict.overdue_cases) == (1329, 377)
    assert (verdict.rejected, verdict.remarks) == (0, 2)


def test_the_receipt_phase_misses_its_planned_end_in_389_cases_and_repeats_steps_in_91() -> None:
    inspection = opened(shared_data("logs", RECEIPT), now=THEN)
    closed: set[str] = set()
    found: list[Candidate] = []
    for taken in inspection.cases():
        assert taken.bundle
        found += inspection.checker.check(taken.bundle)
        if taken.bundle.case.closed_at:
            closed.add(taken.bundle.case.case_no)
    planned = {each.subject_id for each in found if each.rule_id in {"R-TIM-02", "R-TIM-03"}}
    assert len(planned & closed) == 389
    again = [each for each in found if each.rule_id == "R-PRC-08"]
    surplus = sum(int(str(each.facts["times"])) - 1 for each in again)
    assert (len({each.subject_id for each in again}), len(again), surplus) == (91, 139, 245)


def test_steps_of_permits_are_late_against_their_own_deadlines() -> None:
    verdict, inspection = judged(shared_data("logs", "BPIC15_1.xes.gz"), now=THEN)
    assert inspection.profile.id == "wabo"
    assert (verdict.cases, verdict.events, verdict.rejected) == (1199, 52217, 0)
    assert (verdict.due_steps, verdict.overdue_steps) == (3340, 621)


def test_an_event_without_a_name_is_reported_and_skipped_and_its_deadline_counts() -> None:
    inspection = opened(shared_data("logs", "CoSeLoG_WABO_1.xes.gz"), now=THEN)
    complaints: list[Complaint] = []
    verdict = check_cases(
        inspection.cases(), inspection.checker, by_law=False, on_complaint=complaints.append
    )
    assert (verdict.cases, verdict.events, verdict.rejected) == (937, 38943, 1)
    assert (verdict.due_steps, verdict.overdue_steps) == (2818, 615)
    (complaint,) = complaints
    assert (complaint.reason, complaint.case_no) == (Reason.NO_NAME, "4565008")
    assert (complaint.row, complaint.event) == (266598, 27)


@pytest.fixture(scope="module")
def fines() -> Path:
    return shared_data("logs", "Road_Traffic_Fine_Management_Process.xes.gz")


def test_fines_are_sent_late_and_penalties_come_after_60_local_days(fines: Path) -> None:
    inspection = opened(fines, rules="R-PRC,R-TIM-06", now=datetime(2014, 1, 1, tzinfo=UTC))
    calendar = calendar_of(inspection.profile)
    penalties = []

    def watched() -> Iterator[object]:
        for taken in inspection.cases():
            assert taken.bundle
            told = {event.step: event.at for event in taken.bundle.events}
            if "Add penalty" in told:
                days = calendar.day(told["Add penalty"]) - calendar.day(
                    told["Insert Fine Notification"]
                )
                penalties.append(days)
            yield taken

    found: list[Candidate] = []
    verdict = check_cases(
        watched(),  # type: ignore[arg-type]
        inspection.checker,
        by_law=False,
        on_complaint=lambda _: None,
        on_finding=found.append,
    )
    assert (verdict.cases, verdict.events) == (150_370, 561_470)
    assert penalties == [timedelta(days=60)] * 79_860
    assert (verdict.due_steps, verdict.overdue_steps) == (103_987 + 79_860, 49_772)
    assert verdict.findings["R-TIM-06"] == 49_772
    early = [
        each
        for each in found
        if each.rule_id == "R-PRC-03" and each.dedupe_key.split("/")[-3:-2] == ["Payment"]
    ]
    assert len(early) == 554
    assert not [each for each in found if each.rule_id == "R-PRC-09"]
