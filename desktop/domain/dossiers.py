"""A case file (案卷): what belongs to one matter, gathered, kept in order, closed and archived."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.errors import OnHold
from desktop.domain.identifiers import Digest, DossierId, EntryId, HallId, UserId


class DossierState(Enum):
    """How far a case file is."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    ARCHIVED = "ARCHIVED"
    MERGED = "MERGED"


class Retention(Enum):
    """How long it is kept (section 14): warnings two years, cards ten, leads thirty."""

    YEARS_2 = "YEARS_2"
    YEARS_10 = "YEARS_10"
    YEARS_30 = "YEARS_30"
    PERMANENT = "PERMANENT"

    @property
    def years(self) -> int | None:
        """For so many years after it was closed; None for ever."""
        return {"YEARS_2": 2, "YEARS_10": 10, "YEARS_30": 30}.get(self.value)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case file; what is in it are its entries.

    Attributes:
        handler: who works on it.
        hold_reason: why nothing may be closed, merged, split or archived; empty where it may.
        archive_sha256: digest of the archive file, which lies in the vault.
    """

    ENTITY: ClassVar = "dossier"

    id: DossierId
    hall_id: HallId
    title: str
    opened_by: UserId
    opened_at: datetime
    handler: UserId | None = None
    hold_reason: str = ""
    retention: Retention = Retention.YEARS_10
    state: DossierState = DossierState.OPEN
    close_note: str = ""
    closed_by: UserId | None = None
    closed_at: datetime | None = None
    reopen_reason: str = ""
    reopened_by: UserId | None = None
    archive_sha256: Digest | None = None
    archive_size: int = 0
    archived_by: UserId | None = None
    archived_at: datetime | None = None
    merged_into: DossierId | None = None
    merged_by: UserId | None = None

    @property
    def keep_until(self) -> int | None:
        """The last year through which it is kept; None for ever, or while it is open."""
        years = self.retention.years
        return self.closed_at.year + years if self.closed_at and years else None

    def must_not_be_held(self) -> None:
        """Refuse what a hold forbids.

        Raises:
            OnHold.
        """
        if self.hold_reason:
            raise OnHold(self.id, self.hold_reason)

    def closed(self, by: UserId, at: datetime, note: str) -> "Dossier":
        """Close it with its outcome."""
        state = DossierState.CLOSED
        return replace(self, state=state, closed_by=by, closed_at=at, close_note=note)

    def reopened(self, by: UserId, reason: str) -> "Dossier":
        """Open it again."""
        return replace(self, state=DossierState.OPEN, reopened_by=by, reopen_reason=reason)

    def archived(self, by: UserId, at: datetime, sha256: Digest, size: int) -> "Dossier":
        """Seal it in its archive file."""
        return replace(
            self,
            state=DossierState.ARCHIVED,
            archived_by=by,
            archived_at=at,
            archive_sha256=sha256,
            archive_size=size,
        )

    def merged(self, by: UserId, into: DossierId) -> "Dossier":
        """Let it go on in another one."""
        return replace(self, state=DossierState.MERGED, merged_by=by, merged_into=into)


class EntryKind(Enum):
    """What an entry is, in the order in which the index lists what happened at one moment."""

    FINDING = "FINDING"
    INSPECTION = "INSPECTION"
    CASE = "CASE"
    EVIDENCE = "EVIDENCE"
    CARD = "CARD"
    PAPER = "PAPER"
    NOTE = "NOTE"


class EntryState(Enum):
    """Whether it still belongs to the file."""

    FILED = "FILED"
    TAKEN_OUT = "TAKEN_OUT"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a case file.

    Attributes:
        subject_id: id of the record; of a note its own.
        title: as the index lists it, also where the record is not on this machine.
        at: when it happened.
        words: of a note.
        moved_to: the case file that it went to.
    """

    ENTITY: ClassVar = "dossier_entry"

    id: EntryId
    hall_id: HallId
    dossier_id: DossierId
    kind: EntryKind
    subject_id: str
    title: str
    at: datetime
    filed_by: UserId
    filed_at: datetime
    words: str = ""
    state: EntryState = EntryState.FILED
    taken_out_by: UserId | None = None
    take_out_reason: str = ""
    moved_to: DossierId | None = None

    @property
    def subject(self) -> tuple[EntryKind, str]:
        """What it stands for."""
        return self.kind, self.subject_id

    def taken_out(self, by: UserId, reason: str, moved_to: DossierId | None = None) -> "Entry":
        """Take it out; the list keeps it with the reason."""
        return replace(
            self,
            state=EntryState.TAKEN_OUT,
            taken_out_by=by,
            take_out_reason=reason,
            moved_to=moved_to,
        )


def index_of(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give the index of contents (卷内目录): what is in the file, in the order in which it was."""
    order = list(EntryKind)
    filed = (entry for entry in entries if entry.state is EntryState.FILED)
    return tuple(sorted(filed, key=lambda each: (each.at, order.index(each.kind), each.id)))
