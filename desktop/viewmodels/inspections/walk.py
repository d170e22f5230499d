"""The inspection that is gone through: every stroke is kept, and it goes on where it was."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.checklists import Item
from desktop.domain.errors import InspectionIncomplete
from desktop.domain.identifiers import Digest, InspectionId
from desktop.domain.inspections import (
    Acknowledged,
    Acknowledgement,
    Answer,
    Gap,
    InspectionState,
    Score,
    Verdict,
    asked,
    gaps,
    score,
)
from desktop.usecases.inspections.answering import Saying, answer_item, start_inspection
from desktop.usecases.inspections.finishing import Finished, finish_inspection
from desktop.usecases.inspections.planning import call_off
from desktop.usecases.inspections.visit import Visit, read_visit
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.inspections.touring import Touring

T = TypeVar("T")
_AT = "@"  # no item is called so


class InspectionWalk(QObject):
    """One inspection on the table; lives as long as the program is open.

    What is answered shows at once and is an act of its own; what is being written is kept stroke
    by stroke and becomes part of the answer when one goes on.

    Attributes:
        visit: what lies on the table, None while nothing does.
        at: the item one stands at; empty before the first.
    """

    opened = Signal()
    changed = Signal()  # answers, photographs or the result
    kept = Signal()  # the disk has all that was said
    moved = Signal()  # to another item
    finished = Signal(object)  # a Finished
    refused = Signal(object)

    def __init__(self, office: Touring, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self.refresh)
        self._written: dict[str, str] = {}
        self._acting = 0  # acts that are not kept yet: what was read before them is old
        self._unsent: Acknowledgement | None = None
        self.visit: Visit | None = None
        self.at = ""

    def stop(self) -> None:
        """Listen no more."""
        self._changes.close()
        self._answers.close()

    @property
    def items(self) -> tuple[Item, ...]:
        """What is asked now, in its order."""
        return asked(self.visit.checklist, self.visit.answers) if self.visit else ()

    @property
    def item(self) -> Item | None:
        """The item one stands at."""
        return self.visit.checklist.item(self.at) if self.visit and self.at else None

    @property
    def score(self) -> Score:
        """The result of what was answered so far."""
        return score(self.visit.checklist, self.visit.answers) if self.visit else Score(0, 0)

    @property
    def gaps(self) -> Mapping[str, Gap]:
        """What still wants something."""
        if self.visit is None:
            return {}
        return gaps(self.visit.checklist, self._with_notes(), self.visit.photo_counts)

    @property
    def is_under_way(self) -> bool:
        """Whether answers are taken now."""
        return self.visit is not None and (self.visit.inspection.state is InspectionState.UNDER_WAY)

    @property
    def is_kept(self) -> bool:
        """Whether the disk has every answer that was given."""
        return not self._acting

    def answer(self, key: str) -> Answer | None:
        """Give the answer to an item as it stands."""
        return self.visit.answers.get(key) if self.visit else None

    def note(self, key: str) -> str:
        """Give the note of an item, as far as it is written."""
        answer = self.answer(key)
        return self._written.get(key, answer.note if answer else "")

    def open(self, inspection_id: InspectionId) -> None:
        """Lay an inspection on the table, where it was left."""
        self.close()
        self._fetch(inspection_id)

    def close(self) -> None:
        """Leave the table; what was being written becomes part of its answer."""
        self.settle()
        self.visit, self.at, self._written = None, "", {}

    def refresh(self) -> None:
        """Fetch what lies on the table as it now is."""
        if self.visit is not None:
            self._fetch(self.visit.inspection.id)

    def start(self) -> None:
        """Begin on the spot."""
        if self.visit is not None:
            self._act(
                partial(start_inspection, inspection_id=self._id, clock=self._office.clock),
                self._started,
            )

    def go(self, key: str) -> None:
        """Stand at another item; what was written at the last one becomes part of its answer."""
        if self.visit is None or key == self.at:
            return
        self.settle()
        self.at = key
        if self.is_under_way:
            self._office.scratch.write(self._place(_AT), key)
        self.moved.emit()

    def step(self, by: int) -> None:
        """Go to a neighbouring item, as far as there is one."""
        if self.visit is None or not self.items:
            return
        places = self.visit.checklist.numbers
        here = places.get(self.at, 0)
        keys = [item.key for item in self.items]
        if by > 0:  # the item one stood at may be asked no more
            self.go(next((key for key in keys if places[key] > here), keys[-1]))
        else:
            self.go(next((key for key in reversed(keys) if places[key] < here), keys[0]))

    def decide(self, verdict: Verdict) -> None:
        """Answer the item one stands at."""
        self._say(self.at, verdict=verdict, deduct=None)

    def deduct(self, points: float | None) -> None:
        """Take off so many points for what is not in order."""
        self._say(self.at, deduct=points)

    def tell(self, value: str) -> None:
        """Answer an item that is no verdict."""
        self._say(self.at, value=value)

    def write(self, note: str) -> None:
        """Write the note of the item one stands at; kept at every stroke."""
        if self.at and self.is_under_way and note != self.note(self.at):
            self._written[self.at] = note
            self._office.scratch.write(self._place(self.at), note)

    def settle(self) -> None:
        """Let what is written become part of the answers."""
        for key in tuple(self._written):
            answer = self.answer(key)
            if answer is None or self._written[key] == answer.note:
                del self._written[key]
            elif self.is_under_way:
                self._say(key)

    def may_finish(self) -> bool:
        """Tell whether nothing is open any more; else go to the first item that is, and say so."""
        self.settle()
        open_items = self.gaps
        if open_items:
            self.go(next(iter(open_items)))
            self._refuse(InspectionIncomplete(tuple(open_items)))
        return not open_items

    def finish_signed(self, staff: str, signature: bytes) -> None:
        """Seal the form with the picture (PNG) of a signature."""
        self._unsent = Acknowledgement(Acknowledged.SIGNED, staff)
        put = partial(self._office.vault.put, signature)
        self._answers.ask(self._office.desk.run(put), self._signed, self._refuse)

    def finish_refused(self, staff: str, witness: str, words: str) -> None:
        """Seal the form of a window whose staff would not sign: who saw it, and what was said."""
        refused = Acknowledged.REFUSED
        self._finish(Acknowledgement(refused, staff, None, witness, words), 0)

    def call_off(self, reason: str) -> None:
        """Call it off."""
        if self.visit is not None:
            act = partial(call_off, inspection_id=self._id, reason=reason)
            self._act(act, self._called_off)

    @property
    def _id(self) -> InspectionId:
        assert self.visit is not None  # asked only where something lies on the table
        return self.visit.inspection.id

    def _place(self, key: str) -> str:
        return f"inspection/{self._id}/{key}"

    def _say(self, key: str, **said: object) -> None:
        """Answer an item: shown at once, kept behind it."""
        answer = self.answer(key)
        if self.visit is None or answer is None or not self.is_under_way:
            return
        note = self._written.pop(key, answer.note)
        changed = replace(answer, note=note, **said)  # type: ignore[arg-type]
        if changed == answer:
            return
        self.visit = replace(self.visit, answers={**self.visit.answers, key: changed})
        saying = Saying(changed.verdict, changed.value, changed.note, changed.deduct)
        answering = partial(answer_item, inspection_id=self._id, key=key, said=saying)
        self._act(partial(answering, clock=self._office.clock), self._kept)
        self.changed.emit()

    def _act(self, deed: Callable[[UnitOfWork], T], take: Callable[[T], None]) -> None:
        actor = self._office.door.actor
        if actor is not None:
            self._acting += 1
            self._answers.ask(self._office.desk.act(actor, deed), take, self._refuse_act)

    def _finish(self, taken: Acknowledgement, size: int) -> None:
        if self.visit is None:
            return
        self.settle()
        tools = {"catalogue": self._office.catalogue, "clock": self._office.clock}
        act = partial(finish_inspection, inspection_id=self._id, taken=taken, signature_size=size)
        self._act(partial(act, **tools), self._finished)

    def _signed(self, stored: object) -> None:
        taken, self._unsent = self._unsent, None
        if taken is not None:
            sha256, size = stored.sha256, stored.size  # type: ignore[attr-defined]
            self._finish(replace(taken, signature=Digest(sha256)), size)

    def _fetch(self, inspection_id: InspectionId) -> None:
        look = self._office.desk.look(partial(read_visit, inspection_id=inspection_id))
        self._answers.ask(look, self._show, self._refuse, "visit")

    def _show(self, visit: Visit) -> None:
        if self._acting:
            return  # older than what is shown; the next change brings it
        is_new = self.visit is None
        before, self.visit = self.visit, visit
        if not is_new:
            if before != visit:
                self.changed.emit()
            return
        kept = self._office.scratch.read(f"inspection/{visit.inspection.id}/")
        self._answers.ask(kept, self._recall, self._refuse, "scratch")

    def _recall(self, kept: Mapping[str, str]) -> None:
        """Go on where it was left, with what was being written."""
        if self.visit is None:
            return
        keys = {item.key for item in self.visit.checklist.items}
        told = {place.rpartition("/")[2]: words for place, words in kept.items()}
        notes = {key: words for key, words in told.items() if key in keys}
        if self.is_under_way:
            self._written = {k: w for k, w in notes.items() if w != self.note(k)}
        first = next(iter(self.gaps), self.items[0].key if self.items else "")
        self.at = told.get(_AT, first)
        self.opened.emit()
        self.moved.emit()

    def _with_notes(self) -> Mapping[str, Answer]:
        assert self.visit is not None  # asked only where something lies on the table
        answers = self.visit.answers
        written = {k: replace(answers[k], note=note) for k, note in self._written.items()}
        return {**answers, **written}

    def _started(self, _inspection: object) -> None:
        self._acting -= 1
        inspection_id = self._id
        self.visit = None
        self._fetch(inspection_id)

    def _kept(self, answer: Answer) -> None:
        self._acting -= 1
        if self.is_kept:
            self.kept.emit()
        if self.visit and answer.item not in self._written:
            self._office.scratch.forget(self._place(answer.item))

    def _finished(self, finished: Finished) -> None:
        self._acting -= 1
        self._office.scratch.forget(f"inspection/{finished.inspection.id}/")
        self.refresh()
        self.finished.emit(finished)

    def _called_off(self, _inspection: object) -> None:
        self._acting -= 1
        self.refresh()

    def _refuse_act(self, error: Exception) -> None:
        self._acting -= 1
        self.refresh()
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
