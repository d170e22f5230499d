"""Case files: opened, filled, assigned, held, closed, merged, split and archived."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.dossiers import (
    Dossier,
    DossierState,
    Entry,
    EntryKind,
    EntryState,
    Retention,
    index_of,
)
from desktop.domain.errors import BadField, MissingField, WrongState
from desktop.domain.identifiers import Digest, DossierId, EntryId, HallId, UserId, new_id
from desktop.usecases.ports import Clock, Reading, UnitOfWork

MOST_AT_ONCE = 90  # entries of one act: moved ones count twice, and one request of sync holds 200


@dataclass(frozen=True, slots=True)
class Filing:
    """What is put into a case file; a note stands for itself.

    Attributes:
        at: when it happened.
    """

    kind: EntryKind
    title: str
    at: datetime
    subject_id: str = ""
    words: str = ""


def open_dossier(
    work: UnitOfWork,
    hall_id: HallId,
    title: str,
    filings: Sequence[Filing] = (),
    *,
    retention: Retention = Retention.YEARS_10,
    clock: Clock,
) -> Dossier:
    """Open a case file with what it begins with (立案).

    Raises:
        MissingField: no title.
    """
    if not title.strip():
        raise MissingField(Dossier.ENTITY, "create", "title")
    dossier = Dossier(
        id=DossierId(new_id()),
        hall_id=hall_id,
        title=title.strip(),
        opened_by=work.actor.user_id,
        opened_at=clock.now(),
        handler=work.actor.user_id,
        retention=retention,
    )
    work.add(dossier)
    _file(work, dossier, filings, clock)
    work.note("dossier.open", f"dossier/{dossier.id}")
    return dossier


def file_entries(
    work: UnitOfWork, dossier_id: DossierId, filings: Sequence[Filing], *, clock: Clock
) -> tuple[Entry, ...]:
    """Put things into an open case file; what is in it already stays once.

    Raises:
        WrongState: it is closed.
        BadField: too much at once.
    """
    dossier = _open(work, dossier_id, "put_in")
    filed = _file(work, dossier, filings, clock)
    work.note("dossier.put_in", f"dossier/{dossier.id}")
    return filed


def take_out(work: UnitOfWork, entry_id: EntryId, reason: str) -> Entry:
    """Take something out with a reason; the list keeps it."""
    entry = work.get(Entry, entry_id)
    _open(work, entry.dossier_id, "take_out").must_not_be_held()
    out = entry.taken_out(work.actor.user_id, reason.strip())
    work.replace(out)
    work.note("dossier.take_out", f"dossier_entry/{entry.id}", reason=reason)
    return out


def assign_dossier(work: UnitOfWork, dossier_id: DossierId, handler: UserId) -> Dossier:
    """Let somebody work on it."""
    dossier = replace(work.get(Dossier, dossier_id), handler=handler)
    work.replace(dossier)
    work.note("dossier.assign", f"dossier/{dossier.id}")
    return dossier


def hold_dossier(work: UnitOfWork, dossier_id: DossierId, reason: str) -> Dossier:
    """Put it on hold (冻结) with a reason, or release it with an empty one."""
    dossier = replace(work.get(Dossier, dossier_id), hold_reason=reason.strip())
    work.replace(dossier)
    act = "dossier.hold" if dossier.hold_reason else "dossier.release"
    work.note(act, f"dossier/{dossier.id}", reason=reason)
    return dossier


def retain_dossier(work: UnitOfWork, dossier_id: DossierId, retention: Retention) -> Dossier:
    """Say how long it is kept."""
    dossier = replace(work.get(Dossier, dossier_id), retention=retention)
    work.replace(dossier)
    work.note("dossier.retain", f"dossier/{dossier.id}", reason=retention.value)
    return dossier


def close_dossier(work: UnitOfWork, dossier_id: DossierId, note: str, *, clock: Clock) -> Dossier:
    """Close it with its outcome (结案).

    Raises:
        OnHold, WrongState, MissingField.
    """
    dossier = work.get(Dossier, dossier_id)
    dossier.must_not_be_held()
    dossier = dossier.closed(work.actor.user_id, clock.now(), note.strip())
    work.replace(dossier)
    work.note("dossier.close", f"dossier/{dossier.id}", reason=note)
    return dossier


def reopen_dossier(work: UnitOfWork, dossier_id: DossierId, reason: str) -> Dossier:
    """Open a closed case file again with a reason."""
    dossier = work.get(Dossier, dossier_id).reopened(work.actor.user_id, reason.strip())
    work.replace(dossier)
    work.note("dossier.reopen", f"dossier/{dossier.id}", reason=reason)
    return dossier


def archive_dossier(
    work: UnitOfWork, dossier_id: DossierId, sha256: Digest, size: int, *, clock: Clock
) -> Dossier:
    """Seal it in its archive file, which lies in the vault (归档).

    Raises:
        OnHold, WrongState.
    """
    dossier = work.get(Dossier, dossier_id)
    dossier.must_not_be_held()
    dossier = dossier.archived(work.actor.user_id, clock.now(), sha256, size)
    work.replace(dossier)
    work.keep_blob(sha256, size, "application/zip")
    work.note("dossier.archive", f"dossier/{dossier.id}")
    return dossier


def merge_dossiers(
    work: UnitOfWork, source_id: DossierId, into: DossierId, *, clock: Clock
) -> Dossier:
    """Let a case file go on in another one: its entries stand in both, it itself ends.

    Raises:
        BadField: a case file cannot be merged into itself, or holds too much.
        OnHold, WrongState.
    """
    source, target = _open(work, source_id, "merge_dossier"), _open(work, into, "put_in")
    if source.id == target.id:
        raise BadField(Dossier.ENTITY, "merged_into", into)
    source.must_not_be_held()
    _file(work, target, [_again(entry) for entry in contents(work, source.id)], clock)
    work.replace(source.merged(work.actor.user_id, target.id))
    work.note("dossier.merge", f"dossier/{source.id}", reason=target.title)
    return target


def split_dossier(
    work: UnitOfWork,
    dossier_id: DossierId,
    entries: Sequence[EntryId],
    title: str,
    reason: str,
    *,
    clock: Clock,
) -> Dossier:
    """Let some entries go into a case file of their own.

    Raises:
        MissingField: nothing to move, or no title.
        OnHold, WrongState.
    """
    dossier = _open(work, dossier_id, "take_out")
    dossier.must_not_be_held()
    moved = [entry for entry in contents(work, dossier.id) if entry.id in entries]
    if not moved:
        raise MissingField(Dossier.ENTITY, "create", "dossier_entry")
    filings = [_again(entry) for entry in moved]
    retention, hall_id = dossier.retention, dossier.hall_id
    made = open_dossier(work, hall_id, title, filings, retention=retention, clock=clock)
    for entry in moved:
        work.replace(entry.taken_out(work.actor.user_id, reason.strip(), made.id))
    work.note("dossier.split", f"dossier/{dossier.id}", reason=reason)
    return made


def contents(reading: Reading, dossier_id: DossierId) -> tuple[Entry, ...]:
    """Give the index of contents of a case file."""
    return index_of(reading.find(Entry, dossier_id=dossier_id))


def _open(work: UnitOfWork, dossier_id: DossierId, act: str) -> Dossier:
    dossier = work.get(Dossier, dossier_id)
    if dossier.state is not DossierState.OPEN:
        raise WrongState(Dossier.ENTITY, act, dossier.state.value)
    return dossier


def _file(
    work: UnitOfWork, dossier: Dossier, filings: Sequence[Filing], clock: Clock
) -> tuple[Entry, ...]:
    if len(filings) > MOST_AT_ONCE:
        raise BadField(Dossier.ENTITY, "dossier_entry", len(filings))
    here = {e.subject for e in contents(work, dossier.id) if e.state is EntryState.FILED}
    made = tuple(
        _entry(work, dossier, filing, clock.now())
        for filing in filings
        if (filing.kind, filing.subject_id) not in here
    )
    for entry in made:
        work.add(entry)
    return made


def _entry(work: UnitOfWork, dossier: Dossier, filing: Filing, now: datetime) -> Entry:
    entry_id = new_id()
    return Entry(
        id=EntryId(entry_id),
        hall_id=dossier.hall_id,
        dossier_id=dossier.id,
        kind=filing.kind,
        subject_id=filing.subject_id or entry_id,
        title=filing.title,
        at=filing.at,
        filed_by=work.actor.user_id,
        filed_at=now,
        words=filing.words,
    )


def _again(entry: Entry) -> Filing:
    return Filing(entry.kind, entry.title, entry.at, entry.subject_id, entry.words)
