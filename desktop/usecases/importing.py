"""Taking in a file of cases: all of it or nothing, and the same file only once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.domain.approvals import CaseBundle
from desktop.domain.errors import MissingField
from desktop.domain.identifiers import Digest, HallId, UserId, new_id
from desktop.domain.imports import Complaint, ImportBatch, Taken
from desktop.usecases.checking import Stopped
from desktop.usecases.ports import Clock, Reading, UnitOfWork

PIECE = 500  # cases; a piece is written in some 30 ms, so others wait no longer


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file is taken in, for which hall, and how it is read."""

    hall_id: HallId
    file_name: str
    source_sha256: Digest
    profile: str
    profile_version: str


class Waiting(Protocol):
    """Where the pieces of an import wait until all of them are there; each is a transaction."""

    def stage(self, batch_id: str, hall_id: HallId, bundles: Sequence[CaseBundle]) -> None:
        """Let cases wait."""

    def complain(self, batch_id: str, first: int, complaints: Sequence[Complaint]) -> None:
        """Keep what was complained of, numbered from `first` on."""

    def discard(self, batch_id: str) -> None:
        """Forget all of an import."""


def earlier_import(reading: Reading, origin: Origin) -> ImportBatch | None:
    """Find the import that took in the same file, read the same way, for the same hall."""
    batches = reading.find(ImportBatch, source_sha256=origin.source_sha256, hall_id=origin.hall_id)
    way = (origin.profile, origin.profile_version)
    same = (each for each in batches if (each.profile, each.profile_version) == way)
    return next(same, None)


def gather_import(
    stream: Iterable[Taken],
    origin: Origin,
    waiting: Waiting,
    *,
    by: UserId,
    clock: Clock,
    go_on: Callable[[int], bool] = lambda _: True,
) -> ImportBatch:
    """Bring every case of a file to where it waits, piece by piece.

    Whatever goes wrong on the way, nothing of it stays.

    Args:
        go_on: told the number of cases after each piece; answers False to stop.

    Raises:
        Stopped: `go_on` said so.
        ExchangeError: the file as a whole is refused.
    """
    gathering = _Gathering(new_id(), origin.hall_id, waiting)
    try:
        for taken in stream:
            gathering.take(taken)
            if gathering.full:
                gathering.pass_on()
                if not go_on(gathering.cases):
                    raise Stopped
        gathering.pass_on()
    except BaseException:
        waiting.discard(gathering.batch_id)
        raise
    return gathering.batch(origin, by, clock)


def settle_import(work: UnitOfWork, batch: ImportBatch) -> ImportBatch:
    """Take in, in one act, all that waits of an import."""
    changed = work.settle_cases(batch.id)
    settled = replace(batch, changed=changed)
    work.add(settled)
    work.note("cases.import", f"import_batch/{batch.id}", reason=batch.file_name)
    return settled


def note_complaints_export(work: UnitOfWork, batch: ImportBatch, reason: str) -> None:
    """Write in the audit trail who took out the rows that an import complained of, and why.

    Raises:
        MissingField: no reason.
    """
    if not reason.strip():
        raise MissingField(ImportBatch.ENTITY, "export", "reason")
    work.note("cases.export_complaints", f"import_batch/{batch.id}", reason=reason)


class _Gathering:
    def __init__(self, batch_id: str, hall_id: HallId, waiting: Waiting) -> None:
        self.batch_id = batch_id
        self.cases = self.events = self.complaints = 0
        self._hall_id = hall_id
        self._waiting = waiting
        self._bundles: list[CaseBundle] = []
        self._complaints: list[Complaint] = []
        self._reasons: Counter[str] = Counter()
        self._remarks = 0

    @property
    def full(self) -> bool:
        return len(self._bundles) >= PIECE or len(self._complaints) >= PIECE

    def take(self, taken: Taken) -> None:
        if taken.bundle:
            self._bundles.append(taken.bundle)
        for complaint in taken.complaints:
            self._complaints.append(complaint)
            self._remarks += complaint.kept
            self._reasons[complaint.reason.value] += 1

    def pass_on(self) -> None:
        if self._bundles:
            self._waiting.stage(self.batch_id, self._hall_id, self._bundles)
        if self._complaints:
            self._waiting.complain(self.batch_id, self.complaints + 1, self._complaints)
        self.cases += len(self._bundles)
        self.events += sum(len(bundle.events) for bundle in self._bundles)
        self.complaints += len(self._complaints)
        self._bundles, self._complaints = [], []

    def batch(self, origin: Origin, by: UserId, clock: Clock) -> ImportBatch:
        return ImportBatch(
            id=self.batch_id,
            hall_id=origin.hall_id,
            file_name=origin.file_name,
            source_sha256=origin.source_sha256,
            profile=origin.profile,
            profile_version=origin.profile_version,
            imported_by=by,
            imported_at=clock.now(),
            cases=self.cases,
            events=self.events,
            rejected=self.complaints - self._remarks,
            remarks=self._remarks,
            reasons=dict(sorted(self._reasons.items())),
        )
