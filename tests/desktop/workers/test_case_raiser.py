"""Candidates of approval cases become findings: once, by the gravest, on the case as sealed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from desktop.assembly.imports import import_file
from desktop.domain.cards import CardKind
from desktop.domain.errors import DateMayMove, NotAllowed, TooLightForCard
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding, FindingState, ReviewResult
from desktop.domain.identifiers import FindingId, UnitId, new_id
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import RuleSet
from desktop.exchange.case_extract import read_extract
from desktop.storage.case_lines import Wish
from desktop.usecases import cards
from desktop.usecases.case_findings import Raised
from desktop.usecases.checking import Stopped
from desktop.workers.case_book import CaseBook, CaseSheet
from desktop.workers.case_raiser import CaseRaiser
from tests.support.casework import FakeOffice, working_office
from tests.support.foreign_files import text_file

HEADER = "办件编号,办件名称,办理单位,受理时间,承诺时限,法定时限,办结时间"
SHORT = "A-1,施工许可,住建,2026-11-10 09:00,5个工作日,20个工作日,2026-11-18 10:00"
LONG = "A-1,施工许可,住建,2026-11-10 09:00,5个工作日,20个工作日,2026-11-20 10:00"
STRANGE = "A-2,食品许可,市场局,2026-11-10 09:00,5个工作日,,2026-11-20 10:00"
NEAR = "A-3,户外广告,住建,2026-11-18 09:00,5个工作日,,"
FAR = "A-4,民办学校设立,住建,2026-11-10 09:00,60个工作日,,"
NEXT_YEAR = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)


class Bench:
    def __init__(self, office: FakeOffice, folder: Path) -> None:
        self.office, self.folder, self.files = office, folder, 0
        rules = RuleSet(office.catalogue)
        self.book = CaseBook(office.desk, rules, office.calendar, office.clock)
        self.raiser = CaseRaiser(
            office.desk, self.book, office.vault, catalogue=office.catalogue, clock=office.clock
        )
        self.supervisor = office.people[Role.SUPERVISOR]
        self.manager = replace(self.supervisor, roles=frozenset({Role.DATA_MGR}))

    def take_in(self, *rows: str) -> None:
        self.files += 1
        path = text_file(self.folder, HEADER, *rows, name=f"{self.files}.csv")
        hall = self.office.plan.hall.id
        clock, desk = self.office.clock, self.office.desk
        import_file(desk, path, hall_id=hall, actor=self.manager, clock=clock)

    def numbers(self) -> list[int]:
        return list(self.book.find(Wish(self.office.plan.hall.id)).result().numbers)

    def sheet(self, case_no: str = "A-1") -> CaseSheet:
        sheets = self.book.sheets(self.numbers())
        return next(each for each in sheets if each.bundle.case.case_no == case_no)

    def raise_all(self, case_no: str = "A-1", owner: UnitId | None = None) -> Raised:
        sheet = self.sheet(case_no)
        keys = [each.dedupe_key for each in sheet.findings]
        return self.raiser.raise_of(self.supervisor, sheet, keys, owner).result()

    def findings(self) -> tuple[Finding, ...]:
        return self.office.desk.look(lambda reading: reading.find(Finding)).result()

    def card_on(self, finding: Finding) -> None:
        text = cards.CardText("超期。", (), (), ("改正",), datetime(2026, 12, 1, tzinfo=UTC).date())
        draft = partial(cards.draft_card, finding_id=finding.id, kind=CardKind.YELLOW, text=text)
        self.office.desk.act(self.supervisor, partial(draft, clock=self.office.clock)).result()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with working_office(tmp_path) as office:
        yield Bench(office, tmp_path)


def test_a_candidate_becomes_a_finding_with_its_case_sealed(bench: Bench) -> None:
    bench.take_in(SHORT)

    (finding,) = bench.raise_all().findings

    assert (finding.rule_id, finding.level, finding.state) == (
        "R-TIM-02",
        2,
        FindingState.DETECTED,
    )
    assert finding.unit_id == bench.office.plan.units[0].id
    assert finding.case is not None
    assert finding.case.case_no == "A-1"
    assert finding.case.promised is not None
    assert finding.case.promised.amount == 5
    assert finding.case.rule_set == RuleSet(bench.office.catalogue).version
    assert finding.case.why == "应于 2026年11月17日 办结，至 2026年11月18日 超过承诺时限 1 个工作日"
    with bench.office.desk.store.look() as reading:
        (item,) = reading.find(Evidence, finding_id=finding.id)
    extract = read_extract(bench.office.vault.get(item.sha256))
    assert extract.case["title"] == "施工许可"
    assert bench.office.desk.store.chain_faults() == ()


def test_the_same_candidate_is_raised_once(bench: Bench) -> None:
    bench.take_in(SHORT)
    bench.raise_all()
    again = bench.raise_all()
    assert (again.findings, again.known) == ((), 1)
    assert len(bench.findings()) == 1


def test_a_graver_one_of_the_same_matter_takes_the_place_of_the_lighter(bench: Bench) -> None:
    bench.take_in(SHORT)
    (light,) = bench.raise_all().findings
    bench.take_in(LONG)

    (grave,) = bench.raise_all().findings

    assert (grave.rule_id, grave.level) == ("R-TIM-03", 3)
    stands = {finding.id: finding for finding in bench.findings()}
    assert stands[light.id].state is FindingState.MERGED
    assert stands[light.id].merged_into == grave.id
    assert stands[grave.id].state is FindingState.DETECTED


def test_what_was_dismissed_comes_back_only_with_another_case(bench: Bench) -> None:
    bench.take_in(SHORT)
    (finding,) = bench.raise_all().findings
    bench.office.review(finding, Role.VIDEO_SUP, ReviewResult.DATA_ERROR, "日期有误")
    bench.office.clock.pass_time(days=30)
    assert bench.raise_all() == Raised(known=1)

    bench.take_in(SHORT.replace("18 10:00", "18 11:00"))

    (anew,) = bench.raise_all().findings
    assert anew.dedupe_key == finding.dedupe_key
    assert anew.id != finding.id


def test_a_unit_that_is_none_of_ours_has_to_be_named(bench: Bench) -> None:
    bench.take_in(STRANGE)
    assert bench.raise_all("A-2") == Raised(ownerless=("市场局",))
    (finding,) = bench.raise_all("A-2", bench.office.plan.units[0].id).findings
    assert finding.unit_id == bench.office.plan.units[0].id


def test_of_many_cases_what_could_lead_to_a_card_is_raised(bench: Bench) -> None:
    bench.take_in(SHORT, STRANGE, NEAR)
    raised = bench.raiser.raise_many(bench.supervisor, bench.numbers(), lambda _: True)
    assert [finding.rule_id for finding in raised.findings] == ["R-TIM-02"]
    assert raised.ownerless == ("市场局",)


def test_raising_many_can_be_stopped(bench: Bench) -> None:
    bench.take_in(SHORT)
    with pytest.raises(Stopped):
        bench.raiser.raise_many(bench.supervisor, bench.numbers(), lambda _: False)
    assert bench.findings() == ()


def test_a_warning_becomes_a_finding_and_never_a_card(bench: Bench) -> None:
    bench.take_in(NEAR)
    (finding,) = bench.raise_all("A-3").findings
    assert finding.level == 1
    for role in (Role.VIDEO_SUP, Role.SECTION_HEAD):
        finding = bench.office.review(finding, role, ReviewResult.TRUE)
    with pytest.raises(TooLightForCard):
        bench.card_on(finding)


def test_a_date_that_may_still_move_leads_to_no_card(bench: Bench) -> None:
    bench.take_in(FAR)
    bench.office.clock.moment = NEXT_YEAR
    raised = bench.raise_all("A-4")
    late = next(each for each in raised.findings if each.is_provisional)
    assert late.level <= 1

    def forge(work: object) -> Finding:
        heavy = replace(late, id=FindingId(new_id()), level=3)
        work.add(heavy)  # type: ignore[attr-defined]
        work.note("finding.raise", "forged")  # type: ignore[attr-defined]
        return heavy

    finding = bench.office.desk.act(bench.supervisor, forge).result()
    for role in (Role.VIDEO_SUP, Role.SECTION_HEAD):
        finding = bench.office.review(finding, role, ReviewResult.TRUE)
    with pytest.raises(DateMayMove):
        bench.card_on(finding)


def test_who_may_not_find_may_not_raise(bench: Bench) -> None:
    bench.take_in(SHORT)
    sheet = bench.sheet()
    keys = [each.dedupe_key for each in sheet.findings]
    with pytest.raises(NotAllowed):
        bench.raiser.raise_of(bench.manager, sheet, keys).result()
    assert bench.findings() == ()
