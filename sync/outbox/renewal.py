"""What a device does when the server came back from a backup: give back what it alone still has."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row

from sync.outbox import progress, queue, shadow
from sync.outbox.recorder import Draft, Recorder
from sync.outbox.shadow import Key, Project
from sync.outbox.statements import text
from sync.protocol.change import Body, Change, ChangeKind, Patch, patched


def after_restore(connection: Connection, forgotten: Sequence[str]) -> None:
    """Queue again what the server took and forgot, and read all anew.

    What it had refused stays refused, except where an earlier restore was the reason and nobody has
    settled it yet: that is asked again, as this state of the server may have taken it.

    Args:
        forgotten: changes of this device that the server does not know any more.
    """
    progress.start_over(connection)
    connection.execute(text("UPDATE sync_shadow SET stale = 1"))
    connection.execute(text("UPDATE sync_blob SET state = 'waiting' WHERE state = 'verified'"))
    connection.execute(
        text(
            "UPDATE sync_outbox SET state = 'pending'"
            " WHERE state IN ('applied', 'merged', 'conflict')"
            " AND op_id IN (SELECT value FROM json_each(:forgotten))"
            " OR before_restore = 1"
            " AND op_id IN (SELECT op_id FROM sync_conflict WHERE settled = 0)"
        ),
        {"forgotten": json.dumps(forgotten)},
    )
    connection.execute(text("UPDATE sync_outbox SET before_restore = 1 WHERE state = 'pending'"))
    connection.execute(
        text(
            "DELETE FROM sync_conflict WHERE settled = 0 AND op_id IN"
            " (SELECT op_id FROM sync_outbox WHERE state = 'pending')"
        )
    )


def second_chances(
    connection: Connection, recorder: Recorder, project: Project, keys: Iterable[Key]
) -> None:
    """Do again what was done before a restore and refused after it, once it fits again.

    A change may have come back before the change of another device that it rests on. When that one
    is there too, every old value fits, and nobody needs to decide anything.
    """
    waiting = _refused_groups(connection, keys)
    now: Now = {}
    while (fitting := _first_fitting(connection, waiting, now)) is not None:
        group, drafts = fitting
        waiting.remove(group)
        if drafts:
            recorder.append(connection, user_id=group[0].change.user_id, drafts=drafts)
        for one in group:
            queue.settle_refusal(connection, one.change.op_id)
        touched = [(one.change.entity, one.change.id) for one in group]
        shadow.recompute(connection, touched, project)


# Records as they will be with what was done again: by entity and id, body and version.
Now = dict[Key, tuple[Body | None, int]]


@dataclass(frozen=True, slots=True)
class _Left:
    """What the server did not take of a change, and no later act of this device has set anew."""

    change: Change
    patch: Patch


def _refused_groups(connection: Connection, keys: Iterable[Key]) -> list[list[_Left]]:
    rows = connection.execute(
        text(
            "SELECT n, group_id, envelope, reason FROM sync_outbox WHERE before_restore = 1"
            " AND state IN ('rejected', 'blocked', 'conflict')"
            " AND op_id IN (SELECT op_id FROM sync_conflict WHERE settled = 0)"
            " AND group_id IN (SELECT o.group_id FROM json_each(:keys) k JOIN sync_outbox o"
            "  ON o.entity = json_extract(k.value, '$[0]') AND o.id = json_extract(k.value, '$[1]')"
            "  WHERE o.before_restore = 1) ORDER BY n"
        ),
        {"keys": json.dumps([list(key) for key in keys])},
    ).all()
    groups = groupby(rows, key=lambda row: row.group_id)
    return [[_left(connection, row) for row in group] for _, group in groups]


def _left(connection: Connection, row: Row[Any]) -> _Left:
    change = Change.from_json(json.loads(row.envelope))
    fields = set(json.loads(row.reason).get("fields", change.patch))
    if change.kind is ChangeKind.UPDATE:
        fields -= _set_later(connection, change, row.n)
    return _Left(change, {name: p for name, p in change.patch.items() if name in fields})


def _set_later(connection: Connection, change: Change, n: int) -> set[str]:
    """Name the fields of a record that later changes set, which the server took or will see."""
    later = connection.scalars(
        text(
            "SELECT envelope FROM sync_outbox WHERE entity = :entity AND id = :id AND n > :n"
            " AND state IN ('pending', 'applied', 'merged')"
        ),
        {"entity": change.entity, "id": change.id, "n": n},
    )
    return {name for envelope in later for name in json.loads(envelope)["patch"]}


def _first_fitting(
    connection: Connection, groups: Sequence[list[_Left]], now: Now
) -> tuple[list[_Left], list[Draft]] | None:
    """Find the oldest act that fits what is there now, and let it count as done."""
    for group in groups:
        then = dict(now)
        drafts = _again(connection, group, then)
        if drafts is not None:
            now.update(then)
            return group, drafts
    return None


def _again(connection: Connection, group: Sequence[_Left], now: Now) -> list[Draft] | None:
    """Word a group anew upon what is there now; None when it does not fit."""
    drafts = []
    for one in group:
        change, key = one.change, (one.change.entity, one.change.id)
        if not one.patch:
            continue
        said = shadow.body_of(connection, *key)
        body, ver = now.get(key, said)
        is_new = change.kind is ChangeKind.CREATE
        if is_new != (body is None) or not _fits(one.patch, body, said[0]):
            return None
        patch = {name: ((body or {}).get(name), new) for name, (_, new) in one.patch.items()}
        expect = None if change.expect_ver is None else ver
        drafts.append(Draft(*key, change.scope, change.kind, patch, expect))
        now[key] = (patched(body, patch), ver + 1)
    return drafts


def _fits(patch: Patch, body: Body | None, said: Body | None) -> bool:
    """Whether each old value is there now, or is what the server says under our own acts.

    An act that was done while the one before it stood refused rests on the server's value.
    """
    if body is None:
        return True
    known = (body, said or {})
    return all(any(each.get(name) == old for each in known) for name, (old, _) in patch.items())
