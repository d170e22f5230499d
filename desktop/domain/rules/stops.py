"""Clock stops (R-STP): without basis, too long, at a suspicious moment, never ended."""

from datetime import date

from desktop.domain.approvals import CaseBundle, ClockStop
from desktop.domain.clocks import read_clocks
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import NONE, CaseFile, CaseRule, Hit, Hits, Part, Values
from desktop.domain.stops import fault_of_stop


def baseless(file: CaseFile, _: Values) -> Hits:
    """R-STP-01: the reason is not on the item's list, or nobody was told in writing.

    Of an item without a list nothing is known.
    """
    if file.item is None:
        return NONE
    hits = []
    for stop in file.stops:
        fault = fault_of_stop(stop, file.item)
        if fault:
            facts = {"kind": stop.kind.value, "from": stop.started_at, "why": fault.value}
            hits.append(Hit(facts, part=_part(stop)))
    return hits


def too_long(file: CaseFile, values: Values) -> Hits:
    """R-STP-02: a special procedure took longer than the list allows."""
    hits = []
    for stop in file.stops:
        entry = file.item.special(stop.kind) if file.item else None
        if entry is None or not entry.max_wd:
            continue
        day = file.scene.calendar.day
        spent = file.working_days(day(stop.started_at), day(stop.ended_at or file.scene.now))
        if spent > entry.max_wd:
            level = 2 if spent * 100 >= values["yellow_percent"] * entry.max_wd else 1
            facts = {"kind": stop.kind.value, "spent": spent, "max": entry.max_wd}
            hits.append(Hit(facts, level, _part(stop)))
    return hits


def just_before_due(file: CaseFile, values: Values) -> Hits:
    """R-STP-03: the clock was stopped when next to nothing was left of it."""
    hits = []
    for stop in file.stops:
        due = _due_without(file, stop)
        day = file.scene.calendar.day(stop.started_at)
        if due is None or day > due:
            continue
        remaining = file.working_days(day, due)
        if remaining <= values["left_wd"]:
            facts = {"from": stop.started_at, "due": due, "remaining": remaining}
            hits.append(Hit(facts, part=_part(stop)))
    return hits


def often(file: CaseFile, values: Values) -> Hits:
    """R-STP-04: one case stopped again and again."""
    count = len(file.stops)
    return (Hit({"stops": count}),) if count >= values["stops"] else NONE


def keyed_in_afterwards(file: CaseFile, _: Values) -> Hits:
    """R-STP-05: entered when the limit had run out; a lie where it is said to begin before."""
    hits = []
    for stop in file.stops:
        due, day = _due_without(file, stop), file.scene.calendar.day
        recorded = stop.recorded_at or stop.started_at
        if due is None or day(recorded) <= due:
            continue
        level = 3 if day(stop.started_at) <= due else 1
        facts = {"from": stop.started_at, "recorded": recorded, "due": due}
        hits.append(Hit(facts, level, _part(stop)))
    return hits


def not_resumed(file: CaseFile, values: Values) -> Hits:
    """R-STP-06: the result is there and the clock still stands."""
    hits = []
    for stop in file.stops:
        if stop.result_at is None:
            continue
        day = file.scene.calendar.day
        end = stop.ended_at or file.case.closed_at or file.scene.now
        waited = file.working_days(day(stop.result_at), day(end))
        if waited > values["resume_wd"]:
            facts = {"kind": stop.kind.value, "result": stop.result_at, "waited": waited}
            hits.append(Hit(facts, part=_part(stop)))
    return hits


def _due_without(file: CaseFile, stop: ClockStop) -> date | None:
    """Give the due date as it would be without a stop and without those that began later."""
    earlier = tuple(
        each for each in file.stops if each is not stop and each.started_at <= stop.started_at
    )
    rest = CaseBundle(file.case, tuple(file.events), earlier, tuple(file.extensions))
    clocks = read_clocks(rest, file.item, file.scene)
    clock = clocks.promised or clocks.statutory
    return clock.due if clock else None


def _part(stop: ClockStop) -> str:
    return f"{stop.kind.value}/{stop.started_at.isoformat()}"


_STOPS = frozenset({Input.STOPS})
_LIMITED = frozenset({Input.STOPS, Input.ACCEPTED, Input.PROMISED})

CASE_RULES = (
    CaseRule("R-STP-01", baseless, frozenset({Input.STOPS, Input.ITEMS}), Part.STOPS),
    CaseRule("R-STP-02", too_long, frozenset({Input.STOPS, Input.ITEMS}), Part.STOPS),
    CaseRule("R-STP-03", just_before_due, _LIMITED, Part.STOPS),
    CaseRule("R-STP-04", often, _STOPS, Part.STOPS),
    CaseRule("R-STP-05", keyed_in_afterwards, _LIMITED, Part.STOPS),
    CaseRule("R-STP-06", not_resumed, _STOPS, Part.STOPS),
)
