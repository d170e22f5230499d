"""Evidence is uncovered, and leaves the program, only with a reason; both are written down."""

from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.domain.errors import MarkedOriginal, MissingField
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.identifiers import Digest, EvidenceId, HallId, new_id
from desktop.usecases.inspections.finishing import SIGNATURE
from desktop.usecases.ports import Clock, UnitOfWork

MARKED, MASKED = "marked", "masked"  # the roles of copies: with marks on them, and made here


@dataclass(frozen=True, slots=True)
class Copy:
    """Bytes that were derived from a piece of evidence and lie in the vault.

    Attributes:
        is_covered: everybody on it who must not be seen is, as whoever made it says.
        after_s: of a clip, how long after its beginning the picture was.
    """

    sha256: Digest
    size: int
    media_type: str
    is_covered: bool = False
    after_s: float = 0.0


def note_original(work: UnitOfWork, item: Evidence, reason: str, *, clock: Clock) -> None:
    """Write in the custody chain who looked at a picture on which nobody is masked, and why.

    Raises:
        MissingField: no reason.
    """
    work.add(_link(work, item.hall_id, item.id, CustodyAct.SEEN, reason=reason, clock=clock))
    work.note("evidence.see_original", f"evidence/{item.id}", reason=reason)


def keep_copy(work: UnitOfWork, source: Evidence, made: Copy, *, clock: Clock) -> Evidence:
    """Keep a masked, cropped or marked copy; what it was made of stays, and is named by it.

    Raises:
        MarkedOriginal: a picture on which nobody is masked is never drawn on.
    """
    bares = shows_people(source) and source.masked_of is None
    if bares and not made.is_covered:
        raise MarkedOriginal(source.id)
    role = MASKED if bares else MARKED
    copy = replace(
        source,
        id=EvidenceId(new_id()),
        role=role,
        sha256=made.sha256,
        size=made.size,
        media_type=made.media_type,
        taken_at=source.taken_at + timedelta(seconds=made.after_s),
        at_s=source.at_s + made.after_s,
        masked_of=source.sha256,
    )
    work.add(copy)
    work.keep_blob(copy.sha256, copy.size, copy.media_type)
    work.add(_link(work, copy.hall_id, copy.id, CustodyAct.CAPTURED, reason=role, clock=clock))
    work.note("evidence.mark", f"evidence/{source.id}")
    return copy


def shows_people(item: Evidence) -> bool:
    """Tell whether bystanders may be seen on it: on pictures and films, never on papers."""
    return item.media_type.startswith(("image/", "video/")) and item.role != SIGNATURE


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
