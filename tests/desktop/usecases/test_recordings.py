"""What a review keeps: not what was seen live, not what was kept before, and no open ends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.evidence import StateSpan
from desktop.domain.findings import Finding
from desktop.domain.identifiers import new_id
from desktop.domain.roles import Role, machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.video import Sighting
from desktop.storage.store import Store
from desktop.usecases.findings import propose_finding
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.usecases.recordings import covered_s, keep_recorded, keep_recorded_spans
from tests.support.profiles import (
    CALENDAR,
    DAY,
    SetClock,
    hall_plan,
    open_store,
    person,
    sighting,
)

RULES = Catalogue(assets.rule_files())
CLOCK = SetClock(DAY + timedelta(days=3))


def at(minutes: float) -> datetime:
    return DAY + timedelta(minutes=minutes)


@pytest.fixture
def plan() -> HallPlan:
    return hall_plan()


@pytest.fixture
def store(tmp_path: Path, plan: HallPlan) -> Iterator[Store]:
    store = open_store(tmp_path, CLOCK)
    with store.act(person(Role.DATA_MGR)) as work:
        set_up_hall(work, plan)
    yield store
    store.close()


def seen(plan: HallPlan, start: float, end: float | None, **more: object) -> Sighting:
    ended = None if end is None else at(end)
    return sighting(plan, started_at=at(start), ended_at=ended, **more)


def keep(store: Store, seen: Sighting, *, until: datetime = DAY) -> Finding | None:
    with store.act(machine("device")) as work:
        tools = {"catalogue": RULES, "calendar": CALENDAR, "clock": CLOCK}
        return keep_recorded(work, seen, until=until, **tools)  # type: ignore[arg-type]


def findings(store: Store) -> tuple[Finding, ...]:
    with store.look() as reading:
        return reading.find(Finding)


def test_an_absence_is_kept_at_its_own_time_with_its_end(store: Store, plan: HallPlan) -> None:
    keep(store, seen(plan, 60, 80))
    (finding,) = findings(store)
    assert (finding.started_at, finding.ended_at) == (at(60), at(80))
    assert finding.detected_at == CLOCK.moment


def test_what_was_seen_live_is_not_found_again(store: Store, plan: HallPlan) -> None:
    with store.act(machine("device")) as work:
        propose_finding(work, seen(plan, 61, 79), catalogue=RULES, calendar=CALENDAR, clock=CLOCK)
    assert keep(store, seen(plan, 60, 80)) is None
    assert keep(store, seen(plan, 90, 110)) is not None
    assert len(findings(store)) == 2


def test_the_other_window_at_the_same_time_is_another_matter(store: Store, plan: HallPlan) -> None:
    keep(store, seen(plan, 60, 80))
    assert keep(store, seen(plan, 60, 80, window_id=plan.windows[1].id)) is not None


def test_an_absence_whose_end_was_not_recorded_lasted_as_long_as_it_was_seen(
    store: Store, plan: HallPlan
) -> None:
    keep(store, seen(plan, 60, None), until=at(77))
    (finding,) = findings(store)
    assert finding.ended_at == at(77)
    assert not finding.end_seen


def span(plan: HallPlan, start: float, end: float) -> StateSpan:
    window, camera = plan.windows[0], plan.cameras[0]
    return StateSpan(
        new_id(), plan.hall.id, window.id, camera.id, "READY", "NONE", at(start), at(end)
    )


def kept_spans(store: Store) -> list[tuple[float, float]]:
    with store.look() as reading:
        spans = reading.find(StateSpan)
    return sorted(
        ((s.started_at - DAY).total_seconds() / 60, (s.ended_at - DAY).total_seconds() / 60)
        for s in spans
    )


def test_time_that_was_watched_before_is_not_kept_twice(store: Store, plan: HallPlan) -> None:
    for spans in ([span(plan, 10, 20)], [span(plan, 0, 15), span(plan, 15, 30)]):
        with store.act(machine("device")) as work:
            keep_recorded_spans(work, spans)
    assert kept_spans(store) == [(0, 10), (10, 20), (20, 30)]
    other = replace(span(plan, 0, 30), window_id=plan.windows[1].id)
    with store.act(machine("device")) as work:
        keep_recorded_spans(work, [other])
    assert len(kept_spans(store)) == 4


def test_covered_time_is_summed() -> None:
    stretches = [(at(0), at(10)), (at(20), at(30))]
    assert covered_s(stretches, at(5), at(25)) == 600.0
    assert covered_s(stretches, at(12), at(18)) == 0.0
