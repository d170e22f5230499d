"""Which bytes, by digest, wait to be sent, are wanted, or are verified on both sides."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes by digest; `upload_url` is where an upload that was begun goes on."""

    sha256: str
    size: int
    media_type: str
    upload_url: str


def add_blob(connection: Connection, sha256: str, size: int, media_type: str) -> None:
    """Queue bytes that lie here; the same bytes twice are sent once."""
    _put(connection, sha256, size, media_type, "waiting")


def want_blob(connection: Connection, sha256: str, size: int, media_type: str) -> None:
    """Queue bytes that lie on the server."""
    _put(connection, sha256, size, media_type, "wanted")


def waiting(connection: Connection) -> tuple[Blob, ...]:
    """List what is to be sent, small before large."""
    return _in_state(connection, "waiting")


def wanted(connection: Connection) -> tuple[Blob, ...]:
    """List what is to be fetched, small before large."""
    return _in_state(connection, "wanted")


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


def _put(connection: Connection, sha256: str, size: int, media_type: str, state: str) -> None:
    connection.execute(
        text(
            "INSERT INTO sync_blob (sha256, size, media_type, state)"
            " VALUES (:sha256, :size, :media_type, :state) ON CONFLICT DO NOTHING"
        ),
        {"sha256": sha256, "size": size, "media_type": media_type, "state": state},
    )


def _in_state(connection: Connection, state: str) -> tuple[Blob, ...]:
    rows = connection.execute(
        text(
            "SELECT sha256, size, media_type, upload_url FROM sync_blob"
            " WHERE state = :state ORDER BY size, sha256"
        ),
        {"state": state},
    )
    return tuple(Blob(*row) for row in rows)
