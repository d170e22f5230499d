"""What a stored case tells, by the fields that it has: the inputs of the rules."""

from desktop.domain.approvals import CaseBundle, EventKind
from desktop.domain.rules.inputs import Input

BY_FIELD = {
    "received_at": Input.RECEIVED,
    "accepted_at": Input.ACCEPTED,
    "decided_at": Input.DECIDED,
    "decision": Input.DECISION,
    "completed_at": Input.COMPLETED,
    "delivered_at": Input.DELIVERED,
    "promised_limit": Input.PROMISED,
    "due_promised": Input.PROMISED,
    "due_promised_at": Input.PROMISED,
    "statutory_limit": Input.STATUTORY,
    "due_statutory": Input.STATUTORY,
    "due_statutory_at": Input.STATUTORY,
    "reported_up_at": Input.REPORTED_UP,
    "published_at": Input.PUBLISHED,
    "expires_on": Input.EXPIRES,
    "third_party": Input.THIRD_PARTY,
    "applicant_hash": Input.APPLICANT,
    "agency": Input.AGENCY,
    "unit_id": Input.UNIT,
    "item_code": Input.ITEM_CODE,
    "previous_case_no": Input.PREVIOUS,
    "acceptance_doc_no": Input.ACCEPTANCE_DOC,
    "decision_doc_no": Input.DECISION_DOC,
    "refuse_reason": Input.REFUSE_REASON,
    "remedy_told": Input.REMEDY,
}
BY_EVENT_FIELD = {
    "step": Input.STEPS,
    "due_at": Input.STEP_DUE,
    "recorded_at": Input.RECORDED,
    "by": Input.ACTORS,
    "role": Input.ROLES,
    "opinion": Input.OPINIONS,
    "attachments": Input.ATTACHMENTS,
}
BY_DETAIL = {
    "material": Input.MATERIALS,
    "presence": Input.PRESENCE,
    "persons": Input.PERSONS,
}
# Where kinds of events are told, a stop or an extension that does not show has not happened.
_WITH_KINDS = frozenset({Input.KINDS, Input.STOPS, Input.EXTENSIONS})


def told_by(bundle: CaseBundle) -> frozenset[Input]:
    """Give the inputs that one case surely has.

    What a source can tell is what any of its cases tells: join them over an import.
    """
    case = bundle.case
    told = {given for field, given in BY_FIELD.items() if getattr(case, field) not in {None, ""}}
    for event in bundle.events:
        told |= {
            given
            for field, given in BY_EVENT_FIELD.items()
            if getattr(event, field) not in {None, ""}
        }
        told |= {given for name, given in BY_DETAIL.items() if name in event.detail}
        if event.kind is not EventKind.STEP:
            told |= _WITH_KINDS
    told |= {Input.STOPS} if bundle.stops else set()
    told |= {Input.EXTENSIONS} if bundle.extensions else set()
    return frozenset(told | ({Input.FEES} if bundle.fees else set()))
