"""Evidence is uncovered, and leaves the program, only with a reason; both are written down."""

from dataclasses import replace

from desktop.domain.errors import MarkedOriginal, MissingField
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.identifiers import Digest, EvidenceId, HallId, new_id
from desktop.usecases.ports import Clock, UnitOfWork

MARKED = "marked"  # the role of a copy with marks on it


def note_original(work: UnitOfWork, item: Evidence, reason: str, *, clock: Clock) -> None:
    """Write in the custody chain who looked at a picture on which nobody is masked, and why.

    Raises:
        MissingField: no reason.
    """
    work.add(_link(work, item.hall_id, item.id, CustodyAct.SEEN, reason=reason, clock=clock))
    work.note("evidence.see_original", f"evidence/{item.id}", reason=reason)


def keep_marked_copy(
    work: UnitOfWork, source: Evidence, sha256: Digest, size: int, *, clock: Clock
) -> Evidence:
    """Keep a copy on which somebody drew; what it was drawn on stays, and is named by it.

    Raises:
        MarkedOriginal: a picture on which nobody is masked is never drawn on.
    """
    if source.masked_of is None:
        raise MarkedOriginal(source.id)
    copy = replace(
        source,
        id=EvidenceId(new_id()),
        role=MARKED,
        sha256=sha256,
        size=size,
        media_type="image/png",
        masked_of=source.sha256,
    )
    work.add(copy)
    work.keep_blob(sha256, size, copy.media_type)
    work.add(_link(work, copy.hall_id, copy.id, CustodyAct.CAPTURED, reason=MARKED, clock=clock))
    work.note("evidence.mark", f"evidence/{source.id}")
    return copy


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
