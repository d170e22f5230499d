"""Every rule over one case: what it finds, at which level, and what it leaves alone."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from desktop import assets
from desktop.domain.approvals import (
    ApproverLevel,
    CaseBundle,
    ClockStop,
    Decision,
    EventKind,
    Fee,
)
from desktop.domain.flows import read_template
from desktop.domain.items import (
    FeeStandard,
    FocusArea,
    ItemMaterial,
    ItemStatus,
    OnlineDepth,
    ServiceItem,
    SpecialKind,
)
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.domain.rules.checker import CASE_RULES
from desktop.domain.rules.explanation import as_json, explain
from desktop.domain.rules.inputs import Input
from tests.support.cases import at, bundle, event, extension, item, on, scene, stop, working
from tests.support.judging import RULES, checker, found
from tests.support.tables import table

FLOW = read_template(
    "flow",
    {
        "zh": "流程",
        "en": "flow",
        "closed_world": True,
        "node": [
            {"name": "accept", "zh": "受理", "en": "Acceptance", "matches": ["ACCEPT"]},
            {
                "name": "review",
                "zh": "审查",
                "en": "Review",
                "roles": ["审查岗"],
                "after": "accept",
                "limit": [2, "WORKING_DAY"],
                "earliest": [1, "WORKING_DAY"],
                "at_most": 1,
            },
            {"name": "decide", "zh": "决定", "en": "Decision", "attachment": True},
        ],
    },
)
K = EventKind
PERIOD = {"accepted_at": at("03-02"), "promised_limit": working(5)}  # due 03-09
INSTANT = item(instant=True)
PRICED = item(fees=(FeeStandard("占道费", "某价〔2020〕1号", 1000, 2000, list_no="12"),))


def level(
    rule_id: str, case: CaseBundle, now: str, known: ServiceItem | None = None, **more: object
) -> int | None:
    """Give the level at which a rule finds the case, None where it does not."""
    hits = found(scene(now), case, item=known, **more)
    return max((each.level for each in hits if each.rule_id == rule_id), default=None)


@table(
    "rule_id case now expected",
    {
        "a day left": ("R-TIM-01", bundle(**PERIOD), "03-06", 1),
        "two days left": ("R-TIM-01", bundle(**PERIOD), "03-05", None),
        "due today": ("R-TIM-01", bundle(**PERIOD), "03-09", 1),
        "done": ("R-TIM-01", bundle(**PERIOD, completed_at=at("03-06")), "03-06", None),
        "stopped": ("R-TIM-01", bundle(**PERIOD, stops=[stop("03-05")]), "03-09", None),
        "on the spot in an hour": (
            "R-TIM-07",
            bundle(accepted_at=at("03-02 11:00"), completed_at=at("03-02 12:00")),
            "03-09",
            None,
        ),
        "on the spot, over lunch": (
            "R-TIM-07",
            bundle(accepted_at=at("03-02 11:00"), completed_at=at("03-02 13:31")),
            "03-09",
            1,
        ),
        "on the spot, next day": (
            "R-TIM-07",
            bundle(accepted_at=at("03-02 11:00"), completed_at=at("03-03 10:00")),
            "03-09",
            2,
        ),
        "silent five days": ("R-TIM-08", bundle(received_at=at("03-02")), "03-09", None),
        "silent six days": ("R-TIM-08", bundle(received_at=at("03-02")), "03-10", 2),
        "two notices, two materials": (
            "R-TIM-09",
            bundle(
                event(K.CORRECTION_NOTICE, "03-02", detail={"material": "甲"}),
                event(K.CORRECTION_NOTICE, "03-04", detail={"material": "乙"}),
            ),
            "03-09",
            2,
        ),
        "two notices, one material": (
            "R-TIM-09",
            bundle(
                event(K.CORRECTION_NOTICE, "03-02", detail={"material": "甲"}),
                event(K.CORRECTION_NOTICE, "03-04", detail={"material": "甲"}),
            ),
            "03-09",
            None,
        ),
        "certificate after ten days": (
            "R-TIM-10",
            bundle(
                decision=Decision.GRANT, decided_at=at("03-02"), delivered_at=at("03-16")
            ),
            "03-20",
            None,
        ),
        "certificate after eleven": (
            "R-TIM-10",
            bundle(
                decision=Decision.GRANT, decided_at=at("03-02"), delivered_at=at("03-17")
            ),
            "03-20",
            2,
        ),
        "reported up within the promise": (
            "R-TIM-11",
            bundle(**PERIOD, reported_up_at=at("03-09")),
            "03-20",
            None,
        ),
        "reported up over the promise": (
            "R-TIM-11",
            bundle(**PERIOD, reported_up_at=at("03-10")),
            "03-20",
            2,
        ),
        "inspectors in time": (
            "R-TIM-14",
            bundle(**PERIOD, stops=[stop("03-09", kind=SpecialKind.TESTING, persons=2)]),
            "03-20",
            None,
        ),
        "one inspector": (
            "R-TIM-14",
            bundle(**PERIOD, stops=[stop("03-04", kind=SpecialKind.TESTING, persons=1)]),
            "03-20",
            1,
        ),
        "inspectors late": (
            "R-TIM-14",
            bundle(**PERIOD, stops=[stop("03-10", kind=SpecialKind.TESTING, persons=2)]),
            "03-20",
            1,
        ),
        "hearing announced six days before": (
            "R-TIM-15",
            bundle(
                stops=[
                    stop(
                        "03-03", kind=SpecialKind.HEARING, requested_at=at("03-02"),
                        notice_at=at("03-03"), held_at=at("03-11"),
                    )
                ]
            ),
            "03-20",
            2,
        ),
        "hearing announced seven days before": (
            "R-TIM-15",
            bundle(
                stops=[
                    stop(
                        "03-03", kind=SpecialKind.HEARING, requested_at=at("03-02"),
                        notice_at=at("03-03"), held_at=at("03-12"),
                    )
                ]
            ),
            "03-20",
            None,
        ),
        "renewal undecided": ("R-TIM-16", bundle(expires_on=on("03-09")), "03-10", 2),
        "renewal still open": ("R-TIM-16", bundle(expires_on=on("03-09")), "03-09", None),
    },
)  # fmt: skip
def test_time(rule_id: str, case: CaseBundle, now: str, expected: int | None) -> None:
    assert level(rule_id, case, now, INSTANT if rule_id == "R-TIM-07" else None) == expected


@table(
    "extensions expected",
    {
        "in order": ([extension(5, "03-09")], None),
        "the day after": ([extension(5, "03-10")], 2),
        "eleven days": ([extension(11, "03-05")], 2),
        "nobody told": ([extension(5, "03-05", told_applicant_at=None)], 2),
        "by somebody else": ([extension(5, "03-05", approver_level=ApproverLevel.OTHER)], 2),
        "a second": ([extension(5, "03-05"), extension(3, "03-06")], 2),
        "of the promise alone": ([extension(5, "03-05", promised_only=True)], 2),
    },
)
def test_an_extension_must_be_in_order(extensions: list[object], expected: int | None) -> None:
    assert level("R-TIM-12", bundle(**PERIOD, extensions=extensions), "03-09") == expected


HELD = {"kind": SpecialKind.HEARING}


@table(
    "rule_id stops now expected",
    {
        "a listed stop": ("R-STP-01", [stop("03-03", "03-05")], "03-09", None),
        "not on the list": (
            "R-STP-01",
            [stop("03-03", "03-05", kind=SpecialKind.PUBLICITY)],
            "03-09",
            2,
        ),
        "nobody told": ("R-STP-01", [stop("03-03", "03-05", notice_at=None)], "03-09", 2),
        "to correct material": (
            "R-STP-01",
            [stop("03-03", "03-05", kind=SpecialKind.CORRECTION)],
            "03-09",
            2,
        ),
        "five days of five": ("R-STP-02", [stop("03-03", "03-10", **HELD)], "03-20", None),
        "six days of five": ("R-STP-02", [stop("03-03", "03-11", **HELD)], "03-20", 1),
        "eight days of five": ("R-STP-02", [stop("03-03", "03-13", **HELD)], "03-20", 2),
        "stopped with two days left": ("R-STP-03", [stop("03-05", "03-10")], "03-20", None),
        "stopped with a day left": ("R-STP-03", [stop("03-06", "03-10")], "03-20", 1),
        "two stops": ("R-STP-04", [stop("03-03", "03-04"), stop("03-05", "03-06")], "03-20", None),
        "three stops": (
            "R-STP-04",
            [stop("03-03", "03-04"), stop("03-05", "03-06"), stop("03-09", "03-10")],
            "03-20",
            1,
        ),
        "keyed in after due, said to begin before": (
            "R-STP-05",
            [stop("03-05", "03-13", recorded_at=at("03-12"))],
            "03-20",
            3,
        ),
        "keyed in at once": (
            "R-STP-05",
            [stop("03-05", "03-13", recorded_at=at("03-05"))],
            "03-20",
            None,
        ),
        "begun after due": ("R-STP-05", [stop("03-12", "03-13")], "03-20", 1),
        "resumed the next day": (
            "R-STP-06",
            [stop("03-03", "03-06", result_at=at("03-05"))],
            "03-20",
            None,
        ),
        "resumed two days later": (
            "R-STP-06",
            [stop("03-03", "03-09", result_at=at("03-05"))],
            "03-20",
            1,
        ),
    },
)
def test_stops(rule_id: str, stops: list[ClockStop], now: str, expected: int | None) -> None:
    assert level(rule_id, bundle(**PERIOD, stops=stops), now) == expected


ACCEPTED = event(K.ACCEPT, "03-02")
REVIEWED = event(K.STEP, "03-03", step="review", role="审查岗", by="乙")
DECIDED = event(K.DECIDE, "03-05", step="decide", attachments=1)
CLOSED = {"accepted_at": at("03-02"), "decided_at": at("03-05")}


@table(
    "rule_id case expected",
    {
        "all in order": ("R-PRC-01", bundle(ACCEPTED, REVIEWED, DECIDED, **CLOSED), None),
        "no review": ("R-PRC-01", bundle(ACCEPTED, DECIDED, **CLOSED), 2),
        "by the wrong role": (
            "R-PRC-02",
            bundle(ACCEPTED, REVIEWED._replace(role="窗口", by="甲"), DECIDED, **CLOSED),
            3,
        ),
        "decided before the review": (
            "R-PRC-03",
            bundle(ACCEPTED, REVIEWED, DECIDED._replace(at=at("03-02 13:00")), **CLOSED),
            2,
        ),
        "decided before acceptance": (
            "R-PRC-03",
            bundle(accepted_at=at("03-05"), decided_at=at("03-02")),
            2,
        ),
        "reviewed twice": (
            "R-PRC-08",
            bundle(ACCEPTED, REVIEWED, REVIEWED._replace(at=at("03-04")), DECIDED, **CLOSED),
            0,
        ),
        "reviewed on the day of acceptance": (
            "R-PRC-09",
            bundle(ACCEPTED, REVIEWED._replace(at=at("03-02 13:00")), DECIDED, **CLOSED),
            1,
        ),
        "decided without a file": (
            "R-PRC-10",
            bundle(ACCEPTED, REVIEWED, DECIDED._replace(attachments=0), **CLOSED),
            1,
        ),
        "a step that nobody knows": (
            "R-PRC-11",
            bundle(ACCEPTED, REVIEWED, event(K.STEP, "03-04", step="?"), DECIDED, **CLOSED),
            0,
        ),
        "review a day too late": (
            "R-TIM-06",
            bundle(ACCEPTED, REVIEWED._replace(at=at("03-05")), DECIDED, **CLOSED),
            1,
        ),
        "review twice its limit": (
            "R-TIM-06",
            bundle(ACCEPTED, REVIEWED._replace(at=at("03-06")), accepted_at=at("03-02")),
            2,
        ),
        "one person did it all": (
            "R-PRC-04",
            bundle(*(each._replace(by="甲") for each in (ACCEPTED, REVIEWED, DECIDED)), **CLOSED),
            1,
        ),
        "two people": (
            "R-PRC-04",
            bundle(ACCEPTED._replace(by="甲"), REVIEWED, DECIDED._replace(by="甲"), **CLOSED),
            None,
        ),
        "one checked on site": (
            "R-PRC-05",
            bundle(REVIEWED._replace(detail={"persons": 1})),
            2,
        ),
        "others told": (
            "R-PRC-07",
            bundle(REVIEWED._replace(detail={"third_party": True}), third_party=True, **CLOSED),
            None,
        ),
        "others not told": ("R-PRC-07", bundle(REVIEWED, third_party=True, **CLOSED), 2),
    },
)
def test_procedure(rule_id: str, case: CaseBundle, expected: int | None) -> None:
    assert level(rule_id, case, "03-20", flow=FLOW) == expected


def test_an_item_that_needs_a_hearing_is_not_decided_without() -> None:
    needs = item(hearing_required=True)
    heard = bundle(**CLOSED, stops=[stop("03-03", "03-04", kind=SpecialKind.HEARING)])
    assert level("R-PRC-06", bundle(**CLOSED), "03-20", needs) == 3
    assert level("R-PRC-06", heard, "03-20", needs) is None


REFUSED = {"decision": Decision.REFUSE, "decided_at": at("03-05")}
GRANTED = {"decision": Decision.GRANT, "decided_at": at("03-05"), "accepted_at": at("03-02")}
REASON = "材料不符合法定形式，缺少消防验收意见"


@table(
    "rule_id case expected",
    {
        "a reason of nine characters": (
            "R-CASE-01",
            bundle(event(K.NOT_ACCEPT, "03-02", opinion="材料不符合规定形式")),
            2,
        ),
        "a reason": ("R-CASE-01", bundle(event(K.NOT_ACCEPT, "03-02", opinion=REASON)), None),
        "answered": (
            "R-CASE-02",
            bundle(event(K.CORRECTION_NOTICE, "03-03"), received_at=at("03-02")),
            None,
        ),
        "left lying": ("R-CASE-02", bundle(received_at=at("03-02")), 2),
        "refused with reason and remedy": (
            "R-CASE-03",
            bundle(**REFUSED, refuse_reason=REASON, remedy_told=True),
            None,
        ),
        "refused, remedy not told": (
            "R-CASE-03",
            bundle(**REFUSED, refuse_reason=REASON, remedy_told=False),
            2,
        ),
        "refused, no reason": ("R-CASE-03", bundle(**REFUSED, remedy_told=True), 2),
        "no decision paper": (
            "R-CASE-04",
            bundle(**GRANTED, acceptance_doc_no="受1"),
            1,
        ),
        "both papers": (
            "R-CASE-04",
            bundle(**GRANTED, acceptance_doc_no="受1", decision_doc_no="某许〔2026〕1号"),
            None,
        ),
        "done in four minutes": (
            "R-CASE-09",
            bundle(**PERIOD, completed_at=PERIOD["accepted_at"] + timedelta(minutes=4)),  # type: ignore[operator]
            1,
        ),
        "done in a day": ("R-CASE-09", bundle(**PERIOD, completed_at=at("03-03")), None),
        "decided at noon": ("R-CASE-12", bundle(**GRANTED), None),
        "decided at night": ("R-CASE-12", bundle(decided_at=at("03-05 23:10")), 0),
        "decided on a Sunday": ("R-CASE-12", bundle(decided_at=at("03-08")), 0),
        "not public after eight days": (
            "R-CASE-15",
            bundle(**GRANTED, published_at=at("03-17")),
            1,
        ),
        "public after seven": ("R-CASE-15", bundle(**GRANTED, published_at=at("03-16")), None),
        "no item code": ("R-DAT-01", bundle(item_code="", received_at=at("03-02")), 0),
        "keyed in the next day": (
            "R-DAT-04",
            bundle(event(K.STEP, "03-02", recorded_at=at("03-03"))),
            None,
        ),
        "keyed in two days later": (
            "R-DAT-04",
            bundle(event(K.STEP, "03-02", recorded_at=at("03-04"))),
            1,
        ),
    },
)
def test_quality_of_a_case(rule_id: str, case: CaseBundle, expected: int | None) -> None:
    assert level(rule_id, case, "03-20") == expected


@table(
    "rule_id known case expected",
    {
        "material outside the list": (
            "R-CASE-10",
            item(materials=(ItemMaterial("申请表"),)),
            bundle(event(K.CORRECTION_NOTICE, "03-02", detail={"material": "无犯罪证明"})),
            2,
        ),
        "material of the list": (
            "R-CASE-10",
            item(materials=(ItemMaterial("申请表"),)),
            bundle(event(K.CORRECTION_NOTICE, "03-02", detail={"material": "申请表"})),
            None,
        ),
        "asked to come for an online item": (
            "R-CASE-10",
            item(online_depth=OnlineDepth.WHOLLY_ONLINE),
            bundle(event(K.STEP, "03-02", step="现场核验", detail={"presence": True})),
            2,
        ),
        "accepted after the item was cancelled": (
            "R-CASE-14",
            item(status=ItemStatus.CANCELLED, cancelled_on=on("03-01")),
            bundle(accepted_at=at("03-02")),
            3,
        ),
        "accepted before": (
            "R-CASE-14",
            item(status=ItemStatus.CANCELLED, cancelled_on=on("03-03")),
            bundle(accepted_at=at("03-02")),
            None,
        ),
    },
)
def test_against_the_item(
    rule_id: str, known: ServiceItem, case: CaseBundle, expected: int | None
) -> None:
    assert level(rule_id, case, "03-20", known) == expected


@table(
    "rule_id fee expected",
    {
        "no such standard": ("R-FEE-01", Fee(1500, "办证费", receipt_no="1"), 3),
        "a listed standard": ("R-FEE-01", Fee(1500, "占道费", receipt_no="1"), None),
        "over": ("R-FEE-02", Fee(2001, receipt_no="1"), 3),
        "the most": ("R-FEE-02", Fee(2000, receipt_no="1"), None),
        "the most for two": ("R-FEE-02", Fee(4000, quantity=2, receipt_no="1"), None),
        "under": ("R-FEE-03", Fee(900, receipt_no="1"), 2),
        "waived with approval": ("R-FEE-03", Fee(0, waived=1000, approver="某局长"), None),
        "no receipt": ("R-FEE-06", Fee(1500), 2),
        "paid before acceptance": ("R-FEE-06", Fee(1500, receipt_no="1", paid_at=at("03-01")), 2),
        "paid after": ("R-FEE-06", Fee(1500, receipt_no="1", paid_at=at("03-03")), None),
    },
)
def test_fees(rule_id: str, fee: Fee, expected: int | None) -> None:
    case = bundle(accepted_at=at("03-02"), fees=[fee])
    assert level(rule_id, case, "03-20", PRICED) == expected


def test_a_late_step_of_an_imported_log_is_late_after_the_instant() -> None:
    due = at("03-05 10:00")
    in_time = bundle(event(K.STEP, "03-04", step="a", due_at=due, done_at=due))
    late = bundle(event(K.STEP, "03-04", step="a", due_at=due, done_at=due + timedelta(seconds=1)))
    assert level("R-TIM-06", in_time, "03-20") is None
    assert level("R-TIM-06", late, "03-20") == 1
    unfinished = bundle(event(K.STEP, "03-04", step="a", due_at=due))
    assert level("R-TIM-06", unfinished, "03-05 09:59") is None
    assert level("R-TIM-06", unfinished, "03-05 10:01") == 1


def test_a_step_is_not_carded_beside_the_case_that_is_overdue() -> None:
    late = bundle(ACCEPTED, REVIEWED._replace(at=at("03-06")), **PERIOD)
    assert level("R-TIM-06", late, "03-09", flow=FLOW) == 2
    assert level("R-TIM-06", late, "03-10", flow=FLOW) is None


def test_who_held_the_case_when_its_limit_ran_out_answers_for_it() -> None:
    passed_on = event(K.TRANSFER, "03-05", detail={"unit": "unit-2"})
    case = bundle(passed_on, **PERIOD)
    (late,) = (hit for hit in found(scene("03-10"), case) if hit.rule_id == "R-TIM-02")
    assert late.unit_id == "unit-2"


def every_finding() -> Mapping[str, tuple[CaseBundle, dict[str, object]]]:
    """The rows above that expect a finding, by rule."""
    builders = {
        test_time: lambda r: (
            r[1],
            {"now": r[2], "item": INSTANT if r[0] == "R-TIM-07" else None},
        ),
        test_stops: lambda r: (bundle(**PERIOD, stops=r[1]), {"now": r[2]}),
        test_procedure: lambda r: (r[1], {"flow": FLOW}),
        test_quality_of_a_case: lambda r: (r[1], {}),
        test_against_the_item: lambda r: (r[2], {"item": r[1]}),
        test_fees: lambda r: (bundle(accepted_at=at("03-02"), fees=[r[1]]), {"item": PRICED}),
    }
    faulty = bundle(**PERIOD, extensions=[extension(11, "03-05")])
    over = bundle(**PERIOD, statutory_limit=working(5))
    rows: dict[str, tuple[CaseBundle, dict[str, object]]] = {
        "R-TIM-12": (faulty, {"now": "03-09"}),
        "R-TIM-02": (over, {"now": "03-11"}),
        "R-TIM-03": (over, {"now": "03-12"}),
        "R-TIM-04": (over, {"now": "03-10"}),
        "R-TIM-05": (over, {"now": "03-11"}),
        "R-PRC-06": (bundle(**CLOSED), {"item": item(hearing_required=True)}),
    }
    for test, build in builders.items():
        for parameter in test.pytestmark[0].args[1]:
            if parameter.values[-1] is not None:
                rows.setdefault(parameter.values[0], build(parameter.values))
    return rows


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule_id", sorted(every_finding()))
def test_a_finding_says_why_in_one_sentence(rule_id: str, language: str) -> None:
    case, more = every_finding()[rule_id]
    hits = found(scene(str(more.pop("now", "03-20"))), case, **more)
    hit = next(each for each in hits if each.rule_id == rule_id)
    sentence = explain(RULES.rule(rule_id), hit.facts, language)
    assert sentence
    assert "{" not in sentence
    assert "None" not in sentence
    kept = json.loads(json.dumps(as_json(hit.facts)))
    assert explain(RULES.rule(rule_id), kept, language) == sentence


def test_what_an_import_cannot_tell_is_not_judged() -> None:
    told = checker(scene("03-20"), inputs=[])
    assert told.bound == ()
    assert told.missing()["R-TIM-02"] == {Input.PROMISED}
    assert told.missing()["R-TIM-06"] == {Input.STEP_DUE}  # of two ways the one that lacks less


def test_every_rule_over_one_case_is_shown_to_find_something() -> None:
    assert set(every_finding()) == {each.rule_id for each in CASE_RULES}


def test_a_late_step_is_answered_for_by_whose_step_it_was() -> None:
    passed_on = event(K.TRANSFER, "03-05", detail={"unit": "unit-2"})
    slow = event(K.STEP, "03-06", step="审查", due_at=at("03-07"), done_at=at("03-09"))
    told = bundle(passed_on, slow, accepted_at=at("03-02"))
    units = {each.rule_id: each.unit_id for each in found(scene("03-10"), told)}
    assert units["R-TIM-06"] == "unit-2"


def test_in_a_chosen_focus_area_a_finding_weighs_one_level_more() -> None:
    """F15: off as shipped; a hall chooses the areas."""
    late = bundle(**PERIOD, completed_at=at("03-10"))
    markets = item(focus=(FocusArea.LAND_TRANSFER,))
    chosen = RuleSet(Catalogue(assets.rule_files()), {"F15": {"land_transfer": 1}})
    assert level("R-TIM-02", late, "03-10", markets) == 2
    assert level("R-TIM-02", late, "03-10", markets, rules=chosen) == 3
    assert level("R-TIM-02", late, "03-10", rules=chosen) == 2
