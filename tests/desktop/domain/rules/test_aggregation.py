"""Cards that add up (7.2), rectifications that fail, our own limits: each rule at its bound."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desktop.domain.appeals import Appeal
from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.findings import Dismissal, Finding, FindingState
from desktop.domain.identifiers import (
    AppealId,
    CardId,
    FindingId,
    HallId,
    OrganId,
    RectificationId,
    UnitId,
    UserId,
)
from desktop.domain.rectification import RecheckResult, Rectification, RectificationState
from desktop.domain.rules.aggregation import UnitRecord
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.explanation import as_json, explain
from desktop.domain.rules.handling import CardLife
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.subjects import check_life, check_record, check_waiting
from tests.support.cases import CALENDAR
from tests.support.judging import CATALOGUE, RULES
from tests.support.tables import table

TODAY = date(2026, 11, 24)
UNIT, HALL, WHO = UnitId("unit"), HallId("hall"), UserId("somebody")


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=HALL_TIME)


def card(
    number: int,
    days_ago: int,
    *,
    kind: CardKind = CardKind.YELLOW,
    person: str = "张三",
    state: CardState = CardState.EFFECTIVE,
) -> Card:
    return Card(
        id=CardId(f"card-{number}"), hall_id=HALL, kind=kind, unit_id=UNIT,
        finding_ids=(FindingId(f"finding-{number}"),), organ_id=OrganId("organ"),
        rectify_due=TODAY, drafted_by=WHO, drafted_at=moment(TODAY), person=person, state=state,
        doc_no=f"某效监黄〔2026〕{number}号", effective_at=moment(TODAY - timedelta(days=days_ago)),
    )  # fmt: skip


def finding(number: int, **more: object) -> Finding:
    made = Finding(
        id=FindingId(f"finding-{number}"), hall_id=HALL, rule_id="R-VID-09", rule_version="1",
        level=1, unit_id=UNIT, event_id=f"event-{number}", dedupe_key=f"key-{number}",
        started_at=moment(TODAY), detected_at=moment(TODAY), state=FindingState.CONFIRMED,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def record(
    cards: Sequence[Card] = (), findings: Sequence[Finding] = (), **more: object
) -> UnitRecord:
    made = UnitRecord(UNIT, cards, findings, (), None, TODAY, CALENDAR)
    return made._replace(**more)  # type: ignore[arg-type]


def told(candidates: Sequence[Candidate]) -> dict[str, int]:
    """Levels by rule, after a look at the sentences, fresh and read back."""
    for each in candidates:
        for language in ("zh", "en"):
            said = explain(CATALOGUE.rule(each.rule_id), as_json(each.facts), language)
            assert said
            assert "{" not in said
    return {each.rule_id: each.level for each in candidates}


RED, YELLOW = CardKind.RED, CardKind.YELLOW
EXPLAINED = finding(9, state=FindingState.DISMISSED, dismissal=Dismissal.JUSTIFIED)


@table(
    "of_unit expected",
    {
        "nothing": (record(), {}),
        "one yellow": (record([card(1, 5)]), {}),
        "two yellow of one person": (record([card(1, 60), card(2, 5)]), {"AG-2": 3}),
        "two yellow of two people": (record([card(1, 60), card(2, 5, person="李四")]), {}),
        "two yellow of nobody": (record([card(1, 60, person=""), card(2, 5, person="")]), {}),
        "the day the quarter is over": (record([card(1, 97), card(2, 5)]), {}),
        "the last day of the quarter": (record([card(1, 96), card(2, 5)]), {"AG-2": 3}),
        "long past": (record([card(1, 160), card(2, 120)]), {}),
        "a revoked one counts not": (
            record([card(1, 60, state=CardState.REVOKED), card(2, 5)]), {},
        ),
        "a closed one counts": (
            record([card(1, 60, state=CardState.CLOSED), card(2, 5)]), {"AG-2": 3},
        ),
        "one that a red one follows counts not": (
            record([card(1, 60, state=CardState.ESCALATED), card(2, 5)]), {},
        ),
        "three yellow of a unit": (
            record([card(n, 20 - n, person=f"{n}") for n in range(3)]), {"AG-3": 1},
        ),
        "one red of a unit": (record([card(1, 5, kind=RED)]), {"AG-3": 1}),
        "two red in a year": (
            record([card(1, 300, kind=RED, person="甲"), card(2, 200, kind=RED, person="乙")]),
            {"AG-4": 1},
        ),
        "two red of one person in a year": (
            record([card(1, 300, kind=RED), card(2, 200, kind=RED)]), {"AG-4": 1, "AG-5": 1},
        ),
        "three warnings in a row": (record((), [finding(n) for n in range(3)]), {"AG-1": 2}),
        "two warnings": (record((), [finding(n) for n in range(2)]), {}),
        "one of them explained": (
            record((), [finding(0), finding(1), EXPLAINED, finding(2)]), {},
        ),
        "a lead": (
            record((), (), leads=[(finding(1), {"zh": "瞒报收费", "en": "Hidden fees"})]),
            {"AG-6": 1},
        ),
        "failed": (record(failed=("2026-10", "不合格")), {"AG-8": 1}),
    },
)  # fmt: skip
def test_what_adds_up(of_unit: UnitRecord, expected: dict[str, int]) -> None:
    assert told(check_record(of_unit, RULES)) == expected


def test_cards_that_added_up_once_do_not_add_up_again() -> None:
    cards = [card(1, 60), card(2, 30), card(3, 5)]
    (once,) = (each for each in check_record(record(cards), RULES) if each.rule_id == "AG-2")
    assert once.facts["rests_on"] == ["card-1", "card-2"]
    (fourth, again) = (
        each for each in check_record(record([*cards, card(4, 1)]), RULES) if each.rule_id == "AG-2"
    )
    assert fourth.dedupe_key == once.dedupe_key
    assert again.facts["rests_on"] == ["card-3", "card-4"]


def test_a_hall_sets_its_own_numbers() -> None:
    strict = RuleSet(CATALOGUE, {"AG-3": {"cards": 2.0}, "AG-2": {"cards": 5.0}})
    assert told(check_record(record([card(1, 60), card(2, 5)]), strict)) == {"AG-3": 1}


S = RectificationState


def life(state: CardState, order: RectificationState | None = None, **more: object) -> CardLife:
    """A card ten working days after everything that could have happened to it."""
    before = moment(date(2026, 11, 10))
    of = replace(card(1, 5, state=state), checked_at=before, issued_at=before)
    made = Rectification(
        id=RectificationId("order"), hall_id=HALL, card_id=of.id, unit_id=UNIT, doc_no=of.doc_no,
        problems=("整改",), due=date(2026, 11, 17), issued_by=WHO, issued_at=before,
        state=order or S.SERVED, served_at=before,
    )  # fmt: skip
    made = replace(made, **more)  # type: ignore[arg-type]
    return CardLife(of, None, made if order else None, None, TODAY, CALENDAR)


REPORTED = {"reported_at": moment(date(2026, 11, 12)), "report": "已改"}
PASSED = {**REPORTED, "recheck_result": RecheckResult.PASS,
          "rechecked_at": moment(date(2026, 11, 18))}  # fmt: skip
FALSE = {**REPORTED, "recheck_result": RecheckResult.FALSE_REPORT, "recheck_note": "未改"}
C = CardState


@table(
    "of_card expected",
    {
        "overdue by five days": (life(C.RECTIFYING, S.IN_PROGRESS), {"R-RCT-01": 2, "AG-7": 3}),
        "overdue by four": (
            life(C.RECTIFYING, S.SERVED, due=date(2026, 11, 18)), {"R-RCT-01": 2},
        ),
        "due today": (life(C.RECTIFYING, S.SERVED, due=TODAY), {}),
        "reported in time": (
            life(C.SUBMITTED, S.REPORTED, **{**REPORTED, "reported_at": moment(TODAY)}), {},
        ),
        "taken back": (life(C.REVOKED, S.SERVED), {}),
        "false": (life(C.SUBMITTED, S.RECHECK, **FALSE), {"R-RCT-02": 3}),
        "not rechecked": (life(C.SUBMITTED, S.REPORTED, **REPORTED), {"R-LIM-05": 0}),
        "not closed": (life(C.SUBMITTED, S.RECHECK, **PASSED), {"R-LIM-06": 0}),
        "not signed": (life(C.UNDER_APPROVAL), {"R-LIM-02": 0}),
        "not served": (life(C.ISSUED), {"R-LIM-03": 0}),
        "a draft": (life(C.DRAFT), {}),
        "closed": (life(C.CLOSED, S.CLOSED, **PASSED), {}),
    },
)  # fmt: skip
def test_how_a_card_is_handled(of_card: CardLife, expected: dict[str, int]) -> None:
    assert told(check_life(of_card, RULES)) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [(None, {"R-LIM-04": 0}), (TODAY, {}), (date(2026, 11, 23), {"R-LIM-04": 0})],
)
def test_an_appeal_waits_for_its_decision_until_the_day_that_was_set(
    due: date | None, expected: dict[str, int]
) -> None:
    appeal = Appeal(
        AppealId("a"), HALL, CardId("card-1"), UNIT, WHO, "不服", moment(date(2026, 11, 10)), WHO,
        decision_due=due,
    )  # fmt: skip
    assert told(check_life(life(C.APPEALED)._replace(appeal=appeal), RULES)) == expected


@pytest.mark.parametrize(
    ("days", "level", "expected"), [(3, 2, {}), (4, 2, {"R-LIM-01": 0}), (4, 0, {})]
)
def test_a_finding_waits_three_working_days_for_its_reviewers(
    days: int, level: int, expected: dict[str, int]
) -> None:
    waiting = finding(1, state=FindingState.DETECTED, level=level)
    day = CALENDAR.after(TODAY, days).day
    assert told(check_waiting(waiting, RULES, day, CALENDAR)) == expected


def test_an_overdue_rectification_and_its_escalation_are_one_matter() -> None:
    found = check_life(life(C.RECTIFYING, S.IN_PROGRESS), RULES)
    assert {each.matter for each in found} == {"RCT/CARD:card-1"}
