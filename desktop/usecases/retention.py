"""Keeping evidence that must stay, and writing down what goes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from desktop.domain.cards import Card
from desktop.domain.dossiers import Entry, EntryKind, EntryState
from desktop.domain.errors import MissingField, WrongState
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding
from desktop.domain.identifiers import FindingId, new_id
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.retention import (
    Disposal,
    EvidenceHold,
    Going,
    HoldState,
    Terms,
    going,
)
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def hold_evidence(
    work: UnitOfWork, finding_id: FindingId, reason: str, *, clock: Clock
) -> EvidenceHold:
    """Let the evidence of a finding stay until somebody releases it.

    Raises:
        MissingField: no reason.
        WrongState: it is held already.
    """
    if not reason.strip():
        raise MissingField(EvidenceHold.ENTITY, "create", "reason")
    if standing_hold(work, finding_id) is not None:
        raise WrongState(EvidenceHold.ENTITY, "create", HoldState.STANDING.value)
    finding = work.get(Finding, finding_id)
    hold = EvidenceHold(
        new_id(), finding.hall_id, finding_id, reason, work.actor.user_id, clock.now()
    )
    work.add(hold)
    work.note("evidence.hold", f"finding/{finding_id}", reason=reason)
    return hold


def release_evidence(work: UnitOfWork, finding_id: FindingId) -> EvidenceHold | None:
    """Let the time of a finding's evidence run again."""
    hold = standing_hold(work, finding_id)
    if hold is None:
        return None
    released = hold.released(work.actor.user_id)
    work.replace(released)
    work.note("evidence.release", f"finding/{finding_id}")
    return released


def standing_hold(reading: Reading, finding_id: FindingId) -> EvidenceHold | None:
    """Give the hold that binds a finding's evidence now."""
    holds = reading.find(EvidenceHold, finding_id=finding_id)
    return next((hold for hold in holds if hold.state is HoldState.STANDING), None)


def choose_going(
    reading: Reading, terms: Terms, sizes: Mapping[str, int], *, clock: Clock
) -> tuple[Going, ...]:
    """Choose what of the evidence on this disk goes now."""
    evidence = reading.find(Evidence)
    findings = {finding.id: finding for finding in reading.find(Finding)}
    return going(
        evidence,
        findings,
        bound=bound_findings(reading),
        terms=terms,
        sizes=sizes,
        now=clock.now(),
    )


def bound_findings(reading: Reading) -> frozenset[FindingId]:
    """Name the findings that a card, a paper, a case file or a hold rests on."""
    cited = (f for card in reading.find(Card) for f in card.finding_ids)
    written = (f for paper in reading.find(OfficialDocument) for f in paper.finding_ids)
    held = (hold.finding_id for hold in reading.find(EvidenceHold, state=HoldState.STANDING))
    return frozenset([*cited, *written, *held, *_filed(reading)])


def _filed(reading: Reading) -> Iterator[FindingId]:
    """Name the findings that lie in a case file, themselves or by a piece of their evidence."""
    entries = reading.find(Entry, state=EntryState.FILED)
    evidence = {each.subject_id for each in entries if each.kind is EntryKind.EVIDENCE}
    yield from (FindingId(e.subject_id) for e in entries if e.kind is EntryKind.FINDING)
    if evidence:
        pieces = reading.find(Evidence)
        yield from (p.finding_id for p in pieces if p.id in evidence and p.finding_id)


def write_disposals(
    work: UnitOfWork, chosen: Sequence[Going], sizes: Mapping[str, int], *, clock: Clock
) -> tuple[Disposal, ...]:
    """Write down what is about to be deleted, by hall and reason; the bytes go afterwards."""
    ordered = sorted(chosen, key=_heading)
    made = tuple(
        Disposal(
            id=new_id(),
            hall_id=group[0].item.hall_id,
            device_id=work.actor.device_id,
            at=clock.now(),
            reason=group[0].reason,
            items=tuple(each.item.id for each in group),
            size=sum(sizes[digest] for digest in {each.item.sha256 for each in group}),
        )
        for group in (tuple(found) for _, found in groupby(ordered, key=_heading))
    )
    for disposal in made:
        work.add(disposal)
    work.note("evidence.dispose", "evidence")
    return made


def disposed_digests(reading: Reading, device_id: str) -> frozenset[str]:
    """Name the bytes that a machine has written down as deleted and that nothing else needs."""
    gone = {i for made in reading.find(Disposal, device_id=device_id) for i in made.items}
    evidence = reading.find(Evidence)
    kept = {item.sha256 for item in evidence if item.id not in gone}
    return frozenset(item.sha256 for item in evidence if item.id in gone) - kept


def _heading(each: Going) -> tuple[str, str]:
    return each.item.hall_id, each.reason.value
