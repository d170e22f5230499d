"""The ladder of section 16, parameters of a hall, and what becomes of what was found."""

from collections.abc import Mapping

import pytest

from desktop.domain.approvals import CaseBundle
from desktop.domain.errors import BadField
from desktop.domain.rules.catalogue import Board, Catalogue, RuleSet
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.settling import settle
from tests.support.cases import at, bundle, scene, stop, working
from tests.support.judging import CATALOGUE, RULES, found, levels
from tests.support.tables import table

PROMISE = {"accepted_at": at("03-02"), "promised_limit": working(5)}  # due Monday 03-09
LAW = {"accepted_at": at("03-02"), "statutory_limit": working(5)}
TIME = {"R-TIM-01", "R-TIM-02", "R-TIM-03", "R-TIM-04", "R-TIM-05"}


def time_cards(case: CaseBundle, now: str, rules: RuleSet = RULES) -> list[Candidate]:
    return [each for each in found(scene(now), case, rules=rules) if each.rule_id in TIME]


@table(
    "case now expected",
    {
        "promise over by 1": (bundle(**PROMISE), "03-10", {"R-TIM-02": 2}),
        "promise over by 2": (bundle(**PROMISE), "03-11", {"R-TIM-02": 2}),
        "promise over by 3": (bundle(**PROMISE), "03-12", {"R-TIM-03": 3}),
        "law over by 1": (bundle(**LAW), "03-10", {"R-TIM-04": 2}),
        "law over by 2": (bundle(**LAW), "03-11", {"R-TIM-05": 3}),
        "in time": (bundle(**PROMISE, completed_at=at("03-09 23:59")), "03-12", {}),
    },
)
def test_the_ladder(case: CaseBundle, now: str, expected: Mapping[str, int]) -> None:
    assert levels(time_cards(case, now)) == expected


def test_the_same_check_again_finds_nothing_new() -> None:
    first = settle(found(scene("03-11"), bundle(**PROMISE)))
    keys = {each.dedupe_key for each in first.raised}
    again = settle(found(scene("03-11"), bundle(**PROMISE)), keys)
    assert first.raised
    assert (again.raised, again.superseded) == ((), ())


def test_of_one_case_the_higher_time_card_replaces_the_lower() -> None:
    both = bundle(**PROMISE, statutory_limit=working(5))
    settled = settle(time_cards(both, "03-11"))  # promise over by 2: yellow; law by 2: red
    assert levels(settled.raised) == {"R-TIM-05": 3}
    assert levels(settled.superseded) == {"R-TIM-02": 2}


def test_a_card_is_raised_only_above_the_last_level() -> None:
    (yellow,) = time_cards(bundle(**PROMISE), "03-10")
    (red,) = time_cards(bundle(**PROMISE), "03-12")
    assert settle([yellow], last_levels={yellow.matter: 2}).known == (yellow,)
    assert settle([red], last_levels={yellow.matter: 2}).raised == (red,)


def test_a_card_for_time_and_one_for_a_stop_may_both_stand() -> None:
    case = bundle(**PROMISE, stops=[stop("03-03", "03-04", notice_at=None)])
    raised = settle(found(scene("03-10"), case)).raised
    assert {"R-TIM-02", "R-STP-01"} <= set(levels(raised))


def test_a_case_left_lying_is_one_matter_whatever_rules_see_it() -> None:
    both = found(scene("03-20"), bundle(received_at=at("03-02")))
    assert {"R-TIM-08", "R-CASE-02"} <= set(levels(both))
    assert set(levels(settle(both).raised)) == {"R-TIM-08"}


def test_what_rests_on_a_provisional_date_never_leads_to_a_card() -> None:
    case = bundle(accepted_at=at("12-28"), promised_limit=working(5))
    found_late = found(scene("2027-01-12"), case)
    late = next(each for each in found_late if each.rule_id == "R-TIM-03")
    assert (late.level, late.provisional) == (1, True)


def test_a_hall_sets_parameters_within_their_range() -> None:
    lenient = RuleSet(CATALOGUE, {"R-TIM-03": {"from": 5}})
    assert levels(time_cards(bundle(**PROMISE), "03-12", lenient)) == {}
    assert lenient.version != RULES.version
    with pytest.raises(BadField):
        RuleSet(CATALOGUE, {"R-TIM-03": {"from": 0}})
    with pytest.raises(BadField):
        RuleSet(CATALOGUE, {"R-TIM-03": {"upto": 5}})
    with pytest.raises(BadField):
        RuleSet(CATALOGUE, {"R-TIM-99": {"from": 5}})


def test_a_hall_may_switch_a_rule_off() -> None:
    without = RuleSet(CATALOGUE, switched_off=frozenset({"R-TIM-02"}))
    assert levels(time_cards(bundle(**PROMISE), "03-10", without)) == {}


def test_a_finding_keeps_the_inputs_and_the_set_of_rules_it_was_found_by() -> None:
    (late,) = time_cards(bundle(**PROMISE), "03-10")
    assert late.facts["due"] == at("03-09").date()
    assert late.facts["overdue"] == 1
    assert (late.rule_set, late.board) == (RULES.version, Board.ADMIN_EFFICIENCY)
    assert late.unit_id == "unit-1"


def test_every_rule_says_its_basis_and_is_worded_in_both_languages() -> None:
    for rule in CATALOGUE.rules():
        assert rule.basis, rule.id
        assert all(each.startswith("[") for each in rule.basis), rule.id
        for wording in rule.wording.values():
            assert wording.name, rule.id
            assert wording.rule, rule.id
            assert wording.explanation, rule.id


def test_a_rule_file_that_cannot_be_right_is_refused() -> None:
    wording = {"name": "n", "rule": "r", "explanation": "e"}
    content = {
        "id": "R-X-01", "version": "1", "board": "POWER_OPERATION", "level": 4, "basis": ["[GK]"],
        "zh": wording, "en": wording,
    }  # fmt: skip
    with pytest.raises(BadField):
        Catalogue({"R-X-01": content})
