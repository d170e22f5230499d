"""The end of an inspection: its form is sealed, and what failed goes on as findings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import InspectionIncomplete
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding
from desktop.domain.identifiers import Digest, EvidenceId, FindingId, InspectionId, new_id
from desktop.domain.inspections import Acknowledgement, Inspection, Verdict, form_of, gaps, score
from desktop.domain.rules.catalogue import Catalogue
from desktop.usecases.inspections.visit import Visit, capture, read_visit, under_way
from desktop.usecases.ports import Clock, UnitOfWork

ITEM_RULE, CRITICAL_RULE, LOW_SCORE_RULE = INSPECTION_RULES = "R-INS-01", "R-INS-02", "R-INS-03"
SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of an inspection."""

    inspection: Inspection
    findings: tuple[Finding, ...]


def finish_inspection(
    work: UnitOfWork,
    inspection_id: InspectionId,
    taken: Acknowledgement,
    *,
    signature_size: int = 0,
    catalogue: Catalogue,
    clock: Clock,
) -> Finished:
    """Seal the form with its result; each failed item becomes a finding that people verify.

    Args:
        signature_size: bytes of the signature's picture, which lies in the vault.

    Raises:
        InspectionIncomplete: items still want an answer, a note or a photograph.
        MissingField: nobody of the window signed, and no refusal was witnessed.
    """
    under_way(work, inspection_id, "finish")
    visit = read_visit(work, inspection_id)
    if open_items := gaps(visit.checklist, visit.answers, visit.photo_counts):
        raise InspectionIncomplete(tuple(open_items))
    taken.must_be_whole()
    digests = {key: [item.sha256 for item in items] for key, items in visit.photos.items()}
    form = form_of(visit.checklist, visit.answers, digests)
    result = score(visit.checklist, visit.answers)
    now = clock.now()
    done = visit.inspection.finished(work.actor.user_id, now, form, result, taken)
    work.replace(done)
    if taken.signature is not None:
        _keep_signature(work, done, taken.signature, signature_size, clock)
    findings = tuple(_findings_of(replace(visit, inspection=done), catalogue, now))
    for finding in findings:
        work.add(finding)
    work.note("inspection.finish", f"inspection/{done.id}")
    return Finished(done, findings)


def _keep_signature(
    work: UnitOfWork, done: Inspection, sha256: Digest, size: int, clock: Clock
) -> None:
    signature = Evidence(
        id=EvidenceId(new_id()),
        hall_id=done.hall_id,
        role=SIGNATURE,
        sha256=sha256,
        size=size,
        media_type="image/png",
        taken_at=clock.now(),
        inspection_id=done.id,
        device=work.actor.device_id,
    )
    capture(work, signature, clock)


def _findings_of(visit: Visit, catalogue: Catalogue, now: datetime) -> list[Finding]:
    done = visit.inspection
    found = [
        _finding(visit, CRITICAL_RULE if row["critical"] else ITEM_RULE, row, catalogue, now)
        for row in done.form["items"]
        if row["verdict"] == Verdict.NOT.value
    ]
    if not done.score.passes:
        found.append(_finding(visit, LOW_SCORE_RULE, {}, catalogue, now))
    return found


def _finding(
    visit: Visit, rule_id: str, row: Mapping[str, object], catalogue: Catalogue, now: datetime
) -> Finding:
    done, rule, key = visit.inspection, catalogue.rule(rule_id), str(row.get("key", ""))
    facts: dict[str, object] = {"window": visit.window.name, "score": done.score.percent}
    if row:
        facts |= {"item": row["label"], "number": row["number"], "note": row["note"]}
        facts |= {"rule": row["rule"], "deduct": row["deduct"]}
    return Finding(
        id=FindingId(new_id()),
        hall_id=done.hall_id,
        rule_id=rule.id,
        rule_version=rule.version,
        level=rule.level,
        window_id=done.window_id,
        unit_id=done.unit_id,
        camera_id=None,
        event_id=f"{done.id}/{key}",
        dedupe_key=f"{rule.id}/{done.window_id}/{done.id}/{key}",
        started_at=done.started_at or now,
        ended_at=now,
        detected_at=now,
        threshold_s=0.0,
        unknown_share=0.0,
        conclusive=True,
        customer_waited=False,
        facts=facts,
        raised_by=done.finished_by,
        inspection_id=done.id,
        answer_id=visit.answers[key].id if key else None,
    )
