"""What a device does when the server came back from a backup: give back what it alone still has."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, text

from sync.outbox import progress, queue, shadow
from sync.outbox.recorder import Draft, Recorder
from sync.outbox.shadow import Project
from sync.protocol.change import Body, Change, ChangeKind, Patch, patched


def after_restore(connection: Connection, known_seq: int) -> int:
    """Queue again what the server forgot, and read all anew; answer how many changes wait again.

    What it had refused stays refused: such a change goes along only to keep the chain whole.

    Args:
        known_seq: the last change of this device that the server still knows.
    """
    progress.start_over(connection)
    connection.execute(text("UPDATE sync_shadow SET stale = 1"))
    connection.execute(text("UPDATE sync_blob SET state = 'waiting' WHERE state = 'verified'"))
    again = connection.execute(
        text(
            "UPDATE sync_outbox SET was_in = state IN ('applied', 'merged', 'conflict'),"
            " void = state IN ('rejected', 'blocked'), state = 'pending'"
            " WHERE state <> 'pending' AND json_extract(envelope, '$.dev_seq') > :known"
        ),
        {"known": known_seq},
    )
    connection.execute(
        text(
            "DELETE FROM sync_conflict WHERE settled = 0 AND op_id IN"
            " (SELECT op_id FROM sync_outbox WHERE state = 'pending')"
        )
    )
    return again.rowcount


def second_chances(
    connection: Connection, recorder: Recorder, project: Project, entity: str, record_id: str
) -> None:
    """Do again what was taken before a restore and refused after it, once it fits again.

    A change may have come back before the change of another device that it rests on. When that one
    is there too, every old value fits, and nobody needs to decide anything.
    """
    for group in _refused_groups(connection, entity, record_id):
        drafts = _again(connection, group)
        if drafts is None:
            return
        recorder.append(connection, user_id=group[0].change.user_id, drafts=drafts)
        for one in group:
            queue.settle_refusal(connection, one.change.op_id)
            shadow.recompute(connection, one.change.entity, one.change.id, project)


@dataclass(frozen=True, slots=True)
class _Left:
    """What the server did not take of a change: all of it, or the fields in conflict."""

    change: Change
    patch: Patch


def _refused_groups(connection: Connection, entity: str, record_id: str) -> list[list[_Left]]:
    rows = connection.execute(
        text(
            "SELECT group_id, envelope, reason FROM sync_outbox WHERE was_in = 1"
            " AND state IN ('rejected', 'blocked', 'conflict')"
            " AND op_id IN (SELECT op_id FROM sync_conflict WHERE settled = 0)"
            " AND group_id IN (SELECT group_id FROM sync_outbox"
            "  WHERE was_in = 1 AND entity = :entity AND id = :id) ORDER BY n"
        ),
        {"entity": entity, "id": record_id},
    ).all()
    groups = groupby(rows, key=lambda row: row.group_id)
    return [[_left(row.envelope, row.reason) for row in group] for _, group in groups]


def _left(envelope: str, reason: str) -> _Left:
    change = Change.from_json(json.loads(envelope))
    fields = json.loads(reason).get("fields", change.patch)
    return _Left(change, {name: p for name, p in change.patch.items() if name in fields})


def _again(connection: Connection, group: Sequence[_Left]) -> list[Draft] | None:
    """Word a group anew upon what the server says now; None when it does not fit."""
    now: dict[tuple[str, str], tuple[Body | None, int]] = {}
    drafts = []
    for one in group:
        change, key = one.change, (one.change.entity, one.change.id)
        body, ver = now.get(key) or shadow.body_of(connection, *key)
        is_new = change.kind is ChangeKind.CREATE
        if is_new != (body is None) or not _fits(body, one.patch):
            return None
        expect = None if change.expect_ver is None else ver
        drafts.append(Draft(*key, change.scope, change.kind, one.patch, expect))
        now[key] = (patched(body, one.patch), ver + 1)
    return drafts


def _fits(body: Body | None, patch: Patch) -> bool:
    return body is None or all(body.get(name) == old for name, (old, _) in patch.items())
