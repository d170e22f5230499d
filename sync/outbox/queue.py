"""What waits for the server, in the order in which it was done, and what became of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row

from sync.outbox.shadow import Project, recompute, take_rows
from sync.outbox.statements import text
from sync.protocol.answers import ChangeResult, Outcome, PulledRow
from sync.protocol.change import Body, Change, patched

CHANGE_LIMIT = 200  # changes of one request
BYTE_LIMIT = 1024 * 1024

_STATES = {
    Outcome.APPLIED: "applied",
    Outcome.DUPLICATE: "applied",
    Outcome.MERGED: "merged",
    Outcome.CONFLICT: "conflict",
    Outcome.REJECTED: "rejected",
    Outcome.BLOCKED: "blocked",
}

_TO_INBOX = text(
    "INSERT INTO sync_conflict (op_id, entity, id, mine, server, reason)"
    " VALUES (:op, :entity, :id, :mine, :server, :reason) ON CONFLICT DO NOTHING"
)


def next_changes(connection: Connection) -> tuple[Change, ...]:
    """Give the oldest waiting groups, each whole; one that is larger than a request goes alone."""
    rows = connection.execute(
        text(
            "SELECT envelope FROM sync_outbox WHERE state = 'pending' AND group_id IN"
            " (SELECT group_id FROM sync_outbox WHERE state = 'pending' ORDER BY n LIMIT :limit)"
            " ORDER BY n"
        ),
        {"limit": CHANGE_LIMIT},
    ).all()
    chosen: list[Change] = []
    size = 0
    for _, group in groupby(rows, key=lambda row: json.loads(row.envelope)["group_id"]):
        whole = list(group)
        size += sum(len(row.envelope.encode()) for row in whole)
        if chosen and (size > BYTE_LIMIT or len(chosen) + len(whole) > CHANGE_LIMIT):
            break
        chosen += [Change.from_json(json.loads(row.envelope)) for row in whole]
    return tuple(chosen)


def all_waiting(connection: Connection) -> tuple[Change, ...]:
    """Give all that waits, oldest first."""
    envelopes = connection.scalars(
        text("SELECT envelope FROM sync_outbox WHERE state = 'pending' ORDER BY n")
    )
    return tuple(Change.from_json(json.loads(envelope)) for envelope in envelopes)


def recent_ops(connection: Connection, since: str) -> tuple[str, ...]:
    """Name all changes of this device since a moment, also those that were answered."""
    found = connection.scalars(
        text(
            "SELECT op_id FROM sync_outbox WHERE state = 'pending'"
            " OR json_extract(envelope, '$.wall_time') >= :since ORDER BY n"
        ),
        {"since": since},
    )
    return tuple(found)


def settle(connection: Connection, results: Sequence[ChangeResult], project: Project) -> None:
    """Take the server's word on changes; what it refused goes to the inbox, not away."""
    waiting = _waiting_among(connection, [result.op_id for result in results])
    answered = [(waiting[r.op_id], r) for r in results if r.op_id in waiting]
    if not answered:
        return
    connection.execute(
        text("UPDATE sync_outbox SET state = :state, reason = :reason WHERE op_id = :op"),
        [_fate(result) for _, result in answered],
    )
    refused = [_inboxed(change, result) for change, result in answered if not result.outcome.is_in]
    if refused:
        connection.execute(_TO_INBOX, refused)
    said = [
        PulledRow(change.scope, 0, change.entity, change.id, result.ver, result.body)
        for change, result in answered
        if result.body is not None and result.ver
    ]
    take_rows(connection, said, project)
    recompute(connection, [(change.entity, change.id) for change, _ in answered], project)


def counts(connection: Connection) -> Mapping[str, int]:
    """Count changes by state, bytes that wait, refusals that nobody has settled, and `orphans`:
    records that the server lost with its last backup and that nobody has given back.
    """
    rows = connection.execute(text("SELECT state, count(*) FROM sync_outbox GROUP BY state"))
    found = {row[0]: int(row[1]) for row in rows}
    blobs = "SELECT count(*) FROM sync_blob WHERE state = :state"
    found["blobs_waiting"] = connection.execute(text(blobs), {"state": "waiting"}).scalar_one()
    found["blobs_wanted"] = connection.execute(text(blobs), {"state": "wanted"}).scalar_one()
    found["inbox"] = connection.execute(
        text("SELECT count(*) FROM sync_conflict WHERE settled = 0")
    ).scalar_one()
    orphans = "SELECT count(*) FROM sync_shadow WHERE stale = 1"
    found["orphans"] = connection.execute(text(orphans)).scalar_one()
    return found


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that the server did not take, or not all of; all values are kept.

    Attributes:
        group_id: names the act that it was part of.
        base: fields as they were when it was made.
        mine: what it makes of them.
        server: the record as the server last said it; None: it has none, or not for this user.
        user_id, at: who made it, and when by this device's clock.
        reason: a stable code, and its fields; of one that was quicker also `by` and `at`.
    """

    op_id: str
    group_id: str
    entity: str
    id: str
    base: Body
    mine: Body
    server: Body | None
    user_id: str
    at: str
    reason: Mapping[str, Any]


def refusals(connection: Connection) -> tuple[Refused, ...]:
    """List what the server refused and nobody has settled."""
    rows = connection.execute(
        text(
            "SELECT c.op_id, c.reason, o.envelope, coalesce(s.body, c.server) AS server"
            " FROM sync_conflict c JOIN sync_outbox o ON o.op_id = c.op_id"
            " LEFT JOIN sync_shadow s ON s.entity = c.entity AND s.id = c.id AND s.stale = 0"
            " WHERE c.settled = 0 ORDER BY c.n"
        )
    )
    return tuple(_refused(row) for row in rows)


def _refused(row: Row[Any]) -> Refused:
    change = Change.from_json(json.loads(row.envelope))
    reason = json.loads(row.reason)
    told = reason.get("fields", change.patch)
    patch = {name: pair for name, pair in change.patch.items() if name in told}
    return Refused(
        op_id=change.op_id,
        group_id=change.group_id,
        entity=change.entity,
        id=change.id,
        base={name: old for name, (old, _) in patch.items()},
        mine={name: new for name, (_, new) in patch.items()},
        server=json.loads(row.server) if row.server else None,
        user_id=change.user_id,
        at=change.wall_time,
        reason=reason,
    )


def settle_refusal(connection: Connection, op_id: str) -> None:
    """Note that a person has decided about a refusal."""
    connection.execute(
        text("UPDATE sync_conflict SET settled = 1 WHERE op_id = :op"), {"op": op_id}
    )


def _waiting_among(connection: Connection, ops: Sequence[str]) -> dict[str, Change]:
    rows = connection.execute(
        text(
            "SELECT op_id, envelope FROM sync_outbox"
            " WHERE state = 'pending' AND op_id IN (SELECT value FROM json_each(:ops))"
        ),
        {"ops": json.dumps(ops)},
    )
    return {row.op_id: Change.from_json(json.loads(row.envelope)) for row in rows}


def _fate(result: ChangeResult) -> dict[str, str | None]:
    reason = json.dumps(dict(result.reason)) if result.reason else None
    return {"state": _STATES[result.outcome], "reason": reason, "op": result.op_id}


def _inboxed(change: Change, result: ChangeResult) -> dict[str, str | None]:
    return {
        "op": change.op_id,
        "entity": change.entity,
        "id": change.id,
        "mine": json.dumps(patched(None, change.patch), ensure_ascii=False),
        "server": None if result.body is None else json.dumps(dict(result.body)),
        "reason": json.dumps(dict(result.reason or {"code": result.outcome.value})),
    }
