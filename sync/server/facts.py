"""What a server knows of itself: its epoch, the secret of its cursors, the key of its log."""

import secrets
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select, update

from sync.server.tables import facts


def fact(connection: Connection, name: str) -> str:
    """Answer a fact about this server."""
    found = connection.execute(select(facts.c.value).where(facts.c.name == name))
    return str(found.scalar_one())


def renew_epoch(connection: Connection) -> str:
    """Name a new state of this server, as after it came back from a backup."""
    epoch = secrets.token_hex(8)
    connection.execute(update(facts).where(facts.c.name == "epoch").values(value=epoch))
    return epoch


def first_facts(connection: Connection) -> None:
    """Make the facts of a new server."""
    if connection.execute(select(facts.c.name).limit(1)).first():
        return
    log_key = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    first = {"epoch": secrets.token_hex(8), "cursor_key": secrets.token_hex(32), "log_key": log_key}
    connection.execute(insert(facts), [{"name": n, "value": v} for n, v in first.items()])


def server_time() -> str:
    """Tell the time, UTC."""
    return datetime.now(UTC).isoformat()
