"""Takes what the server says into the store, and moves the place in its logs with it."""

from collections.abc import Sequence

from sqlalchemy import Connection

from sync.client.freight import BlobShelf, BytesOf
from sync.errors import SyncError, SyncTrouble
from sync.outbox import blobs, progress, renewal, shadow
from sync.outbox.recorder import Recorder
from sync.outbox.shadow import Project
from sync.protocol.answers import Page, PulledRow, Snapshot


class Taking:
    """Each method is one transaction of the caller's."""

    def __init__(
        self, project: Project, recorder: Recorder, shelf: BlobShelf, bytes_of: BytesOf
    ) -> None:
        self._project = project
        self._recorder = recorder
        self._shelf = shelf
        self._bytes_of = bytes_of

    def take_page(self, page: Page, connection: Connection) -> None:
        """Take what happened, without a gap.

        Raises:
            SyncError: INCOMPLETE when a number is missing.
        """
        read = dict(progress.positions(connection))
        for row in page.rows:
            if row.seq != read.get(row.scope, 0) + 1:
                raise SyncError(SyncTrouble.INCOMPLETE, f"{row.scope} {row.seq}", retryable=True)
            read[row.scope] = row.seq
        self._take_rows(connection, page.rows)
        for scope, seq in read.items():
            progress.advance(connection, scope, seq)
        progress.remember(connection, "cursor", page.next_cursor)
        held = shadow.scopes(connection).union(read)
        self._let_go(connection, sorted(held - page.heads.keys()))

    def take_snapshot(self, page: Snapshot, connection: Connection) -> None:
        """Take records as they stand; the last page says where the logs go on."""
        self._take_rows(connection, page.rows)
        progress.remember(connection, "snapshot", page.after)
        if page.next_cursor:
            for scope, seq in page.heads.items():
                progress.advance(connection, scope, seq)
            progress.remember(connection, "cursor", page.next_cursor)

    def take_bucket(
        self, scope: str, month: str, rows: Sequence[PulledRow], connection: Connection
    ) -> None:
        """Take a month of a scope whole, as when both sides differed in it."""
        shadow.replace_bucket(connection, scope, month, rows, self._project)
        self._follow(connection, rows)

    def _take_rows(self, connection: Connection, rows: Sequence[PulledRow]) -> None:
        shadow.take_rows(connection, rows, self._project)
        self._follow(connection, rows)

    def _follow(self, connection: Connection, rows: Sequence[PulledRow]) -> None:
        """Do again what waited for these records, and want the bytes that they name."""
        keys = [(row.entity, row.id) for row in rows]
        renewal.second_chances(connection, self._recorder, self._project, keys)
        named = [each for row in rows for each in self._bytes_of(row.entity, row.body)]
        blobs.want_blobs(connection, named)

    def _let_go(self, connection: Connection, scopes: Sequence[str]) -> None:
        """Let go of scopes that this user may no longer see, and of bytes that nothing else names.

        Bytes that have not reached the server stay: they are nowhere else.
        """
        if not scopes:
            return
        gone = self._digests(connection, scopes)
        for scope in scopes:
            shadow.drop_scope(connection, scope, self._project)
            progress.retreat(connection, scope)
        kept = self._digests(connection, sorted(shadow.scopes(connection)))
        for sha256 in sorted(gone - kept):
            if blobs.forget(connection, sha256):
                self._shelf.drop(sha256)

    def _digests(self, connection: Connection, scopes: Sequence[str]) -> set[str]:
        return {
            sha256
            for scope in scopes
            for entity, _, _, body in shadow.shadows(connection, scope)
            for sha256, _, _ in self._bytes_of(entity, body)
        }
