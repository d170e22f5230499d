"""A round as the server sees it: greeting, push, pull, first load, comparing, log, numbers."""

import base64
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool

from sync.protocol import NEWEST_SCHEMA, OLDEST_SCHEMA
from sync.protocol.answers import Hello
from sync.protocol.change import Change
from sync.protocol.parcel import exchange_key, public_half
from sync.server import accounts, administration, journal, numbers, pull
from sync.server.accounts import Caller
from sync.server.doors.shared import Doors
from sync.server.doors.words import PUSH_BODY, BlockWords, OpsWords, Unsent, refusals
from sync.server.facts import fact, server_time
from sync.server.problems import Problem
from sync.server.push import Batch, known_ops, take_changes

Json = dict[str, Any]


def rounds_router(doors: Doors, caller: Any) -> APIRouter:  # caller: FastAPI's marker
    """Make the routes of rounds."""
    router = APIRouter(prefix="/v1")
    _add_push(router, doors, caller)
    _add_pull(router, doors, caller)
    _add_comparing(router, doors, caller)
    _add_log(router, doors, caller)
    _add_numbers(router, doors, caller)
    return router


def read_batch(body: bytes, doors: Doors) -> Batch:
    """Read what a device sends.

    Raises:
        Problem: 400 bad_request, 413 too_many_changes, 426 other_schema.
    """
    try:
        said = json.loads(body)
        listed: list[Json] = said["changes"] + []  # whatever else can be walked is no list
        changes = tuple(Change.from_json(plain) for plain in listed)
        batch = Batch(changes, str(said.get("epoch", "")))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Problem(400, "bad_request") from error
    if len(changes) > doors.limits.changes:
        raise Problem(413, "too_many_changes", largest=doors.limits.changes)
    for change in changes:
        if not OLDEST_SCHEMA <= change.schema_ver <= NEWEST_SCHEMA:
            raise Problem(426, "other_schema", oldest=OLDEST_SCHEMA, newest=NEWEST_SCHEMA)
    return batch


def _add_push(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.post("/sync/hello", tags=["sync"], responses=refusals(401, 403))
    def hello(said: Unsent, who: Caller = caller) -> Json:
        """Greet: learn the server's epoch and how far it knows this device's chain."""
        with doors.database.write() as connection:
            administration.note_greeting(connection, who.device_id, said.unsent, said.conflicts)
            place = accounts.chain_of(connection, who.device_id)
            epoch = fact(connection, "epoch")
        return Hello(epoch, place.dev_seq, place.hash, server_time()).to_json()

    @router.post("/sync/known", tags=["sync"], responses=refusals(401, 403, 409))
    def known(said: OpsWords, _who: Caller = caller) -> list[str]:
        """Tell which changes are known here, as after a restore."""
        with doors.database.read() as connection:
            if said.epoch != fact(connection, "epoch"):
                raise Problem(409, "other_epoch")
            return known_ops(connection, said.ops)

    @router.post(
        "/sync/push",
        tags=["sync"],
        responses=refusals(401, 403, 409, 503),
        openapi_extra=PUSH_BODY,
    )
    async def push(request: Request, who: Caller = caller) -> Json:
        """Take signed changes, group by group; each is answered with its fate."""
        batch = read_batch(await request.body(), doors)
        taken = await run_in_threadpool(take_changes, doors.database, doors.rules, who, batch)
        for answer in taken.answers:
            doors.meters.count("hallwatch_changes_total", outcome=answer.outcome.value)
        return {
            "results": [answer.to_json() for answer in taken.answers],
            "stopped": taken.stopped.to_json() if taken.stopped else None,
            "server_time": server_time(),
        }


def _add_pull(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.get("/sync/pull", tags=["sync"], responses=refusals(401, 403, 409))
    def pull_page(
        cursor: str = "", limit: Annotated[int, Query(ge=1)] = 500, who: Caller = caller
    ) -> Json:
        """Give what follows a cursor, in the order of each scope's log."""
        with doors.database.read() as connection:
            return pull.page(connection, who, cursor, limit).to_json()

    @router.get("/sync/snapshot", tags=["sync"], responses=refusals(401, 403, 409))
    def snapshot(
        after: str = "", limit: Annotated[int, Query(ge=1)] = 1000, who: Caller = caller
    ) -> Json:
        """Give all records as they stand, for a first load; the last page says where to pull on."""
        with doors.database.read() as connection:
            return pull.snapshot(connection, who, after, limit).to_json()


def _add_comparing(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.post("/sync/verify", tags=["sync"], responses=refusals(401, 403))
    def verify(copies: dict[str, dict[str, Any]], who: Caller = caller) -> dict[str, list[str]]:
        """Compare digests by scope and month; name the months that differ."""
        with doors.database.read() as connection:
            return {
                scope: pull.differing(connection, who, scope, theirs)
                for scope, theirs in copies.items()
            }

    @router.get("/sync/bucket", tags=["sync"], responses=refusals(401, 403))
    def bucket(scope: str, month: str, who: Caller = caller) -> list[Json]:
        """Give a month of a scope whole, as it stands."""
        with doors.database.read() as connection:
            rows = pull.bucket(connection, who, scope, month)
        return [
            {"entity": row.entity, "id": row.id, "ver": row.ver, "body": row.body} for row in rows
        ]


def _add_log(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.get("/log/checkpoint", tags=["log"], responses=refusals(401, 403))
    def checkpoint(_who: Caller = caller) -> Json:
        """Sign the heads of all trees."""
        with doors.database.read() as connection:
            key = journal.log_key(connection)
            point = journal.checkpoint(connection)
        public = key.public_key().public_bytes_raw()
        return {
            "checkpoint": point.to_json(),
            "log_key": base64.b64encode(public).decode(),
            "exchange_key": public_half(exchange_key(key)),
        }

    @router.get("/log/consistency", tags=["log"], responses=refusals(401, 403, 409))
    def consistency(
        scope: str,
        first: Annotated[int, Query(ge=0)],
        second: Annotated[int, Query(ge=0)],
        epoch: str = "",
        who: Caller = caller,
    ) -> dict[str, list[str]]:
        """Prove that a scope's log only grew between two sizes, in the state that is named."""
        pull.must_see(who, scope)
        with doors.database.read() as connection:
            if epoch and epoch != fact(connection, "epoch"):
                raise Problem(409, "other_epoch")
            if second > journal.heads(connection).get(scope, 0):
                raise Problem(422, "beyond_log")
            return {"proof": journal.consistency(connection, scope, first, second)}


def _add_numbers(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.post("/numbers/lease", tags=["numbers"], responses=refusals(401, 403))
    def lease(wanted: BlockWords, who: Caller = caller) -> Json:
        """Lease the next document numbers of a series to this device; for the seal clerk."""
        if "SEAL_CLERK" not in who.account.roles:
            raise Problem(403, "not_allowed")
        with doors.database.write() as connection:
            block = numbers.lease(
                connection, who.device_id, wanted.series, wanted.year, wanted.count
            )
        return {
            "series": block.series,
            "year": block.year,
            "first": block.first,
            "last": block.last,
        }
