"""Takes envelopes in: one transaction a group, checked, merged, logged, and only then answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError, OperationalError

from sync.protocol.answers import ChangeResult, Outcome
from sync.protocol.change import Change, ChangeKind
from sync.protocol.identity import public_key_of
from sync.server import accounts
from sync.server.accounts import Caller
from sync.server.administration import note_fork
from sync.server.database import Database
from sync.server.facts import fact, server_time
from sync.server.journal import last_touch, write_entry
from sync.server.merge import merge
from sync.server.numbers import claim_number
from sync.server.problems import Problem
from sync.server.rules import Refusal, Rules, Signer
from sync.server.tables import blob_refs, devices, records, results

MACHINE = "MACHINE"
TRIES = 5
Key = tuple[str, str]
Reason = dict[str, Any]  # Any: a JSON object


@dataclass(frozen=True, slots=True)
class Batch:
    """What a device sends.

    Attributes:
        epoch: the state of the server that the device knows; empty: any.
    """

    changes: tuple[Change, ...]
    epoch: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch; `stopped` says why the rest of it was not looked at."""

    answers: tuple[ChangeResult, ...]
    stopped: Problem | None = None


def take_changes(database: Database, rules: Rules, caller: Caller, batch: Batch) -> Taken:
    """Take a batch; groups are taken one after another, each whole.

    Raises:
        Problem: the first group cannot be looked at: 403 other_device, 403 bad_signature,
            409 broken_chain, 409 other_epoch, 503 busy.
    """
    answers: list[ChangeResult] = []
    refused: set[Key] = set()
    for _, changes in groupby(batch.changes, key=lambda change: change.group_id):
        group = replace(batch, changes=tuple(changes))
        try:
            answers += _take_group(database, rules, caller, group, refused)
        except Problem as problem:
            if problem.code == "broken_chain":
                with database.write() as connection:
                    note_fork(connection, caller.device_id)
            if not answers:
                raise
            return Taken(tuple(answers), problem)
    return Taken(tuple(answers))


def known_ops(connection: Connection, ops: Sequence[str]) -> list[str]:
    """Tell which of these changes were answered before."""
    found = connection.scalars(select(results.c.op_id).where(results.c.op_id.in_(ops)))
    return sorted(found)


def _take_group(
    database: Database,
    rules: Rules,
    caller: Caller,
    group: Batch,
    refused: set[Key],
) -> list[ChangeResult]:
    for _ in range(TRIES):
        try:
            with database.write() as connection:
                if group.epoch and group.epoch != fact(connection, "epoch"):
                    raise Problem(409, "other_epoch")
                taking = _Group(connection, rules, caller, set(refused))
                answers = taking.take(group.changes)
        except (IntegrityError, OperationalError):
            continue  # another worker made the same row, or both waited for each other
        refused |= taking.refused
        return answers
    raise Problem(503, "busy", retry_after=1)


class _Group:
    def __init__(
        self,
        connection: Connection,
        rules: Rules,
        caller: Caller,
        refused: set[Key],
    ) -> None:
        self._connection = connection
        self._rules = rules
        self._caller = caller
        self.refused = refused
        self._entries: list[tuple[Change, int, dict[str, Any]]] = []

    def take(self, group: Sequence[Change]) -> list[ChangeResult]:
        """Apply all of a group, or, when one of it is refused, none of it."""
        stored = [self._stored(change) for change in group]
        if all(stored):
            return [self._told(c, a) for c, a in zip(group, stored, strict=True) if a]
        self._lock(group)
        for change in group:
            self._must_follow_chain(change)
        savepoint = self._connection.begin_nested()
        answers = [self._try(change) for change in group]
        if any(answer.reason and answer.outcome is not Outcome.CONFLICT for answer in answers):
            savepoint.rollback()
            self._entries.clear()
            answers = [self._withdrawn(c, a) for c, a in zip(group, answers, strict=True)]
        else:
            savepoint.commit()
        for answer in answers:
            self._store(answer)
        # Counters of scopes come last and in order: they are held until the commit.
        for change, ver, body in sorted(self._entries, key=lambda entry: entry[0].scope):
            write_entry(self._connection, change, ver, body)
        return [self._told(c, a) for c, a in zip(group, answers, strict=True)]

    def _lock(self, group: Sequence[Change]) -> None:
        """Hold the device and the records, always in the same order."""
        device = select(devices.c.id).where(devices.c.id == self._caller.device_id)
        self._connection.execute(device.with_for_update())
        keys = sorted({(change.entity, change.id) for change in group})
        held = select(records.c.ver).where(tuple_(records.c.entity, records.c.id).in_(keys))
        ordered = held.order_by(records.c.entity, records.c.id)
        self._connection.execute(ordered.with_for_update())

    def _stored(self, change: Change) -> ChangeResult | None:
        found = self._connection.execute(
            select(results.c.result).where(results.c.op_id == change.op_id)
        ).scalar_one_or_none()
        if found is None:
            return None
        answer = ChangeResult.from_json(found)
        if answer.outcome is Outcome.CONFLICT:
            return answer
        if not answer.outcome.is_in:
            self.refused.add((change.entity, change.id))
            return answer
        return replace(answer, outcome=Outcome.DUPLICATE)

    def _must_follow_chain(self, change: Change) -> None:
        """Refuse gaps, forks and envelopes that the device did not sign."""
        if change.device_id != self._caller.device_id:
            raise Problem(403, "other_device")
        device = self._connection.execute(
            select(devices).where(devices.c.id == change.device_id)
        ).one()
        if not change.is_sealed_by(public_key_of(device.public_key)):
            raise Problem(403, "bad_signature", op_id=change.op_id)
        if (change.dev_seq, change.prev_hash) != (device.dev_seq + 1, device.hash):
            raise Problem(409, "broken_chain", expected=device.dev_seq + 1, got=change.dev_seq)
        self._connection.execute(
            update(devices)
            .where(devices.c.id == device.id)
            .values(dev_seq=change.dev_seq, hash=change.link())
        )

    def _try(self, change: Change) -> ChangeResult:
        row = self._row(change)
        try:
            if (change.entity, change.id) in self.refused:
                raise Refusal("earlier_refused")
            return self._apply(change, row)
        except Refusal as refusal:
            blocked = refusal.reason["code"] == "earlier_refused"
            self.refused.add((change.entity, change.id))
            outcome = Outcome.BLOCKED if blocked else Outcome.REJECTED
            return _answer(change, outcome, row, self._meanwhile(change, refusal.reason))

    def _meanwhile(self, change: Change, reason: Reason | None) -> Reason | None:
        """Add to a reason who was quicker, and when."""
        if reason is None or reason["code"] != "changed_meanwhile":
            return reason
        fields = reason.get("fields", ())
        return reason | last_touch(self._connection, change.entity, change.id, fields)

    def _apply(self, change: Change, row: Row[Any] | None) -> ChangeResult:
        signer = self._signer(change)
        if not self._rules.knows(change.entity):
            raise Refusal("unknown_entity", entity=change.entity)
        if change.kind is ChangeKind.CREATE and row is not None:
            raise Refusal("exists")
        if change.kind is ChangeKind.UPDATE and (
            row is None or not self._may_write(change, row.scope)
        ):
            raise Refusal("not_found")  # also for what this person may not know of
        old = None if row is None else dict(row.body)
        merged = merge(self._rules, change, old, 0 if row is None else row.ver)
        if row is None:
            self._rules.check_new(change.entity, merged.body, signer)
        elif merged.body != old:
            self._rules.check_change(change.entity, row.body, merged.body, signer)
        scope = self._rules.scope_of(change.entity, merged.body)
        if scope != change.scope or not self._may_write(change, scope):
            raise Refusal("not_allowed", act="scope", scope=scope)
        claim_number(self._connection, self._rules, change, old, merged.body)
        ver = 1 if row is None else row.ver + 1
        self._write(change, ver, merged.body, is_new=row is None)
        outcome = Outcome.CONFLICT if merged.lost else merged.outcome
        lost = {"code": "changed_meanwhile", "fields": list(merged.lost)} if merged.lost else None
        reason = self._meanwhile(change, lost)
        return ChangeResult(change.op_id, outcome, ver, merged.body, reason)

    def _signer(self, change: Change) -> Signer:
        """Give the roles of the change's own user, by the server's table."""
        if change.user_id == change.device_id:
            return Signer(change.user_id, [MACHINE])
        account = accounts.account_of(self._connection, change.user_id)
        here = accounts.has_signed_in_on(self._connection, change.user_id, change.device_id)
        if account is None or not here:
            raise Refusal("unknown_user", user_id=change.user_id)
        return Signer(account.user_id, account.roles)

    def _may_write(self, change: Change, scope: str) -> bool:
        """Whether who did it may; a machine may what somebody may who signed in on it."""
        if self._caller.may_see(scope):
            return True
        if change.user_id == change.device_id:
            able = accounts.accounts_on(self._connection, change.device_id)
        else:
            account = accounts.account_of(self._connection, change.user_id)
            able = [account] if account else []
        return any(Caller(account, change.device_id).may_see(scope) for account in able)

    def _write(self, change: Change, ver: int, body: dict[str, Any], *, is_new: bool) -> None:
        values = {"scope": change.scope, "ver": ver, "body": body}
        if is_new:
            key = {"entity": change.entity, "id": change.id}
            self._connection.execute(insert(records).values(key | values))
        else:
            self._connection.execute(
                update(records)
                .where(records.c.entity == change.entity, records.c.id == change.id)
                .values(values)
            )
        self._name_blobs(self._rules.digests(change.entity, body), change.scope)
        self._entries.append((change, ver, body))

    def _name_blobs(self, digests: Iterable[str], scope: str) -> None:
        for sha256 in digests:
            key = {"sha256": sha256, "scope": scope}
            known = select(blob_refs).filter_by(**key)
            if self._connection.execute(known).first() is None:
                self._connection.execute(insert(blob_refs).values(key))

    def _withdrawn(self, change: Change, answer: ChangeResult) -> ChangeResult:
        """Answer for a change of a group of which another part was refused."""
        row = self._row(change)
        if answer.reason and answer.outcome is not Outcome.CONFLICT:
            return _answer(change, answer.outcome, row, answer.reason)
        self.refused.add((change.entity, change.id))
        return _answer(change, Outcome.BLOCKED, row, {"code": "group_refused"})

    def _told(self, change: Change, answer: ChangeResult) -> ChangeResult:
        """Keep a record to ourselves that lies in a scope which the caller may not see."""
        if answer.body is None:
            return answer
        scope = self._rules.scope_of(change.entity, answer.body)
        return answer if self._caller.may_see(scope) else replace(answer, ver=0, body=None)

    def _row(self, change: Change) -> Row[Any] | None:
        return self._connection.execute(
            select(records).where(records.c.entity == change.entity, records.c.id == change.id)
        ).one_or_none()

    def _store(self, answer: ChangeResult) -> None:
        self._connection.execute(
            insert(results).values(op_id=answer.op_id, result=answer.to_json(), at=server_time())
        )


def _answer(
    change: Change, outcome: Outcome, row: Row[Any] | None, reason: Any
) -> ChangeResult:  # reason: JSON object
    ver, body = (0, None) if row is None else (row.ver, dict(row.body))
    return ChangeResult(change.op_id, outcome, ver, body, reason)
