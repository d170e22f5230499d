"""Approvals for the demonstration: some weeks up to now, as its departments would hand them in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import cycle
from typing import cast

from desktop import assets
from desktop.assembly.demonstration import Stagehand
from desktop.assembly.imports import DeskWaiting
from desktop.assembly.program import Program
from desktop.domain.approvals import CaseBundle
from desktop.domain.calendar import HALL_TIME, read_calendar
from desktop.domain.demonstration.cases import make_cases
from desktop.domain.demonstration.stage import Stage, read_stage
from desktop.domain.identifiers import CaseId, Digest, WindowId
from desktop.domain.imports import Taken
from desktop.domain.organisation import Hall, Unit, Window
from desktop.domain.roles import Actor, Role
from desktop.usecases.importing import Origin, gather_import, settle_import

_LASTS = timedelta(days=70)


def add_sample_cases(program: Program, hall: Hall) -> None:
    """Take them into the store as the data manager of the demonstration; blocks."""
    Stagehand(program).enter(Role.DATA_MGR)
    actor = program.door.actor
    assert actor is not None  # signed in just now
    take_sample_cases(program, hall, actor)


def take_sample_cases(program: Program, hall: Hall, actor: Actor) -> None:
    """Take them into the store in somebody's name; blocks."""
    units, windows = program.desk.look(
        lambda reading: (reading.find(Unit), reading.find(Window, hall_id=hall.id))
    ).result()
    stage = _stage_until(program.clock.now())
    content = assets.demonstration_quarter()
    bundles, _ = make_cases(stage, cast(int, content["cases"]), cast(int, content["seed"]))
    name = f"示范办件 {stage.days[-1].isoformat()}"
    origin = Origin(hall.id, name, Digest(sha256(name.encode()).hexdigest()), "sample", "1")
    batch = gather_import(
        (Taken(bundle) for bundle in _at_home(stage, bundles, hall, units, windows)),
        origin,
        DeskWaiting(program.desk, {}),
        by=actor.user_id,
        clock=program.clock,
    )
    program.desk.act(actor, lambda work: settle_import(work, batch)).result()


def _stage_until(now: datetime) -> Stage:
    last = now.astimezone(HALL_TIME).date()
    content: Mapping[str, object] = {
        **assets.demonstration_quarter(), "first": last - _LASTS, "last": last,
    }  # fmt: skip
    return read_stage(content, read_calendar(assets.calendar_files()))


def _at_home(
    stage: Stage,
    bundles: Sequence[CaseBundle],
    hall: Hall,
    units: Sequence[Unit],
    windows: Sequence[Window],
) -> Iterator[CaseBundle]:
    """Give the cases of units that the hall has too, at the hall's own windows in turn."""
    named = {unit.id: unit.name for unit in stage.units}
    here = {unit.name: unit for unit in units}
    counters = {
        unit.id: cycle([window.id for window in windows if window.unit_id == unit.id])
        for unit in units
    }
    for bundle in bundles:
        unit = here.get(named[bundle.case.unit_id])
        if unit:
            case = bundle.case._replace(
                id=CaseId(""),
                hall_id=hall.id,
                unit_id=unit.id,
                window_id=next(counters[unit.id], WindowId("")),
            )
            yield bundle._replace(case=case)
