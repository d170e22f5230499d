"""Quality of one case (R-CASE): reasons, proofs, truthful times, what was asked for."""

from datetime import timedelta

from desktop.domain.approvals import CaseBundle, Decision, EventKind
from desktop.domain.clocks import awaiting_answer
from desktop.domain.items import ItemStatus, LimitUnit, OnlineDepth
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import NONE, CaseFile, CaseRule, Hit, Hits, Part, Values


def refused_without_reason(file: CaseFile, values: Values) -> Hits:
    """R-CASE-01: not accepted and no reason worth the name."""
    return [
        Hit({"at": event.at, "characters": len(event.opinion.strip())})
        for event in file.of(EventKind.NOT_ACCEPT)
        if len(event.opinion.strip()) < values["characters"]
    ]


def left_lying(file: CaseFile, values: Values) -> Hits:
    """R-CASE-02: material came in and nobody accepted, refused or asked for more."""
    day = file.scene.calendar.day
    for received, answered in awaiting_answer(CaseBundle(file.case, tuple(file.events))):
        waited = file.working_days(day(received), file.scene.today)
        if answered is None and waited > values["limit_wd"]:
            return (Hit({"received": received, "waited": waited}),)
    return NONE


def denied_without_reason(file: CaseFile, values: Values) -> Hits:
    """R-CASE-03: a permit was refused without a reason, or nobody told what can be done."""
    case = file.case
    if case.decision is not Decision.REFUSE:
        return NONE
    characters = len(case.refuse_reason.strip())
    if characters >= values["characters"] and case.remedy_told is not False:
        return NONE
    return (Hit({"characters": characters, "remedy_told": case.remedy_told is not False}),)


def no_acceptance_paper(file: CaseFile, _: Values) -> Hits:
    """R-CASE-04: accepted without a written proof."""
    if file.case.accepted_at is None or file.case.acceptance_doc_no:
        return NONE
    return (Hit({"paper": "ACCEPTANCE"}, part="ACCEPTANCE"),)


def no_decision_paper(file: CaseFile, _: Values) -> Hits:
    """R-CASE-04: decided without a written decision."""
    if file.case.decided_at is None or file.case.decision_doc_no:
        return NONE
    return (Hit({"paper": "DECISION"}, part="DECISION"),)


def done_in_seconds(file: CaseFile, values: Values) -> Hits:
    """R-CASE-09: a case with days to go was done in minutes: worked outside, keyed in after."""
    case, limit = file.case, file.case.promised_limit
    if case.accepted_at is None or case.closed_at is None or limit is None:
        return NONE
    if limit.unit is not LimitUnit.WORKING_DAY or limit.amount < values["least_limit_wd"]:
        return NONE
    lapse = case.closed_at - case.accepted_at
    if not timedelta() <= lapse < timedelta(minutes=values["fast_min"]):
        return NONE
    facts = {"accepted": case.accepted_at, "closed": case.closed_at, "limit": limit.amount}
    return (Hit({**facts, "seconds": int(lapse.total_seconds())}, part="FAST"),)


def asked_for_more(file: CaseFile, _: Values) -> Hits:
    """R-CASE-10: material was asked for that the published list does not have."""
    if file.item is None:
        return NONE
    listed = {material.name for material in file.item.materials}
    asked = {str(event.detail["material"]) for event in file.events if "material" in event.detail}
    extra = sorted(asked - listed)
    return (Hit({"extra": extra}, part="MATERIAL"),) if extra else NONE


def asked_to_come(file: CaseFile, _: Values) -> Hits:
    """R-CASE-10: the applicant had to come although the item is done wholly online (全程网办)."""
    if file.item is None or file.item.online_depth is not OnlineDepth.WHOLLY_ONLINE:
        return NONE
    came = [event for event in file.events if event.detail.get("presence")]
    return (
        (Hit({"extra": [came[0].step or came[0].kind.value]}, part="PRESENCE"),) if came else NONE
    )


def decided_at_night(file: CaseFile, values: Values) -> Hits:
    """R-CASE-12: decided at night or on a day off."""
    if file.case.decided_at is None:
        return NONE
    local = file.case.decided_at.astimezone(file.scene.calendar.zone)
    night = local.hour >= values["from_hour"] or local.hour < values["to_hour"]
    if not night and file.scene.calendar.counts(local.date()):
        return NONE
    return (Hit({"decided": file.case.decided_at}),)


def item_was_cancelled(file: CaseFile, _: Values) -> Hits:
    """R-CASE-14: accepted after the item had been cancelled."""
    case, item = file.case, file.item
    if item is None or case.accepted_at is None or item.status is not ItemStatus.CANCELLED:
        return NONE
    accepted = file.scene.calendar.day(case.accepted_at)
    if item.cancelled_on and accepted < item.cancelled_on:
        return NONE
    facts = {"item": item.name, "cancelled": item.cancelled_on or accepted}
    return (Hit({**facts, "accepted": case.accepted_at}),)


def grant_not_published(file: CaseFile, values: Values) -> Hits:
    """R-CASE-15: a grant was not made public in time."""
    case = file.case
    if case.decision is not Decision.GRANT or case.decided_at is None:
        return NONE
    day = file.scene.calendar.day
    spent = file.working_days(day(case.decided_at), day(case.published_at or file.scene.now))
    if spent <= values["pub_wd"]:
        return NONE
    return (Hit({"decided": case.decided_at, "spent": spent}),)


CASE_RULES = (
    CaseRule(
        "R-CASE-01", refused_without_reason, frozenset({Input.KINDS, Input.OPINIONS}), Part.EVENTS
    ),
    CaseRule("R-CASE-02", left_lying, frozenset({Input.RECEIVED, Input.ACCEPTED})),
    CaseRule("R-CASE-03", denied_without_reason, frozenset({Input.DECISION, Input.REFUSE_REASON})),
    CaseRule("R-CASE-04", no_acceptance_paper, frozenset({Input.ACCEPTED, Input.ACCEPTANCE_DOC})),
    CaseRule("R-CASE-04", no_decision_paper, frozenset({Input.DECIDED, Input.DECISION_DOC})),
    CaseRule("R-CASE-09", done_in_seconds, frozenset({Input.ACCEPTED, Input.PROMISED})),
    CaseRule("R-CASE-10", asked_for_more, frozenset({Input.ITEMS, Input.MATERIALS}), Part.EVENTS),
    CaseRule("R-CASE-10", asked_to_come, frozenset({Input.ITEMS, Input.PRESENCE}), Part.EVENTS),
    CaseRule("R-CASE-12", decided_at_night, frozenset({Input.DECIDED})),
    CaseRule("R-CASE-14", item_was_cancelled, frozenset({Input.ITEMS, Input.ACCEPTED})),
    CaseRule(
        "R-CASE-15",
        grant_not_published,
        frozenset({Input.DECISION, Input.DECIDED, Input.PUBLISHED}),
    ),
)
