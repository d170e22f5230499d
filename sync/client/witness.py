"""Keeps what the server vouched for, and holds it to that ever after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sync.client.freight import Transact
from sync.client.session import Session
from sync.errors import SyncError, SyncTrouble
from sync.outbox import progress
from sync.protocol.checkpoint import Checkpoint, Head, scope_name
from sync.protocol.identity import public_key_of
from sync.protocol.merkle import is_consistent


@dataclass(frozen=True, slots=True)
class _Known:
    """What this device holds: epoch, the log's key, places read, and heads by scope."""

    epoch: str
    key: str
    read: Mapping[str, int]
    heads: Mapping[str, Head]


class Witness:
    """Asks for a checkpoint and for proofs that nothing before it was changed."""

    def __init__(self, session: Session, transact: Transact) -> None:
        self._session = session
        self._transact = transact

    def check(self) -> None:
        """Take the next checkpoint, or refuse it and keep the one before.

        Raises:
            SyncError: DAMAGED with `log_key`, `log_signature`, `log_shrank` or `log_forked`;
                OTHER_SERVER when the server came back from a backup since it was greeted.
        """
        answer = self._session.ask_json("GET", "/v1/log/checkpoint")
        point = Checkpoint.from_json(answer["checkpoint"])
        known = self._transact(lambda c: _known(c, point.epoch))
        if point.epoch != known.epoch:
            raise SyncError(SyncTrouble.OTHER_SERVER, retryable=True)
        key = str(answer["log_key"])
        if known.key not in {"", key}:
            raise SyncError(SyncTrouble.DAMAGED, "log_key")
        if not point.is_sealed_by(public_key_of(key)):
            raise SyncError(SyncTrouble.DAMAGED, "log_signature")
        heads = {scope: self._follow(point, scope, known) for scope in known.read}
        self._transact(lambda c: _keep(c, key, point, heads))
        exchange = str(answer.get("exchange_key", ""))  # of a server that takes parcels
        self._transact(lambda c: progress.remember(c, "exchange_key", exchange))

    def _follow(self, point: Checkpoint, scope: str, known: _Known) -> Head:
        head, before = point.heads.get(scope_name(scope)), known.heads.get(scope)
        at_least = max(known.read[scope], before.size if before else 0)
        if head is None or head.size < at_least:
            raise SyncError(SyncTrouble.DAMAGED, f"log_shrank {scope}")
        if before is not None and before != head:
            words: dict[str, str | int] = {
                "scope": scope,
                "first": before.size,
                "second": head.size,
                "epoch": point.epoch,
            }
            proof = self._session.ask_json("GET", "/v1/log/consistency", **words)["proof"]
            if not is_consistent(before.size, head.size, before.root, head.root, proof):
                raise SyncError(SyncTrouble.DAMAGED, f"log_forked {scope}")
        return head


def _known(connection: Connection, epoch: str) -> _Known:
    rows = connection.execute(
        text("SELECT scope, size, root FROM sync_checkpoint WHERE epoch = :epoch"),
        {"epoch": epoch},
    )
    heads = {row.scope: Head(row.size, row.root) for row in rows}
    return _Known(
        progress.recall(connection, "epoch"),
        progress.recall(connection, "log_key"),
        progress.positions(connection),
        heads,
    )


def _keep(connection: Connection, key: str, point: Checkpoint, heads: Mapping[str, Head]) -> None:
    progress.remember(connection, "log_key", key)
    progress.remember(connection, "checkpoint", json.dumps(point.to_json()))
    for scope, head in heads.items():
        connection.execute(
            text(
                "INSERT INTO sync_checkpoint (epoch, scope, size, root, at)"
                " VALUES (:epoch, :scope, :size, :root, :at)"
                " ON CONFLICT (epoch, scope) DO UPDATE SET"
                " size = excluded.size, root = excluded.root, at = excluded.at"
            ),
            {
                "epoch": point.epoch,
                "scope": scope,
                "size": head.size,
                "root": head.root,
                "at": point.at,
            },
        )
