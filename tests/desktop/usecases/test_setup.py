from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import time
from pathlib import Path

import pytest

from desktop.domain.errors import BadField, MissingField, NotAllowed
from desktop.domain.evidence import AuditRow
from desktop.domain.identifiers import UnitId, WindowId, new_id
from desktop.domain.organisation import Hall, HallRules, Session, Unit, Window, WindowKind
from desktop.domain.roles import Role
from desktop.storage.store import Store
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.usecases.setup import (
    RANGES,
    change_hall,
    keep_window,
    rule_fault,
    session_fault,
)
from desktop.viewmodels.setup.words import LIMITS
from tests.support.profiles import SetClock, open_store, person
from tests.support.watching import wide_plan

MORNING, AFTERNOON = Session(time(9), time(12)), Session(time(13), time(17))
KEEPER = person(Role.DATA_MGR)


@pytest.fixture
def plan() -> HallPlan:
    return wide_plan(2)


@pytest.fixture
def store(tmp_path: Path, plan: HallPlan) -> Iterator[Store]:
    with open_store(tmp_path, SetClock()) as made:
        with made.act(KEEPER) as work:
            set_up_hall(work, plan)
        yield made


@pytest.mark.parametrize(
    ("sessions", "fault"),
    [
        ((MORNING, AFTERNOON), None),
        ((Session(time(12), time(9)),), Session(time(12), time(9))),  # ends before it begins
        ((MORNING, Session(time(11), time(17))), Session(time(11), time(17))),  # overlaps
        ((MORNING, Session(time(12), time(17))), None),  # no lunch at all is allowed
    ],
)
def test_sessions_follow_one_another(sessions: tuple[Session, ...], fault: Session | None) -> None:
    assert session_fault(sessions) == fault


def test_every_parameter_has_a_range_that_holds_its_default() -> None:
    assert set(RANGES) == set(LIMITS) == {each.name for each in fields(HallRules)}
    assert not rule_fault(HallRules())
    assert rule_fault(HallRules(absence_s=5.0)) == "absence_s"


def test_a_hall_is_changed_by_its_keeper_and_it_is_written_down(
    store: Store, plan: HallPlan
) -> None:
    changed = replace(plan.hall, name="另一个大厅", sessions=(MORNING,))
    with store.act(KEEPER) as work:
        change_hall(work, changed)
    with store.look() as reading:
        assert reading.get(Hall, plan.hall.id) == changed
        assert reading.find(AuditRow)[-1].action == "hall.change"
    with pytest.raises(NotAllowed), store.act(person(Role.SUPERVISOR)) as work:
        change_hall(work, plan.hall)


@pytest.mark.parametrize(
    "change",
    [
        {"sessions": ()},
        {"sessions": (Session(time(12), time(9)),)},
        {"rules": HallRules(absence_s=1.0)},
    ],
)
def test_a_hall_that_could_not_work_is_refused(
    store: Store, plan: HallPlan, change: dict[str, object]
) -> None:
    bad = replace(plan.hall, **change)  # type: ignore[arg-type]
    with pytest.raises((BadField, MissingField)), store.act(KEEPER) as work:
        change_hall(work, bad)


def test_a_window_brings_its_unit_and_no_number_stands_twice(store: Store, plan: HallPlan) -> None:
    new = Window(
        WindowId(new_id()), plan.hall.id, "88", "综合", UnitId(""), kind=WindowKind.GENERAL
    )
    with store.act(KEEPER) as work:
        first = keep_window(work, new, "某县医保局")
    with store.act(KEEPER) as work:
        second = keep_window(work, replace(new, name="综合受理"), "某县医保局")
    with store.look() as reading:
        assert [u.name for u in reading.find(Unit)].count("某县医保局") == 1
        assert reading.get(Window, new.id) == second
        assert first.unit_id == second.unit_id
    twin = replace(new, id=WindowId(new_id()))
    with pytest.raises(BadField), store.act(KEEPER) as work:
        keep_window(work, twin, "某县医保局")
    with pytest.raises(MissingField), store.act(KEEPER) as work:
        keep_window(work, replace(twin, number="89"), "")
