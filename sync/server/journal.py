"""The log of each scope: gap-free numbers, and a Merkle tree over what they name (RFC 6962)."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

import rfc8785
from sqlalchemy import Connection, insert, select, text

from sync.protocol.change import Change
from sync.server.database import server_time
from sync.server.tables import changes, scope_heads


def write_entry(connection: Connection, change: Change, ver: int, body: dict[str, Any]) -> int:
    """Append to the scope's log and answer the number; the scope's counter is locked with it."""
    seq = _next_seq(connection, change.scope)
    salt = secrets.token_hex(16)
    entry: dict[str, Any] = {
        "scope": change.scope,
        "seq": seq,
        "entity": change.entity,
        "id": change.id,
        "ver": ver,
        "body": body,
        "envelope": change.to_json(),
        "server_time": server_time(),
        "salt": salt,
    }
    connection.execute(insert(changes).values(entry | {"leaf": leaf_of(entry)}))
    return seq


def leaf_of(entry: dict[str, Any]) -> str:
    """Answer the leaf of an entry: the body enters as a salted digest, so it can be forgotten."""
    salted = hashlib.sha256(entry["salt"].encode() + rfc8785.dumps(entry["body"])).hexdigest()
    named = {name: entry[name] for name in ("scope", "seq", "entity", "id", "ver", "server_time")}
    leaf = rfc8785.dumps(named | {"body": salted, "op_id": entry["envelope"]["op_id"]})
    return hashlib.sha256(b"\x00" + leaf).hexdigest()


def tree_head(leaves: Sequence[str]) -> str:
    """Answer the Merkle tree head of leaf digests (RFC 6962, section 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = tree_head(leaves[:half]), tree_head(leaves[half:])
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def heads(connection: Connection) -> dict[str, int]:
    """Answer the last number of every scope."""
    rows = connection.execute(select(scope_heads.c.scope, scope_heads.c.last_seq))
    return {row.scope: row.last_seq for row in rows}


def _next_seq(connection: Connection, scope: str) -> int:
    """Lock and bump the counter of a scope; the first entry makes it."""
    bumped = connection.execute(
        text(
            "INSERT INTO scope_head (scope, last_seq) VALUES (:scope, 1)"
            " ON CONFLICT (scope) DO UPDATE SET last_seq = scope_head.last_seq + 1"
            " RETURNING last_seq"
        ),
        {"scope": scope},
    )
    return int(bumped.scalar_one())
