"""Bytes by digest on the server: taken in pieces, hashed again, given to who may see them."""

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, insert, select

from sync.server.accounts import Caller
from sync.server.facts import server_time
from sync.server.problems import Problem
from sync.server.tables import blob_refs, blobs, uploads

LARGEST = 4 * 1024**3
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PIECE = 1024 * 1024


class BlobRoom:
    """A folder of verified bytes, and one of uploads under way."""

    def __init__(self, folder: Path) -> None:
        self._verified = folder / "blobs"
        self._parts = folder / "uploads"
        for place in (self._verified, self._parts):
            place.mkdir(parents=True, exist_ok=True)

    def begin(
        self, connection: Connection, caller: Caller, size: int, metadata: Mapping[str, str]
    ) -> str:
        """Begin an upload (tus creation) and answer its name.

        Raises:
            Problem: 413 too_large, 422 bad_digest, 403 not_named when no record the caller may
                see names these bytes.
        """
        sha256 = metadata.get("sha256", "")
        if not _DIGEST.fullmatch(sha256):
            raise Problem(422, "bad_digest")
        if not 0 < size <= LARGEST:
            raise Problem(413, "too_large", largest=LARGEST)
        if not self._may_see(connection, caller, sha256):
            raise Problem(403, "not_named")
        name = secrets.token_hex(16)
        connection.execute(
            insert(uploads).values(
                id=name, sha256=sha256, size=size, user_id=caller.account.user_id
            )
        )
        (self._parts / name).touch()
        return name

    def offset(self, connection: Connection, caller: Caller, name: str) -> tuple[int, int]:
        """Answer how many bytes of an upload are here, and how many there will be."""
        row = self._upload(connection, caller, name)
        if self._has(connection, row.sha256):
            return row.size, row.size
        part = self._parts / name
        return (part.stat().st_size if part.exists() else 0), row.size

    def append(
        self, connection: Connection, caller: Caller, name: str, offset: int, piece: bytes
    ) -> int:
        """Take the next piece; the last one is followed by hashing the whole.

        Raises:
            Problem: 409 other_offset, 413 too_large, 460 wrong_digest (the upload starts over).
        """
        here, size = self.offset(connection, caller, name)
        if offset != here:
            raise Problem(409, "other_offset", offset=here)
        if here + len(piece) > size:
            raise Problem(413, "too_large", largest=size)
        part = self._parts / name
        with part.open("ab") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if here + len(piece) == size:
            self._finish(connection, part, self._upload(connection, caller, name).sha256, size)
        return here + len(piece)

    def find(self, connection: Connection, caller: Caller, sha256: str) -> Path:
        """Answer the file of verified bytes.

        Raises:
            Problem: 404 not_found, also when the caller may not see them.
        """
        if not _DIGEST.fullmatch(sha256) or not self._may_see(connection, caller, sha256):
            raise Problem(404, "not_found")
        if not self._has(connection, sha256):
            raise Problem(404, "not_found")
        return self._path(sha256)

    def _finish(self, connection: Connection, part: Path, sha256: str, size: int) -> None:
        if _hash_of(part) != sha256:
            part.write_bytes(b"")
            raise Problem(460, "wrong_digest")
        target = self._path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        if not self._has(connection, sha256):
            connection.execute(insert(blobs).values(sha256=sha256, size=size, at=server_time()))

    def _has(self, connection: Connection, sha256: str) -> bool:
        found = connection.execute(select(blobs.c.sha256).where(blobs.c.sha256 == sha256))
        return found.first() is not None

    def _may_see(self, connection: Connection, caller: Caller, sha256: str) -> bool:
        scopes = connection.scalars(select(blob_refs.c.scope).where(blob_refs.c.sha256 == sha256))
        return any(caller.may_see(scope) for scope in scopes)

    def _upload(self, connection: Connection, caller: Caller, name: str) -> "_Upload":
        row = connection.execute(select(uploads).where(uploads.c.id == name)).one_or_none()
        if row is None or row.user_id != caller.account.user_id:
            raise Problem(404, "not_found")
        return _Upload(row.sha256, row.size)

    def _path(self, sha256: str) -> Path:
        return self._verified / sha256[:2] / sha256


class _Upload:
    def __init__(self, sha256: str, size: int) -> None:
        self.sha256 = sha256
        self.size = size


def tus_metadata(header: str) -> dict[str, str]:
    """Read the tus header Upload-Metadata: names with base64 values.

    Raises:
        Problem: 400 bad_metadata.
    """
    try:
        pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
        return {name: base64.b64decode(value).decode() for name, _, value in pairs}
    except ValueError as error:
        raise Problem(400, "bad_metadata") from error


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
