"""Who looked at what lies sealed, and who took a copy out of the house."""

from desktop.domain.errors import MissingField
from desktop.domain.evidence import Custody, CustodyAct, Evidence, Paper
from desktop.domain.identifiers import new_id
from desktop.usecases.ports import Clock, UnitOfWork


def note_original(work: UnitOfWork, item: Evidence, reason: str, *, clock: Clock) -> None:
    """Write down that somebody looked at a picture on which nobody is masked.

    Raises:
        MissingField: without a reason nobody sees bystanders.
    """
    work.add(_link(work, item, CustodyAct.SEEN, reason, clock))
    work.note("evidence.see_original", f"evidence/{item.id}", reason=reason)


def note_export(work: UnitOfWork, paper: Paper, reason: str, *, clock: Clock) -> None:
    """Write down that a copy of a paper leaves the program.

    Raises:
        MissingField: every export has its reason (section 13).
    """
    work.add(_link(work, paper, CustodyAct.EXPORTED, reason, clock))
    work.note("paper.export", f"paper/{paper.id}", reason=reason)


def _link(
    work: UnitOfWork, thing: Evidence | Paper, act: CustodyAct, reason: str, clock: Clock
) -> Custody:
    if not reason.strip():
        raise MissingField(Custody.ENTITY, act.value, "reason")
    return Custody(
        id=new_id(),
        hall_id=thing.hall_id,
        subject_id=thing.id,
        act=act,
        person_by=work.actor.user_id,
        at=clock.now(),
        reason=reason,
    )
