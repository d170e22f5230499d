"""Registers come in as tables and leave as tables that can be read again."""

from datetime import date, time
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.identifiers import UnitId, UserId
from desktop.domain.imports import Reason
from desktop.domain.items import (
    Basis,
    FeeStandard,
    FocusArea,
    ItemMaterial,
    ItemType,
    Limit,
    LimitUnit,
    ListPlace,
    OnlineDepth,
    ServiceItem,
    SpecialKind,
    SpecialProcedure,
)
from desktop.domain.limits import named_limits, read_limits
from desktop.domain.organisation import REGION, Unit, WindowKind
from desktop.domain.staff import StaffType, on_roster
from desktop.exchange.csv_table import csv_bytes
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.register_forms import item_form, unit_form, window_form
from desktop.exchange.registers import Form, read_register, register_table
from desktop.exchange.staff_forms import leave_form, person_form, roster_form
from tests.support.foreign_files import text_file, workbook
from tests.support.profiles import hall_plan

UNIT = Unit(UnitId("u1"), REGION, "某市住房和城乡建设局", "住建局")
HEADER = "事项编码,事项名称,实施机关,事项类型,法定时限,承诺时限,设定依据,申请材料,特别程序,收费标准"
PERMIT = (
    "0101,施工许可,住建局,行政许可,20个工作日,5个工作日,建筑法第七条|2030-12-31,"
    "申请表|必要；身份证|非必要|公安人口库,专家评审|15|行政许可法第四十五条,"
    "占道费|发改价1号|10|100.5|F-1|一档"
)


def items(place: ListPlace = ListPlace.POWER) -> Form[ServiceItem]:
    return item_form(assets.register_file("service_item"), REGION, place, [UNIT])


def test_an_item_is_read_with_its_limits_materials_procedures_and_fees(tmp_path: Path) -> None:
    read = read_register(text_file(tmp_path, HEADER, PERMIT), items(), ())
    (item,) = read.changed
    assert read.complaints == ()
    assert (item.code, item.unit_id, item.type) == ("0101", "u1", ItemType.PERMIT)
    assert (item.statutory_limit, item.promised_limit) == (Limit(20), Limit(5))
    assert item.basis == (Basis("建筑法第七条", date(2030, 12, 31)),)
    assert item.materials == (
        ItemMaterial("申请表"),
        ItemMaterial("身份证", required=False, share_source="公安人口库"),
    )
    special = SpecialProcedure(SpecialKind.EXPERT_REVIEW, "行政许可法第四十五条", 15)
    assert item.specials == (special,)
    fee = FeeStandard("占道费", "发改价1号", 1000, 10050, tier="一档", list_no="F-1")
    assert item.fees == (fee,)


def test_a_register_that_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    (item,) = read_register(text_file(tmp_path, HEADER, PERMIT), items(), ()).changed
    path = tmp_path / "again.csv"
    path.write_bytes(csv_bytes(*register_table(items(), [item])))
    again = read_register(path, items(), [item])
    assert (again.changed, again.complaints, again.keys) == ((), (), {"0101"})


def test_a_known_record_is_changed_and_an_empty_cell_takes_nothing_back(tmp_path: Path) -> None:
    (item,) = read_register(text_file(tmp_path, HEADER, PERMIT), items(), ()).changed
    row = "0101,施工许可,住建局,,,3个工作日,,,,"
    (later,) = read_register(text_file(tmp_path, HEADER, row), items(), [item]).changed
    assert later.id == item.id
    assert (later.promised_limit, later.statutory_limit) == (Limit(3), Limit(20))
    assert later.materials == item.materials


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("0101,,住建局,,,,,,,", "事项名称", Reason.NO_VALUE),
        ("0101,许可,交通局,,,,,,,", "实施机关", Reason.UNKNOWN_UNIT),
        ("0101,许可,住建局,许可证,,,,,,", "事项类型", Reason.UNKNOWN_CODE),
        ("0101,许可,住建局,,20日,,,,,", "法定时限", Reason.LIMIT_WITHOUT_UNIT),
        ("0101,许可,住建局,,,五天,,,,", "承诺时限", Reason.BAD_NUMBER),
        ("0101,许可,住建局,,,,建筑法|2026-02-30,,,", "设定依据", Reason.BAD_TIME),
        ("0101,许可,住建局,,,,,申请表|也许,,", "申请材料", Reason.UNKNOWN_CODE),
        ("0101,许可,住建局,,,,,,听证会,", "特别程序", Reason.UNKNOWN_CODE),
        ("0101,许可,住建局,,,,,,,占道费|依据|9|3", "收费标准", Reason.BAD_NUMBER),
    ],
)
def test_a_row_that_cannot_be_taken_names_its_column(
    tmp_path: Path, row: str, column: str, reason: Reason
) -> None:
    good = PERMIT.replace("0101", "0102")
    read = read_register(text_file(tmp_path, HEADER, row, good), items(), ())
    (complaint,) = read.complaints
    assert (complaint.row, complaint.column, complaint.reason) == (2, column, reason)
    assert [item.code for item in read.changed] == ["0102"]


@pytest.mark.parametrize(
    ("lines", "trouble"),
    [
        ((HEADER,), ExchangeTrouble.NO_ROWS),
        (("事项编码,办理单位", "1,住建局"), ExchangeTrouble.MISSING_COLUMN),
    ],
)
def test_a_table_without_rows_or_a_needed_column_is_refused(
    tmp_path: Path, lines: tuple[str, ...], trouble: ExchangeTrouble
) -> None:
    with pytest.raises(ExchangeError) as told:
        read_register(text_file(tmp_path, *lines), items(), ())
    assert told.value.trouble is trouble


def test_units_and_windows_come_from_a_workbook(tmp_path: Path) -> None:
    plan = hall_plan()
    units = unit_form(assets.register_file("unit"), REGION)
    path = workbook(tmp_path, [["单位名称", "联络员"], ["市交通局", "许文"]])
    (unit,) = read_register(path, units, plan.units).changed
    assert (unit.name, unit.short_name, unit.liaison, unit.active) == (
        "市交通局", "市交通局", "许文", True,
    )  # fmt: skip
    windows = window_form(assets.register_file("window"), plan.hall.id, [*plan.units, unit])
    rows = [["窗口号", "窗口名称", "所属单位", "窗口类型"], ["21", "21号窗口", "市交通局", "综合"]]
    (window,) = read_register(workbook(tmp_path, rows), windows, plan.windows).changed
    assert (window.number, window.unit_id, window.kind) == ("21", unit.id, WindowKind.GENERAL)


def test_every_field_of_an_item_has_a_column_that_comes_back() -> None:
    whole = ServiceItem(
        id="i",  # type: ignore[arg-type]
        region_id=REGION,
        code="1",
        name="n",
        unit_id=UNIT.id,
        instant=True,
        statutory_limit=Limit(45, LimitUnit.CALENDAR_DAY),
        promised_limit=Limit(0),
        online_depth=OnlineDepth.WHOLLY_ONLINE,
        visits_max=0,
        sample_share=0.05,
        focus=(FocusArea.LAND_TRANSFER, FocusArea.SPECIAL_FUND),
        joint_lead=UNIT.id,
        guide=(("conditions", "有地"), ("example", "见附件")),
        approved_on=date(2026, 1, 5),
    )
    form = items()
    assert form.made(form.texts(whole), whole) == whole


def test_a_legal_limit_may_be_named_by_its_code(tmp_path: Path) -> None:
    legal = named_limits(read_limits(assets.limit_file()))
    form = item_form(assets.register_file("service_item"), REGION, ListPlace.POWER, [UNIT], legal)
    header = "事项编码,事项名称,实施机关,法定时限"
    (item,) = read_register(text_file(tmp_path, header, "1,许可,住建局,ll-01"), form, []).changed
    assert item.statutory_limit == Limit(20, LimitUnit.WORKING_DAY)


def test_persons_the_roster_and_leave_are_tables_too(tmp_path: Path) -> None:
    plan = hall_plan()
    window, unit = plan.windows[0], plan.units[0]
    persons = person_form(assets.register_file("person"), REGION, plan.units)
    people = text_file(
        tmp_path, "姓名,所属单位,工号,人员类别,党员", f"林敏,{unit.short_name},0012,聘用,是"
    )
    (person,) = read_register(people, persons, []).changed
    assert (person.staff_type, person.party_member) == (StaffType.CONTRACT, True)
    roster = roster_form(assets.register_file("roster_entry"), plan.hall.id, plan.windows)
    table = text_file(
        tmp_path, "日期,窗口号,班次,值班人员", f"2026-11-24,{window.number},上午,林敏",
        "2026-11-24,777,上午,林敏", name="排班.csv",
    )  # fmt: skip
    read = read_register(table, roster, [])
    assert [each.reason for each in read.complaints] == [Reason.NO_SUCH_WINDOW]
    assert on_roster(read.changed, date(2026, 11, 24), time(10)) == ("林敏",)
    assert on_roster(read.changed, date(2026, 11, 24), time(14)) == ()
    leave = leave_form(assets.register_file("excuse"), plan.hall.id, plan.windows, UserId("u"))
    row = f"{window.number},请假,2026-11-24 09:00,2026-11-24 {{}},病假,赵科"
    absent = text_file(
        tmp_path, "窗口号,类别,开始时间,结束时间,事由,批准人", row.format("11:30"),
        row.format("08:30"), name="请假.csv",
    )  # fmt: skip
    read_leave = read_register(absent, leave, [])
    assert [each.reason for each in read_leave.complaints] == [Reason.ENDS_BEFORE_START]
    (excuse,) = read_leave.changed
    assert leave.texts(excuse)["started_at"] == "2026-11-24 09:00"
    assert read_register(absent, leave, [excuse]).changed == ()
