"""What a file can tell by the fields that its profile finds in it: the inputs of the rules."""

from collections.abc import Collection

from desktop.domain.rules.inputs import Input
from desktop.domain.rules.told import BY_DETAIL, BY_EVENT_FIELD, BY_FIELD
from desktop.exchange.profiles import Profile

_BY_CASE_FIELD = {**BY_FIELD, "applicant_id": Input.APPLICANT}
_BY_EVENT_FIELD = {**BY_EVENT_FIELD, **BY_DETAIL, "kind": Input.KINDS}
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
