"""The list of cases is found by narrow lines that follow the cases and the day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop import assets
from desktop.assembly.imports import import_file
from desktop.domain.calendar import LocalDay, LocalKind, read_calendar
from desktop.domain.clocks import Lamp
from desktop.domain.errors import NotFound
from desktop.domain.identifiers import CaseId, ItemId, UnitId, new_id
from desktop.domain.items import ItemStatus, Limit, ServiceItem
from desktop.domain.organisation import Hall
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.storage.case_lines import CaseLine, Wish
from desktop.usecases.checking import Stopped
from desktop.usecases.organisation import set_up_hall
from desktop.usecases.registers import keep_record
from desktop.workers.case_book import CaseBook
from desktop.workers.case_desk import CaseDesk
from tests.support.foreign_files import text_file
from tests.support.profiles import SetClock, hall_plan, open_store, person

TODAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday
HEADER = "办件编号,办件名称,申请人,事项编码,办理单位,受理时间,承诺时限,办结时间"
OVERDUE = "A-1,施工许可,王建国,0101,住建局,2026-11-10 09:00,5个工作日,"
TODAY_DUE = "A-2,食品经营许可,李明,0202,市场局,2026-11-17 09:00,5个工作日,"
NEAR = "A-3,户外广告,赵六,0303,城管局,2026-11-18 09:00,5个工作日,"
EASY = "A-4,施工许可,钱七,0101,住建局,2026-11-23 09:00,20个工作日,"
DONE = "A-5,食品经营许可,孙八,0202,市场局,2026-11-02 09:00,5个工作日,2026-11-04 10:00"
NO_LIMIT = "A-6,咨询,周九,0909,住建局,2026-11-20 09:00,,"
ALL = (OVERDUE, TODAY_DUE, NEAR, EASY, DONE, NO_LIMIT)


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, SetClock(TODAY)
        self.desk = CaseDesk(open_store(folder, self.clock))
        plan = hall_plan()
        self.hall = plan.hall.id
        self.manager = person(Role.DATA_MGR)
        self.desk.act(self.manager, lambda work: set_up_hall(work, plan)).result()
        rules = RuleSet(Catalogue(assets.rule_files()))
        self.book = CaseBook(self.desk, rules, read_calendar(assets.calendar_files()), self.clock)

    def take_in(self, *rows: str, name: str = "a.csv") -> None:
        path = text_file(self.folder, HEADER, *rows, name=name)
        import_file(self.desk, path, hall_id=self.hall, actor=self.manager, clock=self.clock)

    def freshen(self) -> int:
        return self.book.freshen(lambda _: True)

    def lines(self, **more: object) -> tuple[CaseLine, ...]:
        found = self.book.find(Wish(self.hall, **more)).result()  # type: ignore[arg-type]
        return self.book.glimpse(found.numbers).result().lines

    def numbers(self, **more: object) -> list[str]:
        return [line.case_no for line in self.lines(**more)]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.desk.close()


def test_the_most_pressing_case_comes_first_and_the_closed_one_last(shelf: Shelf) -> None:
    shelf.take_in(*reversed(ALL))
    assert shelf.freshen() == 6
    assert shelf.numbers() == ["A-1", "A-2", "A-3", "A-4", "A-6", "A-5"]
    lamps = [line.entry.lamp for line in shelf.lines()]
    assert lamps == [Lamp.RED, Lamp.ORANGE, Lamp.YELLOW, Lamp.GREEN, None, Lamp.GREEN]


def test_a_case_is_listed_before_its_lamp_is_known(shelf: Shelf) -> None:
    shelf.take_in(OVERDUE)
    (line,) = shelf.lines()
    assert (line.case_no, line.is_read) == ("A-1", False)
    shelf.freshen()
    (line,) = shelf.lines()
    assert line.is_read
    assert line.entry.overdue == 5


def test_a_new_day_reads_the_open_cases_alone(shelf: Shelf) -> None:
    shelf.take_in(*ALL)
    shelf.freshen()
    assert shelf.freshen() == 0
    shelf.clock.pass_time(days=1)
    assert [line.is_read for line in shelf.lines()] == [False] * 5 + [True]
    assert shelf.freshen() == 5
    assert shelf.lines()[1].entry.lamp is Lamp.RED


def test_what_an_import_changes_is_read_anew(shelf: Shelf) -> None:
    shelf.take_in(OVERDUE, EASY)
    shelf.freshen()
    shelf.take_in(OVERDUE.removesuffix(",") + ",2026-11-24 08:00", name="b.csv")
    assert shelf.freshen() == 1
    assert shelf.numbers() == ["A-4", "A-1"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("施", ["A-1", "A-4"], id="one character"),
        pytest.param("食品经营许可", ["A-2", "A-5"], id="many"),
        pytest.param("a-3", ["A-3"], id="letters of either case"),
        pytest.param("%", [], id="no sign is a wildcard"),
        pytest.param("城管", ["A-3"], id="the unit"),
    ],
)
def test_a_search_takes_chinese_of_any_length(shelf: Shelf, words: str, found: list[str]) -> None:
    shelf.take_in(*ALL)
    shelf.freshen()
    assert shelf.numbers(words=words) == found


def test_filters_narrow_and_the_lamps_still_say_what_they_would_show(shelf: Shelf) -> None:
    shelf.take_in(*ALL)
    shelf.freshen()
    assert shelf.numbers(lamp=Lamp.GREEN) == ["A-4", "A-5"]
    assert shelf.numbers(lamp=Lamp.GREEN, open=True) == ["A-4"]
    assert shelf.numbers(unit_id="住建局", item_code="0101") == ["A-1", "A-4"]
    assert shelf.numbers(overdue=True) == ["A-1"]
    found = shelf.book.find(Wish(shelf.hall, lamp=Lamp.RED)).result()
    assert found.lamps[Lamp.GREEN] == 2
    assert found.overdue == 1


def test_freshening_stops_when_nobody_wants_it(shelf: Shelf) -> None:
    shelf.take_in(OVERDUE)
    with pytest.raises(Stopped):
        shelf.book.freshen(lambda _: False)
    assert not shelf.lines()[0].is_read


def test_a_case_is_judged_by_what_its_import_can_tell(shelf: Shelf) -> None:
    shelf.take_in(*ALL)
    shelf.freshen()
    (late, *_) = shelf.lines()
    sheet = shelf.book.open(shelf.hall, late.id).result()
    assert sheet.clocks.promised is not None
    assert sheet.clocks.promised.overdue == 5
    assert "R-CASE-03" not in sheet.asked  # the file has no reasons for refusals
    assert [each.rule_id for each in sheet.findings] == ["R-TIM-03"]
    with pytest.raises(NotFound):
        shelf.book.open(shelf.hall, CaseId("nobody")).result()


def test_the_lines_of_many_cases_are_found_whole_and_in_order(shelf: Shelf) -> None:
    start = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    rows = [
        f"N-{n},许可,某某,01,局,{start + timedelta(hours=n % 300):%Y-%m-%d %H:%M},9个工作日,"
        for n in range(2500)
    ]
    shelf.take_in(*rows)
    shelf.freshen()
    ranks = [line.entry.rank for line in shelf.lines()]
    assert len(ranks) == 2500
    assert ranks == sorted(ranks)


def test_a_trial_tells_what_a_parameter_would_change_and_keeps_nothing(shelf: Shelf) -> None:
    shelf.take_in(*ALL)
    shelf.freshen()
    catalogue = Catalogue(assets.rule_files())
    same = shelf.book.try_rules(shelf.hall, RuleSet(catalogue), lambda _: True)
    assert same.cases == 6
    assert same.before == same.after
    assert same.before["R-TIM-03"] == 1
    milder = RuleSet(catalogue, {"R-TIM-03": {"from": 6}})
    trial = shelf.book.try_rules(shelf.hall, milder, lambda _: True)
    assert trial.before == same.before
    assert trial.after.get("R-TIM-03", 0) == 0
    assert "R-TIM-03" in trial.asked
    assert "R-FEE-01" not in trial.asked
    assert len(shelf.lines()) == 6


def test_a_case_without_limits_takes_those_of_its_item_and_keeps_them(shelf: Shelf) -> None:
    item = ServiceItem(
        id=ItemId(new_id()),
        region_id="region",
        code="0909",
        name="咨询",
        unit_id=UnitId("住建局"),
        promised_limit=Limit(1),
    )
    keep = partial(keep_record, thing=item, is_new=True)
    shelf.desk.act(shelf.manager, keep).result()
    shelf.book.hold_by(shelf.book.rules, {item.code: item})
    shelf.take_in(NO_LIMIT)
    shelf.freshen()
    assert shelf.lines()[0].entry.overdue == 1
    shelf.book.hold_by(shelf.book.rules, {"0909": replace(item, promised_limit=Limit(9))})
    assert shelf.freshen() == 1  # the list is another
    assert shelf.lines()[0].entry.overdue == 1


def test_rules_about_items_are_asked_once_items_are_known(shelf: Shelf) -> None:
    shelf.take_in(OVERDUE)
    shelf.freshen()
    (line,) = shelf.lines()
    assert "R-CASE-14" not in shelf.book.open(shelf.hall, line.id).result().asked
    gone = ServiceItem(
        id=ItemId("i"),
        region_id="region",
        code="0101",
        name="施工许可",
        unit_id=UnitId("u"),
        status=ItemStatus.CANCELLED,
        cancelled_on=date(2026, 1, 1),
    )
    shelf.book.hold_by(shelf.book.rules, {gone.code: gone})
    sheet = shelf.book.open(shelf.hall, line.id).result()
    assert "R-CASE-14" in {each.rule_id for each in sheet.findings}
    assert shelf.book.used(shelf.hall).result() == {"0101": 1}


def test_a_log_that_was_stopped_leaves_no_half(shelf: Shelf, tmp_path: Path) -> None:
    shelf.take_in(OVERDUE)
    target = tmp_path / "half.xes"
    with pytest.raises(Stopped):
        shelf.book.write_log([1], target, lambda _: False)
    assert not target.exists()


def test_a_trial_stops_when_nobody_wants_it(shelf: Shelf) -> None:
    shelf.take_in(OVERDUE)
    with pytest.raises(Stopped):
        shelf.book.try_rules(shelf.hall, RuleSet(Catalogue(assets.rule_files())), lambda _: False)


def test_04_a_late_notice_recounts_open_cases_and_closed_ones_keep_theirs(shelf: Shelf) -> None:
    """Edge case 4: a closure is ordered after cases were accepted, and some of them closed."""
    shelf.take_in(NEAR, DONE)
    shelf.freshen()
    before = {line.case_no: line.entry.due for line in shelf.lines()}
    first = shelf.book.scene().calendar
    closed = (date(2026, 11, 3), date(2026, 11, 20))
    ordered = first.with_local(
        LocalDay(day, LocalKind.CLOSED, "某府办〔2026〕3号") for day in closed
    )
    hall = shelf.desk.look(lambda reading: reading.find(Hall)[0]).result()
    shelf.book.count_by(hall, {each.version: each for each in (first, ordered)})
    assert shelf.freshen() == 1
    after = {line.case_no: line.entry.due for line in shelf.lines()}
    assert after["A-3"] == before["A-3"] + timedelta(days=1)
    assert after["A-5"] == before["A-5"]
    for number, calendar in (("A-3", ordered), ("A-5", first)):
        (line,) = shelf.lines(words=number)
        sheet = shelf.book.open(shelf.hall, line.id).result()
        assert sheet.scene.calendar.version == calendar.version
        assert sheet.clocks.promised is not None
        assert sheet.clocks.promised.due == after[number]
        moved = [change.promised for change in sheet.moved]
        assert moved == ([(before["A-3"], after["A-3"])] if number == "A-3" else [])


def test_minutes_of_what_is_done_on_the_spot_are_those_of_the_hall(shelf: Shelf) -> None:
    instant = "A-7,社保卡,吴十,0404,人社局,2026-11-23 09:00,当场办结,2026-11-23 11:30"
    shelf.take_in(instant)
    hall = shelf.desk.look(lambda reading: reading.find(Hall)[0]).result()
    calendar = shelf.book.scene().calendar
    shelf.book.count_by(hall, {calendar.version: calendar})
    item = ServiceItem(ItemId("i"), hall.region_id, "0404", "社保卡", UnitId("u"), instant=True)
    shelf.book.hold_by(shelf.book.rules, {"0404": item})
    (line,) = shelf.lines()
    sheet = shelf.book.open(shelf.hall, line.id).result()
    (slow,) = [each for each in sheet.findings if each.rule_id == "R-TIM-07"]
    assert slow.facts["minutes"] == 150
