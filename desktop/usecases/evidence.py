"""Who looked at what lies sealed, and who took a copy out of the house."""

from desktop.domain.errors import MissingField
from desktop.domain.evidence import Custody, CustodyAct, Evidence, Paper
from desktop.domain.identifiers import HallId, new_id
from desktop.usecases.ports import Clock, UnitOfWork


def note_original(work: UnitOfWork, item: Evidence, reason: str, *, clock: Clock) -> None:
    """Write down that somebody looked at a picture on which nobody is masked.

    Raises:
        MissingField: without a reason nobody sees bystanders.
    """
    _note(work, item.hall_id, item.id, CustodyAct.SEEN, reason, clock)
    work.note("evidence.see_original", f"evidence/{item.id}", reason=reason)


def note_export(work: UnitOfWork, paper: Paper, reason: str, *, clock: Clock) -> None:
    """Write down that a copy of a paper leaves the program.

    Raises:
        MissingField: every export has its reason (section 13).
    """
    _note(work, paper.hall_id, paper.id, CustodyAct.EXPORTED, reason, clock)
    work.note("paper.export", f"paper/{paper.id}", reason=reason)


def _note(
    work: UnitOfWork, hall_id: HallId, subject: str, act: CustodyAct, reason: str, clock: Clock
) -> None:
    if not reason.strip():
        raise MissingField(Custody.ENTITY, act.value, "reason")
    work.add(
        Custody(
            id=new_id(),
            hall_id=hall_id,
            subject_id=subject,
            act=act,
            person_by=work.actor.user_id,
            at=clock.now(),
            reason=reason,
        )
    )
