"""Inspections: planned, gone through by two, sealed; what failed becomes findings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.checklists import PublishedChecklist
from desktop.domain.errors import (
    BadField,
    InspectionIncomplete,
    MissingField,
    NotAllowed,
    NotOnThisInspection,
    WrongState,
)
from desktop.domain.evidence import AuditRow, Custody, Evidence
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import Digest
from desktop.domain.inspections import (
    Acknowledged,
    Acknowledgement,
    Inspection,
    InspectionState,
    Verdict,
)
from desktop.domain.roles import Role
from desktop.usecases.inspections.answering import Saying, start_inspection
from desktop.usecases.inspections.planning import call_off, plan_inspections
from tests.support.inspections import InspectedHall, stranger
from tests.support.profiles import person


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[InspectedHall]:
    made = InspectedHall(tmp_path)
    yield made
    made.store.close()


def kept(hall: InspectedHall, kind: type) -> tuple:  # type: ignore[type-arg]
    with hall.store.look() as reading:
        return reading.find(kind)


def test_a_plan_makes_one_task_a_window_and_pins_one_checklist(hall: InspectedHall) -> None:
    hall.planned(windows=2)
    hall.planned(windows=1)
    tasks = kept(hall, Inspection)
    assert [task.window_id for task in tasks[:2]] == [w.id for w in hall.plan.windows]
    (checklist,) = kept(hall, PublishedChecklist)
    assert {task.checklist_id for task in tasks} == {checklist.id}
    assert checklist.read() == hall.checklist


def test_a_new_version_does_not_reach_what_was_planned(hall: InspectedHall) -> None:
    planned = hall.planned()
    hall.checklist = replace(hall.checklist, version=2, title={"zh": "新表"})
    later = hall.planned()
    assert hall.visit(planned.id).checklist.version == 1
    assert hall.visit(later.id).checklist.version == 2


def test_nobody_goes_alone(hall: InspectedHall) -> None:
    alone = replace(hall.round(date(2026, 11, 24)), inspectors=(hall.first.user_id,) * 2)
    with pytest.raises(BadField):
        hall.act(lambda work: plan_inspections(work, alone, clock=hall.clock))


def test_a_plan_without_a_window_is_none(hall: InspectedHall) -> None:
    empty = replace(hall.round(date(2026, 11, 24)), windows=())
    with pytest.raises(MissingField):
        hall.act(lambda work: plan_inspections(work, empty, clock=hall.clock))


def test_only_the_two_who_were_named_inspect(hall: InspectedHall) -> None:
    started = hall.started()
    planned, third = hall.planned(), replace(person(Role.INSPECTOR), user_id=stranger())
    with pytest.raises(NotOnThisInspection):
        hall.act(lambda work: start_inspection(work, planned.id, clock=hall.clock), third)
    hall.first = third
    with pytest.raises(NotOnThisInspection):
        hall.say(started, "opened", Saying(Verdict.OK))


def test_who_watches_cameras_plans_no_inspection(hall: InspectedHall) -> None:
    hall.first = person(Role.VIDEO_SUP)
    with pytest.raises(NotAllowed):
        hall.planned()


def test_every_answer_is_an_act_and_the_same_answer_is_none(hall: InspectedHall) -> None:
    started = hall.started()
    before = len(kept(hall, AuditRow))
    for _ in range(2):
        hall.say(started, "opened", Saying(Verdict.NOT, note="九点十分才开"))
    answer = hall.visit(started.id).answers["opened"]
    assert (answer.verdict, answer.note) == (Verdict.NOT, "九点十分才开")
    assert len(kept(hall, AuditRow)) == before + 1


def test_a_form_with_gaps_is_not_sealed(hall: InspectedHall) -> None:
    started = hall.started()
    hall.say_all(started, {"asleep": "一人伏案睡觉"})
    hall.say(started, "tidy", Saying())
    with pytest.raises(InspectionIncomplete) as refused:
        hall.finish(started)
    assert refused.value.keys == ("asleep", "tidy")


def test_what_failed_becomes_findings_that_people_verify(hall: InspectedHall) -> None:
    started = hall.started()
    hall.say_all(started, {"asleep": "一人伏案睡觉", "dress": "两人未戴工牌"})
    hall.photograph(started, "asleep")
    done = hall.finish(started)
    assert (done.inspection.got, done.inspection.applicable) == (94, 100)
    assert done.inspection.score.critical == ("asleep",)
    critical, plain = kept(hall, Finding)
    assert (critical.rule_id, critical.level, critical.state) == (
        "R-INS-02", 2, FindingState.DETECTED,
    )  # fmt: skip
    assert (plain.rule_id, plain.level, plain.camera_id) == ("R-INS-01", 1, None)
    assert critical.facts["note"] == "一人伏案睡觉"
    assert critical.facts["rule"] == "R-VID-05"


def test_a_window_below_sixty_has_to_put_things_right_as_a_whole(hall: InspectedHall) -> None:
    started = hall.started()
    failed = {item.key: "不合格" for item in hall.checklist.items[:18]}
    hall.say_all(started, failed)
    for key in ("pause_sign", "asleep", "phone"):
        hall.photograph(started, key)
    done = hall.finish(started)
    assert done.inspection.score.percent == 42.0
    assert [each.rule_id for each in done.findings].count("R-INS-03") == 1


def test_what_is_sealed_stays_as_it_is(hall: InspectedHall) -> None:
    started = hall.started()
    hall.say_all(started)
    done = hall.finish(started).inspection
    assert [row["verdict"] for row in done.form["items"]] == ["OK"] * 36
    with pytest.raises(WrongState):
        hall.say(done, "opened", Saying(Verdict.NA))
    with pytest.raises(WrongState):
        hall.act(lambda work: call_off(work, done.id, "错了"))
    assert hall.visit(done.id).inspection == done


@pytest.mark.parametrize(
    "taken",
    [
        Acknowledgement(Acknowledged.SIGNED, "李明"),
        Acknowledgement(Acknowledged.SIGNED, " ", Digest("ab" * 32)),
        Acknowledgement(Acknowledged.REFUSED, "李明", refusal_note="不同意"),
        Acknowledgement(Acknowledged.REFUSED, "李明", witness="王芳"),
    ],
    ids=["no signature", "no name", "no witness", "no words"],
)
def test_the_staff_signs_or_a_witness_saw_that_it_would_not(
    hall: InspectedHall, taken: Acknowledgement
) -> None:
    started = hall.started()
    hall.say_all(started)
    with pytest.raises(MissingField):
        hall.finish(started, taken)


def test_a_signature_is_evidence(hall: InspectedHall) -> None:
    started = hall.started()
    hall.say_all(started)
    signed = Acknowledgement(Acknowledged.SIGNED, "李明", Digest("cd" * 32))
    assert hall.finish(started, signed).inspection.signature == "cd" * 32
    (signature,) = kept(hall, Evidence)
    assert (signature.role, signature.inspection_id) == ("signature", started.id)
    assert len(kept(hall, Custody)) == 1


def test_the_same_photograph_twice_is_one(hall: InspectedHall) -> None:
    started = hall.started()
    hall.photograph(started, "asleep")
    hall.photograph(started, "asleep")
    hall.photograph(started, "phone")
    assert hall.visit(started.id).photo_counts == {"asleep": 1, "phone": 1}


def test_an_inspection_is_called_off_with_a_reason_only(hall: InspectedHall) -> None:
    planned = hall.planned()
    with pytest.raises(MissingField):
        hall.act(lambda work: call_off(work, planned.id, " "))
    off = hall.act(lambda work: call_off(work, planned.id, "窗口搬迁"))
    assert off.state is InspectionState.CANCELLED
