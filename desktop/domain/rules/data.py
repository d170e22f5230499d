"""Quality of what was reported (R-DAT, R-CASE-11): missing, late, back-dated, never sent."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.organisation import Unit
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import NONE, CaseFile, CaseRule, Hit, Hits, Part, Values


def fields_missing(file: CaseFile, _: Values) -> Hits:
    """R-DAT-01: a case lacks what every case must have."""
    case = file.case
    missing = [
        name
        for name, value in (
            ("case.case_no", case.case_no),
            ("case.item_code", case.item_code),
            ("case.unit_id", case.unit_id),
            ("case.received_at", case.received_at or case.accepted_at),
        )
        if not value
    ]
    return (Hit({"missing": missing}),) if missing else NONE


def keyed_in_late(file: CaseFile, values: Values) -> Hits:
    """R-DAT-04: keyed in long after it happened; an outage on record excuses it."""
    hits, day = [], file.scene.calendar.day
    for event in file.events:
        recorded = event.recorded_at
        if recorded is None or recorded - event.at < timedelta(days=1):
            continue
        over = [each.ended_at for each in file.scene.outages if each.covers(event.at)]
        since = max([event.at, *over])
        gap = file.working_days(day(since), day(recorded))
        if gap > values["gap_wd"]:
            facts = {"step": event.step or event.kind.value, "at": event.at, "gap": gap}
            part = f"{event.step or event.kind.value}/{event.at.isoformat()}"
            hits.append(Hit({**facts, "recorded": recorded}, part=part))
    return hits


class Batch(NamedTuple):
    """What one unit sent for one period of a collection duty, and what it should have.

    Attributes:
        name: what it is called; its id where it has no name.
        due: last day; None where there is no duty.
        reported: cases in the batch.
        elsewhere: cases by queue tickets or receipts; None where nobody counted.
        external: cases in the unit's own register that never ran through the system.
        never_sent: agreed data items without a row, and in how many periods running.
        sound: whether hash, signature and sequence of the package were right.
    """

    batch_id: str
    unit_id: str
    received: date | None
    today: date
    due: date | None = None
    reported: int = 0
    elsewhere: int | None = None
    external: int | None = None
    never_sent: Mapping[str, int] = {}
    sound: bool = True
    name: str = ""


class BatchRule(NamedTuple):
    """A rule over what a unit sent."""

    rule_id: str
    judge: Callable[[Batch, Values, WorkingCalendar], Hits]


def late_batch(batch: Batch, values: Values, calendar: WorkingCalendar) -> Hits:
    """R-DAT-02: a batch came after its day, or did not come."""
    end = batch.received or batch.today
    if batch.due is None or end <= batch.due:
        return NONE
    late = calendar.count(batch.due, end)
    level = 1 if late >= values["warn_wd"] else 0
    facts = {"batch": _called(batch), "due": batch.due, "end": end, "late": late}
    return (Hit(facts, level, unit=batch.unit_id),)


def fewer_than_counted(batch: Batch, values: Values, _: WorkingCalendar) -> Hits:
    """R-DAT-03: fewer or more cases than tickets and receipts show."""
    if batch.elsewhere is None:
        return NONE
    apart = abs(batch.elsewhere - batch.reported) / max(batch.elsewhere, 1)
    if apart * 100 <= values["percent"]:
        return NONE
    facts = {
        "batch": _called(batch),
        "reported": batch.reported,
        "counted": batch.elsewhere,
        "share": apart,
    }
    return (Hit(facts, unit=batch.unit_id),)


def outside_the_system(batch: Batch, _: Values, __: WorkingCalendar) -> Hits:
    """R-CASE-11: cases were handled outside the system (体外循环)."""
    if not batch.external:
        return NONE
    facts = {"batch": _called(batch), "cases": batch.external}
    return (Hit(facts, unit=batch.unit_id),)


def never_reported(batch: Batch, values: Values, _: WorkingCalendar) -> Hits:
    """R-DAT-05: an agreed item has not come for so many periods."""
    names = sorted(
        name for name, periods in batch.never_sent.items() if periods >= values["periods"]
    )
    return (Hit({"items": names}, unit=batch.unit_id),) if names else NONE


def unsound_package(batch: Batch, _: Values, __: WorkingCalendar) -> Hits:
    """R-DAT-07: hash, signature or sequence of an exchange package is wrong."""
    return NONE if batch.sound else (Hit({"batch": batch.batch_id}, unit=batch.unit_id),)


def _called(batch: Batch) -> str:
    return batch.name or batch.batch_id


def nobody_to_call(unit: Unit) -> Hits:
    """R-DAT-06: an active unit without a liaison."""
    if unit.liaison.strip() or not unit.active:
        return NONE
    return (Hit({"name": unit.name}, unit=unit.id),)


CASE_RULES = (
    CaseRule("R-DAT-01", fields_missing, frozenset({Input.ITEM_CODE, Input.UNIT, Input.RECEIVED})),
    CaseRule("R-DAT-04", keyed_in_late, frozenset({Input.RECORDED}), Part.EVENTS),
)

BATCH_RULES = (
    BatchRule("R-DAT-02", late_batch),
    BatchRule("R-DAT-03", fewer_than_counted),
    BatchRule("R-DAT-05", never_reported),
    BatchRule("R-DAT-07", unsound_package),
    BatchRule("R-CASE-11", outside_the_system),
)
