"""The timeline of a case file: every step of everything in it, in the order of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.cards import Card
from desktop.domain.dossiers import Dossier, Entry, EntryKind
from desktop.domain.errors import NotFound
from desktop.domain.evidence import Evidence, Paper
from desktop.domain.findings import Finding
from desktop.domain.identifiers import UserId
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
        taken_out: what was in it once.
    """

    dossier: Dossier
    entries: tuple[Entry, ...]
    taken_out: tuple[Entry, ...]
    records: Mapping[str, Kept]
    moments: tuple[Moment, ...]


def read_dossier(reading: Reading, dossier_id: str) -> DossierFile:
    """Lay a case file open.

    Raises:
        NotFound: it is not in this store.
    """
    dossier = reading.get(Dossier, dossier_id)
    entries = contents(reading, dossier.id)
    everything = reading.find(Entry, dossier_id=dossier.id)
    records = {e.subject_id: kept for e in entries if (kept := _kept(reading, e)) is not None}
    moments = [*_moments(dossier, dossier.title)]
    for entry in entries:
        kept = records.get(entry.subject_id)
        told = _moments(kept, entry.title) if kept else iter([_filed(entry)])
        moments += told
    return DossierFile(
        dossier,
        entries,
        tuple(entry for entry in everything if entry not in entries),
        records,
        tuple(sorted(moments, key=lambda moment: moment.at)),
    )


def _kept(reading: Reading, entry: Entry) -> Kept | None:
    kind = KINDS.get(entry.kind)
    try:
        return reading.get(kind, entry.subject_id) if kind else None
    except NotFound:
        return None  # it lies in a scope that this machine does not hold


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
