"""From what a camera saw to what two people say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.errors import CannotVerify, SamePerson
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.findings import Dismissal, Finding, FindingState, ReviewResult, Verification
from desktop.domain.identifiers import EvidenceId, FindingId, UserId, new_id
from desktop.domain.organisation import Camera, Hall, UserCard, Window
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Catalogue, Rule
from desktop.domain.rules.video import SightedItem, Sighting, rule_for
from desktop.domain.sessions import hours_of
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.recusal import must_not_stand_aside
from desktop.usecases.signing_clock import signing_time

VERIFIERS = frozenset({Role.SUPERVISOR, Role.VIDEO_SUP})  # who takes the first look (section 13)


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
    camera = work.get(Camera, sighting.camera_id)
    hall = work.get(Hall, camera.hall_id)
    rule = catalogue.rule(rule_for(sighting, hall.rules))
    known = work.find(Finding, event_id=sighting.event_id)
    if known:
        return _grown(work, known[0], sighting, rule, clock)
    if not hours_of(hall, calendar).is_open(sighting.started_at):
        return None
    window = work.get(Window, sighting.window_id)
    finding = Finding(
        id=FindingId(new_id()),
        hall_id=hall.id,
        rule_id=rule.id,
        rule_version=rule.version,
        level=rule.level_when(repeated=_is_repeated(work, rule, sighting, calendar)),
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
        facts={**sighting.facts, "device": work.actor.device_id},
    )
    work.add(finding)
    keep_evidence(work, finding, sighting.items, clock)
    work.note("finding.propose", f"finding/{finding.id}")
    return finding


def complete_finding(
    work: UnitOfWork, sighting: Sighting, *, catalogue: Catalogue, clock: Clock
) -> Finding | None:
    """Add the end and the rest of the evidence; a decision that was taken stays as it is.

    An absence that turned out long, or met somebody who waited, falls under the graver rule.
    """
    known = work.find(Finding, event_id=sighting.event_id)
    if not known:
        return None
    finding = known[0]
    if finding.state.is_open and sighting.ended_at is not None:
        hall = work.get(Hall, finding.hall_id)
        rule = catalogue.rule(rule_for(sighting, hall.rules))
        facts = {**finding.facts, **sighting.facts}
        finding = finding.ended(sighting.ended_at, facts=facts, conclusive=sighting.conclusive)
        if rule.id != finding.rule_id:
            finding = finding.graver(rule.id, rule.version, rule.level)
        work.replace(finding)
    keep_evidence(work, finding, sighting.items, clock)
    work.note("finding.complete", f"finding/{finding.id}")
    return finding


def _is_repeated(
    work: UnitOfWork, rule: Rule, sighting: Sighting, calendar: WorkingCalendar
) -> bool:
    """Whether one of the rule was confirmed at the window earlier in the month."""
    day = calendar.day(sighting.started_at)
    earlier = work.find(Finding, window_id=sighting.window_id, rule_id=rule.id)
    return any(
        finding.state is FindingState.CONFIRMED
        and finding.started_at < sighting.started_at
        and calendar.day(finding.started_at).replace(day=1) == day.replace(day=1)
        for finding in earlier
    )


def end_reminder(work: UnitOfWork, event_id: str, at: datetime) -> Finding | None:
    """Note that an absence ended before its threshold."""
    known = work.find(Finding, event_id=event_id)
    if not known or not known[0].state.is_open or known[0].ended_at is not None:
        return None
    finding = known[0].ended(at, facts=known[0].facts, conclusive=known[0].conclusive)
    work.replace(finding)
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
        ClockWentBack: the clock stands well before the last signed act.
    """
    finding = work.get(Finding, finding_id)
    turn = 1 + len(work.find(Verification, finding_id=finding_id))
    must_not_stand_aside(work, finding.unit_id)
    now = signing_time(work, clock)
    successor = _reviewed(finding, review, work.actor.user_id, now)
    work.replace(successor)
    work.add(
        Verification(
            id=new_id(),
            hall_id=finding.hall_id,
            finding_id=finding.id,
            verified_by=work.actor.user_id,
            at=now,
            turn=turn,
            result=review.result,
            note=review.note,
            evidence_seen=review.evidence_seen,
        )
    )
    act = f"finding.{successor.state.name.lower()}"
    work.note(act, f"finding/{finding.id}", reason=review.note)
    return successor


def assign_finding(work: UnitOfWork, finding_id: FindingId, to: UserId) -> Finding:
    """Give a finding to one person to verify; nobody else is kept from it where he is away.

    Raises:
        SamePerson: that person put it before the reviewers, and verifies it not.
        CannotVerify: that person has no such role.
    """
    finding = work.get(Finding, finding_id)
    if to == finding.raised_by:
        raise SamePerson(Finding.ENTITY, "first_review", "raised_by")
    if not VERIFIERS.intersection(work.get(UserCard, to).roles):
        raise CannotVerify(finding.id, to)
    assigned = finding.assigned(work.actor.user_id, to)
    work.replace(assigned)
    work.note("finding.assign", f"finding/{finding.id}")
    return assigned


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


def evidence_of(reading: Reading, finding: Finding) -> tuple[Evidence, ...]:
    """Give what shows a finding: its own evidence, and the photographs of the item it is about."""
    own = reading.find(Evidence, finding_id=finding.id)
    photos = reading.find(Evidence, answer_id=finding.answer_id) if finding.answer_id else ()
    return (*own, *photos)


def keep_evidence(
    work: UnitOfWork, finding: Finding, items: Sequence[SightedItem], clock: Clock
) -> None:
    """Add what was not there before to a finding's evidence, and write down who captured it."""
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


_DISMISSALS: Mapping[ReviewResult, Dismissal] = {
    ReviewResult.FALSE_ALARM: Dismissal.FALSE_ALARM,
    ReviewResult.DATA_ERROR: Dismissal.DATA_ERROR,
    ReviewResult.JUSTIFIED: Dismissal.JUSTIFIED,
    ReviewResult.UNDECIDABLE: Dismissal.UNDECIDABLE,
}


def _reviewed(finding: Finding, review: Review, by: UserId, now: datetime) -> Finding:
    if review.result is not ReviewResult.TRUE:
        return finding.dismissed(_DISMISSALS[review.result], by, now, review.note)
    if finding.first_review_by is None:
        return finding.first_reviewed(by, now, review.note)
    return finding.confirmed(by, now, review.note)


def _grown(
    work: UnitOfWork, finding: Finding, sighting: Sighting, rule: Rule, clock: Clock
) -> Finding:
    """Let an absence that was only reminded of be what it has become."""
    grown = finding.graver(rule.id, rule.version, rule.level)
    if grown.rule_id == finding.rule_id:
        return finding
    grown = replace(
        grown,
        detected_at=clock.now(),
        threshold_s=sighting.threshold_s,
        unknown_share=sighting.unknown_share,
        conclusive=sighting.conclusive,
        customer_waited=sighting.customer_waited,
        facts={**finding.facts, **sighting.facts},
    )
    work.replace(grown)
    keep_evidence(work, grown, sighting.items, clock)
    work.note("finding.grow", f"finding/{grown.id}")
    return grown
