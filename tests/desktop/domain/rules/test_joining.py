"""Cases of several units on one project are judged as the joint case that they are."""

from dataclasses import replace
from datetime import timedelta

from desktop import assets
from desktop.domain.approvals import Decision, EventKind
from desktop.domain.flows import read_template
from desktop.domain.identifiers import UnitId
from desktop.domain.items import ServiceItem
from desktop.domain.rules.checker import CaseChecker
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.joining import JointRoom
from desktop.domain.rules.subjects import check_joint
from tests.support.cases import at, bundle, event, item, scene, working
from tests.support.judging import RULES, levels

FLOW = read_template("joint", assets.procedure_files()["joint"])
LEAD = UnitId("unit-1")
TOGETHER = item(joint_lead=LEAD)
NOW = scene("2026-06-30 10:00")


def judged(*parts: dict[str, object], listed: ServiceItem = TOGETHER) -> dict[str, int]:
    checker = CaseChecker(RULES, tuple(Input), NOW, items={listed.code: listed})
    room = JointRoom(FLOW)
    for number, part in enumerate(parts):
        steps = part.pop("steps", ())
        given = {"case_no": f"P-{number}", "project_code": "2606-01", **part}
        room.add(checker.open(bundle(*steps, **given)))  # type: ignore[misc]
    found = [each for file in room.files(NOW) for each in check_joint(file, RULES)]
    return levels(found)


def part(unit: str, sent: str, closed: str | None, **more: object) -> dict[str, object]:
    done = {"completed_at": at(closed), "decision": Decision.GRANT} if closed else {}
    start = at(sent)
    return {
        "unit_id": unit,
        "received_at": start,
        "accepted_at": start + timedelta(hours=1),
        "promised_limit": working(10),
        **done,
        **more,
    }


def test_parts_in_time_and_together_are_in_order() -> None:
    assert judged(part("a", "06-01", "06-10"), part("b", "06-01", "06-11")) == {}


def test_a_late_part_and_one_sent_later_are_found() -> None:
    found = judged(part("a", "06-01", "06-10"), part("b", "06-05", None))
    assert {"R-JNT-01", "R-JNT-06", "R-JNT-07"} <= set(found)


def test_a_stage_is_missed_only_where_stages_are_told() -> None:
    told = [event(EventKind.STEP, "06-01", step="一窗受理")]
    assert "R-JNT-04" not in judged(part("a", "06-01", "06-10"), part("b", "06-01", "06-11"))
    found = judged(part("a", "06-01", "06-10", steps=told), part("b", "06-01", "06-11"))
    assert "R-JNT-04" in found


def test_one_unit_or_an_item_without_a_lead_is_no_joint_case() -> None:
    late = part("b", "03-02", None)
    assert judged(dict(late), dict(late)) == {}
    alone = replace(TOGETHER, joint_lead=None)
    assert judged(part("a", "06-01", None), late, listed=alone) == {}
