"""An inspection of one window (现场巡查): planned, gone through by two, sealed with its result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.checklists import Checklist, Item, Plain, digest_of
from desktop.domain.errors import BadField, MissingField, NotOnThisInspection
from desktop.domain.identifiers import (
    AnswerId,
    ChecklistId,
    Digest,
    HallId,
    InspectionId,
    PlanId,
    UnitId,
    UserId,
    WindowId,
)

INSPECTORS = 2  # section 10
PASS_PERCENT = 60.0  # below it a window has to put things right


class Verdict(Enum):
    """What an inspector found of an item."""

    OK = "OK"
    NOT = "NOT"
    NA = "NA"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one item; all empty until somebody says something.

    Attributes:
        value: of an item that is no verdict: its text, number, ISO date or chosen value.
        deduct: points taken off for NOT; None for all of them.
    """

    ENTITY: ClassVar = "inspection_answer"

    id: AnswerId
    hall_id: HallId
    inspection_id: InspectionId
    item: str
    verdict: Verdict | None = None
    value: str = ""
    deduct: float | None = None
    note: str = ""
    answered_at: datetime | None = None

    @property
    def said(self) -> str:
        """The answer as conditions compare it; empty where there is none."""
        return self.verdict.value if self.verdict else self.value


Answers = Mapping[str, Answer]  # by item


class Gap(Enum):
    """What an item still wants."""

    ANSWER = "answer"
    NOTE = "note"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Score:
    """Points got of those that applied; what does not apply leaves the base (section 10).

    Attributes:
        failed, critical: items that were not in order, and the ★ among them.
    """

    got: float
    applicable: float
    failed: tuple[str, ...] = ()
    critical: tuple[str, ...] = ()

    @property
    def percent(self) -> float | None:
        """Of a hundred, to one decimal; None where nothing applied."""
        return round(self.got / self.applicable * 100, 1) if self.applicable else None

    @property
    def passes(self) -> bool:
        """Whether the window need not put things right as a whole."""
        return self.percent is None or self.percent >= PASS_PERCENT


def asked(checklist: Checklist, answers: Answers) -> tuple[Item, ...]:
    """Give the items that the skip logic leaves, in their order."""
    known: dict[str, bool] = {}

    def is_asked(item: Item) -> bool:
        if item.key not in known:
            known[item.key] = all(
                is_asked(checklist.item(each.item)) and _said(answers, each.item) in each.among
                for each in item.when
            )
        return known[item.key]

    return tuple(item for item in checklist.items if is_asked(item))


def score(checklist: Checklist, answers: Answers) -> Score:
    """Reckon the result of what was answered so far."""
    got = applicable = 0.0
    failed, critical = list[str](), list[str]()
    for item in asked(checklist, answers):
        answer = answers.get(item.key)
        if answer is None or answer.verdict in {None, Verdict.NA}:
            continue
        applicable += item.points
        got += item.points
        if answer.verdict is Verdict.NOT:
            got -= taken_off(item, answer)
            failed.append(item.key)
            critical += [item.key] if item.critical else []
    return Score(got, applicable, tuple(failed), tuple(critical))


def taken_off(item: Item, answer: Answer) -> float:
    """Give the points that a failed item costs: never more than it is worth."""
    return item.points if answer.deduct is None else min(max(answer.deduct, 0.0), item.points)


def gaps(checklist: Checklist, answers: Answers, photos: Mapping[str, int]) -> Mapping[str, Gap]:
    """Name the items that still want something, in their order, each with the first it wants.

    Args:
        photos: how many each item has.
    """
    wanted = (
        (item.key, _gap(item, answers.get(item.key), photos.get(item.key, 0)))
        for item in asked(checklist, answers)
    )
    return {key: gap for key, gap in wanted if gap}


def _gap(item: Item, answer: Answer | None, photos: int) -> Gap | None:
    if answer is None or not answer.said:
        return Gap.ANSWER if item.is_required else None
    if answer.verdict is not Verdict.NOT:
        return None
    if not answer.note.strip():
        return Gap.NOTE
    return Gap.PHOTO if item.photo_on_fail and not photos else None


def _said(answers: Answers, key: str) -> str:
    answer = answers.get(key)
    return answer.said if answer else ""


class InspectionState(Enum):
    """How far an inspection is."""

    PLANNED = "PLANNED"
    UNDER_WAY = "UNDER_WAY"
    FINISHED = "FINISHED"
    CANCELLED = "CANCELLED"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to go."""
        return self in {InspectionState.PLANNED, InspectionState.UNDER_WAY}


class Acknowledged(Enum):
    """Whether the window's staff signed, or would not (拒签)."""

    SIGNED = "SIGNED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """How the window's staff took the result.

    Attributes:
        staff: the name of who was there.
        signature: digest of the picture of the signature.
        witness, refusal_note: where it was refused: who saw it, and what was said.
    """

    how: Acknowledged
    staff: str
    signature: Digest | None = None
    witness: str = ""
    refusal_note: str = ""

    def must_be_whole(self) -> None:
        """Refuse one that proves nothing.

        Raises:
            MissingField: the name, the signature, or the witness of a refusal.
        """
        refused = self.how is Acknowledged.REFUSED
        told = {
            "staff": self.staff.strip(),
            "signature": refused or self.signature,
            "witness": not refused or self.witness.strip(),
            "refusal_note": not refused or self.refusal_note.strip(),
        }
        for name, value in told.items():
            if not value:
                raise MissingField(Inspection.ENTITY, "finish", name)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One window's inspection, from the plan to its sealed form.

    Attributes:
        checklist_id: the version it is pinned to.
        plan_id: of the plan it was made of; None for one that comes once.
        plan_title: of the round it belongs to; empty for one that nobody planned.
        form: every item with its answer as they stood at the end; what papers print.
    """

    ENTITY: ClassVar = "inspection"

    id: InspectionId
    hall_id: HallId
    window_id: WindowId
    unit_id: UnitId
    checklist_id: ChecklistId
    due_on: date
    inspectors: tuple[UserId, ...]
    planned_by: UserId
    planned_at: datetime
    plan_title: str = ""
    plan_id: PlanId | None = None
    state: InspectionState = InspectionState.PLANNED
    started_by: UserId | None = None
    started_at: datetime | None = None
    acknowledged: Acknowledged | None = None
    staff: str = ""
    witness: str = ""
    refusal_note: str = ""
    signature: Digest | None = None
    got: float | None = None
    applicable: float | None = None
    form: Plain = field(default_factory=dict)
    form_digest: Digest | None = None
    finished_by: UserId | None = None
    finished_at: datetime | None = None
    cancelled_by: UserId | None = None
    cancel_reason: str = ""

    @property
    def score(self) -> Score:
        """The sealed result."""
        rows = self.form.get("items", ())
        failed = [row for row in rows if row["verdict"] == Verdict.NOT.value]
        return Score(
            self.got or 0.0,
            self.applicable or 0.0,
            tuple(row["key"] for row in failed),
            tuple(row["key"] for row in failed if row["critical"]),
        )

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.state.is_open and self.due_on < today

    def must_be_of(self, person: UserId) -> None:
        """Refuse who was not named.

        Raises:
            NotOnThisInspection.
        """
        if person not in self.inspectors:
            raise NotOnThisInspection(self.id)

    def must_have_two(self) -> None:
        """Refuse to go alone.

        Raises:
            BadField: not two different people.
        """
        if len(set(self.inspectors)) != INSPECTORS:
            raise BadField(self.ENTITY, "inspectors", len(set(self.inspectors)))

    def started(self, by: UserId, at: datetime) -> "Inspection":
        """Begin on the spot."""
        return replace(self, state=InspectionState.UNDER_WAY, started_by=by, started_at=at)

    def finished(
        self, by: UserId, at: datetime, form: Plain, result: Score, taken: Acknowledgement
    ) -> "Inspection":
        """Seal what was found."""
        return replace(
            self,
            state=InspectionState.FINISHED,
            finished_by=by,
            finished_at=at,
            acknowledged=taken.how,
            staff=taken.staff.strip(),
            witness=taken.witness.strip(),
            refusal_note=taken.refusal_note.strip(),
            signature=taken.signature,
            got=result.got,
            applicable=result.applicable,
            form=form,
            form_digest=digest_of(form),
        )

    def cancelled(self, by: UserId, reason: str) -> "Inspection":
        """Call it off with a reason."""
        return replace(self, state=InspectionState.CANCELLED, cancelled_by=by, cancel_reason=reason)


def form_of(checklist: Checklist, answers: Answers, photos: Mapping[str, Sequence[str]]) -> Plain:
    """Write down every item that was asked, with its words, answer and photographs by digest."""
    return {
        "checklist": checklist.key,
        "version": checklist.version,
        "title": dict(checklist.title),
        "items": list(_form_rows(checklist, answers, photos)),
    }


def _form_rows(
    checklist: Checklist, answers: Answers, photos: Mapping[str, Sequence[str]]
) -> Iterator[Plain]:
    for item in asked(checklist, answers):
        answer = answers.get(item.key)
        verdict = answer.verdict if answer else None
        fails = answer is not None and verdict is Verdict.NOT
        yield {
            "key": item.key,
            "number": checklist.numbers[item.key],
            "label": dict(item.label),
            "points": item.points,
            "critical": item.critical,
            "rule": item.rule,
            "verdict": verdict.value if verdict else "",
            "value": _shown(item, answer.value) if answer else "",
            "deduct": taken_off(item, answer) if answer and fails else 0.0,
            "note": answer.note if answer else "",
            "photos": list(photos.get(item.key, ())),
        }


def _shown(item: Item, value: str) -> str:
    """Give a chosen value its label in the language in which papers are written."""
    labels = {each: label.get("zh") or next(iter(label.values())) for each, label in item.choices}
    return labels.get(value, value)
