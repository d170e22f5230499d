"""Records that last: those of a day are found without reading all days."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import new_id
from desktop.domain.roles import Role, machine
from desktop.storage import records
from desktop.storage.store import Store
from desktop.usecases.organisation import HallPlan, keep_spans, set_up_hall
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person

MINUTE = timedelta(minutes=1)


@pytest.fixture
def plan() -> HallPlan:
    return hall_plan()


@pytest.fixture
def store(tmp_path: Path, plan: HallPlan) -> Iterator[Store]:
    with open_store(tmp_path, SetClock()) as store:
        with store.act(person(Role.DATA_MGR)) as work:
            set_up_hall(work, plan)
        yield store


def keep(store: Store, plan: HallPlan, *minutes: tuple[float, float]) -> None:
    spans = [
        StateSpan(
            new_id(), plan.hall.id, plan.windows[0].id, plan.cameras[0].id, "READY", "NONE",
            DAY + first * MINUTE, DAY + last * MINUTE,
        )
        for first, last in minutes
    ]  # fmt: skip
    with store.act(machine("device")) as work:
        keep_spans(work, spans)


def test_records_that_meet_the_span_are_found_as_they_began(store: Store, plan: HallPlan) -> None:
    keep(store, plan, (20, 30), (-5, 3), (0, 10), (12, 12.5))
    with store.look() as reading:
        found = reading.lasting(StateSpan, DAY + 2 * MINUTE, DAY + 13 * MINUTE)
    assert [(span.started_at - DAY) / MINUTE for span in found] == [-5, 0, 12]


def test_one_that_only_touches_the_span_is_not_in_it(store: Store, plan: HallPlan) -> None:
    keep(store, plan, (0, 10), (20, 30))
    with store.look() as reading:
        assert not reading.lasting(StateSpan, DAY + 10 * MINUTE, DAY + 20 * MINUTE)


def test_a_day_is_found_by_its_index_and_not_by_reading_all(store: Store, plan: HallPlan) -> None:
    keep(store, plan, (0, 10))
    with store.read() as connection:
        rows = records.select_lasting(connection, "state_span", "2026", "2027")
        with pytest.raises(OperationalError, match="no such index"):
            records.select_lasting(connection, "audit", "2026", "2027")
    assert len(rows) == 1
