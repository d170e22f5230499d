"""The audit log leaves the program: for the auditor alone, with a reason, written down itself."""

from desktop.domain.errors import MissingField, NotAllowed
from desktop.domain.evidence import AuditRow
from desktop.domain.roles import Role
from desktop.usecases.ports import UnitOfWork


def note_audit_export(work: UnitOfWork, reason: str) -> None:
    """Write down who takes the audit log out, and why (section 13: three separate persons).

    Raises:
        NotAllowed: somebody else than the auditor.
        MissingField: no reason.
    """
    if not work.actor.has(Role.SEC_AUDITOR):
        raise NotAllowed(AuditRow.ENTITY, "export", (Role.SEC_AUDITOR.value,))
    if not reason.strip():
        raise MissingField(AuditRow.ENTITY, "export", "reason")
    work.note("audit.export", "audit", reason=reason)


def note_parcel(work: UnitOfWork, reason: str) -> None:
    """Write down who takes what waits for the server out on a stick, and why.

    Raises:
        MissingField: no reason.
    """
    if not reason.strip():
        raise MissingField(AuditRow.ENTITY, "export", "reason")
    work.note("parcel.write", "parcel", reason=reason)


def note_receipt(work: UnitOfWork, seq: int) -> None:
    """Write down that the server's receipt for a parcel was taken in."""
    work.note("parcel.receipt", f"parcel/{seq}")


def note_restored(work: UnitOfWork, copy: str) -> None:
    """Write down that a copy took the place of the case file."""
    work.note("store.restore", "store", reason=copy)
