"""Takes envelopes in: each group whole or not at all, checked, merged, logged, then answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, OperationalError

from sync.protocol.answers import ChangeResult, Outcome
from sync.protocol.change import Change, ChangeKind
from sync.protocol.identity import public_key_of
from sync.server.accounts import Caller
from sync.server.administration import note_fork
from sync.server.database import Database
from sync.server.merge import merge
from sync.server.numbers import claim_number
from sync.server.problems import Problem
from sync.server.rules import Refusal, Rules, Signer
from sync.server.standing import Held, Key, Standing
from sync.server.tables import results

MACHINE = "MACHINE"
TRIES = 5
Reason = Mapping[str, Any]  # Any: a JSON object


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
    """Take a batch in one transaction; its groups are taken one after another, each whole.

    Raises:
        Problem: the first group cannot be looked at: 403 other_device, 403 bad_signature,
            409 broken_chain, 409 other_epoch, 503 busy.
    """
    for _ in range(TRIES):
        try:
            with database.write() as connection:
                taken = _take(connection, rules, caller, batch)
        except (IntegrityError, OperationalError):
            continue  # another worker made the same row, or both waited for each other
        if taken.stopped and not taken.answers:
            raise taken.stopped
        return taken
    raise Problem(503, "busy", retry_after=1)


def known_ops(connection: Connection, ops: Sequence[str]) -> list[str]:
    """Tell which of these changes were answered before."""
    found = connection.scalars(select(results.c.op_id).where(results.c.op_id.in_(ops)))
    return sorted(found)


def _take(connection: Connection, rules: Rules, caller: Caller, batch: Batch) -> Taken:
    standing = Standing(connection, caller.device_id, batch.changes)
    if batch.epoch and batch.epoch != standing.epoch:
        raise Problem(409, "other_epoch")
    taking = _Taking(standing, rules, caller)
    answers: list[ChangeResult] = []
    stopped: Problem | None = None
    for _, group in groupby(batch.changes, key=lambda change: change.group_id):
        try:
            answers += taking.take(tuple(group))
        except Problem as problem:
            stopped = problem
            break
    if stopped and stopped.code == "broken_chain":
        note_fork(connection, caller.device_id)
    standing.write_down()
    return Taken(tuple(answers), stopped)


class _Taking:
    def __init__(self, standing: Standing, rules: Rules, caller: Caller) -> None:
        self._standing = standing
        self._rules = rules
        self._caller = caller
        self._key = public_key_of(standing.device.public_key)
        self._refused: set[Key] = set()

    def take(self, group: Sequence[Change]) -> list[ChangeResult]:
        """Apply all of a group, or, when one of it is refused, none of it."""
        stored = [self._stored(change) for change in group]
        if all(stored):
            return [self._told(c, a) for c, a in zip(group, stored, strict=True) if a]
        dev_seq, link = self._end_of_chain(group)
        answers = [self._try(change) for change in group]
        if any(answer.reason and answer.outcome is not Outcome.CONFLICT for answer in answers):
            self._standing.drop_group()
            answers = [self._withdrawn(c, a) for c, a in zip(group, answers, strict=True)]
        else:
            self._standing.keep_group()
        self._standing.settle(dev_seq, link, answers)
        return [self._told(c, a) for c, a in zip(group, answers, strict=True)]

    def _stored(self, change: Change) -> ChangeResult | None:
        answer = self._standing.answers.get(change.op_id)
        if answer is None or answer.outcome is Outcome.CONFLICT:
            return answer
        if not answer.outcome.is_in:
            self._refused.add((change.entity, change.id))
            return answer
        return replace(answer, outcome=Outcome.DUPLICATE)

    def _end_of_chain(self, group: Sequence[Change]) -> tuple[int, str]:
        """Refuse gaps, forks and envelopes that the device did not sign; tell where it ends now."""
        dev_seq, link = self._standing.dev_seq, self._standing.hash
        for change in group:
            if change.device_id != self._caller.device_id:
                raise Problem(403, "other_device")
            if not change.is_sealed_by(self._key):
                raise Problem(403, "bad_signature", op_id=change.op_id)
            if (change.dev_seq, change.prev_hash) != (dev_seq + 1, link):
                raise Problem(409, "broken_chain", expected=dev_seq + 1, got=change.dev_seq)
            dev_seq, link = change.dev_seq, change.link()
        return dev_seq, link

    def _try(self, change: Change) -> ChangeResult:
        key = (change.entity, change.id)
        held = self._standing.record(key)
        try:
            if key in self._refused:
                raise Refusal("earlier_refused")
            return self._apply(change, held)
        except Refusal as refusal:
            blocked = refusal.reason["code"] == "earlier_refused"
            self._refused.add(key)
            outcome = Outcome.BLOCKED if blocked else Outcome.REJECTED
            return _answer(change, outcome, held, self._meanwhile(change, refusal.reason))

    def _meanwhile(self, change: Change, reason: Reason | None) -> Reason | None:
        """Add to a reason who was quicker, and when."""
        if reason is None or reason["code"] != "changed_meanwhile":
            return reason
        touch = self._standing.last_touch(change, reason.get("fields", ()))
        return {**reason, "by": touch.by, "at": touch.at} if touch else reason

    def _apply(self, change: Change, held: Held | None) -> ChangeResult:
        signer = self._signer(change)
        if not self._rules.knows(change.entity):
            raise Refusal("unknown_entity", entity=change.entity)
        if change.kind is ChangeKind.CREATE and held is not None:
            if change.scope == held.scope and self._rules.is_twin(change, held.body):
                return _answer(change, Outcome.MERGED, held, None)
            raise Refusal("exists")
        if change.kind is ChangeKind.UPDATE and (
            held is None or not self._may_write(change, held.scope)
        ):
            raise Refusal("not_found")  # also for what this person may not know of
        old, ver = (None, 0) if held is None else (held.body, held.ver)
        merged = merge(self._rules, change, old, ver, partial(self._standing.is_own, change))
        if old is None:
            self._rules.check_new(change.entity, merged.body, signer)
        elif merged.body != old:
            self._rules.check_change(change.entity, old, merged.body, signer)
        scope = self._rules.scope_of(change.entity, merged.body)
        if scope != change.scope or not self._may_write(change, scope):
            raise Refusal("not_allowed", act="scope", scope=scope)
        self._put(change, old, Held(scope, ver + 1, merged.body))
        outcome = Outcome.CONFLICT if merged.lost else merged.outcome
        lost = {"code": "changed_meanwhile", "fields": list(merged.lost)} if merged.lost else None
        reason = self._meanwhile(change, lost)
        return ChangeResult(change.op_id, outcome, ver + 1, merged.body, reason)

    def _put(self, change: Change, old: Reason | None, new: Held) -> None:
        standing = self._standing
        number = claim_number(
            standing.connection, self._rules, change, old, new.body, given=standing.given
        )
        standing.put(change, new, self._rules.digests(change.entity, new.body), number)

    def _signer(self, change: Change) -> Signer:
        """Give the roles of the change's own user, by the server's table."""
        if change.user_id == change.device_id:
            return Signer(change.user_id, [MACHINE])
        account = self._standing.people.get(change.user_id)
        if account is None:
            raise Refusal("unknown_user", user_id=change.user_id)
        return Signer(account.user_id, account.roles)

    def _may_write(self, change: Change, scope: str) -> bool:
        """Whether who did it may; a machine may what somebody may who signed in on it."""
        if self._caller.may_see(scope):
            return True
        people = self._standing.people
        by_machine = change.user_id == change.device_id
        able = people.values() if by_machine else [people[change.user_id]]
        return any(Caller(account, change.device_id).may_see(scope) for account in able)

    def _withdrawn(self, change: Change, answer: ChangeResult) -> ChangeResult:
        """Answer for a change of a group of which another part was refused."""
        key = (change.entity, change.id)
        held = self._standing.record(key)
        if answer.reason and answer.outcome is not Outcome.CONFLICT:
            return _answer(change, answer.outcome, held, answer.reason)
        self._refused.add(key)
        return _answer(change, Outcome.BLOCKED, held, {"code": "group_refused"})

    def _told(self, change: Change, answer: ChangeResult) -> ChangeResult:
        """Keep a record to ourselves that lies in a scope which the caller may not see."""
        if answer.body is None:
            return answer
        scope = self._rules.scope_of(change.entity, answer.body)
        return answer if self._caller.may_see(scope) else replace(answer, ver=0, body=None)


def _answer(
    change: Change, outcome: Outcome, held: Held | None, reason: Reason | None
) -> ChangeResult:
    ver, body = (0, None) if held is None else (held.ver, held.body)
    return ChangeResult(change.op_id, outcome, ver, body, reason)
