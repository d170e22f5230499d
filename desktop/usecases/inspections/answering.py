"""Going through a window item by item: answers as they are given, photographs as they come."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.domain.checklists import AnswerKind, Item, PublishedChecklist
from desktop.domain.errors import BadField
from desktop.domain.evidence import Evidence, PhotoSource
from desktop.domain.identifiers import AnswerId, Digest, EvidenceId, InspectionId, new_id
from desktop.domain.inspections import Answer, Inspection, Verdict
from desktop.usecases.inspections.visit import answer_of, capture, under_way
from desktop.usecases.ports import Clock, UnitOfWork

PHOTO = "photo"


def start_inspection(work: UnitOfWork, inspection_id: InspectionId, *, clock: Clock) -> Inspection:
    """Begin on the spot: every item gets the place of its answer.

    Raises:
        NotOnThisInspection: only the two who were named go.
    """
    planned = work.get(Inspection, inspection_id)
    planned.must_be_of(work.actor.user_id)
    planned.must_have_two()
    checklist = work.get(PublishedChecklist, planned.checklist_id).read()
    started = planned.started(work.actor.user_id, clock.now())
    work.replace(started)
    for item in checklist.items:
        work.add(Answer(AnswerId(new_id()), planned.hall_id, planned.id, item.key))
    work.note("inspection.start", f"inspection/{planned.id}")
    return started


@dataclass(frozen=True, slots=True)
class Saying:
    """What an inspector says of an item."""

    verdict: Verdict | None = None
    value: str = ""
    note: str = ""
    deduct: float | None = None


def answer_item(
    work: UnitOfWork, inspection_id: InspectionId, key: str, said: Saying, *, clock: Clock
) -> Answer:
    """Keep the answer to one item; the same answer again is no act.

    Raises:
        WrongState: the inspection is not under way.
        BadField: no answer of this kind.
    """
    inspection = under_way(work, inspection_id, "answer")
    answer = answer_of(work, inspection_id, key)
    item = work.get(PublishedChecklist, inspection.checklist_id).read().item(key)
    _must_fit(item, said)
    saying = (said.verdict, said.value, said.note, said.deduct)
    if saying == (answer.verdict, answer.value, answer.note, answer.deduct):
        return answer
    answer = replace(
        answer,
        verdict=said.verdict,
        value=said.value,
        note=said.note,
        deduct=said.deduct,
        answered_at=clock.now(),
    )
    work.replace(answer)
    work.note("inspection.answer", f"inspection_answer/{answer.id}")
    return answer


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph whose bytes lie in the vault, with what is known of it."""

    sha256: Digest
    size: int
    media_type: str
    taken_at: datetime
    source: PhotoSource
    device: str = ""
    clock_offset_s: float | None = None
    file_name: str = ""
    place: str = ""


def add_photo(
    work: UnitOfWork, inspection_id: InspectionId, key: str, photo: Photo, *, clock: Clock
) -> Evidence:
    """Keep a photograph of an item; the same picture twice is one.

    Raises:
        WrongState: the inspection is not under way.
    """
    inspection = under_way(work, inspection_id, "answer")
    answer = answer_of(work, inspection_id, key)
    for known in work.find(Evidence, answer_id=answer.id):
        if known.sha256 == photo.sha256:
            return known
    evidence = Evidence(
        id=EvidenceId(new_id()),
        hall_id=inspection.hall_id,
        role=PHOTO,
        sha256=photo.sha256,
        size=photo.size,
        media_type=photo.media_type,
        taken_at=photo.taken_at,
        inspection_id=inspection.id,
        answer_id=answer.id,
        source=photo.source,
        device=photo.device or work.actor.device_id,
        clock_offset_s=photo.clock_offset_s,
        file_name=photo.file_name,
        place=photo.place.strip(),
    )
    capture(work, evidence, clock)
    work.note("inspection.photo", f"evidence/{evidence.id}")
    return evidence


def _must_fit(item: Item, said: Saying) -> None:
    if item.kind is not AnswerKind.VERDICT and said.verdict is not None:
        raise BadField(Answer.ENTITY, "verdict", said.verdict.value)
    if said.deduct is not None and not 0 <= said.deduct <= item.points:
        raise BadField(Answer.ENTITY, "deduct", said.deduct)
    if said.value and not _fits(item, said.value):
        raise BadField(Answer.ENTITY, "value", said.value)


def _fits(item: Item, value: str) -> bool:
    match item.kind:
        case AnswerKind.TEXT:
            return True
        case AnswerKind.CHOICE:
            return value in {each for each, _ in item.choices}
        case AnswerKind.NUMBER | AnswerKind.DATE:
            with suppress(ValueError):
                float(value) if item.kind is AnswerKind.NUMBER else date.fromisoformat(value)
                return True
    return False
