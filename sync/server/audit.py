"""Checks a server's whole log from its own files, without trusting any summary."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync.protocol import merkle
from sync.protocol.change import Change
from sync.protocol.checkpoint import scope_name
from sync.protocol.identity import public_key_of
from sync.server.database import Database
from sync.server.journal import checkpoint, leaf_of
from sync.server.tables import changes, devices


@dataclass(frozen=True, slots=True)
class LogFault:
    """An entry that is not as it was written: gap, leaf or signature; or a tree (seq 0)."""

    scope: str
    seq: int
    trouble: str


@dataclass(frozen=True, slots=True)
class LogReport:
    """What was found: entries by scope with their tree heads, and every fault."""

    sizes: dict[str, int]
    heads: dict[str, str]
    faults: tuple[LogFault, ...]


def audit_log(database: Database) -> LogReport:
    """Recompute every leaf, number, signature and tree of every scope."""
    leaves: dict[str, list[str]] = defaultdict(list)
    faults: list[LogFault] = []
    with database.read() as connection:
        keys = {d.id: public_key_of(d.public_key) for d in connection.execute(select(devices))}
        rows = connection.execute(select(changes).order_by(changes.c.scope, changes.c.seq))
        for row in rows.mappings():
            entry = dict(row)
            seen = leaves[entry["scope"]]
            change = Change.from_json(entry["envelope"])
            key = keys.get(change.device_id)
            signed = change.device_id == "server" or (key and change.is_sealed_by(key))
            faults += _faults(entry, len(seen) + 1, signed=bool(signed))
            seen.append(entry["leaf"])
        heads = {scope: _head(found) for scope, found in leaves.items()}
        faults += _tree_faults(connection, heads)
    sizes = {scope: len(found) for scope, found in leaves.items()}
    return LogReport(sizes=sizes, heads=heads, faults=tuple(faults))


def _faults(entry: dict[str, object], expected: int, *, signed: bool) -> Iterator[LogFault]:
    scope, seq = str(entry["scope"]), int(str(entry["seq"]))
    if seq != expected:
        yield LogFault(scope, seq, "gap")
    if leaf_of(entry) != entry["leaf"]:
        yield LogFault(scope, seq, "leaf")
    if not signed:
        yield LogFault(scope, seq, "signature")


def _tree_faults(connection: Connection, heads: dict[str, str]) -> Iterator[LogFault]:
    """Hold what the server signs to what its entries add up to."""
    signed = checkpoint(connection).heads
    for scope, head in heads.items():
        if signed[scope_name(scope)].root != head:
            yield LogFault(scope, 0, "tree")


def _head(leaves: Sequence[str]) -> str:
    def node(level: int, n: int) -> str:
        if level == 0:
            return leaves[n]
        return merkle.join(node(level - 1, 2 * n), node(level - 1, 2 * n + 1))

    return merkle.root(len(leaves), node)
