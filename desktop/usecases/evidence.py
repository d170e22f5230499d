"""Evidence is uncovered, and leaves the program, only with a reason; both are written down."""

from desktop.domain.errors import MissingField
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.identifiers import HallId, new_id
from desktop.usecases.ports import Clock, UnitOfWork


def note_original(work: UnitOfWork, item: Evidence, reason: str, *, clock: Clock) -> None:
    """Write in the custody chain who looked at a picture on which nobody is masked, and why.

    Raises:
        MissingField: no reason.
    """
    work.add(_link(work, item.hall_id, item.id, CustodyAct.SEEN, reason=reason, clock=clock))
    work.note("evidence.see_original", f"evidence/{item.id}", reason=reason)


def note_export(
    work: UnitOfWork, hall_id: HallId, subject_id: str, reason: str, *, clock: Clock
) -> None:
    """Write in the custody chain who took a copy out, and why.

    Args:
        subject_id: id of the finding, card or paper that was copied.

    Raises:
        MissingField: no reason.
    """
    work.add(_link(work, hall_id, subject_id, CustodyAct.EXPORTED, reason=reason, clock=clock))
    work.note("evidence.export", subject_id, reason=reason)


def _link(
    work: UnitOfWork,
    hall_id: HallId,
    subject_id: str,
    act: CustodyAct,
    *,
    reason: str,
    clock: Clock,
) -> Custody:
    if not reason.strip():
        raise MissingField(Custody.ENTITY, act.value.lower(), "reason")
    return Custody(
        id=new_id(),
        hall_id=hall_id,
        subject_id=subject_id,
        act=act,
        person_by=work.actor.user_id,
        at=clock.now(),
        reason=reason,
    )
