"""Sends and fetches bytes by digest over tus 1.0 and ranges."""

import base64
import hashlib
from collections.abc import Callable
from typing import Protocol

from sync.errors import SyncError, SyncTrouble

PIECE = 1024 * 1024
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


def upload(
    line: Line,
    blob: Sendable,
    data: bytes,
    *,
    begun: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> bool:
    """Send the rest of a blob; tell whether it is now whole and verified on the server.

    Args:
        begun: is told where the upload goes on, before the first piece.
    """
    url, offset = blob.upload_url, _offset(line, blob.upload_url)
    if offset is None:
        url, offset = _begin(line, blob), 0
        begun(url)
    while offset < blob.size:
        if cancelled():
            return False
        piece = data[offset : offset + PIECE]
        headers = {
            **_TUS,
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }
        answer = line.ask("PATCH", url, headers=headers, data=piece)
        offset = int(answer.headers["Upload-Offset"])
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


def download(line: Line, sha256: str, size: int, *, cancelled: Callable[[], bool]) -> bytes | None:
    """Fetch bytes in pieces and hash them; None when cancelled.

    Raises:
        SyncError: DAMAGED when they are not what their digest says.
    """
    pieces: list[bytes] = []
    got = 0
    while got < size:
        if cancelled():
            return None
        span = {"Range": f"bytes={got}-{min(got + PIECE, size) - 1}"}
        piece = line.ask("GET", f"/v1/blobs/{sha256}", headers=span).content
        if not piece:
            raise SyncError(SyncTrouble.DAMAGED, sha256, retryable=True)
        pieces.append(piece)
        got += len(piece)
    data = b"".join(pieces)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SyncError(SyncTrouble.DAMAGED, sha256, retryable=True)
    return data


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
        if error.trouble is SyncTrouble.REFUSED:
            return None
        raise
