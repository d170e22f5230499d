"""Rules over crowds, joint cases, items, batches and units."""

from dataclasses import replace

import pytest

from desktop.domain.approvals import (
    ApproverLevel,
    Decision,
    Extension,
    Fee,
    JointCase,
    SubCase,
    SubOpinion,
)
from desktop.domain.identifiers import UnitId
from desktop.domain.items import Basis, ItemStatus, ServiceItem, SpecialKind
from desktop.domain.organisation import Unit
from desktop.domain.rules.aggregation import RECORD_RULES
from desktop.domain.rules.attendance import DAY_RULES
from desktop.domain.rules.checker import FOCUS
from desktop.domain.rules.crowds import CROWD_RULES, Warned
from desktop.domain.rules.data import BATCH_RULES, Batch
from desktop.domain.rules.explanation import explain
from desktop.domain.rules.handling import LIFE_RULES, PROPOSAL_RULE, WAITING_RULE
from desktop.domain.rules.joint import JOINT_RULES, JointFile
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.lists import GUIDE_FIELDS, ITEM_RULES, ItemFile
from desktop.domain.rules.subjects import (
    check_batch,
    check_item,
    check_joint,
    check_unit,
    check_warnings,
)
from desktop.domain.rules.video import SIGHTED_RULES
from desktop.usecases.inspections.finishing import INSPECTION_RULES
from tests.support.cases import CALENDAR, at, bundle, item, on, scene, stop, working
from tests.support.judging import FLOWS, RULES, checker, levels
from tests.support.tables import table


def explained(candidates: list[Candidate]) -> dict[str, int]:
    """Give the levels by rule, after a look at the sentences."""
    for each in candidates:
        for language in ("zh", "en"):
            sentence = explain(RULES.rule(each.rule_id), each.facts, language)
            assert sentence
            assert "{" not in sentence
    return levels(candidates)


def crowd(*lines: dict[str, object]) -> dict[str, int]:
    """Judge many cases together."""
    judged = checker(scene("06-30"))
    for number, fields in enumerate(lines):
        judged.check(bundle(**{"case_no": f"case-{number}", "applicant_hash": "p", **fields}))
    return explained(list(judged.finish()))


ON_MONDAY = {"accepted_at": at("03-02"), "decided_at": at("03-03"), "decision": Decision.GRANT}


@table(
    "lines rule_id expected",
    {
        "granted, then accepted again": (
            [ON_MONDAY, {"accepted_at": at("03-20")}], "R-CASE-05", 0,
        ),
        "accepted again while open": (
            [{"accepted_at": at("03-02")}, {"accepted_at": at("03-20")}], "R-CASE-05", 1,
        ),
        "refused, then accepted again": (
            [{**ON_MONDAY, "decision": Decision.REFUSE}, {"accepted_at": at("03-20")}],
            "R-CASE-05", None,
        ),
        "after forty days": ([ON_MONDAY, {"accepted_at": at("04-20")}], "R-CASE-05", None),
        "another project": (
            [ON_MONDAY, {"accepted_at": at("03-20"), "project_code": "b"}], "R-CASE-05", None,
        ),
        "five on one day": ([{"accepted_at": at("03-02")}] * 5, "R-CASE-06", 0),
        "four on one day": ([{"accepted_at": at("03-02")}] * 4, "R-CASE-06", None),
        "returned, then granted in a day": (
            [{**ON_MONDAY, "decision": Decision.RETURN},
             {**ON_MONDAY, "accepted_at": at("03-04"), "decided_at": at("03-05")}],
            "R-CASE-08", 0,
        ),
        "returned and linked by number": (
            [{**ON_MONDAY, "decision": Decision.RETURN, "applicant_hash": ""},
             {**ON_MONDAY, "accepted_at": at("03-04"), "decided_at": at("03-05"),
              "applicant_hash": "", "previous_case_no": "case-0"}],
            "R-CASE-08", 0,
        ),
        "returned, then granted after days": (
            [{**ON_MONDAY, "decision": Decision.RETURN},
             {**ON_MONDAY, "accepted_at": at("03-04"), "decided_at": at("03-09")}],
            "R-CASE-08", None,
        ),
        "one agency for nearly all": (
            [{"agency": "甲" if number else "乙"} for number in range(20)], "R-CASE-16", 0,
        ),
        "two agencies": (
            [{"agency": "甲" if number % 2 else "乙"} for number in range(20)], "R-CASE-16", None,
        ),
        "a fee far from the median": (
            [{"fees": [Fee(charged)]} for charged in (100, 100, 100, 100, 131)], "R-FEE-04", 1,
        ),
        "fees in line": (
            [{"fees": [Fee(charged)]} for charged in (100, 100, 100, 100, 130)], "R-FEE-04", None,
        ),
        "unequal fees within days": (
            [{"accepted_at": at(day), "fees": [Fee(charged)]}
             for day, charged in (("03-02", 100), ("03-20", 112))],
            "R-FEE-05", 1,
        ),
        "unequal fees months apart": (
            [{"accepted_at": at(day), "fees": [Fee(charged)]}
             for day, charged in (("03-02", 100), ("05-20", 112))],
            "R-FEE-05", None,
        ),
        "far faster for one applicant": (
            [
                {"accepted_at": at("03-02"), "decided_at": at(done), "applicant_hash": who,
                 "promised_limit": working(20)}
                for who, done in [*((str(n), "04-10") for n in range(60)), *(("p", "03-02"),) * 3]
            ],
            "R-CASE-13", 0,
        ),
    },
)  # fmt: skip
def test_many_cases_together(
    lines: list[dict[str, object]], rule_id: str, expected: int | None
) -> None:
    assert crowd(*lines).get(rule_id) == expected


@pytest.mark.parametrize(
    ("rule_id", "mark"),
    [("R-CASE-07", {"decision": Decision.RETURN}), ("R-STP-07", {"stops": [stop("03-03")]})],
)
def test_a_unit_out_of_line_with_its_peers(rule_id: str, mark: dict[str, object]) -> None:
    shares = {"a": 1, "b": 2, "c": 1, "d": 10}  # of twenty cases each
    lines = [
        {"unit_id": unit, "applicant_hash": "", **(mark if number < marked else {})}
        for unit, marked in shares.items()
        for number in range(20)
    ]
    assert rule_id in crowd(*lines)
    assert rule_id not in crowd(*[line for line in lines if line["unit_id"] != "d"])
    assert rule_id not in crowd(*lines[20:])  # two peers are no crowd


def test_three_unanswered_warnings_in_a_row_are_one_finding() -> None:
    warnings = [Warned("u", str(day), at(f"03-{day:02}"), answered=day == 3) for day in range(1, 7)]
    assert [each.subject_id for each in check_warnings(warnings, RULES, "2026-03")] == ["u"]
    assert check_warnings(warnings[:5], RULES, "2026-03") == []
    explained(check_warnings(warnings, RULES, "2026-03"))


A, B = UnitId("unit-a"), UnitId("unit-b")
PART_A = SubCase(A, at("03-02"), working(5), SubOpinion.AGREE, at("03-06"), item_code="000101")
PART_B = replace(PART_A, unit_id=B)
STAGES = tuple((node.name, at("03-02")) for node in FLOWS["joint"].nodes)
JOINT = JointCase(
    "joint-1", UnitId("lead"), at("03-02"), working(45), (PART_A, PART_B), STAGES, at("04-01")
)


def joint(now: str = "06-30", **changes: object) -> list[Candidate]:
    case = replace(JOINT, **changes)  # type: ignore[arg-type]
    file = JointFile(case, FLOWS["joint"], {"000101": item()}, scene(now))
    return check_joint(file, RULES)


LATE_A = replace(PART_A, opinion_at=at("03-12"))
HEARD_A = replace(LATE_A, stops=(stop("03-03", "03-10", kind=SpecialKind.HEARING),))


@table(
    "changes expected",
    {
        "in order": ({}, {}),
        "a part late": ({"parts": (LATE_A, PART_B)}, {"R-JNT-01": 2}),
        "a part late by a hearing": ({"parts": (HEARD_A, PART_B)}, {}),
        "no opinion": (
            {"parts": (replace(PART_A, opinion=None, opinion_at=None), PART_B)},
            {"R-JNT-01": 2, "R-JNT-07": 2},
        ),
        "the whole late by the lead": (
            {"completed_at": at("05-11")}, {"R-TIM-13": 3, "R-JNT-02": 3},
        ),
        "the whole late by a part": (
            {"completed_at": at("05-11"), "parts": (LATE_A, PART_B)},
            {"R-TIM-13": 3, "R-JNT-01": 2},
        ),
        "prolonged by the government leader": (
            {
                "completed_at": at("05-11"),
                "extension": Extension(
                    15, ApproverLevel.GOVERNMENT_LEADER, at("04-20"), at("04-20")
                ),
            },
            {},
        ),
        "asked twice": (
            {"parts": (replace(PART_A, materials=("图纸",)), replace(PART_B, materials=("图纸",)))},
            {"R-JNT-03": 1},
        ),
        "a stage missing": ({"stages": STAGES[1:]}, {"R-JNT-04": 1}),
        "sent one after the other": (
            {"parts": (PART_A, replace(PART_B, sent_at=at("03-04"), opinion_at=at("03-06")))},
            {"R-JNT-06": 1},
        ),
        "a project over the whole limit": (
            {"engineering": True, "limit": working(200), "completed_at": None,
             "accepted_at": at("2025-12-01")},
            {"R-JNT-05": 3},
        ),
    },
)  # fmt: skip
def test_joint_cases(changes: dict[str, object], expected: dict[str, int]) -> None:
    assert explained(joint(**changes)) == expected


def test_the_late_part_answers_and_not_the_lead() -> None:
    assert {each.unit_id for each in joint(parts=(LATE_A, PART_B))} == {A}
    whole_late = joint(parts=(LATE_A, PART_B), completed_at=at("05-11"))
    assert {each.unit_id for each in whole_late} == {A}
    assert {each.unit_id for each in joint(completed_at=at("05-11"))} == {"lead"}


LISTED = item(
    basis=(Basis("食品安全法第三十五条"),), approved_on=on("01-05"), published_on=on("01-10"),
    guide=tuple((name, "…") for name in GUIDE_FIELDS),
)  # fmt: skip


def list_file(known: ServiceItem, **more: object) -> ItemFile:
    return ItemFile(known, on("06-30"), **more)  # type: ignore[arg-type]


@table(
    "file expected",
    {
        "in order": (list_file(LISTED, compared=True, online=LISTED, cases=3), {}),
        "no basis": (list_file(replace(LISTED, basis=())), {"R-LST-01": 2}),
        "basis expired": (
            list_file(replace(LISTED, basis=(Basis("旧法", on("05-31")),))), {"R-LST-01": 2},
        ),
        "published before approval": (
            list_file(replace(LISTED, approved_on=on("01-11"))), {"R-LST-02": 2},
        ),
        "cancelled and published": (
            list_file(replace(LISTED, status=ItemStatus.CANCELLED)), {"R-LST-03": 2},
        ),
        "used unpublished": (
            list_file(replace(LISTED, published_on=None), cases=1), {"R-LST-04": 3},
        ),
        "not online": (list_file(LISTED, compared=True), {"R-LST-05": 1}),
        "another promise online": (
            list_file(LISTED, compared=True, online=replace(LISTED, promised_limit=working(3))),
            {"R-LST-05": 1},
        ),
        "guide without an example": (
            list_file(replace(LISTED, guide=LISTED.guide[:-1])), {"R-LST-06": 1},
        ),
        "promise longer than the law": (
            list_file(replace(LISTED, promised_limit=working(21), statutory_limit=working(20))),
            {"R-LST-07": 2},
        ),
        "no window": (list_file(replace(LISTED, resident=True), windows=0), {"R-LST-08": 1}),
    },
)  # fmt: skip
def test_the_power_list(file: ItemFile, expected: dict[str, int]) -> None:
    assert explained(check_item(file, RULES)) == expected


SENT = Batch("2026-03", "unit-1", on("04-03"), on("06-30"), due=on("04-03"), reported=100)


@table(
    "batch expected",
    {
        "in order": (SENT, {}),
        "two working days late": (SENT._replace(received=on("04-08")), {"R-DAT-02": 0}),
        "three working days late": (SENT._replace(received=on("04-09")), {"R-DAT-02": 1}),
        "never sent": (SENT._replace(received=None), {"R-DAT-02": 1}),
        "three of a hundred and three missing": (SENT._replace(elsewhere=103), {"R-DAT-03": 1}),
        "two of a hundred and two missing": (SENT._replace(elsewhere=102), {}),
        "an item that never came": (SENT._replace(never_sent={"收费": 2}), {"R-DAT-05": 1}),
        "a broken package": (SENT._replace(sound=False), {"R-DAT-07": 1}),
        "handled outside": (SENT._replace(external=4), {"R-CASE-11": 2}),
    },
)
def test_what_a_unit_sent(batch: Batch, expected: dict[str, int]) -> None:
    assert explained(check_batch(batch, RULES, CALENDAR)) == expected


def test_a_unit_needs_somebody_to_call() -> None:
    unit = Unit(A, "region-1", "某局", "某局")  # type: ignore[arg-type]
    assert explained(check_unit(unit, RULES)) == {"R-DAT-06": 0}
    assert check_unit(replace(unit, liaison="某科长"), RULES) == []


def test_every_rule_file_is_bound_to_a_function() -> None:
    judged = checker(scene("06-30"))
    bound = {
        *judged.bound,
        *(each.rule_id for each in (*CROWD_RULES, *JOINT_RULES, *ITEM_RULES, *BATCH_RULES)),
        "R-TIM-17", "R-DAT-06", FOCUS,
    }  # fmt: skip
    bound |= {*(each.rule_id for each in (*RECORD_RULES, *LIFE_RULES))}
    bound |= {WAITING_RULE, PROPOSAL_RULE}
    bound |= {*SIGHTED_RULES, *(rule.rule_id for rule in DAY_RULES), *INSPECTION_RULES}
    assert {rule.id for rule in RULES.rules()} == bound
