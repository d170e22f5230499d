"""What happens to a case over its life: who held it, when its dates move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.approvals import ApprovalCase, CaseBundle, EventKind
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.clocks import Reading, Scene, read_clocks
from desktop.domain.identifiers import UnitId
from desktop.domain.items import ServiceItem
from desktop.domain.organisation import Unit


def with_limits_of(case: ApprovalCase, item: ServiceItem) -> ApprovalCase:
    """Snapshot the item's limits into a case whose source told none; a later change of the item
    does not reach it any more."""
    return case._replace(
        promised_limit=case.promised_limit or item.promised_limit,
        statutory_limit=case.statutory_limit or item.statutory_limit,
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """The time for which one unit had a case; the clock of the whole never starts anew.

    Attributes:
        mistaken: it was sent there wrongly and passed on within a working day with a reason.
    """

    unit_id: UnitId
    since: datetime
    until: datetime | None
    used_wd: int
    mistaken: bool = False


def holdings(bundle: CaseBundle, scene: Scene) -> tuple[Holding, ...]:
    """Give who held a case and for how long, by its transfers (转办); none before acceptance.

    The case names the unit that had it first, a transfer the one that takes over as its detail
    `unit`. Windows of one unit pass a case among themselves without a transfer.
    """
    case, held = bundle.case, list[Holding]()
    since, unit_id = case.start_at, case.unit_id
    if since is None:
        return ()
    day, count = scene.calendar.day, scene.calendar.count
    moves = (event for event in bundle.events if event.kind is EventKind.TRANSFER)
    for move in sorted(moves, key=lambda event: event.at):
        used = count(day(since), day(move.at))
        mistaken = not held and used <= 1 and bool(move.opinion.strip())
        held.append(Holding(unit_id, since, move.at, used, mistaken))
        since, unit_id = move.at, UnitId(str(move.detail.get("unit", unit_id)))
    used = count(day(since), day(case.closed_at or scene.now))
    return (*held, Holding(unit_id, since, case.closed_at, used))


def holder_on(holdings_of_case: Iterable[Holding], due: date, calendar: WorkingCalendar) -> UnitId:
    """Give the unit that held a case when its due date ran out: the overrun is its own."""
    held = tuple(holdings_of_case)
    inside = (each for each in held if each.until is None or calendar.day(each.until) > due)
    return next(inside, held[-1]).unit_id


@dataclass(frozen=True, slots=True)
class DueChange:
    """A due date that a new notice or order moved; the old one stays in the case's history."""

    case_no: str
    promised: tuple[date | None, date | None]
    statutory: tuple[date | None, date | None]
    calendar_version: str


def moved_due(
    bundle: CaseBundle, item: ServiceItem | None, before: Scene, after: Scene
) -> DueChange | None:
    """Tell whether another calendar moves the due dates of an open case; closed ones stay."""
    if bundle.case.closed_at is not None:
        return None
    old, new = read_clocks(bundle, item, before), read_clocks(bundle, item, after)
    promised = (_due(old.promised), _due(new.promised))
    statutory = (_due(old.statutory), _due(new.statutory))
    if promised[0] == promised[1] and statutory[0] == statutory[1]:
        return None
    return DueChange(bundle.case.case_no, promised, statutory, after.calendar.version)


def _due(clock: Reading | None) -> date | None:
    return clock.due if clock else None


def heirs_of(units: Iterable[Unit]) -> Mapping[UnitId, UnitId]:
    """Give which unit took which over."""
    return {unit.id: unit.merged_into for unit in units if unit.merged_into}


def heir_of(unit_id: UnitId, merged_into: Mapping[UnitId, UnitId]) -> UnitId:
    """Give the unit that inherited from a merged or abolished one, however often that happened."""
    seen = {unit_id}
    while (heir := merged_into.get(unit_id)) and heir not in seen:
        seen.add(heir)
        unit_id = heir
    return unit_id
