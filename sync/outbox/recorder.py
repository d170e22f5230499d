"""Seals what a person or device did and queues it, in the transaction of the act itself."""

import json
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from uuid6 import uuid7

from sync.outbox.statements import text
from sync.protocol import NEWEST_SCHEMA
from sync.protocol.change import Change, ChangeKind, Patch
from sync.protocol.identity import DeviceIdentity


@dataclass(frozen=True, slots=True)
class Draft:
    """A change before it has a place in the chain."""

    entity: str
    id: str
    scope: str
    kind: ChangeKind
    patch: Patch
    expect_ver: int | None


class Recorder:
    """Appends changes to the device's chain."""

    def __init__(self, device: DeviceIdentity, now: Callable[[], datetime]) -> None:
        self._device = device
        self.device_id = device.device_id
        self._key = device.key()
        self._now = now
        self._boot_id = str(uuid7())

    def append(self, connection: Connection, *, user_id: str, drafts: Sequence[Draft]) -> str:
        """Queue one act as one group; answer the group's id."""
        group_id = str(uuid7())
        seq, before = _chain(connection)
        on_lost = any(_rests_on_lost(connection, draft) for draft in drafts)
        for draft in drafts:
            seq += 1
            change = self._change(draft, group_id, user_id, seq, before)
            before = change.link()
            _insert(connection, change, on_lost=on_lost)
        _keep_chain(connection, seq, before)
        return group_id

    def reseal(
        self, connection: Connection, dev_seq: int, link: str, known: Collection[str]
    ) -> None:
        """Put all that waits behind the last change that the server knows of this device.

        Needed when server or case file came back from a backup, and the chain here is another one.

        Args:
            known: changes that the server has answered already; they keep their place.
        """
        rows = connection.execute(
            text("SELECT op_id, envelope FROM sync_outbox WHERE state = 'pending' ORDER BY n")
        ).all()
        for row in rows:
            if row.op_id in known:
                continue
            dev_seq += 1
            old = Change.from_json(json.loads(row.envelope))
            change = replace(old, dev_seq=dev_seq, prev_hash=link).sealed(self._key)
            link = change.link()
            connection.execute(
                text("UPDATE sync_outbox SET envelope = :envelope WHERE op_id = :op"),
                {"envelope": json.dumps(change.to_json(), ensure_ascii=False), "op": row.op_id},
            )
        _keep_chain(connection, dev_seq, link)

    def _change(self, draft: Draft, group_id: str, user_id: str, seq: int, before: str) -> Change:
        return Change(
            op_id=str(uuid7()),
            group_id=group_id,
            device_id=self._device.device_id,
            dev_seq=seq,
            prev_hash=before,
            user_id=user_id,
            entity=draft.entity,
            id=draft.id,
            scope=draft.scope,
            kind=draft.kind,
            patch=draft.patch,
            expect_ver=draft.expect_ver,
            schema_ver=NEWEST_SCHEMA,
            wall_time=self._now().isoformat(),
            mono=time.monotonic(),
            boot_id=self._boot_id,
        ).sealed(self._key)


def _chain(connection: Connection) -> tuple[int, str]:
    row = connection.execute(text("SELECT dev_seq, hash FROM sync_chain")).one_or_none()
    return (0, "") if row is None else (row.dev_seq, row.hash)


def _keep_chain(connection: Connection, seq: int, link: str) -> None:
    connection.execute(
        text(
            "INSERT INTO sync_chain (only, dev_seq, hash) VALUES (1, :seq, :hash)"
            " ON CONFLICT (only) DO UPDATE SET dev_seq = excluded.dev_seq, hash = excluded.hash"
        ),
        {"seq": seq, "hash": link},
    )


def _rests_on_lost(connection: Connection, draft: Draft) -> bool:
    """Tell whether a record was lost by the server with a backup: the act may have to wait."""
    found = connection.scalar(
        text(
            "SELECT EXISTS (SELECT 1 FROM sync_shadow"
            "  WHERE entity = :entity AND id = :id AND stale = 1)"
            " OR EXISTS (SELECT 1 FROM sync_outbox"
            "  WHERE entity = :entity AND id = :id AND state = 'pending' AND before_restore = 1)"
        ),
        {"entity": draft.entity, "id": draft.id},
    )
    return bool(found)


def _insert(connection: Connection, change: Change, *, on_lost: bool) -> None:
    connection.execute(
        text(
            "INSERT INTO sync_outbox"
            " (op_id, group_id, entity, id, envelope, state, before_restore)"
            " VALUES (:op, :grp, :entity, :id, :envelope, 'pending', :on_lost)"
        ),
        {
            "op": change.op_id,
            "grp": change.group_id,
            "entity": change.entity,
            "id": change.id,
            "envelope": json.dumps(change.to_json(), ensure_ascii=False),
            "on_lost": int(on_lost),
        },
    )
