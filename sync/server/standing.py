"""What a push meets and leaves: read at once under its locks, and written at once at its end."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, text, tuple_, update

from sync.protocol.answers import Account, ChangeResult
from sync.protocol.change import Change
from sync.server import accounts, journal
from sync.server.facts import server_time
from sync.server.journal import Entry, Touch, write_entries
from sync.server.numbers import Given
from sync.server.tables import devices, facts, numbers_given, records, results

Key = tuple[str, str]

_EPOCH = select(facts.c.value).where(facts.c.name == "epoch").scalar_subquery()
_DEVICE = (
    select(devices, _EPOCH.label("epoch"))
    .where(devices.c.id == bindparam("device_id"))
    .with_for_update(of=devices)
)
_ANSWERS = select(results.c.result).where(results.c.op_id.in_(bindparam("ops", expanding=True)))
_RECORDS = (
    select(records)
    .where(tuple_(records.c.entity, records.c.id).in_(bindparam("keys", expanding=True)))
    .order_by(records.c.entity, records.c.id)
    .with_for_update()
)
_REWRITE = (
    update(records)
    .where(records.c.entity == bindparam("of"), records.c.id == bindparam("named"))
    .values(scope=bindparam("scope"), ver=bindparam("ver"), body=bindparam("body"))
)
_CHAIN = (
    update(devices)
    .where(devices.c.id == bindparam("device_id"))
    .values(dev_seq=bindparam("dev_seq"), hash=bindparam("hash"))
)
_NAME_BLOB = text(
    "INSERT INTO blob_ref (sha256, scope) VALUES (:sha256, :scope) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it stands."""

    scope: str
    ver: int
    body: dict[str, Any]


@dataclass(slots=True)
class _Put:
    """What is to be written."""

    records: dict[Key, Held] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    blobs: set[tuple[str, str]] = field(default_factory=set)


class Standing:
    """The rows that a batch of changes touches, locked until the commit.

    Locks are taken in the same order by everybody: the device, its records by key, and at the end
    the counters of scopes.

    Attributes:
        epoch: the state of this server.
        dev_seq, hash: the last change of the device.
        answers: what was answered before, by change.
    """

    def __init__(self, connection: Connection, device_id: str, changes: Sequence[Change]) -> None:
        self.connection = connection
        self.device: Row[Any] = connection.execute(_DEVICE, {"device_id": device_id}).one()
        self.epoch: str = self.device.epoch
        self.dev_seq, self.hash = int(self.device.dev_seq), str(self.device.hash)
        self.answers = self._answered([change.op_id for change in changes])
        fresh = [change for change in changes if change.op_id not in self.answers]
        self._found = self._locked({(change.entity, change.id) for change in fresh})
        self._kept, self._group = _Put(), _Put()
        self._new_answers: list[ChangeResult] = []

    def record(self, key: Key) -> Held | None:
        """Answer a record as it stands with what was put since."""
        for put in (self._group, self._kept):
            if key in put.records:
                return put.records[key]
        return self._found.get(key)

    @cached_property
    def people(self) -> Mapping[str, Account]:
        """The active users who ever signed in on the device, by their ids."""
        found = accounts.accounts_on(self.connection, self.device.id)
        return {account.user_id: account for account in found}

    @property
    def given(self) -> Collection[Given]:
        """Document numbers that this batch gives."""
        return (*self._kept.given, *self._group.given)

    def put(self, change: Change, held: Held, digests: Iterable[str], number: Given | None) -> None:
        """Note what a change makes of a record; it counts once its group is kept."""
        self._group.records[change.entity, change.id] = held
        self._group.entries.append(Entry(change, held.ver, held.body))
        self._group.given += [number] if number else []
        self._group.blobs.update((sha256, held.scope) for sha256 in digests)

    def drop_group(self) -> None:
        """Forget what a group put."""
        self._group = _Put()

    def keep_group(self) -> None:
        """Let count what a group put."""
        self._kept.records |= self._group.records
        self._kept.entries += self._group.entries
        self._kept.given += self._group.given
        self._kept.blobs |= self._group.blobs
        self._group = _Put()

    def settle(self, dev_seq: int, link: str, answers: Sequence[ChangeResult]) -> None:
        """Let the chain go on, and keep what is answered to a group."""
        self.dev_seq, self.hash = dev_seq, link
        self._new_answers += answers

    def last_touch(self, change: Change, fields: Collection[str]) -> Touch | None:
        """Tell who set one of these fields of a record last, in this batch or before it."""
        entries = (*self._kept.entries, *self._group.entries)
        for earlier in reversed(entries):
            same = (earlier.change.entity, earlier.change.id) == (change.entity, change.id)
            if same and earlier.sets(fields):
                return Touch(earlier.change.user_id, earlier.change.device_id, server_time())
        return journal.last_touch(self.connection, change.entity, change.id, fields)

    def is_own(self, change: Change, name: str) -> bool:
        """Tell whether the device of a change was the last to set a field of its record."""
        touch = self.last_touch(change, (name,))
        return touch is not None and touch.device_id == change.device_id

    def write_down(self) -> None:
        """Write everything: few statements, however many changes there were."""
        if not self._new_answers:
            return
        self._write_records()
        kept = self._kept
        if kept.blobs:
            named = [{"sha256": sha256, "scope": scope} for sha256, scope in sorted(kept.blobs)]
            self.connection.execute(_NAME_BLOB, named)
        if kept.given:
            self.connection.execute(insert(numbers_given), [one.row() for one in kept.given])
        now = server_time()
        self.connection.execute(
            insert(results),
            [{"op_id": a.op_id, "result": a.to_json(), "at": now} for a in self._new_answers],
        )
        place = {"device_id": self.device.id, "dev_seq": self.dev_seq, "hash": self.hash}
        self.connection.execute(_CHAIN, place)
        write_entries(self.connection, kept.entries)

    def _write_records(self) -> None:
        new, old = [], []
        for (entity, record_id), held in sorted(self._kept.records.items(), key=lambda kv: kv[0]):
            row = {"scope": held.scope, "ver": held.ver, "body": held.body}
            if (entity, record_id) in self._found:
                old.append(row | {"of": entity, "named": record_id})
            else:
                new.append(row | {"entity": entity, "id": record_id})
        if new:
            self.connection.execute(insert(records), new)
        if old:
            self.connection.execute(_REWRITE, old)

    def _answered(self, ops: Sequence[str]) -> dict[str, ChangeResult]:
        found = self.connection.scalars(_ANSWERS, {"ops": ops})
        answers = (ChangeResult.from_json(plain) for plain in found)
        return {answer.op_id: answer for answer in answers}

    def _locked(self, keys: set[Key]) -> dict[Key, Held]:
        if not keys:
            return {}
        rows = self.connection.execute(_RECORDS, {"keys": sorted(keys)})
        return {(r.entity, r.id): Held(r.scope, r.ver, dict(r.body)) for r in rows}
