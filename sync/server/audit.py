"""Checks a server's whole log from its own files, without trusting any summary."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from sync.protocol.change import Change
from sync.protocol.identity import public_key_of
from sync.server.database import Database
from sync.server.journal import leaf_of, tree_head
from sync.server.tables import changes, devices


@dataclass(frozen=True, slots=True)
class LogFault:
    """An entry that is not as it was written: gap, leaf or signature."""

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
    """Recompute every leaf, number and signature of every scope."""
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
    return LogReport(
        sizes={scope: len(found) for scope, found in leaves.items()},
        heads={scope: tree_head(found) for scope, found in leaves.items()},
        faults=tuple(faults),
    )


def _faults(entry: dict[str, object], expected: int, *, signed: bool) -> Iterator[LogFault]:
    scope, seq = str(entry["scope"]), int(str(entry["seq"]))
    if seq != expected:
        yield LogFault(scope, seq, "gap")
    if leaf_of(entry) != entry["leaf"]:
        yield LogFault(scope, seq, "leaf")
    if not signed:
        yield LogFault(scope, seq, "signature")
