"""One round: push what waits, send bytes, pull what happened, fetch bytes, compare."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from sync.attachments.transfer import download, upload
from sync.client.session import Session
from sync.errors import SyncError, SyncTrouble
from sync.outbox import blobs, progress, queue, shadow
from sync.outbox.shadow import Project
from sync.protocol.answers import ChangeResult, Page, PulledRow
from sync.protocol.buckets import digests
from sync.protocol.change import Body

T = TypeVar("T")
PAGE = 500


class Transact(Protocol):
    """Runs a job in one transaction on the thread that owns the store, and waits for it."""

    def __call__(self, job: Callable[[Connection], T], /) -> T:
        """Run it."""


class BlobShelf(Protocol):
    """Where bytes lie on this device, by digest."""

    def read(self, sha256: str) -> bytes:
        """Answer bytes, verified."""

    def write(self, data: bytes) -> str:
        """Keep bytes durably and answer their digest."""

    def has(self, sha256: str) -> bool:
        """Tell whether bytes are here."""


# Names the bytes that a record needs: (digest, size, media type).
BytesOf = Callable[[str, Body], Sequence[tuple[str, int, str]]]


class Step(Enum):
    """What a round is doing."""

    PUSH = "push"
    UPLOAD = "upload"
    PULL = "pull"
    FETCH = "fetch"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round did.

    Attributes:
        skew_s: how far this device's clock stands before the server's.
        agreed: both sides hold the same records in every scope that was compared.
    """

    pushed: int
    refused: int
    uploaded: int
    pulled: int
    fetched: int
    skew_s: float
    agreed: bool
    cancelled: bool = False


class Round:
    """Rounds of one device with one server."""

    def __init__(
        self,
        session: Session,
        *,
        transact: Transact,
        project: Project,
        shelf: BlobShelf,
        bytes_of: BytesOf,
    ) -> None:
        self._session = session
        self._transact = transact
        self._project = project
        self._shelf = shelf
        self._bytes_of = bytes_of

    def run(
        self,
        progress_to: Callable[[Step, int], None],
        cancelled: Callable[[], bool],
    ) -> RoundReport:
        """Do one round; what was done stays done when the next step fails.

        Raises:
            SyncError: the line or the server; everything that waits still waits.
        """
        pushed = self._push(progress_to, cancelled)
        uploaded = self._upload(progress_to, cancelled)
        pulled, page = self._pull(progress_to, cancelled)
        fetched = self._fetch(progress_to, cancelled)
        agreed = not cancelled() and self._agree(page, progress_to)
        return RoundReport(
            pushed=len(pushed),
            refused=sum(not result.outcome.is_in for result in pushed),
            uploaded=uploaded,
            pulled=pulled,
            fetched=fetched,
            skew_s=_skew(page.server_time),
            agreed=agreed,
            cancelled=cancelled(),
        )

    def _push(
        self, tell: Callable[[Step, int], None], cancelled: Callable[[], bool]
    ) -> list[ChangeResult]:
        done: list[ChangeResult] = []
        while not cancelled():
            changes = self._transact(queue.next_changes)
            if not changes:
                break
            said = {"changes": [change.to_json() for change in changes]}
            answer = self._session.ask_json("POST", "/v1/sync/push", said)
            results = [ChangeResult.from_json(plain) for plain in answer["results"]]
            if {r.op_id for r in results} != {c.op_id for c in changes}:
                raise SyncError(SyncTrouble.INCOMPLETE, "push", retryable=True)
            self._transact(lambda c, r=results: queue.settle(c, r, self._project))  # type: ignore[misc]
            done += results
            tell(Step.PUSH, len(done))
        return done

    def _upload(self, tell: Callable[[Step, int], None], cancelled: Callable[[], bool]) -> int:
        count = 0
        for blob in self._transact(blobs.waiting):
            note = _Note(self._transact, blob.sha256)
            data = self._shelf.read(blob.sha256)
            if not upload(self._session, blob, data, begun=note.begun, cancelled=cancelled):
                break
            note.verified()
            count += 1
            tell(Step.UPLOAD, count)
        return count

    def _pull(
        self, tell: Callable[[Step, int], None], cancelled: Callable[[], bool]
    ) -> tuple[int, Page]:
        count = 0
        while True:
            cursor = self._transact(lambda c: progress.recall(c, "cursor"))
            page = self._page(cursor)
            taken = _TakePage(page, self._project, self._bytes_of)
            self._transact(taken)
            count += len(page.rows)
            tell(Step.PULL, count)
            if not page.has_more or cancelled():
                return count, page

    def _page(self, cursor: str) -> Page:
        try:
            plain = self._session.ask_json("GET", "/v1/sync/pull", cursor=cursor, limit=PAGE)
        except SyncError as error:
            if error.trouble is not SyncTrouble.OTHER_SERVER or not cursor:
                raise
            # The server came back from a backup: read all again; what waits here stays.
            self._transact(progress.start_over)
            return self._page("")
        return Page.from_json(plain)

    def _fetch(self, tell: Callable[[Step, int], None], cancelled: Callable[[], bool]) -> int:
        count = 0
        for blob in self._transact(blobs.wanted):
            note = _Note(self._transact, blob.sha256)
            if not self._shelf.has(blob.sha256):
                try:
                    data = download(self._session, blob.sha256, blob.size, cancelled=cancelled)
                except SyncError as error:
                    if error.trouble is SyncTrouble.REFUSED:
                        continue  # its owner has not sent it yet
                    raise
                if data is None:
                    break
                self._shelf.write(data)
            note.verified()
            count += 1
            tell(Step.FETCH, count)
        return count

    def _agree(self, page: Page, tell: Callable[[Step, int], None]) -> bool:
        """Compare digests by month, fetch the months that differ, and compare again."""
        for attempt in range(2):
            differing = self._differing(page.heads)
            tell(Step.VERIFY, len(differing))
            if not differing:
                return True
            if attempt == 0:
                for scope, month in differing:
                    self._refetch(scope, month)
        return False

    def _differing(self, heads: Mapping[str, int]) -> list[tuple[str, str]]:
        def ours(connection: Connection) -> dict[str, object]:
            return {scope: digests(shadow.shadows(connection, scope)) for scope in heads}

        found = self._session.ask_json("POST", "/v1/sync/verify", self._transact(ours))
        return [(scope, month) for scope, months in found.items() for month in months]

    def _refetch(self, scope: str, month: str) -> None:
        rows = self._session.ask_json("GET", "/v1/sync/snapshot", scope=scope, month=month)
        pulled = [PulledRow(scope=scope, seq=0, **row) for row in rows]

        def take(connection: Connection) -> None:
            for row in pulled:
                shadow.take_row(connection, row, self._project)

        self._transact(take)


class _Note:
    """Keeps how far a blob is, each time in a transaction of its own."""

    def __init__(self, transact: Transact, sha256: str) -> None:
        self._transact = transact
        self._sha256 = sha256

    def begun(self, url: str) -> None:
        self._transact(lambda c: blobs.note_upload(c, self._sha256, url))

    def verified(self) -> None:
        self._transact(lambda c: blobs.note_verified(c, self._sha256))


class _TakePage:
    """Takes a page and moves the cursor, together."""

    def __init__(self, page: Page, project: Project, bytes_of: BytesOf) -> None:
        self._page = page
        self._project = project
        self._bytes_of = bytes_of

    def __call__(self, connection: Connection) -> None:
        read = dict(progress.positions(connection))
        for row in self._page.rows:
            if row.seq != read.get(row.scope, 0) + 1:
                raise SyncError(SyncTrouble.INCOMPLETE, f"{row.scope} {row.seq}", retryable=True)
            read[row.scope] = row.seq
            shadow.take_row(connection, row, self._project)
            self._want(connection, row)
        for scope, seq in read.items():
            progress.advance(connection, scope, seq)
        progress.remember(connection, "cursor", self._page.next_cursor)
        progress.remember(connection, "epoch", self._page.epoch)

    def _want(self, connection: Connection, row: PulledRow) -> None:
        for sha256, size, media_type in self._bytes_of(row.entity, row.body):
            blobs.want_blob(connection, sha256, size, media_type)


def _skew(server_time: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(server_time)).total_seconds()
