"""The doors of the server: HTTP under /v1, refusals as problem details."""

import base64
import gzip
import json
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Form, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse

from sync.protocol import VERSION
from sync.protocol.answers import Hello
from sync.protocol.change import Change
from sync.server import accounts, directory, journal, numbers, pull
from sync.server.accounts import Caller, Device, TokenPair, WrongPassword
from sync.server.blobs import BlobRoom, tus_metadata
from sync.server.database import Database
from sync.server.facts import fact, server_time
from sync.server.problems import Problem
from sync.server.push import Batch, take_changes
from sync.server.rules import Rules

LARGEST_BODY = 8 * 1024 * 1024
_TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}


class Doors:
    """What the routes share."""

    def __init__(self, data: Path, schema: Path, database: Database | None = None) -> None:
        self.database = database or Database.in_folder(data)
        self.rules = Rules(schema)
        self.blobs = BlobRoom(data)


def make_app(doors: Doors) -> FastAPI:
    """Build the application over an open database."""
    app = FastAPI(title="Hallwatch", version=VERSION, docs_url=None, redoc_url=None)
    app.add_exception_handler(Problem, _tell_problem)
    app.add_exception_handler(RequestValidationError, _tell_bad_request)
    caller = _caller_dependency(doors)
    _add_identity(app, doors, caller)
    _add_sync(app, doors, caller)
    _add_blobs(app, doors, caller)
    return app


def _caller_dependency(doors: Doors) -> Any:  # Any: FastAPI's marker
    def caller(authorization: Annotated[str, Header()] = "") -> Caller:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Problem(401, "signed_out")
        with doors.database.read() as connection:
            return accounts.caller_of(connection, token)

    return Depends(caller)


def _add_identity(app: FastAPI, doors: Doors, caller: Any) -> None:
    @app.get("/v1/health")
    def health() -> dict[str, str]:
        with doors.database.read() as connection:
            epoch = fact(connection, "epoch")
        return {"status": "ok", "version": VERSION, "epoch": epoch, "server_time": server_time()}

    @app.post("/v1/auth/token")
    def token(
        *,
        grant_type: Annotated[str, Form()],
        username: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        device_id: Annotated[str, Form()] = "",
        public_key: Annotated[str, Form()] = "",
        refresh_token: Annotated[str, Form()] = "",
    ) -> dict[str, Any]:
        with doors.database.write() as connection:
            if grant_type == "refresh_token":
                found: TokenPair | WrongPassword = accounts.refresh(connection, refresh_token)
            elif grant_type == "password":
                device = Device(device_id, public_key)
                found = accounts.sign_in(connection, username, password, device)
            else:
                raise Problem(400, "unsupported_grant_type")
        if isinstance(found, WrongPassword):
            raise Problem(401, "wrong_credentials", retry_after=found.wait_s or None)
        return {
            "access_token": found.access,
            "refresh_token": found.refresh,
            "token_type": "bearer",
            "expires_in": accounts.ACCESS_S,
            "account": found.account.to_json(),
            "server_time": server_time(),
        }

    @app.get("/v1/users")
    def list_users(who: Caller = caller) -> list[dict[str, Any]]:
        _must_be_admin(who)
        with doors.database.read() as connection:
            return [account.to_json() for account in accounts.all_users(connection)]

    @app.post("/v1/users", status_code=201)
    def add_user(user: dict[str, Any], who: Caller = caller) -> dict[str, Any]:
        _must_be_admin(who)
        try:
            wanted = directory.NewUser(
                username=str(user["username"]),
                name=str(user["name"]),
                password=str(user["password"]),
                roles=tuple(str(role) for role in user["roles"]),
                scopes=tuple(str(scope) for scope in user["scopes"]),
            )
        except (KeyError, TypeError) as error:
            raise Problem(422, "bad_request") from error
        with doors.database.write() as connection:
            account = directory.create_user(connection, who.account.user_id, wanted)
        return account.to_json()


def _add_sync(app: FastAPI, doors: Doors, caller: Any) -> None:
    @app.post("/v1/sync/push")
    async def push(request: Request, who: Caller = caller) -> JSONResponse:
        pushed = _pushed(await _body(request))
        taken = await run_in_threadpool(take_changes, doors.database, doors.rules, who, pushed)
        return JSONResponse(
            {
                "results": [answer.to_json() for answer in taken.answers],
                "stopped": taken.stopped.to_json() if taken.stopped else None,
                "server_time": server_time(),
            }
        )

    @app.post("/v1/sync/hello")
    def hello(_said: dict[str, Any], who: Caller = caller) -> dict[str, Any]:
        with doors.database.read() as connection:
            place = accounts.chain_of(connection, who.device_id)
            greeting = Hello(fact(connection, "epoch"), place.dev_seq, place.hash, server_time())
        return greeting.to_json()

    @app.get("/v1/sync/pull")
    def pull_page(
        cursor: str = "", limit: Annotated[int, Query(ge=1)] = 500, who: Caller = caller
    ) -> dict[str, Any]:
        with doors.database.read() as connection:
            return pull.page(connection, who, cursor, limit).to_json()

    @app.post("/v1/sync/verify")
    def verify(copies: dict[str, dict[str, Any]], who: Caller = caller) -> dict[str, list[str]]:
        with doors.database.read() as connection:
            return {
                scope: pull.differing(connection, who, scope, theirs)
                for scope, theirs in copies.items()
            }

    @app.get("/v1/sync/bucket")
    def bucket(scope: str, month: str, who: Caller = caller) -> list[dict[str, Any]]:
        with doors.database.read() as connection:
            rows = pull.bucket(connection, who, scope, month)
        return [
            {"entity": row.entity, "id": row.id, "ver": row.ver, "body": row.body} for row in rows
        ]

    @app.get("/v1/log/checkpoint")
    def checkpoint(_who: Caller = caller) -> dict[str, Any]:
        with doors.database.read() as connection:
            public = journal.log_key(connection).public_key().public_bytes_raw()
            point = journal.checkpoint(connection)
        return {"checkpoint": point.to_json(), "log_key": base64.b64encode(public).decode()}

    @app.get("/v1/log/consistency")
    def consistency(
        scope: str,
        first: Annotated[int, Query(ge=0)],
        second: Annotated[int, Query(ge=0)],
        who: Caller = caller,
    ) -> dict[str, list[str]]:
        if not who.may_see(scope):
            raise Problem(403, "not_allowed", scope=scope)
        with doors.database.read() as connection:
            if second > journal.heads(connection).get(scope, 0):
                raise Problem(422, "beyond_log")
            return {"proof": journal.consistency(connection, scope, first, second)}

    @app.post("/v1/numbers/lease")
    def lease(wanted: dict[str, Any], who: Caller = caller) -> dict[str, Any]:
        if "SEAL_CLERK" not in who.account.roles:
            raise Problem(403, "not_allowed")
        try:
            series, year = str(wanted["series"]), int(wanted["year"])
            count = int(wanted["count"])
        except (KeyError, TypeError, ValueError) as error:
            raise Problem(422, "bad_block") from error
        with doors.database.write() as connection:
            block = numbers.lease(connection, who.device_id, series, year, count)
        return {"series": series, "year": year, "first": block.first, "last": block.last}


def _add_blobs(app: FastAPI, doors: Doors, caller: Any) -> None:
    @app.post("/v1/blobs", status_code=201)
    def begin(
        upload_length: Annotated[int, Header()],
        upload_metadata: Annotated[str, Header()],
        who: Caller = caller,
    ) -> Response:
        metadata = tus_metadata(upload_metadata)
        with doors.database.write() as connection:
            name = doors.blobs.begin(connection, who, upload_length, metadata)
        return Response(status_code=201, headers=_TUS | {"Location": f"/v1/blobs/uploads/{name}"})

    @app.head("/v1/blobs/uploads/{name}")
    def where(name: str, who: Caller = caller) -> Response:
        with doors.database.read() as connection:
            here, size = doors.blobs.offset(connection, who, name)
        return Response(headers=_TUS | {"Upload-Offset": str(here), "Upload-Length": str(size)})

    @app.patch("/v1/blobs/uploads/{name}", status_code=204)
    async def append(
        name: str,
        request: Request,
        upload_offset: Annotated[int, Header()],
        who: Caller = caller,
    ) -> Response:
        piece = await _body(request)
        here = await run_in_threadpool(_append, doors, who, name, upload_offset, piece)
        return Response(status_code=204, headers=_TUS | {"Upload-Offset": str(here)})

    @app.api_route("/v1/blobs/{sha256}", methods=["GET", "HEAD"])
    def fetch(sha256: str, who: Caller = caller) -> FileResponse:
        with doors.database.read() as connection:
            path = doors.blobs.find(connection, who, sha256)
        return FileResponse(path, media_type="application/octet-stream")


def _append(doors: Doors, who: Caller, name: str, offset: int, piece: bytes) -> int:
    with doors.database.write() as connection:
        return doors.blobs.append(connection, who, name, offset, piece)


async def _body(request: Request) -> bytes:
    body = await request.body()
    if len(body) > LARGEST_BODY:
        raise Problem(413, "too_large", largest=LARGEST_BODY)
    if request.headers.get("content-encoding") == "gzip":
        try:
            return gzip.decompress(body)
        except (OSError, EOFError) as error:
            raise Problem(400, "bad_request") from error
    return body


def _pushed(body: bytes) -> Batch:
    try:
        said = json.loads(body)
        changes = tuple(Change.from_json(plain) for plain in said["changes"])
        return Batch(changes, str(said.get("epoch", "")), frozenset(said.get("void", ())))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Problem(400, "bad_request") from error


def _must_be_admin(who: Caller) -> None:
    if "SYS_ADMIN" not in who.account.roles:
        raise Problem(403, "not_allowed")


async def _tell_problem(_request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Problem)
    headers = {}
    if problem.fields.get("retry_after"):
        headers["Retry-After"] = str(max(1, round(problem.fields["retry_after"])))
    return JSONResponse(
        problem.to_json(), problem.status, headers, media_type="application/problem+json"
    )


async def _tell_bad_request(_request: Request, _error: Exception) -> JSONResponse:
    problem = Problem(422, "bad_request")
    return JSONResponse(problem.to_json(), 422, media_type="application/problem+json")
