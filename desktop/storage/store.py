"""The case file: opened once, written by one, read by several at the same time."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, text

from desktop.domain.entities import Book
from desktop.domain.evidence import ChainHead
from desktop.domain.roles import Actor
from desktop.storage import audit, cases, records
from desktop.storage.audit import ChainFault
from desktop.storage.backup import back_up, check_backup
from desktop.storage.connection import reader_engine, rewrite, writer_engine
from desktop.storage.durable import make_folder
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.lock import StoreLock
from desktop.storage.records import RecordRow
from desktop.storage.refusals import storage_refusals
from desktop.storage.restoring import restore_wished, wish
from desktop.storage.schema import migrate
from desktop.storage.shapes import Json, make_converter, time_text
from desktop.storage.work import Outbox, Reader, Shelf, Work
from desktop.usecases.ports import Clock

FILE_NAME = "hallwatch.db"
LOCK_NAME = "hallwatch.lock"


class Store:
    """An open case file. One thread writes; any thread reads.

    Attributes:
        restored: name of the copy that took its place as it was opened; empty for none.
    """

    def __init__(
        self, folder: Path, key: bytes, *, book: Book, outbox: Outbox, clock: Clock, backups: Path
    ) -> None:
        """Open, or create, the case file of a folder and bring it to today's schema.

        Raises:
            StorageError: IN_USE, WRONG_KEY, NOT_A_STORE, NEWER_VERSION, DISK_FULL, NOT_WRITABLE,
                DAMAGED, BAD_BACKUP.
        """
        self._path = folder / FILE_NAME
        self._key = key
        self._clock = clock
        self._shelf = Shelf(book, make_converter(), outbox, clock)
        self._closed = False
        try:
            make_folder(folder)
        except OSError as error:
            raise StorageError(StorageTrouble.NOT_WRITABLE, folder.name) from error
        self._lock = StoreLock(folder / LOCK_NAME)
        self.restored = self._restore(backups)
        self._writer = writer_engine(self._path, key)
        self._readers = reader_engine(self._path, key)
        try:
            self._prepare(backups)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the case file back; doing it twice is harmless."""
        self._closed = True
        self._readers.dispose()
        self._writer.dispose()
        self._lock.release()

    @contextmanager
    def act(self, actor: Actor) -> Iterator[Work]:
        """Do one act: everything in it and its audit row are kept together, or nothing is.

        Raises:
            StorageError: DISK_FULL, NOT_WRITABLE, IN_USE, DAMAGED, WITHOUT_NOTE, CLOSED.
        """
        with self.write() as connection:
            work = Work(connection, self._shelf, actor)
            yield work
            work.finish()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Write what is nobody's act (sync, accounts of this device) in one transaction."""
        self._must_be_open()
        with storage_refusals(self._path.name), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def look(self) -> Iterator[Reader]:
        """Read one consistent picture; writers go on meanwhile."""
        with self.read() as connection:
            yield Reader(connection, self._shelf)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read through one consistent connection."""
        self._must_be_open()
        with storage_refusals(self._path.name), self._readers.begin() as connection:
            yield connection

    def project(
        self,
        connection: Connection,
        placed: Sequence[tuple[str, str, Mapping[str, Json] | None, int]],
    ) -> None:
        """Put in place what the server says of records, with what waits on top.

        Args:
            placed: entity, id, body and version of each; no body: it is gone.
        """
        at, book = time_text(self._clock.now()), self._shelf.book
        here = [
            RecordRow(entity, name, str(body[book.rule(entity).scope_field]), dict(body), ver, at)
            for entity, name, body, ver in placed
            if body is not None
        ]
        records.write(connection, *here)
        records.erase(connection, *((one[0], one[1]) for one in placed if one[2] is None))

    def back_up(self, target: Path) -> None:
        """Make a copy that was opened and checked."""
        back_up(self._path, self._key, target)

    def wish_restored(self, copy: Path) -> None:
        """Let a copy take the place of this case file at the next start.

        Raises:
            StorageError: BAD_BACKUP, NOT_WRITABLE.
        """
        check_backup(copy, self._key)
        wish(self._path.parent, copy)

    def check(self) -> None:
        """Check every used page's seal, every b-tree and every foreign key of the open case file.

        Raises:
            StorageError: DAMAGED when something is not whole; nothing is changed.
        """
        try:
            check_backup(self._path, self._key)
        except StorageError as error:
            raise StorageError(StorageTrouble.DAMAGED, self._path.name, error.detail) from error

    def glance(self) -> None:
        """Look quickly whether the open case file is whole, as at every start.

        Raises:
            StorageError: DAMAGED; nothing is changed.
        """
        with self.read() as connection:
            if connection.scalar(text("PRAGMA quick_check(1)")) != "ok":
                raise StorageError(StorageTrouble.DAMAGED, self._path.name)

    def compact(self) -> int:
        """Give the room of what was deleted back to the disk; answer how many bytes.

        For the writing thread; it needs as much room again while it goes on, and a cut within it
        leaves the file as it was.

        Raises:
            StorageError: DISK_FULL, NOT_WRITABLE.
        """
        self._must_be_open()
        before = self._path.stat().st_size
        with storage_refusals(self._path.name):
            rewrite(self._writer)
        return before - self._path.stat().st_size

    def chain_faults(self) -> tuple[ChainFault, ...]:
        """Check the device's whole audit chain."""
        with self.read() as connection:
            return tuple(audit.check_chain(connection))

    def chain_head(self) -> ChainHead:
        """Answer the head of the audit chain, as papers print it."""
        with self.read() as connection:
            return audit.head_of(connection)

    def recall(self, name: str) -> str | None:
        """Answer a fact about this profile."""
        with self.read() as connection:
            query = text("SELECT value FROM meta WHERE name = :name")
            found: str | None = connection.scalar(query, {"name": name})
        return found

    def remember(self, name: str, value: str) -> None:
        """Keep a fact about this profile; never a secret."""
        with self.write() as connection:
            connection.execute(
                text(
                    "INSERT INTO meta (name, value) VALUES (:name, :value)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                ),
                {"name": name, "value": value},
            )

    def secret_for(self, purpose: str) -> bytes:
        """Derive from the key of the case file a secret for one purpose; it is kept nowhere."""
        return hmac.digest(self._key, purpose.encode(), "sha256")

    def _restore(self, backups: Path) -> str:
        """Let a copy that was wished for take the place first; answer its name."""
        try:
            return restore_wished(self._path, self._key, backups, datetime.now(UTC))
        except BaseException:
            self._lock.release()
            raise

    def _prepare(self, backups: Path) -> None:
        def save_copy(version: int) -> None:
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
            self.back_up(backups / f"before-schema-{version}-{stamp}.db")

        with storage_refusals(self._path.name):
            migrate(self._writer, save_copy)
            with self._writer.begin() as connection:
                records.keep_indexes(connection, self._asked())
                cases.discard(connection)  # of an import that a crash cut short

    def _asked(self) -> Iterator[tuple[str, str]]:
        book = self._shelf.book
        for name in book.names():
            rule = book.rule(name)
            refs = (field for field, limits in rule.fields.items() if limits.type == "ref")
            for field in dict.fromkeys([*refs, *rule.index, rule.state_field or ""]):
                if field:
                    yield name, field

    def _must_be_open(self) -> None:
        if self._closed:
            raise StorageError(StorageTrouble.CLOSED, self._path.name)
