"""What follows from the kinds of a case's events: its milestones, its stops, its extensions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from desktop.domain.approvals import (
    ApproverLevel,
    CaseEvent,
    ClockStop,
    EventKind,
    Extension,
)
from desktop.domain.items import SpecialKind
from desktop.exchange.profiles import Profile

_MILESTONES = {
    EventKind.APPLY: "received_at",
    EventKind.PRE_ACCEPT: "pre_accepted_at",
    EventKind.ACCEPT: "accepted_at",
    EventKind.DECIDE: "decided_at",
    EventKind.COMPLETE: "completed_at",
    EventKind.DELIVER: "delivered_at",
}


def add_milestones(values: dict[str, Any], events: Sequence[CaseEvent]) -> None:
    """Fill in the times that a case itself does not tell from the first event of their kind."""
    told: dict[str, datetime] = {}
    for event in events:
        field = _MILESTONES.get(event.kind)
        if field and field not in values:
            told[field] = min(event.at, told.get(field, event.at))
    values |= told


def add_completion(
    values: dict[str, Any], events: Sequence[CaseEvent], closing: Collection[str]
) -> None:
    """Let the last of some steps end a case whose file does not tell an end."""
    ends = [event.at for event in events if event.step in closing]
    if ends:
        values["completed_at"] = max(ends)


def stops_and_extensions(
    events: Sequence[CaseEvent], profile: Profile
) -> tuple[tuple[ClockStop, ...], tuple[Extension, ...]]:
    """Pair the beginnings and ends of special procedures, and take extensions out.

    Who approved an extension is told by the post that keyed it in; another post counts for none.
    """
    open_stops: dict[SpecialKind, ClockStop] = {}
    stops: list[ClockStop] = []
    extensions: list[Extension] = []
    codes = profile.codes.get("special", {})
    for event in sorted(events, key=lambda each: each.at):
        if event.kind is EventKind.SPECIAL_START:
            kind = _special(event.step, codes)
            stops += [open_stops.pop(kind)] if kind in open_stops else []
            open_stops[kind] = _stop(kind, event)
        elif event.kind is EventKind.SPECIAL_END:
            begun = open_stops.pop(_special(event.step, codes), None)
            if begun:
                stops.append(_ended(begun, event.at))
        elif event.kind is EventKind.EXTEND:
            extensions.append(_extension(event))
    stops += open_stops.values()
    return tuple(sorted(stops, key=lambda each: each.started_at)), tuple(extensions)


def _special(step: str, codes: Any) -> SpecialKind:
    known = {each.value for each in SpecialKind}
    return SpecialKind(step if step in known else codes.get(step, "OTHER"))


def _stop(kind: SpecialKind, event: CaseEvent) -> ClockStop:
    persons = event.detail.get("persons")
    return ClockStop(
        kind,
        event.at,
        reason=event.opinion,
        notice_no=event.doc_no,
        notice_at=event.at if event.doc_no else None,
        recorded_at=event.recorded_at,
        persons=persons if isinstance(persons, int) else None,
    )


def _ended(stop: ClockStop, at: datetime) -> ClockStop:
    return ClockStop(
        stop.kind,
        stop.started_at,
        at,
        reason=stop.reason,
        notice_no=stop.notice_no,
        notice_at=stop.notice_at,
        result_at=at,
        recorded_at=stop.recorded_at,
        persons=stop.persons,
    )


def _extension(event: CaseEvent) -> Extension:
    days = event.detail.get("days")
    level = _LEVELS.get(event.role, ApproverLevel.OTHER)
    told = event.at if event.doc_no else None
    amount = days if isinstance(days, int) else 0
    return Extension(amount, level, event.at, told, event.by, event.opinion)


_LEVELS = {
    "机关负责人": ApproverLevel.AGENCY_HEAD,
    "AGENCY_HEAD": ApproverLevel.AGENCY_HEAD,
    "政府负责人": ApproverLevel.GOVERNMENT_LEADER,
    "GOVERNMENT_LEADER": ApproverLevel.GOVERNMENT_LEADER,
}
