"""The log of each scope: gap-free numbers, and a Merkle tree over what they name (RFC 6962)."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, bindparam, delete, insert, select, text, tuple_, update

from sync.protocol import merkle
from sync.protocol.change import Change
from sync.protocol.checkpoint import Checkpoint, Head, scope_name
from sync.server.facts import fact, server_time
from sync.server.tables import changes, log_nodes, scope_heads

Place = tuple[str, int, int]  # of a subtree: scope, level, number

_AT_ONCE = 500  # subtrees of one question
_NODES = select(log_nodes).where(
    tuple_(log_nodes.c.scope, log_nodes.c.level, log_nodes.c.n).in_(
        bindparam("places", expanding=True)
    )
)
_LEAVES = select(changes.c.scope, changes.c.seq, changes.c.leaf).where(
    tuple_(changes.c.scope, changes.c.seq).in_(bindparam("places", expanding=True))
)
_RESERVE = text(
    "INSERT INTO scope_head (scope, last_seq) VALUES (:scope, :count)"
    " ON CONFLICT (scope) DO UPDATE SET last_seq = scope_head.last_seq + :count"
    " RETURNING last_seq"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A change, and what it made of its record."""

    change: Change
    ver: int
    body: dict[str, Any]

    def sets(self, fields: Collection[str]) -> bool:
        """Tell whether one of these fields has its value from here; of none: yes.

        A change that lost a field to somebody quicker names it and did not set it.
        """
        named = {n: new for n, (_, new) in self.change.patch.items() if n in fields}
        return not fields or any(self.body.get(name) == new for name, new in named.items())


def write_entries(connection: Connection, entries: Sequence[Entry]) -> None:
    """Append to the logs of their scopes; the counters are held, in order, until the commit."""
    scope_of = attrgetter("change.scope")
    for scope, listed in groupby(sorted(entries, key=scope_of), key=scope_of):
        _append(connection, scope, tuple(listed))


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
    known = _read(connection, set().union(*(_edge(scope, n) for scope, n in sizes.items())))
    named = {
        scope_name(scope): Head(size, merkle.root(size, _among(known, scope)))
        for scope, size in sizes.items()
    }
    unsealed = Checkpoint(fact(connection, "epoch"), server_time(), named)
    return unsealed.sealed(log_key(connection))


@dataclass(frozen=True, slots=True)
class Touch:
    """Who set a field, on which device, and when by the server's clock."""

    by: str
    device_id: str
    at: str


def last_touch(
    connection: Connection, entity: str, record_id: str, fields: Collection[str]
) -> Touch | None:
    """Tell who set one of these fields of a record last; None when nobody did.

    With no fields: who changed the record last.
    """
    rows = connection.execute(
        select(changes.c.envelope, changes.c.body, changes.c.ver, changes.c.server_time)
        .where(changes.c.entity == entity, changes.c.id == record_id)
        .order_by(changes.c.ver.desc())
    )
    for row in rows:
        if Entry(Change.from_json(row.envelope), row.ver, row.body).sets(fields):
            return Touch(row.envelope["user_id"], row.envelope["device_id"], row.server_time)
    return None


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
    for scope, listed in groupby(rows.all(), key=itemgetter("scope")):
        leaves = []
        for row in listed:
            leaves.append(leaf_of(dict(row)))
            place = (changes.c.scope == scope) & (changes.c.seq == row["seq"])
            connection.execute(update(changes).where(place).values(leaf=leaves[-1]))
        _grow(connection, scope, 0, leaves)


def heads(connection: Connection) -> dict[str, int]:
    """Answer the last number of every scope."""
    rows = connection.execute(select(scope_heads.c.scope, scope_heads.c.last_seq))
    return {row.scope: row.last_seq for row in rows}


def _append(connection: Connection, scope: str, entries: Sequence[Entry]) -> None:
    first = _reserve(connection, scope, len(entries))
    now, rows = server_time(), []
    for seq, entry in enumerate(entries, first + 1):
        row: dict[str, Any] = {
            "scope": scope,
            "seq": seq,
            "entity": entry.change.entity,
            "id": entry.change.id,
            "ver": entry.ver,
            "body": entry.body,
            "envelope": entry.change.to_json(),
            "server_time": now,
            "salt": secrets.token_hex(16),
        }
        rows.append(row | {"leaf": leaf_of(row)})
    _grow(connection, scope, first, [row["leaf"] for row in rows])
    connection.execute(insert(changes), rows)


def _reserve(connection: Connection, scope: str, count: int) -> int:
    """Lock the counter of a scope and move it; answer where it stood. The first entry makes it."""
    moved = connection.execute(_RESERVE, {"scope": scope, "count": count})
    return int(moved.scalar_one()) - count


def _salted(salt: str, value: object) -> str:
    return hashlib.sha256(salt.encode() + rfc8785.dumps(value)).hexdigest()  # type: ignore[arg-type]


def _grow(connection: Connection, scope: str, size: int, leaves: Sequence[str]) -> None:
    """Put down the subtrees that these leaves complete behind the first `size`."""
    then = size + len(leaves)
    needed = {place for place in _edge(scope, size) if size >> place[1] != then >> place[1]}
    known = _read(connection, needed)
    made: list[Place] = []
    for index, leaf in enumerate(leaves, size):
        known[scope, 0, index] = leaf
        for level, n, digest in merkle.grown(index, leaf, _among(known, scope)):
            known[scope, level, n] = digest
            made.append((scope, level, n))
    if made:
        rows = [{"scope": s, "level": v, "n": n, "hash": known[s, v, n]} for s, v, n in made]
        connection.execute(insert(log_nodes), rows)


def _edge(scope: str, size: int) -> set[Place]:
    """Name the perfect subtrees that a tree of this size consists of."""
    return {(scope, v, (size >> v) - 1) for v in range(size.bit_length()) if (size >> v) & 1}


def _read(connection: Connection, places: Collection[Place]) -> dict[Place, str]:
    """Read digests of subtrees; leaves are kept with the changes."""
    listed, found = sorted(places), dict[Place, str]()
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        if nodes := [place for place in some if place[1]]:
            rows = connection.execute(_NODES, {"places": nodes})
            found |= {(row.scope, row.level, row.n): row.hash for row in rows}
        if leaves := [(scope, n + 1) for scope, level, n in some if not level]:
            rows = connection.execute(_LEAVES, {"places": leaves})
            found |= {(row.scope, 0, row.seq - 1): row.leaf for row in rows}
    return found


def _among(known: Mapping[Place, str], scope: str) -> merkle.Node:
    def node(level: int, n: int) -> str:
        return known[scope, level, n]

    return node


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
