"""Sends and fetches bytes by digest over tus 1.0 and ranges; a broken line costs what was on it."""

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sync.errors import SyncError, SyncTrouble

SMALLEST = 256 * 1024
LARGEST = 8 * 1024 * 1024
_AIM_S = 2.0  # how long a piece should take: cancelling waits for one
_BREAKS = 5  # of the line in a row without a byte of progress
_TUS = {"Tus-Resumable": "1.0.0"}


class Answer(Protocol):
    """What a line brings back."""

    @property
    def content(self) -> bytes:
        """The body."""

    @property
    def headers(self) -> "Headers":
        """The headers."""


class Headers(Protocol):
    """Headers by name."""

    def __getitem__(self, name: str, /) -> str:
        """Answer one header."""


class Sendable(Protocol):
    """Bytes that are to be sent; `upload_url` is where an upload that was begun goes on."""

    @property
    def sha256(self) -> str:
        """Their digest."""

    @property
    def size(self) -> int:
        """How many."""

    @property
    def media_type(self) -> str:
        """What they are."""

    @property
    def upload_url(self) -> str:
        """Where the upload goes on; empty before it began."""


class Line(Protocol):
    """A signed-in connection; refusals come as SyncError."""

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        data: bytes | None = None,
    ) -> Answer:
        """Send one request."""


@dataclass
class Pace:
    """How large the next piece should be, and how long to wait before it.

    Attributes:
        bytes_per_s: limit that all pieces together keep; 0 for none.
        now, wait: a clock that never goes back, and waiting on it.
    """

    bytes_per_s: int = 0
    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    size: int = field(default=1024 * 1024)
    _free_at: float = field(default=0.0, init=False)
    _began: float = field(default=0.0, init=False)

    def next_size(self) -> int:
        """Wait for the limit, and answer the size of the next piece."""
        if self.bytes_per_s:
            late = self._free_at - self.now()
            if late > 0:
                self.wait(late)
        self._began = self.now()
        limit = max(self.bytes_per_s, SMALLEST) if self.bytes_per_s else LARGEST
        return min(self.size, limit)

    def done(self, count: int) -> None:
        """Learn how long a piece took."""
        took = self.now() - self._began
        if took < _AIM_S / 2 and count >= self.size:
            self.size = min(LARGEST, self.size * 2)
        elif took > _AIM_S * 2:
            self.size = max(SMALLEST, self.size // 2)
        if self.bytes_per_s:
            self._free_at = max(self._free_at, self._began) + count / self.bytes_per_s

    def broke(self) -> None:
        """Learn that the line broke."""
        self.size = max(SMALLEST, self.size // 2)


def upload(
    line: Line,
    blob: Sendable,
    data: bytes,
    *,
    begun: Callable[[str], None],
    cancelled: Callable[[], bool],
    pace: Pace,
) -> bool:
    """Send the rest of a blob; tell whether it is now whole and verified on the server.

    Args:
        begun: is told where the upload goes on, before the first piece.
    """
    url, offset = _place(line, blob, blob.upload_url, begun)
    breaks, answered = 0, False
    while offset < blob.size:
        if cancelled():
            return False
        piece = data[offset : offset + pace.next_size()]
        try:
            offset = _send(line, url, offset, piece)
        except SyncError as error:
            breaks += 1
            if not _may_go_on(error) or breaks > _BREAKS:
                raise
            pace.broke()
            url, found = _place(line, blob, url, begun)
            breaks = 0 if found > offset else breaks
            offset = found
        else:
            pace.done(len(piece))
            breaks, answered = 0, offset == blob.size
    return answered or _finish(line, url, blob)


def _finish(line: Line, url: str, blob: Sendable) -> bool:
    """Have bytes verified that are all there, as when the server ended just before it did so."""
    if not is_there(line, blob.sha256):
        _send(line, url, blob.size, b"")
    return True


def is_there(line: Line, sha256: str) -> bool:
    """Ask whether the server holds these bytes, verified."""
    try:
        line.ask("HEAD", f"/v1/blobs/{sha256}")
    except SyncError as error:
        if error.trouble is SyncTrouble.REFUSED and not error.retryable:
            return False
        raise
    return True


def download(
    line: Line, sha256: str, size: int, *, cancelled: Callable[[], bool], pace: Pace
) -> bytes | None:
    """Fetch bytes in pieces and hash them; None when cancelled.

    Raises:
        SyncError: DAMAGED when they are not what their digest says.
    """
    pieces: list[bytes] = []
    got = breaks = 0
    while got < size:
        if cancelled():
            return None
        span = {"Range": f"bytes={got}-{min(got + pace.next_size(), size) - 1}"}
        try:
            piece = line.ask("GET", f"/v1/blobs/{sha256}", headers=span).content
        except SyncError as error:
            breaks += 1
            if error.trouble is not SyncTrouble.UNREACHABLE or breaks > _BREAKS:
                raise
            pace.broke()
            continue
        if not piece:
            raise SyncError(SyncTrouble.DAMAGED, sha256, retryable=True)
        pace.done(len(piece))
        pieces.append(piece)
        got, breaks = got + len(piece), 0
    data = b"".join(pieces)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SyncError(SyncTrouble.DAMAGED, sha256, retryable=True)
    return data


def _may_go_on(error: SyncError) -> bool:
    """Whether asking where the upload stands may help: the line broke, or an answer was lost."""
    lost = error.detail in {"other_offset", "taken_over", "cut_off"}
    return lost or error.trouble is SyncTrouble.UNREACHABLE


def _place(line: Line, blob: Sendable, url: str, begun: Callable[[str], None]) -> tuple[str, int]:
    """Find where an upload goes on, and how much is there; begin one where there is none."""
    offset = _offset(line, url)
    if offset is not None:
        return url, offset
    url = _begin(line, blob)
    begun(url)
    return url, 0


def _send(line: Line, url: str, offset: int, piece: bytes) -> int:
    headers = {
        **_TUS,
        "Upload-Offset": str(offset),
        "Content-Type": "application/offset+octet-stream",
    }
    return int(line.ask("PATCH", url, headers=headers, data=piece).headers["Upload-Offset"])


def _begin(line: Line, blob: Sendable) -> str:
    words = {"sha256": blob.sha256, "filetype": blob.media_type}
    said = ",".join(f"{n} {base64.b64encode(w.encode()).decode()}" for n, w in words.items())
    headers = {**_TUS, "Upload-Length": str(blob.size), "Upload-Metadata": said}
    return line.ask("POST", "/v1/blobs", headers=headers).headers["Location"]


def _offset(line: Line, url: str) -> int | None:
    """Ask how much of an upload is there; None when there is none any more."""
    if not url:
        return None
    try:
        return int(line.ask("HEAD", url, headers=_TUS).headers["Upload-Offset"])
    except SyncError as error:
        if error.trouble is SyncTrouble.REFUSED and not error.retryable:
            return None
        raise
