"""Procedure (R-PRC): nodes skipped, turned round, repeated, or done by the wrong people."""

from functools import partial

from desktop.domain.approvals import EventKind
from desktop.domain.items import SpecialKind
from desktop.domain.procedures import Straying
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import NONE, CaseFile, CaseRule, Hit, Hits, Part, Values
from desktop.domain.rules.naming import title_of


def strayed(kind: Straying, file: CaseFile, _: Values) -> Hits:
    """R-PRC-01, 02, 03 and 08 to 11: the case strayed from its procedure in one way."""
    if not file.strays:
        return NONE
    return [
        Hit(
            {
                "node": title_of(file.flow, each.node),
                "other": title_of(file.flow, each.other),
                "at": each.at,
                "times": each.times,
                "allowed": each.allowed,
                "by": each.by,
            },
            part=each.node,
        )
        for each in file.strays
        if each.kind is kind
    ]


def times_turned_round(file: CaseFile, _: Values) -> Hits:
    """R-PRC-03 for the case itself: it was decided before it was accepted, or the like.

    Where its procedure says so already, by node, it is said once.
    """
    fault = file.clocks.fault
    if fault is None or any(each.kind is Straying.OUT_OF_ORDER for each in file.strays):
        return NONE
    earlier, later = fault.value.split("_BEFORE_")
    facts = {"node": _ACTS[earlier], "other": _ACTS[later], "at": file.case.closed_at}
    return (Hit(facts, part=fault.value),)


_ACTS = {
    "RECEIVED": {"zh": "收件", "en": "receipt"},
    "ACCEPTED": {"zh": "受理", "en": "acceptance"},
    "DECIDED": {"zh": "决定", "en": "decision"},
    "COMPLETED": {"zh": "办结", "en": "completion"},
}


def one_person_did_it_all(file: CaseFile, _: Values) -> Hits:
    """R-PRC-04: the same person accepted, reviewed and decided."""
    by: dict[str, set[str]] = {}
    for event in file.events:
        if event.by and event.kind in _POWERS:
            by.setdefault(event.kind, set()).add(event.by)
    if len(by) < len(_POWERS):
        return NONE
    everywhere = set.intersection(*by.values())
    return (Hit({"persons": sorted(everywhere)}),) if everywhere else NONE


_POWERS = (EventKind.ACCEPT, EventKind.STEP, EventKind.DECIDE)


def too_few_checked(file: CaseFile, values: Values) -> Hits:
    """R-PRC-05: fewer people checked on site than the law wants (行政许可法 34)."""
    hits = []
    for event in file.events:
        persons = event.detail.get("persons")
        if isinstance(persons, int) and persons < values["persons"]:
            facts = {"step": event.step, "at": event.at, "persons": persons}
            hits.append(Hit(facts, part=f"{event.step}/{event.at.isoformat()}"))
    return hits


def no_hearing(file: CaseFile, _: Values) -> Hits:
    """R-PRC-06: decided without the hearing that the item needs."""
    if file.item is None or not file.item.hearing_required or file.case.decided_at is None:
        return NONE
    if any(stop.kind is SpecialKind.HEARING for stop in file.stops):
        return NONE
    return (Hit({"decided": file.case.decided_at, "item": file.item.name}),)


def others_not_told(file: CaseFile, _: Values) -> Hits:
    """R-PRC-07: decided without telling those whose interests it touches."""
    case = file.case
    if not case.third_party or case.decided_at is None:
        return NONE
    if any(event.detail.get("third_party") for event in file.events):
        return NONE
    return (Hit({"decided": case.decided_at}),)


_FLOW = frozenset({Input.PROCEDURE, Input.STEPS})

CASE_RULES = (
    CaseRule("R-PRC-01", partial(strayed, Straying.MISSING), _FLOW, Part.STRAYS),
    CaseRule("R-PRC-02", partial(strayed, Straying.WRONG_ROLE), _FLOW | {Input.ROLES}, Part.STRAYS),
    CaseRule("R-PRC-03", partial(strayed, Straying.OUT_OF_ORDER), _FLOW, Part.STRAYS),
    CaseRule("R-PRC-03", times_turned_round, frozenset({Input.ACCEPTED})),
    CaseRule(
        "R-PRC-04", one_person_did_it_all, frozenset({Input.KINDS, Input.ACTORS}), Part.EVENTS
    ),
    CaseRule("R-PRC-05", too_few_checked, frozenset({Input.PERSONS}), Part.EVENTS),
    CaseRule("R-PRC-06", no_hearing, frozenset({Input.ITEMS, Input.DECIDED, Input.STOPS})),
    CaseRule("R-PRC-07", others_not_told, frozenset({Input.THIRD_PARTY, Input.DECIDED})),
    CaseRule("R-PRC-08", partial(strayed, Straying.REPEATED), _FLOW, Part.STRAYS),
    CaseRule("R-PRC-09", partial(strayed, Straying.EARLY), _FLOW, Part.STRAYS),
    CaseRule(
        "R-PRC-10",
        partial(strayed, Straying.NO_ATTACHMENT),
        _FLOW | {Input.ATTACHMENTS},
        Part.STRAYS,
    ),
    CaseRule("R-PRC-11", partial(strayed, Straying.UNKNOWN), _FLOW, Part.STRAYS),
)
