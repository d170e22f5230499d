"""The demonstration holds exactly what Appendix A of the specification asks for."""

from collections import Counter
from datetime import date

from desktop import assets
from desktop.domain.cards import CardKind, CardState
from desktop.domain.clocks import Scene, read_clocks
from desktop.domain.demonstration.quarter import make_quarter
from desktop.domain.demonstration.stage import read_stage
from desktop.domain.report.facts import Board, Outcome
from desktop.domain.stops import fault_of_stop
from tests.support.quarter import calendar, facts, figures, profile

FACTS = facts()
ITEMS = {item.code: item for item in FACTS.items}


def test_it_is_the_same_each_time() -> None:
    again = make_quarter(assets.demonstration_quarter(), calendar=calendar(), profile=profile())
    assert again == FACTS


def test_it_has_eight_units_24_windows_60_people_and_600_cases() -> None:
    stage = read_stage(assets.demonstration_quarter(), calendar())
    assert (len(FACTS.units), len(FACTS.windows)) == (8, 24)
    assert len(stage.people) == 60
    assert len(FACTS.bundles) == 600
    assert len({bundle.case.case_no for bundle in FACTS.bundles}) == 600


def test_cases_are_accepted_on_working_days_of_the_three_months() -> None:
    days = [bundle.case.accepted_at.date() for bundle in FACTS.bundles if bundle.case.accepted_at]
    assert len(days) == 600
    assert date(2026, 8, 3) <= min(days) <= max(days) <= date(2026, 10, 31)
    assert all(calendar().is_working(day) for day in days)
    assert {date(2026, 9, 20), date(2026, 10, 10)} & set(days)  # weekend days worked instead


def test_warnings_cards_and_the_revoked_one_are_as_asked() -> None:
    kinds = Counter(line.card.kind for line in FACTS.cards)
    assert figures().findings.warnings == 12
    assert (kinds[CardKind.YELLOW], kinds[CardKind.RED]) == (6, 2)
    (revoked,) = [line for line in FACTS.cards if line.card.state is CardState.REVOKED]
    assert revoked.appeal
    assert revoked.appeal.decided_by != revoked.card.signed_by


def test_every_card_rests_on_a_confirmed_finding_of_its_level() -> None:
    findings = {line.id: line for line in FACTS.findings}
    for line in FACTS.cards:
        finding = findings[line.card.finding_ids[0]]
        assert finding.outcome is Outcome.CONFIRMED
        assert finding.unit_id == line.card.unit_id
        assert finding.level == (3 if line.card.kind is CardKind.RED else 2)


def test_overdue_cases_are_those_that_were_found_and_no_others() -> None:
    scene = Scene(FACTS.cut_off, calendar())
    late = {
        bundle.case.case_no
        for bundle in FACTS.bundles
        if bundle.case.completed_at
        and (reading := read_clocks(bundle, ITEMS[bundle.case.item_code], scene).promised)
        and reading.overdue
    }
    carded = {line.case_no for line in FACTS.cards if "时限" in line.problem}
    assert late == carded
    assert len(late) == 3


def test_three_stops_are_invalid_and_two_acceptances_are_deemed() -> None:
    faults = [
        fault_of_stop(stop, ITEMS[bundle.case.item_code])
        for bundle in FACTS.bundles
        for stop in bundle.stops
    ]
    assert sum(fault is not None for fault in faults) == 3
    assert sum(bundle.case.deemed for bundle in FACTS.bundles) == 2


def test_four_duplicates_three_fee_anomalies_and_five_complaints() -> None:
    rules = Counter(line.rule_id for line in FACTS.findings)
    assert rules["R-CASE-05"] == 4
    applicants = Counter(
        (bundle.case.applicant_hash, bundle.case.item_code) for bundle in FACTS.bundles
    )
    assert sum(count == 2 for count in applicants.values()) == 4
    assert sum(count for rule, count in rules.items() if rule.startswith("R-FEE-")) == 3
    wrong = [
        fee
        for bundle in FACTS.bundles
        for fee in bundle.fees
        if fee.charged != fee.should or not fee.receipt_no
    ]
    assert len(wrong) == 3
    assert sorted(line.grade for line in FACTS.complaints) == [0, 0, 1, 2, 3]


def test_ten_video_candidates_of_which_four_are_false() -> None:
    seen = [line for line in FACTS.findings if line.board is Board.WINDOW]
    assert len(seen) == 10
    assert sum(line.outcome is Outcome.FALSE_ALARM for line in seen) == 4


def test_the_rest_of_the_list_is_there() -> None:
    rules = {line.rule_id for line in FACTS.projects}
    assert len(FACTS.inspections) == 2
    assert [line.overdue_wd for line in FACTS.joints if line.overdue_wd] == [3]
    assert {"R-BID-06", "R-BID-14", "R-DEC-01"} <= rules
    assert len([gap for gap in FACTS.gaps if gap.place.endswith("县")]) == 2
