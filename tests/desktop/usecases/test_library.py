"""Legal bases with their days, and what an organ issues or only transfers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.domain.errors import (
    BadField,
    BasisCited,
    BasisNotInForce,
    LocalRuleMissing,
    NotAllowed,
    OrganMayNotIssue,
)
from desktop.domain.imports import Reason
from desktop.domain.organisation import (
    MAY_ISSUE,
    BasisPurpose,
    BasisRank,
    LegalBasis,
    Organ,
    OrganType,
)
from desktop.domain.roles import Role
from desktop.exchange.bases import read_bases
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.usecases.library import BasesTaken, change_organ, keep_basis, take_bases
from tests.desktop.usecases.test_card_line import Office
from tests.support.profiles import SetClock, hall_plan, open_store, person

KEEPER = person(Role.DATA_MGR)
TABLE = """用途,名称,条款,层级,施行日期,失效日期,文号
发牌依据,《某市效能监察办法》,第三十条,地方规定,2026年1月1日,,某政办〔2025〕40号
违反的规定,行政许可法,第四十二条,法律,2019-04-23,,
发牌依据,,第一条,地方规定,2026-01-01,,
发牌依据,旧办法,第二条,地方规定,2020/1/1,2019-12-31,
发牌依据,旧办法,第二条,省里的,2020-01-01,,
违反的规定,窗口管理办法,第五条,地方规定,去年,,
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = SetClock()
    with open_store(tmp_path, clock) as store:
        yield Office(store, clock, hall_plan())


def keep(office: Office, basis: LegalBasis, role: Role = Role.DATA_MGR) -> None:
    with office.store.act(person(role)) as work:
        keep_basis(work, basis)


def test_an_article_holds_from_its_first_day_to_its_last() -> None:
    basis = replace(hall_plan().bases[0], valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [basis.in_force(day) for day in days] == [False, True, True, False]


def test_a_card_is_refused_without_a_local_rule_in_force(office: Office) -> None:
    power = office.plan.bases[1]
    draft = office.draft(office.confirmed())
    keep(office, replace(power, rank=BasisRank.LAW))
    with pytest.raises(LocalRuleMissing):
        office.submit(draft)
    keep(office, replace(power, valid_to=date(2026, 11, 23)))
    with pytest.raises(BasisNotInForce):
        office.submit(draft)
    keep(office, power)
    office.submit(draft)


def test_a_basis_that_ends_between_check_and_signature_is_refused_at_the_signature(
    office: Office,
) -> None:
    card = office.submit(office.draft(office.confirmed()))
    office.check(card, office.legal)
    keep(office, replace(office.plan.bases[1], valid_to=date(2026, 11, 23)))
    with pytest.raises(BasisNotInForce):
        office.sign(card, office.deputy)


def test_an_article_that_a_signed_card_cites_keeps_its_words_and_may_end(office: Office) -> None:
    office.signed()
    power = office.plan.bases[1]
    with pytest.raises(BasisCited):
        keep(office, replace(power, article="第二十二条"))
    keep(office, replace(power, valid_to=date(2026, 12, 31)))


def test_an_article_does_not_end_before_it_begins(office: Office) -> None:
    power = office.plan.bases[1]
    with pytest.raises(BadField):
        keep(office, replace(power, valid_to=date(2019, 12, 31)))
    with pytest.raises(NotAllowed):
        keep(office, replace(power, title="别的办法"), Role.SUPERVISOR)


def test_a_table_of_articles_is_taken_in_once_and_its_bad_rows_are_told(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "依据.csv"
    path.write_text(TABLE, "utf-8")
    file = read_bases(path)
    assert [(each.row, each.column, each.reason) for each in file.complaints] == [
        (4, "名称", Reason.NO_VALUE),
        (5, "失效日期", Reason.ENDS_BEFORE_START),
        (6, "层级", Reason.UNKNOWN_CODE),
        (7, "施行日期", Reason.BAD_TIME),
    ]
    region = office.plan.hall.region_id
    with office.store.act(KEEPER) as work:
        assert take_bases(work, region, file.bases) == BasesTaken(2, 0, 0)
    ended = replace(file.bases[0], valid_to=date(2027, 12, 31))
    with office.store.act(KEEPER) as work:
        assert take_bases(work, region, (ended, file.bases[1])) == BasesTaken(0, 1, 1)
    with office.store.look() as reading:
        (rule,) = reading.find(LegalBasis, article="第三十条")
    assert (rule.title, rule.purpose, rule.rank) == (
        "某市效能监察办法", BasisPurpose.CARD, BasisRank.LOCAL_RULE,
    )  # fmt: skip
    assert (rule.valid_from, rule.valid_to) == (date(2026, 1, 1), date(2027, 12, 31))


def test_a_workbook_is_read_as_the_same_table(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["用途", "名称", "条款", "施行日期"])
    sheet.append(["发牌依据", "某市效能监察办法", "第三十条", "2026-01-01"])
    path = tmp_path / "bases.xlsx"
    book.save(path)
    (basis,) = read_bases(path).bases
    assert basis.rank is BasisRank.LOCAL_RULE
    assert basis.valid_to is None


def test_a_table_without_a_column_names_it(tmp_path: Path) -> None:
    path = tmp_path / "依据.csv"
    path.write_text("用途,名称\n发牌依据,办法\n", "utf-8")
    with pytest.raises(ExchangeError) as told:
        read_bases(path)
    assert (told.value.trouble, told.value.column) == (ExchangeTrouble.MISSING_COLUMN, "条款")


@pytest.mark.parametrize("kind", OrganType)
def test_what_an_organ_does_not_issue_it_only_transfers(kind: OrganType) -> None:
    organ = hall_plan(organ_type=kind).organ
    assert not set(organ.only_transfers) & MAY_ISSUE[kind]
    assert ("T06" in organ.only_transfers) == (kind is not OrganType.DISCIPLINE_SUPERVISION)
    assert "T10" not in organ.only_transfers


def test_a_paper_that_is_papers_off_is_not_issued(office: Office) -> None:
    organ = office.plan.organ
    card = office.draft(office.confirmed())
    with office.store.act(KEEPER) as work:
        change_organ(work, replace(organ, papers_off=("T02",)))
    with pytest.raises(OrganMayNotIssue):
        office.submit(card)
    with office.store.look() as reading:
        assert "T02" in reading.get(Organ, organ.id).only_transfers
    with pytest.raises(BadField), office.store.act(KEEPER) as work:
        change_organ(work, replace(organ, papers_off=("T06",)))
