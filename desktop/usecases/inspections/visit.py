"""One inspection with all that belongs to it, as every act on it begins."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.checklists import Checklist, PublishedChecklist
from desktop.domain.errors import NotFound, WrongState
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.identifiers import InspectionId, new_id
from desktop.domain.inspections import Answer, Inspection, InspectionState
from desktop.domain.organisation import Window
from desktop.usecases.ports import Clock, Reading, UnitOfWork


@dataclass(frozen=True, slots=True)
class Visit:
    """One inspection with all that belongs to it.

    Attributes:
        photos: of each item, oldest first.
    """

    inspection: Inspection
    checklist: Checklist
    window: Window
    answers: Mapping[str, Answer]
    photos: Mapping[str, tuple[Evidence, ...]]

    @property
    def photo_counts(self) -> Mapping[str, int]:
        """How many photographs each item has."""
        return {key: len(items) for key, items in self.photos.items()}


def read_visit(reading: Reading, inspection_id: InspectionId) -> Visit:
    """Fetch one inspection.

    Raises:
        NotFound: it, or its checklist, is not in this case file yet.
    """
    inspection = reading.get(Inspection, inspection_id)
    found = reading.find(Answer, inspection_id=inspection_id)
    keys = {answer.id: answer.item for answer in found}
    photos = defaultdict[str, list[Evidence]](list)
    for item in reading.find(Evidence, inspection_id=inspection_id):
        if item.answer_id is not None:
            photos[keys[item.answer_id]].append(item)
    return Visit(
        inspection,
        reading.get(PublishedChecklist, inspection.checklist_id).read(),
        reading.get(Window, inspection.window_id),
        {answer.item: answer for answer in found},
        {key: tuple(items) for key, items in photos.items()},
    )


def under_way(work: UnitOfWork, inspection_id: InspectionId, act: str) -> Inspection:
    """Give an inspection that this person is at.

    Raises:
        WrongState, NotOnThisInspection.
    """
    inspection = work.get(Inspection, inspection_id)
    if inspection.state is not InspectionState.UNDER_WAY:
        raise WrongState(Inspection.ENTITY, act, inspection.state.value)
    inspection.must_be_of(work.actor.user_id)
    return inspection


def answer_of(work: UnitOfWork, inspection_id: InspectionId, key: str) -> Answer:
    """Give the place of an item's answer.

    Raises:
        NotFound: the checklist has no such item.
    """
    for answer in work.find(Answer, inspection_id=inspection_id):
        if answer.item == key:
            return answer
    raise NotFound(Answer.ENTITY, key)


def capture(work: UnitOfWork, evidence: Evidence, clock: Clock) -> None:
    """Keep a piece of evidence whose bytes lie in the vault, and who captured it."""
    work.add(evidence)
    work.keep_blob(evidence.sha256, evidence.size, evidence.media_type)
    work.add(
        Custody(
            id=new_id(),
            hall_id=evidence.hall_id,
            subject_id=evidence.id,
            act=CustodyAct.CAPTURED,
            person_by=work.actor.user_id,
            at=clock.now(),
        )
    )
