"""Bytes by digest on the server: taken in pieces, hashed again, given to who may see them."""

import hashlib
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from sync.server.accounts import Caller
from sync.server.facts import server_time
from sync.server.holdings import FolderHoldings, Holdings, Stream
from sync.server.problems import Problem
from sync.server.tables import blob_refs, blobs, uploads
from sync.settings import Limits

_DIGEST = re.compile(r"[0-9a-f]{64}")
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload under way.

    Attributes:
        offset: how many bytes are here.
        ticket: of the request that writes now; a later request takes over with another.
        expires_at: seconds of the epoch.
    """

    name: str
    sha256: str
    size: int
    offset: int
    ticket: str
    expires_at: float


class BlobRoom:
    """Verified bytes where an office keeps them, and a folder of uploads under way."""

    def __init__(self, folder: Path, limits: Limits, holdings: Holdings | None = None) -> None:
        self._limits = limits
        self._verified = holdings or FolderHoldings(folder / "blobs")
        self._parts = folder / "uploads"
        self._parts.mkdir(parents=True, exist_ok=True)

    def begin(
        self, connection: Connection, caller: Caller, size: int, metadata: Mapping[str, str]
    ) -> Upload:
        """Begin an upload (tus creation).

        Raises:
            Problem: 413 too_large, 422 bad_digest, 403 not_named when no record the caller may
                see names these bytes.
        """
        sha256 = metadata.get("sha256", "")
        if not _DIGEST.fullmatch(sha256):
            raise Problem(422, "bad_digest")
        if not 0 < size <= self._limits.blob:
            raise Problem(413, "too_large", largest=self._limits.blob)
        if not self._may_see(connection, caller, sha256):
            raise Problem(403, "not_named")
        self._sweep(connection)
        name = secrets.token_hex(16)
        expires_at = time.time() + self._limits.upload_s
        connection.execute(
            insert(uploads).values(
                id=name,
                sha256=sha256,
                size=size,
                user_id=caller.account.user_id,
                expires_at=expires_at,
            )
        )
        self.part(name).touch()
        return self.look(connection, caller, name)

    def look(self, connection: Connection, caller: Caller, name: str) -> Upload:
        """Answer how an upload stands.

        Raises:
            Problem: 404 not_found, 410 expired.
        """
        row = connection.execute(select(uploads).where(uploads.c.id == name)).one_or_none()
        if row is None or row.user_id != caller.account.user_id:
            raise Problem(404, "not_found")
        if row.expires_at < time.time():
            raise Problem(410, "expired")
        part = self.part(name)
        here = part.stat().st_size if part.exists() else 0
        if self._has(connection, row.sha256):
            here = row.size
        return Upload(name, row.sha256, row.size, here, row.ticket, row.expires_at)

    def seize(self, connection: Connection, caller: Caller, name: str, offset: int) -> Upload:
        """Take over the writing of an upload, also from a request whose line has died.

        Raises:
            Problem: 409 other_offset, 404 not_found, 410 expired.
        """
        upload = self.look(connection, caller, name)
        if offset != upload.offset:
            raise Problem(409, "other_offset", offset=upload.offset)
        ticket = secrets.token_hex(8)
        place = uploads.c.id == name
        connection.execute(update(uploads).where(place).values(ticket=ticket))
        return Upload(name, upload.sha256, upload.size, offset, ticket, upload.expires_at)

    def holds(self, connection: Connection, upload: Upload) -> bool:
        """Tell whether no later request has taken over the writing."""
        ticket = select(uploads.c.ticket).where(uploads.c.id == upload.name)
        return connection.execute(ticket).scalar_one_or_none() == upload.ticket

    def end(self, connection: Connection, caller: Caller, name: str) -> None:
        """Forget an upload (tus termination)."""
        self.look(connection, caller, name)
        connection.execute(delete(uploads).where(uploads.c.id == name))
        self.part(name).unlink(missing_ok=True)

    def is_right(self, upload: Upload) -> bool:
        """Hash what was uploaded; what is not what it was said to be begins again from nothing."""
        part = self.part(upload.name)
        if not part.exists() or _hash_of(part) == upload.sha256:  # or another request kept it
            return True
        part.write_bytes(b"")
        return False

    def is_kept(self, connection: Connection, upload: Upload) -> bool:
        """Tell whether these bytes are among the verified ones."""
        return self._has(connection, upload.sha256)

    def keep(self, connection: Connection, upload: Upload) -> None:
        """Put a whole and hashed upload among the verified bytes; once is enough."""
        held = select(uploads.c.id).where(uploads.c.id == upload.name)
        connection.execute(held.with_for_update())
        if self._has(connection, upload.sha256):
            self.part(upload.name).unlink(missing_ok=True)
            return
        self._verified.keep(upload.sha256, self.part(upload.name))
        row = {"sha256": upload.sha256, "size": upload.size, "at": server_time()}
        connection.execute(insert(blobs).values(row))

    def size_of(self, connection: Connection, caller: Caller, sha256: str) -> int:
        """Answer how many verified bytes there are.

        Raises:
            Problem: 404 not_found, also when the caller may not see them; 503 store_down.
        """
        if not _DIGEST.fullmatch(sha256) or not self._may_see(connection, caller, sha256):
            raise Problem(404, "not_found")
        size = connection.scalar(select(blobs.c.size).where(blobs.c.sha256 == sha256))
        if size is None or not self._verified.has(sha256):
            raise Problem(404, "not_found")
        return int(size)

    def fetch(self, sha256: str, span: str) -> Path | Stream:
        """Give verified bytes: a file, or what a Range header names of them.

        Raises:
            Problem: 404 not_found, 416 range, 503 store_down.
        """
        return self._verified.fetch(sha256, span)

    def part(self, name: str) -> Path:
        """Answer where an upload grows; names are of the table of uploads, never from outside."""
        return self._parts / name

    def _sweep(self, connection: Connection) -> None:
        """Forget uploads whose time is over."""
        over = uploads.c.expires_at < time.time()
        for name in connection.scalars(select(uploads.c.id).where(over)).all():
            self.part(name).unlink(missing_ok=True)
        connection.execute(delete(uploads).where(over))

    def _has(self, connection: Connection, sha256: str) -> bool:
        found = connection.execute(select(blobs.c.sha256).where(blobs.c.sha256 == sha256))
        return found.first() is not None

    def _may_see(self, connection: Connection, caller: Caller, sha256: str) -> bool:
        scopes = connection.scalars(select(blob_refs.c.scope).where(blob_refs.c.sha256 == sha256))
        return any(caller.may_see(scope) for scope in scopes)


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
