"""From what a camera saw to what two people say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.findings import Dismissal, Finding, ReviewResult, Verification
from desktop.domain.identifiers import EvidenceId, FindingId, UserId, new_id
from desktop.domain.organisation import Camera, Hall, Window
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.video import SightedItem, Sighting, rule_for
from desktop.domain.sessions import hours_of
from desktop.usecases.ports import Clock, UnitOfWork


def propose_finding(
    work: UnitOfWork,
    sighting: Sighting,
    *,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    clock: Clock,
) -> Finding | None:
    """Let the machine propose; the same sighting twice is one finding.

    Answers None when the hall was closed as it began: video rules do not run then (section 6.7).
    """
    known = work.find(Finding, event_id=sighting.event_id)
    if known:
        return known[0]
    camera = work.get(Camera, sighting.camera_id)
    hall = work.get(Hall, camera.hall_id)
    if not hours_of(hall, calendar).is_open(sighting.started_at):
        return None
    window = work.get(Window, sighting.window_id)
    rule = catalogue.rule(rule_for(sighting))
    finding = Finding(
        id=FindingId(new_id()),
        hall_id=hall.id,
        rule_id=rule.id,
        rule_version=rule.version,
        level=rule.level,
        window_id=window.id,
        unit_id=window.unit_id,
        camera_id=camera.id,
        event_id=sighting.event_id,
        dedupe_key=f"{rule.id}/{window.id}/{sighting.event_id}",
        started_at=sighting.started_at,
        ended_at=sighting.ended_at,
        detected_at=clock.now(),
        threshold_s=sighting.threshold_s,
        unknown_share=sighting.unknown_share,
        conclusive=sighting.conclusive,
        customer_waited=sighting.customer_waited,
        facts=sighting.facts,
    )
    work.add(finding)
    _keep_evidence(work, finding, sighting.items, clock)
    work.note("finding.propose", f"finding/{finding.id}")
    return finding


def complete_finding(work: UnitOfWork, sighting: Sighting, *, clock: Clock) -> Finding | None:
    """Add the end and the rest of the evidence; a decision that was taken stays as it is."""
    known = work.find(Finding, event_id=sighting.event_id)
    if not known:
        return None
    finding = known[0]
    if finding.state.is_open and sighting.ended_at is not None:
        finding = finding.ended(
            sighting.ended_at, facts=sighting.facts, conclusive=sighting.conclusive
        )
        work.replace(finding)
    _keep_evidence(work, finding, sighting.items, clock)
    work.note("finding.complete", f"finding/{finding.id}")
    return finding


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer says after looking.

    Attributes:
        evidence_seen: digests of the items that were opened.
    """

    result: ReviewResult
    note: str = ""
    evidence_seen: tuple[str, ...] = ()


def review_finding(
    work: UnitOfWork, finding_id: FindingId, review: Review, *, clock: Clock
) -> Finding:
    """Record one person's review: the first lets it go to a second person, who confirms it.

    Raises:
        DomainError: not allowed, wrong state, the same person twice, no reason, inconclusive.
    """
    finding = work.get(Finding, finding_id)
    turn = 1 + len(work.find(Verification, finding_id=finding_id))
    successor = _reviewed(finding, review, work.actor.user_id, clock)
    work.replace(successor)
    work.add(
        Verification(
            id=new_id(),
            hall_id=finding.hall_id,
            finding_id=finding.id,
            verified_by=work.actor.user_id,
            at=clock.now(),
            turn=turn,
            result=review.result,
            note=review.note,
            evidence_seen=review.evidence_seen,
        )
    )
    act = f"finding.{successor.state.name.lower()}"
    work.note(act, f"finding/{finding.id}", reason=review.note)
    return successor


def note_seen(work: UnitOfWork, finding: Finding, *, clock: Clock) -> None:
    """Write in the custody chain that somebody looked at the evidence."""
    work.add(
        Custody(
            id=new_id(),
            hall_id=finding.hall_id,
            subject_id=finding.id,
            act=CustodyAct.SEEN,
            person_by=work.actor.user_id,
            at=clock.now(),
        )
    )
    work.note("evidence.see", f"finding/{finding.id}")


_DISMISSALS: Mapping[ReviewResult, Dismissal] = {
    ReviewResult.FALSE_ALARM: Dismissal.FALSE_ALARM,
    ReviewResult.DATA_ERROR: Dismissal.DATA_ERROR,
    ReviewResult.JUSTIFIED: Dismissal.JUSTIFIED,
    ReviewResult.UNDECIDABLE: Dismissal.UNDECIDABLE,
}


def _reviewed(finding: Finding, review: Review, by: UserId, clock: Clock) -> Finding:
    now = clock.now()
    if review.result is not ReviewResult.TRUE:
        return finding.dismissed(_DISMISSALS[review.result], by, now, review.note)
    if finding.first_review_by is None:
        return finding.first_reviewed(by, now, review.note)
    return finding.confirmed(by, now, review.note)


def _keep_evidence(
    work: UnitOfWork, finding: Finding, items: Sequence[SightedItem], clock: Clock
) -> None:
    here = {item.sha256 for item in work.find(Evidence, finding_id=finding.id)}
    fresh = [item for item in items if item.sha256 not in here]
    for item in {item.sha256: item for item in fresh}.values():
        work.add(
            Evidence(
                id=EvidenceId(new_id()),
                hall_id=finding.hall_id,
                finding_id=finding.id,
                role=item.role,
                sha256=item.sha256,
                size=item.size,
                media_type=item.media_type,
                taken_at=item.taken_at,
                at_s=item.at_s,
                camera_id=finding.camera_id,
                masked_of=item.masked_of,
            )
        )
        work.keep_blob(item.sha256, item.size, item.media_type)
    if fresh:
        work.add(
            Custody(
                id=new_id(),
                hall_id=finding.hall_id,
                subject_id=finding.id,
                act=CustodyAct.CAPTURED,
                person_by=work.actor.user_id,
                at=clock.now(),
            )
        )
