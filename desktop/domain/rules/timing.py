"""Time limits (R-TIM): near, over, late steps, late answers, late hand-over."""

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.approvals import CaseBundle, CaseEvent, ClockStop, Decision, EventKind
from desktop.domain.case_life import Holding, holder_on, holdings
from desktop.domain.clocks import Reading, deemed_since
from desktop.domain.items import LimitUnit, SpecialKind
from desktop.domain.procedures import Straying
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import NONE, CaseFile, CaseRule, Facts, Hit, Hits, Part, Values
from desktop.domain.rules.naming import title_of
from desktop.domain.stops import ExtensionFault, fault_of_extension


def near_promise(file: CaseFile, _: Values) -> Hits:
    """R-TIM-01: the promise is nearly used up and nothing holds the clock."""
    clock = file.clocks.promised
    if clock is None or clock.overdue or clock.standing or file.case.closed_at:
        return NONE
    if clock.remaining > file.scene.rules.warn_at(clock.limit):
        return NONE
    facts = {"due": clock.due, "remaining": clock.remaining, "today": file.scene.today}
    return (Hit(facts, provisional=clock.provisional),)


def over_promise(file: CaseFile, values: Values) -> Hits:
    """R-TIM-02 and R-TIM-03: over the promise by so many days."""
    clock = file.clocks.promised
    return NONE if clock is None or not clock.overdue else _over(file, clock, values)


def over_law(file: CaseFile, values: Values) -> Hits:
    """R-TIM-04 and R-TIM-05: over the legal limit by so many days."""
    clock = file.clocks.statutory
    return NONE if clock is None or not clock.overdue else _over(file, clock, values)


def late_step(file: CaseFile, values: Values) -> Hits:
    """R-TIM-06: a step took too long although the case is not overdue."""
    clock = file.clocks.promised or file.clocks.statutory
    if clock and clock.overdue:
        return NONE
    hits = []
    for stray in file.strays:
        if stray.kind is Straying.LATE:
            facts: Facts = {
                "step": title_of(file.flow, stray.node),
                "end": stray.at,
                "over": stray.times - stray.allowed,
                "allowed": stray.allowed,
                "unit": stray.unit.value if stray.unit else "",
            }
            level = 2 if stray.times >= values["double"] * stray.allowed else 1
            hits.append(Hit(facts, level, stray.node, _holding(file, stray.at or file.scene.now)))
    return hits


def step_after_its_deadline(file: CaseFile, _: Values) -> Hits:
    """R-TIM-06 where the log gives each step a deadline of its own: an instant."""
    hits = []
    for event in file.events:
        if event.due_at is not None and is_late(event, file):
            end = event.done_at or file.scene.now
            over = max(_days(file, event.due_at, end), 1)
            facts = {"step": event.step, "end": end, "over": over, "due": event.due_at}
            part = f"{event.step}/{event.at.isoformat()}"
            hits.append(Hit(facts, 1, part, _holding(file, event.at)))
    return hits


def is_late(event: CaseEvent, file: CaseFile) -> bool:
    """Tell whether a step ended after its deadline; an unfinished one of an open case, by now."""
    if event.due_at is None:
        return False
    if event.done_at is not None:
        return event.done_at > event.due_at
    return file.case.closed_at is None and file.scene.now > event.due_at


def slow_instant(file: CaseFile, values: Values) -> Hits:
    """R-TIM-07: what is done on the spot took longer than the minutes of the item."""
    case, opening = file.case, file.scene.opening
    instant = (file.item is not None and file.item.instant) or (
        case.promised_limit is not None and case.promised_limit.amount == 0
    )
    if not instant or case.accepted_at is None or opening is None:
        return NONE
    end = case.closed_at or file.scene.now
    minutes = opening.minutes(case.accepted_at, end)
    if minutes <= values["instant_min"]:
        return NONE
    same_day = file.scene.calendar.day(case.accepted_at) == file.scene.calendar.day(end)
    facts = {"accepted": case.accepted_at, "end": end, "minutes": minutes}
    return (Hit(facts, 1 if same_day else 2),)


def silent_on_what_is_missing(file: CaseFile, values: Values) -> Hits:
    """R-TIM-08: nobody said in time what is missing; the case counts as accepted on receipt."""
    if not file.clocks.deemed:
        return NONE
    since = deemed_since(CaseBundle(file.case, tuple(file.events)), file.scene)
    received = since or file.case.received_at
    return (Hit({"received": received, "limit": int(values["limit_wd"])}),) if received else NONE


def told_piecemeal(file: CaseFile, values: Values) -> Hits:
    """R-TIM-09: several notices asked for different material (一次性告知)."""
    notices = file.of(EventKind.CORRECTION_NOTICE)
    if len(notices) < values["notices"]:
        return NONE
    asked = {str(each.detail.get("material") or each.opinion) for each in notices}
    if len(asked) < values["notices"]:
        return NONE
    return (Hit({"notices": len(notices), "last": notices[-1].at}),)


def late_delivery(file: CaseFile, values: Values) -> Hits:
    """R-TIM-10: the certificate was not handed over in time; a documented notice to fetch it is."""
    case = file.case
    if case.decision is not Decision.GRANT or case.decided_at is None:
        return NONE
    known = [moment for moment in (case.delivered_at, case.delivery_notice_at) if moment]
    end = min(known, default=file.scene.now)
    spent = _days(file, case.decided_at, end)
    if spent <= values["limit_wd"]:
        return NONE
    return (Hit({"decided": case.decided_at, "end": end, "spent": spent}),)


def late_report_up(file: CaseFile, values: Values) -> Hits:
    """R-TIM-11: the first review went up too late."""
    case = file.case
    if case.accepted_at is None or case.reported_up_at is None:
        return NONE
    limit, promised = int(values["limit_wd"]), case.promised_limit
    if promised and promised.unit is LimitUnit.WORKING_DAY:
        limit = min(limit, promised.amount)
    spent = _days(file, case.accepted_at, case.reported_up_at)
    if spent <= limit:
        return NONE
    return (Hit({"reported": case.reported_up_at, "spent": spent, "limit": limit}),)


def faulty_extension(file: CaseFile, _: Values) -> Hits:
    """R-TIM-12: an extension that does not count."""
    rules = file.scene.rules.extension
    late = {
        day
        for clock in (file.clocks.promised, file.clocks.statutory)
        if clock
        for day in clock.extended_late
    }
    hits = []
    for number, each in enumerate(file.extensions):
        fault = fault_of_extension(each, rules)
        if fault is None and file.scene.calendar.day(each.approved_at) in late:
            fault = ExtensionFault.LATE
        if fault is None and number:
            fault = ExtensionFault.SECOND
        if fault:
            facts = {"approved": each.approved_at, "amount": each.amount, "why": fault.value}
            hits.append(Hit(facts, part=str(number)))
    return hits


def inspectors_sent_late(file: CaseFile, values: Values) -> Hits:
    """R-TIM-14: nobody was sent to inspect in time, or too few."""
    start = file.case.start_at
    hits = []
    for stop in file.stops:
        if start is None or stop.kind not in _INSPECTIONS:
            continue
        waited = _days(file, start, stop.started_at)
        few = stop.persons is not None and stop.persons < values["persons"]
        if waited > values["limit_wd"] or few:
            facts = {"sent": stop.started_at, "waited": waited, "persons": stop.persons}
            hits.append(Hit(facts, part=_part(stop)))
    return hits


_INSPECTIONS = frozenset({SpecialKind.INSPECTION, SpecialKind.TESTING, SpecialKind.QUARANTINE})


def late_hearing(file: CaseFile, values: Values) -> Hits:
    """R-TIM-15: a hearing was held too late, or announced too shortly before."""
    hits = []
    for stop in file.stops:
        if stop.kind is not SpecialKind.HEARING or stop.requested_at is None:
            continue
        waited = _days(file, stop.requested_at, stop.held_at or file.scene.now)
        notice = None
        if stop.notice_at and stop.held_at:
            notice = _days(file, stop.notice_at, stop.held_at)
        short = notice is not None and notice < values["notice_wd"]
        if waited > values["limit_wd"] or short:
            facts = {"requested": stop.requested_at, "waited": waited, "notice": notice}
            hits.append(Hit(facts, part=_part(stop)))
    return hits


def renewal_undecided(file: CaseFile, _: Values) -> Hits:
    """R-TIM-16: no decision before the permit ended; it counts as renewed (视为准予延续)."""
    case = file.case
    if case.expires_on is None:
        return NONE
    end = file.scene.calendar.day(case.decided_at) if case.decided_at else file.scene.today
    return (Hit({"expires": case.expires_on, "end": end}),) if end > case.expires_on else NONE


def _over(file: CaseFile, clock: Reading, values: Values) -> Hits:
    if not values["from"] <= clock.overdue <= values.get("to", clock.overdue):
        return NONE
    facts = {
        "due": clock.due_at or clock.due,
        "end": file.case.closed_at or file.scene.now,
        "overdue": clock.overdue,
        "unit": (clock.limit.unit if clock.limit else LimitUnit.WORKING_DAY).value,
        "excluded": clock.excluded,
        "extended": clock.extended,
        "used": clock.used,
        "calendar": file.scene.calendar.version,
    }
    return (Hit(facts, unit=_answering(file, clock), provisional=clock.provisional),)


def _answering(file: CaseFile, clock: Reading) -> str:
    """Name the unit that held the case when the limit ran out, where it was passed on (7.4)."""
    held = _held(file)
    return holder_on(held, clock.due, file.scene.calendar) if held else ""


def _holding(file: CaseFile, when: datetime) -> str:
    """Name the unit whose step it was then, where the case was passed on."""
    held = _held(file)
    return next((each.unit_id for each in held if each.until is None or each.until >= when), "")


def _held(file: CaseFile) -> Sequence[Holding]:
    """Give who held a case that was passed on; nobody else has to be named."""
    if not any(event.kind is EventKind.TRANSFER for event in file.events):
        return ()
    return holdings(CaseBundle(file.case, tuple(file.events)), file.scene)


def _days(file: CaseFile, start: datetime, end: datetime) -> int:
    day = file.scene.calendar.day
    return file.working_days(day(start), day(end))


def _part(stop: ClockStop) -> str:
    return f"{stop.kind.value}/{stop.started_at.isoformat()}"


CASE_RULES = (
    CaseRule("R-TIM-01", near_promise, frozenset({Input.PROMISED})),
    CaseRule("R-TIM-02", over_promise, frozenset({Input.PROMISED})),
    CaseRule("R-TIM-03", over_promise, frozenset({Input.PROMISED})),
    CaseRule("R-TIM-04", over_law, frozenset({Input.STATUTORY})),
    CaseRule("R-TIM-05", over_law, frozenset({Input.STATUTORY})),
    CaseRule("R-TIM-06", late_step, frozenset({Input.PROCEDURE, Input.STEPS}), Part.STRAYS),
    CaseRule("R-TIM-07", slow_instant, frozenset({Input.ACCEPTED, Input.ITEMS, Input.SESSIONS})),
    CaseRule("R-TIM-08", silent_on_what_is_missing, frozenset({Input.RECEIVED, Input.ACCEPTED})),
    CaseRule("R-TIM-09", told_piecemeal, frozenset({Input.KINDS, Input.MATERIALS}), Part.EVENTS),
    CaseRule(
        "R-TIM-10", late_delivery, frozenset({Input.DECIDED, Input.DECISION, Input.DELIVERED})
    ),
    CaseRule("R-TIM-11", late_report_up, frozenset({Input.ACCEPTED, Input.REPORTED_UP})),
    CaseRule("R-TIM-12", faulty_extension, frozenset({Input.EXTENSIONS}), Part.EXTENSIONS),
    CaseRule(
        "R-TIM-14", inspectors_sent_late, frozenset({Input.STOPS, Input.ACCEPTED}), Part.STOPS
    ),
    CaseRule("R-TIM-15", late_hearing, frozenset({Input.STOPS}), Part.STOPS),
    CaseRule("R-TIM-16", renewal_undecided, frozenset({Input.EXPIRES, Input.DECIDED})),
    CaseRule("R-TIM-06", step_after_its_deadline, frozenset({Input.STEP_DUE}), Part.EVENTS),
)
