"""Which bytes, by digest, wait to be sent, are wanted, or are verified on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import Connection

from sync.outbox.statements import text


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes by digest; `upload_url` is where an upload that was begun goes on."""

    sha256: str
    size: int
    media_type: str
    upload_url: str


def add_blob(connection: Connection, sha256: str, size: int, media_type: str) -> None:
    """Queue bytes that lie here; the same bytes twice are sent once."""
    _put(connection, [(sha256, size, media_type)], "waiting")


def want_blobs(connection: Connection, named: Sequence[tuple[str, int, str]]) -> None:
    """Queue bytes that lie on the server, given as (digest, size, media type)."""
    if named:
        _put(connection, named, "wanted")


class Rank(IntEnum):
    """What goes before what: papers, small pictures, photos, video and all else."""

    PAPER = 0
    PREVIEW = 1
    PHOTO = 2
    VIDEO = 3


PREVIEW_SIZE = 64 * 1024  # a picture up to this size is taken for a preview


def waiting(connection: Connection, most: Rank = Rank.VIDEO) -> tuple[Blob, ...]:
    """List what is to be sent, by rank up to `most`, and small before large."""
    return _in_state(connection, "waiting", most)


def wanted(connection: Connection, most: Rank = Rank.VIDEO) -> tuple[Blob, ...]:
    """List what is to be fetched, by rank up to `most`, and small before large."""
    return _in_state(connection, "wanted", most)


def note_upload(connection: Connection, sha256: str, url: str) -> None:
    """Keep where an upload goes on after an interruption."""
    connection.execute(
        text("UPDATE sync_blob SET upload_url = :url WHERE sha256 = :sha256"),
        {"url": url, "sha256": sha256},
    )


def note_verified(connection: Connection, sha256: str) -> None:
    """Note that both sides hold these bytes and hashed them."""
    connection.execute(
        text("UPDATE sync_blob SET state = 'verified', upload_url = '' WHERE sha256 = :sha256"),
        {"sha256": sha256},
    )


def verified(connection: Connection) -> frozenset[str]:
    """Name the bytes that lie on both sides, by digest."""
    query = text("SELECT sha256 FROM sync_blob WHERE state = 'verified'")
    return frozenset(connection.scalars(query))


def forget(connection: Connection, sha256: str) -> bool:
    """Forget bytes that are no longer this device's; what still waits to be sent is not."""
    done = connection.execute(
        text("DELETE FROM sync_blob WHERE sha256 = :sha256 AND state <> 'waiting'"),
        {"sha256": sha256},
    )
    return bool(done.rowcount)


def _put(connection: Connection, named: Sequence[tuple[str, int, str]], state: str) -> None:
    connection.execute(
        text(
            "INSERT INTO sync_blob (sha256, size, media_type, state)"
            " VALUES (:sha256, :size, :media_type, :state) ON CONFLICT DO NOTHING"
        ),
        [
            {"sha256": sha256, "size": size, "media_type": media_type, "state": state}
            for sha256, size, media_type in named
        ],
    )


def _in_state(connection: Connection, state: str, most: Rank) -> tuple[Blob, ...]:
    rows = connection.execute(
        text(
            "SELECT sha256, size, media_type, upload_url FROM sync_blob"
            " WHERE state = :state ORDER BY size, sha256"
        ),
        {"state": state},
    )
    found = sorted((Blob(*row) for row in rows), key=_rank)
    return tuple(blob for blob in found if _rank(blob) <= most)


def _rank(blob: Blob) -> Rank:
    if blob.media_type == "application/pdf":
        return Rank.PAPER
    if blob.media_type.startswith("image/"):
        return Rank.PREVIEW if blob.size <= PREVIEW_SIZE else Rank.PHOTO
    return Rank.VIDEO
