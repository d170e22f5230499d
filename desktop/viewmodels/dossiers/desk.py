"""The desk of case files: the list, the one that lies open, and what is done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop import assets
from desktop.documents.binder import Binder
from desktop.domain.dossiers import Dossier, DossierState, Entry, EntryKind, Retention
from desktop.domain.identifiers import Digest, DossierId, EntryId, UserId
from desktop.domain.organisation import Hall, UserCard
from desktop.domain.roles import Actor, Role
from desktop.exchange.dossier_archive import Archive, read_archive
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.usecases import dossiers
from desktop.usecases.dossier_timeline import DossierFile, read_dossier
from desktop.usecases.dossiers import Filing
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.dossiers.archiving import Signer, archived
from desktop.viewmodels.dossiers.matter import Candidate, candidates
from desktop.viewmodels.dossiers.rows import DossierRow, DossiersModel, read_rows
from desktop.viewmodels.inspections.touring import Stored, Touring
from desktop.viewmodels.leaving import take_out

T = TypeVar("T")


class Keeping(Touring, Protocol):
    """The open program, as far as case files need it."""

    @property
    def device(self) -> Signer:
        """What signs archives."""


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table."""

    file: DossierFile
    names: Mapping[UserId, str]
    people: tuple[UserCard, ...]
    others: tuple[Dossier, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """The list, and what a new case file can begin with."""

    rows: tuple[DossierRow, ...] = ()
    halls: tuple[Hall, ...] = ()
    candidates: tuple[Candidate, ...] = field(default=())


class DossierDesk(QObject):
    """Everything the page of case files shows; lives as long as the program is open.

    Attributes:
        table: the case file that lies open, None while none does.
        candidates: what could be put into it; sought once it lies open.
        archive: an archive from elsewhere that lies open instead.
        is_shown: whether somebody looks; what could go into a case file is sought only then.
    """

    listed = Signal()
    opened = Signal()
    offered = Signal()  # the candidates
    done = Signal(object)  # the Dossier as it now is
    exported = Signal(str)
    refused = Signal(object)

    def __init__(self, office: Keeping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self._follow)
        self.is_shown = False
        self.model = DossiersModel(self)
        self.state = DossierState.OPEN
        self.store = Store()
        self.table: Table | None = None
        self.candidates: tuple[Candidate, ...] = ()
        self.archive: Archive | None = None
        self.is_listed = False
        self._leaving: tuple[Dossier, Path, str] | None = None

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._office.door.actor

    def stop(self) -> None:
        """Listen no more."""
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Fetch the list, and what lies on the table, as they now are."""
        self._answers.ask(self._office.desk.look(_store), self._list, self._refuse, "list")
        if self.table is not None:
            self._fetch(self.table.file.dossier.id)

    def _follow(self) -> None:
        if self.is_shown:
            self.refresh()

    def show_state(self, state: DossierState) -> None:
        """Show the case files of another state."""
        self.state = state
        self._fill()
        self.listed.emit()

    def counts(self) -> Mapping[DossierState, int]:
        """How many there are of each state."""
        states = [row.dossier.state for row in self.store.rows]
        return {state: states.count(state) for state in DossierState}

    def open(self, dossier_id: DossierId) -> None:
        """Lay a case file on the table."""
        self.archive = None
        self._fetch(dossier_id)

    def may(self, act: str) -> bool:
        """Tell whether this person could do something with what lies on the table."""
        if self.table is None or self.actor is None or self.archive is not None:
            return False
        rule = self._office.book.rule(Dossier.ENTITY)
        body = {"state": self.table.file.dossier.state.value}
        if act == "edit":
            held = {role.value for role in self.actor.roles}
            return bool(held & set(rule.edit_roles)) and body["state"] == rule.initial
        return act in self._office.book.acts_on(Dossier.ENTITY, body, self.actor)

    def may_open(self) -> bool:
        """Tell whether this person may open case files."""
        rule = self._office.book.rule(Dossier.ENTITY)
        held = {role.value for role in self.actor.roles} if self.actor else set[str]()
        return bool(held & set(rule.create_roles)) and bool(self.store.halls)

    def begin(self, title: str, filings: Sequence[Filing]) -> None:
        """Open a case file with what it begins with."""
        hall_id = self.store.halls[0].id
        act = partial(dossiers.open_dossier, hall_id=hall_id, title=title, filings=filings)
        self._act(partial(act, clock=self._office.clock), self._begun)

    def put_in(self, filings: Sequence[Filing]) -> None:
        """Put things into it."""
        self._deed(partial(dossiers.file_entries, filings=filings, clock=self._office.clock))

    def file_in(self, filing: Filing, dossier_id: DossierId) -> None:
        """Put something into a case file of the list, and lay that on the table."""
        act = partial(dossiers.file_entries, dossier_id=dossier_id, filings=[filing])
        self._act(partial(act, clock=self._office.clock), self._filed)

    def write_note(self, title: str, words: str) -> None:
        """Put a note into it."""
        self.put_in([Filing(EntryKind.NOTE, title, self._office.clock.now(), words=words)])

    def take_out(self, entry_id: EntryId, reason: str) -> None:
        """Take something out of it."""
        self._act(partial(dossiers.take_out, entry_id=entry_id, reason=reason), self._did)

    def assign(self, handler: UserId) -> None:
        """Let somebody else work on it."""
        self._deed(partial(dossiers.assign_dossier, handler=handler))

    def hold(self, reason: str) -> None:
        """Put it on hold, or release it with an empty reason."""
        self._deed(partial(dossiers.hold_dossier, reason=reason))

    def retain(self, retention: Retention) -> None:
        """Say how long it is kept."""
        self._deed(partial(dossiers.retain_dossier, retention=retention))

    def close(self, note: str) -> None:
        """Close it with its outcome."""
        self._deed(partial(dossiers.close_dossier, note=note, clock=self._office.clock))

    def reopen(self, reason: str) -> None:
        """Open it again."""
        self._deed(partial(dossiers.reopen_dossier, reason=reason))

    def merge_into(self, other: DossierId) -> None:
        """Let it go on in another one."""
        if self.table is not None:
            source = self.table.file.dossier.id
            act = partial(dossiers.merge_dossiers, source_id=source, into=other)
            self._act(partial(act, clock=self._office.clock), self._begun)

    def split(self, entries: Sequence[EntryId], title: str, reason: str) -> None:
        """Let some of it go into a case file of its own."""
        act = partial(dossiers.split_dossier, entries=entries, title=title, reason=reason)
        self._deed(partial(act, clock=self._office.clock), self._begun)

    def put_away(self) -> None:
        """Make the archive file, seal it, and end the case file with it."""
        if self.table is None:
            return
        names, dossier_id = self.table.names, self.table.file.dossier.id

        def seal(reading: Reading) -> Stored:
            data = self._archive_of(read_dossier(reading, dossier_id), names)
            return self._office.vault.put(data)

        self._answers.ask(self._office.desk.look(seal), self._sealed, self._refuse, "archive")

    def export_archive(self, target: Path, reason: str) -> None:
        """Write the archive file; who took it, and why, is written down."""
        table, vault = self.table, self._office.vault
        if table is None:
            return
        sealed = table.file.dossier.archive_sha256

        def make(_: Reading) -> bytes:
            return vault.get(sealed) if sealed else self._archive_of(table.file, table.names)

        self._export(make, target, reason)

    def export_bundle(self, target: Path, reason: str) -> None:
        """Write the bound copy as PDF; who took it, and why, is written down."""
        table, office = self.table, self._office
        if table is None:
            return
        record, wording = assets.report_wording("inspection"), assets.report_wording("dossier")
        binder = Binder(office.press, office.vault, wording, record)

        def make(reading: Reading) -> bytes:
            return binder.bind(reading, table.file, table.names, self._chain())

        self._export(make, target, reason)

    def open_archive(self, path: Path) -> None:
        """Open an archive file from elsewhere and prove it; it changes nothing here."""
        read = self._office.desk.run(partial(_read_file, path))
        self._answers.ask(read, self._show_archive, self._refuse, "archive")

    def is_ours(self, archive: Archive) -> bool:
        """Tell whether this machine signed an archive."""
        return archive.public_key == self._office.device.public_key()

    def _archive_of(self, file: DossierFile, names: Mapping[UserId, str]) -> bytes:
        office, now = self._office, self._office.clock.now()
        return archived(file, names, office.vault, office.device, now=now, chain=self._chain())

    def _chain(self) -> tuple[int, str]:
        head = self._office.desk.store.chain_head()
        return head.n, head.hash

    def _export(self, make: Callable[[Reading], bytes], target: Path, reason: str) -> None:
        """Make it beside the writing, then let it leave together with its note."""
        if self.table is not None:
            self._leaving = (self.table.file.dossier, target, reason)
            self._answers.ask(self._office.desk.look(make), self._made, self._refuse, "export")

    def _made(self, data: bytes) -> None:
        if self._leaving is None:
            return
        dossier, target, reason = self._leaving
        hall_id, subject, clock = dossier.hall_id, dossier.id, self._office.clock
        leave = partial(take_out, data=data, target=target, reason=reason, clock=clock)
        self._act(partial(leave, hall_id=hall_id, subject=subject), self._exported)

    def _sealed(self, stored: Stored) -> None:
        sha256, size = Digest(stored.sha256), stored.size
        act = partial(dossiers.archive_dossier, sha256=sha256, size=size)
        self._deed(partial(act, clock=self._office.clock))

    def _deed(
        self,
        deed: Callable[..., T],
        take: Callable[[T], None] | None = None,
    ) -> None:
        """Do something with the case file that lies on the table."""
        if self.table is not None:
            dossier_id = self.table.file.dossier.id
            self._act(partial(deed, dossier_id=dossier_id), take or self._did)

    def _act(self, deed: Callable[[UnitOfWork], T], take: Callable[[T], None]) -> None:
        actor = self.actor
        if actor is not None:
            self._answers.ask(self._office.desk.act(actor, deed), take, self._refuse)

    def _fetch(self, dossier_id: DossierId) -> None:
        look = self._office.desk.look(partial(read_table, dossier_id=dossier_id))
        self._answers.ask(look, self._show, self._refuse, "table")

    def _list(self, store: Store) -> None:
        self.store, self.is_listed = store, True
        self._fill()
        self.listed.emit()

    def _fill(self) -> None:
        rows = [row for row in self.store.rows if row.dossier.state is self.state]
        self.model.replace(rows)

    def _show(self, table: Table) -> None:
        self.table = table
        self.opened.emit()
        here = [entry.subject_id for entry in table.file.entries]
        offer = self._office.desk.look(partial(candidates, here=here))
        self._answers.ask(offer, self._offer, self._refuse, "offer")

    def _offer(self, offered: tuple[Candidate, ...]) -> None:
        self.candidates = offered
        self.offered.emit()

    def _show_archive(self, archive: Archive) -> None:
        self.table, self.archive = None, archive
        self.opened.emit()

    def _begun(self, dossier: Dossier) -> None:
        self.state = dossier.state
        self.open(dossier.id)
        self._did(dossier)

    def _filed(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries[:1]:
            self.open(entry.dossier_id)
        self._did(entries)

    def _did(self, thing: object) -> None:
        self.refresh()
        self.done.emit(thing)

    def _exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _store(reading: Reading) -> Store:
    return Store(read_rows(reading), reading.find(Hall), candidates(reading, ()))


def read_table(reading: Reading, dossier_id: DossierId) -> Table:
    """Lay a case file on the table."""
    file = read_dossier(reading, dossier_id)
    people = (card for card in reading.find(UserCard) if _WORKERS.intersection(card.roles))
    others = reading.find(Dossier, state=DossierState.OPEN)
    return Table(
        file,
        names_in(reading),
        tuple(people),
        tuple(other for other in others if other.id != dossier_id),
    )


_WORKERS = {Role.SUPERVISOR, Role.SECTION_HEAD, Role.INSPECTOR, Role.VIDEO_SUP}


def _read_file(path: Path) -> Archive:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeError(ExchangeTrouble.NOT_READABLE, path.name) from error
    return read_archive(data, path.name)
