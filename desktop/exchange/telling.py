"""What a file can tell by the fields that its profile finds in it: the inputs of the rules."""

from collections.abc import Collection

from desktop.domain.rules.inputs import Input
from desktop.exchange.profiles import Profile

_BY_CASE_FIELD = {
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
    "applicant_id": Input.APPLICANT,
    "agency": Input.AGENCY,
    "unit_id": Input.UNIT,
    "item_code": Input.ITEM_CODE,
    "previous_case_no": Input.PREVIOUS,
    "acceptance_doc_no": Input.ACCEPTANCE_DOC,
    "decision_doc_no": Input.DECISION_DOC,
    "refuse_reason": Input.REFUSE_REASON,
    "remedy_told": Input.REMEDY,
}
_BY_EVENT_FIELD = {
    "step": Input.STEPS,
    "kind": Input.KINDS,
    "due_at": Input.STEP_DUE,
    "recorded_at": Input.RECORDED,
    "by": Input.ACTORS,
    "role": Input.ROLES,
    "opinion": Input.OPINIONS,
    "attachments": Input.ATTACHMENTS,
    "material": Input.MATERIALS,
    "presence": Input.PRESENCE,
    "persons": Input.PERSONS,
}
# Kinds of events tell the times of the case, its stops and its extensions.
_BY_KINDS = frozenset(
    {Input.RECEIVED, Input.ACCEPTED, Input.DECIDED, Input.COMPLETED, Input.DELIVERED, Input.STOPS,
     Input.EXTENSIONS, Input.STEPS}
)  # fmt: skip


def inputs_of(case: Collection[str], event: Collection[str], profile: Profile) -> frozenset[Input]:
    """Give the inputs that these fields of a profile tell."""
    told = {_BY_CASE_FIELD[field] for field in case if field in _BY_CASE_FIELD}
    if "at" in event:
        told |= {_BY_EVENT_FIELD[field] for field in event if field in _BY_EVENT_FIELD}
    if "kind" in event:
        told |= _BY_KINDS
    if profile.closing:
        told.add(Input.COMPLETED)
    if profile.flow:
        told.add(Input.PROCEDURE)
    return frozenset(told)
