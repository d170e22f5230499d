"""The timeline of a case file: every step of everything in it, in the order of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.approvals import CaseBundle
from desktop.domain.cards import Card
from desktop.domain.dossiers import Dossier, Entry, EntryKind
from desktop.domain.errors import NotFound
from desktop.domain.evidence import Evidence, Paper
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CaseId, UserId
from desktop.domain.inspections import Inspection
from desktop.usecases.dossiers import contents
from desktop.usecases.ports import Reading, Record

Kept = Finding | Inspection | Card | Paper | Evidence
KINDS: Mapping[EntryKind, type[Kept]] = {
    EntryKind.FINDING: Finding,
    EntryKind.INSPECTION: Inspection,
    EntryKind.CARD: Card,
    EntryKind.PAPER: Paper,
    EntryKind.EVIDENCE: Evidence,
}

# The fields of each record that tell when a step was taken, and whose fields tell by whom.
_STEPS: Mapping[type[Record], tuple[str, ...]] = {
    Finding: ("detected", "first_review", "confirmed", "dismissed"),
    Inspection: ("planned", "started", "finished"),
    Card: (
        "drafted", "checked", "signed", "issued", "served", "effective", "revoked", "escalated",
        "closed",
    ),
    Paper: ("issued",),
    Evidence: ("taken",),
    Dossier: ("opened", "closed", "archived"),
}  # fmt: skip
_CASE_STEPS = ("received", "accepted", "decided", "completed", "delivered")


@dataclass(frozen=True, slots=True)
class Moment:
    """One step.

    Attributes:
        step: what was done, as `card.signed`.
        title: of the entry it is about.
    """

    at: datetime
    step: str
    title: str
    by: UserId | None = None


@dataclass(frozen=True, slots=True)
class DossierFile:
    """A case file laid open.

    Attributes:
        records: what the entries stand for, as far as this machine holds it.
        cases: the approval cases among them.
        taken_out: what was in it once.
    """

    dossier: Dossier
    entries: tuple[Entry, ...]
    taken_out: tuple[Entry, ...]
    records: Mapping[str, Kept]
    moments: tuple[Moment, ...]
    cases: Mapping[str, CaseBundle]


def read_dossier(reading: Reading, dossier_id: str) -> DossierFile:
    """Lay a case file open.

    Raises:
        NotFound: it is not in this store.
    """
    dossier = reading.get(Dossier, dossier_id)
    entries = contents(reading, dossier.id)
    everything = reading.find(Entry, dossier_id=dossier.id)
    records = {e.subject_id: kept for e in entries if (kept := _kept(reading, e)) is not None}
    cases = {e.subject_id: case for e in entries if (case := _case(reading, e)) is not None}
    moments = [*_moments(dossier, dossier.title)]
    for entry in entries:
        kept, bundle = records.get(entry.subject_id), cases.get(entry.subject_id)
        if kept is not None:
            moments += _moments(kept, entry.title)
        elif bundle is not None:
            moments += _case_moments(bundle, entry.title)
        else:
            moments.append(_filed(entry))
    return DossierFile(
        dossier,
        entries,
        tuple(entry for entry in everything if entry not in entries),
        records,
        tuple(sorted(moments, key=lambda moment: moment.at)),
        cases,
    )


def _kept(reading: Reading, entry: Entry) -> Kept | None:
    kind = KINDS.get(entry.kind)
    try:
        return reading.get(kind, entry.subject_id) if kind else None
    except NotFound:
        return None  # it lies in a scope that this machine does not hold


def _case(reading: Reading, entry: Entry) -> CaseBundle | None:
    if entry.kind is not EntryKind.CASE:
        return None
    try:
        return reading.case(entry.hall_id, CaseId(entry.subject_id))
    except NotFound:
        return None


def _case_moments(bundle: CaseBundle, title: str) -> Iterator[Moment]:
    for step in _CASE_STEPS:
        at = getattr(bundle.case, f"{step}_at")
        if at is not None:
            yield Moment(at, f"case.{step}", title)


def _filed(entry: Entry) -> Moment:
    step = "note.written" if entry.kind is EntryKind.NOTE else "entry.happened"
    return Moment(entry.at, step, entry.title, entry.filed_by)


def _moments(thing: Record, title: str) -> Iterator[Moment]:
    for step in _STEPS[type(thing)]:
        at = getattr(thing, f"{step}_at", None)
        if isinstance(at, datetime):
            sealed = step == "issued" and isinstance(thing, Card)
            by = getattr(thing, "sealed_by" if sealed else f"{step}_by", None)
            yield Moment(at, f"{thing.ENTITY}.{step}", title, by)
