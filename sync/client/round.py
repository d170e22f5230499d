"""One round: meet, push what waits, pull what happened, compare, and then move bytes."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any

from sqlalchemy import Connection

from sync.client.freight import BlobShelf, BytesOf, Freight, Transact
from sync.client.session import Session
from sync.client.taking import Taking
from sync.client.witness import Witness
from sync.errors import SyncError, SyncTrouble
from sync.outbox import progress, queue, renewal, shadow
from sync.outbox.recorder import Recorder
from sync.outbox.shadow import Project
from sync.protocol import KEPT_DAYS, MOST_OPS
from sync.protocol.answers import ChangeResult, Hello, Page, PulledRow, Snapshot
from sync.protocol.buckets import digests
from sync.protocol.change import Change

PAGE = 500
SNAPSHOT_PAGE = 1000


class Step(Enum):
    """What a round is doing."""

    PUSH = "push"
    UPLOAD = "upload"
    PULL = "pull"
    FETCH = "fetch"
    VERIFY = "verify"


Tell = Callable[[Step, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round did.

    Attributes:
        skew_s: how far this device's clock stands before the server's.
        agreed: both sides hold the same records in every scope that was compared.
        restored: the server had come back from a backup; what it forgot was given back.
    """

    pushed: int
    refused: int
    uploaded: int
    pulled: int
    fetched: int
    skew_s: float
    agreed: bool
    cancelled: bool = False
    restored: bool = False


class Round:
    """Rounds of one device with one server."""

    def __init__(
        self,
        session: Session,
        *,
        transact: Transact,
        project: Project,
        recorder: Recorder,
        shelf: BlobShelf,
        bytes_of: BytesOf,
    ) -> None:
        self._session = session
        self._transact = transact
        self._project = project
        self._recorder = recorder
        self._taking = Taking(project, recorder, shelf, bytes_of)
        self._witness = Witness(session, transact)
        self._freight = Freight(session, transact=transact, shelf=shelf)

    def run(self, progress_to: Tell, cancelled: Cancelled) -> RoundReport:
        """Do one round; what was done stays done when the next step fails.

        Raises:
            SyncError: the line or the server; everything that waits still waits.
        """
        try:
            return self._go(progress_to, cancelled)
        except SyncError as error:
            if error.trouble is SyncTrouble.DEVICE_REVOKED:
                self._last_words()
            raise

    def _go(self, progress_to: Tell, cancelled: Cancelled) -> RoundReport:
        restored = self._meet()
        pushed = self._push(progress_to, cancelled)
        pulled, page = self._pull(progress_to, cancelled)
        pushed += self._push(progress_to, cancelled)  # second chances that the pull gave
        agreed = not cancelled() and self._agree(page, progress_to, moved=bool(pushed))
        self._witness.check()
        uploaded = self._freight.send(partial(progress_to, Step.UPLOAD), cancelled)
        fetched = self._freight.fetch(partial(progress_to, Step.FETCH), cancelled)
        return RoundReport(
            pushed=len(pushed),
            refused=sum(not result.outcome.is_in for result in pushed),
            uploaded=uploaded,
            pulled=pulled,
            fetched=fetched,
            skew_s=_skew(page.server_time),
            agreed=agreed,
            cancelled=cancelled(),
            restored=restored,
        )

    def _meet(self) -> bool:
        """Greet; tell whether the server came back from a backup, after making ready for that."""
        hello, known = self._hello(), self._transact(_epoch)
        if known == hello.epoch:
            return False
        if not known:
            self._transact(lambda c: progress.remember(c, "epoch", hello.epoch))
            return False
        ops, answered = self._answered(hello)

        def renew(connection: Connection) -> None:
            forgotten = [op_id for op_id in ops if op_id not in answered]
            renewal.after_restore(connection, forgotten)
            self._recorder.reseal(connection, hello.dev_seq, hello.hash, answered)
            progress.remember(connection, "epoch", hello.epoch)

        self._transact(renew)
        return True

    def _answered(self, hello: Hello) -> tuple[tuple[str, ...], frozenset[str]]:
        """Ask which changes of this device the server knows: all that were asked for, and those."""
        since = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
        ops = self._transact(lambda c: queue.recent_ops(c, since))
        found: set[str] = set()
        for start in range(0, len(ops), MOST_OPS):
            said = {"epoch": hello.epoch, "ops": ops[start : start + MOST_OPS]}
            found.update(self._session.ask_json("POST", "/v1/sync/known", said))
        return ops, frozenset(found)

    def _hello(self) -> Hello:
        waiting = self._transact(queue.counts)
        said = {"unsent": waiting.get("pending", 0), "conflicts": waiting["inbox"]}
        return Hello.from_json(self._session.ask_json("POST", "/v1/sync/hello", said))

    def _push(self, tell: Tell, cancelled: Cancelled) -> list[ChangeResult]:
        done: list[ChangeResult] = []
        resealed = False
        while not cancelled():
            changes = self._transact(queue.next_changes)
            if not changes:
                break
            try:
                results = self._push_changes(changes)
            except SyncError as error:
                if error.detail != "broken_chain" or resealed:
                    raise
                self._reseal()
                resealed = True
                continue
            self._transact(partial(queue.settle, results=results, project=self._project))
            done += results
            tell(Step.PUSH, len(done))
        return done

    def _push_changes(self, changes: Sequence[Change]) -> list[ChangeResult]:
        said = _words(changes) | {"epoch": self._transact(_epoch)}
        answer = self._session.ask_json("POST", "/v1/sync/push", said)
        results = [ChangeResult.from_json(plain) for plain in answer["results"]]
        answered = [result.op_id for result in results]
        if not results or answered != [change.op_id for change in changes[: len(results)]]:
            raise SyncError(SyncTrouble.INCOMPLETE, "push", retryable=True)
        return results

    def _reseal(self) -> None:
        """Go on behind what the server knows: this case file came back from a backup."""
        hello = self._hello()
        if hello.epoch != self._transact(_epoch):
            raise SyncError(SyncTrouble.OTHER_SERVER, retryable=True)
        _, answered = self._answered(hello)
        self._transact(lambda c: self._recorder.reseal(c, hello.dev_seq, hello.hash, answered))

    def _last_words(self) -> None:
        """Tell what waits to a server that will only put it aside for a person to look at."""
        path = f"/v1/devices/{self._recorder.device_id}/last-words"
        waiting = self._transact(queue.all_waiting)
        for start in range(0, len(waiting), queue.CHANGE_LIMIT):
            changes = waiting[start : start + queue.CHANGE_LIMIT]
            self._session.say_unsigned(path, _words(changes))

    def _pull(self, tell: Tell, cancelled: Cancelled) -> tuple[int, Page]:
        count = 0
        if not self._transact(lambda c: progress.recall(c, "cursor")):
            count = self._first_load(tell, cancelled)
        while True:
            cursor = self._transact(lambda c: progress.recall(c, "cursor"))
            page = Page.from_json(self._ask("/v1/sync/pull", cursor=cursor, limit=PAGE))
            self._take(page)
            count += len(page.rows)
            tell(Step.PULL, count)
            if not page.has_more or cancelled():
                return count, page

    def _first_load(self, tell: Tell, cancelled: Cancelled) -> int:
        """Take all records as they stand; a load that broke off goes on where it stopped."""
        count = 0
        while not cancelled():
            after = self._transact(lambda c: progress.recall(c, "snapshot"))
            plain = self._ask("/v1/sync/snapshot", after=after, limit=SNAPSHOT_PAGE)
            page = Snapshot.from_json(plain)
            self._transact(partial(self._taking.take_snapshot, page))
            count += len(page.rows)
            tell(Step.PULL, count)
            if page.next_cursor:
                break
        return count

    def _ask(self, path: str, **words: str | int) -> Mapping[str, Any]:
        """Ask for a page; a cursor that is no longer good is forgotten."""
        try:
            plain: Mapping[str, Any] = self._session.ask_json("GET", path, **words)
        except SyncError as error:
            if error.detail == "bad_cursor":
                self._transact(progress.start_over)
            raise
        return plain

    def _take(self, page: Page) -> None:
        try:
            self._transact(partial(self._taking.take_page, page))
        except SyncError as error:
            if error.trouble is SyncTrouble.INCOMPLETE:
                self._transact(progress.start_over)
            raise

    def _agree(self, page: Page, tell: Tell, *, moved: bool) -> bool:
        """Compare digests by month, fetch the months that differ, and compare again."""
        heads = json.dumps(dict(page.heads), sort_keys=True)
        if not moved and self._transact(lambda c: progress.recall(c, "agreed")) == heads:
            return True
        for attempt in range(2):
            differing = self._differing(page.heads)
            tell(Step.VERIFY, len(differing))
            if not differing:
                self._transact(lambda c: progress.remember(c, "agreed", heads))
                return True
            if attempt == 0:
                for scope, month in differing:
                    self._refetch(scope, month)
        return False

    def _differing(self, heads: Mapping[str, int]) -> list[tuple[str, str]]:
        def ours(connection: Connection) -> dict[str, object]:
            return {scope: digests(shadow.shadows(connection, scope)) for scope in heads}

        found = self._session.ask_json("POST", "/v1/sync/verify", self._transact(ours))
        return [(scope, month) for scope, months in found.items() for month in months]

    def _refetch(self, scope: str, month: str) -> None:
        rows = self._session.ask_json("GET", "/v1/sync/bucket", scope=scope, month=month)
        pulled = [PulledRow(scope=scope, seq=0, **row) for row in rows]
        self._transact(partial(self._taking.take_bucket, scope, month, pulled))


def _words(changes: Sequence[Change]) -> dict[str, object]:
    return {"changes": [change.to_json() for change in changes]}


def _epoch(connection: Connection) -> str:
    return progress.recall(connection, "epoch")


def _skew(server_time: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(server_time)).total_seconds()
