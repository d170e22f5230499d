"""The log of each scope: gap-free numbers, and a Merkle tree over what they name (RFC 6962)."""

import hashlib
import secrets
from collections.abc import Collection
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, insert, select, text, update

from sync.protocol import merkle
from sync.protocol.change import Change
from sync.protocol.checkpoint import Checkpoint, Head, scope_name
from sync.server.facts import fact, server_time
from sync.server.tables import changes, log_nodes, scope_heads

_LOOK_BACK = 50  # versions of a record


def write_entry(connection: Connection, change: Change, ver: int, body: dict[str, Any]) -> int:
    """Append to the scope's log and answer the number; the scope's counter is locked with it."""
    seq = _next_seq(connection, change.scope)
    entry: dict[str, Any] = {
        "scope": change.scope,
        "seq": seq,
        "entity": change.entity,
        "id": change.id,
        "ver": ver,
        "body": body,
        "envelope": change.to_json(),
        "server_time": server_time(),
        "salt": secrets.token_hex(16),
    }
    leaf = leaf_of(entry)
    connection.execute(insert(changes).values(entry | {"leaf": leaf}))
    _grow(connection, change.scope, seq - 1, leaf)
    return seq


def leaf_of(entry: dict[str, Any]) -> str:
    """Answer the leaf of an entry.

    Body and envelope enter as salted digests, so both can be forgotten and the tree still stands.
    """
    named = {name: entry[name] for name in ("scope", "seq", "entity", "id", "ver", "server_time")}
    salted = {name: _salted(entry["salt"], entry[name]) for name in ("body", "envelope")}
    op_id = entry["envelope"]["op_id"]
    return merkle.leaf_hash(rfc8785.dumps(named | salted | {"op_id": op_id}))


def checkpoint(connection: Connection) -> Checkpoint:
    """Sign the heads of all scopes as they are now."""
    sizes = heads(connection)
    named = {
        scope_name(scope): Head(size, merkle.root(size, _nodes(connection, scope)))
        for scope, size in sizes.items()
    }
    unsealed = Checkpoint(fact(connection, "epoch"), server_time(), named)
    return unsealed.sealed(log_key(connection))


def last_touch(
    connection: Connection, entity: str, record_id: str, fields: Collection[str]
) -> dict[str, str]:
    """Tell who changed one of these fields of a record last, and when; empty when it is unknown.

    With no fields: who changed the record last.
    """
    rows = connection.execute(
        select(changes.c.envelope, changes.c.server_time)
        .where(changes.c.entity == entity, changes.c.id == record_id)
        .order_by(changes.c.ver.desc())
        .limit(_LOOK_BACK)
    )
    for row in rows:
        if not fields or set(fields) & row.envelope["patch"].keys():
            return {"by": row.envelope["user_id"], "at": row.server_time}
    return {}


def log_key(connection: Connection) -> Ed25519PrivateKey:
    """Give the key that signs checkpoints."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(fact(connection, "log_key")))


def consistency(connection: Connection, scope: str, first: int, second: int) -> list[str]:
    """Prove that a scope's log only grew between two sizes."""
    return merkle.consistency(first, second, _nodes(connection, scope))


def rebuild(connection: Connection) -> None:
    """Compute all leaves and trees anew, as when a new schema defines a leaf otherwise."""
    connection.execute(delete(log_nodes))
    rows = connection.execute(select(changes).order_by(changes.c.scope, changes.c.seq)).mappings()
    for row in rows.all():
        leaf = leaf_of(dict(row))
        place = (changes.c.scope == row["scope"]) & (changes.c.seq == row["seq"])
        connection.execute(update(changes).where(place).values(leaf=leaf))
        _grow(connection, row["scope"], row["seq"] - 1, leaf)


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


def _salted(salt: str, value: object) -> str:
    return hashlib.sha256(salt.encode() + rfc8785.dumps(value)).hexdigest()  # type: ignore[arg-type]


def _grow(connection: Connection, scope: str, index: int, leaf: str) -> None:
    made = merkle.grown(index, leaf, _nodes(connection, scope))
    if made:
        rows = [{"scope": scope, "level": v, "n": n, "hash": digest} for v, n, digest in made]
        connection.execute(insert(log_nodes), rows)


def _nodes(connection: Connection, scope: str) -> merkle.Node:
    def node(level: int, n: int) -> str:
        if level == 0:
            leaf = select(changes.c.leaf).where(changes.c.scope == scope, changes.c.seq == n + 1)
            return str(connection.execute(leaf).scalar_one())
        kept = select(log_nodes.c.hash).where(
            log_nodes.c.scope == scope, log_nodes.c.level == level, log_nodes.c.n == n
        )
        return str(connection.execute(kept).scalar_one())

    return node
