"""Evidence leaves the program only with a reason, and that is written down."""

from desktop.domain.errors import MissingField
from desktop.domain.evidence import Custody, CustodyAct
from desktop.domain.identifiers import HallId, new_id
from desktop.usecases.ports import Clock, UnitOfWork


def note_export(
    work: UnitOfWork, hall_id: HallId, subject_id: str, reason: str, *, clock: Clock
) -> None:
    """Write in the custody chain who took a copy out, and why.

    Args:
        subject_id: id of the finding, card or paper that was copied.

    Raises:
        MissingField: no reason.
    """
    if not reason.strip():
        raise MissingField(Custody.ENTITY, "export", "reason")
    work.add(
        Custody(
            id=new_id(),
            hall_id=hall_id,
            subject_id=subject_id,
            act=CustodyAct.EXPORTED,
            person_by=work.actor.user_id,
            at=clock.now(),
            reason=reason,
        )
    )
    work.note("evidence.export", subject_id, reason=reason)
