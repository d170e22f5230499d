"""Three devices, one server, and everything that can go wrong between them, as a state machine."""

import json
import math
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import Any

import requests
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text
from uuid6 import uuid7

from sync.errors import SyncError, SyncTrouble
from sync.outbox import queue, shadow
from sync.outbox.recorder import Draft
from sync.protocol.change import ChangeKind
from sync.server.app import make_app
from sync.server.audit import audit_log
from sync.server.database import Database
from sync.server.directory import NewUser, create_user
from sync.server.doors.shared import Doors
from sync.server.facts import renew_epoch
from sync.server.tables import changes, records
from tests.support.asgi_line import AsgiLine
from tests.support.sync_client import Killed, SyncClient, image_of, memory_engine

CLIENTS = 3
PASSWORD = "correct horse battery"
URL = "http://server"
ROUNDS_TO_REST = 12
SCHEMA = {
    "sheet": """
name = "sheet"
class = "fields"
scope_field = "hall"
create_roles = ["*"]
edit_roles = ["*"]
[fields.hall]
type = "text"
[fields.own0]
type = "int"
[fields.own1]
type = "int"
[fields.own2]
type = "int"
[fields.shared]
type = "int"
""",
    "note": """
name = "note"
class = "append_only"
scope_field = "hall"
create_roles = ["*"]
[fields.hall]
type = "text"
""",
    "case": """
name = "case"
class = "strict"
scope_field = "hall"
create_roles = ["*"]
edit_roles = ["*"]
edit_states = ["OPEN"]
state_field = "state"
initial = "OPEN"
[fields.hall]
type = "text"
[fields.state]
type = "enum"
values = ["OPEN", "SHUT"]
[[transition]]
name = "shut"
from = ["OPEN"]
to = "SHUT"
roles = ["*"]
[[transition]]
name = "open"
from = ["SHUT"]
to = "OPEN"
roles = ["*"]
""",
}


class FaultyLine(AsgiLine):
    """Loses the request or the answer after a number of requests went well."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.good = -1
        self.loses_answer = False
        self.meanwhile: Callable[[], None] | None = None

    def send(self, request: requests.PreparedRequest, *args: Any, **words: Any) -> Any:
        fails, self.good = self.good == 0, self.good - 1
        if fails and self.meanwhile:
            self.meanwhile()
            return super().send(request, *args, **words)
        if fails and not self.loses_answer:
            raise requests.ConnectionError
        answer = super().send(request, *args, **words)
        if fails:
            raise requests.ConnectionError
        return answer

    def heal(self) -> None:
        self.good, self.meanwhile = -1, None


@dataclass
class Edit:
    """What somebody did, as the model remembers it."""

    op_id: str
    client: int
    id: str
    name: str
    value: int


@dataclass
class World:
    """The server and its clients."""

    image: bytes
    clients: list[SyncClient]
    line: FaultyLine
    users: list[str]
    doors: Doors
    records_of: dict[str, str]

    def open_server(self, image: bytes) -> None:
        """Start the server over these files; only what they hold is left of an earlier one."""
        self.doors.database.close()
        self.doors.database = Database(memory_engine(image))

    def server_rows(self) -> dict[tuple[str, str], tuple[Any, int]]:
        with self.doors.database.read() as connection:
            rows = connection.execute(select(records)).all()
        return {(r.entity, r.id): (r.body, r.ver) for r in rows}

    def logged(self) -> list[str]:
        with self.doors.database.read() as connection:
            found = connection.scalars(select(changes.c.envelope)).all()
        self.records_of.update({envelope["op_id"]: envelope["id"] for envelope in found})
        return [envelope["op_id"] for envelope in found]


@cache
def _beginning() -> World:
    """A server on which every client signed in once; histories begin with copies of it."""
    folder = Path(tempfile.mkdtemp(prefix="sync-model-"))
    schema = folder / "entities"
    schema.mkdir()
    for name, words in SCHEMA.items():
        (schema / f"{name}.toml").write_text(words, "utf-8")
    line = FaultyLine(None)
    engine = memory_engine()
    doors = Doors(folder, schema, Database(engine))
    line.app = make_app(doors)
    clients = [SyncClient(URL, line) for _ in range(CLIENTS)]
    users = []
    for number, client in enumerate(clients):
        who = NewUser(f"user{number}", f"{number}", PASSWORD, ("SUPERVISOR",), ("h1", "region"))
        with doors.database.write() as connection:
            users.append(create_user(connection, "server", who).user_id)
        client.session.sign_in(f"user{number}", PASSWORD)
    return World(image_of(engine), clients, line, users, doors, {})


class Act(Enum):
    """What a person does."""

    NEW_SHEET = "sheet"
    NEW_NOTE = "note"
    NEW_CASE = "case"
    EDIT_OWN = "own"
    EDIT_SHARED = "shared"
    DECIDE = "decide"


class Luck(Enum):
    """How a round goes."""

    GOOD = "good"
    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    CRASH = "crash"
    SERVER_RESTORED = "server restored"


CLIENT = st.integers(0, CLIENTS - 1)
PICK = st.integers(0, 20)
BACK = st.sampled_from([1, 2, 3, 100])  # backups ago; the first is of before everything
DEPTH = st.integers(0, 6)  # requests or commits that go well first

DEED = st.tuples(CLIENT, st.sampled_from(list(Act)), PICK)
TRIP = st.tuples(CLIENT, st.sampled_from(list(Luck)), DEPTH)


class SyncMachine(RuleBasedStateMachine):
    """Histories of edits, lost answers, crashes and backups that always end well."""

    @initialize()
    def begin(self) -> None:
        self.world = _beginning()
        self.world.line.heal()
        self.world.open_server(self.world.image)
        for client, token in zip(self.world.clients, _tokens(), strict=True):
            client.tokens.token = token
            client.restore(_store())
        self.edits: list[Edit] = []
        self.backups: list[bytes] = [self.world.image]
        self.client_backups: dict[int, list[bytes]] = {n: [_store()] for n in range(CLIENTS)}
        self.lost: set[str] = set()
        for client in range(CLIENTS):
            for entity in ("sheet", "case"):
                self._create(client, entity)
        for client in (*range(CLIENTS), 0, 1):
            self._round(client)

    @rule(acts=st.lists(DEED, min_size=1, max_size=6))
    def work(self, acts: list[tuple[int, Act, int]]) -> None:
        """Somebody does something, and somebody else, and nobody asks the server."""
        for client, act, pick in acts:
            if act in {Act.NEW_SHEET, Act.NEW_NOTE, Act.NEW_CASE}:
                self._create(client, act.value)
            elif act is Act.DECIDE:
                self._decide(client, pick)
            else:
                self._edit(client, pick, f"own{client}" if act is Act.EDIT_OWN else "shared")

    @rule(rounds=st.lists(TRIP, min_size=1, max_size=5))
    def sync(self, rounds: list[tuple[int, Luck, int]]) -> None:
        """Some go to the server, and not all of them come back well."""
        for client, luck, depth in rounds:
            if luck is Luck.CRASH:
                self._client(client).commits_left = depth + 2
            elif luck is not Luck.GOOD:
                self.world.line.good = depth
                self.world.line.loses_answer = luck is Luck.ANSWER_LOST
                if luck is Luck.SERVER_RESTORED:
                    self.world.line.meanwhile = partial(self._restore, depth % 3 + 1)
            self._round(client)
            self.world.line.heal()
            self._client(client).commits_left = math.inf
            self.client_backups[client].append(self._client(client).image())
        self.backups.append(image_of(self.world.doors.database.engine))

    @rule()
    def restart_all(self) -> None:
        self.world.open_server(image_of(self.world.doors.database.engine))
        for client in self.world.clients:
            client.restart()

    @rule(back=BACK)
    def restore_server(self, back: int) -> None:
        """The server comes back from one of its backups, as another epoch."""
        self._restore(back)

    @rule(client=CLIENT, back=BACK)
    def restore_client(self, client: int, back: int) -> None:
        before, kept = self._ops(client), self.client_backups[client]
        self._client(client).restore(kept[-min(back, len(kept))])
        self._note_lost(before)

    def _restore(self, back: int) -> None:
        before = set(self.world.logged())
        self.world.open_server(self.backups[-min(back, len(self.backups))])
        with self.world.doors.database.write() as connection:
            renew_epoch(connection)
        self._note_lost(before)

    def _create(self, client: int, entity: str) -> None:
        body: dict[str, Any] = {"id": str(uuid7()), "hall": "h1"}
        if entity == "case":
            body["state"] = "OPEN"
        self._client(client).create(self.world.users[client], entity, body, "h1")

    def _edit(self, client: int, pick: int, name: str) -> None:
        key = self._pick("sheet", client, pick)
        if key is None:
            return
        before = self._local(client, key)[0].get(name)
        value = pick % 3
        draft = Draft(*key, "h1", ChangeKind.UPDATE, {name: (before, value)}, None)
        self._client(client).record(self.world.users[client], draft)
        self.edits.append(Edit(self._last_op(client), client, key[1], name, value))

    def _decide(self, client: int, pick: int) -> None:
        key = self._pick("case", client, pick)
        if key is None:
            return
        body, ver = self._local(client, key)
        other = "SHUT" if body["state"] == "OPEN" else "OPEN"
        patch = {"state": (body["state"], other)}
        draft = Draft(*key, "h1", ChangeKind.UPDATE, patch, ver)
        self._client(client).record(self.world.users[client], draft)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        self._rest()
        self._check_converged()
        self._check_nothing_lost_or_doubled()
        self._check_no_false_conflict()

    def _rest(self) -> None:
        for _ in range(ROUNDS_TO_REST):
            quiet = [self._round(client) for client in range(CLIENTS)]
            waiting = [c.transact(queue.counts).get("pending", 0) for c in self.world.clients]
            if (
                all(quiet)
                and not any(waiting)
                and len({self._seen(n) for n in range(CLIENTS)}) == 1
            ):
                return

    def _check_converged(self) -> None:
        rows = self.world.server_rows()
        for number, client in enumerate(self.world.clients):
            counts = client.transact(queue.counts)
            assert counts.get("pending", 0) == 0, (number, counts)
            said = client.transact(_all_shadows)
            assert said == rows, f"client {number} and server differ"
            shown = {key: body for key, (body, _) in client.records.items() if body is not None}
            orphans = client.transact(_orphans)
            assert {k: b for k, b in shown.items() if k not in orphans} == {
                key: body for key, (body, _) in rows.items()
            }, f"client {number} shows something else"

    def _check_nothing_lost_or_doubled(self) -> None:
        logged = self.world.logged()
        assert len(logged) == len(set(logged)), "a change was applied twice"
        for client in self.world.clients:
            for op_id, state, in_inbox in client.transact(_fates):
                if state in {"applied", "merged", "conflict"}:
                    assert op_id in logged, f"{op_id} is {state} here and not on the server"
                else:
                    assert in_inbox, f"{op_id} was refused and nobody was told"
        assert audit_log(self.world.doors.database).faults == ()

    def _check_no_false_conflict(self) -> None:
        rows = self.world.server_rows()
        touched = {(e.id, e.name) for e in self.edits if e.op_id in self.lost}
        for client in self.world.clients:
            for refused in client.transact(queue.refusals):
                if refused.entity != "sheet" or refused.id in self._uncertain():
                    continue
                own = {n for n in refused.mine if n.startswith("own")}
                assert not own, f"{own} of {refused.id}: {refused.reason}"
        for edit in {(e.id, e.name): e for e in self.edits}.values():
            sure = (edit.id, edit.name) not in touched and edit.id not in self._uncertain()
            if edit.name.startswith("own") and sure:
                assert rows["sheet", edit.id][0].get(edit.name) == edit.value

    def _uncertain(self) -> set[str]:
        """Records of which a part went under with a store and all its copies."""
        return {self.world.records_of.get(op, "") for op in self.lost}

    def _round(self, client: int) -> bool:
        """Go to the server once; tell whether all was said before and both sides agreed."""
        try:
            report = self._client(client).sync()
            return report.agreed and not report.pushed and not report.pulled
        except Killed:
            self._client(client).restart()
        except SyncError as error:
            if error.trouble is SyncTrouble.SIGNED_OUT:
                self.world.line.heal()
                self._sign_in(client)
            elif error.trouble not in {SyncTrouble.UNREACHABLE, SyncTrouble.OTHER_SERVER}:
                raise
        return False

    def _sign_in(self, client: int) -> None:
        """Sign in anew; with the first token where it is still good, which is quicker."""
        one = self._client(client)
        one.tokens.token = _tokens()[client]
        try:
            one.session.resume()
        except SyncError:
            one.session.sign_in(f"user{client}", PASSWORD)

    def _client(self, number: int) -> SyncClient:
        return self.world.clients[number]

    def _local(self, client: int, key: tuple[str, str]) -> tuple[Any, int]:
        return self._client(client).records[key]

    def _pick(self, entity: str, client: int, pick: int) -> tuple[str, str] | None:
        here = [
            key
            for key, (body, _) in self._client(client).records.items()
            if key[0] == entity and body is not None
        ]
        return sorted(here)[pick % len(here)] if here else None

    def _last_op(self, client: int) -> str:
        def last(connection: Any) -> str:
            query = "SELECT op_id FROM sync_outbox ORDER BY n DESC LIMIT 1"
            return str(connection.scalar(text(query)))

        return self._client(client).transact(last)

    def _ops(self, client: int) -> set[str]:
        def ops(connection: Any) -> set[str]:
            rows = connection.execute(text("SELECT op_id, id FROM sync_outbox")).all()
            self.world.records_of.update({row.op_id: row.id for row in rows})
            return {row.op_id for row in rows}

        return self._client(client).transact(ops)

    def _note_lost(self, candidates: set[str]) -> None:
        kept = set(self.world.logged()).union(*(self._ops(n) for n in range(CLIENTS)))
        self.lost |= candidates - kept

    def _seen(self, client: int) -> str:
        return json.dumps(sorted(map(str, self._client(client).transact(_all_shadows).items())))


def _all_shadows(connection: Any) -> dict[tuple[str, str], tuple[Any, int]]:
    found = [row for scope in ("h1", "region") for row in shadow.shadows(connection, scope)]
    return {(entity, record_id): (body, ver) for entity, record_id, ver, body in found}


def _orphans(connection: Any) -> set[tuple[str, str]]:
    rows = connection.execute(text("SELECT entity, id FROM sync_shadow WHERE stale = 1"))
    return {tuple(row) for row in rows}


def _fates(connection: Any) -> list[tuple[str, str, int]]:
    rows = connection.execute(
        text(
            "SELECT o.op_id, o.state, c.op_id IS NOT NULL FROM sync_outbox o"
            " LEFT JOIN sync_conflict c ON c.op_id = o.op_id"
        )
    )
    return [tuple(row) for row in rows]


@cache
def _tokens() -> tuple[str | None, ...]:
    return tuple(client.tokens.token for client in _beginning().clients)


@cache
def _store() -> bytes:
    with closing(SyncClient(URL)) as client:
        return client.image()


def run_histories(count: int, with_seed: int | None = None) -> None:
    """Play so many histories; the first that ends badly is made short and raised.

    Args:
        with_seed: which histories; None: always the same ones.
    """
    machine = SyncMachine if with_seed is None else seed(with_seed)(SyncMachine)
    try:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            machine,
            settings=settings(
                max_examples=count,
                stateful_step_count=12,
                deadline=None,
                derandomize=with_seed is None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        _close_beginning()


def _close_beginning() -> None:
    """Let go of what all histories share."""
    if not _beginning.cache_info().currsize:
        return
    world = _beginning()
    for client in world.clients:
        client.engine.dispose()
    world.doors.database.close()
    world.line.end()
    for kept in (_beginning, _tokens, _store):
        kept.cache_clear()
