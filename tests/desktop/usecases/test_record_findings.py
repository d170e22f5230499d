"""What rules find in records that are no single case becomes findings, each once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.collection import CollectionDuty
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import UnitId, new_id
from desktop.domain.roles import Role, machine
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.domain.rules.comparing import compare_lists
from desktop.storage.store import Store
from desktop.usecases.handling import judge_handling, propose_handling
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.usecases.record_findings import Bench, raise_records
from desktop.usecases.registers import keep_record
from tests.support.cases import item
from tests.support.profiles import CALENDAR, SetClock, hall_plan, open_store, person

CATALOGUE = Catalogue(assets.rule_files())
MANAGER, SUPERVISOR = person(Role.DATA_MGR), person(Role.SUPERVISOR)


class Office:
    """A hall whose unit owes its data of September 2026."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(datetime(2026, 10, 14, 1, tzinfo=UTC))  # due the day before
        self.store: Store = open_store(folder, self.clock)
        self.plan: HallPlan = hall_plan()
        self.unit = self.plan.units[0].id
        duty = CollectionDuty(
            new_id(), self.plan.hall.id, self.unit, "办件数据", since=date(2026, 9, 1)
        )
        with self.store.act(MANAGER) as work:
            set_up_hall(work, self.plan)
            keep_record(work, duty, is_new=True)

    @property
    def bench(self) -> Bench:
        return Bench(CATALOGUE, CALENDAR, self.clock, "不合格")

    def propose(self) -> list[Finding]:
        hall_id = self.plan.hall.id
        with self.store.look() as reading:
            candidates = judge_handling(reading, hall_id, self.bench)
        with self.store.act(machine("device")) as work:
            return list(propose_handling(work, hall_id, candidates, self.bench))

    def findings(self, rule_id: str) -> tuple[Finding, ...]:
        with self.store.look() as reading:
            return reading.find(Finding, rule_id=rule_id)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.store.close()


def test_late_data_is_proposed_once_and_grows_with_the_days(office: Office) -> None:
    (late,) = office.propose()
    assert (late.rule_id, late.level, late.unit_id) == ("R-DAT-02", 0, office.unit)
    assert late.case is not None
    assert late.case.case_no == "办件数据 2026-09"
    assert late.is_record
    assert office.propose() == []
    office.clock.pass_time(days=2)
    (grown,) = office.propose()  # three working days late
    assert (grown.id, grown.level) == (late.id, 1)
    assert len(office.findings("R-DAT-02")) == 1


def test_what_never_came_for_two_periods_is_proposed(office: Office) -> None:
    office.clock.pass_time(days=35)
    assert {each.rule_id for each in office.propose()} == {"R-DAT-02", "R-DAT-05"}


def test_what_lists_differ_in_is_raised_by_a_person_and_not_again(office: Office) -> None:
    listed = item(unit_id=office.unit)
    rules = RuleSet(CATALOGUE)
    found = compare_lists([listed], {}, date(2026, 10, 14), rules)
    stranger = [each._replace(unit_id=UnitId(""), matter="x") for each in found[:1]]
    hall_id = office.plan.hall.id
    with office.store.act(SUPERVISOR) as work:
        raised = raise_records(work, hall_id, [*found, *stranger], office.bench)
        work.note("finding.raise", f"hall/{hall_id}")
    assert {each.rule_id for each in raised} == {each.rule_id for each in found}
    assert all(each.state is FindingState.DETECTED and each.case for each in raised)
    with office.store.act(SUPERVISOR) as work:
        assert raise_records(work, hall_id, found, office.bench) == ()
        work.note("finding.raise", f"hall/{hall_id}")
