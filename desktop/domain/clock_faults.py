"""Times of a case that contradict each other: its clocks cannot be read then."""

from enum import Enum

from desktop.domain.approvals import ApprovalCase


class ClockFault(Enum):
    """Why a case's clocks cannot be read: its times contradict each other."""

    DECIDED_BEFORE_ACCEPTED = "DECIDED_BEFORE_ACCEPTED"
    COMPLETED_BEFORE_ACCEPTED = "COMPLETED_BEFORE_ACCEPTED"
    ACCEPTED_BEFORE_RECEIVED = "ACCEPTED_BEFORE_RECEIVED"


def fault_of_times(case: ApprovalCase) -> ClockFault | None:
    """Tell which of a case's times contradict each other (edge case 42); compared as instants."""
    accepted, decided = case.accepted_at, case.decided_at
    if accepted and decided and decided < accepted:
        return ClockFault.DECIDED_BEFORE_ACCEPTED
    if accepted and case.completed_at and case.completed_at < accepted:
        return ClockFault.COMPLETED_BEFORE_ACCEPTED
    if accepted and case.received_at and accepted < case.received_at:
        return ClockFault.ACCEPTED_BEFORE_RECEIVED
    return None
