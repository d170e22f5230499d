"""Bytes on their way: what a record names goes up from its maker and down to who may see it."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from sync.attachments.transfer import Pace, download, is_there, upload
from sync.client.session import Session
from sync.errors import SyncError, SyncTrouble
from sync.outbox import blobs
from sync.outbox.blobs import Blob
from sync.protocol.change import Body

T = TypeVar("T")


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

    def drop(self, sha256: str) -> None:
        """Remove bytes; none there is no error."""


# Names the bytes that a record needs: (digest, size, media type).
BytesOf = Callable[[str, Body], Sequence[tuple[str, int, str]]]


class Freight:
    """Sends and fetches bytes; what is refused waits and holds nothing else up."""

    def __init__(self, session: Session, *, transact: Transact, shelf: BlobShelf) -> None:
        self._session = session
        self._pace = Pace()
        self._transact = transact
        self._shelf = shelf

    def send(self, tell: Callable[[int], None], cancelled: Callable[[], bool]) -> int:
        """Send what waits and tell how many became whole on the server."""
        count, most = 0, self._begin()
        for blob in self._transact(lambda c: blobs.waiting(c, most)):
            if cancelled():
                break
            if self._shelf.has(blob.sha256) and self._send_one(blob, cancelled):
                _Note(self._transact, blob.sha256).verified()
                count += 1
                tell(count)
        return count

    def fetch(self, tell: Callable[[int], None], cancelled: Callable[[], bool]) -> int:
        """Fetch what is wanted and tell how many came."""
        count, most = 0, self._begin()
        for blob in self._transact(lambda c: blobs.wanted(c, most)):
            if cancelled():
                break
            if self._fetch_one(blob, cancelled):
                _Note(self._transact, blob.sha256).verified()
                count += 1
                tell(count)
        return count

    def _begin(self) -> blobs.Rank:
        """Take the settings of the line as they are now; answers the largest kind that goes."""
        settings = self._session.settings
        self._pace.bytes_per_s = settings.bytes_per_s
        return blobs.Rank.PREVIEW if settings.metered else blobs.Rank.VIDEO

    def _send_one(self, blob: Blob, cancelled: Callable[[], bool]) -> bool:
        note = _Note(self._transact, blob.sha256)
        if is_there(self._session, blob.sha256):
            return True
        try:
            data = self._shelf.read(blob.sha256)
            return upload(
                self._session, blob, data, begun=note.begun, cancelled=cancelled, pace=self._pace
            )
        except SyncError as error:
            if error.trouble is SyncTrouble.REFUSED and not error.retryable:
                return False  # no record names it yet, or the record was refused
            raise

    def _fetch_one(self, blob: Blob, cancelled: Callable[[], bool]) -> bool:
        if self._shelf.has(blob.sha256):
            return is_there(self._session, blob.sha256)
        try:
            data = download(
                self._session, blob.sha256, blob.size, cancelled=cancelled, pace=self._pace
            )
        except SyncError as error:
            if error.trouble is SyncTrouble.REFUSED and not error.retryable:
                return False  # its owner has not sent it yet
            raise
        if data is None:
            return False
        self._shelf.write(data)
        return True


class _Note:
    """Keeps how far a blob is, each time in a transaction of its own."""

    def __init__(self, transact: Transact, sha256: str) -> None:
        self._transact = transact
        self._sha256 = sha256

    def begun(self, url: str) -> None:
        """Keep where the upload goes on."""
        self._transact(lambda c: blobs.note_upload(c, self._sha256, url))

    def verified(self) -> None:
        """Keep that both sides have it."""
        self._transact(lambda c: blobs.note_verified(c, self._sha256))
